//! Everybody who has assistants, with a token for every set of scopes.

use super::rights::SCOPES;
use crate::oauth::program::{Program, VERIFIER, mcp};
use crate::support::{Answer, Client, World};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crm_core::Surface;
use crm_core::identity::oauth::Allowance;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const ROLES: [&str; 7] = ["admin", "manager", "agent", "seller", "marketer", "editor", "viewer"];

/// Somebody with assistants.
pub(super) struct Person {
    /// Their role.
    pub(super) name: String,
    /// An assistant with each set of scopes.
    assistants: Vec<Client>,
}

/// Somebody of each built-in role, and somebody who reads accounts without their descriptions and nothing else.
pub(super) async fn everybody(world: &World) -> Vec<Person> {
    let grants =
        json!({"account": {"read": "all", "update": "all", "delete": "all", "fields": {"description": "none"}}});
    world.create("role", json!({"name": "narrow", "grants": grants})).await;
    let mut people = Vec::new();
    for role in ROLES {
        let user = world.user(role, &[role]).await;
        people.push(Person::new(world, role, user).await);
    }
    let role = world.admin.get("/records/role?q=narrow").await.expect(200)["records"][0]["id"].clone();
    let values = json!({"name": "narrow", "email": world.email("narrow"), "role_ids": [role]});
    let user = world.create("user", values).await["id"].as_str().unwrap().parse().unwrap();
    people.push(Person::new(world, "narrow", user).await);
    people
}

impl Person {
    async fn new(world: &World, name: &str, user: Uuid) -> Self {
        let program = Program::elsewhere(world).await;
        let actor = world.crm.actor_for_user(world.tenant.id, user, Surface::Console).await.unwrap();
        let client = world.crm.registration(&program.id).await.unwrap().unwrap();
        let mut assistants = Vec::new();
        for scopes in 0..1 << SCOPES.len() {
            let held = (0..SCOPES.len()).filter(|bit| scopes >> bit & 1 == 1).map(|bit| SCOPES[bit].to_owned());
            let allowance = Allowance {
                client: client.clone(),
                scopes: held.collect(),
                resource: program.resource.clone(),
                redirect_uri: program.redirect.clone(),
                challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)),
            };
            let code = world.crm.allow_client(&actor, &allowance).await.unwrap().unwrap();
            let access = world.crm.redeem_code(&program.redemption(&code)).await.unwrap().access;
            assistants.push(Client::new(world.program).key(&access));
        }
        Self { name: name.to_owned(), assistants }
    }

    /// A request by their assistant with these scopes.
    pub(super) async fn calls(&self, scopes: usize, method: &str, params: Json) -> Answer {
        mcp(&self.assistants[scopes], method, params).await
    }

    /// Whether descriptions of such records are kept from them.
    pub(super) fn is_kept_from(&self, object: &str) -> bool {
        self.name == "narrow" || (object == "ticket" && ["marketer", "editor"].contains(&self.name.as_str()))
    }

    /// With each set of scopes they are offered the tools that have all they need, less those that their role leaves
    /// nothing to do with; and those are the ones that are unknown when they are called nevertheless.
    pub(super) async fn sees_the_tools_that_can_be_called(&self, tools: &[(&str, usize)]) {
        let listed = async |scopes: usize| -> Vec<String> {
            let list = self.calls(scopes, "tools/list", json!({})).await.expect(200)["result"]["tools"].clone();
            list.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
        };
        let every = listed((1 << SCOPES.len()) - 1).await;
        for scopes in 0..1 << SCOPES.len() {
            let able =
                tools.iter().filter(|(tool, needed)| scopes & needed == *needed && every.iter().any(|t| t == tool));
            let able: Vec<&str> = able.map(|(tool, _)| *tool).collect();
            assert_eq!(listed(scopes).await, able, "{} {scopes:#b}", self.name);
        }
        for (tool, _) in tools {
            let called =
                self.calls((1 << SCOPES.len()) - 1, "tools/call", json!({"name": tool, "arguments": {"x": 1}})).await;
            let unknown = called.json["error"]["message"] == format!("Unknown tool: {tool}");
            assert_eq!(unknown, !every.iter().any(|offered| offered == tool), "{} {tool}: {}", self.name, called.json);
        }
    }
}
