//! Where this server is, as its clients know it.

use crate::http::help;
use crate::http::state::AppState;
use axum::http::HeaderMap;
use url::Url;

/// Where this server is: as it is set, or as the client says. A token is for one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) struct Place(String);

impl Place {
    pub(in crate::http) fn of(state: &AppState, headers: &HeaderMap) -> Self {
        Self(help::origin(state, headers))
    }

    /// The address of a path.
    pub(in crate::http) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Who gives tokens, as they say themselves.
    pub(in crate::http) fn issuer(&self) -> &str {
        &self.0
    }

    /// What tokens are for.
    pub(in crate::http) fn resource(&self) -> String {
        self.at("/mcp")
    }

    /// The resource that a client asks for, if it is this server's. An address is the same with and without a slash at
    /// its end, and in whatever case its host is written (RFC 8707, section 2).
    pub(in crate::http) fn own_resource(&self, asked: &str) -> Option<String> {
        let plain = |text: &str| Url::parse(text.trim_end_matches('/')).ok().filter(|url| url.fragment().is_none());
        let own = self.resource();
        (plain(asked).is_some() && plain(asked) == plain(&own)).then_some(own)
    }

    /// Where clients learn how to be let in.
    pub(in crate::http) fn resource_metadata(&self) -> String {
        self.at("/.well-known/oauth-protected-resource/mcp")
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn only_the_assistants_address_is_a_resource() {
        let place = Place("https://crm.example".into());
        for own in ["https://crm.example/mcp", "https://crm.example/mcp/", "HTTPS://CRM.example:443/mcp"] {
            assert_eq!(place.own_resource(own).as_deref(), Some("https://crm.example/mcp"), "{own}");
        }
        for other in [
            "https://crm.example",
            "https://crm.example/mcp#x",
            "https://crm.example/api",
            "https://evil.example/mcp",
            "",
            "mcp",
            "https://crm.example/mcp?x=1",
        ] {
            assert_eq!(place.own_resource(other), None, "{other}");
        }
    }
}
