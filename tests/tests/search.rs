//! Search: one box over every object, for words as people type them.

use crate::support::{Client, on_both_alone};
use serde_json::{Value as Json, json};
use std::time::{Duration, Instant};

/// The names that a search finds.
async fn names(client: &Client, query: &str) -> Vec<String> {
    let answer = client.get(&format!("/search?{query}")).await.expect(200);
    let names = answer["hits"].as_array().unwrap().iter().map(|hit| hit["name"].as_str().unwrap().to_owned());
    names.collect()
}

/// Waits until a search finds these names in this order, and tells how long that took.
async fn finds(client: &Client, query: &str, expected: &[&str]) -> Duration {
    let began = Instant::now();
    loop {
        let found = names(client, query).await;
        if found == expected {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{query}: {found:?} instead of {expected:?}");
        // The index follows in its own time.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn what_was_written_is_found_by_words_numbers_and_phones_with_slips_of_the_finger() {
    on_both_alone(|world| async move {
        let account = world.create("account", json!({"name": "Gyroscope Partners"})).await;
        let contact = json!({
            "first_name": "Marguerite", "last_name": "Oyelaran", "phone": "+1 202 555 0143",
            "email": "m.oyelaran@gyroscope.example", "account_id": account["id"],
        });
        world.create("contact", contact).await;
        let ticket = json!({"subject": "Gyroscope spins backwards", "description": "Precession is inverted."});
        let ticket = world.create("ticket", ticket).await;
        let number = ticket["number"].as_str().unwrap();

        finds(&world.admin, "q=margue", &["Marguerite Oyelaran"]).await;
        for query in ["q=oyelarna", "q=Margerite", "q=555%200143", "q=%28202%29%20555", "q=m.oyelaran%40gyro"] {
            finds(&world.admin, query, &["Marguerite Oyelaran"]).await;
        }
        finds(&world.admin, &format!("q={number}"), &["Gyroscope spins backwards"]).await;
        finds(&world.admin, "q=precession", &["Gyroscope spins backwards"]).await;
        finds(&world.admin, "q=gyroscope&objects=account", &["Gyroscope Partners"]).await;
        let all = names(&world.admin, "q=gyroscope").await;
        assert_eq!(all.len(), 3, "{all:?}");
        assert_eq!(all[2], "Marguerite Oyelaran", "a match outside the name comes last");
    })
    .await;
}

#[tokio::test]
async fn custom_objects_and_fields_are_found_without_further_ado() {
    on_both_alone(|world| async move {
        let object = json!({
            "name": "vessel", "label": "Vessel", "plural": "vessels", "plural_label": "Vessels",
            "fields": [{"name": "call_sign", "label": "Call sign", "type": "text"}],
        });
        world.admin.post("/schema/objects", &object).await.expect(201);
        world.create("vessel", json!({"name": "Albatross", "call_sign": "ZXQV7"})).await;
        finds(&world.admin, "q=zxqv", &["Albatross"]).await;
        finds(&world.admin, "q=albatros", &["Albatross"]).await;
    })
    .await;
}

#[tokio::test]
async fn search_shows_nobody_what_they_may_not_see() {
    on_both_alone(|world| async move {
        let grants = json!({"deal": {"read": "own"}, "account": {"read": "all", "fields": {"description": "none"}}});
        world.create("role", json!({"name": "Narrow", "grants": grants})).await;
        let narrow = world.someone("Narrow Ned", &["Narrow"]).await;
        let account = json!({"name": "Pangolin Ltd", "description": "Merger with Quokka is secret."});
        world.create("account", account).await;
        world.create("contact", json!({"last_name": "Pangolin"})).await;
        finds(&world.admin, "q=quokka", &["Pangolin Ltd"]).await;
        finds(&world.admin, "q=pangolin&objects=contact", &["Pangolin"]).await;
        assert_eq!(names(&narrow, "q=pangolin").await, ["Pangolin Ltd"], "not the contact");
        assert!(names(&narrow, "q=quokka").await.is_empty(), "not by a field they may not read");
        assert!(names(&world.other().await.admin, "q=pangolin").await.is_empty(), "not another company's");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_record_is_not_found_from_the_next_moment_on() {
    on_both_alone(|world| async move {
        let account: Json = world.create("account", json!({"name": "Ephemera Works"})).await;
        finds(&world.admin, "q=ephemera", &["Ephemera Works"]).await;
        let path = format!("/records/account/{}", account["id"].as_str().unwrap());
        world.admin.delete(&path).await;
        assert!(names(&world.admin, "q=ephemera").await.is_empty());
        world.admin.post(&format!("{path}/restore"), &json!({})).await.expect(200);
        finds(&world.admin, "q=ephemera", &["Ephemera Works"]).await;
    })
    .await;
}
