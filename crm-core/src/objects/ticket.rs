//! Tickets: requests of customers that need an answer.

use crate::query::{Filter, Operator};
use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("ticket", "tickets", "Ticket", "Tickets")
        .label_in("de", "Ticket", "Tickets")
        .also_called(["case", "issue", "incident", "request"])
        .description("A customer's request that needs an answer.")
        .field(auto_number("number", "Number", "T-"))
        .field(text("subject", "Subject").required().aka(["title", "about"]))
        .named_from(["subject"])
        .field(long_text("description", "Description"))
        .field(
            select(
                "status",
                "Status",
                [
                    ("new", "New"),
                    ("open", "Open"),
                    ("waiting", "Waiting for customer"),
                    ("on_hold", "On hold"),
                    ("solved", "Solved"),
                    ("closed", "Closed"),
                ],
            )
            .default("new")
            .required()
            .indexed(),
        )
        .field(
            select("priority", "Priority", super::PRIORITIES)
                .aka(["urgency"])
                .label_in("de", "Priorität")
                .default("normal")
                .required()
                .indexed(),
        )
        .field(
            select(
                "type",
                "Type",
                [
                    ("question", "Question"),
                    ("problem", "Problem"),
                    ("incident", "Incident"),
                    ("request", "Request"),
                    ("complaint", "Complaint"),
                ],
            )
            .aka(["kind"])
            .indexed(),
        )
        .field(
            select(
                "origin",
                "Origin",
                [
                    ("web_chat", "Web chat"),
                    ("email", "E-mail"),
                    ("phone", "Phone"),
                    ("portal", "Portal"),
                    ("slack", "Slack"),
                    ("other", "Other"),
                ],
            )
            .aka(["channel", "source"]),
        )
        .field(reference("account_id", "Account", "account").aka(["company", "customer"]).indexed())
        .field(reference("contact_id", "Contact", "contact").aka(["requester", "reporter"]).indexed())
        .field(reference("team_id", "Team", "team").aka(["queue", "group"]).indexed())
        .field(reference("parent_id", "Parent ticket", "ticket"))
        .field(reference("article_id", "Article", "article").description("The article that was drafted from it."))
        .field(boolean("is_escalated", "Escalated").default(false))
        .field(datetime("first_response_at", "First response").read_only())
        .field(datetime("due_at", "Due").aka(["deadline"]).indexed())
        .field(datetime("solved_at", "Solved").read_only().indexed())
        .field(datetime("closed_at", "Closed").read_only())
        .phrase(
            Phrase::saying("en", ["open", "unsolved", "unresolved"])
                .or("de", ["offen", "ungelöst"])
                .or("fr", ["ouverts", "ouvert", "non résolus", "en cours"])
                .or("es", ["abiertos", "abierto", "sin resolver", "no resueltos"])
                .or("pt", ["abertos", "aberto", "por resolver", "não resolvidos", "em aberto"])
                .which(Filter::compare("status", Operator::In, vec!["new", "open", "waiting", "on_hold"])),
        )
        .phrase(
            Phrase::saying("en", ["solved", "resolved"])
                .or("de", ["gelöst"])
                .or("fr", ["résolus", "résolu", "réglés"])
                .or("es", ["resueltos", "resuelto", "solucionados"])
                .or("pt", ["resolvidos", "resolvido", "solucionados"])
                .which(Filter::compare("status", Operator::In, vec!["solved", "closed"]))
                .on("solved_at"),
        )
        .behaviour(crate::desk::TicketRules)
        .customers_own(CustomerOwn::By("contact_id"))
        .build()
}
