//! Notes about any record.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("note", "notes", "Note", "Notes")
        .label_in("de", "Notiz", "Notizen")
        .also_called(["remark"])
        .description("Something written down about a record.")
        .field(text("subject", "Subject").required().aka(["title"]))
        .named_from(["subject"])
        .field(any_reference("related_id", "Related to").aka(["about"]))
        .field(rich_text("body", "Text").aka(["content"]))
        .build()
}
