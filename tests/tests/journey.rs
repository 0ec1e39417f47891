//! Working with records: make, read, change, find, group, change in bulk, merge, undo.

use crate::support::{World, on_both, send};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::time::Duration;

fn path(record: &Json) -> String {
    format!("/records/{}/{}", record["object"].as_str().unwrap(), record["id"].as_str().unwrap())
}

fn names(page: &Json) -> Vec<&str> {
    page["records"].as_array().unwrap().iter().map(|record| record["name"].as_str().unwrap()).collect()
}

async fn deal(world: &World, name: &str, amount: &str, account: &Json) -> Json {
    let stage = world.admin.get("/records/stage?sort=position&limit=1").await.expect(200)["records"][0].clone();
    let values = json!({"name": name, "amount": {"amount": amount, "currency": "USD"}, "account_id": account["id"], "stage_id": stage["id"]});
    world.create("deal", values).await
}

#[tokio::test]
async fn a_record_is_made_read_changed_deleted_and_restored() {
    on_both(async |world| {
        let admin = &world.admin;
        let answer = admin.post("/records/account", &json!({"name": "Acme", "website": "https://acme.example"})).await;
        assert_eq!(answer.header("etag"), "\"v1\"");
        let location = answer.header("location").to_owned();
        let account = answer.expect(201);
        assert_eq!(location, format!("/api/v1{}", path(&account)));
        assert_eq!((&account["object"], &account["version"]), (&json!("account"), &json!(1)));

        let path = path(&account);
        let read = admin.get(&path).await;
        assert_eq!(read.header("etag"), "\"v1\"");
        assert_eq!(read.expect(200)["name"], "Acme");
        let known = send(admin.request(Method::GET, &path).header("if-none-match", "\"v1\"")).await;
        assert_eq!((known.status, known.bytes.len()), (304, 0));

        let changed = admin.patch(&path, &json!({"name": "Acme Corp"})).await.expect(200);
        assert_eq!((&changed["version"], &changed["website"]), (&json!(2), &account["website"]));
        let cleared = admin.patch(&path, &json!({"website": null})).await.expect(200);
        assert_eq!((&cleared["name"], &cleared["website"]), (&json!("Acme Corp"), &Json::Null));

        assert!(admin.delete(&path).await.expect(204).is_null());
        admin.get(&path).await.problem(404, "not_found");
        let deleted = admin.get("/records/account?deleted=true").await.expect(200);
        assert_eq!(names(&deleted), ["Acme Corp"]);
        assert_eq!(admin.post(&format!("{path}/restore"), &json!({})).await.expect(200)["name"], "Acme Corp");
        admin.get(&path).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_version_that_is_gone_tells_what_changed_meanwhile() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        let path = path(&account);
        world.admin.patch(&path, &json!({"name": "Apex"})).await.expect(200);
        let change = |version: &str| {
            world.admin.request(Method::PATCH, &path).header("if-match", version).json(&json!({"name": "Mine"}))
        };
        let problem = send(change("\"v1\"")).await.problem(412, "stale");
        assert_eq!(problem["current_version"], 2);
        let changed = &problem["changed"][0];
        assert_eq!(
            (&changed["field"], &changed["from"], &changed["to"], &changed["by"]),
            (&json!("name"), &json!("Acme"), &json!("Apex"), &json!("Ada Admin"))
        );
        let gone = send(world.admin.request(Method::DELETE, &path).header("if-match", "\"v1\"")).await;
        gone.problem(412, "stale");
        assert_eq!(send(change("\"v2\"")).await.expect(200)["name"], "Mine");
    })
    .await;
}

#[tokio::test]
async fn records_tell_the_names_of_what_they_refer_to() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        let tag = world.create("tag", json!({"name": "VIP"})).await;
        let me = world.admin.get("/me").await.expect(200);
        let values = json!({"last_name": "Doe", "account_id": account["id"], "owner_id": me["id"], "tags": [tag["id"]]});
        let contact = world.create("contact", values).await;
        let expected = json!({"account_id": "Acme", "owner_id": "Ada Admin", "tags": ["VIP"], "created_by": "Ada Admin", "updated_by": "Ada Admin"});
        assert_eq!(contact["_names"], expected);
        let task = json!({"subject": "Call", "related_id": {"object": "contact", "id": contact["id"]}});
        assert_eq!(world.create("task", task).await["_names"]["related_id"], "Doe");
        let page = world.admin.get("/records/contact").await.expect(200);
        assert_eq!(page["records"][0]["_names"], expected);
    })
    .await;
}

