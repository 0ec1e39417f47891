//! Who sees and changes what: the same in lists, single reads, groups, timelines, events and references.

use crate::support::{World, on_both};
use crm_core::access::{KeyScope, Verb};
use crm_core::event::EventQuery;
use crm_core::query::{Aggregate, Filter, GroupBy, Measure, Query, Sort};
use crm_core::record::{Access, Share};
use crm_core::{Actor, Command, Error, Surface};
use serde_json::json;
use std::fmt::Write;
use uuid::Uuid;

/// A seller who sees only their own deals and no amounts.
async fn restricted(w: &World, name: &str, grants: serde_json::Value) -> Actor {
    let role = w.create(&w.admin, "role", json!({"name": format!("{name}'s role"), "grants": grants})).await;
    let email = format!("{}@{}.example", name.to_lowercase(), w.tenant.slug);
    let user = w.create(&w.admin, "user", json!({"name": name, "email": email, "role_ids": [role.id]})).await;
    w.actor(user.id).await
}

#[tokio::test]
async fn a_record_out_of_scope_does_not_exist_in_any_way_of_reading() {
    on_both(async |w| {
        let own = json!({"deal": {"create": true, "read": "own", "update": "own"}, "account": {"read": "all"}, "stage": {"read": "all"}, "pipeline": {"read": "all"}, "task": {"create": true, "read": "own"}, "contact": {"read": "all"}});
        let sam = restricted(&w, "Sam", own).await;
        let account = w.create(&w.admin, "account", json!({"name": "Acme"})).await;
        let theirs = w.create(&w.admin, "deal", json!({"name": "Theirs", "amount": 100, "account_id": account.id})).await;
        let mine = w.create(&sam, "deal", json!({"name": "Mine", "amount": 5, "account_id": account.id})).await;
        let gone = |result: crm_core::Result<()>| assert!(matches!(result, Err(Error::NotFound { .. })), "{result:?}");
        let page = w.crm.query(&sam, &Query { total: true, ..Query::of("deal") }).await.unwrap();
        assert_eq!((page.records.len(), page.total, page.records[0].id), (1, Some(1), mine.id));
        gone(w.crm.get(&sam, "deal", theirs.id).await.map(drop));
        gone(w.crm.timeline(&sam, "deal", theirs.id, None, 10).await.map(drop));
        gone(w.try_update(&sam, &theirs, json!({"name": "X"})).await.map(drop));
        let sum = Aggregate { object: "deal".into(), measures: vec![Measure::Sum { field: "amount".into() }], ..Default::default() };
        assert_eq!(w.crm.aggregate(&sam, &sum).await.unwrap().groups[0].values[0]["amount"], "5.00");
        let task = w.try_create(&sam, "task", json!({"subject": "X", "related_id": {"object": "deal", "id": theirs.id}})).await;
        assert!(matches!(&task, Err(Error::Invalid(errors)) if errors[0].code == "dangling_reference"), "{task:?}");
        let seen = w.crm.events(&sam, &EventQuery { object: Some("deal".into()), ..Default::default() }).await.unwrap().events;
        assert!(seen.iter().all(|event| event.record_id == mine.id) && !seen.is_empty());
        let account = w.crm.get(&sam, "account", account.id).await.unwrap();
        assert_eq!(account.to_json()["deal_count"], 1, "a roll-up counts what its reader may see");
        let merge = Command::Merge { object: "deal".into(), id: mine.id, from: vec![theirs.id], values: Default::default() };
        assert!(w.crm.write(&sam, merge).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_hidden_field_cannot_be_read_filtered_sorted_grouped_or_guessed() {
    on_both(async |w| {
        let hidden = json!({"deal": {"create": true, "read": "all", "update": "all", "fields": {"amount": "none", "next_step": "read"}}, "stage": {"read": "all"}});
        let sam = restricted(&w, "Sam", hidden).await;
        let deal = w.create(&w.admin, "deal", json!({"name": "Deal", "amount": 100, "next_step": "call"})).await;
        let seen = w.crm.get(&sam, "deal", deal.id).await.unwrap();
        assert!(!seen.has("amount") && seen.has("next_step"));
        let unknown = |result: crm_core::Result<()>| assert!(matches!(&result, Err(Error::Invalid(errors)) if errors[0].code == "unknown_field"), "{result:?}");
        unknown(w.crm.query(&sam, &Query::of("deal").filter(Filter::eq("amount", 100))).await.map(drop));
        unknown(w.crm.query(&sam, &Query { sort: vec![Sort { field: "amount".into(), descending: true }], ..Query::of("deal") }).await.map(drop));
        unknown(w.crm.query(&sam, &Query { fields: Some(vec!["amount".into()]), ..Query::of("deal") }).await.map(drop));
        let by = Aggregate { object: "deal".into(), group: vec![GroupBy { field: "amount".into(), by: None }], ..Default::default() };
        unknown(w.crm.aggregate(&sam, &by).await.map(drop));
        unknown(w.try_update(&sam, &seen, json!({"amount": 1})).await.map(drop));
        let refused = w.try_update(&sam, &seen, json!({"next_step": "mail"})).await;
        assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors[0].code == "read_only"), "{refused:?}");
        let timeline = w.crm.timeline(&sam, "deal", deal.id, None, 10).await.unwrap().events;
        assert!(timeline.iter().all(|event| !event.changes.contains_key("amount")));
        assert!(w.crm.schema(&sam).object("deal").unwrap().field("amount").is_none());
        let formula = w.crm.get(&sam, "deal", deal.id).await.unwrap();
        assert!(formula.get("expected_revenue").is_null(), "a formula does not tell what its reader may not see");
    })
    .await;
}

#[tokio::test]
async fn teams_open_records_to_their_members_and_to_those_who_manage_them() {
    on_both(async |w| {
        let grants = |scope: &str| json!({"deal": {"create": true, "read": scope}, "stage": {"read": "all"}});
        let (ann, ben, cleo) = (
            restricted(&w, "Ann", grants("team")).await,
            restricted(&w, "Ben", grants("own")).await,
            restricted(&w, "Cleo", grants("teams_below")).await,
        );
        let id = |actor: &Actor| actor.who().user().unwrap();
        let team = w.create(&w.admin, "team", json!({"name": "East", "manager_id": id(&cleo)})).await;
        for user in [&ann, &ben] {
            let user = w.crm.get(&w.admin, "user", id(user)).await.unwrap();
            w.update(&w.admin, &user, json!({"team_id": team.id})).await;
        }
        let (ann, ben, cleo) = (w.actor(id(&ann)).await, w.actor(id(&ben)).await, w.actor(id(&cleo)).await);
        w.create(&ben, "deal", json!({"name": "Ben's"})).await;
        let count = async |actor: &Actor| w.crm.query(actor, &Query::of("deal")).await.unwrap().records.len();
        assert_eq!((count(&ann).await, count(&ben).await, count(&cleo).await), (1, 1, 1));
        w.create(&ann, "deal", json!({"name": "Ann's"})).await;
        assert_eq!((count(&ann).await, count(&ben).await, count(&cleo).await), (2, 1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_shared_record_is_seen_but_only_with_update_changed() {
    on_both(async |w| {
        let own = json!({"deal": {"create": true, "read": "own", "update": "own"}, "stage": {"read": "all"}});
        let sam = restricted(&w, "Sam", own).await;
        let deal = w.create(&w.admin, "deal", json!({"name": "Deal"})).await;
        let share = async |access| {
            w.crm
                .share(&w.admin, "deal", deal.id, vec![Share { grantee_id: sam.who().user().unwrap(), access }])
                .await
                .unwrap()
        };
        share(Access::Read).await;
        assert_eq!(w.crm.get(&sam, "deal", deal.id).await.unwrap().name(), "Deal");
        assert!(matches!(w.try_update(&sam, &deal, json!({"name": "X"})).await, Err(Error::Forbidden { .. })));
        share(Access::Update).await;
        w.update(&sam, &deal, json!({"name": "X"})).await;
    })
    .await;
}

#[tokio::test]
async fn a_key_never_does_more_than_its_scopes_and_its_person() {
    on_both(async |w| {
        let product = w.crm.product(w.tenant.id, "test", Surface::System).await.unwrap();
        let (_, secret) =
            w.crm.create_key(&w.admin, "reader", &["read".into(), "update:task".into()], None).await.unwrap();
        let key = w.crm.key(&secret, Surface::Rest).await.unwrap();
        let may = |verb, object| key.rights().may(verb, object);
        assert!(
            may(Verb::Read, "deal")
                && may(Verb::Update, "task")
                && !may(Verb::Update, "deal")
                && !may(Verb::Delete, "task")
        );
        let widened =
            key.clone().limited_to(&[KeyScope::parse("write").unwrap(), KeyScope::parse("read:deal").unwrap()]);
        assert!(
            widened.rights().may(Verb::Read, "deal")
                && !widened.rights().may(Verb::Update, "deal")
                && !widened.rights().may(Verb::Read, "task")
        );
        let info = w.crm.keys(&w.admin).await.unwrap();
        w.crm.revoke_key(&w.admin, info[0].id).await.unwrap();
        assert!(matches!(w.crm.key(&secret, Surface::Rest).await, Err(Error::Unauthenticated(_))));
        assert!(matches!(w.crm.create_key(&product, "x", &["read".into()], None).await, Err(Error::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_themselves_rights_and_the_last_administrator_stays() {
    on_both(async |w| {
        let manager = w.user("Mia Manager", &["manager"]).await;
        let me = w.crm.get(&w.admin, "user", manager.who().user().unwrap()).await.unwrap();
        assert!(w.try_update(&manager, &me, json!({"role_ids": [{"name": "admin"}]})).await.is_err());
        assert!(w.try_create(&manager, "role", json!({"name": "X", "grants": {"*": {"read": "all"}}})).await.is_err());
        w.crm.set_password(&w.admin, w.admin.who().user().unwrap(), "violet lantern crossing 88").await.unwrap();
        let admin = w.crm.get(&w.admin, "user", w.admin.who().user().unwrap()).await.unwrap();
        assert!(matches!(w.try_update(&w.admin, &admin, json!({"is_active": false})).await, Err(Error::Conflict(_))));
        let wrong =
            w.try_create(&w.admin, "role", json!({"name": "X", "grants": {"deal": {"read": "everything"}}})).await;
        assert!(matches!(wrong, Err(Error::Invalid(errors)) if errors[0].field == "grants"));
    })
    .await;
}

#[tokio::test]
async fn customers_see_their_own_tickets_and_published_articles_and_nothing_else() {
    on_both(async |w| {
        let jane = w.create(&w.admin, "contact", json!({"last_name": "Doe"})).await;
        w.create(&w.admin, "ticket", json!({"subject": "Mine", "contact_id": jane.id})).await;
        w.create(&w.admin, "ticket", json!({"subject": "Another's"})).await;
        w.create(&w.admin, "article", json!({"title": "Public", "body": "Open.", "status": "published"})).await;
        w.create(&w.admin, "article", json!({"title": "Draft"})).await;
        w.create(
            &w.admin,
            "article",
            json!({"title": "Internal", "body": "Shut.", "status": "published", "visibility": "internal"}),
        )
        .await;
        let customer = w.crm.contact(w.tenant.id, jane.id, Surface::Portal).await.unwrap();
        let names = async |object: &str| {
            w.crm
                .query(&customer, &Query::of(object))
                .await
                .map(|page| page.records.iter().map(|record| record.name().to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(names("ticket").await.unwrap(), ["Mine"]);
        assert_eq!(names("article").await.unwrap(), ["Public"]);
        for hidden in ["deal", "account", "user", "role", "lead", "note", "nonsense"] {
            assert!(matches!(names(hidden).await, Err(Error::NotFound { .. })), "{hidden}");
        }
        let visitor = w.crm.visitor(w.tenant.id, Uuid::new_v4(), Surface::WebChat).await.unwrap();
        assert!(w.crm.query(&visitor, &Query::of("ticket")).await.unwrap().records.is_empty());
    })
    .await;
}

/// The whole matrix of the built-in roles, to be read by people: a change of it is a decision.
#[tokio::test]
async fn the_matrix_of_roles_is_as_written_down() {
    let w = crate::support::sqlite().await;
    let jane = w.create(&w.admin, "contact", json!({"last_name": "Doe"})).await;
    let mut actors = Vec::new();
    for (role, _) in crm_core::access::BUILT_IN_ROLES {
        actors.push((role, w.user(&format!("The {role}"), &[role]).await));
    }
    actors.push(("contact", w.crm.contact(w.tenant.id, jane.id, Surface::Portal).await.unwrap()));
    actors.push(("visitor", w.crm.visitor(w.tenant.id, Uuid::new_v4(), Surface::WebChat).await.unwrap()));
    let schema = crm_core::schema::Schema::standard();
    let mut matrix = String::new();
    for (role, actor) in &actors {
        for object in schema.objects() {
            let scopes = Verb::ALL
                .map(|verb| format!("{}={:?}", verb.name(), actor.rights().scope(verb, &object.name)).to_lowercase());
            let _ = writeln!(matrix, "{role} {}: {}", object.name, scopes.join(" "));
            let fields = |wanted: bool| {
                let odd = object
                    .fields
                    .iter()
                    .filter(|field| !field.read_only && wanted != actor.rights().may_read_field(&object.name, field));
                odd.map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")
            };
            let unwritable = object.fields.iter().filter(|field| {
                !field.read_only
                    && actor.rights().may_read_field(&object.name, field)
                    && !actor.rights().may_write_field(&object.name, field)
            });
            let unwritable: Vec<&str> = unwritable.map(|field| field.name.as_str()).collect();
            if actor.rights().may_see(&object.name) && !fields(true).is_empty() {
                let _ = writeln!(matrix, "    hidden: {}", fields(true));
            }
            let writes =
                actor.rights().may(Verb::Create, &object.name) || actor.rights().may(Verb::Update, &object.name);
            if writes && !unwritable.is_empty() {
                let _ = writeln!(matrix, "    read only: {}", unwritable.join(", "));
            }
        }
    }
    insta::assert_snapshot!(matrix);
}
