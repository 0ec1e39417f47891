//! Whose help centre a page belongs to, and who reads it: the context of every page.

use super::failure::Failure;
use super::language::{preferred, spoken};
use super::texts::{self, Texts};
use crate::demo;
use crate::http::state::AppState;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use crm_core::identity::Tenant;
use crm_core::{Actor, Crm, Error, Surface};
use jiff::Timestamp;
use kb_index::Search;
use std::sync::Arc;
use url::Url;
use uuid::Uuid;

/// A company's help centre, opened by a reader.
#[derive(Debug)]
pub(super) struct Centre {
    pub(super) crm: Crm,
    pub(super) search: Search,
    pub(super) company: Arc<Tenant>,
    /// The public: an unknown visitor who speaks the page's language.
    pub(super) reader: Actor,
    /// The language of the page's own words.
    pub(super) language: &'static str,
    pub(super) texts: &'static Texts,
    /// What the chat on the page is called with, where the company has one.
    pub(super) chat: Option<String>,
    /// The `ETag` of the page as the browser already has it.
    pub(super) known: Option<String>,
    /// Where everything of this centre lies, as the reader addressed it, and as it is best addressed.
    base: String,
    best_base: String,
    origin: String,
    wish: Wish,
}

/// How the language came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// The reader chose it on a page; links keep it.
    Chosen,
    /// The browser asks for it.
    Preferred,
    None,
}

impl FromRequestParts<AppState> for Centre {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let named = company_named(parts).await;
        let usual = usual(&state.crm).await;
        let (company, is_usual) = match &named {
            None => (usual?, true),
            Some(slug) => {
                let company = state.crm.tenant(Some(slug)).await?;
                let is_usual = usual.is_ok_and(|usual| usual.id == company.id);
                (company, is_usual)
            }
        };
        let own_base = || format!("/help/c/{}", company.slug);
        let base = named.as_ref().map_or_else(|| "/help".to_owned(), |_| own_base());
        let best_base = if is_usual { "/help".to_owned() } else { own_base() };
        let (language, wish) = language(parts, &company);
        let reader = state.crm.visitor(company.id, Uuid::nil(), Surface::Portal).await?.speaking(language);
        let chat = state.crm.chat_widget(&company.slug).await.is_ok().then(|| company.slug.clone());
        Ok(Self {
            crm: state.crm.clone(),
            search: state.search.clone(),
            company: Arc::new(company),
            reader,
            language,
            texts: texts::of(language),
            chat,
            known: text(&parts.headers, header::IF_NONE_MATCH),
            base,
            best_base,
            origin: origin(state, &parts.headers),
            wish,
        })
    }
}

impl Centre {
    /// The page speaks this language if the reader has no wish of their own.
    pub(super) fn speak(&mut self, tag: &str) {
        if let (Wish::None, Some(language)) = (self.wish, spoken(tag)) {
            self.language = language;
            self.texts = texts::of(language);
        }
    }

    /// The language that the reader chose on a page.
    pub(super) fn chosen(&self) -> Option<&'static str> {
        (self.wish == Wish::Chosen).then_some(self.language)
    }

    /// The address of a page of this centre; `path` begins with `/` or is empty.
    pub(super) fn link(&self, path: &str) -> String {
        match self.chosen() {
            Some(language) => self.link_in(path, language),
            None => format!("{}{path}", self.base),
        }
    }

    /// The address of a form, which sends the language by itself.
    pub(super) fn link_without_language(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The address of a page in a language.
    pub(super) fn link_in(&self, path: &str, language: &str) -> String {
        format!("{}{}", self.base, in_language(path, language))
    }

    /// The whole address by which others should know a page.
    pub(super) fn best_link(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.best_base)
    }

    /// A day as the page writes it.
    pub(super) fn day(&self, at: Timestamp) -> String {
        self.texts.date(at.to_zoned(self.reader.zone().clone()).date())
    }
}

/// A path that says in which language its page shall speak.
pub(super) fn in_language(path: &str, language: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}lang={language}")
}

/// A text as one part of a path.
pub(super) fn segment(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A text as a value of a query.
pub(super) fn query_value(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The first value of this name in the query.
pub(super) fn asked(parts: &Parts, name: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

async fn company_named(parts: &mut Parts) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    params.iter().find(|(name, _)| *name == "company").map(|(_, slug)| slug.to_owned())
}

/// Whose help centre `/help` is: that of the only company, or else of the demo.
pub(super) async fn usual(crm: &Crm) -> crm_core::Result<Tenant> {
    match crm.tenant(None).await {
        Err(Error::Malformed(_)) => crm.tenant(Some(demo::SLUG)).await,
        found => found,
    }
}

fn language(parts: &Parts, company: &Tenant) -> (&'static str, Wish) {
    let chosen = asked(parts, "lang").and_then(|tag| spoken(&tag));
    let preferred = || preferred(&text(&parts.headers, header::ACCEPT_LANGUAGE)?);
    match (chosen, preferred()) {
        (Some(language), _) => (language, Wish::Chosen),
        (None, Some(language)) => (language, Wish::Preferred),
        (None, None) => (spoken(&company.language).unwrap_or("en"), Wish::None),
    }
}

/// Where this server is reached: as it is set, or as the browser says.
pub(in crate::http) fn origin(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(url) = &state.mcp.public_url {
        return url.as_str().trim_end_matches('/').to_owned();
    }
    let scheme = if state.settings.https { "https" } else { "http" };
    let host = text(headers, header::HOST).unwrap_or_default();
    // Only what is an address and no more comes onto pages.
    let url = Url::parse(&format!("{scheme}://{host}")).ok().filter(|url| url.path() == "/" && url.username() == "");
    url.map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