#[tokio::test]
async fn lists_are_filtered_sorted_counted_and_turned_over() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme", "industry": "technology"})).await;
        for (name, amount) in [("One", "10"), ("Two", "20.50"), ("Three", "30"), ("Four", "40"), ("Five", "50")] {
            deal(&world, name, amount, &account).await;
        }
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = world.admin.get(&format!("/records/deal?sort=-amount&limit=2&total=true{cursor}")).await.expect(200);
            assert_eq!(page["total"], 5);
            found.extend(names(&page).into_iter().map(str::to_owned));
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&after={next}");
        }
        assert_eq!(found, ["Five", "Four", "Three", "Two", "One"]);
        let query = json!({
            "filter": {"and": [{"field": "account.name", "op": "eq", "value": "acme"}, {"field": "amount", "op": "between", "value": [20, 40]}]},
            "sort": [{"field": "name"}], "fields": ["name", "amount"],
        });
        let page = world.admin.post("/records/deal/query", &query).await.expect(200);
        assert_eq!(names(&page), ["Four", "Three", "Two"]);
        assert!(page["records"][0].get("account_id").is_none());
        let filter = r#"{"field":"name","op":"starts_with","value":"t"}"#;
        let answer = send(world.admin.request(Method::GET, "/records/deal").query(&[("filter", filter), ("sort", "name")])).await;
        assert_eq!(names(&answer.expect(200)), ["Three", "Two"]);
        let words = world.admin.get("/records/deal?q=thr").await.expect(200);
        assert_eq!(names(&words), ["Three"]);
        let by_relation = json!({"filter": {"any": {"through": "deals", "filter": {"field": "amount", "op": "gt", "value": 49}}}});
        let page = world.admin.post("/records/account/query", &by_relation).await.expect(200);
        assert_eq!(names(&page), ["Acme"]);
    })
    .await;
}

#[tokio::test]
async fn groups_are_measured() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        for amount in ["10", "20.50"] {
            deal(&world, "A deal", amount, &account).await;
        }
        let aggregate = json!({
            "group": [{"field": "account_id"}],
            "measures": [{"measure": "count"}, {"measure": "sum", "field": "amount"}, {"measure": "avg", "field": "amount"}],
        });
        let answer = world.admin.post("/records/deal/aggregate", &aggregate).await.expect(200);
        let group = &answer["groups"][0];
        assert_eq!((&group["keys"], &group["labels"]), (&json!([account["id"]]), &json!(["Acme"])));
        assert_eq!((&group["values"][0], &group["values"][1]["amount"]), (&json!(2), &json!("30.50")));
        assert_eq!(answer["more"], false);
    })
    .await;
}

