//! Which rows an actor sees, as SQL: the one place where record permissions become a condition.

use super::{Scope, Verb};
use crate::actor::Actor;
use crate::db::{Bind, Sql};
use crate::schema::{CustomerOwn, ObjectDef, Stored};

/// The condition under which the row `alias` of `object` exists for the actor's verb: its tenant, its object, and
/// the scope of the actor's rights. It begins with the tenant, always, and says nothing of deletion.
pub(crate) fn rows(actor: &Actor, verb: Verb, object: &ObjectDef, alias: &str) -> Sql {
    let mut sql = Sql::fixed("", []);
    sql.text(&format!("{alias}.tenant_id = ")).bind(actor.tenant);
    if object.stored == Stored::Shared {
        sql.text(&format!(" and {alias}.object_id = ")).bind(object.id.as_str());
    }
    let rights = actor.rights();
    let scope = rights.scope(verb, &object.name);
    if scope != Scope::All {
        let opened = object.opened_by.filter(|_| verb == Verb::Read && scope != Scope::None);
        sql.text(" and ").text(&opened.map_or(String::new(), |field| format!("({alias}.{field} or ")));
        sql.append(within(actor, verb, scope, object, alias)).text(if opened.is_some() { ")" } else { "" });
    }
    sql
}

fn within(actor: &Actor, verb: Verb, scope: Scope, object: &ObjectDef, alias: &str) -> Sql {
    let rights = actor.rights();
    if scope == Scope::None {
        return Sql::new("1 = 0");
    }
    if let Some(customer) = rights.customer {
        return customer_own(object, customer, alias);
    }
    let Some(user) = rights.user else { return Sql::new("1 = 0") };
    let owned = object.owned().then_some("owner_id").or((object.name == "user").then_some("id"));
    // Parts and configuration without an owner belong to whoever made them.
    let owner = owned.unwrap_or("created_by");
    let mut own = Sql::new(format!("{alias}.{owner} = "));
    own.bind(user);
    let mut any = vec![own];
    any.extend(owned_in_teams(actor, scope, owner, alias));
    any.extend(shared(actor, verb, object, user, alias));
    let mut sql = Sql::new("(");
    sql.join(any, " or ").text(")");
    sql
}

fn owned_in_teams(actor: &Actor, scope: Scope, owner: &str, alias: &str) -> Option<Sql> {
    let teams = match scope {
        Scope::Team => &actor.rights().teams,
        Scope::TeamsBelow => &actor.rights().teams_below,
        _ => return None,
    };
    if teams.is_empty() {
        return None;
    }
    let mut sql = Sql::new(format!("{alias}.{owner} in (select u.id from users u where u.tenant_id = "));
    sql.bind(actor.tenant).text(" and u.team_id in (").join(teams.iter().map(one), ", ").text("))");
    Some(sql)
}

/// Records that were opened to the person or their team: to be seen, or also changed, but never deleted.
fn shared(actor: &Actor, verb: Verb, object: &ObjectDef, user: uuid::Uuid, alias: &str) -> Option<Sql> {
    let access = match verb {
        Verb::Read => "",
        Verb::Update => " and s.access = 'update'",
        _ => return None,
    };
    let mut sql = Sql::new(format!("{alias}.id in (select s.record_id from share s where s.tenant_id = "));
    sql.bind(actor.tenant).text(" and s.object = ").bind(object.id.as_str()).text(access);
    let grantees = std::iter::once(&user).chain(&actor.rights().teams).map(one);
    sql.text(" and s.grantee_id in (").join(grantees, ", ").text("))");
    Some(sql)
}

fn customer_own(object: &ObjectDef, customer: uuid::Uuid, alias: &str) -> Sql {
    match object.customer_own {
        CustomerOwn::Nothing => Sql::new("1 = 0"),
        CustomerOwn::Itself => Sql::fixed("", []).text(&format!("{alias}.id = ")).bind(customer).clone(),
        CustomerOwn::By(field) => Sql::fixed("", []).text(&format!("{alias}.{field} = ")).bind(customer).clone(),
        CustomerOwn::Where(conditions) => {
            let mut sql = Sql::new("1 = 1");
            for (field, value) in conditions {
                sql.text(&format!(" and {alias}.{field} = ")).bind(*value);
            }
            sql
        }
    }
}

fn one(id: &uuid::Uuid) -> Sql {
    let mut sql = Sql::default();
    sql.bind(Bind::from(*id));
    sql
}
