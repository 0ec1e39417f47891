//! Charts of what colleagues ask for, as data and as pictures.

use crate::support::{Client, World, on_both};
use serde_json::{Value as Json, json};

async fn ask(client: &Client, conversation: Option<&Json>, text: &str) -> Json {
    let mut body = json!({"text": text});
    if let Some(conversation) = conversation {
        body["conversation"] = conversation.clone();
    }
    client.post("/ask", &body).await.expect(200)
}

/// Where the chart of an answer is.
fn chart_of(told: &Json) -> String {
    format!("/ask/conversations/{}/turns/{}/chart", told["conversation"].as_str().unwrap(), told["turn"])
}

async fn accounts(world: &World, industries: &[(&str, u32)]) {
    for (at, (industry, employees)) in industries.iter().enumerate() {
        let values = json!({"name": format!("Charted {at}"), "industry": industry, "employees": employees});
        world.create("account", values).await;
    }
}

const INDUSTRIES: [(&str, u32); 3] = [("retail", 10), ("retail", 20), ("medical", 5)];

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_answered_with_a_chart_that_takes_another_shape_when_asked() {
    on_both(|world| async move {
        accounts(&world, &INDUSTRIES).await;
        let bars = ask(&world.admin, None, "number of accounts by industry").await;
        let chart = &bars["chart"];
        assert_eq!((&chart["kind"], &chart["categories"]), (&json!("bar"), &json!(["medical", "retail"])), "{bars}");
        assert_eq!(chart["series"][0]["values"], json!([1.0, 2.0]));
        assert_eq!(chart["series"][0]["shown"], json!(["1", "2"]));
        assert!(chart["text"].as_str().unwrap().contains("medical: 1; retail: 2"), "{chart}");

        let conversation = Some(&bars["conversation"]);
        let pie = ask(&world.admin, conversation, "make it a pie chart").await;
        assert_eq!((&pie["chart"]["kind"], &pie["groups"]), (&json!("pie"), &bars["groups"]));
        let table = ask(&world.admin, conversation, "as a table").await;
        assert_eq!((&table["as_table"], &table["groups"]), (&json!(true), &bars["groups"]));
        let mean = ask(&world.admin, conversation, "average employees by industry as a pie").await;
        assert_eq!(mean["chart"]["kind"], "bar", "{mean}");
        assert!(mean["chart"]["notes"][0].as_str().unwrap().contains("parts of a whole"), "{mean}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_drawn_when_a_chart_is_wanted_of_it() {
    on_both(|world| async move {
        accounts(&world, &INDUSTRIES).await;
        let list = ask(&world.admin, None, "top 2 accounts by employees").await;
        let drawn = ask(&world.admin, Some(&list["conversation"]), "make it a chart").await;
        assert_eq!(drawn["chart"]["categories"], json!(["Charted 1", "Charted 0"]), "{drawn}");
        assert_eq!(drawn["chart"]["series"][0]["values"], json!([20.0, 10.0]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_of_now_follows_the_records_and_the_told_one_does_not() {
    on_both(|world| async move {
        accounts(&world, &INDUSTRIES).await;
        let told = ask(&world.admin, None, "number of accounts by industry").await;
        world.create("account", json!({"name": "Late", "industry": "medical"})).await;
        let now = world.admin.get(&chart_of(&told)).await.expect(200);
        assert_eq!(now["series"][0]["values"], json!([2.0, 2.0]));
        let history = format!("/ask/conversations/{}", told["conversation"].as_str().unwrap());
        let then = world.admin.get(&history).await.expect(200)["turns"][0]["answer"].clone();
        assert_eq!(then["chart"], told["chart"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_is_a_picture_for_whoever_asked_and_for_nobody_else() {
    on_both(|world| async move {
        accounts(&world, &INDUSTRIES).await;
        let me = world.browser("Mia Manager", &["manager"]).await;
        let told = ask(&me, None, "number of accounts by industry").await;
        let address = format!("{}.png", chart_of(&told));
        let light = me.get(&address).await;
        let dark = me.get(&format!("{address}?theme=dark")).await;
        for picture in [&light, &dark] {
            assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
            assert!(picture.bytes.starts_with(b"\x89PNG"));
        }
        assert_ne!(light.bytes, dark.bytes);
        me.get(&format!("{address}?theme=pink")).await.problem(400, "malformed");

        let nosy = world.browser("Nora Nosy", &["admin"]).await;
        nosy.get(&address).await.problem(404, "not_found");
        nosy.get(&chart_of(&told)).await.problem(404, "not_found");
        let list = ask(&me, None, "accounts").await;
        me.get(&format!("{}.png", chart_of(&list))).await.problem(404, "not_found");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_of_now_shows_what_its_reader_may_see_now() {
    on_both(|world| async move {
        accounts(&world, &INDUSTRIES).await;
        let id = world.user("Mia Manager", &["manager"]).await;
        let me = world.key_of(id, &["read", "write"]).await;
        let told = ask(&me, None, "number of accounts by industry").await;
        assert_eq!(told["chart"]["categories"], json!(["medical", "retail"]), "{told}");
        world.admin.patch(&format!("/records/user/{id}"), &json!({"role_ids": []})).await.expect(200);
        me.get(&chart_of(&told)).await.problem(404, "not_found");
    })
    .await;
}
