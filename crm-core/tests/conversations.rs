//! Conversations with customers: what is stored once, who may answer, and that nobody is lost.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test stops at once"
)]

mod support;

use crm_core::desk::{
    Author, BotSays, Conversation, Inbound, NewMessage, Reason, Routed, State, Then, Turn, Visitor, Wait, Widget,
};
use crm_core::query::{Filter, Query};
use crm_core::{Actor, Command, Error, Record};
use jiff::SignedDuration;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use support::{World, map, on_both};
use uuid::Uuid;

impl World {
    fn later(&self, span: SignedDuration) {
        self.clock.set(self.crm.now().checked_add(span).unwrap());
    }

    async fn widget(&self, team: Option<&Record>) -> Widget {
        let values = json!({"name": "Website", "key": "main", "team_id": team.map(|team| team.id)});
        self.create(&self.admin, "chat_widget", values).await;
        self.crm.chat_widget(&self.tenant.slug).await.unwrap()
    }

    async fn hears(&self, visitor: &Visitor, text: &str) -> Conversation {
        self.crm.hear(visitor, inbound(text)).await.unwrap().conversation
    }

    async fn hand_over(&self, conversation: &Conversation) -> Conversation {
        self.crm.bot_says(self.tenant.id, handing_over(conversation)).await.unwrap()
    }

    async fn act(&self, agent: &Actor, conversation: Uuid, action: &str, input: Json) -> crm_core::Result<()> {
        let act =
            Command::Act { object: "conversation".into(), id: conversation, action: action.into(), input: map(input) };
        self.crm.write(agent, act).await.map(drop)
    }

    async fn now(&self, conversation: &Conversation) -> Conversation {
        self.crm.conversation(self.tenant.id, conversation.id).await.unwrap()
    }

    async fn ticket(&self, conversation: &Conversation) -> Record {
        let id = self.now(conversation).await.ticket.expect("a ticket");
        self.crm.get(&self.admin, "ticket", id).await.unwrap()
    }

    async fn texts(&self, visitor: &Visitor, conversation: &Conversation) -> Vec<String> {
        let messages = self.crm.messages_for(visitor, conversation, 0, 100).await.unwrap();
        messages.into_iter().map(|message| message.text).collect()
    }

    async fn all(&self, object: &str) -> Vec<Record> {
        self.crm.query(&self.admin, &Query::of(object)).await.unwrap().records
    }
}

fn inbound(text: &str) -> Inbound {
    Inbound { client_id: Uuid::new_v4().to_string(), text: text.into(), attachments: Vec::new(), choice: None }
}

fn saying(conversation: &Conversation, text: &str) -> BotSays {
    BotSays {
        conversation: conversation.id,
        version: conversation.version,
        messages: vec![NewMessage::text(Author::Bot, text)],
        turn: Turn {
            intent: "question",
            sentiment: "neutral",
            decided: "answered",
            language: "en".into(),
            ..Turn::default()
        },
        misses: 0,
        judged: None,
        then: Then::Listen,
    }
}

fn handing_over(conversation: &Conversation) -> BotSays {
    let words =
        Arc::new(|routed: &Routed| NewMessage::text(Author::Bot, format!("{} {:?}", routed.ticket, routed.wait)));
    let packet = json!({"question": "Where is my parcel?"});
    let then = Then::HandOver { reason: Reason::Asked, packet, words };
    BotSays { messages: Vec::new(), then, ..saying(conversation, "") }
}

fn visitor(world: &World, widget: &Widget) -> Visitor {
    world.crm.new_visitor(widget, None, "en", "https://shop.example/").0
}

