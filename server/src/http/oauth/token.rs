//! `POST /oauth/token`: tokens for a code, for a token that is good once, or for a program's secret.

use super::credential::Credential;
use super::failure::Failure;
use super::form::Form;
use super::place::Place;
use crate::http::caller::Address;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use crm_core::identity::oauth::{Redemption, Refusal, Renewal, Tokens};
use mcp_server::Scopes;
use serde_json::{Value, json};

/// A refusal that the router may show.
#[derive(Debug)]
pub(in crate::http) struct Refused(Failure);

impl<E: Into<Failure>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// Gives tokens.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    Address(address): Address,
    headers: HeaderMap,
    request: Request,
) -> Result<Json<Value>, Refused> {
    let form = Form::from_request(request, &state).await?;
    let asked = Asked { place: Place::of(&state, &headers), client: Credential::of(&headers, &form)?, form };
    let tokens = match asked.form.need("grant_type")? {
        "authorization_code" => asked.by_code(&state).await?,
        "refresh_token" => asked.by_refresh_token(&state).await?,
        "client_credentials" => asked.by_secret(&state, &address.to_string()).await?,
        _ => {
            return Err(Failure::new(
                "unsupported_grant_type",
                "There are authorization_code, refresh_token and client_credentials.",
            )
            .into());
        }
    };
    Ok(Json(shown(&tokens)))
}

/// A request for tokens.
struct Asked {
    place: Place,
    client: Credential,
    form: Form,
}

impl Asked {
    async fn by_code(&self, state: &AppState) -> Result<Tokens, Failure> {
        let resource = self.resource()?;
        let redemption = Redemption {
            client_id: &self.client.client_id,
            code: self.form.need("code")?,
            redirect_uri: self.form.need("redirect_uri")?,
            verifier: self.form.need("code_verifier")?,
            resource: resource.as_deref(),
        };
        Ok(state.crm.redeem_code(&redemption).await?)
    }

    async fn by_refresh_token(&self, state: &AppState) -> Result<Tokens, Failure> {
        let (resource, scopes) = (self.resource()?, self.scopes()?);
        let renewal = Renewal {
            client_id: &self.client.client_id,
            refresh_token: self.form.need("refresh_token")?,
            resource: resource.as_deref(),
            scopes: scopes.as_deref(),
        };
        Ok(state.crm.renew_token(&renewal).await?)
    }

    async fn by_secret(&self, state: &AppState, address: &str) -> Result<Tokens, Failure> {
        let Credential { client_id, secret: Some(secret) } = &self.client else { return Err(Failure::client()) };
        let (resource, scopes) = (self.resource()?.unwrap_or_else(|| self.place.resource()), self.scopes()?);
        Ok(state.crm.program_token(client_id, secret, scopes.as_deref(), &resource, address).await?)
    }

    /// What the token is to be for, if the program says so: nothing but the assistants' address.
    fn resource(&self) -> Result<Option<String>, Failure> {
        let own = |asked| self.place.own_resource(asked).ok_or_else(|| Failure::from(Refusal::Target));
        let all = self.form.all("resource").map(own).collect::<Result<Vec<_>, _>>()?;
        Ok(all.into_iter().next())
    }

    fn scopes(&self) -> Result<Option<Vec<String>>, Failure> {
        let Some(text) = self.form.get("scope") else { return Ok(None) };
        // Asking for a long stay is nothing more than what every program gets.
        let words: Vec<&str> = text.split_ascii_whitespace().filter(|word| *word != "offline_access").collect();
        let scopes = Scopes::parse(&words.join(" ")).map_err(|_| Failure::from(Refusal::Scope))?;
        Ok(Some(scopes.names().map(str::to_owned).collect::<Vec<_>>()).filter(|scopes| !scopes.is_empty()))
    }
}

fn shown(tokens: &Tokens) -> Value {
    let mut json = json!({
        "access_token": tokens.access, "token_type": "Bearer", "expires_in": tokens.lasts.as_secs(),
        "scope": tokens.scopes.join(" "),
    });
    if let Some(refresh) = &tokens.refresh {
        json["refresh_token"] = json!(refresh);
    }
    json
}
