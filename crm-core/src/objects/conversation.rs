//! Conversations with customers and staff, over any channel.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("conversation", "conversations", "Conversation", "Conversations")
        .label_in("de", "Unterhaltung", "Unterhaltungen")
        .also_called(["chat", "thread"])
        .description("An exchange of messages over one channel.")
        .field(text("subject", "Subject"))
        .field(text("channel", "Channel").required().indexed())
        .field(
            select(
                "state",
                "State",
                [
                    ("bot", "With the bot"),
                    ("handoff_requested", "Handoff requested"),
                    ("queued", "Waiting"),
                    ("human", "With a person"),
                    ("resolved", "Resolved"),
                    ("offline", "Offline"),
                ],
            )
            .default("bot")
            .required()
            .indexed(),
        )
        .field(reference("contact_id", "Contact", "contact").indexed())
        .field(reference("ticket_id", "Ticket", "ticket").indexed())
        .field(text("language", "Language"))
        .field(datetime("last_message_at", "Last message").indexed())
        .customers_own(CustomerOwn::By("contact_id"))
        .build()
}
