//! With whom a record is shared beyond what roles reach.

pub(in crate::http) mod list;
pub(in crate::http) mod set;

use crate::http::problem::Problem;
use crm_core::query::{Filter, Operator, Query};
use crm_core::record::{Access, Share};
use crm_core::{Actor, Crm};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashSet;
use uuid::Uuid;

/// Shares as callers see them: a user and a team are named as what they are.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Shares {
    shares: Vec<Shared>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team_id: Option<Uuid>,
    access: Access,
}

impl Shared {
    fn share(&self) -> Option<Share> {
        let grantee_id = match (self.user_id, self.team_id) {
            (Some(id), None) | (None, Some(id)) => id,
            _ => return None,
        };
        Some(Share { grantee_id, access: self.access })
    }
}

/// Tells users from teams.
async fn shown(crm: &Crm, actor: &Actor, shares: Vec<Share>) -> Result<Shares, Problem> {
    let teams = teams(crm, actor, &shares).await?;
    let shared = |Share { grantee_id, access }| match teams.contains(&grantee_id) {
        true => Shared { user_id: None, team_id: Some(grantee_id), access },
        false => Shared { user_id: Some(grantee_id), team_id: None, access },
    };
    Ok(Shares { shares: shares.into_iter().map(shared).collect() })
}

async fn teams(crm: &Crm, actor: &Actor, shares: &[Share]) -> Result<HashSet<Uuid>, Problem> {
    let ids: Vec<Uuid> = shares.iter().map(|share| share.grantee_id).collect();
    if ids.is_empty() || !actor.rights().may(crm_core::access::Verb::Read, "team") {
        return Ok(HashSet::new());
    }
    let query = Query {
        fields: Some(vec!["name".to_owned()]),
        limit: Some(Query::MAX_LIMIT),
        ..Query::of("team").filter(Filter::compare("id", Operator::In, json!(ids)))
    };
    Ok(crm.query(actor, &query).await?.records.iter().map(|team| team.id).collect())
}

fn schema() -> Value {
    let id = || json!({"type": "string", "format": "uuid"});
    let one = |who: &str| {
        json!({"type": "object", "additionalProperties": false, "required": [who, "access"],
               "properties": {who: id(), "access": {"enum": ["read", "update"]}}})
    };
    json!({"type": "object", "additionalProperties": false, "required": ["shares"], "properties": {
        "shares": {"type": "array", "maxItems": 100, "items": {"oneOf": [one("user_id"), one("team_id")]}},
    }})
}
