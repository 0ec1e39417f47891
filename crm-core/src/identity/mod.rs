//! Who may come in, and as whom: tenants, users' passwords, sessions, API keys. The only place that makes an
//! [`Actor`](crate::Actor).

mod actors;
mod api_key;
mod idempotency;
mod me;
pub mod oauth;
mod password;
mod proven;
mod rules;
mod session;
mod tenant;
mod throttle;
pub(crate) mod token;

pub(crate) use actors::{Cache, product_within};
pub use api_key::KeyInfo;
pub use idempotency::Answered;
pub use me::Me;
pub use proven::Proven;
pub(crate) use rules::{AccessRules, UserRules, revise};
pub use session::{Origin, SessionInfo, SignedIn};
pub use tenant::{NewTenant, Tenant};
