//! What a language model is told, and how its answers are read.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

#[path = "../staff/company.rs"]
#[expect(dead_code, reason = "the parser has tests of its own")]
mod company;
mod fuzz;
mod refused;
mod told;

use company::VOCABULARY;
use jiff::tz::TimeZone;
use nlu::Language;
use nlu::llm::{Prompt, Refused};
use nlu::staff::{Meaning, Request};
use serde_json::{Value as Json, json};

fn prompt_after(text: &str, earlier: Option<&Request>) -> Prompt {
    let now = "2017-12-31T12:00:00Z".parse::<jiff::Timestamp>().unwrap().to_zoned(TimeZone::UTC);
    Prompt::new(text, &VOCABULARY, earlier, &now, Language::En)
}

fn prompt(text: &str) -> Prompt {
    prompt_after(text, None)
}

/// The document that the model reads.
fn document(prompt: &Prompt) -> Json {
    serde_json::from_str(prompt.document()).unwrap()
}

/// The handle under which a record is shown.
fn handle(prompt: &Prompt, name: &str) -> String {
    let records = document(prompt)["records"].as_object().unwrap().clone();
    records.into_iter().find(|(_, shown)| shown[1] == name).unwrap_or_else(|| panic!("{name} is not shown")).0
}

/// A question of these parts; the others are empty.
fn question(parts: Json) -> Json {
    let mut answer = json!({
        "kind": "question", "object": "deal", "goes_on": false, "conditions": [], "group": [], "measure": null,
        "sort": [], "greatest_first": null, "top": null,
    });
    for (key, value) in parts.as_object().unwrap() {
        answer[key] = value.clone();
    }
    json!({"answer": answer})
}

fn change(action: &str, object: &str, record: Option<&str>, values: &[(&str, Json)]) -> Json {
    let values: Vec<Json> = values.iter().map(|(field, value)| json!({"field": field, "value": value})).collect();
    json!({"answer": {"kind": "change", "action": action, "object": object, "record": record, "values": values}})
}

/// How an answer is read, in one line.
fn read(prompt: &Prompt, answer: &Json) -> Result<String, Refused> {
    let schema = &VOCABULARY.schema;
    Ok(match prompt.read(&answer.to_string())?.meaning {
        Meaning::Question(request) => request.shown(schema, Language::En),
        Meaning::Change(change) if !change.missing.is_empty() => format!("{}?", change.missing.join(", ")),
        Meaning::Change(change) => change.shown(schema, Language::En),
        _ => "?".to_owned(),
    })
}

#[test]
fn an_answer_is_read_into_what_the_parser_makes() {
    let asked = prompt("anything hot at Cancity that ought to land before spring");
    let cancity = handle(&asked, "Cancity");
    let conditions = json!([
        {"field": "account", "op": "eq", "value": {"record": cancity}},
        {"field": "is_closed", "op": "eq", "value": false},
        {"field": "close_date", "op": "within", "value": {"next": 3, "unit": "month"}},
        {"field": "probability", "op": "ge", "value": 50},
        {"field": "account.industry", "op": "in", "value": ["retail", "software"]},
    ]);
    assert_eq!(
        read(&asked, &question(json!({"conditions": conditions, "sort": [{"field": "amount", "descending": true}], "top": 5}))),
        Ok("Deals · Account is Cancity · Closed is no · Close date in the next 3 months · Probability at least 50 % · \
            Industry is retail or software · greatest first by Amount · first 5"
            .into())
    );
    let parts = json!({
        "conditions": [{"field": "owner", "op": "eq", "value": {"me": true}}],
        "group": [{"field": "close_date", "by": "quarter"}], "measure": {"measure": "sum", "field": "amount"},
        "greatest_first": true, "top": 3,
    });
    assert_eq!(
        read(&asked, &question(parts)),
        Ok("Deals · Owner is me · sum of Amount by quarter of Close date · top 3".into())
    );
    let related = json!({"object": "account", "conditions": [{"none": {"through": "deals", "filter":
        {"or": [{"field": "is_closed", "op": "eq", "value": true}, {"field": "amount", "op": "gt", "value": {"amount": "500", "currency": "EUR"}}]}}}]});
    assert_eq!(
        read(&asked, &question(related)),
        Ok("Accounts · without Deals: Closed is yes or Amount over 500 EUR".into())
    );
    assert_eq!(read(&asked, &json!({"answer": {"kind": "unknown"}})), Ok("?".into()));
}

#[test]
fn a_change_is_read_where_the_persons_own_words_ask_for_one() {
    let asked = prompt("bump 1C1I7A6R up to five grand, it is Won");
    let (deal, won) = (handle(&asked, "Cancity – GTX Pro"), handle(&asked, "Won"));
    let values = [("amount", json!({"amount": "5000", "currency": "USD"})), ("stage", json!({"record": won}))];
    assert_eq!(
        read(&asked, &change("update", "deal", Some(&deal), &values)),
        Ok("Change Deal Cancity – GTX Pro · Amount: 5000 USD · Stage: Won".into())
    );
    let asked = prompt("jot down that I have to ring Hottechi on Tuesday");
    let account = json!({"record": handle(&asked, "Hottechi")});
    let values =
        [("subject", json!("Ring Hottechi")), ("related_id", account), ("due_at", json!("2018-01-02T09:00:00"))];
    assert_eq!(
        read(&asked, &change("create", "task", None, &values)),
        Ok("New Task · Subject: Ring Hottechi · Related to: Hottechi · Due: 2018-01-02T09:00:00".into())
    );
    assert_eq!(read(&asked, &change("create", "task", None, &[("priority", json!("high"))])), Ok("subject?".into()));
    let deleting = prompt("scrap the account Hottechi");
    let record = handle(&deleting, "Hottechi");
    assert_eq!(read(&deleting, &change("delete", "account", Some(&record), &[])), Ok("Delete Account Hottechi".into()));
}

#[test]
fn a_follow_up_goes_on_from_the_question_before() {
    let first = prompt("whatever is alive at Cancity");
    let by = json!([{"field": "account", "op": "eq", "value": {"record": handle(&first, "Cancity")}},
        {"field": "amount", "op": "gt", "value": 10}]);
    let Meaning::Question(earlier) = first.read(&question(json!({"conditions": by})).to_string()).unwrap().meaning
    else {
        panic!()
    };
    let asked = prompt_after("the chunkier ones", Some(&earlier));
    let more = json!([{"field": "amount", "op": "gt", "value": 5000}]);
    let goes_on = |object: &str| question(json!({"object": object, "goes_on": true, "conditions": more}));
    assert_eq!(read(&asked, &goes_on("deal")), Ok("Deals · Account is Cancity · Amount over 5000".into()));
    assert_eq!(read(&asked, &goes_on("account")), Err(Refused::UnknownObject));
    assert!(document(&asked)["before"].as_str().unwrap().contains("Cancity"));
}
