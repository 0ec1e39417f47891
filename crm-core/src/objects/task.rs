//! Tasks: things to do until a time.

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
        .build()
}
