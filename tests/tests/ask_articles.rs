//! Colleagues' questions that an article answers, beside those about records.

use crate::support::office::{Office, in_offices};
use bots::staff::{Button, Kind};
use crm_core::Actor;
use serde_json::json;
use uuid::Uuid;

const NOW: &str = "2017-12-31T12:00:00Z";

const REFUNDS: &str = "## For customers\n\nCustomers get a refund within 30 days of the purchase. The money goes back \
                       to the card that was charged.\n\n## For resellers\n\nResellers get no refund, but a credit note \
                       for the next order.\n";

/// A company's articles, with others beside those that are asked for.
async fn shelf(office: &Office) {
    let internal = json!({"visibility": "internal"});
    office.article("Refund policy", REFUNDS, internal.clone()).await;
    office
        .article(
            "Reset a customer's password",
            "Open the contact in the portal's list and press *Send a new password*. The customer gets a link that is \
             good for a day.",
            internal,
        )
        .await;
    office.article("Lieferzeiten", "Die Lieferung dauert drei bis fünf Werktage.", json!({"language": "de"})).await;
    office
        .article("Opening an account", "An account is opened in two minutes with an e-mail address.", json!({}))
        .await;
    office.article("Invoices", "Invoices are sent by e-mail on the first day of each month.", json!({})).await;
}

