//! Attachments: files that belong to records.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("attachment", "attachments", "Attachment", "Attachments")
        .label_in("de", "Anhang", "Anhänge")
        .also_called(["file", "document"])
        .hidden()
        .description("A file that belongs to a record.")
        .field(any_reference("related_id", "Belongs to"))
        .field(text("media_type", "Media type").read_only())
        .field(number("bytes", "Size in bytes").read_only())
        .field(text("sha256", "SHA-256").read_only())
        .build()
}
