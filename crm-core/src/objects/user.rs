//! Users: the company's own people who sign in.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("user", "users", "User", "Users")
        .label_in("de", "Benutzer", "Benutzer")
        .plain()
        .hidden()
        .also_called(["rep", "agent", "sales agent", "sales rep", "colleague", "seller", "salesperson"])
        .description("A colleague who signs in.")
        .field(email("email", "E-mail").required().unique())
        .field(text("title", "Job title"))
        .field(reference("team_id", "Team", "team").indexed())
        .field(user("manager_id", "Manager").aka(["boss", "reports to"]).indexed())
        .field(references("role_ids", "Roles", "role"))
        .field(references("permission_set_ids", "Permission sets", "permission_set"))
        .field(boolean("is_active", "Active").default(true))
        .field(text("language", "Language").default("en"))
        .field(text("time_zone", "Time zone"))
        .field(phone("phone", "Phone"))
        .field(url("picture", "Picture").description("Shown to customers beside the name."))
        .behaviour(crate::identity::UserRules)
        .build()
}