#[tokio::test]
async fn what_a_visitor_sends_twice_is_stored_once() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let message = inbound("Hello?");
        let first = world.crm.hear(&visitor, message.clone()).await.unwrap();
        let again = world.crm.hear(&visitor, message).await.unwrap();
        assert!(!first.repeated && again.repeated);
        assert_eq!(first.sequence, again.sequence);
        assert_eq!(world.texts(&visitor, &first.conversation).await, ["Hello?"]);
        assert_eq!(world.all("visitor").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_message_of_several_lines_is_kept_as_it_is() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "It says:\n\tERROR 17\nWhat now?").await;
        let turn = Turn { heard: "It says:\n\tERROR 17".into(), ..saying(&seen, "").turn };
        world.crm.bot_says(world.tenant.id, BotSays { turn, ..saying(&seen, "Do\nthis.") }).await.unwrap();
        assert_eq!(world.texts(&visitor, &seen).await, ["It says:\n\tERROR 17\nWhat now?", "Do\nthis."]);
    })
    .await;
}

#[tokio::test]
async fn whether_an_answer_helped_is_kept_with_how_sure_the_bot_was() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "How long do parcels take?").await;
        let turn = Turn { confidence: Some(0.75), ..saying(&seen, "").turn };
        world.crm.bot_says(world.tenant.id, BotSays { turn, ..saying(&seen, "Two days.") }).await.unwrap();
        assert_eq!(world.crm.judged_answers(world.tenant.id, 10).await.unwrap(), []);
        let seen = world.hears(&visitor, "No").await;
        let judged = BotSays { judged: Some((2, false)), ..saying(&seen, "I am sorry.") };
        world.crm.bot_says(world.tenant.id, judged).await.unwrap();
        assert_eq!(world.crm.judged_answers(world.tenant.id, 10).await.unwrap(), [(0.75, false)]);
    })
    .await;
}

#[tokio::test]
async fn no_customer_alone_teaches_the_bot() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        for _ in 0..5 {
            let seen = world.hears(&visitor, "How long do parcels take?").await;
            let turn = Turn { confidence: Some(0.75), ..saying(&seen, "").turn };
            let said =
                world.crm.bot_says(world.tenant.id, BotSays { turn, ..saying(&seen, "Two days.") }).await.unwrap();
            let seen = world.hears(&visitor, "No").await;
            let judged = Some((said.last_sequence, false));
            world.crm.bot_says(world.tenant.id, BotSays { judged, ..saying(&seen, "I am sorry.") }).await.unwrap();
        }
        assert_eq!(world.crm.judged_answers(world.tenant.id, 10).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_good_on_its_own_website_only() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        world.create(&world.admin, "chat_widget", json!({"name": "Other", "key": "other"})).await;
        let other = world.crm.chat_widget(&format!("{}.other", world.tenant.slug)).await.unwrap();
        let (visitor, token) = world.crm.new_visitor(&widget, None, "en", "");
        world.hears(&visitor, "Hello").await;
        let returned = world.crm.returning_visitor(&widget, &token).await.unwrap();
        assert_eq!(returned.unwrap().id(), visitor.id());
        assert!(world.crm.returning_visitor(&other, &token).await.unwrap().is_none());
        assert!(world.crm.returning_visitor(&widget, "pv_guess").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_bot_is_refused_when_something_happened_since_it_looked() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "How do I").await;
        world.hears(&visitor, "reset my password?").await;
        let refused = world.crm.bot_says(world.tenant.id, saying(&seen, "What?")).await;
        assert!(matches!(refused, Err(Error::Stale { .. })), "{refused:?}");
        let seen = world.now(&seen).await;
        world.crm.bot_says(world.tenant.id, saying(&seen, "Like this.")).await.unwrap();
        assert_eq!(world.texts(&visitor, &seen).await, ["How do I", "reset my password?", "Like this."]);
    })
    .await;
}

