//! Search over the records of a database, on both engines: what follows the log is found, and only by whom it may be.

use crate::support::on_both;
use crm_core::Command;
use crm_core::Surface;
use crm_core::identity::NewTenant;
use kb_index::Search;
use serde_json::{Map, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_found_when_written_changed_and_restored_and_not_when_deleted() {
    on_both(|world| async move {
        let admin = &world.admin;
        let jane = world
            .create(admin, "contact", json!({"first_name": "Jane", "last_name": "Quill", "phone": "+1 202 555 0143", "email": "jane@quill.example"}))
            .await;
        world.finds(admin, "quil", &["Jane Quill"]).await;
        for text in ["555 0143", "(202) 555-01", "jane@quill", "qiull jane"] {
            world.finds(admin, text, &["Jane Quill"]).await;
        }
        let hit = world.find(admin, "5550143").await.remove(0);
        assert_eq!((hit.object.as_str(), hit.id), ("contact", jane.id));
        assert_eq!(hit.snippet, "Phone: +12025550143");
        assert!(hit.subtitle.contains("jane@quill.example"), "{hit:?}");

        world.update(&jane, json!({"last_name": "Feather"})).await;
        world.finds(admin, "feather", &["Jane Feather"]).await;
        let delete = Command::Delete { object: "contact".into(), id: jane.id, version: None };
        world.crm.write(admin, delete).await.unwrap();
        assert!(world.find(admin, "feather").await.is_empty(), "at once, whatever the index says");
        let restore = Command::Restore { object: "contact".into(), id: jane.id };
        world.crm.write(admin, restore).await.unwrap();
        world.finds(admin, "feather", &["Jane Feather"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_external_ids_and_long_texts_are_found() {
    on_both(|world| async move {
        let admin = &world.admin;
        let account = world.create(admin, "account", json!({"name": "Zephyr Works", "external_id": "SAP-77/A"})).await;
        let ticket = json!({"subject": "Printer on fire", "description": "The zeppelin landed on it.", "account_id": account.id});
        let ticket = world.create(admin, "ticket", ticket).await;
        let number = ticket.to_json()["number"].as_str().unwrap().to_owned();
        world.finds(admin, &number, &["Printer on fire"]).await;
        world.finds(admin, &number.replace('-', ""), &["Printer on fire"]).await;
        world.finds(admin, "sap-77", &["Zephyr Works"]).await;
        world.finds(admin, "printer zeppelin", &["Printer on fire"]).await;
        let hit = world.find(admin, "zeppelin").await.remove(0);
        assert_eq!(hit.snippet, "Description: The zeppelin landed on it.");
        assert!(hit.subtitle.contains(&number) && hit.subtitle.contains("Zephyr Works"), "{hit:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_what_they_may_not_see() {
    on_both(|world| async move {
        let admin = &world.admin;
        let grants =
            json!({"account": {"read": "own", "create": true, "update": "own", "fields": {"description": "none"}}});
        world.create(admin, "role", json!({"name": "Zookeeper", "grants": grants})).await;
        let rep = world.user("Rep", "Zookeeper").await;
        let rep_id = rep.who().user().unwrap();

        world.create(admin, "account", json!({"name": "Wombat Theirs"})).await;
        let own = json!({"name": "Wombat Own", "owner_id": rep_id, "description": "secretive platypus"});
        world.create(admin, "account", own).await;
        world.finds(admin, "wombat", &["Wombat Own", "Wombat Theirs"]).await;
        world.finds(admin, "platypus", &["Wombat Own"]).await;
        assert_eq!(world.find(&rep, "wombat").await.len(), 1);
        assert!(world.find(&rep, "platypus").await.is_empty(), "a field they may not read");
        assert!(world.find(&rep, "zookeeper").await.is_empty(), "an object they may not see");

        let other = NewTenant::named(&format!("o{}", uuid::Uuid::now_v7().simple()), "Other");
        let other = world.crm.create_tenant(other).await.unwrap();
        let other = world.crm.product(other.id, "test", Surface::System).await.unwrap();
        assert!(world.find(&other, "wombat").await.is_empty(), "another company");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn merged_records_leave_and_the_one_that_stays_is_found_by_what_it_took_over() {
    on_both(|world| async move {
        let admin = &world.admin;
        let stays = world.create(admin, "contact", json!({"last_name": "Kestrel"})).await;
        let goes = world.create(admin, "contact", json!({"last_name": "Kestrell", "phone": "+442079460018"})).await;
        world.finds(admin, "kestrell", &["Kestrell"]).await;
        let merge = Command::Merge { object: "contact".into(), id: stays.id, from: vec![goes.id], values: Map::new() };
        world.crm.write(admin, merge).await.unwrap();
        world.finds(admin, "020 7946 0018", &["Kestrel"]).await;
        assert_eq!(world.find(admin, "kestrel").await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_was_away_catches_up_and_one_that_is_gone_or_broken_is_made_anew() {
    on_both(|mut world| async move {
        let admin = world.admin.clone();
        world.create(&admin, "account", json!({"name": "Alpha Narwhal"})).await;
        world.finds(&admin, "narwhal", &["Alpha Narwhal"]).await;
        world.stop().await;
        world.create(&admin, "account", json!({"name": "Beta Narwhal"})).await;
        assert_eq!(world.find(&admin, "narwhal").await.len(), 1);
        world.search = Search::open(world.folder.path()).unwrap();
        assert!(world.search.is_ready());
        world.follow();
        world.finds(&admin, "narwhal", &["Beta Narwhal", "Alpha Narwhal"]).await;

        // Anew, while it is in use.
        let mut told = 0;
        world.search.rebuild(&world.crm, |progress| told = progress.records).await.unwrap();
        assert!(told > 0);
        assert_eq!(world.find(&admin, "narwhal").await.len(), 2);
        world.create(&admin, "account", json!({"name": "Gamma Narwhal"})).await;
        world.finds(&admin, "narwhal", &["Gamma Narwhal", "Beta Narwhal", "Alpha Narwhal"]).await;

        // Broken.
        world.stop().await;
        let generation = std::fs::read_to_string(world.folder.path().join("current")).unwrap();
        std::fs::write(world.folder.path().join(generation).join("meta.json"), "{").unwrap();
        world.search = Search::open(world.folder.path()).unwrap();
        assert!(!world.search.is_ready());
        world.follow();
        world.finds(&admin, "narwhal", &["Gamma Narwhal", "Beta Narwhal", "Alpha Narwhal"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_processes_one_writes_and_the_other_takes_up_what_it_wrote() {
    on_both(|mut world| async move {
        let admin = world.admin.clone();
        world.create(&admin, "account", json!({"name": "First Okapi"})).await;
        world.finds(&admin, "okapi", &["First Okapi"]).await;
        let writer = world.following.take().unwrap();
        world.search = Search::open(world.folder.path()).unwrap();
        world.follow();
        world.create(&admin, "account", json!({"name": "Second Okapi"})).await;
        world.finds(&admin, "okapi", &["Second Okapi", "First Okapi"]).await;
        writer.0.send(()).unwrap();
        writer.1.await.unwrap();
        world.create(&admin, "account", json!({"name": "Third Okapi"})).await;
        world.finds(&admin, "okapi", &["Third Okapi", "Second Okapi", "First Okapi"]).await;
    })
    .await;
}
