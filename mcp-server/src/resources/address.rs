//! Addresses of resources: `crm://deal/ID`, `crm://schema/deal`, `crm://saved_view/ID/records`,
//! `kb://article/ID`.

use crate::call::Call;
use crm_core::access::Verb;
use rmcp::model::ResourceTemplate;
use std::fmt;
use uuid::Uuid;

const CRM: &str = "crm://";
const ARTICLE: &str = "kb://article/";
const SCHEMA: &str = "schema";
const VIEW: &str = "saved_view";
const RECORDS: &str = "/records";

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A record of any object.
    Record { object: String, id: Uuid },
    /// The definition of an object.
    Schema { object: String },
    /// The records that a saved view shows now.
    View { id: Uuid },
    /// An article of the knowledge base, as its readers see it.
    Article { id: Uuid },
}

impl Address {
    /// Reads an address; `None` if it has no form that is known here.
    pub(crate) fn parse(uri: &str) -> Option<Self> {
        if let Some(id) = uri.strip_prefix(ARTICLE) {
            return Some(Self::Article { id: id.parse().ok()? });
        }
        let (kind, rest) = uri.strip_prefix(CRM)?.split_once('/')?;
        if let (VIEW, Some(id)) = (kind, rest.strip_suffix(RECORDS)) {
            return Some(Self::View { id: id.parse().ok()? });
        }
        Some(match kind {
            SCHEMA => Self::Schema { object: rest.to_owned() },
            object => Self::Record { object: object.to_owned(), id: rest.parse().ok()? },
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record { object, id } => write!(f, "{CRM}{object}/{id}"),
            Self::Schema { object } => write!(f, "{CRM}{SCHEMA}/{object}"),
            Self::View { id } => write!(f, "{CRM}{VIEW}/{id}{RECORDS}"),
            Self::Article { id } => write!(f, "{ARTICLE}{id}"),
        }
    }
}

/// The forms of addresses: one for each object that the caller may read, their own objects among them, and one for each
/// other kind.
pub(crate) fn templates(call: &Call<'_>) -> Vec<ResourceTemplate> {
    let language = call.actor.language();
    let mut templates = vec![
        ResourceTemplate::new(format!("{CRM}{SCHEMA}/{{object}}"), SCHEMA)
            .with_title("Definition of an object")
            .with_description("Its fields, options and relations, and what you may do with it.")
            .with_mime_type("application/json"),
    ];
    let may_read = |object| call.actor.rights().may(Verb::Read, object);
    if may_read("article") {
        let article =
            ResourceTemplate::new(format!("{ARTICLE}{{id}}"), "article_text").with_title("Text of an article");
        templates.push(article.with_mime_type("text/html"));
    }
    if may_read("saved_view") {
        let view =
            ResourceTemplate::new(format!("{CRM}{VIEW}/{{id}}{RECORDS}"), "view").with_title("Records of a view");
        let about = "The records that a saved view shows now, as many as fit.";
        templates.push(view.with_description(about).with_mime_type("application/json"));
    }
    templates.extend(call.objects(Verb::Read).map(|object| {
        ResourceTemplate::new(format!("{CRM}{}/{{id}}", object.name), object.name.clone())
            .with_title(object.label.text(language))
            .with_mime_type("text/plain")
    }));
    templates
}

/// The object whose records the `{id}` of a template names.
pub(crate) fn object_of_template(template: &str) -> Option<&str> {
    let before = template.strip_suffix(RECORDS).unwrap_or(template).strip_suffix("/{id}")?;
    match before.strip_prefix(CRM) {
        Some(object) => Some(object),
        None => (before == ARTICLE.trim_end_matches('/')).then_some("article"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        let id = Uuid::nil();
        let all = [
            Address::Record { object: "deal".into(), id },
            Address::Schema { object: "deal".into() },
            Address::View { id },
            Address::Article { id },
        ];
        for address in all {
            assert_eq!(Address::parse(&address.to_string()), Some(address));
        }
    }

    #[test]
    fn what_has_another_form_is_no_address() {
        for wrong in [
            "",
            "crm://",
            "crm://deal",
            "crm://deal/7",
            "kb://article/",
            "crm://deal/7/records",
            "file:///etc/passwd",
            "crm:deal/1",
        ] {
            assert_eq!(Address::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_template_tells_whose_id_it_takes() {
        assert_eq!(object_of_template("crm://deal/{id}"), Some("deal"));
        assert_eq!(object_of_template("crm://saved_view/{id}/records"), Some("saved_view"));
        assert_eq!(object_of_template("kb://article/{id}"), Some("article"));
        assert_eq!(object_of_template("crm://schema/{object}"), None);
    }
}
