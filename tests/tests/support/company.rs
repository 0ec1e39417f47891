//! A company whose time the test moves, with the bot for its staff on two nodes; nobody else looks at its database.

use super::installation::Installation;
use bots::staff::{Button, Kind, Said, Staff, Told};
use crm_core::clock::FixedClock;
use crm_core::desk::StaffTurn;
use crm_core::{Actor, Command, Crm, Surface};
use kb_index::Search;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// A Sunday at noon.
pub(crate) const NOW: &str = "2017-12-31T12:00:00Z";

/// A company in a database of its own, and two nodes that serve it by a clock that the test moves.
pub(crate) struct Company {
    pub(crate) crm: Crm,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) nodes: [Staff; 2],
    pub(crate) admin: Actor,
    pub(crate) search: Search,
    installation: Installation,
}

/// Runs a test on both engines.
pub(crate) async fn on_each<F: Future<Output = ()>>(test: impl Fn(Company) -> F) {
    for installation in Installation::on_each_engine() {
        test(Company::new(installation).await).await;
    }
}

impl Company {
    async fn new(installation: Installation) -> Self {
        let clock = Arc::new(FixedClock::new(NOW.parse().unwrap()));
        let crm = Crm::new(installation.database().await, clock.clone());
        let tenant = crm.tenant(Some(&installation.tenant)).await.unwrap().id;
        let product = crm.product(tenant, "test", Surface::System).await.unwrap();
        let admin = crm.create_user(&product, "Ada Admin", "ada@promises.example", &["admin"]).await.unwrap();
        let admin = crm.actor_for_user(tenant, admin, Surface::Console).await.unwrap();
        let search = Search::open(&installation.data().join("index-of-test")).unwrap();
        let nodes = [Staff::new(crm.clone(), search.clone()), Staff::new(crm.clone(), search.clone())];
        Self { crm, clock, nodes, admin, search, installation }
    }

    /// A node that knows nothing but what is in the database.
    pub(crate) async fn restarted(&self) -> Staff {
        let crm = Crm::new(self.installation.database().await, self.clock.clone());
        Staff::new(crm, self.search.clone())
    }

    /// Somebody new in this zone.
    pub(crate) async fn person(&self, name: &str, role: &str, zone: &str) -> Actor {
        let email = format!("{}@promises.example", name.to_lowercase().replace(' ', "."));
        let id = self.crm.create_user(&self.admin, name, &email, &[role]).await.unwrap();
        let actor = self.crm.actor_for_user(self.admin.tenant(), id, Surface::Console).await.unwrap();
        self.crm.set_preferences(&actor, None, Some(zone)).await.unwrap();
        self.again(&actor).await
    }

    /// The same person with the rights and preferences of now.
    pub(crate) async fn again(&self, actor: &Actor) -> Actor {
        let user = actor.who().user().unwrap();
        self.crm.actor_for_user(actor.tenant(), user, Surface::Console).await.unwrap()
    }

    pub(crate) async fn account(&self, name: &str, industry: &str) -> Uuid {
        let values = json!({"name": name, "industry": industry}).as_object().unwrap().clone();
        self.crm.write(&self.admin, Command::Create { object: "account".into(), values }).await.unwrap().id
    }

    pub(crate) async fn change(&self, by: &Actor, object: &str, id: Uuid, values: Json) {
        let values = values.as_object().unwrap().clone();
        self.crm.write(by, Command::Update { object: object.into(), id, version: None, values }).await.unwrap();
    }

    pub(crate) async fn say(&self, actor: &Actor, conversation: Uuid, text: &str) -> Told {
        self.nodes[0].hear(actor, conversation, Said::Text(text.into()), 50).await.unwrap()
    }

    /// Says it and agrees to what is proposed.
    pub(crate) async fn agree(&self, actor: &Actor, conversation: Uuid, text: &str) -> String {
        let told = self.say(actor, conversation, text).await;
        assert_eq!(told.answer.kind, Kind::Proposal, "{text}: {told:?}");
        let done = self.say(actor, conversation, "yes").await;
        assert_eq!(done.answer.kind, Kind::Done, "{text}: {done:?}");
        told.answer.understood
    }

    /// It is this time: both nodes look for what is due, at the same moment.
    pub(crate) async fn at(&self, time: &str) {
        self.clock.set(time.parse().unwrap());
        let [one, other] = &self.nodes;
        let (one, other) = tokio::join!(one.keep_what_is_due(), other.keep_what_is_due());
        one.unwrap();
        other.unwrap();
    }

    /// Presses a button of an earlier turn, on the other node.
    pub(crate) async fn press(&self, actor: &Actor, told: &Told, button: Button) -> Told {
        let press = Said::Press { turn: told.turn, button };
        self.nodes[1].hear(actor, told.conversation, press, 50).await.unwrap()
    }

    /// What somebody has not read, the first said first; it is read now.
    pub(crate) async fn unread(&self, actor: &Actor) -> Vec<StaffTurn> {
        let mut unread = self.crm.unread_staff_turns(actor, 100).await.unwrap();
        for turn in &unread {
            self.crm.read_staff_turns(actor, turn.conversation, turn.sequence).await.unwrap();
        }
        unread.reverse();
        unread
    }

    /// The messages of what somebody has not read.
    pub(crate) async fn messages(&self, actor: &Actor) -> Vec<String> {
        let unread = self.unread(actor).await;
        unread.iter().map(|turn| turn.answer["message"].as_str().unwrap_or_default().to_owned()).collect()
    }
}
