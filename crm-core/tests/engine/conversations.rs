//! Conversations with customers: what is stored once, who may answer, and that nobody is lost.

use crate::support::chat::{inbound, saying, visitor};
use crate::support::{World, on_both};
use crm_core::desk::{
    Author, BotSays, CodeMail, Conversation, NewMessage, Reason, Routed, State, Then, Turn, Visitor, Wait,
};
use crm_core::query::{Filter, Query};
use crm_core::{Actor, Error, Record};
use jiff::SignedDuration;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

#[tokio::test]
async fn what_a_visitor_sends_twice_is_stored_once() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let message = inbound("Hello?");
        let first = world.crm.hear(&visitor, message.clone()).await.unwrap();
        let again = world.crm.hear(&visitor, message).await.unwrap();
        assert!(first.message.is_some() && again.message.is_none());
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
        let expected = format!("T-1005 {:?}", Wait::Open { ahead: 0, minutes: Some(4), present: false });
        assert_eq!(world.texts(&asks, &seen).await[1], expected);
    })
    .await;
}

#[tokio::test]
async fn somebody_is_there_while_one_of_the_team_is_signed_in_and_at_work() {
    const PASSWORD: &str = "correct horse battery staple 7";
    on_both(|world| async move {
        let team = world.create(&world.admin, "team", json!({"name": "Support"})).await;
        let widget = world.widget(Some(&team)).await;
        let [mia, tom] = [(json!(team.id), "mia"), (Json::Null, "tom")].map(|(team, name)| (team, name));
        for (team, name) in [mia, tom] {
            let email = format!("{name}@{}.example", world.tenant.slug);
            let id = world.crm.create_user(&world.admin, name, &email, &["agent"]).await.unwrap();
            let user = world.crm.get(&world.admin, "user", id).await.unwrap();
            world.update(&world.admin, &user, json!({"team_id": team})).await;
            world.crm.set_password(&world.admin, id, PASSWORD).await.unwrap();
        }
        let there = async || {
            let asks = visitor(&world, &widget);
            let seen = world.hears(&asks, "Help").await;
            world.hand_over(&seen).await;
            world.texts(&asks, &seen).await[1].contains("present: true")
        };
        let sign_in = async |name: &str| {
            let (slug, from) = (&world.tenant.slug, crm_core::identity::Origin::default());
            world.crm.sign_in(Some(slug), &format!("{name}@{slug}.example"), PASSWORD, &from).await.unwrap()
        };
        sign_in("tom").await;
        assert!(!there().await, "who is there is of another team");
        let mia = sign_in("mia").await;
        assert!(there().await);
        world.later(SignedDuration::from_mins(11));
        assert!(!there().await, "nothing was heard of her since");
        world.crm.session(&mia.token, crm_core::Surface::Console).await.unwrap();
        assert!(there().await);
        world.crm.sign_out(&mia.actor, mia.session).await.unwrap();
        assert!(!there().await);
    })
    .await;
}

#[tokio::test]
async fn how_far_each_side_has_read_is_kept_and_goes_only_forward() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let (asks, stranger) = (visitor(&world, &widget), visitor(&world, &widget));
        let seen = world.hears(&asks, "Help").await;
        let handed = world.hand_over(&seen).await;
        let mia = world.user("Mia", &["agent"]).await;
        for sequence in [2, 1, 99] {
            world.crm.visitor_read(&asks, seen.id, sequence).await.unwrap();
            world.crm.agent_read(&mia, seen.id, sequence).await.unwrap();
        }
        world.crm.visitor_read(&stranger, seen.id, 2).await.unwrap();
        let read = world.crm.get(&world.admin, "conversation", seen.id).await.unwrap();
        assert_eq!((read.get("visitor_read").as_number(), read.get("agent_read").as_number()), (Some(2.0), Some(2.0)));
        assert_eq!(world.now(&handed).await.version, handed.version, "reading changes nothing that anybody relies on");
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

