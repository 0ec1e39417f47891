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
        .field(
            text("hours", "Business hours")
                .description("When the team answers: mon-fri 09:00-17:00, sat 10:00-14:00. Empty: always."),
        )
        .field(text("time_zone", "Time zone").description("Of the business hours; empty: the company's."))
        .field(long_text("holidays", "Holidays").description("Days on which nobody answers, a line each: 2026-12-25."))
        .field(
            duration("answer_within", "Answers within")
                .description("How long a customer waits in the chat before they are told that the answer comes later."),
        )
        .behaviour(crate::identity::AccessRules)
        .build()
}
