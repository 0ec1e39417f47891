//! The CRM itself: object definitions, records, queries, permissions and the event log.
//!
//! One door: everything that reads or changes data takes an [`Actor`] and goes through [`Crm`]. A change is a
//! [`Command`], a value: checked, done and logged in one transaction. Reading is a [`Query`](query::Query), compiled
//! to SQL with the actor's visibility inside. This crate knows no HTTP, no chat platform and no model vendor; no other
//! crate knows sqlx or rusqlite.

pub mod access;
mod actor;
pub mod clock;
mod crm;
mod db;
pub mod desk;
mod error;
pub mod event;
pub mod expression;
pub mod identity;
mod knowledge;
mod metering;
pub mod money;
mod objects;
pub mod query;
pub mod record;
mod sales;
pub mod schema;
pub mod text;
pub mod value;

pub use actor::{Actor, Principal, Surface};
pub use crm::Crm;
pub use db::{Db, Engine, ddl};
pub use error::{Error, FieldError, MeanwhileChange, Result};
pub use record::{Command, NamedRecord, Names, Record, Written};

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A company that uses this installation. Its data is invisible to every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenantId(pub Uuid);

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
