//! Chat widgets: the chat as it stands on one website.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("chat_widget", "chat_widgets", "Chat widget", "Chat widgets")
        .plain()
        .hidden()
        .description("The chat on a website: where it may stand, how it looks, who answers.")
        .field(
            text("key", "Key")
                .required()
                .unique()
                .description("Named in the script tag of the website. It is public, and unique in the installation."),
        )
        .field(
            long_text("allowed_domains", "Allowed domains")
                .description("The websites that may show the chat, a line each: shop.example, *.shop.example. Empty: this server's own pages only."),
        )
        .field(reference("team_id", "Team", "team").description("Who gets the conversations that the bot hands over."))
        .field(text("colour", "Colour").default("#0a6c74").description("The main colour, as #rrggbb."))
        .field(text("welcome", "Welcome").description("The first words; empty for the standard ones in the visitor's language."))
        .field(text("language", "Language").default("en").description("Spoken where the visitor's language is not known."))
        .field(
            text("identity_secret", "Identity secret")
                .sensitive()
                .description("With it the website signs who its signed-in visitors are (HS256)."),
        )
        .field(boolean("is_active", "Active").default(true))
        .behaviour(crate::desk::ChatWidgetRules)
        .build()
}
