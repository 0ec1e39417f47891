//! E-mail messages, in and out.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("email_message", "email_messages", "E-mail", "E-mails")
        .plain()
        .hidden()
        .also_called(["mail"])
        .description("An e-mail to or from a customer.")
        .field(text("subject", "Subject").required())
        .named_from(["subject"])
        .field(
            select("direction", "Direction", [("inbound", "From the customer"), ("outbound", "To the customer")])
                .required(),
        )
        .field(
            select(
                "status",
                "Status",
                [("queued", "Waiting to be sent"), ("sent", "Sent"), ("failed", "Failed"), ("received", "Received")],
            )
            .default("queued")
            .required()
            .indexed(),
        )
        .field(email("to_address", "To"))
        .field(email("from_address", "From"))
        .field(long_text("body", "Text"))
        .field(reference("conversation_id", "Conversation", "conversation").indexed())
        .field(reference("ticket_id", "Ticket", "ticket").indexed())
        .field(reference("contact_id", "Contact", "contact").indexed())
        .field(datetime("sent_at", "Sent").read_only())
        .build()
}
