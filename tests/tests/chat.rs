//! The website's chat, as a visitor's browser and an agent's program see it.

mod intents;
mod person;

use crate::support::{Client, Engine, World, binary, on_both, send, serving};
use person::{Person, says};
use reqwest::Method;
use serde_json::{Value as Json, json};
use std::time::Duration;
use uuid::Uuid;

const DELIVERY: &str = "# Delivery\nWe are fast.\n\n## How long it takes\nParcels take two working days. Furniture takes two weeks.\n\n\
                        ## Abroad\nParcels to other countries take a week.\n";
const PASSWORD: &str = "# Password\n\n## Reset a forgotten password\nChoose *Forgot password* on the sign-in page. The link that \
                        you get by e-mail is valid for one hour.\n";

impl World {
    /// The company's website has a chat, and its knowledge base answers two questions.
    async fn website(&self) -> Json {
        for (title, body) in [("Delivery times", DELIVERY), ("Passwords", PASSWORD)] {
            self.article(title, body, json!({})).await;
        }
        let values = json!({"name": "Website", "key": "main", "identity_secret": "0123456789abcdef0123456789abcdef"});
        let widget = self.create("chat_widget", values).await;
        self.knows("How long do parcels take?").await;
        widget
    }

    async fn article(&self, title: &str, body: &str, with: Json) -> Json {
        let mut values = json!({"title": title, "body": body, "status": "published", "slug": title.to_lowercase().replace(' ', "-")});
        with.as_object().unwrap().iter().for_each(|(field, value)| values[field] = value.clone());
        self.create("article", values).await
    }

    /// Waits until the index has what was published: another visitor is answered. On PostgreSQL the program's index
    /// begins with what all other tests have written.
    async fn knows(&self, question: &str) {
        for _ in 0..600 {
            let mut visitor = Person::come(self).await;
            let answer = visitor.ask(question).await;
            if !answer["citation"].is_null() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("nobody answers {question}");
    }

    async fn agent(&self, name: &str) -> Client {
        self.someone(name, &["agent"]).await
    }

    /// What an agent does with the visitor's conversation.
    async fn act(&self, agent: &Client, visitor: &Person, action: &str, input: Json) -> crate::support::Answer {
        let id = visitor.conversation();
        agent.post(&format!("/records/conversation/{id}/actions/{action}"), &input).await
    }
}

#[tokio::test]
async fn a_question_is_answered_with_the_place_where_the_answer_stands() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        let answer = visitor.ask("How long does furniture take?").await;
        assert!(
            answer["text"].as_str().unwrap().starts_with("Parcels take two working days. Furniture takes two weeks."),
            "{answer}"
        );
        let place = format!("/help/c/{}/delivery-times#how-long-it-takes", world.tenant.slug);
        assert_eq!(answer["citation"]["url"], json!(place));
        assert_eq!(answer["choices"][0], json!({"label": "Yes", "value": "helpful:yes"}));
        let thanks = visitor.choose(&answer, "helpful:yes").await;
        assert_eq!(thanks["text"], "Glad to hear that! Is there anything else?");
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_is_not_helped_twice_gets_a_person() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        let answer = visitor.ask("How long do parcels take?").await;
        let again = visitor.choose(&answer, "helpful:no").await;
        assert!(again["text"].as_str().unwrap().contains("other words"), "{again}");
        let answer = visitor.ask("How many days do parcels take?").await;
        let handed = visitor.choose(&answer, "helpful:no").await;
        assert!(handed["text"].as_str().unwrap().contains("T-1001"), "{handed}");
        visitor.becomes("queued").await;
        let gaps = json!({"filter": {"field": "gap", "op": "is_empty", "value": false}});
        let gaps = world.admin.post("/records/bot_turn/query", &gaps).await.expect(200)["records"].clone();
        let gap = gaps.as_array().unwrap().iter().find(|gap| gap["reason"] == "unhelpful").expect("a gap");
        assert_eq!(
            (&gap["heard"], &gap["gap"]),
            (&json!("How many days do parcels take?"), &json!("day mani parcel take"))
        );
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_helps_nobody_is_not_given_any_more() {
    const ASKED_AT_MOST: usize = 80;
    on_both(|world| async move {
        world.website().await;
        let question = "How long does furniture take?";
        for asked in 0..ASKED_AT_MOST {
            let mut visitor = Person::come(&world).await;
            let answer = visitor.ask(question).await;
            if answer["citation"].is_null() {
                assert!(asked > 1, "one customer does not change the bot's mind");
                assert!(answer["text"].as_str().unwrap().contains("Your ticket is T-"), "{answer}");
                return;
            }
            visitor.choose(&answer, "helpful:no").await;
        }
        panic!("after {ASKED_AT_MOST} times no, the bot still answers {question}");
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_a_person_is_told_ticket_and_wait_and_asked_for_an_address_once() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        let handed = visitor.ask("I want to talk to a human").await;
        assert!(handed["text"].as_str().unwrap().contains("Your ticket is T-1001."), "{handed}");
        assert_eq!(handed["form"]["kind"], "details");
        visitor
            .send(json!({"type": "details", "id": Uuid::new_v4(), "name": "Jo Lee", "email": "jo@example.com"}))
            .await;
        visitor.hear("accepted").await;
        let found = world.admin.get(&format!("/records/conversation/{}", visitor.conversation())).await.expect(200);
        assert_eq!((&found["name"], &found["reason"]), (&json!("Jo Lee"), &json!("asked")));
        let ticket =
            world.admin.get(&format!("/records/ticket/{}", found["ticket_id"].as_str().unwrap())).await.expect(200);
        assert_eq!(ticket["origin"], "web_chat");
    })
    .await;
}

#[tokio::test]
async fn the_visitors_language_is_spoken() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        let handed = visitor.ask("Ich möchte bitte mit einem Menschen sprechen").await;
        assert!(handed["text"].as_str().unwrap().contains("Ihr Ticket ist T-1001."), "{handed}");
    })
    .await;
}

