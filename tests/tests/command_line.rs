//! The command line of the built program.

use crate::support::{PASSWORD, binary};
use crm_core::clock::SystemClock;
use crm_core::identity::Origin;
use crm_core::{Crm, Db, Surface};
use serde_json::Value as Json;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use tempfile::TempDir;

/// A data folder, and the program that works on it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.env_clear().arg("--data").arg(self.0.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command prints that must succeed.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command says that must fail.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", told(&output));
        told(&output)
    }

    fn json(&self, arguments: &[&str]) -> Json {
        serde_json::from_str(&self.done(&[&["--json"], arguments].concat())).unwrap()
    }

    async fn crm(&self) -> Crm {
        let file = self.0.path().join("parley.db");
        Crm::new(Db::open(&format!("sqlite:{}", file.display())).await.unwrap(), Arc::new(SystemClock))
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn origin() -> Origin {
    Origin { user_agent: "test".into(), address: "127.0.0.1".into() }
}

#[tokio::test]
async fn a_user_made_at_the_command_line_can_sign_in_and_a_key_works_until_it_is_revoked() {
    let folder = Folder::new();
    folder.done(&["tenant", "create", "acme", "--name", "Acme"]);
    let user = ["user", "create", "ada@acme.example", "--name", "Ada", "--role", "admin", "--password-stdin"];
    let mut making = folder.command(&user).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    writeln!(making.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(making.wait().unwrap().success());
    let made = folder.json(&["key", "create", "script", "--user", "ada@acme.example", "--expires", "2999-12-31"]);
    let key = made["key"].as_str().unwrap();

    let crm = folder.crm().await;
    assert!(crm.sign_in(None, "ada@acme.example", PASSWORD, &origin()).await.is_ok());
    assert!(crm.key(key, Surface::Rest).await.is_ok());
    assert!(!folder.done(&["key", "list"]).contains(key), "a key is shown once");
    folder.done(&["key", "revoke", made["id"].as_str().unwrap()]);
    let crm = folder.crm().await;
    assert!(crm.key(key, Surface::Rest).await.is_err());
}

#[test]
fn where_there_are_several_tenants_the_one_meant_must_be_named() {
    let folder = Folder::new();
    assert!(folder.refused(&["user", "list"]).contains("parley tenant create"));
    folder.done(&["tenant", "create", "one", "--name", "One"]);
    folder.done(&["user", "list"]);
    folder.done(&["tenant", "create", "two", "--name", "Two"]);
    assert!(folder.refused(&["user", "list"]).contains("--tenant"));
    folder.done(&["user", "list", "--tenant", "two"]);
}

#[test]
fn a_configuration_that_cannot_be_used_is_told_with_file_line_value_and_mend_but_no_secret() {
    let folder = Folder::new();
    let file = folder.0.path().join("parley.toml");
    std::fs::write(&file, "[database]\nurl = \"mysql://parley:s3cret@db/x\"\n[server]\nlisten = \"eighty\"\n").unwrap();
    let config = file.to_str().unwrap();
    for command in [&["config", "check"][..], &["migrate"], &["user", "list"]] {
        let told = folder.refused(&[&["--config", config], command].concat());
        assert!(told.contains("parley.toml, line 4: `server.listen` = `eighty`"), "{told}");
        assert!(told.contains("parley.toml, line 2: `database.url`") && !told.contains("s3cret"), "{told}");
    }
    let shown = folder.done(&["--config", config, "config", "show"]);
    assert!(shown.contains("parley.toml, line 4") && !shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn the_demo_ends_today_and_its_people_can_sign_in() {
    let folder = Folder::new();
    let made = folder.json(&["demo", "reset"]);
    let crm = folder.crm().await;
    let people = made["sign_ins"].as_array().unwrap();
    assert_eq!(people.len(), 4);
    for person in people {
        let of = |key: &str| person[key].as_str().unwrap();
        let signed_in = crm.sign_in(Some("demo"), of("email"), of("password"), &origin()).await.unwrap();
        assert_eq!(crm.me(&signed_in.actor).await.unwrap().roles, [of("role")]);
    }
    let count = |object: &str, filter: &str| {
        let arguments = ["export", object, "--format", "jsonl", "--filter", filter];
        folder.done(&arguments).lines().count()
    };
    let closes = |op: &str| {
        count("deal", &format!(r#"{{"field":"close_date","op":"{op}","value":{{"relative":0,"unit":"day"}}}}"#))
    };
    assert_eq!((closes("gt"), closes("ge") > 0), (0, true), "the last day of the data is today");
    assert_eq!(count("ticket", r#"{"field":"contact_id","op":"is_empty","value":false}"#), 60);
    assert!(count("article", r#"{"field":"status","op":"eq","value":"published"}"#) > 20);
    assert!(folder.json(&["index", "rebuild"])["records"].as_u64().unwrap() > 9_000);
}

#[test]
fn a_database_with_other_tenants_is_not_made_anew_for_the_demo() {
    let folder = Folder::new();
    folder.done(&["tenant", "create", "acme", "--name", "Acme"]);
    assert!(folder.refused(&["demo", "reset"]).contains("also holds acme"));
    assert!(folder.done(&["tenant", "list"]).contains("acme"));
}

#[test]
fn the_bench_measures_on_a_database_of_its_own_and_leaves_nothing_behind() {
    let folder = Folder::new();
    let mut command = Command::new(binary());
    command.env_clear().env("TMPDIR", folder.0.path()).args(["bench", "--json", "--deals", "100", "--seconds", "1"]);
    let output = command.output().unwrap();
    let report: Json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", told(&output)));
    assert_eq!(report["measures"].as_array().unwrap().len(), 9);
    assert!(report["measures"][0]["per_second"].as_f64().unwrap() > 0.0);
    assert_eq!(std::fs::read_dir(folder.0.path()).unwrap().count(), 0);
}
