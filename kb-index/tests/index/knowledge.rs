//! Answers from the articles of a database, on both engines: to whom they may be told, as soon as they are published,
//! with the place where they stand.

use crate::support::{World, map, on_both};
use crm_core::identity::NewTenant;
use crm_core::{Actor, Command, Record, Surface};
use kb_index::{Answer, Question};
use serde_json::json;
use std::time::{Duration, Instant};
use uuid::Uuid;

const RETURNS: &str = "# Returns\nWe want you to be happy.\n\n## How long\nYou can return goods within **30 days**. \
                       Keep the box.\n\n## Refunds\nThe refund arrives on the same [card](/pay) after a week.\n";

impl World {
    pub(crate) async fn article(&self, title: &str, body: &str, other: serde_json::Value) -> Record {
        let mut values = json!({"title": title, "body": body, "status": "published"});
        values.as_object_mut().unwrap().extend(map(other));
        self.create(&self.admin, "article", values).await
    }

    pub(crate) async fn visitor(&self) -> Actor {
        self.crm.visitor(self.tenant.id, Uuid::new_v4(), Surface::WebChat).await.unwrap()
    }

    pub(crate) async fn answer(&self, actor: &Actor, text: &str) -> Answer {
        self.search.answer(&self.crm, actor, Question { text, earlier: None }, 5).await.unwrap()
    }

