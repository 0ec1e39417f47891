//! Articles of the knowledge base: how they become public, who decides it, their address, and what they said before.

use crate::support::{NOW, World, map, on_both};
use crm_core::query::{Filter, Query};
use crm_core::{Actor, Command, Error, Record, Surface};
use serde_json::{Value as Json, json};
use uuid::Uuid;

impl World {
    async fn draft(&self, writer: &Actor, title: &str) -> Record {
        self.create(writer, "article", json!({"title": title, "body": "Open the settings."})).await
    }

    async fn try_act(&self, actor: &Actor, article: &Record, action: &str, input: Json) -> crm_core::Result<Record> {
        let act = Command::Act { object: "article".into(), id: article.id, action: action.into(), input: map(input) };
        self.crm.write(actor, act).await.map(|written| written.record.unwrap())
    }

    async fn step(&self, actor: &Actor, article: &Record, action: &str) -> Record {
        self.try_act(actor, article, action, json!({})).await.unwrap()
    }

    async fn published(&self, title: &str) -> Record {
        let draft = self.draft(&self.admin, title).await;
        self.step(&self.admin, &draft, "publish").await
    }

    /// How many articles a visitor of the website can see.
    async fn seen_by_visitors(&self) -> usize {
        let visitor = self.crm.visitor(self.tenant.id, Uuid::nil(), Surface::Portal).await.unwrap();
        self.crm.query(&visitor, &Query::of("article")).await.unwrap().records.len()
    }
}

fn field_of(refused: crm_core::Result<Record>) -> (String, &'static str) {
    match refused {
        Err(Error::Invalid(errors)) => (errors[0].field.clone(), errors[0].code),
        other => panic!("{other:?} is not about a field"),
    }
}

