//! The demo company: the examples that are built into the binary, imported so that their last day is today.

mod examples;
mod website;

use crate::import::{ImportError, Mapping, Options, Summary, run};
use bots::Intents;
use crm_core::identity::{NewTenant, Tenant};
use crm_core::{Crm, Surface};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::time::Duration;

/// The demo company's short name.
pub(crate) const SLUG: &str = "demo";
/// The password of everybody in [`SIGN_INS`]. No secret: whoever runs the demo is told it.
pub(crate) const PASSWORD: &str = "parley-demo-2017";

/// The last day of the example's data.
const LAST_DAY: Date = date(2017, 12, 31);

/// Somebody who can sign in to the demo.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignIn {
    pub(crate) role: &'static str,
    pub(crate) email: &'static str,
    name: &'static str,
}

/// One person for each kind of work.
pub(crate) const SIGN_INS: [SignIn; 4] = [
    SignIn { role: "admin", email: "robin.castellan@demo.example", name: "Robin Castellan" },
    SignIn { role: "manager", email: "melvin.marxen@demo.example", name: "Melvin Marxen" },
    SignIn { role: "seller", email: "darcel.schlecht@demo.example", name: "Darcel Schlecht" },
    SignIn { role: "agent", email: "priya.raman@demo.example", name: "Priya Raman" },
];

/// The customer who is signed in to the demo company's website.
pub(crate) const CUSTOMER: Customer = Customer {
    external_id: "sean.fitzgerald@ron-tech.example",
    email: "sean.fitzgerald@ron-tech.example",
    name: "Sean Fitzgerald",
};

/// A customer whom the examples name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Customer {
    pub(crate) external_id: &'static str,
    pub(crate) email: &'static str,
    pub(crate) name: &'static str,
}

/// The folders that are imported, in this order.
const FOLDERS: [&str; 2] = ["crm-sales", "demo"];

/// Makes the demo company unless it is there. The summaries tell what was imported; none if it was there.
///
/// # Errors
/// When the examples cannot be imported.
pub(crate) async fn make(crm: &Crm) -> Result<Vec<Summary>, ImportError> {
    let tenant = match crm.tenant(Some(SLUG)).await {
        Ok(tenant) if is_complete(crm, &tenant).await? => {
            website::make(crm, &tenant).await?;
            return Ok(Vec::new());
        }
        Ok(tenant) => tenant,
        Err(_) => crm.create_tenant(NewTenant::named(SLUG, "Meridian Systems")).await?,
    };
    let options = Options { shift_days: days_since_last_day(crm), progress: true, ..Options::default() };
    let mut summaries = Vec::new();
    for folder in FOLDERS {
        if let Some(text) = examples::text(&format!("{folder}/mapping.toml")) {
            let mapping = Mapping::parse(&format!("examples/{folder}/mapping.toml"), &text)?;
            summaries.push(run(crm, tenant.id, &mapping, &examples::files(folder), &options).await?);
        }
    }
    website::make(crm, &tenant).await?;
    let_in(crm, &tenant).await?;
    Ok(summaries)
}

/// Lets the bot learn the demo company's intents, unless it has. The demo does without them where that fails.
pub(crate) async fn teach(crm: &Crm, intents: &Intents) {
    let taught = async {
        let tenant = crm.tenant(Some(SLUG)).await?.id;
        if crm.intents_in_use(tenant).await?.is_none() {
            intents.train(&crm.product(tenant, "demo", Surface::System).await?).await?;
        }
        Ok::<_, crm_core::Error>(())
    };
    if let Err(error) = taught.await {
        tracing::warn!(%error, "the demo company's intents are not learnt");
    }
}

/// Whether the demo was made to its end: the people are let in last.
async fn is_complete(crm: &Crm, tenant: &Tenant) -> crm_core::Result<bool> {
    Ok(!crm.set_up_needed().await? && crm.find_user(tenant.id, SIGN_INS[SIGN_INS.len() - 1].email).await.is_ok())
}

fn days_since_last_day(crm: &Crm) -> i64 {
    let today = crm.now().to_zoned(TimeZone::UTC).date();
    let day = Duration::from_secs(86_400).as_secs() as i64;
    today.duration_since(LAST_DAY).as_secs() / day
}

/// Gives everybody in [`SIGN_INS`] a password; those whom the examples do not name are made.
async fn let_in(crm: &Crm, tenant: &Tenant) -> crm_core::Result<()> {
    let product = crm.product(tenant.id, "demo", Surface::System).await?;
    for who in SIGN_INS {
        let user = match crm.find_user(tenant.id, who.email).await {
            Ok(user) => user,
            Err(_) => crm.create_user(&product, who.name, who.email, &[who.role]).await?,
        };
        crm.set_password(&product, user, PASSWORD).await?;
    }
    Ok(())
}