#[tokio::test]
async fn several_short_messages_are_one_question() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        visitor.send(says("hi there")).await;
        visitor.send(says("how long do")).await;
        visitor.send(says("parcels take?")).await;
        let answer = visitor.hear_bot().await;
        assert_eq!(answer["citation"]["title"], "Delivery times", "{answer}");
        assert_eq!(answer["sequence"], 4, "one answer to three messages");
    })
    .await;
}

#[tokio::test]
async fn an_agents_answer_comes_in_the_same_window_with_name_and_typing_and_the_bot_is_silent() {
    on_both(|world| async move {
        world.website().await;
        let mia = world.agent("Mia Berg").await;
        let mut visitor = Person::come(&world).await;
        visitor.ask("a human please").await;
        world.act(&mia, &visitor, "take", json!({})).await.expect(200);
        assert_eq!(visitor.becomes("human").await["agent"]["name"], "Mia Berg");
        let signal = format!("/conversations/{}/signal", visitor.conversation());
        mia.post(&signal, &json!({"typing": true})).await.expect(204);
        assert_eq!(visitor.hear("typing").await["author"]["name"], "Mia Berg");
        world.act(&mia, &visitor, "note", json!({"text": "A difficult one."})).await.expect(200);
        visitor.send(says("How long do parcels take?")).await;
        visitor.hear("accepted").await;
        world.act(&mia, &visitor, "reply", json!({"text": "How can I help?"})).await.expect(200);
        let heard = visitor.hear_from("agent").await;
        assert_eq!((&heard["text"], &heard["author"]["name"]), (&json!("How can I help?"), &json!("Mia Berg")));
        let told = visitor.come_again(&world).await;
        let texts: Vec<_> =
            told["messages"].as_array().unwrap().iter().map(|message| message["text"].as_str().unwrap()).collect();
        assert_eq!(texts.last(), Some(&"How can I help?"));
        assert!(!texts.iter().any(|text| text.contains("difficult") || text.contains("two working days")), "{texts:?}");
    })
    .await;
}

