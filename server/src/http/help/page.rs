//! What all pages have in common: head, search, way back, languages, chat; and how they are sent.

use super::assets;
use super::centre::{Centre, in_language, query_value};
use super::language::{SPOKEN, direction};
use super::texts::{self, fill};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// Nothing but the pages' own parts, and the chat.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Kept, and asked for again each time: what was withdrawn is gone at once.
const KEPT: &str = "public, no-cache";

/// A page of a help centre.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) title: String,
    /// What it is about, for those who find it elsewhere.
    pub(super) description: String,
    /// Where it lies in the centre, with its query; none if search engines shall not keep it.
    pub(super) place: Option<String>,
    /// Where the page lies in other languages; `place` itself is not named.
    pub(super) others: Vec<(String, String)>,
    /// Where the same page is shown in other words: its path and query, without the language.
    pub(super) here: String,
    /// The pages above, from the home page on, with their paths.
    pub(super) trail: Vec<(String, String)>,
    /// Whether it is an article, and when that was changed.
    pub(super) article: bool,
    pub(super) changed: Option<Timestamp>,
    /// What search engines are told in their own language.
    pub(super) data: Vec<Json>,
    /// What stands in the search field in the page's head; none if the page has a field of its own.
    pub(super) words: Option<String>,
    pub(super) content: Markup,
}

impl Page {
    /// A page of a centre, without anything yet.
    pub(super) fn new(title: impl Into<String>, here: impl Into<String>) -> Self {
        Self {
            status: StatusCode::OK,
            title: title.into(),
            description: String::new(),
            place: None,
            others: Vec::new(),
            here: here.into(),
            trail: Vec::new(),
            article: false,
            changed: None,
            data: Vec::new(),
            words: Some(String::new()),
            content: Markup::default(),
        }
    }

    /// The same page, which has the same address in every language that pages speak.
    pub(super) fn in_all_languages(mut self, centre: &Centre, place: &str) -> Self {
        let each = SPOKEN.iter().map(|code| ((*code).to_owned(), in_language(place, code)));
        self.others = each.chain([("x-default".to_owned(), place.to_owned())]).collect();
        self.place = Some(centre.chosen().map_or_else(|| place.to_owned(), |code| in_language(place, code)));
        self
    }

    /// The answer to the browser: the page, or that it has it already.
    pub(super) fn answer(self, centre: &Centre) -> Response {
        let text = self.written(centre).into_string();
        let etag = format!("W/\"{}\"", hex::encode(&Sha256::digest(text.as_bytes())[..16]));
        let mut headers = HeaderMap::new();
        let mut set = |name, value: &str| HeaderValue::from_str(value).map(|value| headers.insert(name, value)).is_ok();
        set(header::CONTENT_SECURITY_POLICY, POLICY);
        set(header::CACHE_CONTROL, KEPT);
        set(header::VARY, "accept-language");
        set(header::CONTENT_LANGUAGE, centre.language);
        set(header::ETAG, &etag);
        if let Some(changed) = self.changed.and_then(|at| DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok())
        {
            set(header::LAST_MODIFIED, &changed);
        }
        let known = centre.known.as_deref().unwrap_or_default().split(',').any(|known| known.trim() == etag);
        if known && self.status == StatusCode::OK {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        (self.status, headers, text).into_response()
    }

    fn written(&self, centre: &Centre) -> Markup {
        let texts = centre.texts;
        html! {
            (DOCTYPE)
            html lang=(centre.language) dir=(direction(centre.language)) {
                head { (self.head(centre)) }
                body {
                    a.skip href="#help_main" { (texts.skip) }
                    header.top {
                        a.brand href=(centre.link("")) { strong { (centre.company.name) } " " span { (texts.help) } }
                        @if let Some(words) = &self.words { (search_field(centre, words)) }
                    }
                    main #help_main tabindex="-1" {
                        @if !self.trail.is_empty() { (self.way_back(centre)) }
                        (self.content)
                    }
                    footer {
                        @if let Some(key) = &centre.chat {
                            // Shown by the script that opens the chat.
                            p.chat hidden { (texts.chat_question) " " button type="button" data-chat { (texts.chat) } }
                            script async src="/chat/widget.js" data-widget=(key) data-language=(centre.language) {}
                        }
                        (self.languages(centre))
                    }
                }
            }
        }
    }

