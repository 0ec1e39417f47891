//! What the bot does by itself: answers that are sent again and again, reminders, and what it tells when it happens.
//! Time is moved by the test; nobody else looks at the database.

use crate::support::company::on_each;
use crate::support::on_both;
use bots::staff::{Button, Kind, Said};
use crm_core::desk::QuietHours;
use crm_core::{Command, Crm};
use jiff::civil::Time;
use nlu::Language;
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_sent_every_week_by_one_node_at_the_persons_own_time() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "Europe/Berlin").await;
        let other = company.person("Otto", "manager", "Europe/Berlin").await;
        let talk = Uuid::now_v7();
        company.say(&me, talk, "accounts in the software industry").await;
        let understood = company.agree(&me, talk, "send it to me every Monday at 8").await;
        assert!(understood.contains("every Monday at 08:00"), "{understood}");
        assert!(understood.contains("Monday, 2018-01-01 08:00 (Europe/Berlin)"), "{understood}");

        company.at("2018-01-01T06:59:59Z").await;
        assert_eq!(company.messages(&me).await.len(), 0);
        company.account("Vandelay", "software").await;
        company.at("2018-01-01T07:00:00Z").await;
        let sent = company.unread(&me).await;
        assert_eq!(sent.len(), 1, "{sent:?}");
        let (turn, answer) = (&sent[0], &sent[0].answer);
        assert_eq!(
            (turn.conversation, &answer["kind"], &answer["total"]),
            (talk, &json!("records"), &json!(2)),
            "{answer}"
        );
        assert_eq!(answer["message"], "As agreed, every Monday at 08:00:");
        assert!(company.unread(&other).await.is_empty());
        // What was sent can be gone on from.
        let fewer = company.say(&me, talk, "only those with more than 100 employees").await;
        assert_eq!((fewer.answer.conditions.len(), fewer.answer.total), (2, Some(0)), "{fewer:?}");
        company.at("2018-01-01T07:00:01Z").await;
        assert_eq!(company.messages(&me).await.len(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_while_nobody_served_comes_once() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "Europe/Berlin").await;
        company.agree(&me, Uuid::now_v7(), "send me the accounts by industry every weekday at 7:30").await;
        company.at("2018-01-12T09:00:00Z").await;
        let sent = company.unread(&me).await;
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert_eq!(sent[0].answer["groups"], json!({"software": 1}));
        let next = company.nodes[0].promised(&me).await.unwrap()[0].next_at.unwrap();
        assert_eq!(next.to_string(), "2018-01-15T06:30:00Z");
        // Where clocks have changed, it is half past seven there all the same.
        company.at("2018-03-23T06:30:00Z").await;
        company.at("2018-03-26T05:30:00Z").await;
        assert_eq!(company.messages(&me).await.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn this_month_is_the_month_that_it_is_by_then() {
    on_each(|company| async move {
        company.account("December", "software").await;
        let me = company.person("Mia", "manager", "UTC").await;
        let talk = Uuid::now_v7();
        let told = company.say(&me, talk, "accounts created this month").await;
        assert_eq!(told.answer.total, Some(1), "{told:?}");
        company.agree(&me, talk, "send this to me every month on the 2nd at 9").await;
        company.clock.set("2018-01-01T10:00:00Z".parse().unwrap());
        company.account("January", "software").await;
        company.at("2018-01-02T09:00:00Z").await;
        let sent = company.unread(&me).await;
        assert_eq!(sent[0].answer["records"][0]["name"], "January", "{sent:?}");
        assert_eq!(sent[0].answer["total"], 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rights_are_those_of_the_moment_and_who_has_left_is_told_nothing() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "UTC").await;
        company.agree(&me, Uuid::now_v7(), "send me my accounts every day at 9").await;
        company.agree(&me, Uuid::now_v7(), "remind me on Tuesday at 9 to call Initech").await;
        let user = me.who().user().unwrap();
        company.change(&company.admin, "user", user, json!({"is_active": false})).await;
        company.at("2018-01-03T09:00:00Z").await;
        company.change(&company.admin, "user", user, json!({"is_active": true})).await;
        company.at("2018-01-03T10:00:00Z").await;
        assert!(company.messages(&me).await.is_empty());
        company.at("2018-01-04T09:00:00Z").await;
        assert_eq!(company.messages(&me).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_moved_is_told_at_the_same_time_on_the_wall() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "Europe/Berlin").await;
        company.agree(&me, Uuid::now_v7(), "send me all accounts every day at 8").await;
        company.crm.set_preferences(&me, None, Some("America/New_York")).await.unwrap();
        company.at("2018-01-01T07:00:00Z").await;
        assert!(company.messages(&me).await.is_empty());
        company.at("2018-01-01T13:00:00Z").await;
        assert_eq!(company.messages(&me).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_come_when_they_were_asked_for_and_once() {
    on_each(|company| async move {
        let acme = company.account("Acme Widgets", "retail").await;
        company.search.catch_up(&company.crm).await.unwrap();
        let me = company.person("Sam", "seller", "UTC").await;
        let talk = Uuid::now_v7();
        company.agree(&me, talk, "remind me tomorrow at 9 to call Jane").await;
        company.agree(&me, talk, "remind me in 9 hours about Acme Widgets").await;
        company.at("2017-12-31T21:00:00Z").await;
        let told = company.unread(&me).await;
        assert_eq!(told.len(), 1, "a reminder comes also in quiet hours: {told:?}");
        assert_eq!(told[0].answer["message"], "Reminder: Acme Widgets");
        assert_eq!(told[0].answer["records"][0]["id"], json!(acme), "{:?}", told[0].answer);
        company.at("2018-01-01T09:00:00Z").await;
        assert_eq!(company.messages(&me).await, ["Reminder: call Jane"]);
        company.at("2018-01-02T09:00:00Z").await;
        assert!(company.messages(&me).await.is_empty());
        assert!(company.nodes[1].promised(&me).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_waits_for_the_end_of_quiet_hours() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "UTC").await;
        let understood = company.agree(&me, Uuid::now_v7(), "send me all accounts every day at 21:00").await;
        assert!(understood.contains("2018-01-01 07:00"), "it is told when it comes: {understood}");
        company.at("2018-01-01T06:59:00Z").await;
        assert!(company.messages(&me).await.is_empty());
        company.at("2018-01-01T07:00:00Z").await;
        assert_eq!(company.messages(&me).await.len(), 1);
        let late = QuietHours { begins: Time::constant(22, 0, 0, 0), ends: Time::constant(6, 0, 0, 0) };
        company.crm.set_quiet_hours(&me, Some(late)).await.unwrap();
        company.at("2018-01-01T21:00:00Z").await;
        assert_eq!(company.messages(&me).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bot_does_is_listed_and_stopped_in_words_and_by_a_button() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "UTC").await;
        let talk = Uuid::now_v7();
        company.agree(&me, talk, "send me all accounts every Monday at 8").await;
        company.agree(&me, talk, "send me the accounts by industry every Friday at 8").await;
        company.agree(&me, talk, "remind me every day at 10 to drink").await;
        let listed = company.say(&me, talk, "what do you send me?").await;
        let promises = listed.answer.promises.clone().unwrap();
        assert_eq!(promises.len(), 3, "{listed:?}");
        let stopped = company.say(&me, talk, "stop sending me the Monday report").await;
        assert!(stopped.message.unwrap().contains("every Monday at 08:00"));
        let drink = promises.iter().find(|promise| promise.title == "drink").unwrap().id;
        let press = Said::Press { turn: listed.turn, button: Button::Stop(drink) };
        company.nodes[1].hear(&me, talk, press, 50).await.unwrap();
        let french = me.clone().speaking("fr");
        company.agree(&french, talk, "envoie-moi all accounts chaque lundi à 8h").await;
        let told = company.say(&french, talk, "arrête l'envoi du lundi").await;
        assert!(told.message.unwrap().contains("chaque lundi"), "{:?}", told.answer);
        let left = company.nodes[0].promised(&me).await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].when, "every Friday at 08:00");
        // The only one there is.
        company.say(&me, Uuid::now_v7(), "stop it").await;
        assert!(company.nodes[0].promised(&me).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_is_said_in_every_language() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "UTC").await;
        for (language, text) in [
            (Language::En, "send it to me every Monday at 8"),
            (Language::De, "schick mir das jeden Montag um 8"),
            (Language::Fr, "envoie-le-moi tous les lundis à 8h"),
            (Language::Es, "envíamelo cada lunes a las 8"),
            (Language::Pt, "envie isso para mim toda segunda-feira às 8"),
        ] {
            let (me, talk) = (me.clone().speaking(language.code()), Uuid::now_v7());
            company.say(&me, talk, "all accounts").await;
            let told = company.say(&me, talk, text).await;
            assert_eq!(told.answer.kind, Kind::Proposal, "{text}: {told:?}");
            assert!(told.answer.understood.contains("2018-01-01 08:00"), "{text}: {told:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_between_does_not_take_the_question_away() {
    on_each(|company| async move {
        company.account("Initech", "software").await;
        let me = company.person("Mia", "manager", "UTC").await;
        let talk = Uuid::now_v7();
        company.agree(&me, talk, "remind me in 1 hour to drink").await;
        let proposed = company.say(&me, talk, "create a task: paint the fence").await;
        assert_eq!(proposed.answer.kind, Kind::Proposal);
        company.at("2017-12-31T13:00:00Z").await;
        assert_eq!(company.messages(&me).await.len(), 1);
        assert_eq!(company.say(&me, talk, "yes").await.answer.kind, Kind::Done);
        assert_eq!(company.say(&me, talk, "yes").await.answer.kind, Kind::Talk);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_and_too_often_are_refused_in_words() {
    on_each(|company| async move {
        let me = company.person("Mia", "manager", "UTC").await;
        let talk = Uuid::now_v7();
        let told = company.say(&me, talk, "send me all accounts every hour").await;
        assert!(told.message.unwrap().contains("once a day"));
        let told = company.say(&me, talk, "send it to me every Monday at 8").await;
        assert!(told.message.unwrap().contains("nothing to send"));
        for _ in 0..Crm::MOST_PROMISES {
            company.agree(&me, talk, "remind me tomorrow at 9 to drink").await;
        }
        let told = company.say(&me, talk, "remind me tomorrow at 9 to drink").await;
        assert!(told.message.unwrap().contains("50"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_it_drops_what_is_proposed_before_anything_else() {
    on_each(|company| async move {
        let me = company.person("Mia", "manager", "UTC").await;
        let talk = Uuid::now_v7();
        company.agree(&me, talk, "remind me every day at 10 to drink").await;
        company.say(&me, talk, "create a task: paint the fence").await;
        let dropped = company.say(&me, talk, "stop it").await;
        assert!(dropped.message.unwrap().contains("nothing was changed"));
        assert_eq!(company.nodes[0].promised(&me).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_tells_what_is_on_ones_own_plate() {
    on_each(|company| async move {
        let me = company.person("Mia", "manager", "UTC").await;
        for (subject, owner) in [("Paint the fence", &me), ("Mow the lawn", &company.admin)] {
            let owner = owner.who().user().unwrap();
            let values = json!({"subject": subject, "due_at": "2018-01-01T17:00:00Z", "owner_id": owner});
            let values = values.as_object().unwrap().clone();
            company.crm.write(&company.admin, Command::Create { object: "task".into(), values }).await.unwrap();
        }
        company.agree(&me, Uuid::now_v7(), "send me a digest every morning at 8").await;
        company.at("2018-01-01T08:00:00Z").await;
        let told = company.messages(&me).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("Your day:") && told[0].contains("– Paint the fence"), "{told:?}");
        assert!(!told[0].contains("lawn"), "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_that_moves_is_told_to_those_who_may_see_it() {
    on_each(|company| async move {
        let acme = company.account("Acme Widgets", "retail").await;
        let values = json!({"name": "Big one", "account_id": acme}).as_object().unwrap().clone();
        let deal =
            company.crm.write(&company.admin, Command::Create { object: "deal".into(), values }).await.unwrap().id;
        company.search.catch_up(&company.crm).await.unwrap();
        let me = company.person("Mia", "manager", "UTC").await;
        let seller = company.person("Sam", "seller", "UTC").await;
        company.agree(&me, Uuid::now_v7(), "tell me when Acme Widgets' deals move").await;
        company.agree(&seller, Uuid::now_v7(), "tell me when a deal moves").await;
        let stages = crm_core::query::Query::of("stage");
        let stages = company.crm.query(&company.admin, &stages).await.unwrap().records;
        let now = company.crm.get(&company.admin, "deal", deal).await.unwrap();
        let next = stages
            .iter()
            // To lose a deal takes a reason.
            .find(|stage| stage.name() != "Lost" && Some(stage.id) != now.get("stage_id").as_id())
            .unwrap();
        company.change(&company.admin, "deal", deal, json!({"name": "Bigger one"})).await;
        company.change(&company.admin, "deal", deal, json!({"stage_id": next.id})).await;
        company.at("2018-01-01T12:00:00Z").await;
        company.at("2018-01-01T12:00:10Z").await;
        let told = company.messages(&me).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains(&format!("→ {}", next.name())), "{told:?}");
        assert!(!told[0].contains("Name:"), "what is no move is not told: {told:?}");
        let sees = company.crm.get(&seller, "deal", deal).await.is_ok();
        assert_eq!(company.messages(&seller).await.len(), usize::from(sees));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_reaches_its_reader_who_alone_can_read_and_stop_it() {
    on_both(|world| async move {
        let me = world.browser("Sam Seller", &["seller"]).await;
        let nosy = world.browser("Nora Nosy", &["admin"]).await;
        let proposed = me.post("/ask", &json!({"text": "remind me every day at 10 to drink"})).await.expect(200);
        let conversation = proposed["conversation"].clone();
        let yes = json!({"text": "yes", "conversation": conversation});
        let made = me.post("/ask", &yes).await.expect(200)["promises"][0].clone();
        let listed = me.get("/ask/promises").await.expect(200);
        assert_eq!(listed["promises"], json!([made]));
        let path = format!("/ask/promises/{}", made["id"].as_str().unwrap());
        assert_eq!(nosy.get("/ask/promises").await.expect(200)["promises"], json!([]));
        nosy.delete(&path).await.problem(404, "not_found");
        me.delete(&path).await.expect(204);
        me.delete(&path).await.problem(404, "not_found");

        let soon = json!({"text": "remind me in 1 second to drink", "conversation": conversation, "yes": true});
        assert_eq!(me.post("/ask", &soon).await.expect(200)["kind"], "done");
        let unread = loop {
            let unread = me.get("/ask/unread").await.expect(200)["unread"].clone();
            if unread != json!([]) {
                break unread;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        };
        assert_eq!(
            (&unread[0]["message"], &unread[0]["conversation"]),
            (&json!("Reminder: drink"), &conversation),
            "{unread}"
        );
        assert_eq!(nosy.get("/ask/unread").await.expect(200)["unread"], json!([]));
        let history = format!("/ask/conversations/{}", conversation.as_str().unwrap());
        let turn = me.get(&history).await.expect(200)["turns"][0].clone();
        assert_eq!((&turn["by_itself"], &turn["unread"]), (&json!(true), &json!(true)), "{turn}");
        let read = format!("{history}/read");
        nosy.post(&read, &json!({"turn": turn["turn"]})).await.expect(204);
        assert_ne!(me.get("/ask/unread").await.expect(200)["unread"], json!([]));
        me.post(&read, &json!({"turn": turn["turn"]})).await.expect(204);
        assert_eq!(me.get("/ask/unread").await.expect(200)["unread"], json!([]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_are_ones_own_and_hours() {
    on_both(|world| async move {
        let me = world.browser("Sam Seller", &["seller"]).await;
        let path = "/me/quiet-hours";
        assert_eq!(me.get(path).await.expect(200), json!({"begins": "20:00", "ends": "07:00"}));
        let noon = json!({"begins": "12:00", "ends": "13:30"});
        assert_eq!(me.put(path, &noon).await.expect(200), noon);
        let none = json!({"begins": null, "ends": null});
        assert_eq!(me.put(path, &none).await.expect(200), none);
        assert_eq!(me.get(path).await.expect(200), none);
        assert_eq!(world.admin.get(path).await.expect(200)["begins"], "20:00");
        for (hours, field) in [
            (json!({"begins": "25:00", "ends": "07:00"}), "begins"),
            (json!({"begins": "20:00", "ends": null}), "ends"),
            (json!({"begins": "20:00", "ends": "20:00"}), "ends"),
        ] {
            assert_eq!(me.put(path, &hours).await.invalid()[0].0, field, "{hours}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_to_know_is_told_who_changed_what_as_far_as_they_may_see() {
    on_each(|company| async move {
        let acme = company.account("Acme Widgets", "retail").await;
        let other = company.account("Initech", "software").await;
        company.search.catch_up(&company.crm).await.unwrap();
        let me = company.person("Mia", "manager", "UTC").await;
        let talk = Uuid::now_v7();
        company.agree(&me, talk, "tell me when Acme Widgets changes").await;
        company
            .agree(&me, talk, "notify me when an account in the software industry has more than 100 employees")
            .await;
        company.at("2017-12-31T12:01:00Z").await;
        company.change(&company.admin, "account", acme, json!({"industry": "medical"})).await;
        company.change(&company.admin, "account", acme, json!({"employees": 10})).await;
        company.change(&company.admin, "account", other, json!({"employees": 50})).await;
        company.at("2017-12-31T12:02:00Z").await;
        company.at("2017-12-31T12:02:10Z").await;
        let told = company.messages(&me).await;
        assert_eq!(told.len(), 1, "what happens together is told together: {told:?}");
        assert!(
            told[0].contains("Ada Admin changed Acme Widgets.") && told[0].contains("Employees: – → 10"),
            "{told:?}"
        );
        company.change(&company.admin, "account", other, json!({"employees": 150})).await;
        company.at("2017-12-31T12:03:00Z").await;
        company.at("2017-12-31T12:03:10Z").await;
        let told = company.messages(&me).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("Initech"), "{told:?}");
        company.at("2017-12-31T12:04:00Z").await;
        assert!(company.messages(&me).await.is_empty());
    })
    .await;
}
