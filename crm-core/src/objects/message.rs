//! Messages of a conversation or ticket.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("message", "messages", "Message", "Messages")
        .label_in("de", "Nachricht", "Nachrichten")
        .plain()
        .hidden()
        .description("One message of a conversation or a ticket.")
        .field(reference("conversation_id", "Conversation", "conversation").indexed())
        .field(number("sequence", "Number").read_only().description("Counts the conversation's messages, from 1."))
        .field(reference("ticket_id", "Ticket", "ticket").indexed())
        .field(
            select(
                "direction",
                "Direction",
                [("inbound", "From the customer"), ("outbound", "To the customer"), ("internal", "Internal note")],
            )
            .required(),
        )
        .field(
            select(
                "author",
                "Author",
                [("customer", "Customer"), ("bot", "Bot"), ("agent", "Agent"), ("system", "System")],
            )
            .read_only(),
        )
        .field(reference("contact_id", "From contact", "contact"))
        .field(user("user_id", "From user"))
        .field(long_text("body", "Text").required())
        .field(json("content", "Parts").read_only().description("Citation, choices, form: what is more than text."))
        .field(
            text("client_id", "Sender's number")
                .read_only()
                .description("The sender's own id of it: sent twice, it is stored once."),
        )
        .field(references("attachment_ids", "Attachments", "attachment"))
        .build()
}
