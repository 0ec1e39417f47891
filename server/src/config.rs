//! Configuration: flags before environment before file before defaults, each value checked and its origin known.
//!
//! To add a setting: one line in [`SETTINGS`], one field of [`Config`], one line in [`Config::read`]. A part of the
//! product with several settings has a file of its own (`llm`).

mod llm;
pub(crate) mod oidc;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;
use url::Url;

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

/// A bucket that speaks S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    /// What the keys of everything in it begin with.
    pub(crate) prefix: String,
}

/// What tells the meaning of texts.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Encoder {
    /// The folder of a model.
    Folder(PathBuf),
    /// A service, with its model and its key.
    Service { address: Url, model: String, key: Option<String> },
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
            // Not the key, nor what may stand in the address.
            Self::Service { model, .. } => f.debug_struct("Service").field("model", model).finish_non_exhaustive(),
        }
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// One setting.
struct Setting {
    /// Its key in the file.
    key: &'static str,
    env: &'static str,
    default: &'static str,
    about: &'static str,
}

const fn setting(key: &'static str, env: &'static str, default: &'static str, about: &'static str) -> Setting {
    Setting { key, env, default, about }
}

const SETTINGS: [Setting; 20] = [
    setting("data", "PARLEY_DATA", "./parley-data", "folder of the database file, the search index and the files"),
    setting(
        "files",
        "PARLEY_FILES",
        "",
        "where uploaded files are kept: s3://BUCKET/PREFIX, reached as AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY say; in the data folder if empty",
    ),
    setting(
        "database.url",
        "PARLEY_DATABASE_URL",
        "",
        "sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE; a file in the data folder if empty",
    ),
    setting(
        "encoder.source",
        "PARLEY_ENCODER",
        "",
        "what tells the meaning of articles and questions: the folder of a sentence encoder, or the address of a service with /embeddings, such as https://api.example.com/v1; words alone count if empty",
    ),
    setting("encoder.model", "PARLEY_ENCODER_MODEL", "text-embedding-3-small", "the service's model"),
    setting(ENCODER_KEY, "PARLEY_ENCODER_KEY", "", "the service's key"),
    setting("server.listen", "PARLEY_LISTEN", "127.0.0.1:8080", "address and port, or several"),
    setting(
        "server.tls_certificate",
        "PARLEY_TLS_CERTIFICATE",
        "",
        "certificate chain (PEM), if no proxy in front ends TLS",
    ),
    setting("server.tls_key", "PARLEY_TLS_KEY", "", "its private key (PEM)"),
    setting(
        "server.public_url",
        "PARLEY_PUBLIC_URL",
        "",
        "address under which people reach the console, such as https://crm.example.com",
    ),
    setting(
        "server.mcp_origins",
        "PARLEY_MCP_ORIGINS",
        "",
        "origins of web pages that may call /mcp, such as https://assistant.example.com",
    ),
    setting(
        "server.client_hosts",
        "PARLEY_CLIENT_HOSTS",
        "",
        "hosts in one's own network that may introduce assistants' programs by a document, such as aide.intranet.example or aide.intranet.example:8443",
    ),
    setting("server.https", "PARLEY_HTTPS", "false", "whether browsers reach this server through HTTPS only"),
    setting(
        "server.trusted_proxies",
        "PARLEY_TRUSTED_PROXIES",
        "0",
        "how many proxies in front are believed about the caller's address",
    ),
    setting(
        "server.requests_per_second",
        "PARLEY_REQUESTS_PER_SECOND",
        "200",
        "requests a second of one caller; 0 for no limit",
    ),
    setting("server.time_limit_seconds", "PARLEY_TIME_LIMIT_SECONDS", "30", "how long a request may take"),
    setting("server.json_limit_bytes", "PARLEY_JSON_LIMIT_BYTES", "2097152", "the most bytes of a JSON body"),
    setting("server.file_limit_bytes", "PARLEY_FILE_LIMIT_BYTES", "52428800", "the most bytes of an uploaded file"),
    setting("log.format", "PARLEY_LOG_FORMAT", "pretty", "pretty or json"),
    setting(
        "log.level",
        "PARLEY_LOG_LEVEL",
        "info",
        "error, warn, info, debug or trace, also by module: info,crm_core=debug",
    ),
];

/// A setting whose value is never shown.
const ENCODER_KEY: &str = "encoder.key";

