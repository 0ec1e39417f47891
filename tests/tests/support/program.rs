//! The built program, serving.

use super::installation::database_beside;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The database underneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The database that all tests share; none on SQLite, where each program has a file.
    pub(crate) fn database(self) -> Option<String> {
        (self == Self::Postgres).then(|| {
            std::env::var("PARLEY_TEST_POSTGRES").expect(
                "PARLEY_TEST_POSTGRES names no database: run the tests by `make test`, or within `scripts/with-postgres`",
            )
        })
    }
}

impl Engine {
    /// The address of a database of this kind, in a folder where it is a file.
    pub(crate) fn database_url(self, folder: &Path) -> String {
        match self {
            Self::Sqlite => format!("sqlite:{}", folder.join("parley.db").display()),
            Self::Postgres => std::env::var("PARLEY_TEST_POSTGRES").expect(
                "PARLEY_TEST_POSTGRES names no database: run the tests by `make test`, or within `scripts/with-postgres`",
            ),
        }
    }
}

/// Starts the program as a child that its test ends itself, and tells where it listens.
pub(crate) fn serving(binary: &Path, folder: &Path, database_url: &str) -> (Child, String) {
    let mut child = Command::new(binary)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("PARLEY_DATA", folder)
        .env("PARLEY_DATABASE_URL", database_url)
        .env("PARLEY_REQUESTS_PER_SECOND", "0")
        .env("PARLEY_LOG_LEVEL", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let url = lines.find_map(|line| line.strip_prefix("listening on ").map(str::to_owned));
    std::thread::spawn(move || lines.for_each(drop));
    (child, url.expect("the program did not start"))
}

/// A running `parley serve`.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) url: String,
    pub(crate) database_url: String,
    /// Ends the program when it is closed, which the operating system does when this process ends in any way.
    _lifeline: Child,
    _folder: TempDir,
}

/// Runs the program until its own input is closed.
const TIED_TO_INPUT: &str = r#"exec 3<&0
"$PARLEY_BIN" serve --listen 127.0.0.1:0 </dev/null 3<&- &
program=$!
{ read -r _ <&3; kill "$program"; } >/dev/null &
wait "$program""#;

impl Program {
    /// The program that all tests of this process share.
    pub(crate) fn shared(engine: Engine) -> &'static Self {
        static SQLITE: OnceLock<Program> = OnceLock::new();
        static POSTGRES: OnceLock<Program> = OnceLock::new();
        match engine {
            Engine::Sqlite => SQLITE.get_or_init(|| Self::start(engine, &[])),
            Engine::Postgres => POSTGRES.get_or_init(|| Self::start(engine, &[])),
        }
    }

    /// The program that all tests of this process share that wait for its index: on a database with nothing else in it,
    /// where other tests' imports are not read first.
    pub(crate) fn alone(engine: Engine) -> &'static Self {
        static SQLITE: OnceLock<Program> = OnceLock::new();
        static POSTGRES: OnceLock<Program> = OnceLock::new();
        let start = || Self::start_in(engine.database().map(|shared| database_beside(&shared)), &[]);
        match engine {
            Engine::Sqlite => SQLITE.get_or_init(start),
            Engine::Postgres => POSTGRES.get_or_init(start),
        }
    }

    /// A program of the test's own. On SQLite it has an empty database.
    pub(crate) fn start(engine: Engine, settings: &[(&str, &str)]) -> Self {
        Self::start_in(engine.database(), settings)
    }

    /// The same in this database, or in a file of its own.
    fn start_in(database_url: Option<String>, settings: &[(&str, &str)]) -> Self {
        // One provider of TLS for the whole process; a second installation is refused and harmless.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let own = || format!("sqlite:{}", folder.path().join("parley.db").display());
        let database_url = database_url.unwrap_or_else(own);
        let mut lifeline = Command::new("sh")
            .args(["-c", TIED_TO_INPUT])
            .env("PARLEY_BIN", binary())
            .env("PARLEY_DATA", folder.path())
            .env("PARLEY_DATABASE_URL", &database_url)
            .env("PARLEY_REQUESTS_PER_SECOND", "0")
            .env("PARLEY_TRUSTED_PROXIES", "1")
            .env("PARLEY_LOG_LEVEL", "warn")
            .envs(settings.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(lifeline.stdout.take().unwrap());
        let mut lines = output.lines().map_while(Result::ok);
        let url = lines.find_map(|line| line.strip_prefix("listening on ").map(str::to_owned));
        // Whatever else it prints is not waited for by a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { url: url.expect("the program did not start"), database_url, _lifeline: lifeline, _folder: folder }
    }
}

/// The built program: the one that is named, or one built now.
pub(crate) fn binary() -> PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo).args(["build", "--quiet", "--package", "server"]).status().unwrap();
        assert!(built.success(), "the program cannot be built");
        let tests = std::env::current_exe().unwrap();
        tests.ancestors().nth(2).unwrap().join("parley")
    };
    BINARY.get_or_init(|| std::env::var_os("PARLEY_BIN").map(PathBuf::from).unwrap_or_else(build)).clone()
}
