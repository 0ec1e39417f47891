//! Configuration: flags before environment before file before defaults, each value checked and its origin known.
//!
//! To add a setting: one line in `setting.rs`, one field of [`Config`], one line in [`Config::read`]. A part of the
//! product with several settings has a file of its own, with their lines (`llm`).

mod encoder;
mod llm;
mod network;
pub(crate) mod oidc;
mod reader;
mod setting;
mod storage;
mod values;

pub(crate) use encoder::Encoder;
pub(crate) use storage::Bucket;
pub(crate) use values::{ConfigError, Values};

use network::{addresses, hosts, origins, public_url, tls};
use reader::{Reader, positive};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;
use storage::{DATABASE_FILE, bucket, database_url};
use url::Url;
use values::hide_password;

/// Everything an operator can set.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The folder of the database file, the search index and the files.
    pub(crate) data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`.
    pub(crate) database_url: String,
    /// Where the contents of attachments lie, if not in the data folder.
    pub(crate) bucket: Option<Bucket>,
    /// What tells the meaning of texts, if anything does.
    pub(crate) encoder: Option<Encoder>,
    /// Who is asked where the words do not tell what a colleague means, if anybody.
    pub(crate) llm: Option<nlu::llm::Settings>,
    /// By whom people may sign in, if not by passwords alone.
    pub(crate) oidc: Option<oidc::Oidc>,
    pub(crate) listen: Vec<SocketAddr>,
    /// The certificate chain and its key, both PEM.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    /// The address under which people reach the console.
    pub(crate) public_url: Option<Url>,
    /// Origins of web pages that may call `/mcp`.
    pub(crate) mcp_origins: Vec<String>,
    /// Hosts in one's own network that may introduce assistants' programs.
    pub(crate) client_hosts: Vec<String>,
    /// Whether browsers reach this server through HTTPS only.
    pub(crate) https: bool,
    pub(crate) trusted_proxies: usize,
    pub(crate) requests_per_second: Option<NonZeroU32>,
    pub(crate) time_limit: Duration,
    pub(crate) json_limit: usize,
    pub(crate) file_limit: u64,
    pub(crate) log_format: LogFormat,
    pub(crate) log_level: String,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Reads the values in force.
    ///
    /// # Errors
    /// Every value that cannot be used, with where it stands and how to mend it.
    pub(crate) fn read(values: &Values) -> Result<Self, ConfigError> {
        let mut reader = Reader { values, errors: Vec::new() };
        let data = PathBuf::from(values.text("data"));
        let config = Self {
            database_url: database_url(&mut reader, &data),
            bucket: reader.checked("files", "Write s3://BUCKET or s3://BUCKET/PREFIX, or nothing.", bucket),
            encoder: encoder::read(&mut reader),
            llm: llm::read(&mut reader),
            oidc: oidc::read(&mut reader),
            listen: reader.checked(
                "server.listen",
                "Write address and port, such as 127.0.0.1:8080 or [::]:8080.",
                addresses,
            ),
            tls: tls(&mut reader),
            public_url: reader.checked("server.public_url", "Write it such as https://crm.example.com.", public_url),
            mcp_origins: reader.checked(
                "server.mcp_origins",
                "Write origins such as https://assistant.example.com.",
                origins,
            ),
            client_hosts: reader.checked("server.client_hosts", "Write hosts such as aide.intranet.example.", hosts),
            https: reader.parsed("server.https", "Write true or false."),
            trusted_proxies: reader.parsed("server.trusted_proxies", "Write a whole number."),
            requests_per_second: NonZeroU32::new(
                reader.parsed("server.requests_per_second", "Write a whole number, 0 for no limit."),
            ),
            time_limit: Duration::from_secs(reader.checked(
                "server.time_limit_seconds",
                "Write whole seconds, 1 or more.",
                positive,
            )),
            json_limit: reader.parsed("server.json_limit_bytes", "Write a whole number of bytes."),
            file_limit: reader.parsed("server.file_limit_bytes", "Write a whole number of bytes."),
            log_format: reader.checked("log.format", "Write pretty or json.", log_format).unwrap_or(LogFormat::Pretty),
            log_level: reader.checked(
                "log.level",
                "Write error, warn, info, debug or trace, or such as info,crm_core=debug.",
                log_level,
            ),
            data,
        };
        if reader.errors.is_empty() { Ok(config) } else { Err(ConfigError(reader.errors)) }
    }

    /// The folder of the search index.
    pub(crate) fn index_folder(&self) -> PathBuf {
        self.data.join("index")
    }

    /// The folder of attachments' contents.
    pub(crate) fn files_folder(&self) -> PathBuf {
        self.data.join("files")
    }

    /// Where assistants are told that the installation is.
    pub(crate) fn mcp_settings(&self) -> mcp_server::Settings {
        let Self { public_url, mcp_origins, .. } = self;
        mcp_server::Settings { public_url: public_url.clone(), hosts: Vec::new(), origins: mcp_origins.clone() }
    }

    /// The database file, where the database is a file in the data folder.
    pub(crate) fn own_database_file(&self) -> Option<PathBuf> {
        let file = self.data.join(DATABASE_FILE);
        (self.database_url == format!("sqlite:{}", file.display())).then_some(file)
    }

    /// The database's address without its password.
    pub(crate) fn shown_database_url(&self) -> String {
        hide_password(&self.database_url)
    }
}

fn log_format(text: &str) -> Option<Option<LogFormat>> {
    match text {
        "pretty" => Some(Some(LogFormat::Pretty)),
        "json" => Some(Some(LogFormat::Json)),
        _ => None,
    }
}

fn log_level(text: &str) -> Option<String> {
    text.parse::<tracing_subscriber::filter::Targets>().is_ok().then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::values::tests::{gathered, wrong};
    use super::*;

    #[test]
    fn flags_go_before_environment_before_file_before_defaults() {
        let file = "data = \"/file\"\n[log]\nformat = \"json\"\nlevel = \"warn\"\n";
        let env = [("PARLEY_DATA", "/env"), ("PARLEY_LOG_LEVEL", "debug")];
        let values = gathered(&[("data", Some("/flag".into())), ("log.level", None)], &env, file).unwrap();
        let config = Config::read(&values).unwrap();
        assert_eq!(config.data, PathBuf::from("/flag"));
        assert_eq!((config.log_level.as_str(), config.log_format), ("debug", LogFormat::Json));
        assert_eq!(config.listen, ["127.0.0.1:8080".parse().unwrap()]);
        assert_eq!(config.database_url, "sqlite:/flag/parley.db");
    }

    #[test]
    fn errors_name_file_line_key_value_and_mend() {
        assert_eq!(
            wrong("[server]\nlisten = \"eighty\"\n"),
            "parley.toml, line 2: `server.listen` = `eighty` cannot be used. Write address and port, such as 127.0.0.1:8080 or [::]:8080."
        );
        assert!(
            wrong("[server]\nlissten = \"x\"\n").starts_with(
                "parley.toml, line 2: there is no setting `server.lissten`. Did you mean `server.listen`?"
            )
        );
        assert!(wrong("[server]\ntls_key = \"/nowhere.pem\"\n").contains("There is no such file."));
        assert!(wrong("[server\n").contains("parley.toml: TOML parse error at line 1"));
        assert!(wrong("[log]\nformat = \"xml\"\nlevel = \"crm=loudly\"\n").lines().count() == 2);
    }
}
