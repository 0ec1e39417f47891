//! `parley ask`: a question in one's own words, answered as the person who asks.

use super::failure::{Failure, Outcome};
use super::index;
use super::installation::Installation;
use super::output::Output;
use bots::staff::{Answer, Kind, Staff};
use crm_core::clock::{Clock, FixedClock, SystemClock};
use crm_core::{Actor, Crm, Surface};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub(super) struct Ask {
    /// Who asks: the e-mail address or the name of a user
    #[arg(long = "as", value_name = "EMAIL|NAME")]
    asker: String,
    /// Ask as if it were then, such as 2017-12-31T12:00:00Z
    #[arg(long, value_name = "RFC3339")]
    now: Option<Timestamp>,
    /// The asker's time zone, such as Europe/Berlin, instead of their own
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Carry a proposed change out
    #[arg(long)]
    yes: bool,
    /// How many records are listed at most
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    limit: usize,
    /// The question; several are one conversation, of which the last is answered
    #[arg(required = true, value_name = "TEXT")]
    texts: Vec<String>,
}

pub(super) async fn run(installation: &Installation, output: Output, ask: Ask) -> Outcome {
    let clock: Arc<dyn Clock> = match ask.now {
        Some(now) => Arc::new(FixedClock::new(now)),
        None => Arc::new(SystemClock),
    };
    let crm = installation.open_at(clock).await?;
    let answered = converse(installation, &crm, &ask).await;
    crm.db().close().await;
    tell(output, &answered?)
}

/// The answer to the last of the texts.
async fn converse(installation: &Installation, crm: &Crm, ask: &Ask) -> Outcome<Answer> {
    let search = index::open(installation)?;
    let caught_up = search.catch_up(crm).await;
    caught_up.map_err(|error| Failure::new(format!("The search index cannot be brought up to date: {error}.")))?;
    let tenant = installation.tenant(crm).await?;
    let user = crm.find_user(tenant.id, &ask.asker).await?;
    let actor = in_zone(crm.actor_for_user(tenant.id, user, Surface::Terminal).await?, ask.zone.as_deref())?;
    let staff = Staff::new(crm.clone(), search);
    let mut last: Option<Answer> = None;
    for text in &ask.texts {
        let earlier = last.as_ref().and_then(|answer| answer.request.as_ref());
        last = Some(staff.ask(&actor, text, earlier, ask.limit).await?);
    }
    let mut answer = last.ok_or_else(|| Failure::new("Ask something."))?;
    if let Some(command) = answer.command.take().filter(|_| ask.yes) {
        answer.done = Some(crm.write(&actor, command).await?.id);
    }
    Ok(answer)
}

fn in_zone(actor: Actor, zone: Option<&str>) -> Outcome<Actor> {
    let Some(zone) = zone else { return Ok(actor) };
    let known = TimeZone::get(zone);
    let zone =
        known.map_err(|_| Failure::new(format!("There is no time zone `{zone}`. Give one such as Europe/Berlin.")))?;
    Ok(actor.in_zone(zone))
}

/// How many records are shown to a person.
const SHOWN: usize = 50;

fn tell(output: Output, answer: &Answer) -> Outcome {
    if output.json {
        // One line, so that scripts can read answer by answer.
        return output.say(serde_json::to_string(answer)?);
    }
    output.say(&answer.understood)?;
    if let Some(value) = &answer.value {
        output.say(plain(value))?;
    }
    for (label, value) in answer.groups.iter().flatten() {
        output.say(format!("{label}: {}", plain(value)))?;
    }
    for record in answer.records.iter().flatten().take(SHOWN) {
        output.say(record.get("name").map_or_else(String::new, plain))?;
    }
    let all = answer.total.and_then(|total| usize::try_from(total).ok()).unwrap_or_default();
    let more = all.saturating_sub(SHOWN);
    if more > 0 {
        output.say(format!("… and {more} more"))?;
    }
    match (&answer.action, answer.done) {
        (Some(_), Some(_)) => output.say("Done.")?,
        (Some(_), None) if answer.kind == Kind::Proposal => output.say("Nothing was changed; --yes carries it out.")?,
        _ => {}
    }
    for choice in answer.choices.iter().flatten() {
        output.say(format!("{} ({})", choice.name, choice.object))?;
    }
    Ok(())
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
