//! Tags: free labels on records.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("tag", "tags", "Tag", "Tags").plain().hidden().also_called(["label"]).field(text("colour", "Colour")).build()
}
