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
            .description("Who answers. Only the conversation's actions change it.")
            .default("bot")
            .read_only()
            .indexed(),
        )
        .field(select("reason", "Handed over because", super::HANDOFF_REASONS).read_only())
        .field(reference("team_id", "Team", "team").aka(["queue"]).indexed())
        .field(reference("contact_id", "Contact", "contact").indexed())
        .field(reference("visitor_id", "Visitor", "visitor").indexed().read_only())
        .field(reference("ticket_id", "Ticket", "ticket").indexed().read_only())
        .field(text("language", "Language"))
        .field(select("sentiment", "Sentiment", super::SENTIMENTS).read_only())
        .field(text("page", "Page").read_only())
        .field(json("packet", "Handoff packet").read_only().description("What was asked, and what the bot tried."))
        .field(number("last_sequence", "Messages").default(0).read_only())
        .field(number("misses", "Unhelpful answers").default(0).read_only())
        .field(
            number("agent_read", "Read by us")
                .read_only()
                .description("The last message that an agent has read. Changes without a new version."),
        )
        .field(
            number("visitor_read", "Read by the customer")
                .read_only()
                .description("The last message that they have read. Changes without a new version."),
        )
        .field(datetime("last_message_at", "Last message").read_only().indexed())
        .field(datetime("bot_due_at", "Bot's turn since").read_only())
        .field(datetime("queued_at", "Waiting since").read_only().indexed())
        .field(datetime("taken_at", "Taken").read_only())
        .field(datetime("resolved_at", "Resolved").read_only().indexed())
        .field(rating("rating", "Rating").read_only())
        .field(long_text("rating_comment", "Comment").read_only())
        .behaviour(crate::desk::ConversationRules)
        .customers_own(CustomerOwn::By("contact_id"))
        .build()
}
