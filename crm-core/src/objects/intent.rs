//! Intents: what customers of this company want, in its own words, and what the bot does about it.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    let answer = |name, label| long_text(name, label).at_most(2_000);
    object("intent", "intents", "Intent", "Intents")
        .label_in("de", "Anliegen", "Anliegen")
        .plain()
        .hidden()
        .description("Something that customers want, told by examples, and what the bot does about it.")
        .field(long_text("description", "Description").at_most(2_000))
        .field(
            select(
                "action",
                "What the bot does",
                [
                    ("answer", "Answers with a text"),
                    ("article", "Shows an article"),
                    ("hand_over", "Hands over to people"),
                    ("ask", "Asks back"),
                    ("look_up", "Leaves it to the knowledge base"),
                ],
            )
            .description("What is left to the knowledge base teaches which questions mean none of the other intents.")
            .default("answer")
            .required(),
        )
        .field(answer("answer_en", "Text in English").description("The answer, or the question that is asked back."))
        .field(answer("answer_de", "Text in German"))
        .field(answer("answer_fr", "Text in French"))
        .field(answer("answer_es", "Text in Spanish"))
        .field(answer("answer_pt", "Text in Portuguese"))
        .field(reference("article_id", "Article", "article"))
        .field(reference("team_id", "Team", "team").description("Who gets it; empty: who gets the others."))
        .field(boolean("is_active", "Active").default(true))
        .behaviour(crate::desk::IntentRules)
        .build()
}
