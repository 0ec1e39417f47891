//! Whatever is sent: the answer is a problem that says what is wrong and where, and nothing was changed.

use crate::support::{Client, World, on_both, send};
use reqwest::Method;
use serde_json::{Value as Json, json};

async fn accounts(world: &World) -> Json {
    world.admin.get("/records/account?total=true&limit=1").await.expect(200)["total"].clone()
}

#[tokio::test]
async fn what_is_no_json_is_malformed() {
    on_both(async |world| {
        let bodies: [&[u8]; 9] = [
            b"",
            b"{",
            b"{\"name\": \"x\"",
            b"name=x",
            b"{\"name\": \"\xff\xfe\"}",
            b"{'name': 'x'}",
            b"{\"name\": NaN}",
            b"{\"a\":1}x",
            b"\"\\ud800\"",
        ];
        for body in bodies {
            let answer = world.admin.raw(Method::POST, "/records/account", body.to_vec()).await;
            answer.problem(400, "malformed");
        }
        let deep = "[".repeat(100_000);
        world.admin.raw(Method::POST, "/records/account/query", deep).await.problem(400, "malformed");
        assert_eq!(accounts(&world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn json_of_another_shape_is_invalid() {
    on_both(async |world| {
        for body in [json!([]), json!("x"), json!(1), json!(null)] {
            world.admin.post("/records/account", &body).await.invalid();
        }
        let answer = world.admin.post("/records/account/query", &json!({"limit": "ten"})).await;
        assert_eq!(answer.invalid(), [("limit".to_owned(), "wrong_type".to_owned())]);
        let answer = world.admin.post("/records/account/query", &json!({"object": "user", "offset": 10})).await;
        assert_eq!(answer.invalid()[0].1, "unknown_field");
        let answer =
            world.admin.post("/records/account/bulk", &json!({"operations": [{"create": {}, "delete": {}}]})).await;
        assert!(answer.invalid()[0].0.starts_with("operations[0]"));
    })
    .await;
}

#[tokio::test]
async fn a_body_must_say_that_it_is_json() {
    on_both(async |world| {
        for kind in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"]
        {
            let request = world.admin.request(Method::POST, "/records/account").header("content-type", kind);
            send(request.body("{\"name\": \"x\"}")).await.problem(415, "unsupported_media_type");
        }
        let request = world.admin.request(Method::POST, "/records/account").body("{\"name\": \"x\"}");
        send(request).await.problem(415, "unsupported_media_type");
        assert_eq!(accounts(&world).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_huge_body_is_refused() {
    on_both(async |world| {
        let huge = format!("{{\"name\": \"{}\"}}", "x".repeat(3 * 1024 * 1024));
        world.admin.raw(Method::POST, "/records/account", huge).await.problem(413, "too_large");
        let keyed = world.admin.request(Method::POST, "/records/account").header("idempotency-key", "k");
        let huge = json!({"name": "x".repeat(3 * 1024 * 1024)});
        send(keyed.json(&huge)).await.problem(413, "too_large");
        let operations: Vec<Json> = (0..1_001).map(|_| json!({"create": {}})).collect();
        world.admin.post("/records/account/bulk", &json!({"operations": operations})).await.problem(413, "too_large");
    })
    .await;
}

#[tokio::test]
async fn every_wrong_value_is_told_by_its_field() {
    on_both(async |world| {
        let wrong = json!({
            "name": [5], "stage_id": "x", "account_id": 3, "amount": "lots", "probability": "high",
            "close_date": "2017-13-45", "owner_id": {"name": []}, "tags": "vip", "no_such_field": 1,
        });
        let errors = world.admin.post("/records/deal", &wrong).await.invalid();
        let mut fields: Vec<&str> = errors.iter().map(|(field, _)| field.as_str()).collect();
        fields.sort_unstable();
        let expected = [
            "account_id",
            "amount",
            "close_date",
            "name",
            "no_such_field",
            "owner_id",
            "probability",
            "stage_id",
            "tags",
        ];
        assert_eq!(fields, expected);
        let unknown = errors.iter().find(|(field, _)| field == "no_such_field").unwrap();
        assert_eq!(unknown.1, "unknown_field");
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_too_large_is_told_by_its_field() {
    on_both(async |world| {
        let numbers = ["1e400", "-1e400", "1e30", "9223372036854775808", "123456789012345678901234567890.12"];
        for number in numbers {
            let body = format!("{{\"name\": \"x\", \"amount\": {number}}}");
            let answer = world.admin.raw(Method::POST, "/records/deal", body).await;
            match answer.status {
                // What no JSON number can hold.
                400 => drop(answer.problem(400, "malformed")),
                _ => assert_eq!(answer.invalid()[0].0, "amount", "{number}"),
            }
            let body = format!("{{\"filter\": {{\"field\": \"amount\", \"op\": \"gt\", \"value\": {number}}}}}");
            let status = world.admin.raw(Method::POST, "/records/deal/query", body).await.status;
            assert!(matches!(status, 200 | 400 | 422), "{number}: {status}");
        }
        let employees = world.admin.post("/records/account", &json!({"name": "x", "employees": 1e300})).await;
        assert!(matches!(employees.status, 201 | 422), "{employees:?}");
        assert_eq!(world.admin.get("/records/deal?total=true").await.expect(200)["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_of_another_question_or_a_changed_one_is_malformed() {
    on_both(async |world| {
        for n in 0..3 {
            world.create("account", json!({"name": format!("Account {n}")})).await;
        }
        let page = world.admin.get("/records/account?limit=1&sort=name").await.expect(200);
        let cursor = page["next"].as_str().unwrap();
        world.admin.get(&format!("/records/account?limit=1&sort=name&after={cursor}")).await.expect(200);
        let changed = format!("{}{}", &cursor[1..], &cursor[..1]);
        let others = [
            format!("/records/account?limit=1&sort=-name&after={cursor}"),
            format!("/records/contact?limit=1&sort=name&after={cursor}"),
            format!("/records/account?limit=1&sort=name&after={changed}"),
        ];
        for path in others {
            world.admin.get(&path).await.problem(400, "malformed");
        }
    })
    .await;
}

#[tokio::test]
async fn what_only_the_system_writes_cannot_be_sent() {
    on_both(async |world| {
        for field in ["id", "version", "created_at", "created_by", "updated_at", "deleted_at", "created_via"] {
            let answer = world.admin.post("/records/account", &json!({"name": "x", field: null})).await;
            let with_value = world.admin.post("/records/account", &json!({"name": "x", field: "1"})).await;
            assert_eq!(with_value.status, 422, "{field}");
            assert!(matches!(answer.status, 201 | 422), "{field}");
        }
    })
    .await;
}

#[tokio::test]
async fn texts_come_back_as_they_were_sent() {
    on_both(async |world| {
        let names = [
            "Ünïcødé 🦀 名前 عربى",
            "e\u{301}",
            "<script>alert(1)</script>",
            "'; drop table account; --",
            "100% _under_ \\back",
            "\u{202e}evil",
        ];
        for name in names {
            let made = world.create("account", json!({"name": name})).await;
            assert_eq!(made["name"], name);
            let filter = json!({"filter": {"field": "name", "op": "eq", "value": name}});
            let found = world.admin.post("/records/account/query", &filter).await.expect(200);
            assert_eq!(found["records"][0]["id"], made["id"], "{name}");
        }
        let answer = world.admin.post("/records/account", &json!({"name": "a\u{0}b"})).await;
        if answer.status != 422 {
            assert_ne!(answer.expect(201)["name"], "a\u{0}b");
        }
    })
    .await;
}

#[tokio::test]
async fn a_wrong_filter_says_where_it_is_wrong() {
    on_both(async |world| {
        let cases = [
            (json!({"field": "name", "op": "like", "value": "x"}), "filter.op"),
            (json!({"and": [{"field": "name", "op": "eq", "value": "x"}, {"op": "eq"}]}), "filter.and[1]"),
            (json!({"field": "name", "op": "eq", "value": "x", "extra": 1}), "filter.extra"),
            (json!({"any": {"filter": {}}}), "filter.any"),
            (json!("name = x"), "filter"),
        ];
        for (filter, place) in cases {
            let answer = world.admin.post("/records/account/query", &json!({"filter": filter})).await;
            assert_eq!(answer.invalid()[0].0, place, "{filter}");
        }
        for (field, op, value) in [
            ("nothing", "eq", json!("x")),
            ("name.x", "eq", json!("x")),
            ("annual_revenue", "gt", json!("x")),
            ("id", "eq", json!("x")),
        ] {
            let filter = json!({"filter": {"field": field, "op": op, "value": value}});
            let answer = world.admin.post("/records/account/query", &filter).await;
            assert_eq!(answer.status, 422, "{filter}: {answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_forged_cursor_is_malformed() {
    on_both(async |world| {
        for cursor in ["x", "eyJhIjoxfQ", "%00", "-1", "bnVsbA==", "W10", "e30"] {
            let answer = world.admin.get(&format!("/records/account?after={cursor}")).await;
            answer.problem(400, "malformed");
        }
    })
    .await;
}

#[tokio::test]
async fn parameters_out_of_range_or_unknown_are_refused() {
    on_both(async |world| {
        for query in ["limit=0", "limit=501"] {
            assert_eq!(world.admin.get(&format!("/records/account?{query}")).await.status, 422, "{query}");
        }
        for query in ["limit=x", "limit=-1", "total=perhaps", "offset=3", "limit=1&limit=2"] {
            world.admin.get(&format!("/records/account?{query}")).await.problem(400, "malformed");
        }
        for path in [
            "/events?after=x",
            "/events?record_id=1",
            "/events?limit=0",
            "/sessions?user_id=me",
            "/search",
            "/search?q=a&limit=0",
        ] {
            let status = world.admin.get(path).await.status;
            assert!(matches!(status, 400 | 422), "{path} {status}");
        }
        let sorted = world.admin.get("/records/account?sort=nothing").await;
        assert_eq!(sorted.status, 422);
    })
    .await;
}

#[tokio::test]
async fn a_path_that_names_nothing_is_not_found() {
    on_both(async |world| {
        let paths = [
            "/records/nothing",
            "/records/account/1",
            "/records/account/00000000-0000-0000-0000-000000000000",
            "/records/account/%00",
            "/records/..%2f..%2fetc/passwd",
            "/files/x",
            "/nothing",
            "/records/deal/x/timeline",
        ];
        for path in paths {
            world.admin.get(path).await.problem(404, "not_found");
        }
        world.admin.post("/events/999999999/revert", &json!({})).await.problem(404, "not_found");
        world.admin.post("/events/x/revert", &json!({})).await.problem(404, "not_found");
        let lead = world.create("lead", json!({"last_name": "A"})).await;
        let act = format!("/records/lead/{}/actions/explode", lead["id"].as_str().unwrap());
        world.admin.post(&act, &json!({})).await.problem(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn a_method_that_a_path_does_not_take_is_told_so() {
    on_both(async |world| {
        let answer = world.admin.put("/records/account", &json!({})).await;
        assert_eq!(answer.header("allow"), "GET,HEAD,POST");
        answer.problem(405, "method_not_allowed");
        let odd = Method::from_bytes(b"BREW").unwrap();
        send(world.admin.request(odd, "/me")).await.problem(405, "method_not_allowed");
    })
    .await;
}

#[tokio::test]
async fn a_version_must_be_one() {
    on_both(async |world| {
        let account = world.create("account", json!({"name": "Acme"})).await;
        let path = format!("/records/account/{}", account["id"].as_str().unwrap());
        for version in ["x", "\"3\"", "\"vx\"", "v", "\"v-\""] {
            let request =
                world.admin.request(Method::PATCH, &path).header("if-match", version).json(&json!({"name": "B"}));
            send(request).await.problem(400, "malformed");
        }
    })
    .await;
}

#[tokio::test]
async fn the_id_of_a_request_is_the_clients_own_if_it_is_fit() {
    on_both(async |world| {
        let nobody = Client::new(world.program);
        let answer = send(nobody.request(Method::GET, "/me").header("x-request-id", "trace-42")).await;
        assert_eq!(answer.problem(401, "unauthenticated")["request_id"], "trace-42");
        let answer = send(nobody.request(Method::GET, "/me").header("x-request-id", "a b")).await;
        assert_ne!(answer.problem(401, "unauthenticated")["request_id"], "a b");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_repeats_an_odd_character_is_kept_for_its_key_too() {
    on_both(async |world| {
        let bulk = json!({"operations": [{"create": {"name": "A"}}, {"create": {"name": "B", "\u{0}": "\u{0}"}}]});
        let request = || world.admin.request(Method::POST, "/records/account/bulk").header("idempotency-key", "nul");
        let first = send(request().json(&bulk)).await;
        assert_eq!((first.status, &first.json["results"][1]["status"]), (200, &json!(422)), "{first:?}");
        let again = send(request().json(&bulk)).await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.bytes, first.bytes);
        assert_eq!(accounts(&world).await, 1);
    })
    .await;
}
