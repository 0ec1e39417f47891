//! The standard objects, one file each.
//!
//! To add one: write its file, list it here, and run `cargo run -p crm-core --example ddl` for the statements of the
//! next migration (a test holds the definitions against the migrated schema of both engines). Everything else
//! (REST, forms, search, permissions, the bot's words) follows from the definition.

mod account;
mod article;
mod article_category;
mod attachment;
mod call;
mod contact;
mod conversation;
mod deal;
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

use crate::schema::ObjectDef;
use std::sync::Arc;

const PRIORITIES: [(&str, &str); 4] = [("low", "Low"), ("normal", "Normal"), ("high", "High"), ("urgent", "Urgent")];

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
