//! The standard objects, one file each.
//!
//! To add one: write its file, list it here, and run `cargo run -p crm-core --example ddl` for the statements of the
//! next migration (a test holds the definitions against the migrated schema of both engines). Everything else
//! (REST, forms, search, permissions, the bot's words) follows from the definition.

mod account;
mod article;
mod article_category;
mod attachment;
mod bot_turn;
mod call;
mod chat_widget;
mod contact;
mod conversation;
mod deal;
mod email_message;
mod intent;
mod intent_example;
mod intent_model;
mod lead;
mod meeting;
mod message;
mod note;
mod pipeline;
mod product;
mod role;
mod saved_view;
mod stage;
mod tag;
mod task;
mod team;
mod ticket;
mod translate;
mod user;
mod visitor;

use crate::schema::ObjectDef;
use std::sync::Arc;

const PRIORITIES: [(&str, &str); 4] = [("low", "Low"), ("normal", "Normal"), ("high", "High"), ("urgent", "Urgent")];

const SENTIMENTS: [(&str, &str); 4] =
    [("happy", "Happy"), ("neutral", "Neutral"), ("unhappy", "Unhappy"), ("angry", "Angry")];

/// Why a conversation is handed to a person (`desk::Reason`).
const HANDOFF_REASONS: [(&str, &str); 8] = [
    ("asked", "Asked for a person"),
    ("no_answer", "No article answers"),
    ("unhelpful", "The answers did not help"),
    ("upset", "The customer is upset"),
    ("account", "About the customer's own account"),
    ("intent", "An intent is for people"),
    ("failure", "The bot failed"),
    ("taken", "Taken by an agent"),
];

/// Every standard object.
pub(crate) fn standard() -> Vec<Arc<ObjectDef>> {
    [
        account::definition(),
        contact::definition(),
        lead::definition(),
        deal::definition(),
        product::definition(),
        pipeline::definition(),
        stage::definition(),
        task::definition(),
        meeting::definition(),
        call::definition(),
        note::definition(),
        ticket::definition(),
        article::definition(),
        article_category::definition(),
        conversation::definition(),
        message::definition(),
        bot_turn::definition(),
        email_message::definition(),
        visitor::definition(),
        chat_widget::definition(),
        intent::definition(),
        intent_example::definition(),
        intent_model::definition(),
        attachment::definition(),
        user::definition(),
        team::definition(),
        role::role(),
        role::permission_set(),
        tag::definition(),
        saved_view::definition(),
    ]
    .map(|object| Arc::new(translate::translate(object)))
    .into()
}
