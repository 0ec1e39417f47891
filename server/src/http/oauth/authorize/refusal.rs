//! What is told on a page, because the program that asks cannot be trusted with an answer.

use super::page;
use crate::http::help;
use crate::http::oauth::failure::Failure;
use crate::http::oauth::texts::{self, Texts};
use crate::http::problem::Problem;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use crm_core::Error;

/// Why a person is asked nothing.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Nothing introduces the program.
    UnknownClient,
    /// The program did not name this address as its own.
    WrongAddress,
    /// The company's administrators have cut it off.
    Blocked,
    /// The form is not from this person's page, or from an old one.
    OldForm,
    /// The request cannot be read.
    Malformed(Failure),
    /// It cannot be said now.
    Failed(Problem),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Malformed(failure)
    }
}

impl Refusal {
    /// The page that says so, in the browser's language.
    pub(super) fn page(self, headers: &HeaderMap) -> Response {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let texts = texts::of(help::preferred(accepted).unwrap_or("en"));
        let (status, text) = self.told(texts);
        page::refusal(texts, status, text)
    }

    fn told(self, texts: &Texts) -> (StatusCode, &str) {
        match self {
            Self::UnknownClient => (StatusCode::BAD_REQUEST, &texts.unknown_client),
            Self::WrongAddress => (StatusCode::BAD_REQUEST, &texts.wrong_address),
            Self::Blocked => (StatusCode::FORBIDDEN, &texts.blocked),
            Self::OldForm => (StatusCode::FORBIDDEN, &texts.old_form),
            Self::Malformed(failure) => {
                tracing::debug!(code = failure.code(), "an authorization request cannot be read");
                (StatusCode::BAD_REQUEST, &texts.malformed)
            }
            Self::Failed(problem) if problem.status == StatusCode::TOO_MANY_REQUESTS => {
                (StatusCode::TOO_MANY_REQUESTS, &texts.too_many)
            }
            Self::Failed(problem) => (problem.status, &texts.failed),
        }
    }
}
