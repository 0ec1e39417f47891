//! `parley key`: API keys, with which programs act for a user.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use super::output::Output;
use crm_core::identity::KeyInfo;
use crm_core::{Crm, Surface};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make a key for a user; it is shown this once
    Create {
        /// What it is for
        name: String,
        /// The user for whom the program acts: e-mail address or name
        #[arg(long)]
        user: String,
        /// What it may do at most: read, write; may be given several times
        #[arg(long = "scope", default_values = ["read"])]
        scopes: Vec<String>,
        /// The day on which it ends, as 2027-12-31
        #[arg(long, value_name = "DAY")]
        expires: Option<Date>,
    },
    /// List the keys
    List,
    /// Revoke a key at once
    Revoke {
        /// Its id, as `parley key list` shows it
        id: Uuid,
    },
}

pub(super) async fn run(installation: &Installation, output: Output, command: Command) -> Outcome {
    let crm = installation.open().await?;
    let done = match command {
        Command::Create { name, user, scopes, expires } => {
            create(installation, &crm, output, &name, &user, &scopes, expires).await
        }
        Command::List => list(installation, &crm, output).await,
        Command::Revoke { id } => {
            let product = installation.product(&crm).await?;
            crm.revoke_key(&product, id).await?;
            output.say("The key was revoked.")
        }
    };
    crm.db().close().await;
    done
}

async fn create(
    installation: &Installation,
    crm: &Crm,
    output: Output,
    name: &str,
    user: &str,
    scopes: &[String],
    expires: Option<Date>,
) -> Outcome {
    let tenant = installation.tenant(crm).await?;
    let user = crm.find_user(tenant.id, user).await?;
    let actor = crm.actor_for_user(tenant.id, user, Surface::System).await?;
    let (key, secret) =
        crm.create_key(&actor, name, scopes, expires.map(|day| end_of(day, actor.zone())).transpose()?).await?;
    match output.json {
        true => output.json(&serde_json::json!({"id": key.id, "name": key.name, "scopes": key.scopes, "expires_at": key.expires_at, "key": secret})),
        false => output.say(format!("{secret}\nThis key is not shown again. Keep it like a password.")),
    }
}

/// The instant at which a day is over.
fn end_of(day: Date, zone: &TimeZone) -> Outcome<Timestamp> {
    let wrong = |error: jiff::Error| Failure::new(format!("The day cannot be used: {error}."));
    Ok(day.tomorrow().and_then(|next| next.to_zoned(zone.clone())).map_err(wrong)?.timestamp())
}

async fn list(installation: &Installation, crm: &Crm, output: Output) -> Outcome {
    let product = installation.product(crm).await?;
    let keys = crm.keys(&product).await?;
    let mut users: HashMap<Uuid, String> = HashMap::new();
    for key in &keys {
        if !users.contains_key(&key.user_id)
            && let Ok(user) = crm.get(&product, "user", key.user_id).await
        {
            users.insert(key.user_id, user.name().to_owned());
        }
    }
    let now = crm.now();
    let rows: Vec<[String; 6]> = keys.iter().map(|key| row(key, users.get(&key.user_id), now)).collect();
    output.table(&keys, ["ID", "NAME", "USER", "SCOPES", "STATE", "LAST USED"], &rows)
}

fn row(key: &KeyInfo, user: Option<&String>, now: Timestamp) -> [String; 6] {
    let state = match (key.revoked_at, key.expires_at) {
        (Some(_), _) => "revoked",
        (None, Some(at)) if at <= now => "expired",
        _ => "valid",
    };
    let used = key.last_used_at.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_else(|| "never".into());
    [key.id.to_string(), key.name.clone(), user.cloned().unwrap_or_default(), key.scopes.join(" "), state.into(), used]
}
