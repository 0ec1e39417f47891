//! What a program says of itself (RFC 7591, section 2), and which addresses it may be answered at.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use url::{Host, Url};

/// What a program says of itself, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientMetadata {
    /// What it calls itself.
    pub client_name: String,
    /// Where it may be answered.
    pub redirect_uris: Vec<String>,
}

/// Why a program's metadata is refused, by the error codes of RFC 7591, section 3.2.2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongMetadata {
    /// `invalid_redirect_uri`
    #[error("{0}")]
    RedirectUri(String),
    /// `invalid_client_metadata`
    #[error("{0}")]
    Metadata(String),
}

const LONGEST_NAME: usize = 80;
const LONGEST_ADDRESS: usize = 1_000;
const MOST_ADDRESSES: usize = 10;

impl ClientMetadata {
    /// Reads metadata; what is not known is left out, as the RFC wants it.
    ///
    /// # Errors
    /// When it has no addresses, has too much of anything, or cannot do without what there is not here.
    pub fn read(json: &Json) -> Result<Self, WrongMetadata> {
        let Some(addresses) = json["redirect_uris"].as_array().filter(|all| !all.is_empty()) else {
            return Err(WrongMetadata::RedirectUri("`redirect_uris` must be a list of at least one address.".into()));
        };
        if addresses.len() > MOST_ADDRESSES {
            let text = format!("There may be at most {MOST_ADDRESSES} `redirect_uris`.");
            return Err(WrongMetadata::RedirectUri(text));
        }
        let redirect_uris = addresses.iter().map(address).collect::<Result<Vec<_>, _>>()?;
        needs(json, "grant_types", "authorization_code")?;
        needs(json, "response_types", "code")?;
        Ok(Self { client_name: name(json, &redirect_uris)?, redirect_uris })
    }

    /// Whether the program may be answered at an address: one that it named, to the letter. On this machine the port may
    /// be another one (RFC 8252, section 7.3).
    pub fn redirects_to(&self, address: &str) -> bool {
        self.redirect_uris.iter().any(|known| known == address || same_but_for_the_port(known, address))
    }
}

fn same_but_for_the_port(known: &str, address: &str) -> bool {
    let portless = |text: &str| {
        let mut url = Url::parse(text).ok().filter(is_loopback)?;
        url.set_port(None).ok()?;
        Some(url)
    };
    portless(known).is_some_and(|known| portless(address) == Some(known)) && allowed(address)
}

/// Whether an address is on the machine of whoever opens it.
pub fn is_loopback(url: &Url) -> bool {
    url.scheme() == "http"
        && match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
}

fn address(json: &Json) -> Result<String, WrongMetadata> {
    match json.as_str() {
        Some(text) if allowed(text) => Ok(text.to_owned()),
        _ => Err(WrongMetadata::RedirectUri(
            "Each of `redirect_uris` must be a whole https address, or an http address of this machine \
             (127.0.0.1, [::1], localhost), without a fragment, a user or placeholders."
                .into(),
        )),
    }
}

fn allowed(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let plain = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    let named = url.scheme() == "https" && matches!(url.host(), Some(Host::Domain(_)));
    // A parser makes sense of almost anything; what browsers understand otherwise is refused.
    let clean = text.is_ascii() && !text.contains(['\\', '*', ' ']) && !text.chars().any(|c| c.is_ascii_control());
    plain && clean && text.len() <= LONGEST_ADDRESS && !text.ends_with('#') && (named || is_loopback(&url))
}

/// Refuses a program that says what it uses and leaves out the one thing that there is here.
fn needs(json: &Json, list: &str, word: &str) -> Result<(), WrongMetadata> {
    let without = |words: &Vec<Json>| !words.iter().any(|given| given == word);
    match &json[list] {
        Json::Null => Ok(()),
        Json::Array(words) if !without(words) => Ok(()),
        _ => Err(WrongMetadata::Metadata(format!("`{list}` must contain `{word}`."))),
    }
}

