//! The company's own intents: taught by examples, trained, tested, and used by the bot.

use super::person::Person;
use crate::support::{Client, Engine, Program, World, on_both};
use serde_json::{Value as Json, json};

const DEMO: [&str; 6] = [
    "Can I see a demo of your products?",
    "I'd like to book a demo",
    "Could somebody show us how it works?",
    "We would like a live demonstration",
    "Is there a demo that we could watch?",
    "I want to see the product in action",
];
const QUOTE: [&str; 6] = [
    "I need a quote for ten chairs",
    "Can you send us an offer?",
    "Do you give a volume discount?",
    "We would like a price for 50 tables",
    "Please make us an offer for a sofa",
    "Who can give me a quotation?",
];
const ORDERS: [&str; 6] = [
    "How long do parcels take?",
    "How do I reset my password?",
    "When does my parcel arrive?",
    "Do you deliver abroad?",
    "I forgot my password",
    "How long does a delivery take?",
];
const SHOWN: &str = "Choose a time at shop.example/demo.";

impl World {
    /// An intent with sentences to learn from.
    async fn intent(&self, name: &str, doing: Json, sentences: &[&str]) -> Json {
        let mut values = doing;
        values["name"] = json!(name);
        let intent = self.create("intent", values).await;
        self.sentences(&intent, sentences, false).await;
        intent
    }

    async fn sentences(&self, intent: &Json, sentences: &[&str], is_test: bool) {
        for sentence in sentences {
            let values = json!({"sentence": sentence, "intent_id": intent["id"], "is_test": is_test});
            self.create("intent_example", values).await;
        }
    }

    /// Three intents: one that is answered, one for people, one for the knowledge base.
    async fn teaches(&self) -> [Json; 3] {
        [
            self.intent(
                "Demo",
                json!({"action": "answer", "answer_en": SHOWN, "answer_de": "Wählen Sie eine Zeit."}),
                &DEMO,
            )
            .await,
            self.intent("Quote", json!({"action": "hand_over"}), &QUOTE).await,
            self.intent("Orders", json!({"action": "look_up"}), &ORDERS).await,
        ]
    }

    async fn trains(&self) -> Json {
        self.admin.post("/intents/train", &json!({})).await.expect(201)
    }

    async fn understands(&self, text: &str) -> Json {
        self.admin.post("/intents/understand", &json!({"text": text})).await.expect(200)
    }

    async fn last_turn(&self, visitor: &Person) -> Json {
        let query = json!({
            "filter": {"field": "conversation_id", "op": "eq", "value": visitor.conversation()},
            "sort": [{"field": "sequence", "descending": true}], "limit": 1,
        });
        self.admin.post("/records/bot_turn/query", &query).await.expect(200)["records"][0].clone()
    }

