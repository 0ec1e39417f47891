//! Changes that colleagues ask for of what nothing is called, and of what was shown: by its place, or by a pronoun.

use crate::support::office::{Office, in_offices};
use bots::staff::{Button, Kind, Told};
use crm_core::Actor;
use crm_core::query::Query;
use serde_json::json;
use uuid::Uuid;

/// A Thursday at noon.
const NOW: &str = "2018-01-04T12:00:00Z";

async fn people(office: &Office) -> [Actor; 2] {
    let me = office.person("Mia Manager", "manager", "UTC").await;
    let otto = office.person("Otto Ohmstede", "seller", "UTC").await;
    office.create(&office.admin, "team", json!({"name": "Marketing"})).await;
    office.index().await;
    [me, otto]
}

/// Three tasks of somebody, due one after the other.
async fn tasks(office: &Office, who: &Actor) {
    for (subject, due) in [
        ("Buy chairs", "2018-01-05T08:00:00Z"),
        ("Call Jane", "2018-01-06T08:00:00Z"),
        ("Dust", "2018-01-07T08:00:00Z"),
    ] {
        office.create(who, "task", json!({"subject": subject, "due_at": due})).await;
    }
    office.index().await;
}

async fn subjects(office: &Office, who: &Actor) -> Vec<String> {
    let records = office.crm.query(who, &Query::of("task")).await.unwrap().records;
    let mut subjects: Vec<String> = records.iter().map(|task| task.name().to_owned()).collect();
    subjects.sort();
    subjects
}

fn message(told: &Told) -> &str {
    told.message.as_deref().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nothing_is_called_is_told_in_every_language_and_nothing_is_proposed() {
    in_offices(NOW, |office| async move {
        let [me, _] = people(&office).await;
        office.create(&me, "deal", json!({"name": "Big One"})).await;
        office.index().await;
        for (language, text, says) in [
            ("en", "schedule a demo with the Foobar team", "I know no team called \"Foobar\"."),
            ("en", "assign Big One to Zorblax", "I know no colleague called \"Zorblax\"."),
            ("en", "delete the deal Zorblaxia", "I know no deal called \"Zorblaxia\"."),
            ("en", "create a task for Zorblax Quux tomorrow", "I know nobody and nothing called \"Zorblax Quux\"."),
            ("de", "plane eine Demo mit dem Team Foobar", "Unter Teams finde ich nichts mit dem Namen „Foobar“."),
            ("fr", "assigne Big One à Zorblax", "Je ne connais aucun collègue du nom de « Zorblax »."),
            ("es", "asigna Big One a Zorblax", "No conozco a ningún colega llamado «Zorblax»."),
            ("pt", "atribua Big One a Zorblax", "Não conheço nenhum colega chamado «Zorblax»."),
        ] {
            let told = office.say(&me.clone().speaking(language), Uuid::now_v7(), text).await;
            assert_eq!((told.answer.kind, message(&told)), (Kind::Unknown, says), "{text}: {told:?}");
            assert!(told.answer.proposed.is_none());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_called_nearly_so_is_offered_and_the_change_is_only_proposed() {
    in_offices(NOW, |office| async move {
        let [me, otto] = people(&office).await;
        let deal = office.create(&me, "deal", json!({"name": "Big One"})).await;
        office.index().await;
        let text = "assign Big One to Ottokar Omsteed";
        let told = office.say(&me, Uuid::now_v7(), text).await;
        assert_eq!(told.answer.kind, Kind::Clarify, "{told:?}");
        assert_eq!(told.answer.offers, ["User · Otto Ohmstede"]);
        assert!(message(&told).starts_with("I know no colleague called \"Ottokar Omsteed\"."), "{told:?}");
        let proposed = office.press(&me, &told, Button::Take(0)).await;
        assert_eq!(proposed.answer.kind, Kind::Proposal, "{proposed:?}");
        assert_eq!(proposed.answer.values.clone().unwrap()["owner"], "Otto Ohmstede");
        let owner = async || office.crm.get(&me, "deal", deal).await.unwrap().get("owner_id").as_id();
        assert_eq!(owner().await, me.who().user());
        office.press(&me, &proposed, Button::Confirm).await;
        assert_eq!(owner().await, otto.who().user());

        let told = office.say(&me, Uuid::now_v7(), text).await;
        let proposed = office.say(&me, told.conversation, "yes").await;
        assert_eq!(proposed.answer.kind, Kind::Proposal, "{proposed:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_a_list_is_deleted_by_its_place_once_that_is_confirmed() {
    in_offices(NOW, |office| async move {
        let [me, _] = people(&office).await;
        tasks(&office, &me).await;
        let talk = Uuid::now_v7();
        let list = office.say(&me, talk, "my tasks sorted by due date").await;
        let first = list.answer.records.clone().unwrap()[0]["name"].clone();
        assert_eq!(first, "Buy chairs", "{list:?}");
        let told = office.say(&me, talk, "delete the first one").await;
        assert_eq!((told.answer.kind, told.answer.understood.as_str()), (Kind::Proposal, "Delete Task Buy chairs"));
        assert_eq!(message(&told), "Shall I do that?");
        assert_eq!(subjects(&office, &me).await.len(), 3);
        office.say(&me, talk, "no").await;
        // The list is still the one that was shown.
        let told = office.say(&me, talk, "complete the second").await;
        assert_eq!(told.answer.understood, "Change Task Call Jane · Status: Done", "{told:?}");
        office.say(&me, talk, "yes").await;
        office.say(&me, talk, "delete the last one").await;
        let done = office.say(&me, talk, "yes").await;
        assert_eq!(done.answer.kind, Kind::Done, "{done:?}");
        assert_eq!(subjects(&office, &me).await, ["Buy chairs", "Call Jane"]);
        assert_eq!(message(&office.say(&me, talk, "delete the third").await), "That is no longer there.");
        assert_eq!(message(&office.say(&me, talk, "delete the fifth").await), "I have shown you 3 only.");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_records_are_not_changed_at_once_and_of_nothing_nothing_is() {
    in_offices(NOW, |office| async move {
        let [me, otto] = people(&office).await;
        tasks(&office, &me).await;
        let talk = Uuid::now_v7();
        let nothing = office.say(&me, talk, "delete the first one").await;
        assert!(message(&nothing).starts_with("I have shown you no list yet."), "{nothing:?}");
        office.say(&me, talk, "my tasks").await;
        for text in ["delete them", "delete all of them", "assign them to Otto Ohmstede"] {
            let told = office.say(&me, talk, text).await;
            assert!(message(&told).starts_with("These are 3 records, and I change one at a time."), "{text}: {told:?}");
        }
        assert_eq!(subjects(&office, &me).await.len(), 3);
        // Another conversation, and another person, were shown nothing.
        let apart = office.say(&me, Uuid::now_v7(), "delete the first one").await;
        assert!(message(&apart).starts_with("I have shown you no list yet."), "{apart:?}");
        let other = office.say(&otto, talk, "delete the first one").await;
        assert!(message(&other).starts_with("I have shown you no list yet."), "{other:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pronoun_means_the_record_that_was_spoken_of_last() {
    in_offices(NOW, |office| async move {
        let [me, _] = people(&office).await;
        let talk = Uuid::now_v7();
        office.say(&me, talk, "create a task: buy chairs").await;
        office.say(&me, talk, "yes").await;
        let told = office.say(&me, talk, "delete it").await;
        assert_eq!(told.answer.understood, "Delete Task buy chairs", "{told:?}");
        office.say(&me, talk, "yes").await;
        assert!(subjects(&office, &me).await.is_empty());
    })
    .await;
}