/// All settings, in the order in which they are shown.
fn settings() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().chain(&llm::SETTINGS).chain(&oidc::SETTINGS)
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Flag,
    Environment(&'static str),
    File { path: PathBuf, line: usize },
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("command line"),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::File { path, line } => write!(f, "{}, line {line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone)]
struct Given {
    text: String,
    origin: Origin,
}

/// What is wrong with the configuration: every error, each with where it stands and how to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub(crate) struct ConfigError(Vec<String>);

/// The values in force, not read into types yet.
#[derive(Debug)]
pub(crate) struct Values(BTreeMap<&'static str, Given>);

impl Values {
    /// Puts flags over environment over file over defaults. `flags` are by key; `env` reads a variable.
    ///
    /// # Errors
    /// When the file cannot be read or has keys that are none.
    pub(crate) fn gather(
        flags: &[(&'static str, Option<String>)],
        env: impl Fn(&str) -> Option<String>,
        file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        for setting in settings() {
            values.insert(setting.key, Given { text: setting.default.into(), origin: Origin::Default });
        }
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|error| {
                ConfigError(vec![format!("{}: the configuration cannot be read: {error}.", path.display())])
            })?;
            from_file(path, &text, &mut values)?;
        }
        for setting in settings() {
            if let Some(text) = env(setting.env).filter(|text| !text.is_empty()) {
                values.insert(setting.key, Given { text, origin: Origin::Environment(setting.env) });
            }
        }
        for (key, text) in flags {
            if let Some(text) = text {
                values.insert(key, Given { text: text.clone(), origin: Origin::Flag });
            }
        }
        Ok(Self(values))
    }

    /// Every setting as a commented TOML file, secrets hidden.
    pub(crate) fn show(&self) -> String {
        let (mut text, mut section) = (String::new(), "");
        for setting in settings() {
            let (of, key) = setting.key.split_once('.').unwrap_or(("", setting.key));
            if of != section {
                text.push_str(&format!("\n[{of}]\n"));
                section = of;
            }
            if let Some(given) = self.0.get(setting.key) {
                let shown = shown(setting.key, &given.text);
                text.push_str(&format!(
                    "# {} ({}; {})\n{key} = {}\n",
                    setting.about,
                    setting.env,
                    given.origin,
                    toml::Value::String(shown)
                ));
            }
        }
        text
    }

    fn text(&self, key: &str) -> &str {
        self.0.get(key).map_or("", |given| given.text.as_str())
    }
}

/// Reads the file's keys into `values`.
fn from_file(path: &Path, text: &str, values: &mut BTreeMap<&'static str, Given>) -> Result<(), ConfigError> {
    let refused =
        |error: toml::de::Error| ConfigError(vec![format!("{}: {}", path.display(), error.to_string().trim_end())]);
    let document = toml::de::DeTable::parse(text).map_err(refused)?;
    let mut errors = Vec::new();
    let mut take = |key: String, at: usize, value: &toml::de::DeValue<'_>| {
        let line = text[..at.min(text.len())].matches('\n').count() + 1;
        let here = Origin::File { path: path.to_owned(), line };
        let Some(setting) = settings().find(|setting| setting.key == key) else {
            let meant = settings().map(|setting| (strsim::osa_distance(setting.key, &key), setting.key)).min();
            let meant = meant
                .filter(|(distance, _)| *distance <= 3)
                .map(|(_, key)| format!(" Did you mean `{key}`?"))
                .unwrap_or_default();
            errors
                .push(format!("{here}: there is no setting `{key}`.{meant} `parley config show` lists all settings."));
            return;
        };
        match plain(value) {
            Some(text) => {
                values.insert(setting.key, Given { text, origin: here });
            }
            None => errors.push(format!("{here}: `{key}` takes a text, a number, true, false or a list of texts.")),
        }
    };
    for (name, value) in document.get_ref() {
        match value.get_ref().as_table() {
            Some(section) => {
                for (key, value) in section {
                    take(format!("{}.{}", name.get_ref(), key.get_ref()), key.span().start, value.get_ref());
                }
            }
            None => take(name.get_ref().to_string(), name.span().start, value.get_ref()),
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(ConfigError(errors)) }
}

fn plain(value: &toml::de::DeValue<'_>) -> Option<String> {
    use toml::de::DeValue;
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Array(items) => {
            let items: Option<Vec<String>> =
                items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
            Some(items?.join(","))
        }
        _ => None,
    }
}

/// Reads values into types and collects what is wrong with them.
struct Reader<'a> {
    values: &'a Values,
    errors: Vec<String>,
}

impl Reader<'_> {
    /// Tells what is wrong with a setting, and how to mend it.
    fn refuse(&mut self, key: &str, mend: &str) {
        if let Some(given) = self.values.0.get(key) {
            let shown = shown(key, &given.text);
            self.errors.push(format!("{}: `{key}` = `{shown}` cannot be used. {mend}", given.origin));
        }
    }

    fn parsed<T: FromStr + Default>(&mut self, key: &str, mend: &str) -> T {
        self.checked(key, mend, |text| text.trim().parse().ok())
    }

    fn checked<T: Default>(&mut self, key: &str, mend: &str, read: impl Fn(&str) -> Option<T>) -> T {
        read(self.values.text(key)).unwrap_or_else(|| {
            self.refuse(key, mend);
            T::default()
        })
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        Some(self.values.text(key)).filter(|text| !text.is_empty()).map(PathBuf::from)
    }
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
            encoder: encoder(&mut reader),
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

const DATABASE_FILE: &str = "parley.db";

fn database_url(reader: &mut Reader<'_>, data: &Path) -> String {
    let url = reader.values.text("database.url");
    if url.is_empty() {
        return format!("sqlite:{}", data.join(DATABASE_FILE).display());
    }
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        reader.refuse("database.url", "Write sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE.");
    }
    url.to_owned()
}

