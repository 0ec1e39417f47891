//! The OpenID provider by which people may sign in.

use super::reader::Reader;
use super::setting::{Setting, setting};
use std::fmt;
use url::{Host, Url};

const ISSUER: &str = "oidc.issuer";
const CLIENT: &str = "oidc.client_id";
const TENANT: &str = "oidc.tenant";
/// A setting whose value is never shown.
pub(super) const SECRET: &str = "oidc.client_secret";

pub(super) const SETTINGS: [Setting; 6] = [
    setting(
        ISSUER,
        "PARLEY_OIDC_ISSUER",
        "",
        "issuer of an OpenID provider by which people may sign in, such as https://id.example.com; passwords alone if empty",
    ),
    setting(CLIENT, "PARLEY_OIDC_CLIENT_ID", "", "the id under which the provider knows this server"),
    setting(SECRET, "PARLEY_OIDC_CLIENT_SECRET", "", "the secret that goes with it"),
    setting("oidc.name", "PARLEY_OIDC_NAME", "Single sign-on", "what the button on the sign-in page says"),
    setting(TENANT, "PARLEY_OIDC_TENANT", "", "short name of the company whose people the provider knows"),
    setting(
        "oidc.new_users",
        "PARLEY_OIDC_NEW_USERS",
        "",
        "role of people whom the provider knows and the company does not yet; they are refused if empty",
    ),
];

/// An OpenID provider, and what this server is to it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Oidc {
    /// As the provider writes it, to the letter.
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<String>,
    /// What the button says.
    pub(crate) name: String,
    /// The short name of the company whose people it knows.
    pub(crate) tenant: String,
    /// The role of people who are new.
    pub(crate) new_users: Option<String>,
}

impl fmt::Debug for Oidc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Oidc").field("issuer", &self.issuer).field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// The provider, if there is one.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Oidc> {
    let text = |reader: &Reader<'_>, key: &str| reader.values.text(key).trim().to_owned();
    let issuer = text(reader, ISSUER);
    if issuer.is_empty() {
        return None;
    }
    if !Url::parse(&issuer).is_ok_and(|url| is_safe(&url)) {
        reader.refuse(ISSUER, "Write an https address such as https://id.example.com.");
    }
    for (key, mend) in [(CLIENT, "Write the id that the provider gave."), (TENANT, "Write a company's short name.")] {
        if text(reader, key).is_empty() {
            reader.refuse(key, mend);
        }
    }
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    Some(Oidc {
        issuer,
        client_id: text(reader, CLIENT),
        client_secret: given(text(reader, SECRET)),
        name: text(reader, "oidc.name"),
        tenant: text(reader, TENANT),
        new_users: given(text(reader, "oidc.new_users")),
    })
}

/// Whether what is said to an address is heard by nobody else: by https, or on this very machine.
pub(crate) fn is_safe(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && here)
}