impl World {
    /// The visitor is sent a code; answers what the visitor is told, and the code, if one was sent.
    async fn sends_code(&self, visitor: &Visitor, address: &str) -> (String, Option<String>) {
        self.later(SignedDuration::from_secs(1));
        let seen = self.hears(visitor, &format!("It is {address}")).await;
        let mail = CodeMail { subject: "Your code".into(), body: "Your code is {code}.".into() };
        let words = Arc::new(|sent| NewMessage::text(Author::Bot, format!("{sent:?}")));
        let before: Vec<Uuid> = self.all("email_message").await.iter().map(|mail| mail.id).collect();
        let then = Then::SendCode { address: address.into(), mail, words };
        self.crm.bot_says(self.tenant.id, BotSays { messages: Vec::new(), then, ..saying(&seen, "") }).await.unwrap();
        let mails = self.all("email_message").await;
        let code = mails.iter().find(|mail| !before.contains(&mail.id)).map(|mail| {
            assert_eq!(mail.get("to_address").as_text(), Some(address));
            let digits = mail.get("body").as_text().unwrap().chars().filter(char::is_ascii_digit);
            digits.collect::<String>()
        });
        (self.texts(visitor, &seen).await.pop().unwrap(), code)
    }

    /// The visitor shows a code: what it was worth.
    async fn shows(&self, visitor: &Visitor, code: &str) -> Json {
        let conversation = self.hears(visitor, code).await;
        let messages = self.crm.messages_for(visitor, &conversation, 0, 100).await.unwrap();
        assert!(messages.iter().all(|message| !message.text.contains(code)), "the code is in the conversation");
        messages.last().unwrap().content["code"].clone()
    }

    async fn contact(&self, email: &str) -> Record {
        self.create(&self.admin, "contact", json!({"last_name": "Lee", "email": email})).await
    }
}

/// Another code than this.
fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

#[tokio::test]
async fn who_shows_the_code_is_known_and_the_code_is_in_no_message() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let (visitor, contact) = (visitor(&world, &widget), world.contact("jo@example.com").await);
        let (told, code) = world.sends_code(&visitor, "Jo@example.com").await;
        let code = code.expect("a code is sent");
        assert_eq!((told.as_str(), code.len()), ("Sent", 6));
        assert_eq!(world.shows(&visitor, &code).await, json!({"outcome": "right"}));
        let known = world.hears(&visitor, "Where is my ticket?").await;
        assert_eq!(known.contact, Some(contact.id));
        assert_eq!(world.all("visitor").await[0].get("contact_id").as_id(), Some(contact.id));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_for_three_tries() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let code = world.sends_code(&visitor, "jo@example.com").await.1.unwrap();
        let wrong = another(&code);
        for (tried, worth) in [
            (&wrong, json!({"outcome": "wrong", "left": 2})),
            (&wrong, json!({"outcome": "wrong", "left": 1})),
            (&wrong, json!({"outcome": "ended"})),
            (&code, json!({"outcome": "ended"})),
        ] {
            assert_eq!(world.shows(&visitor, tried).await, worth);
        }
        assert_eq!(world.hears(&visitor, "And now?").await.contact, None);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_only_the_last_one() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let first = world.sends_code(&visitor, "jo@example.com").await.1.unwrap();
        world.later(SignedDuration::from_mins(11));
        assert_eq!(world.shows(&visitor, &first).await, json!({"outcome": "ended"}));
        let second = world.sends_code(&visitor, "jo@example.com").await.1.unwrap();
        if first != second {
            assert_eq!(world.shows(&visitor, &first).await, json!({"outcome": "wrong", "left": 2}));
        }
        assert_eq!(world.shows(&visitor, &second).await, json!({"outcome": "right"}));
    })
    .await;
}