fn tls(reader: &mut Reader<'_>) -> Option<(PathBuf, PathBuf)> {
    let both = ["server.tls_certificate", "server.tls_key"];
    for key in both {
        if reader.path(key).is_some_and(|path| !path.is_file()) {
            reader.refuse(key, "There is no such file.");
        }
    }
    match both.map(|key| reader.path(key)) {
        [Some(certificate), Some(key)] => Some((certificate, key)),
        [None, None] => None,
        [certificate, _] => {
            let given = if certificate.is_some() { 0 } else { 1 };
            reader
                .refuse(both[given], &format!("Give `{}` too: certificate and key belong together.", both[1 - given]));
            None
        }
    }
}

fn bucket(text: &str) -> Option<Option<Bucket>> {
    if text.is_empty() {
        return Some(None);
    }
    let (name, prefix) = text.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    is_name.then(|| Some(Bucket { name: name.to_owned(), prefix: prefix.trim_matches('/').to_owned() }))
}

fn encoder(reader: &mut Reader<'_>) -> Option<Encoder> {
    const SOURCE: &str = "encoder.source";
    let source = reader.path(SOURCE)?;
    let text = reader.values.text(SOURCE);
    if !text.contains("://") {
        if !source.is_dir() {
            reader.refuse(SOURCE, "There is no such folder.");
        }
        return Some(Encoder::Folder(source));
    }
    let Some(address) = web_address(text) else {
        reader.refuse(SOURCE, "Write a folder, or an address such as https://api.example.com/v1.");
        return None;
    };
    let key = Some(reader.values.text(ENCODER_KEY).to_owned()).filter(|key| !key.is_empty());
    Some(Encoder::Service { address, model: reader.values.text("encoder.model").to_owned(), key })
}

fn addresses(text: &str) -> Option<Vec<SocketAddr>> {
    let one = |text: &str| {
        let text = text.trim().replace("localhost:", "127.0.0.1:");
        text.parse().ok()
    };
    text.split(',').map(one).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
}

