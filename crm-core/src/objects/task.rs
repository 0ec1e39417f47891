//! Tasks: things to do until a time.

use crate::query::{Filter, Operator};
use crate::schema::*;

pub(super) fn definition() -> ObjectDef {
    object("task", "tasks", "Task", "Tasks")
        .label_in("de", "Aufgabe", "Aufgaben")
        .also_called(["to-do", "todo", "reminder", "follow-up"])
        .description("Something to do.")
        .field(text("subject", "Subject").required().aka(["title"]))
        .named_from(["subject"])
        .field(datetime("due_at", "Due").aka(["deadline", "due date"]).label_in("de", "Fällig").indexed())
        .field(
            select(
                "status",
                "Status",
                [
                    ("open", "Open"),
                    ("in_progress", "In progress"),
                    ("waiting", "Waiting"),
                    ("done", "Done"),
                    ("cancelled", "Cancelled"),
                ],
            )
            .default("open")
            .required()
            .indexed(),
        )
        .field(select("priority", "Priority", super::PRIORITIES).default("normal").indexed())
        .field(any_reference("related_id", "Related to").aka(["for", "about", "regarding"]))
        .field(datetime("completed_at", "Completed"))
        .field(long_text("description", "Description"))
        .phrase(
            Phrase::saying("en", ["open", "unfinished", "to do"])
                .or("de", ["offen", "unerledigt"])
                .or("fr", ["ouvertes", "ouverte", "à faire", "non terminées", "en cours"])
                .or("es", ["abiertas", "abierta", "por hacer", "sin terminar", "pendientes"])
                .or("pt", ["abertas", "aberta", "por fazer", "a fazer", "pendentes", "em aberto"])
                .which(Filter::compare("status", Operator::In, vec!["open", "in_progress", "waiting"]))
                .on("due_at"),
        )
        .phrase(
            Phrase::saying("en", ["overdue", "late"])
                .or("de", ["überfällig"])
                .or("fr", ["en retard", "échues", "dépassées"])
                .or("es", ["vencidas", "atrasadas", "con retraso"])
                .or("pt", ["atrasadas", "vencidas", "em atraso"])
                .which(Filter::all([
                    Filter::compare("status", Operator::In, vec!["open", "in_progress", "waiting"]),
                    Filter::compare("due_at", Operator::Lt, serde_json::json!({"relative": 0, "unit": "day"})),
                ])),
        )
        .phrase(
            Phrase::saying("en", ["done", "completed", "finished"])
                .or("de", ["erledigt"])
                .or("fr", ["terminées", "terminée", "faites", "réalisées"])
                .or("es", ["hechas", "hecha", "terminadas", "completadas"])
                .or("pt", ["concluídas", "concluída", "feitas", "terminadas"])
                .which(Filter::eq("status", "done"))
                .on("completed_at"),
        )
        .build()
}