#[tokio::test]
async fn each_side_still_sees_after_a_break_how_far_the_other_has_read() {
    on_both(|world| async move {
        world.website().await;
        let mia = world.agent("Mia Berg").await;
        let mut visitor = Person::come(&world).await;
        visitor.ask("a human please").await;
        world.act(&mia, &visitor, "reply", json!({"text": "How can I help?"})).await.expect(200);
        visitor.hear_from("agent").await;
        visitor.send(json!({"type": "read", "sequence": 3})).await;
        let signal = format!("/conversations/{}/signal", visitor.conversation());
        mia.post(&signal, &json!({"read": 1})).await.expect(204);
        let told = visitor.come_again(&world).await;
        assert_eq!(told["agent_read"], 1);
        let path = format!("/records/conversation/{}", visitor.conversation());
        assert_eq!(mia.get(&path).await.expect(200)["visitor_read"], 3);
    })
    .await;
}

#[tokio::test]
async fn who_is_handed_over_is_told_whether_anybody_is_there() {
    on_both(|world| async move {
        world.website().await;
        let handed = Person::come(&world).await.ask("a human please").await;
        assert!(text(&handed).contains("None of us is at their desk right now."), "{handed}");
        world.browser("Mia", &["agent"]).await;
        let handed = Person::come(&world).await.ask("a human please").await;
        assert!(text(&handed).contains("before you.") && !text(&handed).contains("desk"), "{handed}");
    })
    .await;
}

#[tokio::test]
async fn of_two_agents_one_takes_the_conversation_and_the_other_is_told() {
    on_both(|world| async move {
        world.website().await;
        let (mia, tom) = (world.agent("Mia").await, world.agent("Tom").await);
        let mut visitor = Person::come(&world).await;
        visitor.ask("a human please").await;
        let both =
            tokio::join!(world.act(&mia, &visitor, "take", json!({})), world.act(&tom, &visitor, "take", json!({})));
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let told = if both.0.status == 409 { both.0 } else { both.1 };
        assert!(
            told.problem(409, "conflict")["detail"].as_str().unwrap().ends_with("has taken this conversation already.")
        );
    })
    .await;
}

