//! Versions of what was learnt from the examples of intents. Training makes them; one of them is in use.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("intent_model", "intent_models", "Version of the intents", "Versions of the intents")
        .plain()
        .hidden()
        .description("What was learnt from the examples at one time, and how well.")
        .field(number("number", "Number").read_only().indexed())
        .field(boolean("in_use", "In use").default(false).read_only().indexed())
        .field(number("intents", "Intents").read_only())
        .field(number("examples", "Examples").read_only())
        .field(number("tests", "Test sentences").read_only())
        .field(number("tests_passed", "Test sentences passed").read_only())
        .field(percent("accuracy", "Right").read_only().description(
            "How many of the examples that were kept aside were understood by a model that had not seen them.",
        ))
        .field(number("took_ms", "Milliseconds taken").read_only())
        .field(json("figures", "Figures").read_only())
        .behaviour(crate::desk::IntentModelRules)
        .build()
}
