//! Parley for AI assistants: the actions of the CRM as tools of the Model Context Protocol, its records as resources,
//! usual work as prompts, over Streamable HTTP and standard input and output.
//!
//! An assistant acts for the person who let it in, within the [`Scopes`] that it was given, through the same door as
//! everybody else. What it may not do, it is not offered.
//!
//! To add a tool: write its file in [`tools`] and list it there. A resource: [`resources`]. A prompt: [`prompts`].

mod answer;
mod asks;
mod budget;
mod call;
mod caller;
mod completion;
mod conformance;
mod consent;
mod door;
mod explain;
mod handler;
mod icons;
mod jobs;
mod journal;
mod line;
mod prompts;
mod provenance;
mod resources;
mod schema;
mod scopes;
mod services;
mod settings;
mod step_up;
mod tools;
mod transport;
mod views;
mod watching;

pub use asks::{Asked, Asks};
pub use caller::Caller;
pub use conformance::conformance;
pub use scopes::Scopes;
pub use services::Services;
pub use settings::Settings;
pub use step_up::InsufficientScope;
pub use transport::{http, over, stdio};