#[tokio::test]
async fn a_request_sent_twice_is_carried_out_once() {
    on_both(async |world| {
        let create = |key: &str, name: &str| {
            world
                .admin
                .request(Method::POST, "/records/account")
                .header("idempotency-key", key)
                .json(&json!({"name": name}))
        };
        let first = send(create("k1", "Acme")).await;
        let again = send(create("k1", "Acme")).await;
        assert_eq!((again.header("idempotency-replayed"), again.header("etag")), ("true", "\"v1\""));
        assert_eq!(first.expect(201), again.expect(201));
        send(create("k1", "Other")).await.problem(409, "conflict");
        send(create("k2", "")).await.problem(422, "invalid");
        send(create("k2", "")).await.problem(422, "invalid");
        send(create("k3", "Third")).await.expect(201);
        let page = world.admin.get("/records/account?total=true").await.expect(200);
        assert_eq!(page["total"], 2);
        let (one, two) = tokio::join!(send(create("k4", "Race")), send(create("k4", "Race")));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert!(statuses == [201, 201] || statuses == [201, 409], "{statuses:?}");
        let page = world.admin.get("/records/account?q=race&total=true").await.expect(200);
        assert_eq!(page["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn many_changes_are_answered_one_by_one_and_undone_together() {
    on_both(async |world| {
        let kept = world.create("account", json!({"name": "Kept"})).await;
        let gone = world.create("account", json!({"name": "Gone"})).await;
        let operations = json!({"operations": [
            {"create": {"name": "New"}}, {"create": {"name": {}}},
            {"update": {"id": kept["id"], "version": 1, "values": {"name": "Changed"}}},
            {"update": {"id": kept["id"], "version": 7, "values": {"name": "Stale"}}},
            {"delete": {"id": gone["id"]}},
        ]});
        let answer = world.admin.post("/records/account/bulk", &operations).await.expect(200);
        let statuses: Vec<_> =
            answer["results"].as_array().unwrap().iter().map(|result| result["status"].as_i64().unwrap()).collect();
        assert_eq!(statuses[..2], [201, 422]);
        assert_eq!(statuses[2..], [200, 412, 204]);
        assert_eq!(answer["results"][0]["record"]["name"], "New");
        assert_eq!(answer["results"][1]["problem"]["errors"][0]["field"], "name");
        let page = world.admin.get("/records/account?sort=name").await.expect(200);
        assert_eq!(names(&page), ["Changed", "New"]);
        let revert = format!("/batches/{}/revert", answer["batch"].as_str().unwrap());
        world.admin.post(&revert, &json!({})).await.expect(200);
        let page = world.admin.get("/records/account?sort=name").await.expect(200);
        assert_eq!(names(&page), ["Gone", "Kept"]);
    })
    .await;
}

#[tokio::test]
async fn many_changes_are_all_made_or_none_when_asked_so() {
    on_both(async |world| {
        let operations =
            |second: Json| json!({"atomic": true, "operations": [{"create": {"name": "One"}}, {"create": second}]});
        let errors = world.admin.post("/records/account/bulk", &operations(json!({"name": {}}))).await.invalid();
        assert_eq!(errors[0].0, "operations[1].name");
        assert_eq!(world.admin.get("/records/account?total=true").await.expect(200)["total"], 0);
        world.admin.post("/records/account/bulk", &operations(json!({"name": "Two"}))).await.expect(200);
        assert_eq!(world.admin.get("/records/account?total=true").await.expect(200)["total"], 2);
    })
    .await;
}

#[tokio::test]
async fn records_are_merged_and_the_merge_is_undone() {
    on_both(async |world| {
        let stays = world.create("account", json!({"name": "Acme"})).await;
        let goes = world.create("account", json!({"name": "ACME Inc.", "website": "https://acme.example"})).await;
        let contact = world.create("contact", json!({"last_name": "Doe", "account_id": goes["id"]})).await;
        let merge = format!("{}/merge", path(&stays));
        let merged = world.admin.post(&merge, &json!({"from": [goes["id"]]})).await.expect(200);
        assert_eq!((&merged["name"], &merged["website"]), (&json!("Acme"), &goes["website"]));
        world.admin.get(&path(&goes)).await.problem(404, "not_found");
        assert_eq!(world.admin.get(&path(&contact)).await.expect(200)["account_id"], stays["id"]);
        let timeline = world.admin.get(&format!("{}/timeline", path(&stays))).await.expect(200);
        let merge_event =
            timeline["events"].as_array().unwrap().iter().find(|event| event["kind"] == "merged").unwrap();
        let revert = format!("/events/{}/revert", merge_event["sequence"]);
        world.admin.post(&revert, &json!({})).await.expect(200);
        assert_eq!(world.admin.get(&path(&contact)).await.expect(200)["account_id"], goes["id"]);
        world.admin.get(&path(&goes)).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn what_happened_is_told_and_undone() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        world.admin.patch(&path(&account), &json!({"name": "Apex"})).await.expect(200);
        let timeline = world.admin.get(&format!("{}/timeline", path(&account))).await.expect(200);
        let event = &timeline["events"][0];
        assert_eq!((&event["kind"], &event["changes"]["name"]), (&json!("updated"), &json!(["Acme", "Apex"])));
        assert_eq!(
            (&event["by"]["name"], &event["via"], &event["record_name"]),
            (&json!("Ada Admin"), &json!("rest"), &json!("Apex"))
        );
        let undone = world.admin.post(&format!("/events/{}/revert", event["sequence"]), &json!({})).await.expect(200);
        assert_eq!(undone["record"]["name"], "Acme");
        let redone = world.admin.post(&format!("/events/{}/revert", undone["sequence"]), &json!({})).await.expect(200);
        assert_eq!(redone["record"]["name"], "Apex");
        world.admin.patch(&path(&account), &json!({"name": "Third"})).await.expect(200);
        world.admin.post(&format!("/events/{}/revert", event["sequence"]), &json!({})).await.problem(409, "conflict");
    })
    .await;
}

#[tokio::test]
async fn the_log_is_followed_page_by_page() {
    on_both(async |world| {
        let start = world.admin.get("/events?newest_first=true&limit=1").await.expect(200)["events"][0]["sequence"]
            .as_i64()
            .unwrap_or_default();
        for n in 0..5 {
            world.create("account", json!({"name": format!("Account {n}")})).await;
        }
        let (mut after, mut seen) = (start, Vec::new());
        loop {
            let page = world.admin.get(&format!("/events?object=account&limit=2&after={after}")).await.expect(200);
            let events = page["events"].as_array().unwrap();
            seen.extend(events.iter().map(|event| event["record_name"].as_str().unwrap().to_owned()));
            let Some(last) = events.last() else { break };
            after = last["sequence"].as_i64().unwrap();
        }
        assert_eq!(seen, ["Account 0", "Account 1", "Account 2", "Account 3", "Account 4"]);
    })
    .await;
}

#[tokio::test]
async fn a_lead_is_converted() {
    on_both(async |world| {
        let lead =
            world.create("lead", json!({"last_name": "Doe", "company": "Doe Ltd", "email": "doe@doe.example"})).await;
        let record = world.admin.post(&format!("{}/actions/convert", path(&lead)), &json!({})).await.expect(200);
        assert!(record["id"].is_string(), "{record}");
        assert_eq!(names(&world.admin.get("/records/account").await.expect(200)), ["Doe Ltd"]);
        assert_eq!(world.admin.get("/records/contact?total=true").await.expect(200)["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_possible_duplicate_is_told_when_it_is_made() {
    on_both(async |world| {
        let first = world.create("contact", json!({"last_name": "Doe", "email": "jane@doe.example"})).await;
        let second = world.create("contact", json!({"last_name": "Doh", "email": "Jane@doe.example"})).await;
        assert_eq!(second["_possible_duplicates"][0]["id"], first["id"]);
        let report = world.admin.get("/records/contact/duplicates").await.expect(200);
        assert_eq!(report["groups"][0]["records"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_record_is_shared() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        let (user, team) = (world.user("Sam Share", &[]).await, world.create("team", json!({"name": "North"})).await);
        let shares =
            json!({"shares": [{"user_id": user, "access": "update"}, {"team_id": team["id"], "access": "read"}]});
        let path = format!("{}/shares", path(&account));
        let sorted = |answer: Json| {
            let mut list: Vec<String> = answer["shares"].as_array().unwrap().iter().map(Json::to_string).collect();
            list.sort_unstable();
            list
        };
        let set = world.admin.put(&path, &shares).await.expect(200);
        assert_eq!(sorted(set), sorted(world.admin.get(&path).await.expect(200)));
        assert_eq!(sorted(world.admin.get(&path).await.expect(200)), sorted(shares));
        let both = json!({"shares": [{"user_id": user, "team_id": team["id"], "access": "read"}]});
        assert_eq!(world.admin.put(&path, &both).await.status, 422);
        let twice = json!({"shares": [{"user_id": user, "access": "read"}, {"user_id": user, "access": "update"}]});
        assert_eq!(world.admin.put(&path, &twice).await.invalid(), [("shares[1]".into(), "not_unique".into())]);
    })
    .await;
}

#[tokio::test]
async fn everything_is_found_by_a_few_words() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Globex Corporation"})).await;
        let contact = world
            .create("contact", json!({"first_name": "Hank", "last_name": "Scorpio", "email": "hank@globex.example"}))
            .await;
        // The index follows the log.
        let found = async |query: &str, expected: &[&Json]| {
            let mut ids = Vec::new();
            for _ in 0..200 {
                let answer = world.admin.get(&format!("/search?{query}")).await.expect(200);
                ids = answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].clone()).collect();
                if expected.iter().all(|id| ids.contains(id)) && ids.len() == expected.len() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            panic!("{query}: {ids:?}");
        };
        found("q=globex", &[&account["id"], &contact["id"]]).await;
        found("q=globex&objects=account", &[&account["id"]]).await;
        found("q=hank%20scorpio", &[&contact["id"]]).await;
        found("q=", &[]).await;
    })
    .await;
}
