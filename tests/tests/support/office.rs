//! A company in a database of its own, whose staff speak with the bot in the test itself, by a clock that stands still.

use super::installation::Installation;
use bots::staff::{Button, Said, Staff, Told};
use crm_core::{Actor, Command, Crm, Surface};
use kb_index::Search;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The company.
pub(crate) struct Office {
    pub(crate) crm: Crm,
    pub(crate) staff: Staff,
    pub(crate) admin: Actor,
    search: Search,
    installation: Installation,
}

/// Runs a test on both engines, at this time.
pub(crate) async fn in_offices<F: Future<Output = ()>>(now: &str, test: impl Fn(Office) -> F) {
    for installation in Installation::on_each_engine() {
        test(Office::new(installation, now).await).await;
    }
}

impl Office {
    async fn new(installation: Installation, now: &str) -> Self {
        let crm = installation.crm(now).await;
        let tenant = crm.tenant(Some(&installation.tenant)).await.unwrap().id;
        let product = crm.product(tenant, "test", Surface::System).await.unwrap();
        let email = format!("ada@{}.example", installation.tenant);
        let admin = crm.create_user(&product, "Ada Admin", &email, &["admin"]).await.unwrap();
        let admin = crm.actor_for_user(tenant, admin, Surface::Console).await.unwrap();
        let search = Search::open(&installation.data().join("index-of-test")).unwrap();
        Self { staff: Staff::new(crm.clone(), search.clone()), crm, admin, search, installation }
    }

    /// Another company in the same database and the same index.
    pub(crate) async fn beside(&self) -> Self {
        let now = self.crm.now().to_string();
        let other = Self::new(self.installation.beside(), &now).await;
        Self { staff: self.staff.clone(), search: self.search.clone(), ..other }
    }

    /// Somebody new with a role, in a zone.
    pub(crate) async fn person(&self, name: &str, role: &str, zone: &str) -> Actor {
        let email = format!("{}@{}.example", name.to_lowercase().replace(' ', "."), self.installation.tenant);
        let id = self.crm.create_user(&self.admin, name, &email, &[role]).await.unwrap();
        let actor = self.crm.actor_for_user(self.admin.tenant(), id, Surface::Console).await.unwrap();
        self.crm.set_preferences(&actor, None, Some(zone)).await.unwrap();
        self.crm.actor_for_user(self.admin.tenant(), id, Surface::Console).await.unwrap()
    }

    /// A record made by somebody.
    pub(crate) async fn create(&self, by: &Actor, object: &str, values: Json) -> Uuid {
        let values = values.as_object().unwrap().clone();
        self.crm.write(by, Command::Create { object: object.into(), values }).await.unwrap().id
    }

    pub(crate) async fn change(&self, object: &str, id: Uuid, values: Json) {
        let values = values.as_object().unwrap().clone();
        self.crm
            .write(&self.admin, Command::Update { object: object.into(), id, version: None, values })
            .await
            .unwrap();
    }

    /// A published article; the index has it.
    pub(crate) async fn article(&self, title: &str, body: &str, more: Json) -> Uuid {
        let mut values = json!({"title": title, "body": body, "status": "published"});
        values.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let id = self.create(&self.admin, "article", values).await;
        self.index().await;
        id
    }

    /// The index follows what was written.
    pub(crate) async fn index(&self) {
        self.search.catch_up(&self.crm).await.unwrap();
    }

    pub(crate) async fn say(&self, actor: &Actor, conversation: Uuid, text: &str) -> Told {
        self.staff.hear(actor, conversation, Said::Text(text.into()), 50).await.unwrap()
    }

    /// A button of an answer, pressed on another node.
    pub(crate) async fn press(&self, actor: &Actor, told: &Told, button: Button) -> Told {
        let node = Staff::new(self.crm.clone(), self.search.clone());
        node.hear(actor, told.conversation, Said::Press { turn: told.turn, button }, 50).await.unwrap()
    }
}