#[tokio::test]
async fn another_visitors_code_proves_nothing() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let (one, two) = (visitor(&world, &widget), visitor(&world, &widget));
        let code = world.sends_code(&one, "jo@example.com").await.1.unwrap();
        let others = world.sends_code(&two, "kim@example.com").await.1.unwrap();
        if code != others {
            assert_eq!(world.shows(&two, &code).await, json!({"outcome": "wrong", "left": 2}));
        }
    })
    .await;
}

#[tokio::test]
async fn codes_are_limited_for_each_visitor_and_each_address() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let one = visitor(&world, &widget);
        for number in 0..3 {
            assert!(world.sends_code(&one, &format!("{number}@example.com")).await.1.is_some());
        }
        assert_eq!(world.sends_code(&one, "3@example.com").await, ("TooMany".into(), None));
        for _ in 0..5 {
            assert!(world.sends_code(&visitor(&world, &widget), "jo@example.com").await.1.is_some());
        }
        assert_eq!(world.sends_code(&visitor(&world, &widget), "JO@example.com").await, ("TooMany".into(), None));
        world.later(SignedDuration::from_mins(61));
        assert!(world.sends_code(&one, "jo@example.com").await.1.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_number_that_looks_like_a_code_is_said_when_none_was_sent() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let conversation = world.hears(&visitor, "My order is 123456").await;
        assert_eq!(world.texts(&visitor, &conversation).await, ["My order is 123456"]);
    })
    .await;
}

#[tokio::test]
async fn a_ticket_made_before_the_proof_is_the_customers_afterwards() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let (visitor, contact) = (visitor(&world, &widget), world.contact("jo@example.com").await);
        let code = world.sends_code(&visitor, "jo@example.com").await.1.unwrap();
        let asked = world.hears(&visitor, "A person, please").await;
        let ticket = world.hand_over(&asked).await.ticket.unwrap();
        world.shows(&visitor, &code).await;
        let ticket = world.crm.get(&world.admin, "ticket", ticket).await.unwrap();
        assert_eq!(ticket.get("contact_id").as_id(), Some(contact.id));
    })
    .await;
}

#[tokio::test]
async fn customers_are_told_of_their_own_tickets_and_the_last_answer_only() {
    on_both(|world| async move {
        let widget = world.widget(None).await;
        let (jo, kim) = (world.contact("jo@example.com").await, world.contact("kim@example.com").await);
        let visitor = visitor(&world, &widget);
        let code = world.sends_code(&visitor, "jo@example.com").await.1.unwrap();
        world.shows(&visitor, &code).await;
        let asked = world.hears(&visitor, "My lamp is broken").await;
        let handed = world.hand_over(&asked).await;
        let agent = world.user("Mia", &["agent"]).await;
        for (action, text) in [("reply", "Is it the bulb?"), ("reply", "A new one is on its way."), ("note", "Again!")]
        {
            world.act(&agent, handed.id, action, json!({"text": text})).await.unwrap();
        }
        world.create(&world.admin, "ticket", json!({"subject": "Kim's", "contact_id": kim.id})).await;
        let over = json!({"subject": "Over", "contact_id": jo.id, "status": "solved"});
        world.create(&world.admin, "ticket", over).await;
        let customer = world.crm.contact(world.tenant.id, jo.id, crm_core::Surface::WebChat).await.unwrap();
        let open = world.crm.own_tickets(&customer, &[], 9).await.unwrap();
        let told: Vec<_> = open.iter().map(|ticket| (ticket.number.as_str(), ticket.status.as_str())).collect();
        assert_eq!(told, [("T-1001", "waiting")]);
        assert_eq!(open[0].answer.as_ref().unwrap().1, "A new one is on its way.");
        let named = world.crm.own_tickets(&customer, &[1002, 1003, 9999], 9).await.unwrap();
        assert_eq!(named.iter().map(|ticket| ticket.subject.as_str()).collect::<Vec<_>>(), ["Over"]);
    })
    .await;
}
