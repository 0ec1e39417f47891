//! Conversations in which several write at the same moment, on one node and on two: nothing is lost, nothing is doubled,
//! and one speaks at a time.

use crate::support::chat::{handing_over, inbound, saying, visitor};
use crate::support::{World, postgres, postgres_url, sqlite};
use crm_core::desk::{Author, Conversation, State, Visitor};
use crm_core::{Actor, Command, Crm, Db, Error};
use futures_util::future::join_all;
use serde_json::Map;
use std::collections::HashSet;

/// How often what happens at once is tried: now one comes first, now the other.
const ROUNDS: usize = 12;

/// Runs a test on one node of either engine, and on two nodes of one PostgreSQL; the second node is the test's other
/// argument.
async fn on_nodes<F: Future<Output = ()>>(test: impl Fn(World, Crm) -> F) {
    for world in [sqlite().await, postgres().await] {
        let same = world.crm.clone();
        test(world, same).await;
    }
    let world = postgres().await;
    let other = Crm::new(Db::open(&postgres_url()).await.unwrap(), world.clock.clone());
    test(world, other).await;
}

impl World {
    /// Who said what, in order. The numbers have no gaps.
    async fn said(&self, conversation: &Conversation) -> Vec<(Author, String)> {
        let messages = self.crm.messages(&self.admin, conversation.id, 0, 500).await.unwrap();
        let numbers: Vec<i64> = messages.iter().map(|message| message.sequence).collect();
        assert_eq!(numbers, (1..=messages.len() as i64).collect::<Vec<_>>());
        assert_eq!(self.now(conversation).await.last_sequence, messages.len() as i64);
        messages.into_iter().map(|message| (message.author, message.text)).collect()
    }

    async fn has_a_log_without_gaps(&self) {
        let events = self.crm.log_after(self.tenant.id, 0, 10_000).await.unwrap();
        let numbers: Vec<i64> = events.iter().map(|event| event.sequence).collect();
        assert_eq!(numbers, (1..=events.len() as i64).collect::<Vec<_>>());
    }
}

async fn take(crm: &Crm, agent: &Actor, conversation: &Conversation) -> crm_core::Result<()> {
    let (object, action) = ("conversation".to_owned(), "take".to_owned());
    crm.write(agent, Command::Act { object, id: conversation.id, action, input: Map::new() }).await.map(drop)
}

