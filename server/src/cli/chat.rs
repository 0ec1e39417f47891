//! `parley chat`: a conversation with the bot at a terminal.

use super::failure::{Failure, Outcome};
use super::index;
use super::installation::Installation;
use super::output::Output;
use super::told::{answered, said};
use bots::staff::{Said, Staff};
use crm_core::clock::SystemClock;
use crm_core::{Actor, Crm, Surface};
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{Config, Editor};
use std::io::{IsTerminal, stdin};
use std::sync::Arc;
use uuid::Uuid;

#[derive(Debug, clap::Args)]
pub(super) struct Chat {
    /// Who speaks: the e-mail address or the name of a user
    #[arg(long = "as", value_name = "EMAIL|NAME")]
    speaker: String,
    /// Go on with the last conversation
    #[arg(long, short)]
    r#continue: bool,
}

/// How many records are listed.
const LISTED: usize = 50;
/// How many messages that wait are told at the beginning.
const WAITING: usize = 20;

pub(super) async fn run(installation: &Installation, output: Output, chat: Chat) -> Outcome {
    let crm = installation.open_at(Arc::new(SystemClock)).await?;
    let talked = talk(installation, &crm, output, &chat).await;
    crm.db().close().await;
    talked
}

async fn talk(installation: &Installation, crm: &Crm, output: Output, chat: &Chat) -> Outcome {
    let search = index::open(installation)?;
    let tenant = installation.tenant(crm).await?;
    let user = crm.find_user(tenant.id, &chat.speaker).await?;
    let actor = crm.actor_for_user(tenant.id, user, Surface::Terminal).await?;
    let last = if chat.r#continue { crm.staff_conversations(&actor, None, 1).await?.pop() } else { None };
    let conversation = last.map_or_else(Uuid::now_v7, |turn| turn.conversation);
    let staff = Staff::new(crm.clone(), search.clone()).with_llm(installation.llm()?);
    greet(&staff, &actor, output).await?;
    tell_what_waits(crm, &actor, output).await?;
    let mut lines = Lines::new()?;
    while let Some(line) = lines.next()? {
        if matches!(line.as_str(), "exit" | "quit" | ":q") {
            break;
        }
        // What other programs have changed meanwhile is found by name, too.
        let caught_up = search.catch_up(crm).await;
        caught_up.map_err(|error| Failure::new(format!("The search index cannot be read: {error}.")))?;
        match staff.hear(&actor, conversation, Said::Text(line), LISTED).await {
            Ok(told) if output.json => output.say(serde_json::to_string(&told)?)?,
            Ok(told) => output.say(format!("{}\n", answered(&told)))?,
            Err(error) => output.say(error.to_string())?,
        }
        tell_what_waits(crm, &actor, output).await?;
    }
    Ok(())
}

async fn greet(staff: &Staff, actor: &Actor, output: Output) -> Outcome {
    output.say("Ask in your own words, such as:")?;
    for suggestion in staff.suggestions(actor).await?.iter().take(4) {
        output.say(format!("  {suggestion}"))?;
    }
    output.say("`help` tells more, `undo` takes the last change back, `exit` ends.")
}

/// Tells what the bot said by itself since it was last looked; it is read then.
async fn tell_what_waits(crm: &Crm, actor: &Actor, output: Output) -> Outcome {
    let mut waiting = crm.unread_staff_turns(actor, WAITING).await?;
    waiting.reverse();
    for turn in waiting {
        if output.json {
            output.say(serde_json::to_string(&turn.answer)?)?;
        } else {
            let at = turn.at.to_zoned(actor.zone().clone()).strftime("%Y-%m-%d %H:%M");
            output.say(format!("\n{at} · {}\n{}", turn.heard, said(&turn.answer)))?;
        }
        crm.read_staff_turns(actor, turn.conversation, turn.sequence).await?;
    }
    Ok(())
}

/// Lines from a person, with history and editing, or from a pipe.
enum Lines {
    Person(Box<Editor<(), DefaultHistory>>),
    Pipe,
}

impl Lines {
    fn new() -> Outcome<Self> {
        if !stdin().is_terminal() {
            return Ok(Self::Pipe);
        }
        let config = Config::builder().auto_add_history(true).build();
        Ok(Self::Person(Box::new(Editor::with_config(config)?)))
    }

    /// The next line that says something; none at the end.
    fn next(&mut self) -> Outcome<Option<String>> {
        loop {
            let line = match self {
                Self::Person(editor) => match editor.readline("› ") {
                    Ok(line) => line,
                    Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(None),
                    Err(error) => return Err(error.into()),
                },
                Self::Pipe => {
                    let mut line = String::new();
                    if stdin().read_line(&mut line)? == 0 {
                        return Ok(None);
                    }
                    line
                }
            };
            if !line.trim().is_empty() {
                return Ok(Some(line.trim().to_owned()));
            }
        }
    }
}
