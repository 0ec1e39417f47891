//! Meetings, on site or online.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("meeting", "meetings", "Meeting", "Meetings")
        .label_in("de", "Termin", "Termine")
        .also_called(["event", "appointment", "demo"])
        .description("A meeting, on site or online.")
        .field(text("subject", "Subject").required().aka(["title"]))
        .named_from(["subject"])
        .field(datetime("starts_at", "Starts").required().aka(["start"]).indexed())
        .field(datetime("ends_at", "Ends").aka(["end"]))
        .field(text("location", "Location").aka(["place", "where"]))
        .field(url("link", "Link").aka(["call link"]))
        .field(references("attendee_ids", "Attendees", "contact"))
        .field(references("user_ids", "Colleagues", "user"))
        .field(any_reference("related_id", "Related to").aka(["about"]))
        .field(long_text("agenda", "Agenda"))
        .field(long_text("minutes", "Minutes"))
        .rule("ends_after_start", "ends_at >= starts_at", "The meeting must end after it starts.")
        .build()
}
