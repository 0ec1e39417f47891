//! Teams of users.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("team", "teams", "Team", "Teams")
        .plain()
        .hidden()
        .also_called(["group", "department"])
        .description("Users who work together.")
        .field(reference("parent_id", "Parent team", "team").indexed())
        .field(user("manager_id", "Manager").aka(["lead", "head"]))
        .field(text("region", "Region").aka(["regional office", "office", "territory"]).indexed())
        .behaviour(crate::identity::AccessRules)
        .build()
}