#[tokio::test]
async fn a_handoff_makes_ticket_packet_and_words_at_once() {
    on_both(|world| async move {
        let team = world.create(&world.admin, "team", json!({"name": "Support"})).await;
        let widget = world.widget(Some(&team)).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "I want to talk to a human").await;
        let handed = world.hand_over(&seen).await;
        assert_eq!((handed.state, handed.reason), (State::Queued, Some(Reason::Asked)));
        let ticket = world.ticket(&handed).await;
        assert_eq!(ticket.name(), "Where is my parcel?");
        assert_eq!(ticket.get("description").as_text(), Some("Customer: I want to talk to a human"));
        assert_eq!(ticket.get("team_id").as_id(), Some(team.id));
        assert!(world.texts(&visitor, &handed).await[1].starts_with("T-1001 Open"));
        let turns = world.all("bot_turn").await;
        assert_eq!(turns[0].get("reason").as_text(), Some("asked"));
    })
    .await;
}

#[tokio::test]
async fn of_two_agents_exactly_one_takes_a_conversation_and_the_other_is_told_who() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let seen = world.hears(&visitor(&world, &widget), "Help").await;
        let handed = world.hand_over(&seen).await;
        let (mia, tom) = (world.user("Mia", &["agent"]).await, world.user("Tom", &["agent"]).await);
        let take = |agent: Actor| world.act_owned(agent, handed.id);
        let (one, two) = tokio::join!(take(mia.clone()), take(tom.clone()));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let (winner, told) = if one.is_ok() { ("Mia", two) } else { ("Tom", one) };
        let told = told.unwrap_err().to_string();
        assert_eq!(told, format!("{winner} has taken this conversation already."));
    })
    .await;
}

impl World {
    async fn act_owned(&self, agent: Actor, conversation: Uuid) -> crm_core::Result<()> {
        self.act(&agent, conversation, "take", json!({})).await
    }
}

#[tokio::test]
async fn the_bot_is_silent_from_the_moment_a_person_has_the_conversation_until_it_is_given_back() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "Help").await;
        let mia = world.user("Mia", &["agent"]).await;
        world.act(&mia, seen.id, "take", json!({})).await.unwrap();
        let taken = world.now(&seen).await;
        assert!(world.crm.bot_says(world.tenant.id, saying(&taken, "I can help")).await.is_err());
        let said = world.hears(&visitor, "Still there?").await;
        assert_eq!(said.state, State::Human);
        assert!(world.crm.bot_says(world.tenant.id, saying(&said, "Yes")).await.is_err());
        world.act(&mia, seen.id, "give_back", json!({})).await.unwrap();
        let back = world.now(&seen).await;
        assert_eq!((back.state, back.owner), (State::Bot, None));
        world.crm.bot_says(world.tenant.id, saying(&back, "Here I am")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_agents_answer_reaches_the_visitor_and_an_internal_note_does_not() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "Help").await;
        let mia = world.user("Mia", &["agent"]).await;
        let answer = json!({"text": "Gladly.", "client_id": "a1"});
        world.act(&mia, seen.id, "reply", answer.clone()).await.unwrap();
        world.act(&mia, seen.id, "reply", answer).await.unwrap();
        world.act(&mia, seen.id, "note", json!({"text": "He is difficult."})).await.unwrap();
        assert_eq!(world.texts(&visitor, &seen).await, ["Help", "Gladly."]);
        let all = world.crm.messages(&mia, seen.id, 0, 100).await.unwrap();
        assert_eq!(all.last().map(|note| (note.text.as_str(), note.internal)), Some(("He is difficult.", true)));
        assert_eq!(all[1].name.as_deref(), Some("Mia"));
        let ticket = world.ticket(&seen).await;
        assert_eq!(ticket.get("status").as_text(), Some("waiting"));
        assert!(!ticket.get("first_response_at").is_null());
    })
    .await;
}

