//! Import: tables of other systems become records.
//!
//! A [`Mapping`] (TOML, its format is described at the top of `examples/crm-sales/mapping.toml`) says which table
//! becomes which object and which column goes where. [`plan`] holds it against the definitions and the tables before
//! anything is written; [`run`] then reads the rows one by one, looks up what they refer to, and writes them through
//! the door in batches. A record is known by its `external_id`, so the same import can run again and changes nothing.
//!
//! To add something a mapping can say: take it up in [`mapping`], check it in [`plan`], do it in [`convert`].

mod convert;
mod error;
mod files;
mod known;
mod lookup;
mod mapping;
mod plan;
mod progress;
mod rejects;
mod remarks;
mod run;
mod summary;
mod table;
mod template;

pub(crate) use error::ImportError;
pub(crate) use files::Files;
pub(crate) use mapping::Mapping;
pub(crate) use run::{Options, run};
pub(crate) use summary::Summary;
pub(crate) use table::front_matter;
