//! The providers: programs of their own, whose packages a lock file names (`tests/oidc`).

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Two providers, as long as this lives.
pub(super) struct Peers {
    pub(super) real: String,
    pub(super) crooked: String,
    /// They end when it is closed.
    process: Child,
}

impl Peers {
    pub(super) fn start() -> Self {
        let mut process = Command::new("node")
            .arg("provider.mjs")
            .current_dir(installed())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node is needed");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: Json = serde_json::from_str(&line).expect("the providers did not start");
        let url = |name: &str| told[name].as_str().unwrap().to_owned();
        Self { real: url("real"), crooked: url("crooked"), process }
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// The folder of the providers, with their packages.
fn installed() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc");
        if !folder.join("node_modules/.package-lock.json").exists() {
            // Others of the tests may do the same at this moment: one at a time.
            let install = "flock package-lock.json npm ci --no-progress --no-audit --no-fund >/dev/null";
            let done = Command::new("sh").args(["-c", install]).current_dir(&folder).status().unwrap();
            assert!(done.success(), "the packages of tests/oidc cannot be installed");
        }
        folder
    })
}

/// What a person's browser does at the real provider, who signs in there as this account; where it is sent back to.
pub(super) async fn sign_in(address: &Url, account: &str) -> Url {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Client::builder().redirect(Policy::none()).build().unwrap();
    let (mut at, mut cookies) = (address.clone(), BTreeMap::new());
    for _ in 0..10 {
        let jar: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = http.get(at.clone()).header("cookie", jar.join("; ")).send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let Some(to) = location else { panic!("{at}: {}", answer.text().await.unwrap()) };
        at = at.join(&to).unwrap();
        if at.path() == "/oauth/sign-in/back" {
            return at;
        }
        if at.path().starts_with("/interaction/") {
            at.query_pairs_mut().append_pair("as", account);
        }
    }
    panic!("the provider does not come to an end at {at}");
}