    /// Waits until a question is answered from the article of this title, or from none.
    pub(crate) async fn answers(&self, actor: &Actor, text: &str, title: Option<&str>) -> Answer {
        let began = Instant::now();
        loop {
            let answer = self.answer(actor, text).await;
            if answer.passages.first().map(|passage| passage.title.as_str()) == title {
                return answer;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{text}: {answer:?} instead of {title:?}");
            // The index follows in its own time; there is no event of that.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn said(answer: &Answer) -> Vec<&str> {
    answer.sentences.iter().map(|sentence| sentence.text.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_with_the_sentences_and_the_place_where_they_stand() {
    on_both(|world| async move {
        let article = world.article("Returns", RETURNS, json!({"slug": "returns"})).await;
        world.article("Delivery", "Parcels take two days.", json!({})).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "parcels", Some("Delivery")).await;
        let answer = world.answers(&visitor, "Within how many days can I return the goods?", Some("Returns")).await;
        assert_eq!(said(&answer), ["You can return goods within 30 days.", "Keep the box."]);
        let cited = &answer.passages[0];
        assert_eq!((cited.article, cited.slug.as_str(), cited.anchor.as_str()), (article.id, "returns", "how-long"));
        assert_eq!(cited.headings, ["How long"]);
        assert_eq!(&RETURNS[answer.sentences[0].span.clone()], "You can return goods within **30 days**.");
        assert!(RETURNS[cited.span.clone()].ends_with("Keep the box."));
        assert!(answer.confident, "{answer:?}");
        let unsure = world.answer(&visitor, "What do penguins eat for breakfast on Sundays?").await;
        assert!(!unsure.confident && unsure.confidence < 0.2, "{unsure:?}");
        assert!(world.answer(&visitor, "?!").await.passages.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_a_table_answers_with_what_stands_above_its_columns() {
    const WARRANTY: &str = "## How long\nIt depends on the product.\n\n| Product | Warranty | Service |\n| --- | --- | --- |\n\
                            | GTX Basic | 12 months | by post |\n| GTX Pro | 36 months. From the day of delivery. | on site |\n";
    on_both(|world| async move {
        world.article("Warranty", WARRANTY, json!({})).await;
        let visitor = world.visitor().await;
        let answer = world.answers(&visitor, "How long is the warranty for the GTX Pro?", Some("Warranty")).await;
        let row = answer.sentences.iter().find(|sentence| sentence.text.contains("36")).unwrap();
        assert_eq!(row.text, "Product: GTX Pro; Warranty: 36 months. From the day of delivery.; Service: on site");
        assert_eq!(&WARRANTY[row.span.clone()], "GTX Pro | 36 months. From the day of delivery. | on site");
        assert!(answer.confident, "{answer:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn german_words_find_longer_ones_and_the_parts_of_those_that_nobody_wrote() {
    on_both(|world| async move {
        let german = json!({"language": "de"});
        world.article("Versand", "Die Lieferzeiten stehen im Portal.", german.clone()).await;
        world.article("Rückgabe", "Die Kosten der Rücksendung tragen wir.", german.clone()).await;
        world.article("Reparatur", "Der Kostenvoranschlag ist frei.", german.clone()).await;
        world.article("Vertrag", "Das Papier bleibt bei Ihnen.", german).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "Papier", Some("Vertrag")).await;
        let refund = world.answers(&visitor, "Was ist mit den Rücksendekosten?", Some("Rückgabe")).await;
        assert!(refund.confident, "{refund:?}");
        world.answers(&visitor, "Wann kommt meine Lieferung?", Some("Versand")).await;
        world.answers(&visitor, "Voranschlag", Some("Reparatur")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_found_by_its_tags_as_by_its_title() {
    on_both(|world| async move {
        let tag = world.create(&world.admin, "tag", json!({"name": "Reimbursement"})).await;
        world.article("Returns", RETURNS, json!({"tags": [tag.id]})).await;
        world.article("Delivery", "Parcels take two days.", json!({})).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "reimbursement", Some("Returns")).await;
        world.update(&tag, json!({"name": "Indemnity"})).await;
        world.answers(&visitor, "indemnity", Some("Returns")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slips_of_the_finger_are_understood_and_endings_do_not_matter() {
    on_both(|world| async move {
        world.article("Returns", RETURNS, json!({})).await;
        let visitor = world.visitor().await;
        for text in ["When does my refnud arrive?", "refunding", "REFUNDS arriving on cards"] {
            let answer = world.answers(&visitor, text, Some("Returns")).await;
            assert_eq!(answer.passages[0].anchor, "refunds", "{text}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_is_understood_with_the_question_before() {
    on_both(|world| async move {
        for (thing, weeks) in [("gateway", "two"), ("charger", "six")] {
            let body =
                format!("## Guarantee\nIt is guaranteed for {weeks} weeks.\n\n## Price\nIt costs {weeks} euros.");
            world.article(&format!("The {thing}"), &body, json!({})).await;
            world.answers(&world.visitor().await, thing, Some(&format!("The {thing}"))).await;
        }
        let visitor = world.visitor().await;
        for (earlier, title) in
            [("How long is the charger guaranteed?", "The charger"), ("gateway guarantee", "The gateway")]
        {
            let question = Question { text: "And the price?", earlier: Some(earlier) };
            let answer = world.search.answer(&world.crm, &visitor, question, 3).await.unwrap();
            assert_eq!((answer.passages[0].title.as_str(), answer.passages[0].anchor.as_str()), (title, "price"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_question_is_answered_as_if_nothing_had_been_asked_before() {
    on_both(|world| async move {
        world.article("Returns", RETURNS, json!({})).await;
        world.article("Delivery", "## How long delivery takes\nParcels take two days.", json!({})).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "parcels", Some("Delivery")).await;
        let text = "How long does the delivery of parcels take?";
        let alone = world.answer(&visitor, text).await;
        let asked = |text, earlier| Question { text, earlier: Some(earlier) };
        let after = world.search.answer(&world.crm, &visitor, asked(text, "Can I return goods?"), 5).await.unwrap();
        assert_eq!(after, alone);
        let gone_on = asked("And how long does the delivery of parcels take?", "Can I return goods?");
        let gone_on = world.search.answer(&world.crm, &visitor, gone_on, 5).await.unwrap();
        assert_eq!(gone_on.passages[0].title, "Delivery", "what it names outweighs what was asked before");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_answers_in_its_own_language() {
    on_both(|world| async move {
        world.article("Kündigung", "Abonnements kündigen Sie in den Einstellungen.", json!({"language": "de"})).await;
        world
            .article("Annulation", "Pour résilier l’abonnement, ouvrez les paramètres.", json!({"language": "fr"}))
            .await;
        world.article("Cancelling", "Subscriptions are cancelled in the settings.", json!({"language": "en"})).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "Wie kann ich mein Abonnement kündigen?", Some("Kündigung")).await;
        world.answers(&visitor, "Comment résilier mon abonnement ?", Some("Annulation")).await;
        world.answers(&visitor, "How do I cancel my subscription?", Some("Cancelling")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_published_answers_and_a_customer_is_told_nothing_internal() {
    on_both(|world| async move {
        let admin = world.admin.clone();
        world.article("Outage plan", "The pangolin alarm rings.", json!({"visibility": "internal"})).await;
        let draft = world.article("Draft", "The quokka is not ready.", json!({"status": "draft"})).await;
        let open = world.article("Open", "The wombat is open.", json!({})).await;
        let visitor = world.visitor().await;
        world.answers(&admin, "pangolin alarm", Some("Outage plan")).await;
        world.answers(&visitor, "wombat", Some("Open")).await;
        for text in ["pangolin alarm", "quokka"] {
            let answer = world.answer(&visitor, text).await;
            assert!(
                answer.passages.is_empty() && answer.sentences.is_empty() && answer.confidence == 0.0,
                "{answer:?}"
            );
        }
        assert!(world.answer(&admin, "quokka").await.passages.is_empty(), "a draft answers nobody");

        world.update(&draft, json!({"status": "published"})).await;
        world.answers(&visitor, "quokka", Some("Draft")).await;
        world.update(&draft, json!({"status": "archived"})).await;
        world.update(&open, json!({"visibility": "internal"})).await;
        for text in ["quokka", "wombat"] {
            assert!(world.answer(&visitor, text).await.passages.is_empty(), "at once, whatever the index says");
        }
        world.answers(&admin, "wombat", Some("Open")).await;
        let delete = Command::Delete { object: "article".into(), id: open.id, version: None };
        world.crm.write(&admin, delete).await.unwrap();
        assert!(world.answer(&admin, "wombat").await.passages.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_companys_articles_neither_answer_nor_correct_nor_rank() {
    on_both(|world| async move {
        world.article("Ours", "The gasket is blue.\n\n## Valve\nThe valve is green.", json!({})).await;
        let visitor = world.visitor().await;
        let before = world.answers(&visitor, "Is the valve green?", Some("Ours")).await;
        let other = NewTenant::named(&format!("o{}", Uuid::now_v7().simple()), "Other");
        let other = world.crm.create_tenant(other).await.unwrap();
        let product = world.crm.product(other.id, "test", Surface::System).await.unwrap();
        for n in 0..20 {
            let values =
                json!({"title": format!("Valve {n}"), "body": "The valve, the zyzzyva.", "status": "published"});
            world.create(&product, "article", values).await;
        }
        let last = json!({"title": "Last", "body": "The quagga.", "status": "published"});
        world.create(&product, "article", last).await;
        world.answers(&product, "quagga", Some("Last")).await;
        assert_eq!(world.answer(&visitor, "Is the valve green?").await, before);
        assert!(world.answer(&visitor, "zyzzyvo").await.passages.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_was_changed_since_is_cited_as_it_stands_now() {
    on_both(|mut world| async move {
        let article = world.article("Returns", RETURNS, json!({})).await;
        let visitor = world.visitor().await;
        world.answers(&visitor, "Within how many days can I return goods?", Some("Returns")).await;
        world.stop().await;
        let body = RETURNS.replace("30 days", "14 days").replace("happy", "very happy indeed");
        world.update(&article, json!({"body": body})).await;
        let answer = world.answer(&visitor, "Within how many days can I return goods?").await;
        assert_eq!(said(&answer)[0], "You can return goods within 14 days.");
        assert_eq!(&body[answer.sentences[0].span.clone()], "You can return goods within **14 days**.");

        world.update(&article, json!({"body": "Ask us."})).await;
        assert!(world.answer(&visitor, "Within how many days can I return goods?").await.passages.is_empty());
        world.search.catch_up(&world.crm).await.unwrap();
        assert_eq!(said(&world.answer(&visitor, "returns").await), ["Ask us."]);
    })
    .await;
}
