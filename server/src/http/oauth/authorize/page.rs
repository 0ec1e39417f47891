//! The page on which a person is asked. It has no script, and loads nothing but its style sheet.

use super::question::Question;
use super::visitor::{Visitor, sign_in_address};
use crate::http::oauth::assets;
use crate::http::oauth::texts::{self, Texts, fill};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use crm_core::identity::Me;
use crm_core::identity::oauth::is_loopback;
use maud::{DOCTYPE, Markup, html};
use mcp_server::Scopes;
use url::Url;

/// The question, with what the person had allowed before, and what was wrong with their last answer.
pub(super) fn question(
    question: &Question,
    visitor: &Visitor,
    me: &Me,
    before: &[String],
    query: &str,
    mistake: Option<&str>,
) -> Response {
    let texts = texts::of(visitor.actor.language());
    let name = &question.client.metadata.client_name;
    let title = fill(&texts.title, &[("client", name)]);
    let content = html! {
        h1 { (title) }
        p { (fill(&texts.signed_in, &[("person", &me.name), ("email", &me.email), ("company", &me.tenant.name)]))
            " " a href=(sign_in_address(query)) { (texts.somebody_else) } }
        @if let Some(mistake) = mistake { p.warning role="alert" { (mistake) } }
        (who(question, texts))
        form method="post" action="/oauth/authorize" {
            @for (name, value) in question.fields() { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="seal" value=(visitor.seal());
            fieldset {
                legend { (fill(&texts.may, &[("client", name)])) }
                @for (scope, word, _) in Scopes::NAMED {
                    @if question.scopes.contains(scope) { (choice(texts, word, before)) }
                }
            }
            p.quiet { (texts.never_more) }
            div.answers {
                button name="answer" value="allow" { (texts.allow) }
                button.other name="answer" value="deny" { (texts.deny) }
            }
        }
    };
    sent(StatusCode::OK, texts, &title, &content, &question.reply.form_action())
}

/// Who asks, as far as it is known.
fn who(question: &Question, texts: &Texts) -> Markup {
    let reply = &question.reply;
    let here = is_loopback(&reply.redirect);
    let vouching = Url::parse(&question.client.client_id).ok().and_then(|url| url.host_str().map(str::to_owned));
    let known = match vouching.filter(|_| question.client.document) {
        Some(host) => fill(&texts.vouched, &[("host", &host)]),
        None => texts.unchecked.clone(),
    };
    html! {
        section aria-label=(texts.who) {
            dl {
                div { dt { (texts.program) } dd { strong { (question.client.metadata.client_name) } br; span.quiet { (known) } } }
                div { dt { (texts.answer_goes) } dd {
                    strong { (reply.host()) }
                    @if here { br; span.quiet { (texts.this_computer) } }
                } }
            }
            @if here { p.warning { (texts.started) } }
        }
    }
}

fn choice(texts: &Texts, word: &str, before: &[String]) -> Markup {
    let id = word.replace(':', "_");
    let (label, text) = texts.scope(word);
    let new = !before.is_empty() && !before.iter().any(|known| known == word);
    html! {
        div.choice {
            input type="checkbox" id=(id) name="allow" value=(word) checked aria-describedby=(format!("{id}_text"));
            label for=(id) { (label) @if new { " " span.new { (texts.new) } } }
            p id=(format!("{id}_text")) { (text) }
        }
    }
}

/// A page that only says something.
pub(super) fn refusal(texts: &Texts, status: StatusCode, text: &str) -> Response {
    let content = html! { h1 { (texts.refused) } p { (text) } p.quiet { (texts.close) } };
    sent(status, texts, &texts.refused, &content, "'none'")
}

/// A page that says why nobody was signed in, and leads back to where one signs in.
pub(super) fn not_signed_in(texts: &Texts, status: StatusCode, text: &str) -> Response {
    let content = html! {
        h1 { (texts.not_signed_in) }
        p role="alert" { (text) }
        p { a href="/sign-in" { (texts.sign_in_again) } }
    };
    sent(status, texts, &texts.not_signed_in, &content, "'none'")
}

fn sent(status: StatusCode, texts: &Texts, title: &str, content: &Markup, form_action: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(texts.code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) " – Parley" }
                link rel="stylesheet" href=(assets::style());
                link rel="icon" href="data:,";
            }
            body { main { p.brand { "Parley" } (content) } }
        }
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action {form_action}"
    );
    let mut headers = HeaderMap::new();
    let plain = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    for (name, value) in plain {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    (status, headers, page.into_string()).into_response()
}
