//! `POST /setup`: the first company and its first person.

use super::{origin, signed_in};
use crate::http::caller::Address;
use crate::http::input::Input;
use crate::http::openapi::{Operation, component, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use crm_core::identity::NewTenant;
use crm_core::text::fold;
use serde::Deserialize;
use serde_json::json;

/// What the first page asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SetUp {
    company: String,
    name: String,
    email: String,
    password: String,
    time_zone: String,
    currency: String,
    #[serde(default = "english")]
    language: String,
    #[serde(default = "monday")]
    week_start: String,
}

fn english() -> String {
    "en".into()
}

fn monday() -> String {
    "monday".into()
}

pub(in crate::http) fn doc() -> Operation {
    let text = || json!({"type": "string", "minLength": 1});
    let mut input = object([
        ("company", text()),
        ("name", text()),
        ("email", json!({"type": "string", "format": "email"})),
        ("password", component("NewPassword")),
        ("time_zone", json!({"type": "string", "examples": ["Europe/Berlin"]})),
        ("currency", json!({"type": "string", "pattern": "^[A-Z]{3}$"})),
    ]);
    input["properties"]["language"] = json!({"type": "string", "default": english()});
    input["properties"]["week_start"] = json!({"type": "string", "default": monday()});
    Operation::new("set_up", "Session", "Make the first company and sign its first person in")
        .about("Possible once, as long as nobody has a password.")
        .body(input)
        .answer(201, "Set up and signed in.", component("Me"))
        .problem(409)
}

/// Makes the company and signs its first person in.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<SetUp>,
) -> Result<Response, Problem> {
    let slug = slug(&input.company);
    let tenant = NewTenant {
        currency: input.currency,
        language: input.language,
        time_zone: input.time_zone,
        week_start: input.week_start,
        ..NewTenant::named(&slug, &input.company)
    };
    let tenant = state.crm.set_up(tenant, &input.name, &input.email, &input.password).await?;
    let from = origin(&headers, address);
    let session = state.crm.sign_in(Some(&tenant.slug), &input.email, &input.password, &from).await?;
    signed_in(&state, StatusCode::CREATED, session).await
}

/// A company's name as part of an address: `Müller & Söhne` becomes `muller-sohne`.
fn slug(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.join("-").chars().take(40).collect::<String>().trim_end_matches('-') {
        "" => "company".to_owned(),
        slug => slug.to_owned(),
    }
}
