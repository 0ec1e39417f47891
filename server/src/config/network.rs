//! Where the server is reached, and by whom.

use super::reader::Reader;
use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;

pub(super) fn tls(reader: &mut Reader<'_>) -> Option<(PathBuf, PathBuf)> {
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

pub(super) fn addresses(text: &str) -> Option<Vec<SocketAddr>> {
    let one = |text: &str| {
        let text = text.trim().replace("localhost:", "127.0.0.1:");
        text.parse().ok()
    };
    text.split(',').map(one).collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
}

pub(super) fn web_address(text: &str) -> Option<Url> {
    Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

pub(super) fn public_url(text: &str) -> Option<Option<Url>> {
    if text.is_empty() { Some(None) } else { web_address(text).map(Some) }
}

pub(super) fn origins(text: &str) -> Option<Vec<String>> {
    let given = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    given.map(|origin| web_address(origin).map(|url| url.origin().ascii_serialization())).collect()
}

/// `host` or `host:port`, parted by commas.
pub(super) fn hosts(text: &str) -> Option<Vec<String>> {
    let given = text.split(',').map(str::trim).filter(|host| !host.is_empty());
    let host = |host: &str| {
        let url = Url::parse(&format!("https://{host}/")).ok()?;
        (url.path() == "/" && url.username().is_empty() && url.authority() == host).then(|| host.to_owned())
    };
    given.map(host).collect()
}