#[tokio::test]
async fn who_comes_back_gets_what_they_missed_and_nothing_twice() {
    on_both(|world| async move {
        world.website().await;
        let mia = world.agent("Mia").await;
        let mut visitor = Person::come(&world).await;
        visitor.ask("a human please").await;
        visitor.leave().await;
        world.act(&mia, &visitor, "reply", json!({"text": "Here I am."})).await.expect(200);
        let ready = visitor.come_back(&world).await;
        let texts: Vec<_> = ready["messages"].as_array().unwrap().iter().map(|message| &message["text"]).collect();
        assert_eq!(texts, ["Here I am."]);
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_again_after_a_break_is_stored_once() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        let message = says("How long do parcels take?");
        visitor.send(message.clone()).await;
        let first = visitor.hear("accepted").await;
        visitor.come_back(&world).await;
        visitor.send(message).await;
        assert_eq!(visitor.hear("accepted").await["sequence"], first["sequence"]);
        let told = visitor.come_again(&world).await;
        let own = told["messages"].as_array().unwrap().iter().filter(|message| message["author"]["kind"] == "visitor");
        assert_eq!(own.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_chat_works_where_sockets_are_blocked() {
    on_both(|world| async move {
        world.website().await;
        let client = Client::new(world.program);
        let hello = |token: &Json, after: i64| json!({"widget": world.tenant.slug, "token": token, "after": after, "language": "en"});
        let exchange = async |hello: Json, frames: Json, wait: u32| {
            client.post("/chat/exchange", &json!({"hello": hello, "frames": frames, "wait": wait})).await.expect(200)["frames"].clone()
        };
        let frames = exchange(hello(&Json::Null, 0), json!([says("How long do parcels take?")]), 10).await;
        let token = frames[0]["token"].clone();
        let mut all = frames.as_array().unwrap().clone();
        while !all.iter().any(|frame| frame["message"]["author"]["kind"] == "bot") {
            let after = all.iter().filter_map(|frame| frame["message"]["sequence"].as_i64()).max().unwrap_or(0);
            let more = exchange(hello(&token, after), json!([]), 10).await;
            let missed = more[0]["messages"].as_array().unwrap().iter().map(|message| json!({"message": message}));
            all.extend(missed.chain(more.as_array().unwrap().iter().skip(1).cloned()));
        }
        let wrong = client.post("/chat/exchange", &json!({"hello": hello(&token, 0), "wait": 600})).await;
        assert_eq!(wrong.invalid(), [("wait".to_owned(), "out_of_range".to_owned())]);
    })
    .await;
}

impl World {
    /// The code in the last mail to this address.
    async fn code(&self, address: &str) -> String {
        let query = json!({"filter": {"field": "to_address", "op": "eq", "value": address}, "sort": [{"field": "created_at", "descending": true}]});
        let mails = self.admin.post("/records/email_message/query", &query).await.expect(200);
        let body = mails["records"][0]["body"].as_str().expect("a mail");
        body.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6).expect("a code").to_owned()
    }

    /// A ticket of a customer's.
    async fn ticket_of(&self, contact: &Json, subject: &str) -> Json {
        self.create("ticket", json!({"subject": subject, "contact_id": contact["id"]})).await
    }
}

/// What a message says.
fn text(message: &Json) -> &str {
    message["text"].as_str().expect("a text")
}

#[tokio::test]
async fn a_customer_who_proves_their_address_is_told_how_their_tickets_stand() {
    on_both(|world| async move {
        world.website().await;
        let jo = world.create("contact", json!({"last_name": "Lee", "email": "jo@example.com"})).await;
        let kim = world.create("contact", json!({"last_name": "Kim", "email": "kim@example.com"})).await;
        world.ticket_of(&jo, "Broken lamp").await;
        world.ticket_of(&kim, "Secret of Kim").await;
        let mut visitor = Person::come(&world).await;
        let asked = visitor.ask("What is the status of my ticket?").await;
        assert!(text(&asked).contains("Which e-mail address"), "{asked}");
        let sent = visitor.ask("it's jo@example.com").await;
        assert!(text(&sent).contains("on its way to jo@example.com"), "{sent}");
        let code = world.code("jo@example.com").await;
        let told = visitor.ask(&format!("{} {}", &code[..3], &code[3..])).await;
        assert!(text(&told).contains("T-1001, Broken lamp: it is new. Nobody has answered it yet."), "{told}");
        assert!(!text(&told).contains("Kim"), "{told}");
        let others = visitor.ask("and where is T-1002?").await;
        assert!(text(&others).starts_with("I find no ticket T-1002 of yours."), "{others}");
        let all = visitor.come_again(&world).await;
        assert_eq!(all["visitor"]["verified"], true);
        assert!(!all["messages"].to_string().contains(&code), "the code is in the transcript");
        let handed = visitor.ask("where is my order 4711?").await;
        assert!(text(&handed).contains("Your ticket is T-1003."), "{handed}");
        let found = world.admin.get(&format!("/records/conversation/{}", visitor.conversation())).await.expect(200);
        assert_eq!((&found["contact_id"], &found["reason"]), (&jo["id"], &json!("account")));
    })
    .await;
}

#[tokio::test]
async fn whose_address_is_a_customers_cannot_be_found_out() {
    on_both(|world| async move {
        world.website().await;
        world.create("contact", json!({"last_name": "Lee", "email": "jo@example.com"})).await;
        let mut told = Vec::new();
        for address in ["jo@example.com", "no@example.com"] {
            let mut visitor = Person::come(&world).await;
            visitor.ask("What is the status of my ticket?").await;
            let sent = visitor.ask(address).await;
            told.push((text(&sent).replace(address, ""), sent["choices"].clone(), world.code(address).await.len()));
        }
        assert_eq!(told[0], told[1]);
    })
    .await;
}

#[tokio::test]
async fn who_cannot_show_the_code_is_offered_a_person_who_knows_what_was_asked() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        visitor.ask("Where is my order 4711?").await;
        visitor.ask("jo@example.com").await;
        let code = world.code("jo@example.com").await;
        let wrong = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
        assert!(text(&visitor.ask(&wrong).await).contains("try it again (2)"));
        visitor.ask(&wrong).await;
        let ended = visitor.ask(&wrong).await;
        assert!(text(&ended).contains("not good any more"), "{ended}");
        let again = visitor.choose(&ended, "code:new").await;
        assert!(text(&again).contains("on its way to jo@example.com"), "{again}");
        let handed = visitor.choose(&again, "person").await;
        assert!(text(&handed).contains("Your ticket is T-1001."), "{handed}");
        let found = world.admin.get(&format!("/records/conversation/{}", visitor.conversation())).await.expect(200);
        assert_eq!(found["packet"]["question"], "Where is my order 4711?");
        assert!(found["contact_id"].is_null(), "nothing was proven");
    })
    .await;
}