fn name(json: &Json, addresses: &[String]) -> Result<String, WrongMetadata> {
    let given = match &json["client_name"] {
        Json::Null => String::new(),
        Json::String(name) => readable(name),
        _ => return Err(WrongMetadata::Metadata("`client_name` must be a text.".into())),
    };
    if given.chars().count() > LONGEST_NAME {
        let text = format!("`client_name` may have at most {LONGEST_NAME} characters.");
        return Err(WrongMetadata::Metadata(text));
    }
    let host = || addresses.first().and_then(|first| Url::parse(first).ok()?.host_str().map(str::to_owned));
    Ok(if given.is_empty() { host().unwrap_or_default() } else { given })
}

/// A name without characters that are not seen or turn the words around them.
fn readable(name: &str) -> String {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
    };
    name.chars().filter(|c| !unseen(*c)).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(addresses: &[&str]) -> Result<ClientMetadata, WrongMetadata> {
        ClientMetadata::read(&json!({"client_name": "Aide", "redirect_uris": addresses}))
    }

    #[test]
    fn only_https_and_this_machine_may_be_answered() {
        for good in
            ["https://aide.example/back", "http://127.0.0.1/back", "http://[::1]:80/back", "http://localhost:1/b"]
        {
            assert!(of(&[good]).is_ok(), "{good}");
        }
        for bad in [
            "http://aide.example/back",
            "http://127.0.0.1.evil.example/",
            "http://localhost.evil.example/",
            "aide://back",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://aide.example/#x",
            "https://aide.example/#",
            "https://me:pw@aide.example/",
            "https://*.example/",
            "https:\\\\evil.example",
            "https://10.0.0.1/back",
            "/back",
            "https://aide.example/b k",
            "http://2130706433.evil/",
            "",
        ] {
            assert!(matches!(of(&[bad]), Err(WrongMetadata::RedirectUri(_))), "{bad}");
        }
        assert!(of(&[]).is_err());
        assert!(of(&["https://aide.example/"; 11]).is_err());
    }

    #[test]
    fn an_address_is_the_same_to_the_letter_but_for_a_port_on_this_machine() {
        let client =
            of(&["https://aide.example/back", "http://127.0.0.1:7000/back", "http://localhost/back?a=1"]).unwrap();
        for good in [
            "https://aide.example/back",
            "http://127.0.0.1:9/back",
            "http://127.0.0.1/back",
            "http://localhost:5/back?a=1",
        ] {
            assert!(client.redirects_to(good), "{good}");
        }
        for bad in [
            "https://aide.example/back/",
            "https://aide.example/back?x=1",
            "https://aide.example:8443/back",
            "https://aide.example/Back",
            "https://aide.example/./back",
            "http://127.0.0.1:9/other",
            "http://localhost:9/back",
            "http://[::1]:9/back",
            "http://127.0.0.1:9/back#x",
            "https://127.0.0.1:9/back",
            "http://x@127.0.0.1:9/back",
            "http://127.0.0.1:9\\@evil.example/back",
        ] {
            assert!(!client.redirects_to(bad), "{bad}");
        }
    }

    #[test]
    fn a_name_is_what_is_seen_of_it() {
        let named = |name: &str| {
            let json = json!({"client_name": name, "redirect_uris": ["https://aide.example/"]});
            ClientMetadata::read(&json).map(|client| client.client_name)
        };
        assert_eq!(named("  Good\u{202e}\n  Aide\u{200b} ").as_deref(), Ok("Good Aide"));
        assert_eq!(named("").as_deref(), Ok("aide.example"));
        assert!(named(&"x".repeat(81)).is_err());
    }

    #[test]
    fn a_program_that_cannot_use_codes_is_refused() {
        let json = json!({"redirect_uris": ["https://aide.example/"], "grant_types": ["implicit"]});
        assert!(matches!(ClientMetadata::read(&json), Err(WrongMetadata::Metadata(_))));
    }
}
