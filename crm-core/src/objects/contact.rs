//! Contacts: the people at accounts.

use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("contact", "contacts", "Contact", "Contacts")
        .label_in("de", "Kontakt", "Kontakte")
        .also_called(["person", "people", "individual"])
        .description("A person, usually at an account.")
        .field(text("first_name", "First name").aka(["given name"]))
        .field(text("last_name", "Last name").required().aka(["surname", "family name"]))
        .named_from(["first_name", "last_name"])
        .field(reference("account_id", "Account", "account").aka(["company", "employer", "works at"]).indexed())
        .field(text("title", "Job title").aka(["position", "role", "job"]))
        .field(text("department", "Department"))
        .field(email("email", "E-mail").aka(["mail", "email address"]).indexed())
        .field(phone("phone", "Phone").aka(["telephone", "phone number", "number"]).indexed())
        .field(phone("mobile", "Mobile").aka(["cell", "mobile phone"]))
        .field(reference("reports_to_id", "Reports to", "contact").aka(["manager", "boss"]))
        .field(text("language", "Language"))
        .field(text("time_zone", "Time zone"))
        .field(boolean("do_not_contact", "Do not contact").default(false))
        .field(address("mailing_address", "Address"))
        .field(date("birth_date", "Date of birth").sensitive())
        .field(long_text("description", "Description"))
        .match_on([
            MatchKey::Email("email"),
            MatchKey::Phone("phone"),
            MatchKey::Phone("mobile"),
            MatchKey::Name("name"),
        ])
        .customers_own(CustomerOwn::Itself)
        .build()
}
