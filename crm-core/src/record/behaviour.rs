//! What a standard object does beyond its definition: rules that need more than the record's own values, and actions.

use super::{Draft, Writing, Written};
use crate::access::Rights;
use crate::error::{Error, Result};
use crate::schema::FieldDef;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value as Json};
use std::fmt::Debug;
use uuid::Uuid;

/// An action of an object, offered to every surface.
#[derive(Debug, Clone)]
pub struct ActionDef {
    /// `convert`.
    pub name: &'static str,
    /// For people.
    pub label: crate::schema::Label,
    /// What it needs to know.
    pub input: Vec<FieldDef>,
}

/// The special rules and actions of an object.
pub trait Behaviour: Debug + Send + Sync + 'static {
    /// Completes and checks a draft before it is stored, within the same transaction.
    fn before_write<'a>(&'a self, _writing: &'a mut Writing<'_>, _draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// Follows a stored draft, within the same transaction.
    fn after_write<'a>(&'a self, _writing: &'a mut Writing<'_>, _draft: &'a Draft) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    /// The object's actions.
    fn actions(&self) -> Vec<ActionDef> {
        Vec::new()
    }

    /// Whether an action is offered to somebody with these rights who may change records of the object.
    fn offers(&self, _action: &str, _rights: &Rights) -> bool {
        true
    }

    /// The actions offered to somebody with these rights.
    fn offered(&self, rights: &Rights) -> Vec<ActionDef> {
        self.actions().into_iter().filter(|action| self.offers(action.name, rights)).collect()
    }

    /// Carries out one of [`Behaviour::actions`].
    fn act<'a>(
        &'a self,
        _writing: &'a mut Writing<'_>,
        _id: Uuid,
        action: &'a str,
        _input: &'a Map<String, Json>,
    ) -> BoxFuture<'a, Result<Written>> {
        Box::pin(async move { Err(Error::not_found(format!("The action `{action}`"))) })
    }
}

/// An object that does nothing beyond its definition.
#[derive(Debug)]
pub struct NoBehaviour;

impl Behaviour for NoBehaviour {}
