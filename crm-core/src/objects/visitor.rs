//! Visitors: people in the website's chat, before anybody knows who they are.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("visitor", "visitors", "Visitor", "Visitors")
        .plain()
        .hidden()
        .description("Somebody in the website's chat. What they say of themselves is not proven.")
        .field(reference("chat_widget_id", "Chat widget", "chat_widget").read_only())
        .field(text("given_name", "Name given").description("As the visitor gave it."))
        .field(email("given_email", "E-mail given").description("As the visitor gave it; not proven."))
        .field(
            reference("contact_id", "Contact", "contact")
                .indexed()
                .read_only()
                .description("Who the visitor has proven to be."),
        )
        .field(text("language", "Language"))
        .field(text("page", "Page").description("Where the visitor was when they last came.").read_only())
        .field(datetime("last_seen_at", "Last seen").read_only())
        .build()
}
