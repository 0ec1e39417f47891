//! The roles that every tenant starts with.

use super::Grants;
use serde_json::{Value as Json, json};

/// The built-in roles, as (name, what they are for).
pub const BUILT_IN_ROLES: [(&str, &str); 7] = [
    ("admin", "Everything, including users, roles, definitions and audit."),
    ("manager", "All customer work of the own team and the teams below, and reads everything."),
    ("agent", "Tickets and conversations of everybody, contacts and accounts."),
    ("seller", "Own and team deals, leads, accounts and contacts."),
    ("marketer", "Leads, contacts and accounts; reads deals."),
    ("editor", "The knowledge base, and what the bot knows of customers' intents."),
    ("viewer", "Reads, changes nothing."),
];

/// The grants of a built-in role; none for a name that is no built-in role.
pub fn built_in_grants(role: &str) -> Option<Grants> {
    let grants = match role {
        "admin" => json!({"*": full("all")}),
        "manager" => json!({
            "*": full_of_records("all", "teams_below"),
            "user": read(), "team": read(), "role": read(), "permission_set": none(),
            "pipeline": read(), "stage": read(), "tag": full_of_records("all", "all"),
            "chat_widget": read(), "bot_turn": read(), "visitor": read(), "conversation": full_of_records("all", "all"),
            "intent": read(), "intent_example": read(), "intent_model": read(),
        }),
        "agent" => with_reading(json!({
            "ticket": full_of_records("all", "all"), "conversation": full_of_records("all", "all"),
            "message": write("all", "own"), "contact": write("all", "all"), "account": write("all", "all"),
            "task": write("all", "own"), "note": write("all", "own"), "call": write("all", "own"), "meeting": write("all", "own"),
            "attachment": write("all", "own"), "article": write("all", "own"), "tag": write("all", "none"),
            "saved_view": write("own", "own"), "deal": read(), "lead": write("all", "own"), "visitor": read(),
            "bot_turn": read(), "email_message": write("all", "own"),
            "intent": read(), "intent_example": read(), "intent_model": read(),
        })),
        "seller" => with_reading(json!({
            "deal": write("all", "teams_below"), "account": write("all", "teams_below"), "contact": write("all", "teams_below"),
            "lead": write("all", "teams_below"), "task": write("team", "own"), "meeting": write("team", "own"), "call": write("all", "own"),
            "note": write("all", "own"), "attachment": write("all", "own"), "ticket": write("all", "own"),
            "saved_view": write("own", "own"), "tag": write("all", "none"), "chat_widget": none(), "bot_turn": none(), "visitor": read(),
            "intent": none(), "intent_example": none(), "intent_model": none(), "*": write("all", "own"),
        })),
        "marketer" => with_reading(json!({
            "lead": full_of_records("all", "all"), "contact": write("all", "all"), "account": write("all", "all"),
            "deal": read(), "task": write("own", "own"), "note": write("all", "own"), "saved_view": write("own", "own"),
            "tag": write("all", "all"), "article": read(),
        })),
        "editor" => with_reading(json!({
            "article": full_of_records("all", "all"), "article_category": full_of_records("all", "all"),
            "attachment": write("all", "own"), "task": write("own", "own"), "saved_view": write("own", "own"),
            "tag": write("all", "none"), "bot_turn": read(), "intent": full_of_records("all", "all"),
            "intent_example": full_of_records("all", "all"), "intent_model": full_of_records("all", "all"),
        })),
        "viewer" => json!({"*": read(), "saved_view": write("own", "own"), "permission_set": none()}),
        _ => return None,
    };
    serde_json::from_value(grants).ok()
}

/// What customers may do: their own tickets and conversations, published articles.
pub(crate) fn customer_grants() -> Grants {
    let grants = json!({
        "contact": {"read": "own", "update": "own", "fields": {
            "owner_id": "none", "tags": "none", "description": "none", "created_by": "none", "updated_by": "none",
            "reports_to_id": "none", "external_id": "none", "account_id": "read", "email": "read", "do_not_contact": "read"}},
        "ticket": {"create": true, "read": "own", "fields": {
            "article_id": "none",
            "owner_id": "none", "tags": "none", "is_escalated": "none", "team_id": "none", "created_by": "none",
            "updated_by": "none", "external_id": "none", "account_id": "read", "priority": "read", "due_at": "none"}},
        "conversation": {"read": "own", "fields": {
            "owner_id": "none", "tags": "none", "created_by": "none", "updated_by": "none", "packet": "none", "sentiment": "none",
            "misses": "none", "reason": "none", "team_id": "none", "bot_due_at": "none", "external_id": "none"}},
        "article": {"read": "own", "fields": {"owner_id": "none", "created_by": "none", "updated_by": "none", "tags": "none", "external_id": "none"}},
        "article_category": {"read": "own"},
    });
    serde_json::from_value(grants).unwrap_or_default()
}

/// Staff see colleagues, teams and the ways of deals, whatever else they do.
fn with_reading(mut grants: Json) -> Json {
    for object in
        ["user", "team", "pipeline", "stage", "product", "tag", "article", "article_category", "account", "contact"]
    {
        if grants.get(object).is_none() {
            grants[object] = read();
        }
    }
    for object in ["role", "permission_set"] {
        grants[object] = none();
    }
    grants
}

fn none() -> Json {
    json!({})
}

fn read() -> Json {
    json!({"read": "all"})
}

fn write(read: &str, change: &str) -> Json {
    json!({"create": true, "read": read, "update": change, "delete": change})
}

fn full_of_records(read: &str, change: &str) -> Json {
    json!({"create": true, "read": read, "update": change, "delete": change, "export": true})
}

fn full(scope: &str) -> Json {
    json!({"create": true, "read": scope, "update": scope, "delete": scope, "export": true, "configure": true, "sensitive": true})
}
