//! Phone calls.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("call", "calls", "Call", "Calls")
        .label_in("de", "Anruf", "Anrufe")
        .also_called(["phone call"])
        .description("A phone call, planned or held.")
        .field(text("subject", "Subject").required().aka(["title"]))
        .named_from(["subject"])
        .field(select("direction", "Direction", [("outbound", "Outbound"), ("inbound", "Inbound")]).default("outbound"))
        .field(datetime("called_at", "Time").aka(["when"]).indexed())
        .field(duration("duration", "Duration").aka(["length"]))
        .field(reference("contact_id", "Contact", "contact").indexed())
        .field(any_reference("related_id", "Related to").aka(["about"]))
        .field(text("outcome", "Outcome").aka(["result"]))
        .field(long_text("notes", "Notes"))
        .build()
}
