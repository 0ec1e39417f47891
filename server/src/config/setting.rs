//! What settings there are.

use super::{encoder, llm, oidc};

/// One setting.
pub(super) struct Setting {
    /// Its key in the file.
    pub(super) key: &'static str,
    pub(super) env: &'static str,
    pub(super) default: &'static str,
    pub(super) about: &'static str,
}

pub(super) const fn setting(
    key: &'static str,
    env: &'static str,
    default: &'static str,
    about: &'static str,
) -> Setting {
    Setting { key, env, default, about }
}

const SETTINGS: [Setting; 17] = [
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

/// All settings, in the order in which they are shown.
pub(super) fn settings() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().chain(&encoder::SETTINGS).chain(&llm::SETTINGS).chain(&oidc::SETTINGS)
}

/// Whether a setting's value is never shown.
pub(super) fn is_secret(key: &str) -> bool {
    [encoder::KEY, llm::KEY, oidc::SECRET].contains(&key)
}
