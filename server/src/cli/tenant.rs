//! `parley tenant`: the companies of this installation.

use super::failure::Outcome;
use super::installation::Installation;
use super::output::Output;
use crm_core::identity::{NewTenant, Tenant};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make a company, with its roles and a first pipeline
    Create(New),
    /// List the companies
    List,
}

#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// Short name in addresses and on the command line: small letters, digits, hyphens
    slug: String,
    /// Name of the company
    #[arg(long)]
    name: String,
    /// Currency of amounts that name none
    #[arg(long, default_value = "USD")]
    currency: String,
    /// Language of people who choose none
    #[arg(long, default_value = "en")]
    language: String,
    /// Time zone of people who choose none, such as Europe/Berlin
    #[arg(long, default_value = "UTC")]
    time_zone: String,
    /// First day of the week
    #[arg(long, default_value = "monday", value_parser = ["monday", "sunday", "saturday"])]
    week_start: String,
}

pub(super) async fn run(installation: &Installation, output: Output, command: Command) -> Outcome {
    let crm = installation.open().await?;
    let tenants = match command {
        Command::List => crm.tenants().await?,
        Command::Create(New { slug, name, currency, language, time_zone, week_start }) => {
            vec![crm.create_tenant(NewTenant { slug, name, currency, language, time_zone, week_start }).await?]
        }
    };
    crm.db().close().await;
    let rows: Vec<[String; 5]> = tenants.iter().map(row).collect();
    output.table(&tenants, ["TENANT", "NAME", "CURRENCY", "LANGUAGE", "TIME ZONE"], &rows)
}

fn row(tenant: &Tenant) -> [String; 5] {
    [&tenant.slug, &tenant.name, &tenant.currency, &tenant.language, &tenant.time_zone].map(Clone::clone)
}
