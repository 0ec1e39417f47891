//! Sentences by which intents are told, and sentences by which is tested whether they are.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("intent_example", "intent_examples", "Example of an intent", "Examples of intents")
        .plain()
        .hidden()
        .description("A sentence of a customer, and what they want with it.")
        .field(text("sentence", "Sentence").required().at_most(500))
        .named_from(["sentence"])
        .field(reference("intent_id", "Intent", "intent").label_in("de", "Anliegen").required().indexed())
        .field(text("language", "Language"))
        .field(
            boolean("is_test", "Test")
                .default(false)
                .description("Nothing is learnt from it: it tests whether what was learnt is right."),
        )
        .build()
}