#[tokio::test]
async fn nobody_who_may_not_change_conversations_answers_in_them() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let seen = world.hears(&visitor(&world, &widget), "Help").await;
        let viewer = world.user("Vera", &["viewer"]).await;
        let refused = world.act(&viewer, seen.id, "reply", json!({"text": "Hi"})).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn outside_the_teams_hours_a_handoff_is_offline_and_tells_when_the_team_is_back() {
    on_both(|world| async move {
        // The tests' clock stands on a Sunday.
        let team = world.create(&world.admin, "team", json!({"name": "Support", "hours": "mon-fri 09:00-17:00"})).await;
        let widget = world.widget(Some(&team)).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "A person please").await;
        let handed = world.hand_over(&seen).await;
        assert_eq!(handed.state, State::Offline);
        assert!(world.texts(&visitor, &seen).await[1].contains("2018-01-01T09:00:00Z"));
    })
    .await;
}

#[tokio::test]
async fn who_waits_longer_than_the_team_promises_is_told_and_the_answer_is_mailed() {
    on_both(|world| async move {
        let team = world.create(&world.admin, "team", json!({"name": "Support", "answer_within": "PT3M"})).await;
        let widget = world.widget(Some(&team)).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "A person please").await;
        world.crm.introduce(&visitor, Some("Jo Lee"), Some("jo@example.com")).await.unwrap();
        let handed = world.hand_over(&world.now(&seen).await).await;
        assert_eq!(world.overdue(&handed).await, 0);
        world.later(SignedDuration::from_mins(4));
        assert_eq!(world.overdue(&handed).await, 1);
        assert_eq!(world.now(&handed).await.state, State::Offline);
        let mia = world.user("Mia", &["agent"]).await;
        world.act(&mia, seen.id, "reply", json!({"text": "It comes tomorrow."})).await.unwrap();
        let mails = world.all("email_message").await;
        let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
        assert_eq!(mail.get("to_address").as_text(), Some("jo@example.com"));
        assert_eq!(mail.get("body").as_text(), Some("It comes tomorrow."));
        assert_eq!(mail.get("status").as_text(), Some("queued"));
    })
    .await;
}

impl World {
    /// Tells those who waited too long, and how many of them were in this conversation.
    async fn overdue(&self, conversation: &Conversation) -> usize {
        let words = Arc::new(|_: &Routed| NewMessage::text(Author::System, "Later."));
        let mut told = 0;
        // Other tests' tenants share the database.
        for overdue in self.crm.overdue_conversations(1_000).await.unwrap() {
            if overdue.conversation == conversation.id {
                self.crm.nobody_answered(&overdue, words.clone()).await.unwrap();
                told += 1;
            }
        }
        told
    }
}

#[tokio::test]
async fn a_conversation_taken_in_time_is_never_told_that_nobody_answers() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let seen = world.hears(&visitor(&world, &widget), "Help").await;
        let handed = world.hand_over(&seen).await;
        let mia = world.user("Mia", &["agent"]).await;
        world.act(&mia, seen.id, "take", json!({})).await.unwrap();
        world.later(SignedDuration::from_mins(30));
        assert_eq!(world.overdue(&handed).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_expected_wait_comes_from_how_long_others_waited() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let mia = world.user("Mia", &["agent"]).await;
        for minutes in [1, 4, 4, 2] {
            let handed = world.hand_over(&world.hears(&visitor(&world, &widget), "Help").await).await;
            world.later(SignedDuration::from_mins(minutes));
            world.act(&mia, handed.id, "take", json!({})).await.unwrap();
        }
        let asks = visitor(&world, &widget);
        let seen = world.hears(&asks, "Help").await;
        world.hand_over(&seen).await;
        let expected = format!("T-1005 {:?}", Wait::Open { ahead: 0, minutes: Some(4) });
        assert_eq!(world.texts(&asks, &seen).await[1], expected);
    })
    .await;
}

#[tokio::test]
async fn a_transferred_conversation_waits_for_the_other_team() {
    on_both(|world| async move {
        let team = world.create(&world.admin, "team", json!({"name": "Billing"})).await;
        let widget = world.widget(None).await;
        let seen = world.hears(&visitor(&world, &widget), "Help").await;
        let mia = world.user("Mia", &["agent"]).await;
        world.act(&mia, seen.id, "take", json!({})).await.unwrap();
        let input = json!({"team_id": team.id, "text": "An invoice question."});
        world.act(&mia, seen.id, "transfer", input).await.unwrap();
        let moved = world.now(&seen).await;
        assert_eq!((moved.state, moved.team, moved.owner), (State::Queued, Some(team.id), None));
        assert_eq!(world.ticket(&seen).await.get("team_id").as_id(), Some(team.id));
    })
    .await;
}

