//! `parley mcp`: the Model Context Protocol over standard input and output, for assistants on this machine.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use crm_core::Surface;

#[derive(Debug, clap::Args)]
pub(super) struct Mcp {
    /// Speak over standard input and output
    #[arg(long, required = true)]
    stdio: bool,
    /// API key of the user for whom the assistant works
    #[arg(long, value_name = "KEY", env = "PARLEY_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
}

pub(super) async fn run(installation: &Installation, mcp: Mcp) -> Outcome {
    let key = mcp.api_key.ok_or_else(|| {
        Failure::new("Give the API key with PARLEY_API_KEY or --api-key; `parley key create` makes one.")
    })?;
    let crm = installation.open().await?;
    let actor = crm.key(&key, Surface::Mcp).await?;
    drop(actor);
    crm.db().close().await;
    Ok(())
}
