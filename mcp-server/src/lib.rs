//! Parley for AI assistants: the actions of the CRM as tools of the Model Context Protocol, over Streamable HTTP and
//! standard input and output.
//!
//! An assistant acts for the person whose API key it has, within the scopes of the key, through the same door as
//! everybody else. What it may not do, it is not offered.
//!
//! To add a tool: write its file in [`tools`] and list it there.

mod answer;
mod caller;
mod explain;
mod handler;
mod schema;
mod settings;
mod tools;
mod transport;

pub use settings::Settings;
pub use transport::{http, over, stdio};