    fn head(&self, centre: &Centre) -> Markup {
        let company = fill(&centre.texts.title, &[("company", &centre.company.name)]);
        let title = if self.title.is_empty() { company.clone() } else { format!("{} – {company}", self.title) };
        let address = self.place.as_ref().map(|place| centre.best_link(place));
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            @match &address {
                Some(address) => {
                    link rel="canonical" href=(address);
                    meta property="og:url" content=(address);
                }
                None => { meta name="robots" content="noindex"; }
            }
            @for (language, path) in &self.others {
                link rel="alternate" hreflang=(language) href=(centre.best_link(path));
            }
            @if !self.description.is_empty() {
                meta name="description" content=(self.description);
                meta property="og:description" content=(self.description);
            }
            meta property="og:title" content=(if self.title.is_empty() { &company } else { &self.title });
            meta property="og:type" content=(if self.article { "article" } else { "website" });
            meta property="og:site_name" content=(company);
            link rel="stylesheet" href=(assets::STYLE.address());
            link rel="icon" href="data:,";
            script defer src=(assets::SCRIPT.address()) {}
            @for data in self.data.iter().chain(self.trail_data(centre).as_ref()) {
                script type="application/ld+json" { (in_script(data)) }
            }
        }
    }

    fn way_back(&self, centre: &Centre) -> Markup {
        html! {
            nav.trail aria-label=(centre.texts.breadcrumbs) {
                ol { @for (name, path) in &self.trail { li { a href=(centre.link(path)) { (name) } } } }
            }
        }
    }

    fn trail_data(&self, centre: &Centre) -> Option<Json> {
        let place = self.place.as_ref().filter(|_| !self.trail.is_empty())?;
        let steps = self.trail.iter().map(|(name, path)| (name, path)).chain([(&self.title, place)]);
        let item = |(at, (name, path)): (usize, (&String, &String))| json!({"@type": "ListItem", "position": at + 1, "name": name, "item": centre.best_link(path)});
        let items: Vec<Json> = steps.enumerate().map(item).collect();
        Some(json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}))
    }

    fn languages(&self, centre: &Centre) -> Markup {
        html! {
            nav.languages aria-label=(centre.texts.languages) {
                ul {
                    @for code in SPOKEN {
                        li {
                            a href=(centre.link_in(&self.here, code)) hreflang=(code) lang=(code) rel="nofollow"
                                aria-current=[(code == centre.language).then_some("true")] {
                                (texts::of(code).language)
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The field in which one searches: a form, which the script makes answer as one types.
pub(super) fn search_field(centre: &Centre, words: &str) -> Markup {
    let texts = centre.texts;
    html! {
        form.search role="search" action=(centre.link_without_language("/search")) method="get"
            data-suggestions=(centre.link("/suggestions")) data-name=(texts.suggestions)
            data-all=(texts.all_results) data-one=(part(&texts.results, false)) data-many=(part(&texts.results, true)) {
            label for="help_words" { (texts.search_label) }
            div.field {
                input #help_words type="search" name="q" value=(words) maxlength="200" autocomplete="off"
                    placeholder=(texts.search_hint) required;
                button { (texts.search) }
            }
            @if let Some(language) = centre.chosen() { input type="hidden" name="lang" value=(language); }
        }
    }
}

/// One thing or many of a counted text.
fn part(text: &str, many: bool) -> &str {
    let (one, other) = text.split_once('|').unwrap_or((text, text));
    if many { other } else { one }
}

/// The address of a search within its centre.
pub(super) fn search_path(words: &str) -> String {
    format!("/search?q={}", query_value(words))
}

/// JSON that cannot end the element it stands in.
fn in_script(data: &Json) -> PreEscaped<String> {
    PreEscaped(data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_end_its_element() {
        let told = in_script(&json!({"headline": "</script><script>alert(1)</script>&"})).into_string();
        assert!(!told.contains('<'), "{told}");
        assert_eq!(serde_json::from_str::<Json>(&told).unwrap()["headline"], "</script><script>alert(1)</script>&");
    }
}
