//! Turns of the bot: what it heard, what it found, what it decided. The bot's figures, the gaps of the knowledge base
//! and the trace of every answer are questions to these.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("bot_turn", "bot_turns", "Bot turn", "Bot turns")
        .plain()
        .hidden()
        .also_called(["bot answer"])
        .description("What the bot heard, found and decided.")
        .field(reference("conversation_id", "Conversation", "conversation").indexed().read_only())
        .field(number("sequence", "Message number").read_only())
        .field(long_text("heard", "Heard").read_only())
        .field(text("intent", "Intent").read_only().indexed())
        .field(
            reference("own_intent_id", "The company's intent", "intent")
                .read_only()
                .description("What the company's own examples say it means."),
        )
        .field(number("intent_version", "Version of the intents").read_only())
        .field(text("language", "Language").read_only())
        .field(select("sentiment", "Sentiment", super::SENTIMENTS).read_only())
        .field(
            select(
                "decided",
                "Decided",
                [
                    ("answered", "Answered"),
                    ("small_talk", "Small talk"),
                    ("asked_back", "Asked back"),
                    ("unanswered", "Not answered"),
                    ("handed_over", "Handed over"),
                ],
            )
            .read_only()
            .indexed(),
        )
        .field(select("reason", "Reason", super::HANDOFF_REASONS).read_only())
        .field(number("confidence", "Confidence").read_only())
        .field(reference("article_id", "Article", "article").indexed().read_only())
        .field(json("passages", "Passages").read_only())
        .field(text("gap", "Gap").description("Questions with the same words share it.").indexed().read_only())
        .field(boolean("helpful", "Helpful").read_only())
        .field(number("took_ms", "Milliseconds taken").read_only())
        .build()
}
