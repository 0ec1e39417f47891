//! What a program asks of a person (RFC 6749, section 4.1.1; RFC 7636, section 4.3; RFC 8707, section 2).

use super::refusal::Refusal;
use super::reply::Reply;
use super::visitor::Visitor;
use crate::http::oauth::document;
use crate::http::oauth::form::Form;
use crate::http::oauth::place::Place;
use crate::http::state::AppState;
use crm_core::identity::oauth::{Allowance, Registration, is_loopback};
use mcp_server::Scopes;
use url::Url;

/// A program's question, every part of it checked.
pub(super) struct Question {
    pub(super) client: Registration,
    /// How the program is answered.
    pub(super) reply: Reply,
    /// What it asks for, as far as the person can allow it.
    pub(super) scopes: Scopes,
    pub(super) resource: String,
    challenge: String,
    /// The program wants the person to be asked even if they were before.
    insists: bool,
}

/// Why there is no question.
pub(super) enum Wrong {
    /// The program may not be the one it says: it is not answered.
    Told(Refusal),
    /// The program is answered with an error code and text.
    Answered(Reply, &'static str, &'static str),
}

impl<E: Into<Refusal>> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self::Told(error.into())
    }
}

impl Question {
    pub(super) async fn read(state: &AppState, place: &Place, visitor: &Visitor, form: &Form) -> Result<Self, Wrong> {
        let client_id = form.get("client_id").ok_or(Refusal::UnknownClient)?;
        let client = document::client(state, client_id, visitor.session).await?.ok_or(Refusal::UnknownClient)?;
        let address = form.get("redirect_uri").ok_or(Refusal::WrongAddress)?;
        let redirect = Url::parse(address).ok().filter(|_| client.metadata.redirects_to(address));
        let redirect = redirect.ok_or(Refusal::WrongAddress)?;
        let state_given = form.get("state").map(str::to_owned);
        let reply =
            Reply { address: address.to_owned(), redirect, state: state_given, issuer: place.issuer().to_owned() };
        if state.crm.is_blocked(&visitor.actor, client_id).await? {
            return Err(Refusal::Blocked.into());
        }
        let parts = Parts::read(place, visitor, form);
        match parts {
            Ok(parts) => Ok(Self {
                client,
                reply,
                scopes: parts.scopes,
                resource: parts.resource,
                challenge: parts.challenge,
                insists: form.get("prompt").is_some_and(|prompt| prompt.split(' ').any(|word| word == "consent")),
            }),
            Err((code, text)) => Err(Wrong::Answered(reply, code, text)),
        }
    }

    /// Whether it is beyond doubt which program gets the answer: anything on a person's machine can pass itself off as
    /// anything else there, so that it is asked for each time (draft-ietf-oauth-v2-1, section 7.3.1).
    pub(super) fn may_be_remembered(&self) -> bool {
        !self.insists && !is_loopback(&self.reply.redirect)
    }

    /// What the person allows, if it is this much of it.
    pub(super) fn allowance(&self, scopes: Scopes) -> Allowance {
        Allowance {
            client: self.client.clone(),
            scopes: names(scopes),
            resource: self.resource.clone(),
            redirect_uri: self.reply.address.clone(),
            challenge: self.challenge.clone(),
        }
    }

    /// The form's hidden fields: the same question again.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.client.client_id.clone()),
            ("redirect_uri", self.reply.address.clone()),
            ("code_challenge", self.challenge.clone()),
            ("code_challenge_method", "S256".to_owned()),
            ("resource", self.resource.clone()),
            ("scope", self.scopes.to_string()),
        ];
        fields.extend(self.reply.state.clone().map(|state| ("state", state)));
        fields
    }
}

/// The names of scopes.
pub(super) fn names(scopes: Scopes) -> Vec<String> {
    scopes.names().map(str::to_owned).collect()
}

/// What may be wrong with a question whose program is known.
struct Parts {
    scopes: Scopes,
    resource: String,
    challenge: String,
}

type WrongPart = (&'static str, &'static str);

impl Parts {
    fn read(place: &Place, visitor: &Visitor, form: &Form) -> Result<Self, WrongPart> {
        match form.get("response_type") {
            Some("code") => {}
            Some(_) => return Err(("unsupported_response_type", "There is only the response type `code`.")),
            None => return Err(("invalid_request", "`response_type` is missing.")),
        }
        Ok(Self { challenge: challenge(form)?, resource: resource(place, form)?, scopes: scopes(visitor, form)? })
    }
}

fn challenge(form: &Form) -> Result<String, WrongPart> {
    if form.get("code_challenge_method") != Some("S256") {
        return Err(("invalid_request", "`code_challenge_method` must be `S256`."));
    }
    let letters = |text: &&str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let given = form.get("code_challenge").filter(|text| text.len() == 43).filter(letters);
    given.map(str::to_owned).ok_or(("invalid_request", "`code_challenge` must be a SHA-256 hash in base64url."))
}

fn resource(place: &Place, form: &Form) -> Result<String, WrongPart> {
    let own =
        |asked| place.own_resource(asked).ok_or(("invalid_target", "There are no tokens for this resource here."));
    let all = form.all("resource").map(own).collect::<Result<Vec<_>, _>>()?;
    // Older clients name none; there is only one.
    Ok(all.into_iter().next().unwrap_or_else(|| place.resource()))
}

/// What is asked for, as far as it is known here and the person's to give (RFC 6749, section 3.3).
fn scopes(visitor: &Visitor, form: &Form) -> Result<Scopes, WrongPart> {
    let words = form.get("scope").unwrap_or("crm:read").split_ascii_whitespace();
    let known = words.filter_map(|word| Scopes::parse(word).ok()).fold(Scopes::NONE, Scopes::with);
    let asked = known.within(visitor.can_allow());
    if asked.is_empty() { Err(("invalid_scope", "The person cannot allow any of these scopes.")) } else { Ok(asked) }
}
