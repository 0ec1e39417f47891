//! `parley ask`: a question in one's own words, answered as the person who asks.

use super::failure::{Failure, Outcome};
use super::index;
use super::installation::Installation;
use super::output::Output;
use super::told::answered;
use bots::staff::{Button, Kind, Said, Staff, Told};
use crm_core::clock::{Clock, FixedClock, SystemClock};
use crm_core::{Actor, Crm, Surface};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;
use uuid::Uuid;

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
async fn converse(installation: &Installation, crm: &Crm, ask: &Ask) -> Outcome<Told> {
    let search = index::open(installation)?;
    let caught_up = search.catch_up(crm).await;
    caught_up.map_err(|error| Failure::new(format!("The search index cannot be brought up to date: {error}.")))?;
    let tenant = installation.tenant(crm).await?;
    let user = crm.find_user(tenant.id, &ask.asker).await?;
    let actor = in_zone(crm.actor_for_user(tenant.id, user, Surface::Terminal).await?, ask.zone.as_deref())?;
    let staff = Staff::new(crm.clone(), search).with_llm(installation.llm()?);
    let (conversation, mut last) = (Uuid::now_v7(), None);
    for text in &ask.texts {
        last = Some(staff.hear(&actor, conversation, Said::Text(text.clone()), ask.limit).await?);
    }
    let mut told = last.ok_or_else(|| Failure::new("Ask something."))?;
    if ask.yes && told.answer.may_be_done_at_once() {
        let press = Said::Press { turn: told.turn, button: Button::Confirm };
        let done = staff.hear(&actor, conversation, press, ask.limit).await?;
        if done.answer.kind != Kind::Done {
            return Ok(done);
        }
        // The proposal stays readable: what it was, and that it is done.
        (told.answer.done, told.message, told.turn) = (done.answer.done, done.message, done.turn);
    }
    Ok(told)
}

fn in_zone(actor: Actor, zone: Option<&str>) -> Outcome<Actor> {
    let Some(zone) = zone else { return Ok(actor) };
    let known = TimeZone::get(zone);
    let zone =
        known.map_err(|_| Failure::new(format!("There is no time zone `{zone}`. Give one such as Europe/Berlin.")))?;
    Ok(actor.in_zone(zone))
}

fn tell(output: Output, told: &Told) -> Outcome {
    if output.json {
        // One line, so that scripts can read answer by answer.
        return output.say(serde_json::to_string(told)?);
    }
    let unsaid = told.answer.kind == Kind::Proposal && told.answer.done.is_none();
    output.say(answered(told))?;
    match unsaid {
        true if told.answer.may_be_done_at_once() => output.say("Nothing was changed; --yes carries it out."),
        true if told.answer.approval.is_some() => output.say("Nothing was changed. Decide it in `parley chat`."),
        true => output.say("Nothing was changed. A language model proposes this: say it in `parley chat`, and agree."),
        false => Ok(()),
    }
}