async fn asked(office: &Office, actor: &Actor, text: &str) -> bots::staff::Told {
    office.say(actor, Uuid::now_v7(), text).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_an_article_answers_gets_its_sentences_and_where_they_stand() {
    in_offices(NOW, |office| async move {
        shelf(&office).await;
        let me = office.person("Sam Seller", "seller", "UTC").await;
        let told = asked(&office, &me, "how do I reset a customer's password?").await;
        assert_eq!(told.answer.kind, Kind::Article, "{told:?}");
        assert!(told.answer.answer.unwrap().contains("press Send a new password"));
        let source = told.answer.source.unwrap();
        assert_eq!((source.title.as_str(), source.internal), ("Reset a customer's password", true));
        assert_eq!(source.address, format!("/articles/{}", source.article));
        assert!(told.answer.confidence > 0.42 && told.answer.confidence <= 1.0, "{}", told.answer.confidence);

        let told = asked(&office, &me, "what is our refund policy for customers?").await;
        assert_eq!((told.answer.kind, told.answer.source.unwrap().heading.as_str()), (Kind::Article, "For customers"));
        let german = me.clone().speaking("de");
        for actor in [&me, &german] {
            let told = asked(&office, actor, "Wie lange dauert die Lieferung?").await;
            assert_eq!(told.answer.answer.as_deref(), Some("Die Lieferung dauert drei bis fünf Werktage."));
        }
        assert!(
            asked(&office, &german, "Wie lange dauert die Lieferung?").await.answer.understood.starts_with("Artikel")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_goes_on_from_the_question_that_an_article_answered() {
    in_offices(NOW, |office| async move {
        shelf(&office).await;
        let me = office.person("Sam Seller", "seller", "UTC").await;
        let talk = Uuid::now_v7();
        office.say(&me, talk, "how many deals are there").await;
        office.say(&me, talk, "do customers get a refund?").await;
        let told = office.say(&me, talk, "and for resellers?").await;
        assert_eq!((told.answer.kind, told.answer.source.unwrap().heading.as_str()), (Kind::Article, "For resellers"));
        assert!(told.answer.answer.unwrap().contains("credit note"));
        let alone = asked(&office, &me, "and for resellers?").await;
        assert_ne!(alone.answer.source.map(|source| source.title).as_deref(), Some("Lieferzeiten"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_link_in_the_article_before_is_good_for_is_asked_of_that_article() {
    in_offices(NOW, |office| async move {
        shelf(&office).await;
        let links = "A link in an e-mail of ours may be shared with everybody. See the list of links.";
        office.article("Sharing links", links, json!({})).await;
        let me = office.person("Sam Seller", "seller", "UTC").await;
        for text in ["and how long is the link valid?", "how long is the link valid?"] {
            let talk = Uuid::now_v7();
            office.say(&me, talk, "how do I reset a customer's password?").await;
            let told = office.say(&me, talk, text).await;
            assert_eq!(told.answer.kind, Kind::Article, "{text}: {told:?}");
            assert_eq!(told.answer.source.unwrap().title, "Reset a customer's password", "{text}");
            assert!(told.answer.answer.unwrap().contains("good for a day"), "{text}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_is_called_like_what_is_asked_hides_no_article() {
    in_offices(NOW, |office| async move {
        shelf(&office).await;
        office.create(&office.admin, "tag", json!({"name": "policy"})).await;
        office.index().await;
        let me = office.person("Mia Manager", "manager", "UTC").await;
        let told = asked(&office, &me, "what is our refund policy?").await;
        assert_eq!(told.answer.kind, Kind::Article, "{told:?}");
        assert_eq!(told.answer.source.unwrap().title, "Refund policy");
        let told = asked(&office, &me, "show the tag policy").await;
        assert_eq!((told.answer.kind, told.answer.object.as_deref()), (Kind::Record, Some("tag")), "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn records_changes_and_small_talk_are_what_they_were() {
    in_offices(NOW, |office| async move {
        shelf(&office).await;
        let me = office.person("Mia Manager", "manager", "UTC").await;
        office.article("Open deals", "Open deals are deals that are neither won nor lost.", json!({})).await;
        for (text, kind) in [
            ("my open deals", Kind::Records),
            ("how many open deals do we have", Kind::Value),
            ("show me the refund policy", Kind::Record),
            ("how many refunds do customers get", Kind::Unknown),
            ("delete the refund policy", Kind::Proposal),
            ("create a task: refund policy", Kind::Proposal),
            ("send me the refund policy every Monday at 8", Kind::Proposal),
            ("hello", Kind::Talk),
            ("thanks", Kind::Talk),
            ("what is the weather in Boston", Kind::Unknown),
        ] {
            let told = asked(&office, &me, text).await;
            assert_eq!(told.answer.kind, kind, "{text}: {told:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_both_may_be_meant_the_bot_asks_which() {
    in_offices(NOW, |office| async move {
        shelf(&office).await;
        let board = "Where do I find my open deals? They stand on the board: press *Mine*.";
        office.article("The board", board, json!({})).await;
        let me = office.person("Mia Manager", "manager", "UTC").await;
        let text = "where do I find my open deals?";
        let told = asked(&office, &me, text).await;
        assert_eq!(told.answer.kind, Kind::Clarify, "{told:?}");
        assert_eq!(told.answer.offers, ["Article · The board", "Deals · Owner is me · open"]);
        let article = office.press(&me, &told, Button::Take(0)).await;
        assert_eq!((article.answer.kind, article.answer.answer.unwrap().contains("board")), (Kind::Article, true));
        let records = office.press(&me, &told, Button::Take(1)).await;
        assert_eq!((records.answer.kind, records.answer.total), (Kind::Records, Some(0)));
        assert_eq!(office.press(&me, &told, Button::Take(7)).await.answer.kind, Kind::Talk);

        let told = asked(&office, &me, text).await;
        let second = office.say(&me, told.conversation, "the second").await;
        assert_eq!(second.answer.kind, Kind::Records, "{second:?}");
        let told = asked(&office, &me, text).await;
        let article = office.say(&me, told.conversation, "the article").await;
        assert_eq!(article.answer.kind, Kind::Article, "{article:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_published_in_the_own_company_answers() {
    in_offices(NOW, |office| async move {
        shelf(&office).await;
        let other = office.beside().await;
        let stranger = other.person("Sten Stranger", "manager", "UTC").await;
        let question = "how do I reset a customer's password?";
        assert_eq!(asked(&other, &stranger, question).await.answer.kind, Kind::Unknown);

        let me = office.person("Mia Manager", "manager", "UTC").await;
        let source = asked(&office, &me, question).await.answer.source.unwrap();
        // Before the index hears of it.
        office.change("article", source.article, json!({"status": "draft"})).await;
        let other = asked(&office, &me, question).await.answer.source;
        assert_ne!(other.map(|other| other.article), Some(source.article));
    })
    .await;
}
