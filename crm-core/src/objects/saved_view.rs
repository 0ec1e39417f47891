//! Saved views: filters, columns and order of a list, kept under a name.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    let mut view = object("saved_view", "saved_views", "Saved view", "Saved views")
        .hidden()
        .also_called(["view", "list"])
        .field(text("object", "Object").required().indexed())
        .field(boolean("shared", "Shared with everybody").default(false))
        .field(json("definition", "Definition").required())
        .opened_by("shared")
        .build();
    view.extensible = false;
    view
}