#[tokio::test]
async fn whatever_is_said_in_several_windows_at_once_is_stored_once_and_in_order() {
    on_nodes(|world, other| async move {
        let widget = world.widget(None).await;
        let visitors: Vec<Visitor> = (0..6).map(|_| visitor(&world, &widget)).collect();
        let begun = join_all(visitors.iter().map(|visitor| world.hears(visitor, "first"))).await;
        let say = |n: usize| {
            let (visitor, crm) = (&visitors[n % visitors.len()], if n.is_multiple_of(2) { &world.crm } else { &other });
            async move { crm.hear(visitor, inbound(&format!("{n}"))).await.unwrap() }
        };
        let heard = join_all((0..60).map(say)).await;
        let stored: HashSet<_> = heard.iter().map(|heard| (heard.conversation.id, heard.sequence)).collect();
        assert_eq!(stored.len(), 60, "each has a number of its own");
        for conversation in &begun {
            let said = world.said(conversation).await;
            assert_eq!(said.len(), 11);
        }
        world.has_a_log_without_gaps().await;
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_sent_twice_at_once_is_stored_once() {
    on_nodes(|world, other| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let seen = world.hears(&visitor, "Hello").await;
        for round in 1..=ROUNDS {
            let message = inbound("How long do parcels take?");
            let (here, there) =
                tokio::join!(world.crm.hear(&visitor, message.clone()), other.hear(&visitor, message.clone()));
            let (here, there) = (here.unwrap(), there.unwrap());
            assert!(here.message.is_some() != there.message.is_some());
            assert_eq!(here.sequence, there.sequence);
            assert_eq!(world.said(&seen).await.len(), 1 + round);
        }
        world.has_a_log_without_gaps().await;
    })
    .await;
}

#[tokio::test]
async fn who_comes_with_one_token_in_two_windows_at_once_is_one_visitor() {
    on_nodes(|world, other| async move {
        let widget = world.widget(None).await;
        for round in 1..=ROUNDS {
            let (one, token) = world.crm.new_visitor(&widget, None, "en", "");
            let (two, same) = other.new_visitor(&widget, Some(&token), "en", "");
            assert_eq!(token, same);
            let (said, welcomed) = tokio::join!(world.crm.hear(&one, inbound("Hello")), other.welcome(&two));
            assert!(said.is_ok() != welcomed.is_ok(), "{said:?} {welcomed:?}");
            let refused = said.map(drop).and(welcomed);
            assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
            let known = world.crm.visitor_of(&token).await.unwrap().expect("one of them");
            world.hears(&known, "Here I am").await;
            assert_eq!(world.all("visitor").await.len(), round);
            assert_eq!(world.all("conversation").await.len(), round);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_agents_who_take_at_once_exactly_one_has_the_conversation() {
    on_nodes(|world, other| async move {
        let widget = world.widget(None).await;
        let (mia, tom) = (world.user("Mia", &["agent"]).await, world.user("Tom", &["agent"]).await);
        for _ in 0..ROUNDS {
            let seen = world.hears(&visitor(&world, &widget), "Help").await;
            world.hand_over(&seen).await;
            let (one, two) = tokio::join!(take(&world.crm, &mia, &seen), take(&other, &tom, &seen));
            assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
            let winner = if one.is_ok() { &mia } else { &tom };
            let now = world.now(&seen).await;
            assert_eq!((now.state, now.owner), (State::Human, winner.who().user()));
        }
        world.has_a_log_without_gaps().await;
    })
    .await;
}

#[tokio::test]
async fn the_bot_never_answers_over_what_the_visitor_says_at_the_same_moment() {
    on_nodes(|world, other| async move {
        let widget = world.widget(None).await;
        let visitor = visitor(&world, &widget);
        let mut seen = world.hears(&visitor, "How do I").await;
        for _ in 0..ROUNDS {
            let (answered, said) = tokio::join!(
                world.crm.bot_says(world.tenant.id, saying(&seen, "Like this.")),
                other.hear(&visitor, inbound("reset my password?"))
            );
            let said = said.unwrap();
            let texts = world.said(&seen).await;
            let new: Vec<Author> =
                texts[usize::try_from(seen.last_sequence).unwrap()..].iter().map(|(author, _)| *author).collect();
            match answered {
                Ok(_) => assert_eq!(new, [Author::Bot, Author::Customer], "it was said before the visitor went on"),
                Err(Error::Stale { .. }) => assert_eq!(new, [Author::Customer]),
                Err(error) => panic!("{error}"),
            }
            seen = world.now(&seen).await;
            assert_eq!(seen.version, said.conversation.version);
        }
        let turns = world.all("bot_turn").await.len();
        let answers = world.said(&seen).await.iter().filter(|(author, _)| *author == Author::Bot).count();
        assert_eq!(turns, answers, "a refused answer leaves no turn");
        world.has_a_log_without_gaps().await;
    })
    .await;
}

#[tokio::test]
async fn a_handoff_loses_nothing_that_the_visitor_says_at_the_same_moment() {
    on_nodes(|world, other| async move {
        let widget = world.widget(None).await;
        for _ in 0..ROUNDS {
            let visitor = visitor(&world, &widget);
            let seen = world.hears(&visitor, "A human please").await;
            let (handed, said) = tokio::join!(
                world.crm.bot_says(world.tenant.id, handing_over(&seen)),
                other.hear(&visitor, inbound("It is urgent"))
            );
            let (said, now) = (said.unwrap(), world.now(&seen).await);
            assert!(world.said(&seen).await.contains(&(Author::Customer, "It is urgent".into())));
            match handed {
                Ok(_) => assert_eq!((now.state, said.conversation.state), (State::Queued, State::Queued)),
                Err(Error::Stale { .. }) => assert_eq!((now.state, now.ticket), (State::Bot, None)),
                Err(error) => panic!("{error}"),
            }
        }
        world.has_a_log_without_gaps().await;
    })
    .await;
}

#[tokio::test]
async fn from_the_moment_an_agent_has_it_the_bot_is_refused() {
    on_nodes(|world, other| async move {
        let widget = world.widget(None).await;
        let mia = world.user("Mia", &["agent"]).await;
        for _ in 0..ROUNDS {
            let seen = world.hears(&visitor(&world, &widget), "Help").await;
            let (taken, answered) =
                tokio::join!(take(&other, &mia, &seen), world.crm.bot_says(world.tenant.id, saying(&seen, "Gladly.")));
            taken.unwrap();
            let now = world.now(&seen).await;
            assert_eq!((now.state, now.owner), (State::Human, mia.who().user()));
            let spoke = world.said(&seen).await.iter().any(|(author, _)| *author == Author::Bot);
            assert_eq!(spoke, answered.is_ok(), "{answered:?}");
            assert!(world.crm.bot_says(world.tenant.id, saying(&now, "Still here")).await.is_err());
        }
    })
    .await;
}
