//! `parley mcp`: the Model Context Protocol over standard input and output, for assistants on this machine.

use super::failure::{Failure, Outcome};
use super::index::{self, Following};
use super::installation::Installation;
use bots::staff::Staff;

#[derive(Debug, clap::Args)]
pub(super) struct Mcp {
    /// Speak over standard input and output
    #[arg(long, required = true)]
    stdio: bool,
    /// API key of the user for whom the assistant works [env: PARLEY_API_KEY]
    #[arg(long, value_name = "KEY", env = "PARLEY_API_KEY", hide_env = true)]
    api_key: Option<String>,
}

pub(super) async fn run(installation: &Installation, mcp: Mcp) -> Outcome {
    let key = mcp.api_key.ok_or_else(|| {
        Failure::new("Give the API key with PARLEY_API_KEY or --api-key; `parley key create` makes one.")
    })?;
    let crm = installation.open().await?;
    // A server on the same data folder feeds the index; without one, this program does.
    let search = index::open(installation)?;
    let following = Following::start(search.clone(), crm.clone());
    let staff = Staff::new(crm.clone(), search.clone()).with_llm(installation.llm()?);
    let services = crate::asking::services(&crm, &search, staff, installation.config.mcp_settings());
    let served = mcp_server::stdio(services, &key).await;
    following.end().await;
    crm.db().close().await;
    Ok(served?)
}
