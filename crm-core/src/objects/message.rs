//! Messages of a conversation or ticket.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("message", "messages", "Message", "Messages")
        .label_in("de", "Nachricht", "Nachrichten")
        .plain()
        .hidden()
        .description("One message of a conversation or a ticket.")
        .field(reference("conversation_id", "Conversation", "conversation").indexed())
        .field(reference("ticket_id", "Ticket", "ticket").indexed())
        .field(
            select(
                "direction",
                "Direction",
                [("inbound", "From the customer"), ("outbound", "To the customer"), ("internal", "Internal note")],
            )
            .required(),
        )
        .field(reference("contact_id", "From contact", "contact"))
        .field(user("user_id", "From user"))
        .field(long_text("body", "Text").required())
        .field(references("attachment_ids", "Attachments", "attachment"))
        .build()
}