fn web_address(text: &str) -> Option<Url> {
    Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn public_url(text: &str) -> Option<Option<Url>> {
    if text.is_empty() { Some(None) } else { web_address(text).map(Some) }
}

fn origins(text: &str) -> Option<Vec<String>> {
    let given = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    given.map(|origin| web_address(origin).map(|url| url.origin().ascii_serialization())).collect()
}

/// `host` or `host:port`, parted by commas.
fn hosts(text: &str) -> Option<Vec<String>> {
    let given = text.split(',').map(str::trim).filter(|host| !host.is_empty());
    let host = |host: &str| {
        let url = Url::parse(&format!("https://{host}/")).ok()?;
        (url.path() == "/" && url.username().is_empty() && url.authority() == host).then(|| host.to_owned())
    };
    given.map(host).collect()
}

fn positive(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|n| *n > 0)
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

/// A value as people may see it.
fn shown(key: &str, text: &str) -> String {
    if [ENCODER_KEY, llm::KEY, oidc::SECRET].contains(&key) && !text.is_empty() {
        "***".into()
    } else {
        hide_password(text)
    }
}

/// `postgres://parley:***@host/db` for an address with a password, in its usual place or as a parameter.
fn hide_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    // A password may hold an @ that was not encoded: the last one ends it.
    let (authority, after) = match rest.rfind('@') {
        Some(at) if at >= end => (&rest[..at], &rest[at..]),
        _ => match rest[..end].rfind('@') {
            Some(at) => (&rest[..at], &rest[at..]),
            None => ("", rest),
        },
    };
    let authority = authority.split_once(':').map_or_else(|| authority.to_owned(), |(user, _)| format!("{user}:***"));
    let after = match after.split_once('?') {
        None => after.to_owned(),
        Some((path, parameters)) => {
            let hidden = parameters.split('&').map(|pair| match pair.split_once('=') {
                Some((name, _)) if name.contains("password") => format!("{name}=***"),
                _ => pair.to_owned(),
            });
            format!("{path}?{}", hidden.collect::<Vec<_>>().join("&"))
        }
    };
    format!("{scheme}://{authority}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn gathered(
        flags: &[(&'static str, Option<String>)],
        env: &[(&str, &str)],
        file: &str,
    ) -> Result<Values, ConfigError> {
        let mut values = BTreeMap::new();
        for setting in settings() {
            values.insert(setting.key, Given { text: setting.default.into(), origin: Origin::Default });
        }
        from_file(Path::new("parley.toml"), file, &mut values)?;
        let over = Values::gather(
            flags,
            |name| env.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()),
            None,
        )?;
        for (key, given) in over.0.into_iter().filter(|(_, given)| given.origin != Origin::Default) {
            values.insert(key, given);
        }
        Ok(Values(values))
    }

    pub(super) fn wrong(file: &str) -> String {
        match gathered(&[], &[], file) {
            Ok(values) => Config::read(&values).err().map(|error| error.to_string()).unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }

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

    #[test]
    fn files_lie_in_the_data_folder_or_in_a_bucket() {
        let read = |text: &str| bucket(text).map(|bucket| bucket.map(|Bucket { name, prefix }| (name, prefix)));
        let some = |name: &str, prefix: &str| Some(Some((name.to_owned(), prefix.to_owned())));
        assert_eq!(read(""), Some(None));
        assert_eq!(read("s3://files"), some("files", ""));
        assert_eq!(read("s3://files/parley/eu/"), some("files", "parley/eu"));
        for wrong in ["files", "s3://", "s3:///x", "s3://a b", "https://s3.example.com/files"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert!(wrong("files = \"gs://x\"\n").contains("Write s3://BUCKET"));
    }

    #[test]
    fn an_encoder_is_a_folder_or_a_service_whose_key_is_never_shown() {
        let read = |file: &str| Config::read(&gathered(&[], &[], file).unwrap()).unwrap().encoder;
        assert_eq!(read(""), None);
        assert_eq!(read("[encoder]\nsource = \"/\"\n"), Some(Encoder::Folder(PathBuf::from("/"))));
        let file = "[encoder]\nsource = \"https://ai.example/v1\"\nmodel = \"m\"\nkey = \"s3cret\"\n";
        let address = Url::parse("https://ai.example/v1").unwrap();
        let service = Encoder::Service { address, model: "m".into(), key: Some("s3cret".into()) };
        assert_eq!(read(file), Some(service));
        assert!(!format!("{:?}{}", read(file), gathered(&[], &[], file).unwrap().show()).contains("s3cret"));
        assert!(wrong("[encoder]\nsource = \"/nowhere\"\n").contains("There is no such folder."));
        assert!(wrong("[encoder]\nsource = \"ftp://x\"\n").contains("Write a folder, or an address"));
    }

    #[test]
    fn passwords_are_never_shown() {
        for url in [
            "postgres://parley:s3cret@db/x",
            "postgres://parley:s3c@ret/@db/x",
            "postgres://db/x?user=a&password=s3cret",
        ] {
            assert!(!hide_password(url).contains("s3c"), "{}", hide_password(url));
        }
        assert_eq!(hide_password("postgres://parley:s3cret@db/x"), "postgres://parley:***@db/x");
        let values = gathered(&[("database.url", Some("postgres://parley:s3cret@db/x".into()))], &[], "").unwrap();
        assert!(!values.show().contains("s3cret"));
        let bad = gathered(&[("database.url", Some("mysql://parley:s3cret@db/x".into()))], &[], "").unwrap();
        let error = Config::read(&bad).err().unwrap().to_string();
        assert!(error.contains("command line: `database.url`") && !error.contains("s3cret"), "{error}");
    }
}
