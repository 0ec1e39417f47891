//! Failures in words that an assistant can act on.

use crm_core::{Error, FieldError, MeanwhileChange};

/// What went wrong and what to do about it.
pub(crate) fn explain(error: &Error) -> String {
    match error {
        Error::Invalid(errors) => errors.iter().map(field).collect::<Vec<_>>().join("\n"),
        Error::Stale { current_version, changed } => {
            let changes: Vec<String> = changed.iter().map(meanwhile).collect();
            format!(
                "{error} Changed since: {}. Look at it again, tell the person, and repeat the change with \
                 expected_version {current_version} if it still makes sense.",
                if changes.is_empty() { "nothing that you may see".into() } else { changes.join("; ") }
            )
        }
        Error::Unavailable(cause) => {
            tracing::warn!(%cause, "database unavailable");
            error.to_string()
        }
        Error::Internal(cause) => {
            tracing::error!(cause, "internal error");
            error.to_string()
        }
        other => other.to_string(),
    }
}

fn field(error: &FieldError) -> String {
    let hint = error.hint.as_deref().map(|hint| format!(" {hint}")).unwrap_or_default();
    format!("{}: {}{hint}", error.field, error.message)
}

fn meanwhile(change: &MeanwhileChange) -> String {
    format!("{} from {} to {} by {} at {}", change.field, change.from, change.to, change.by, change.at)
}
