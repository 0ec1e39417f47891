//! Roles and permission sets: what users may do.

use crate::schema::*;

pub(super) fn role() -> ObjectDef {
    object("role", "roles", "Role", "Roles")
        .plain()
        .hidden()
        .description("What a kind of user may do.")
        .field(json("grants", "Grants").required().description("Object → verbs, scopes and fields (see `access`)."))
        .field(boolean("built_in", "Built in").read_only().default(false))
        .field(long_text("description", "Description"))
        .behaviour(crate::identity::AccessRules)
        .build()
}

pub(super) fn permission_set() -> ObjectDef {
    object("permission_set", "permission_sets", "Permission set", "Permission sets")
        .plain()
        .hidden()
        .description("Grants added to those of a user's roles.")
        .field(json("grants", "Grants").required())
        .field(long_text("description", "Description"))
        .behaviour(crate::identity::AccessRules)
        .build()
}
