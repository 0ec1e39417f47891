//! What belongs to one company does not exist for another: in no position of no request.

use crate::support::{World, on_both};
use serde_json::{Value as Json, json};

fn id(record: &Json) -> String {
    record["id"].as_str().unwrap().to_owned()
}

async fn untouched(other: &World, record: &Json) {
    let path = format!("/records/{}/{}", record["object"].as_str().unwrap(), id(record));
    assert_eq!(other.admin.get(&path).await.expect(200)["version"], record["version"]);
}

#[tokio::test]
async fn another_companys_id_in_the_path_is_not_found() {
    on_both(async |world| {
        let other = world.other().await;
        let theirs = other.create("lead", json!({"last_name": "Secret", "company": "Secret Ltd"})).await;
        let own = world.create("lead", json!({"last_name": "Own", "company": "Own Ltd"})).await;
        let path = format!("/records/lead/{}", id(&theirs));
        let admin = &world.admin;
        admin.get(&path).await.problem(404, "not_found");
        admin.patch(&path, &json!({"last_name": "Stolen"})).await.problem(404, "not_found");
        admin.delete(&path).await.problem(404, "not_found");
        admin.post(&format!("{path}/restore"), &json!({})).await.problem(404, "not_found");
        admin.post(&format!("{path}/merge"), &json!({"from": [id(&own)]})).await.problem(404, "not_found");
        admin.post(&format!("{path}/actions/convert"), &json!({})).await.problem(404, "not_found");
        admin.get(&format!("{path}/timeline")).await.problem(404, "not_found");
        admin.get(&format!("{path}/shares")).await.problem(404, "not_found");
        admin.put(&format!("{path}/shares"), &json!({"shares": []})).await.problem(404, "not_found");
        untouched(&other, &theirs).await;
    })
    .await;
}

#[tokio::test]
async fn another_companys_id_in_a_body_refers_to_nothing() {
    on_both(async |world| {
        let other = world.other().await;
        let theirs = other.create("account", json!({"name": "Secret Ltd"})).await;
        let own = world.create("account", json!({"name": "Own Ltd"})).await;
        let (own_path, theirs_id) = (format!("/records/account/{}", id(&own)), id(&theirs));
        let admin = &world.admin;
        let contact = json!({"last_name": "X", "account_id": theirs_id});
        assert_eq!(admin.post("/records/contact", &contact).await.invalid()[0].0, "account_id");
        let task = json!({"subject": "X", "related_id": {"object": "account", "id": theirs_id}});
        assert_eq!(admin.post("/records/task", &task).await.invalid()[0].0, "related_id");
        assert_eq!(admin.patch(&own_path, &json!({"parent_id": theirs_id})).await.invalid()[0].0, "parent_id");
        assert_eq!(admin.patch(&own_path, &json!({"tags": [theirs_id]})).await.invalid()[0].0, "tags");
        let merged = admin.post(&format!("{own_path}/merge"), &json!({"from": [theirs_id]})).await;
        assert!(matches!(merged.status, 404 | 422), "{merged:?}");
        let operations = json!({"operations": [
            {"update": {"id": theirs_id, "values": {"name": "Stolen"}}}, {"delete": {"id": theirs_id}},
        ]});
        let results = admin.post("/records/account/bulk", &operations).await.expect(200);
        assert_eq!(results["results"][0]["status"], 404);
        assert_eq!(results["results"][1]["status"], 404);
        let share = json!({"shares": [{"user_id": other.admin.get("/me").await.expect(200)["id"], "access": "read"}]});
        assert_eq!(admin.put(&format!("{own_path}/shares"), &share).await.status, 422);
        untouched(&other, &theirs).await;
        untouched(&world, &own).await;
    })
    .await;
}

#[tokio::test]
async fn another_companys_records_are_in_no_list_search_group_or_log() {
    on_both(async |world| {
        let other = world.other().await;
        let theirs = other.create("account", json!({"name": "Zyxwvut Secrets"})).await;
        let admin = &world.admin;
        let by_id = json!({"filter": {"field": "id", "op": "eq", "value": theirs["id"]}});
        assert_eq!(admin.post("/records/account/query", &by_id).await.expect(200)["records"], json!([]));
        assert_eq!(admin.get("/records/account?q=Zyxwvut&total=true").await.expect(200)["total"], 0);
        assert_eq!(admin.get("/search?q=Zyxwvut").await.expect(200)["hits"], json!([]));
        let groups =
            admin.post("/records/account/aggregate", &json!({"measures": [{"measure": "count"}]})).await.expect(200);
        assert_eq!(groups["groups"][0]["values"], json!([0]));
        let events = admin.get(&format!("/events?record_id={}", id(&theirs))).await.expect(200);
        assert_eq!(events["events"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn another_companys_people_keys_files_and_batches_are_out_of_reach() {
    on_both(async |world| {
        let other = world.other().await;
        let admin = &world.admin;
        let me = other.admin.get("/me").await.expect(200);
        let password = json!({"new": "a long enough password 9"});
        admin.put(&format!("/users/{}/password", id(&me)), &password).await.problem(404, "not_found");
        let key = other.admin.get("/api-keys").await.expect(200)["api_keys"][0].clone();
        admin.delete(&format!("/api-keys/{}", id(&key))).await.problem(404, "not_found");
        let file = other.admin.raw(reqwest::Method::POST, "/files?name=secret.txt", "secret").await.expect(201);
        admin.get(&format!("/files/{}", id(&file))).await.problem(404, "not_found");
        let bulk = json!({"operations": [{"create": {"name": "A"}}]});
        let batch = other.admin.post("/records/account/bulk", &bulk).await.expect(200)["batch"].clone();
        let reverted = admin.post(&format!("/batches/{}/revert", batch.as_str().unwrap()), &json!({})).await;
        reverted.problem(404, "not_found");
        let browser = other.browser("Otto Other", &["admin"]).await;
        let session = browser.get("/sessions").await.expect(200)["sessions"][0].clone();
        let own = world.browser("Olga Own", &["admin"]).await;
        own.delete(&format!("/sessions/{}", id(&session))).await.problem(404, "not_found");
        browser.get("/me").await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_of_another_company_shows_nothing_of_it() {
    on_both(async |world| {
        let other = world.other().await;
        for n in 0..3 {
            other.create("account", json!({"name": format!("Secret {n}")})).await;
        }
        world.create("account", json!({"name": "Own"})).await;
        let page = other.admin.get("/records/account?limit=1&sort=name").await.expect(200);
        let cursor = page["next"].as_str().unwrap();
        let answer = world.admin.get(&format!("/records/account?limit=10&sort=name&after={cursor}")).await;
        if answer.status == 200 {
            let names: Vec<Json> =
                answer.json["records"].as_array().unwrap().iter().map(|record| record["name"].clone()).collect();
            assert!(names.iter().all(|name| name == "Own"), "{names:?}");
        } else {
            answer.problem(400, "malformed");
        }
    })
    .await;
}
