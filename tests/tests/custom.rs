//! What an administrator defines is there at once: in records, queries, forms and the description.

use crate::support::on_both;
use serde_json::{Value as Json, json};

#[tokio::test]
async fn a_field_is_usable_as_soon_as_it_is_defined() {
    on_both(async |world| {
        let admin = &world.admin;
        let field = json!({"name": "segment", "label": "Segment", "type": "select", "options": [
            {"key": "smb", "label": "Small"}, {"key": "ent", "label": "Enterprise"}]});
        let defined = admin.post("/schema/objects/account/fields", &field).await.expect(201);
        assert_eq!(
            (&defined["name"], &defined["label"], &defined["custom"]),
            (&json!("segment"), &json!("Segment"), &json!(true))
        );
        assert_eq!(defined["options"][1]["label"], "Enterprise");
        let account = world.create("account", json!({"name": "Acme", "segment": "ent"})).await;
        assert_eq!(account["segment"], "ent");
        assert_eq!(
            admin.post("/records/account", &json!({"name": "B", "segment": "no"})).await.invalid()[0].0,
            "segment"
        );
        let query = json!({"filter": {"field": "segment", "op": "eq", "value": "ent"}});
        assert_eq!(admin.post("/records/account/query", &query).await.expect(200)["records"][0]["id"], account["id"]);
        let groups = json!({"group": [{"field": "segment"}], "measures": [{"measure": "count"}]});
        assert_eq!(
            admin.post("/records/account/aggregate", &groups).await.expect(200)["groups"][0]["keys"],
            json!(["ent"])
        );
        let document = admin.get("/openapi.json").await.expect(200);
        let schemas = &document["components"]["schemas"];
        assert!(schemas["AccountRecordCreate"]["properties"]["segment"].is_object());

        let path = "/schema/objects/account/fields/segment";
        assert_eq!(admin.patch(path, &json!({"label": "Kind"})).await.expect(200)["label"], "Kind");
        assert!(admin.delete(path).await.expect(204).is_null());
        assert!(world.admin.get("/records/account").await.expect(200)["records"][0].get("segment").is_none());
        assert_eq!(admin.post("/records/account", &json!({"name": "C", "segment": "smb"})).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn an_object_is_usable_as_soon_as_it_is_defined() {
    on_both(async |world| {
        let admin = &world.admin;
        let vessel = json!({"name": "vessel", "label": "Vessel", "plural": "vessels", "plural_label": "Vessels", "fields": [
            {"name": "call_sign", "label": "Call sign", "type": "text", "unique": true},
            {"name": "owner_account_id", "label": "Owner", "type": "reference", "references": "account"},
        ]});
        let defined = admin.post("/schema/objects", &vessel).await.expect(201);
        assert_eq!((&defined["name"], &defined["custom"]), (&json!("vessel"), &json!(true)));
        let account = world.create("account", json!({"name": "Acme Shipping"})).await;
        let made = world.create("vessel", json!({"name": "Titanic", "call_sign": "MGY", "owner_account_id": account["id"]})).await;
        assert_eq!(made["_names"]["owner_account_id"], "Acme Shipping");
        let twice = admin.post("/records/vessel", &json!({"name": "Olympic", "call_sign": "MGY"})).await;
        assert_eq!(twice.invalid(), [("call_sign".to_owned(), "not_unique".to_owned())]);
        let along = json!({"filter": {"any": {"through": "vessels", "filter": {"field": "name", "op": "eq", "value": "titanic"}}}});
        assert_eq!(admin.post("/records/account/query", &along).await.expect(200)["records"][0]["id"], account["id"]);
        let document = admin.get("/openapi.json").await.expect(200);
        assert!(document["paths"]["/api/v1/records/vessel/{id}"]["patch"].is_object());
        let schema = admin.get("/schema").await.expect(200);
        let found = schema["objects"].as_array().unwrap().iter().find(|object| object["name"] == "account").unwrap();
        assert!(found["relations"].as_array().unwrap().iter().any(|relation| relation["object"] == "vessel"));

        let renamed = admin.patch("/schema/objects/vessel", &json!({"label": "Ship"})).await.expect(200);
        assert_eq!(renamed["label"], "Ship");
        admin.delete("/schema/objects/vessel").await.expect(204);
        admin.get("/records/vessel").await.problem(404, "not_found");
        assert!(admin.delete("/schema/objects/account").await.status >= 400);
    })
    .await;
}

#[tokio::test]
async fn a_rule_holds_as_soon_as_it_is_set() {
    on_both(async |world| {
        let rules =
            json!([{"name": "positive", "expression": "annual_revenue >= 0", "message": "Revenue is never negative."}]);
        world.admin.put("/schema/objects/account/rules", &rules).await.expect(200);
        let answer = world.admin.post("/records/account", &json!({"name": "Acme", "annual_revenue": -5})).await;
        let problem = answer.problem(422, "invalid");
        assert_eq!(problem["errors"][0]["message"], "Revenue is never negative.");
        world.create("account", json!({"name": "Acme", "annual_revenue": 5})).await;
        let broken = json!([{"name": "broken", "expression": "no_such_field >", "message": "x"}]);
        assert_eq!(world.admin.put("/schema/objects/account/rules", &broken).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn definitions_are_shown_in_the_persons_language_and_with_their_rights() {
    on_both(async |world| {
        let browser = world.browser("Rolf Rep", &["seller"]).await;
        let object = |schema: &Json, name: &str| {
            schema["objects"].as_array().unwrap().iter().find(|object| object["name"] == name).cloned()
        };
        let schema = browser.get("/schema").await.expect(200);
        let deal = object(&schema, "deal").unwrap();
        assert_eq!(
            (&deal["label"], &deal["rights"]["create"], &deal["rights"]["configure"]),
            (&json!("Deal"), &json!(true), &json!(false))
        );
        browser.patch("/me", &json!({"language": "de"})).await.expect(200);
        let schema = browser.get("/schema").await.expect(200);
        assert_eq!(object(&schema, "account").unwrap()["label"], "Firma");
        let field = json!({"name": "x", "label": "X", "type": "text"});
        browser.post("/schema/objects/deal/fields", &field).await.problem(403, "forbidden");
        browser
            .post("/schema/objects", &json!({"name": "thing", "label": "Thing", "plural_label": "Things"}))
            .await
            .problem(403, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_definition_that_cannot_be_is_refused() {
    on_both(async |world| {
        let fields = [
            json!({}), json!({"name": "Bad Name", "label": "X", "type": "text"}), json!({"name": "x", "label": "X", "type": "nothing"}),
            json!({"name": "name", "label": "X", "type": "text"}), json!({"name": "x_id", "label": "X", "type": "reference", "references": "nothing"}),
            json!({"name": "x", "label": "X", "type": "formula", "formula": "1 +", "result_type": "number"}),
            json!({"name": "x", "label": "X", "type": "select", "options": [{"key": "a", "label": "A"}, {"key": "a", "label": "B"}]}),
        ];
        for field in fields {
            let answer = world.admin.post("/schema/objects/account/fields", &field).await;
            assert!(matches!(answer.status, 409 | 422), "{field}: {answer:?}");
        }
        for object in [json!({"name": "account", "label": "A", "plural_label": "As"}), json!({"name": "1x", "label": "A", "plural_label": "As"}), json!([])] {
            let answer = world.admin.post("/schema/objects", &object).await;
            assert!(matches!(answer.status, 409 | 422), "{object}: {answer:?}");
        }
        world.admin.post("/schema/objects/nothing/fields", &json!({"name": "x", "label": "X", "type": "text"})).await.problem(404, "not_found");
    })
    .await;
}
