//! Accounts: the companies one deals with.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("account", "accounts", "Account", "Accounts")
        .label_in("de", "Firma", "Firmen")
        .also_called(["company", "organization", "organisation", "customer", "client", "firm"])
        .description("A company or organisation that one does business with.")
        .field(text("industry", "Industry").aka(["sector", "branch", "vertical"]).label_in("de", "Branche").indexed())
        .field(
            money("annual_revenue", "Annual revenue")
                .aka(["revenue", "turnover"])
                .label_in("de", "Jahresumsatz")
                .indexed(),
        )
        .field(
            number("employees", "Employees")
                .aka(["headcount", "staff", "number of employees", "size"])
                .label_in("de", "Mitarbeiter")
                .range(0.0, 100_000_000.0)
                .indexed(),
        )
        .field(number("year_founded", "Founded").aka(["year established", "founded in"]).range(1.0, 3000.0))
        .field(url("website", "Website").aka(["web site", "homepage", "domain"]))
        .field(phone("phone", "Phone").aka(["telephone", "phone number"]))
        .field(email("email", "E-mail"))
        .field(address("billing_address", "Billing address").aka(["location", "headquarters", "country", "city"]))
        .field(address("shipping_address", "Shipping address"))
        .field(
            reference("parent_id", "Parent account", "account")
                .aka(["parent", "parent company", "subsidiary of", "subsidiary", "belongs to"])
                .indexed(),
        )
        .field(
            select("tier", "Tier", [("strategic", "Strategic"), ("key", "Key"), ("standard", "Standard")])
                .aka(["class", "segment"])
                .indexed(),
        )
        .field(text("territory", "Territory").aka(["region"]).indexed())
        .field(select("health", "Health", [("good", "Good"), ("fair", "Fair"), ("at_risk", "At risk")]))
        .field(long_text("description", "Description"))
        .field(rollup("deal_count", "Deals", ("deal", "account_id"), RollupMeasure::Count, None))
        .field(rollup("contact_count", "Contacts", ("contact", "account_id"), RollupMeasure::Count, None))
        .match_on([
            MatchKey::Name("name"),
            MatchKey::Domain("website"),
            MatchKey::Phone("phone"),
            MatchKey::Email("email"),
        ])
        .build()
}