#[tokio::test]
async fn an_article_goes_from_draft_over_review_to_published_and_back() {
    on_both(|world| async move {
        let article = world.draft(&world.admin, "Passwords").await;
        for (action, status, seen) in
            [("submit", "review", 0), ("publish", "published", 1), ("withdraw", "draft", 0), ("archive", "archived", 0)]
        {
            let article = world.step(&world.admin, &article, action).await;
            assert_eq!(article.get("status").to_json(), json!(status), "{action}");
            assert_eq!(world.seen_by_visitors().await, seen, "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_plain_update_goes_the_same_steps_as_the_actions() {
    on_both(|world| async move {
        let draft = world.draft(&world.admin, "Passwords").await;
        let published = world.update(&world.admin, &draft, json!({"status": "published"})).await;
        assert_eq!(published.get("slug").to_json(), json!("passwords"));
        let refused = world.try_update(&world.admin, &published, json!({"status": "review"})).await;
        assert_eq!(field_of(refused.map(|written| written.record.unwrap())), ("status".into(), "not_allowed"));
    })
    .await;
}

#[tokio::test]
async fn what_was_archived_is_a_draft_before_it_is_published_again() {
    on_both(|world| async move {
        let article = world.published("Passwords").await;
        world.step(&world.admin, &article, "archive").await;
        let refused = world.try_act(&world.admin, &article, "publish", json!({})).await;
        assert_eq!(field_of(refused), ("status".into(), "not_allowed"));
        world.step(&world.admin, &article, "withdraw").await;
        world.step(&world.admin, &article, "publish").await;
        assert_eq!(world.seen_by_visitors().await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_article_without_text_is_not_published() {
    on_both(|world| async move {
        let empty = world.create(&world.admin, "article", json!({"title": "Empty"})).await;
        assert_eq!(
            field_of(world.try_act(&world.admin, &empty, "publish", json!({})).await),
            ("body".into(), "required")
        );
        let published = world.published("Full").await;
        let emptied = world.try_update(&world.admin, &published, json!({"body": null})).await;
        assert_eq!(field_of(emptied.map(|written| written.record.unwrap())), ("body".into(), "required"));
    })
    .await;
}

#[tokio::test]
async fn a_published_article_tells_since_when_and_a_draft_does_not() {
    on_both(|world| async move {
        let article = world.published("Passwords").await;
        assert_eq!(article.get("published_at").to_json(), json!(NOW));
        let draft = world.step(&world.admin, &article, "withdraw").await;
        assert!(draft.get("published_at").is_null());
    })
    .await;
}

#[tokio::test]
async fn the_address_is_made_from_the_title_when_it_is_published_and_stays() {
    on_both(|world| async move {
        let draft = world.draft(&world.admin, "Größe ändern?").await;
        assert!(draft.get("slug").is_null());
        let published = world.step(&world.admin, &draft, "publish").await;
        assert_eq!(published.get("slug").to_json(), json!("groesse-aendern"));
        let renamed = world.update(&world.admin, &published, json!({"title": "Another title"})).await;
        assert_eq!(renamed.get("slug").to_json(), json!("groesse-aendern"));
    })
    .await;
}

#[tokio::test]
async fn no_two_articles_share_an_address_whatever_their_language() {
    on_both(|world| async move {
        world.published("Login").await;
        let german = json!({"title": "Login", "language": "de", "body": "Öffnen.", "status": "published"});
        let german = world.create(&world.admin, "article", german).await;
        assert_eq!(german.get("slug").to_json(), json!("login-2"));
        let taken = world.try_update(&world.admin, &german, json!({"slug": "Login"})).await;
        assert_eq!(field_of(taken.map(|written| written.record.unwrap())), ("slug".into(), "not_unique"));
    })
    .await;
}

#[tokio::test]
async fn an_address_written_by_hand_becomes_plain() {
    on_both(|world| async move {
        let draft = world.draft(&world.admin, "Passwords").await;
        let changed = world.update(&world.admin, &draft, json!({"slug": " Mein Paßwort! "})).await;
        assert_eq!(changed.get("slug").to_json(), json!("mein-passwort"));
        let refused = world.try_update(&world.admin, &changed, json!({"slug": "!?"})).await;
        assert_eq!(field_of(refused.map(|written| written.record.unwrap())), ("slug".into(), "invalid"));
    })
    .await;
}

#[tokio::test]
async fn agents_write_and_submit_drafts_and_editors_publish_them() {
    on_both(|world| async move {
        let agent = world.user("Agnes Agent", &["agent"]).await;
        let editor = world.user("Edith Editor", &["editor"]).await;
        let draft = world.draft(&agent, "Passwords").await;
        world.step(&agent, &draft, "submit").await;
        let refused = world.try_act(&agent, &draft, "publish", json!({})).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        assert_eq!(world.seen_by_visitors().await, 0);
        world.step(&editor, &draft, "publish").await;
        assert_eq!(world.seen_by_visitors().await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_published_is_no_longer_its_writers_to_change_delete_or_bring_back() {
    on_both(|world| async move {
        let agent = world.user("Agnes Agent", &["agent"]).await;
        let draft = world.draft(&agent, "Passwords").await;
        let published = world.step(&world.admin, &draft, "publish").await;
        let changed = world.try_update(&agent, &published, json!({"body": "Send me money."})).await;
        assert!(matches!(changed, Err(Error::Forbidden { .. })), "{changed:?}");
        let delete = Command::Delete { object: "article".into(), id: draft.id, version: None };
        let deleted = world.crm.write(&agent, delete).await;
        assert!(matches!(deleted, Err(Error::Forbidden { .. })), "{deleted:?}");

        let withdraw =
            Command::Act { object: "article".into(), id: draft.id, action: "withdraw".into(), input: map(json!({})) };
        let withdrawal = world.crm.write(&world.admin, withdraw).await.unwrap().sequence.unwrap();
        let undone = world.crm.revert(&agent, withdrawal).await;
        assert!(matches!(undone, Err(Error::Forbidden { .. })), "{undone:?}");
        assert_eq!(world.seen_by_visitors().await, 0);
        world.crm.revert(&world.admin, withdrawal).await.unwrap();
        assert_eq!(world.seen_by_visitors().await, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_begins_with_a_published_article_who_may_not_publish() {
    on_both(|world| async move {
        let agent = world.user("Agnes Agent", &["agent"]).await;
        let values = json!({"title": "Passwords", "body": "Send me money.", "status": "published"});
        let refused = world.try_create(&agent, "article", values).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        assert_eq!(world.crm.query(&world.admin, &Query::of("article")).await.unwrap().records.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn only_those_who_may_publish_are_offered_to() {
    on_both(|world| async move {
        let offered = |actor: &Actor| {
            let object = world.crm.schema(actor).object("article").unwrap().clone();
            let actions = object.behaviour.clone().unwrap().offered(actor.rights());
            actions.into_iter().map(|action| action.name).collect::<Vec<_>>()
        };
        let everything = ["submit", "publish", "withdraw", "archive", "restore_revision"];
        assert_eq!(offered(&world.admin), everything);
        assert_eq!(offered(&world.user("Edith Editor", &["editor"]).await), everything);
        assert_eq!(offered(&world.user("Mona Manager", &["manager"]).await), everything);
        let agent = world.user("Agnes Agent", &["agent"]).await;
        assert_eq!(offered(&agent), ["submit", "withdraw", "restore_revision"]);
    })
    .await;
}

#[tokio::test]
async fn a_revision_brings_back_title_and_text_and_nothing_else() {
    on_both(|world| async move {
        let first = world.draft(&world.admin, "First title").await;
        let second = world.update(&world.admin, &first, json!({"body": "Second text."})).await;
        let third = world.update(&world.admin, &second, json!({"title": "Third title", "language": "de"})).await;
        world.update(&world.admin, &third, json!({"body": "Fourth text."})).await;
        for (revision, title, body) in [
            (1, "First title", "Open the settings."),
            (3, "Third title", "Second text."),
            (4, "Third title", "Fourth text."),
        ] {
            let input = json!({"revision": revision});
            let restored = world.try_act(&world.admin, &first, "restore_revision", input).await.unwrap();
            assert_eq!(restored.get("title").to_json(), json!(title), "revision {revision}");
            assert_eq!(restored.get("body").to_json(), json!(body), "revision {revision}");
            assert_eq!(restored.get("language").to_json(), json!("de"), "revision {revision}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_revision_is_found_behind_hundreds_of_other_changes() {
    on_both(|world| async move {
        let mut article = world.draft(&world.admin, "Passwords").await;
        for n in 0..120 {
            article = world.update(&world.admin, &article, json!({"external_id": format!("kb/{n}")})).await;
        }
        let article = world.update(&world.admin, &article, json!({"body": "Rewritten."})).await;
        let restored = world.try_act(&world.admin, &article, "restore_revision", json!({"revision": 1})).await.unwrap();
        assert_eq!(restored.get("body").to_json(), json!("Open the settings."));
    })
    .await;
}

#[tokio::test]
async fn a_revision_that_never_was_is_refused() {
    on_both(|world| async move {
        let article = world.draft(&world.admin, "Passwords").await;
        for (revision, code) in [(json!(0), "not_found"), (json!(2), "not_found"), (json!("first"), "required")] {
            let refused =
                world.try_act(&world.admin, &article, "restore_revision", json!({"revision": revision})).await;
            assert_eq!(field_of(refused), ("revision".into(), code));
        }
    })
    .await;
}

#[tokio::test]
async fn internal_articles_stay_inside_when_they_are_published() {
    on_both(|world| async move {
        let values = json!({"title": "Margins", "body": "30 %", "visibility": "internal", "status": "published"});
        world.create(&world.admin, "article", values).await;
        assert_eq!(world.seen_by_visitors().await, 0);
        let published = Query::of("article").filter(Filter::eq("status", "published"));
        assert_eq!(world.crm.query(&world.admin, &published).await.unwrap().records.len(), 1);
    })
    .await;
}
