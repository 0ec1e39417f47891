//! A full disk: writes are refused and say so, reads go on, and when there is room again, so do writes.
//!
//! No file may grow beyond a limit, which whoever started the program may raise while it runs: that needs no rights
//! and no disk of its own.

use crate::support::{Answer, Client, Engine, World, binary, serving};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Beyond what an empty database needs.
const SQLITE_LIMIT: u64 = 3_000_000;
/// A segment of PostgreSQL's log has 16 MiB. The last page of a file fits only in part, as on a full disk.
const POSTGRES_LIMIT: u64 = (16 << 20) + 4_096;

/// A text that cannot be made shorter.
fn text(bytes: usize) -> String {
    (0..bytes).map(|_| rand::random_range('!'..='~')).collect()
}

/// Limits the files of a running process, as the one that it runs as: `BYTES:`, or `unlimited:`. The hard limit stays,
/// so that it can be raised again.
fn limit(process: u32, files: &str) {
    const AS_ITS_OWNER: &str = r#"owner=$(stat -c %U "/proc/$1") && PATH=$PATH:/usr/sbin
[ "$owner" = "$(id -un)" ] || set -- "$1" "$2" runuser -u "$owner" --
process=$1 files=$2; shift 2; exec "$@" prlimit "--fsize=$files" --pid "$process""#;
    let limited = Command::new("sh").args(["-c", AS_ITS_OWNER, "sh", &process.to_string(), files]).status().unwrap();
    assert!(limited.success(), "the limit cannot be set");
}

/// Writes until it is refused; tells what was acknowledged and how the refusal was worded.
async fn fill(client: &Client, bytes: usize) -> (BTreeSet<String>, Answer) {
    let mut acknowledged = BTreeSet::new();
    for n in 0..200 {
        let values = json!({"name": format!("Account {n}"), "description": text(bytes)});
        let answer = client.post("/records/account", &values).await;
        if answer.status != 201 {
            return (acknowledged, answer);
        }
        acknowledged.insert(answer.json["id"].as_str().unwrap().to_owned());
    }
    panic!("the disk is never full");
}

