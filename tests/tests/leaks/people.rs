//! Who asks, and what they may see.

use crate::support::{Client, World};

/// What the built-in roles leave to everybody who works in the company.
const COMMON: &str = "user team pipeline product tag article articlecategory account contact";

/// Who there is in each company: what they are called, their roles, their key's scopes, and of which kinds they may see
/// markers. What is everybody's own (views, tasks of some) belongs to the administrator, so others see none of it.
const PEOPLE: [(&str, &[&str], &[&str], &str); 9] = [
    ("admin", &["admin"], &["read", "write", "export", "configure", "sensitive"], "*"),
    ("admin's script", &["admin"], &["read", "write"], "* -sensitive"),
    ("admin's ticket reader", &["admin"], &["read:ticket"], "ticket"),
    ("manager", &["manager"], ALL, "* -sensitive -permissionset"),
    ("agent", &["agent"], ALL, "+ ticket conversation message task note call meeting attachment deal step lead"),
    ("seller", &["seller"], ALL, "* -sensitive -permissionset -role -task -meeting -savedview"),
    ("marketer", &["marketer"], ALL, "+ lead deal step note"),
    ("editor", &["editor"], ALL, "+ attachment"),
    ("viewer", &["viewer"], ALL, "* -sensitive -permissionset -savedview"),
];

const ALL: &[&str] = &["read", "write", "export", "configure", "sensitive"];

/// Somebody who sends requests.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) company: usize,
    pub(super) client: Client,
    sees: String,
}

impl Person {
    fn new(name: &str, company: usize, client: Client, sees: &str) -> Self {
        Self { name: format!("{name} of company {company}"), company, client, sees: sees.to_owned() }
    }

    /// Whether they may see texts of this kind in their own company.
    pub(super) fn sees(&self, kind: &str) -> bool {
        let words = || self.sees.split(' ');
        let named = words().any(|word| word == kind) || (words().any(|word| word == "+") && listed(COMMON, kind));
        named || (words().any(|word| word == "*") && !words().any(|word| word.strip_prefix('-') == Some(kind)))
    }

    /// Whether they may change records that they have not made.
    pub(super) fn writes(&self) -> bool {
        !["admin's ticket reader", "viewer", "browser", "narrow", "nobody", "forger"].iter().any(|name| self.is(name))
    }

    fn is(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.starts_with(" of "))
    }

    /// Whether it is a person in a browser, who can sign out.
    pub(super) fn is_in_a_browser(&self) -> bool {
        self.client.cookie.is_some()
    }
}

fn listed(words: &str, word: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

/// Everybody of a company.
pub(super) async fn of(world: &World, company: usize) -> Vec<Person> {
    let mut people = Vec::new();
    for (name, roles, scopes, sees) in PEOPLE {
        let user = world.user(name, roles).await;
        people.push(Person::new(name, company, world.key_of(user, scopes).await, sees));
    }
    people.push(Person::new("browser", company, world.browser("browser", &["viewer"]).await, PEOPLE[8].3));
    let narrow = narrow(world).await;
    people.push(Person::new("narrow", company, narrow, "account"));
    people.push(Person::new("nobody", company, Client::new(world.program).csrf(), ""));
    let forged = Client::new(world.program).key("pk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    people.push(Person::new("forger", company, forged, ""));
    people
}

/// Somebody with a role of the company's own: accounts, and own deals without their next steps.
async fn narrow(world: &World) -> Client {
    let grants = serde_json::json!({
        "deal": {"create": true, "read": "own", "update": "own", "fields": {"next_step": "none"}},
        "account": {"read": "all"}, "stage": {"read": "all"},
    });
    let role = world.create("role", serde_json::json!({"name": "Narrow", "grants": grants})).await;
    let values = serde_json::json!({"name": "narrow", "email": world.email("narrow"), "role_ids": [role["id"]]});
    let user = world.create("user", values).await;
    world.key_of(user["id"].as_str().unwrap().parse().unwrap(), ALL).await
}