#[tokio::test]
async fn who_gives_no_address_or_asks_something_else_meanwhile_is_not_stuck() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        visitor.ask("Where is my order?").await;
        assert!(text(&visitor.ask("jo@example").await).contains("does not look like"));
        let answer = visitor.ask("How long do parcels take?").await;
        assert_eq!(answer["citation"]["title"], "Delivery times");
        visitor.ask("Where is my order?").await;
        let offered = visitor.ask("no").await;
        assert!(text(&offered).contains("Without a code"), "{offered}");
        assert!(text(&visitor.ask("yes please").await).contains("Your ticket is T-"));
    })
    .await;
}

#[tokio::test]
async fn whom_the_website_knows_needs_no_code() {
    on_both(|world| async move {
        world.website().await;
        let jo = world.create("contact", json!({"last_name": "Lee", "email": "jo@example.com"})).await;
        world.ticket_of(&jo, "Broken lamp").await;
        let widget = world.crm.chat_widget(&world.tenant.slug).await.unwrap();
        let later = world.crm.now() + Duration::from_secs(600);
        let proof = bots::web_chat::signed(&widget, "17", "jo@example.com", "Jo Lee", later).unwrap();
        let (mut visitor, _) = Person::arrive(&world, json!({"identity": proof})).await;
        let told = visitor.ask("Any news on T-1001?").await;
        assert!(text(&told).starts_with("T-1001, Broken lamp: it is new."), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_number_alone_makes_no_question_one_about_the_customers_own() {
    on_both(|world| async move {
        world.website().await;
        let answer = Person::come(&world).await.ask("What does error E4711 mean?").await;
        assert!(!text(&answer).contains("your own account"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn a_published_article_answers_and_a_withdrawn_one_does_not() {
    on_both(|world| async move {
        world.website().await;
        let text = "# Opening hours\nThe warehouse is open from nine to five on Saturdays.\n";
        let article = world.article("Opening hours", text, json!({"status": "draft"})).await;
        let question = "When is the warehouse open on Saturdays?";
        assert!(Person::come(&world).await.ask(question).await["citation"].is_null(), "a draft");
        let path = format!("/records/article/{}", article["id"].as_str().unwrap());
        world.admin.patch(&path, &json!({"status": "published"})).await.expect(200);
        world.knows(question).await;
        world.admin.patch(&path, &json!({"status": "draft"})).await.expect(200);
        assert!(Person::come(&world).await.ask(question).await["citation"].is_null(), "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn internal_articles_and_those_of_another_company_answer_no_customer() {
    on_both(|world| async move {
        world.website().await;
        let other = world.other().await;
        let text = "# Refunds\nRefunds above five hundred euros need a signature of the manager.\n";
        world.article("Refund approval", text, json!({"visibility": "internal"})).await;
        other.article("Refund approval", text, json!({})).await;
        other.create("chat_widget", json!({"name": "Website", "key": "main"})).await;
        other.knows("Which refunds need a signature of the manager?").await;
        let answer = Person::come(&world).await.ask("Which refunds need a signature of the manager?").await;
        assert!(answer["citation"].is_null() && !answer["text"].as_str().unwrap().contains("signature"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn markup_in_messages_stays_text() {
    on_both(|world| async move {
        world.website().await;
        let mia = world.user("Mia", &["agent"]).await;
        let named = world.admin.patch(&format!("/records/user/{mia}"), &json!({"name": "<b>Mia</b>"})).await;
        named.expect(200);
        let mia = world.key_of(mia, &["read", "write"]).await;
        let mut visitor = Person::come(&world).await;
        let text = "<script>alert(1)</script> a human please";
        visitor.send(says(text)).await;
        visitor.hear_bot().await;
        world.act(&mia, &visitor, "reply", json!({"text": "<img src=x onerror=alert(1)>"})).await.expect(200);
        let heard = visitor.hear_from("agent").await;
        assert_eq!(heard["text"], "<img src=x onerror=alert(1)>");
        assert_eq!(heard["author"]["name"], "<b>Mia</b>");
    })
    .await;
}

#[tokio::test]
async fn a_website_proves_who_its_visitor_is_and_a_forged_proof_proves_nothing() {
    on_both(|world| async move {
        world.website().await;
        let contact = world.create("contact", json!({"last_name": "Lee", "email": "jo@example.com"})).await;
        let widget = world.crm.chat_widget(&world.tenant.slug).await.unwrap();
        let later = world.crm.now() + Duration::from_secs(600);
        let proof = bots::web_chat::signed(&widget, "17", "jo@example.com", "Jo Lee", later).unwrap();
        let (mut known, ready) = Person::arrive(&world, json!({"identity": proof})).await;
        assert_eq!(ready["visitor"]["verified"], true);
        known.ask("a human please").await;
        let conversation =
            world.admin.get(&format!("/records/conversation/{}", known.conversation())).await.expect(200);
        assert_eq!(conversation["contact_id"], contact["id"]);

        let stranger = crm_core::desk::Widget {
            identity_secret: Some("another secret of enough characters".into()),
            ..widget.clone()
        };
        let forged = bots::web_chat::signed(&stranger, "17", "jo@example.com", "Jo Lee", later).unwrap();
        let ended = world.crm.now() - Duration::from_secs(600);
        let ended = bots::web_chat::signed(&widget, "17", "jo@example.com", "Jo", ended).unwrap();
        for identity in [forged, ended, "nonsense".to_owned()] {
            let (_, ready) = Person::arrive(&world, json!({"identity": identity, "token": known.token})).await;
            assert_eq!(ready["visitor"]["verified"], false);
            assert!(ready["conversation"].is_null() && ready["messages"] == json!([]), "{ready}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_customer_at_the_same_browser_does_not_see_what_the_first_said() {
    on_both(|world| async move {
        world.website().await;
        let widget = world.crm.chat_widget(&world.tenant.slug).await.unwrap();
        let later = world.crm.now() + Duration::from_secs(600);
        let proof =
            |who: &str| bots::web_chat::signed(&widget, who, &format!("{who}@example.com"), who, later).unwrap();
        let (mut first, ready) = Person::arrive(&world, json!({"identity": proof("jo")})).await;
        first.ask("a human please, my secret is 42").await;
        let (_, second) = Person::arrive(&world, json!({"token": ready["token"], "identity": proof("kim")})).await;
        assert_ne!(second["token"], ready["token"]);
        assert!(second["conversation"].is_null() && second["messages"] == json!([]), "{second}");
    })
    .await;
}

#[tokio::test]
async fn a_token_of_another_website_is_nobody() {
    on_both(|world| async move {
        world.website().await;
        world.create("chat_widget", json!({"name": "Shop", "key": "shop"})).await;
        let mut visitor = Person::come(&world).await;
        visitor.ask("a human please").await;
        let shop = format!("{}.shop", world.tenant.slug);
        let (_, ready) = Person::arrive(&world, json!({"widget": shop, "token": visitor.token})).await;
        assert!(ready["conversation"].is_null() && ready["token"] != json!(visitor.token), "{ready}");
    })
    .await;
}

#[tokio::test]
async fn a_flood_is_refused_and_told_when_to_go_on() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        for _ in 0..15 {
            visitor.send(says("How long do parcels take?")).await;
        }
        let refused = visitor.hear("refused").await;
        assert_eq!(refused["code"], "rate_limited");
        assert!(refused["retry_after"].as_i64().unwrap() > 0 && !refused["id"].is_null(), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_the_connection_goes_on() {
    on_both(|world| async move {
        world.website().await;
        let mut visitor = Person::come(&world).await;
        visitor.send_text("no json").await;
        assert_eq!(visitor.hear("refused").await["code"], "malformed");
        visitor.send(json!({"type": "dance"})).await;
        assert_eq!(visitor.hear("refused").await["code"], "malformed");
        visitor.send(says(&"x".repeat(4_001))).await;
        assert_eq!(visitor.hear("refused").await["code"], "too_long");
        visitor.send(json!({"type": "rate", "id": Uuid::new_v4(), "stars": 9})).await;
        assert_eq!(visitor.hear("refused").await["code"], "out_of_range");
        assert!(!visitor.ask("How long do parcels take?").await["citation"].is_null());
    })
    .await;
}

#[tokio::test]
async fn a_file_goes_with_a_message_and_no_other_visitor_can_fetch_it() {
    on_both(|world| async move {
        world.website().await;
        let (mut one, mut two) = (Person::come(&world).await, Person::come(&world).await);
        one.ask("a human please").await;
        two.ask("a human please").await;
        let client = Client::new(world.program);
        let picture = || {
            let part = reqwest::multipart::Part::bytes(b"\x89PNG\r\n\x1a\n picture".to_vec()).file_name("screen.png");
            reqwest::multipart::Form::new().part("file", part.mime_str("image/png").unwrap())
        };
        let upload = client.request(Method::POST, "/chat/files").bearer_auth(&one.token).multipart(picture());
        let file = send(upload).await.expect(201);
        assert_eq!(file["media_type"], "image/png");
        let mut message = says("look");
        message["attachments"] = json!([file["id"]]);
        one.send(message.clone()).await;
        one.hear("accepted").await;
        let path = format!("/chat/files/{}", file["id"].as_str().unwrap());
        let fetch = |token: &str| send(client.request(Method::GET, &path).bearer_auth(token));
        assert_eq!(fetch(&one.token).await.status, 200);
        fetch(&two.token).await.problem(404, "not_found");
        message["id"] = json!(Uuid::new_v4());
        two.send(message).await;
        assert_eq!(two.hear("refused").await["code"], "not_found");
        let script =
            reqwest::multipart::Part::bytes(b"<script>".to_vec()).file_name("x.html").mime_str("text/html").unwrap();
        let form = reqwest::multipart::Form::new().part("file", script);
        let refused = send(client.request(Method::POST, "/chat/files").bearer_auth(&one.token).multipart(form)).await;
        refused.problem(415, "unsupported_media_type");
        let first = client.request(Method::POST, "/chat/files").bearer_auth(&Person::come(&world).await.token);
        send(first.header("x-parley-widget", &world.tenant.slug).multipart(picture())).await.expect(201);
        let stranger = client.request(Method::POST, "/chat/files").bearer_auth("pv_guess");
        send(stranger.multipart(picture())).await.problem(401, "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn files_and_first_words_sent_at_once_are_of_one_visitor() {
    on_both(|world| async move {
        world.website().await;
        let before = visitors(&world).await;
        let mut person = Person::come(&world).await;
        let (client, token) = (Client::new(world.program), person.token.clone());
        let upload = |text: &str| {
            let part = reqwest::multipart::Part::text(text.to_owned()).file_name("log.txt");
            let form = reqwest::multipart::Form::new().part("file", part.mime_str("text/plain").unwrap());
            let request = client.request(Method::POST, "/chat/files").bearer_auth(&token);
            send(request.header("x-parley-widget", &world.tenant.slug).multipart(form))
        };
        let (one, two, ()) = tokio::join!(upload("one"), upload("two"), person.send(says("a human please")));
        let files = [one.expect(201), two.expect(201)];
        assert_eq!(person.hear("accepted").await["sequence"], 1);
        let mut message = says("these are the logs");
        message["attachments"] = json!([files[0]["id"], files[1]["id"]]);
        person.send(message).await;
        person.hear("accepted").await;
        assert_eq!(visitors(&world).await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn who_sends_a_file_before_their_first_words_says_them_as_the_same_visitor() {
    on_both(|world| async move {
        world.website().await;
        let mut person = Person::come(&world).await;
        let part = reqwest::multipart::Part::text("log").file_name("log.txt").mime_str("text/plain").unwrap();
        let client = Client::new(world.program);
        let upload = client.request(Method::POST, "/chat/files").bearer_auth(&person.token);
        let upload = upload.header("x-parley-widget", &world.tenant.slug);
        let file = send(upload.multipart(reqwest::multipart::Form::new().part("file", part))).await.expect(201);
        let mut message = says("what is wrong here?");
        message["attachments"] = json!([file["id"]]);
        person.send(message).await;
        assert_eq!(person.hear("accepted").await["sequence"], 1);
    })
    .await;
}

/// How many visitors are stored.
async fn visitors(world: &World) -> i64 {
    let found = world.admin.post("/records/visitor/query", &json!({"limit": 1, "total": true})).await.expect(200);
    found["total"].as_i64().unwrap()
}

#[tokio::test]
async fn only_who_may_answer_customers_hears_what_happens_in_conversations() {
    on_both(|world| async move {
        let viewer = world.someone("Vera", &["viewer"]).await;
        viewer.get("/conversations/signals").await.problem(403, "forbidden");
        let id = Uuid::nil();
        viewer.post(&format!("/conversations/{id}/signal"), &json!({"typing": true})).await.problem(403, "forbidden");
        let agent = world.agent("Mia").await;
        agent.post(&format!("/conversations/{id}/signal"), &json!({"typing": true})).await.problem(404, "not_found");
    })
    .await;
}

/// A program that is killed while a customer waits for its answer.
async fn survives(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let database_url = engine.database_url(folder.path());
    let (crm, tenant, key) = World::company(&database_url).await;
    let slug = crm.company(tenant).await.unwrap().slug.clone();
    let (mut program, url) = serving(&binary(), folder.path(), &database_url);
    let admin = Client::at(&url).key(&key);
    admin.post("/records/chat_widget", &json!({"name": "Website", "key": "main"})).await.expect(201);
    let mut visitor = Person::at(&url, json!({"widget": slug})).await.0;
    // The bot waits whether more comes after so few words: it is killed before it has answered.
    visitor.send(says("a question")).await;
    visitor.hear("accepted").await;
    program.kill().unwrap();
    program.wait().unwrap();

    let (mut program, url) = serving(&binary(), folder.path(), &database_url);
    let hello = json!({"widget": slug, "token": visitor.token});
    let (mut visitor, ready) = Person::at(&url, hello).await;
    let first = &ready["messages"][0];
    assert_eq!(first["text"], "a question");
    let answered = ready["messages"].as_array().unwrap().len() > 1;
    if !answered {
        visitor.hear_bot().await;
    }
    program.kill().unwrap();
    program.wait().unwrap();
}

#[tokio::test]
async fn on_sqlite_a_kill_loses_no_message_and_the_bot_answers_afterwards() {
    survives(Engine::Sqlite).await;
}

#[tokio::test]
async fn on_postgresql_a_kill_loses_no_message_and_the_bot_answers_afterwards() {
    survives(Engine::Postgres).await;
}