/// What is there, by the list and by the log.
async fn accounts(client: &Client) -> (BTreeSet<String>, BTreeSet<String>) {
    let ids = |list: &Json, key: &str| {
        list.as_array().unwrap().iter().map(|one| one[key].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    let listed = client.get("/records/account?limit=500&fields=name").await.expect(200);
    let logged = client.get("/events?object=account&limit=500").await.expect(200);
    (ids(&listed["records"], "id"), ids(&logged["events"], "record_id"))
}

/// From the first refused write to the first that is taken again.
async fn runs_full(client: &Client, bytes: usize, make_room: impl FnOnce()) {
    let (mut acknowledged, refused) = fill(client, bytes).await;
    assert!(!acknowledged.is_empty());
    let problem = refused.problem(503, "unavailable");
    assert!(problem["detail"].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
    assert_eq!(accounts(client).await, (acknowledged.clone(), acknowledged.clone()));
    for id in &acknowledged {
        client.get(&format!("/records/account/{id}")).await.expect(200);
    }
    client
        .post("/records/account", &json!({"name": "No", "description": text(bytes)}))
        .await
        .problem(503, "unavailable");

    make_room();
    let mut answer = client.post("/records/account", &json!({"name": "Yes"})).await;
    // Connections that were opened without room may still be met.
    for _ in 0..50 {
        if answer.status == 201 {
            break;
        }
        answer = client.post("/records/account", &json!({"name": "Yes"})).await;
    }
    acknowledged.insert(answer.expect(201)["id"].as_str().unwrap().to_owned());
    assert_eq!(accounts(client).await, (acknowledged.clone(), acknowledged));
}

/// Ends the program also when the test fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A program that runs the built one with limited files.
fn limited(folder: &Path) -> PathBuf {
    let script = folder.join("limited");
    let text = format!("#!/bin/sh\ntrap '' XFSZ\nexec prlimit --fsize={SQLITE_LIMIT}: {} \"$@\"\n", binary().display());
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    script
}

/// A company on SQLite, served by a program whose files are limited.
struct OnSqlite {
    folder: tempfile::TempDir,
    key: String,
    program: Running,
    client: Client,
}

impl OnSqlite {
    async fn limited() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database_url = Engine::Sqlite.database_url(folder.path());
        let (crm, _, key) = World::company(&database_url).await;
        crm.db().close().await;
        let (child, url) = serving(&limited(folder.path()), folder.path(), &database_url);
        let client = Client::at(&url).key(&key);
        Self { folder, key, program: Running(child), client }
    }
}

#[tokio::test]
async fn on_sqlite_a_full_disk_refuses_writes_and_loses_nothing() {
    let OnSqlite { folder, key, program, client } = OnSqlite::limited().await;
    runs_full(&client, 50_000, || limit(program.0.id(), "unlimited:")).await;

    drop(program);
    let (child, url) = serving(&binary(), folder.path(), &Engine::Sqlite.database_url(folder.path()));
    let _program = Running(child);
    let (listed, logged) = accounts(&Client::at(&url).key(&key)).await;
    assert!(listed.len() > 1 && listed == logged);
}

#[tokio::test]
async fn a_file_for_which_there_is_no_room_is_refused_and_leaves_nothing() {
    let OnSqlite { folder: _folder, program, client, .. } = OnSqlite::limited().await;
    let large = || vec![7_u8; 4_000_000];
    client.raw(Method::POST, "/files?name=large", large()).await.problem(503, "unavailable");
    assert_eq!(client.get("/records/attachment").await.expect(200)["records"], json!([]));
    let small = client.raw(Method::POST, "/files?name=small", "small").await.expect(201);
    limit(program.0.id(), "unlimited:");
    let file = client.raw(Method::POST, "/files?name=large", large()).await.expect(201);
    for (file, bytes) in [(small, b"small".to_vec()), (file, large())] {
        assert!(client.get(&format!("/files/{}", file["id"].as_str().unwrap())).await.bytes == bytes);
    }
}

/// A PostgreSQL server of its own, which ends when its input does.
struct OwnPostgres {
    script: Child,
    database_url: String,
    admin_url: String,
}

impl OwnPostgres {
    fn start() -> Self {
        let with_postgres = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/with-postgres");
        let mut script = Command::new(with_postgres)
            .args(["sh", "-c", "echo $PARLEY_TEST_POSTGRES; echo $PARLEY_TEST_POSTGRES_ADMIN; read -r _ || true"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(script.stdout.take().unwrap()).lines();
        let mut line = || lines.next().expect("PostgreSQL did not start").unwrap();
        let (database_url, admin_url) = (line(), line());
        Self { script, database_url, admin_url }
    }

    fn ask(&self, sql: &str) -> String {
        let answer = Command::new("psql").args(["-X", "-A", "-t", "-c", sql, &self.admin_url]).output().unwrap();
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8(answer.stdout).unwrap()
    }

    /// Limits the files of all processes of the server, the first of which starts the others.
    fn limit(&self, files: &str) {
        let first = self.ask("select pg_read_file('postmaster.pid')");
        let others = self.ask("select pid from pg_stat_activity where pid <> pg_backend_pid()");
        for process in first.lines().take(1).chain(others.lines()) {
            limit(process.trim().parse().unwrap(), files);
        }
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}

#[tokio::test]
async fn on_postgresql_a_full_disk_refuses_writes_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let postgres = OwnPostgres::start();
    let (crm, _, key) = World::company(&postgres.database_url).await;
    crm.db().close().await;
    let (child, url) = serving(&binary(), folder.path(), &postgres.database_url);
    let _program = Running(child);
    let client = Client::at(&url).key(&key);
    postgres.limit(&format!("{POSTGRES_LIMIT}:"));
    runs_full(&client, 90_000, || postgres.limit("unlimited:")).await;
}
