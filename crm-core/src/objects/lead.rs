//! Leads: people who may become customers, and how they are converted.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("lead", "leads", "Lead", "Leads")
        .label_in("de", "Interessent", "Interessenten")
        .also_called(["prospect", "inquiry"])
        .description("Somebody who may become a customer.")
        .field(text("first_name", "First name"))
        .field(text("last_name", "Last name").required())
        .named_from(["first_name", "last_name"])
        .field(text("company", "Company").aka(["account", "organization"]))
        .field(text("title", "Job title").aka(["position"]))
        .field(email("email", "E-mail").aka(["mail"]).indexed())
        .field(phone("phone", "Phone").aka(["telephone"]).indexed())
        .field(url("website", "Website"))
        .field(text("industry", "Industry").aka(["sector"]))
        .field(money("annual_revenue", "Annual revenue"))
        .field(number("employees", "Employees").range(0.0, 100_000_000.0))
        .field(
            select(
                "status",
                "Status",
                [
                    ("new", "New"),
                    ("working", "Working"),
                    ("qualified", "Qualified"),
                    ("unqualified", "Unqualified"),
                    ("converted", "Converted"),
                ],
            )
            .default("new")
            .required()
            .indexed(),
        )
        .field(select("rating", "Rating", [("hot", "Hot"), ("warm", "Warm"), ("cold", "Cold")]).indexed())
        .field(text("lead_source", "Lead source").aka(["source", "origin"]).indexed())
        .field(boolean("is_converted", "Converted").default(false).read_only())
        .field(datetime("converted_at", "Converted at").read_only())
        .field(reference("converted_account_id", "Converted account", "account").read_only())
        .field(reference("converted_contact_id", "Converted contact", "contact").read_only())
        .field(reference("converted_deal_id", "Converted deal", "deal").read_only())
        .field(long_text("description", "Description").aka(["message"]))
        .match_on([MatchKey::Email("email"), MatchKey::Phone("phone"), MatchKey::Name("name")])
        .behaviour(crate::sales::LeadRules)
        .build()
}
