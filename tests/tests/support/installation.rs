//! The program at work from the command line.

use super::{Engine, binary};
use crm_core::clock::FixedClock;
use crm_core::{Crm, Db};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use tempfile::TempDir;

/// An installation with a tenant of its own.
pub(crate) struct Installation {
    folder: Arc<TempDir>,
    database: Option<String>,
    pub(crate) tenant: String,
}

impl Installation {
    /// One on each engine.
    pub(crate) fn on_each_engine() -> [Self; 2] {
        [Engine::Sqlite, Engine::Postgres].map(Self::on)
    }

    /// One with a database of its own: what is imported here need not be indexed by every server of other tests.
    pub(crate) fn on(engine: Engine) -> Self {
        let database = engine.database().map(|shared| database_beside(&shared));
        Self::of(Arc::new(tempfile::tempdir().unwrap()), database)
    }

    /// Another company in the same database.
    pub(crate) fn beside(&self) -> Self {
        Self::of(self.folder.clone(), self.database.clone())
    }

    fn of(folder: Arc<TempDir>, database: Option<String>) -> Self {
        let tenant = format!("import-{}", &uuid::Uuid::new_v4().simple().to_string()[..12]);
        let installation = Self { folder, database, tenant: tenant.clone() };
        let made = installation.run(&["tenant", "create", &tenant, "--name", "Import"]);
        assert!(made.status.success(), "{}", text(&made.stderr));
        installation
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(&[], arguments)
    }

    /// The same, with these settings.
    pub(crate) fn run_with(&self, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = Command::new(binary());
        command
            .env_clear()
            .envs(settings.iter().copied())
            .arg("--data")
            .arg(self.data())
            .args(["--tenant", &self.tenant]);
        if let Some(url) = &self.database {
            command.args(["--database-url", url]);
        }
        command.args(arguments).output().unwrap()
    }

    /// Imports a folder, and answers the summary.
    pub(crate) fn import(&self, folder: &Path) -> Json {
        let done = self.run(&["import", folder.to_str().unwrap(), "--json"]);
        serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{}", text(&done.stderr)))
    }

    /// The records of an object that match a filter.
    pub(crate) fn records(&self, object: &str, filter: Json) -> Vec<Json> {
        let filter = filter.to_string();
        let mut arguments = vec!["export", object, "--format", "jsonl"];
        if filter != "null" {
            arguments.extend(["--filter", &filter]);
        }
        let done = self.run(&arguments);
        assert!(done.status.success(), "{}", text(&done.stderr));
        text(&done.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The records, for who asks for them in the test itself.
    pub(crate) async fn crm(&self, now: &str) -> Crm {
        Crm::new(self.database().await, Arc::new(FixedClock::new(now.parse().unwrap())))
    }

    /// The database, for who moves the time in the test itself.
    pub(crate) async fn database(&self) -> Db {
        let data = self.data();
        let url = self.database.clone().unwrap_or_else(|| format!("sqlite:{}", data.join("parley.db").display()));
        Db::open(&url).await.unwrap()
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A folder with these files.
    pub(crate) fn folder_with(&self, files: &[(&str, &str)]) -> PathBuf {
        let folder = self.folder.path().join("tables");
        std::fs::create_dir_all(&folder).unwrap();
        for (name, content) in files {
            std::fs::write(folder.join(name), content).unwrap();
        }
        folder
    }
}

/// Another database in the same server.
pub(crate) fn database_beside(shared: &str) -> String {
    let name = format!("own_{}", uuid::Uuid::new_v4().simple());
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/postgres-bin");
    let bin = text(&Command::new(bin).output().unwrap().stdout);
    let admin = std::env::var("PARLEY_TEST_POSTGRES_ADMIN").unwrap();
    let create = format!("create database {name} owner parley");
    let made =
        Command::new(Path::new(bin.trim()).join("psql")).args([admin.as_str(), "-qc", &create]).output().unwrap();
    assert!(made.status.success(), "{}", text(&made.stderr));
    let (server, _) = shared.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The folder of the example tables.
pub(crate) fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/crm-sales")
}