    async fn versions(&self) -> Vec<Json> {
        let query = json!({"sort": [{"field": "number"}]});
        let page = self.admin.post("/records/intent_model/query", &query).await.expect(200);
        page["records"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn what_a_company_taught_is_answered_from_the_next_question_on() {
    on_both(|world| async move {
        world.website().await;
        let [demo, ..] = world.teaches().await;
        let mut before = Person::come(&world).await;
        let lost = before.ask("We would love to see a demo of the product").await;
        assert!(!lost["text"].as_str().unwrap().contains(SHOWN), "nothing was learnt yet: {lost}");

        let version = world.trains().await;
        assert_eq!((&version["number"], &version["in_use"]), (&json!(1), &json!(true)), "{version}");
        assert_eq!((&version["intents"], &version["examples"]), (&json!(3), &json!(18)), "{version}");

        let mut visitor = Person::come(&world).await;
        let answer = visitor.ask("We would love to see a demo of the product").await;
        assert_eq!(answer["text"], json!(format!("{SHOWN}\n\nDid this help?")), "{answer}");
        visitor.choose(&answer, "helpful:yes").await;
        let turns = json!({"filter": {"field": "own_intent_id", "op": "eq", "value": demo["id"]}});
        let turns = world.admin.post("/records/bot_turn/query", &turns).await.expect(200)["records"].clone();
        assert_eq!(
            (&turns[0]["intent_version"], &turns[0]["decided"], &turns[0]["helpful"]),
            (&json!(1), &json!("answered"), &json!(true)),
            "{turns}"
        );

        let mut german = Person::come(&world).await;
        german.ask("Hallo, guten Tag").await;
        let answer = german.ask("Ich möchte gern a demo of the product").await;
        assert!(answer["text"].as_str().unwrap().starts_with("Wählen Sie eine Zeit."), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn an_intent_for_people_goes_to_its_team_with_what_was_understood() {
    on_both(|world| async move {
        world.website().await;
        let [_, quote, _] = world.teaches().await;
        let sales = world.create("team", json!({"name": "Sales desk"})).await;
        let path = format!("/records/intent/{}", quote["id"].as_str().unwrap());
        let values = json!({"team_id": sales["id"], "answer_en": "Our sales desk makes you an offer."});
        world.admin.patch(&path, &values).await.expect(200);
        world.trains().await;
        let mut visitor = Person::come(&world).await;
        let handed = visitor.ask("Please send me an offer for twenty tables").await;
        assert!(handed["text"].as_str().unwrap().starts_with("Our sales desk makes you an offer. Your ticket is T-"));
        visitor.becomes("queued").await;
        let path = format!("/records/conversation/{}", visitor.conversation());
        let conversation = world.admin.get(&path).await.expect(200);
        assert_eq!((&conversation["team_id"], &conversation["reason"]), (&sales["id"], &json!("intent")));
        let packet = &conversation["packet"]["intent"];
        assert_eq!((&packet["name"], &packet["version"]), (&json!("Quote"), &json!(1)), "{conversation}");
    })
    .await;
}

#[tokio::test]
async fn people_anger_small_talk_and_better_articles_go_before_an_intent() {
    on_both(|world| async move {
        world.website().await;
        world.teaches().await;
        world.trains().await;
        let mut visitor = Person::come(&world).await;
        let hello = visitor.ask("Hello").await;
        assert!(hello["text"].as_str().unwrap().starts_with("Hello!"), "{hello}");
        let delivery = visitor.ask("How long does furniture take?").await;
        assert!(!delivery["citation"].is_null(), "the knowledge base answers what is its own: {delivery}");
        assert!(world.last_turn(&visitor).await["own_intent_id"].is_null());
        let person = visitor.ask("I don't want a demo, I want to talk to a human").await;
        assert!(person["text"].as_str().unwrap().starts_with("Of course."), "{person}");
        let mut angry = Person::come(&world).await;
        let upset = angry.ask("THIS IS A DAMN OUTRAGE, your stupid demo is useless!!!").await;
        assert!(!upset["text"].as_str().unwrap().contains(SHOWN), "{upset}");
    })
    .await;
}

#[tokio::test]
async fn an_intent_shows_its_article_or_asks_back_once() {
    on_both(|world| async move {
        world.website().await;
        let articles = json!({"filter": {"field": "title", "op": "eq", "value": "Passwords"}});
        let article = world.admin.post("/records/article/query", &articles).await.expect(200)["records"][0].clone();
        world.intent("Demo", json!({"action": "article", "article_id": article["id"]}), &DEMO).await;
        world.intent("Quote", json!({"action": "ask", "answer_en": "For how many pieces?"}), &QUOTE).await;
        world.trains().await;
        let mut visitor = Person::come(&world).await;
        let shown = visitor.ask("I would like to book a demo of your products").await;
        assert!(shown["text"].as_str().unwrap().starts_with("Our page “Passwords” is about that."), "{shown}");
        assert!(shown["citation"]["url"].as_str().unwrap().ends_with("/passwords"), "{shown}");
        let asked = visitor.ask("Please make us an offer for tables").await;
        assert_eq!(asked["text"], "For how many pieces?");
        let next = visitor.ask("An offer for 50 tables please").await;
        assert_ne!(next["text"], "For how many pieces?", "nobody is asked the same twice");
    })
    .await;
}

#[tokio::test]
async fn a_sentence_is_explained_by_its_words() {
    on_both(|world| async move {
        let nothing = world.understands("Can I see a demo?").await;
        assert_eq!((&nothing["version"], &nothing["intent"]), (&Json::Null, &Json::Null));
        let [demo, ..] = world.teaches().await;
        world.trains().await;
        let understood = world.understands("Can I see a demo please?").await;
        assert_eq!((&understood["intent"], &understood["sure"]), (&demo["id"], &json!(true)), "{understood}");
        let strongest = understood["because"].as_array().unwrap().iter();
        let strongest =
            strongest.max_by(|a, b| a["weight"].as_f64().unwrap().total_cmp(&b["weight"].as_f64().unwrap()));
        assert_eq!(strongest.unwrap()["word"], "demo", "{understood}");
        let foreign = world.understands("The quick brown fox jumps over the lazy dog").await;
        assert_eq!(foreign["sure"], false, "{foreign}");
        let path = format!("/records/intent/{}", demo["id"].as_str().unwrap());
        world.admin.patch(&path, &json!({"is_active": false})).await.expect(200);
        assert_eq!(world.understands("Can I see a demo please?").await["sure"], false, "it is switched off");
        let long = json!({"text": "demo ".repeat(101)});
        world.admin.post("/intents/understand", &long).await.problem(422, "invalid");
    })
    .await;
}

#[tokio::test]
async fn too_few_examples_are_refused_with_what_is_missing() {
    on_both(|world| async move {
        let none = world.admin.post("/intents/train", &json!({})).await;
        assert!(none.problem(409, "conflict")["detail"].as_str().unwrap().contains("At least two active intents"));
        world.intent("Demo", json!({"answer_en": SHOWN}), &DEMO).await;
        let few = world.intent("Quote", json!({"action": "hand_over"}), &QUOTE[..2]).await;
        let refused = world.admin.post("/intents/train", &json!({})).await;
        let detail = refused.problem(409, "conflict")["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with("“Quote” has too few examples: 2, and 3 are needed"), "{detail}");
        world.sentences(&few, &QUOTE[2..], false).await;
        world.trains().await;
        let silent = world.admin.post("/records/intent", &json!({"name": "Silent"})).await;
        assert_eq!(silent.problem(422, "invalid")["errors"][0]["field"], "answer_en");
    })
    .await;
}

#[tokio::test]
async fn a_version_that_fails_a_test_waits_for_the_administrator_and_an_older_one_can_be_used_again() {
    on_both(|world| async move {
        let [demo, quote, _] = world.teaches().await;
        world.sentences(&demo, &["Can we watch a demo?"], true).await;
        let first = world.trains().await;
        assert_eq!((&first["in_use"], &first["tests_passed"]), (&json!(true), &json!(1)), "{first}");
        // The same words get the other meaning.
        let query = json!({"filter": {"field": "intent_id", "op": "eq", "value": demo["id"]}});
        let examples = world.admin.post("/records/intent_example/query", &query).await.expect(200)["records"].clone();
        for example in examples.as_array().unwrap().iter().filter(|example| example["is_test"] == false) {
            let path = format!("/records/intent_example/{}", example["id"].as_str().unwrap());
            world.admin.patch(&path, &json!({"intent_id": quote["id"]})).await.expect(200);
        }
        world.sentences(&demo, &["Where do you live?", "What is your address?", "Where is your office?"], false).await;
        let second = world.trains().await;
        assert_eq!((&second["in_use"], &second["tests_passed"]), (&json!(false), &json!(0)), "{second}");
        let failure = &second["figures"]["failures"][0];
        assert_eq!((&failure["sentence"], &failure["is_new"]), (&json!("Can we watch a demo?"), &json!(true)));
        assert_eq!(world.understands("Can I see a demo?").await["name"], "Demo", "the first is still in use");

        for (number, meant) in [(2, "Quote"), (1, "Demo")] {
            let version = world.versions().await.into_iter().find(|version| version["number"] == number).unwrap();
            let path = format!("/records/intent_model/{}/actions/use", version["id"].as_str().unwrap());
            world.admin.post(&path, &json!({})).await.expect(200);
            assert_eq!(world.understands("Can I see a demo?").await["name"], meant);
            let used: Vec<Json> =
                world.versions().await.into_iter().filter(|version| version["in_use"] == true).collect();
            assert_eq!((used.len(), &used[0]["number"]), (1, &json!(number)));
        }
        let made = world.admin.post("/records/intent_model", &json!({"name": "Mine"})).await;
        made.problem(409, "conflict");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_train_does_not_and_other_companies_have_their_own() {
    on_both(|world| async move {
        let [demo, ..] = world.teaches().await;
        let version = world.trains().await;
        let used = format!("/records/intent_model/{}/actions/use", version["id"].as_str().unwrap());
        let intent = format!("/records/intent/{}", demo["id"].as_str().unwrap());
        for (name, role, may_read, may_train) in [
            ("Ed", "editor", 200, 201),
            ("Agnes", "agent", 200, 403),
            ("Vic", "viewer", 200, 403),
            ("Sal", "seller", 403, 403),
        ] {
            let someone: Client = world.someone(name, &[role]).await;
            let understood = someone.post("/intents/understand", &json!({"text": "a demo"})).await;
            assert_eq!(understood.status, may_read, "{role}");
            assert_eq!(someone.post("/intents/train", &json!({})).await.status, may_train, "{role}");
            let found = someone.get(&intent).await.status;
            assert_eq!(found, if may_read == 200 { 200 } else { 404 }, "{role}");
            if may_train == 403 {
                assert_ne!(someone.patch(&intent, &json!({"name": "Mine"})).await.status, 200, "{role}");
                assert_ne!(someone.post(&used, &json!({})).await.status, 200, "{role}");
            }
        }
        let other = world.other().await;
        assert_eq!(other.understands("Can I see a demo?").await["version"], Json::Null);
        other.admin.post(&used, &json!({})).await.problem(404, "not_found");
        other.admin.get(&intent).await.problem(404, "not_found");
    })
    .await;
}

#[tokio::test]
async fn another_node_goes_by_the_new_version_from_its_next_question_on() {
    let (one, other) = (Program::start(Engine::Postgres, &[]), Program::start(Engine::Postgres, &[]));
    let (_, _, key) = World::company(&one.database_url).await;
    let (here, there) = (Client::new(&one).key(&key), Client::new(&other).key(&key));
    for (name, sentences) in [("Demo", DEMO), ("Quote", QUOTE)] {
        let values = json!({"name": name, "answer_en": name});
        let intent = here.post("/records/intent", &values).await.expect(201);
        for sentence in sentences {
            let values = json!({"sentence": sentence, "intent_id": intent["id"]});
            here.post("/records/intent_example", &values).await.expect(201);
        }
    }
    let text = json!({"text": "Can I see a demo?"});
    assert_eq!(there.post("/intents/understand", &text).await.expect(200)["version"], Json::Null);
    for number in 1..=2 {
        here.post("/intents/train", &json!({})).await.expect(201);
        for node in [&there, &here] {
            assert_eq!(node.post("/intents/understand", &text).await.expect(200)["version"], number);
        }
    }
}