#[tokio::test]
async fn a_solved_conversation_is_rated_and_opens_again_with_the_bot() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "Help").await;
        assert!(world.crm.rate(&visitor, 5, None).await.is_err(), "it is not over");
        let mia = world.user("Mia", &["agent"]).await;
        world.act(&mia, seen.id, "reply", json!({"text": "Done."})).await.unwrap();
        world.act(&mia, seen.id, "solve", json!({})).await.unwrap();
        assert_eq!(world.ticket(&seen).await.get("status").as_text(), Some("solved"));
        world.crm.rate(&visitor, 4, Some("Quick")).await.unwrap();
        assert!(world.crm.rate(&visitor, 6, None).await.is_err());
        assert_eq!(world.now(&seen).await.rating, Some(4));
        let back = world.hears(&visitor, "One more thing").await;
        assert_eq!((back.id, back.state, back.owner), (seen.id, State::Bot, None));
        let again = world.hand_over(&world.now(&back).await).await;
        assert_eq!(again.ticket, world.now(&seen).await.ticket, "the same ticket, open again");
        assert_eq!(world.ticket(&seen).await.get("status").as_text(), Some("open"));
    })
    .await;
}

#[tokio::test]
async fn what_a_visitor_says_of_themselves_touches_no_contact() {
    on_both(|world| async move {
        let values = json!({"last_name": "Lee", "email": "jo@example.com"});
        let contact = world.create(&world.admin, "contact", values).await;
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "Hi").await;
        world.crm.introduce(&visitor, Some("Jo"), Some("jo@example.com")).await.unwrap();
        assert_eq!(world.now(&seen).await.contact, None);
        assert_eq!(world.crm.get(&world.admin, "contact", contact.id).await.unwrap().version, contact.version);
        let wrong = world.crm.introduce(&visitor, None, Some("no address")).await;
        assert!(matches!(wrong, Err(Error::Invalid(_))), "{wrong:?}");
    })
    .await;
}

#[tokio::test]
async fn a_turn_of_the_bot_that_was_lost_is_found_again() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let seen = world.hears(&visitor(&world, &widget), "Anybody?").await;
        let span = std::time::Duration::from_secs(10);
        let mine = |all: Vec<(crm_core::TenantId, Uuid)>| all.into_iter().filter(|(_, id)| *id == seen.id).count();
        assert_eq!(mine(world.crm.conversations_awaiting_bot(span, 1_000).await.unwrap()), 0);
        world.later(SignedDuration::from_secs(11));
        assert_eq!(mine(world.crm.conversations_awaiting_bot(span, 1_000).await.unwrap()), 1);
        world.crm.bot_says(world.tenant.id, saying(&seen, "Yes.")).await.unwrap();
        assert_eq!(mine(world.crm.conversations_awaiting_bot(span, 1_000).await.unwrap()), 0);
    })
    .await;
}

#[tokio::test]
async fn a_visitor_reads_no_conversation_but_their_own() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let (one, two) = (visitor(&world, &widget), visitor(&world, &widget));
        let seen = world.hears(&one, "My secret").await;
        assert!(world.crm.messages_for(&two, &seen, 0, 10).await.is_err());
        assert!(world.crm.conversation_of(&two).await.unwrap().is_none());
        let actor = world.crm.visitor_actor(&two).await.unwrap();
        let found =
            world.crm.query(&actor, &Query::of("conversation").filter(Filter::eq("id", seen.id.to_string()))).await;
        assert!(found.is_ok_and(|page| page.records.is_empty()));
    })
    .await;
}
