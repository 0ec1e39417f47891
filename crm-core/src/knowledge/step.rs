//! The ways of an article between its statuses, and who may go them.

use crate::access::{Rights, Scope, Verb};

/// Where an article may go from where it is. To leave the archive it becomes a draft first: what was put away is
/// looked at before customers read it again.
const STEPS: [(&str, &[&str]); 4] = [
    ("draft", &["review", "published", "archived"]),
    ("review", &["draft", "published", "archived"]),
    ("published", &["draft", "archived"]),
    ("archived", &["draft"]),
];

/// Whether an article goes from one status to another in one step.
pub(super) fn leads(from: &str, to: &str) -> bool {
    STEPS.iter().any(|(status, next)| *status == from && next.contains(&to))
}

/// The status that an action leads to.
pub(super) fn of_action(action: &str) -> Option<&'static str> {
    match action {
        "submit" => Some("review"),
        "publish" => Some("published"),
        "withdraw" => Some("draft"),
        "archive" => Some("archived"),
        _ => None,
    }
}

/// Whether articles with this status are no longer their writer's alone: customers read them, or have read them.
pub(super) fn is_decided(status: &str) -> bool {
    matches!(status, "published" | "archived")
}

/// Whoever may change the articles of colleagues decides what is published; whoever may only change their own writes
/// drafts and submits them.
pub(super) fn may_decide(rights: &Rights) -> bool {
    rights.scope(Verb::Update, "article") > Scope::Own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_leads_somewhere_from_a_draft_or_back_to_it() {
        for action in ["submit", "publish", "archive"] {
            assert!(of_action(action).is_some_and(|to| leads("draft", to)), "{action}");
        }
        for from in ["review", "published", "archived"] {
            assert!(of_action("withdraw").is_some_and(|to| leads(from, to)), "{from}");
        }
    }

    #[test]
    fn nothing_leaves_the_archive_but_as_a_draft() {
        assert!(!leads("archived", "published") && !leads("archived", "review"));
    }
}
