//! Meetings that are asked for without a time: the bot asks for it, and offers times at which all are free.

use crate::support::office::{Office, in_offices};
use bots::staff::{Button, Kind, Told};
use crm_core::Actor;
use crm_core::query::Query;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A Thursday at noon.
const NOW: &str = "2018-01-04T12:00:00Z";
const DEMO: &str = "schedule a demo with the marketing team for next week";

/// A seller, and the two of the marketing team.
async fn people(office: &Office, zone: &str) -> [Actor; 3] {
    let team = office.create(&office.admin, "team", json!({"name": "Marketing"})).await;
    let me = office.person("Sam Seller", "seller", zone).await;
    let mia = office.person("Mia Maier", "seller", "UTC").await;
    let otto = office.person("Otto Ohm", "seller", "UTC").await;
    for colleague in [&mia, &otto] {
        office.change("user", colleague.who().user().unwrap(), json!({"team_id": team})).await;
    }
    office.index().await;
    [me, mia, otto]
}

/// Somebody's own meeting.
async fn meets(office: &Office, who: &Actor, from: &str, until: &str) -> Uuid {
    let values = json!({"subject": "Secret plans", "starts_at": from, "ends_at": until});
    office.create(who, "meeting", values).await
}

async fn asked(office: &Office, actor: &Actor, text: &str) -> Told {
    let told = office.say(actor, Uuid::now_v7(), text).await;
    assert_eq!(told.answer.kind, Kind::Clarify, "{text}: {told:?}");
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_offered_at_which_all_who_take_part_are_free() {
    in_offices(NOW, |office| async move {
        let [me, mia, otto] = people(&office, "UTC").await;
        meets(&office, &otto, "2018-01-08T09:00:00Z", "2018-01-08T10:30:00Z").await;
        meets(&office, &mia, "2018-01-09T09:30:00Z", "2018-01-09T09:45:00Z").await;
        meets(&office, &me, "2018-01-09T15:00:00Z", "2018-01-09T17:00:00Z").await;
        let told = asked(&office, &me, DEMO).await;
        assert_eq!(told.answer.missing, ["Starts"]);
        assert!(told.message.as_deref().unwrap().starts_with("On which day and at what time?"), "{told:?}");
        assert_eq!(
            told.answer.offers,
            [
                "Monday, 2018-01-08 10:30",
                "Monday, 2018-01-08 14:30",
                "Tuesday, 2018-01-09 10:00",
                "Tuesday, 2018-01-09 14:00",
                "Wednesday, 2018-01-10 09:00",
                "Wednesday, 2018-01-10 13:00",
            ]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_made_at_the_time_that_is_taken_with_all_of_the_team() {
    in_offices(NOW, |office| async move {
        let [me, mia, otto] = people(&office, "UTC").await;
        let told = asked(&office, &me, DEMO).await;
        let proposed = office.press(&me, &told, Button::Take(1)).await;
        assert_eq!(proposed.answer.kind, Kind::Proposal, "{proposed:?}");
        let values = proposed.answer.values.clone().unwrap();
        assert_eq!(
            (&values["subject"], &values["starts_at"], &values["ends_at"]),
            (&json!("Demo with the marketing team"), &json!("2018-01-08T13:00:00Z"), &json!("2018-01-08T14:00:00Z"))
        );
        let done = office.press(&me, &proposed, Button::Confirm).await;
        assert_eq!(done.answer.kind, Kind::Done, "{done:?}");
        let meeting = office.crm.get(&me, "meeting", done.answer.done.unwrap()).await.unwrap().to_json();
        let mut colleagues = ids(&meeting["user_ids"]);
        colleagues.sort();
        let mut team = [&mia, &otto].map(|colleague| colleague.who().user().unwrap().to_string());
        team.sort();
        assert_eq!((colleagues, &meeting["starts_at"]), (team.to_vec(), &json!("2018-01-08T13:00:00Z")));

        // The meeting that was made counts for the next one.
        let told = asked(&office, &me, "schedule a demo with the marketing team on Monday").await;
        assert!(told.answer.offers.iter().all(|time| !time.ends_with("13:00")), "{:?}", told.answer.offers);
    })
    .await;
}

fn ids(value: &Json) -> Vec<String> {
    value.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_of_a_meeting_that_one_may_not_see_but_that_its_time_is_taken() {
    in_offices(NOW, |office| async move {
        let [me, _, otto] = people(&office, "UTC").await;
        let secret = meets(&office, &otto, "2018-01-08T09:00:00Z", "2018-01-08T17:00:00Z").await;
        assert!(office.crm.query(&me, &Query::of("meeting")).await.unwrap().records.is_empty());
        let told = asked(&office, &me, DEMO).await;
        assert_eq!(told.answer.offers[0], "Tuesday, 2018-01-09 09:00");
        let shown = serde_json::to_string(&told).unwrap();
        assert!(!shown.contains("Secret") && !shown.contains(&secret.to_string()), "{shown}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_lie_in_the_hours_of_whoever_asks_in_their_own_zone() {
    in_offices(NOW, |office| async move {
        let [me, _, otto] = people(&office, "Asia/Tokyo").await;
        // Nine to eleven in Tokyo.
        meets(&office, &otto, "2018-01-08T00:00:00Z", "2018-01-08T02:00:00Z").await;
        let told = asked(&office, &me, DEMO).await;
        assert_eq!(&told.answer.offers[..2], ["Monday, 2018-01-08 11:00", "Monday, 2018-01-08 15:00"]);
        let proposed = office.press(&me, &told, Button::Take(0)).await;
        assert_eq!(proposed.answer.values.unwrap()["starts_at"], json!("2018-01-08T02:00:00Z"));

        let nights = json!({"name": "Nights", "hours": "tue 20:00-23:00", "holidays": ""});
        let nights = office.create(&office.admin, "team", nights).await;
        let user = me.who().user().unwrap();
        office.change("user", user, json!({"team_id": nights})).await;
        let me = office.crm.actor_for_user(me.tenant(), user, me.via()).await.unwrap();
        let told = asked(&office, &me, DEMO).await;
        assert_eq!(told.answer.offers, ["Tuesday, 2018-01-09 20:00"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_and_a_time_may_be_said_in_words() {
    in_offices(NOW, |office| async move {
        let [me, _, otto] = people(&office, "UTC").await;
        let starts = |told: &Told| told.answer.values.as_ref().map(|values| values["starts_at"].clone());
        // It is Thursday: of next week that is the one in it.
        for (text, at) in [
            ("Thursday at 2 PM", "2018-01-11T14:00:00Z"),
            ("let's say Tuesday at 10", "2018-01-09T10:00:00Z"),
            ("the second", "2018-01-08T13:00:00Z"),
            ("2018-01-12 11:00", "2018-01-12T11:00:00Z"),
        ] {
            let told = asked(&office, &me, DEMO).await;
            let told = office.say(&me, told.conversation, text).await;
            assert_eq!((told.answer.kind, starts(&told)), (Kind::Proposal, Some(json!(at))), "{text}: {told:?}");
        }
        let told = asked(&office, &me, DEMO).await;
        let day = office.say(&me, told.conversation, "on Wednesday").await;
        assert_eq!(day.answer.offers.len(), 6, "{day:?}");
        assert!(day.answer.offers.iter().all(|time| time.starts_with("Wednesday, 2018-01-10")), "{day:?}");

        meets(&office, &otto, "2018-01-09T10:00:00Z", "2018-01-09T11:00:00Z").await;
        let told = asked(&office, &me, DEMO).await;
        let met = office.say(&me, told.conversation, "Tuesday at 10").await;
        assert!(met.message.unwrap().starts_with("Somebody who takes part has another meeting then."));
        // Something else is asked meanwhile.
        let told = asked(&office, &me, DEMO).await;
        let other = office.say(&me, told.conversation, "how many deals are there").await;
        assert_eq!(other.answer.kind, Kind::Value);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_has_time_the_bot_says_so_and_a_time_alone_needs_no_question() {
    in_offices(NOW, |office| async move {
        let [me, mia, _] = people(&office, "UTC").await;
        meets(&office, &mia, "2018-01-07T00:00:00Z", "2018-01-15T00:00:00Z").await;
        let told = asked(&office, &me, DEMO).await;
        assert!(told.answer.offers.is_empty() && told.message.unwrap().contains("I find no hour"));
        let told = office.say(&me, Uuid::now_v7(), "schedule a demo with Mia Maier next Tuesday at 2 PM").await;
        assert_eq!(told.answer.kind, Kind::Proposal, "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_is_asked_for_in_every_language() {
    in_offices(NOW, |office| async move {
        let [me, ..] = people(&office, "UTC").await;
        for (language, text, asks, first) in [
            ("de", "plane einen Termin mit Mia Maier für nächste Woche", "An welchem Tag", "Montag"),
            ("fr", "planifie une réunion avec Mia Maier la semaine prochaine", "Quel jour", "lundi"),
            ("es", "programa una reunión con Mia Maier la próxima semana", "¿Qué día", "lunes"),
            ("pt", "agende uma reunião com Mia Maier na próxima semana", "Em que dia", "segunda-feira"),
        ] {
            let told = asked(&office, &me.clone().speaking(language), text).await;
            assert!(told.message.as_deref().unwrap().starts_with(asks), "{text}: {told:?}");
            assert!(told.answer.offers[0].starts_with(first), "{text}: {told:?}");
        }
    })
    .await;
}
