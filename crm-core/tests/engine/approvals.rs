//! Changes for which somebody's yes is asked: made once, by whoever may, with the rights of the moment at which they
//! say yes.

use crate::support::{World, map, on_both, tenant};
use crm_core::desk::{Approval, ApprovalState, NewApproval};
use crm_core::event::EventQuery;
use crm_core::{Actor, Command, Error, Record, Result};
use jiff::SignedDuration;
use serde_json::{Value as Json, json};
use uuid::Uuid;

fn user(actor: &Actor) -> Uuid {
    actor.who().user().unwrap()
}

impl World {
    /// An account of the administrator's.
    async fn acme(&self) -> Record {
        self.create(&self.admin, "account", json!({"name": "Acme", "industry": "retail"})).await
    }

    /// Somebody asks for a yes to a change.
    async fn asked(&self, asker: &Actor, approver: &Actor, command: Command) -> Result<Approval> {
        let new = NewApproval {
            approver: user(approver),
            title: "Change Acme".into(),
            command,
            change: Json::Null,
            conversation: Uuid::now_v7(),
        };
        self.crm.ask_approval(asker, new).await
    }

    /// The administrator is asked to make Acme a software company.
    async fn waiting(&self, asker: &Actor) -> (Record, Approval) {
        let acme = self.acme().await;
        let approval = self.asked(asker, &self.admin, to_software(&acme)).await.unwrap();
        (acme, approval)
    }

    async fn industry(&self, account: &Record) -> Json {
        self.crm.get(&self.admin, "account", account.id).await.unwrap().to_json()["industry"].clone()
    }

    async fn state(&self, approval: &Approval) -> ApprovalState {
        self.crm.approval(&self.admin, approval.id).await.unwrap().state
    }
}

fn to_software(account: &Record) -> Command {
    let values = map(json!({"industry": "software"}));
    Command::Update { object: "account".into(), id: account.id, version: Some(account.version), values }
}

fn code<T: std::fmt::Debug>(refused: Result<T>) -> &'static str {
    match refused {
        Err(Error::Invalid(fields)) => fields[0].code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_makes_the_change_once_however_many_times_it_is_said() {
    on_both(|world| async move {
        let sam = world.user("Sam", &["seller"]).await;
        let (acme, approval) = world.waiting(&sam).await;
        assert_eq!(world.industry(&acme).await, "retail");
        let all = (0..5).map(|_| world.crm.approve(&world.admin, approval.id, None));
        let said = futures_util::future::join_all(all).await;
        assert_eq!(said.iter().filter(|said| said.is_ok()).count(), 1, "{said:?}");
        assert!(said.iter().all(|said| matches!(said, Ok(_) | Err(Error::Conflict(_)))), "{said:?}");
        assert_eq!(
            (world.industry(&acme).await, world.state(&approval).await),
            (json!("software"), ApprovalState::Approved)
        );
        let query = EventQuery { record_id: Some(acme.id), newest_first: true, ..EventQuery::default() };
        let events = world.crm.events(&world.admin, &query).await.unwrap().events;
        assert_eq!(events.len(), 2, "made, and changed once");
        let event = &events[0];
        assert_eq!((event.by.user(), event.asked_by), (Some(user(&world.admin)), Some(user(&sam))));
        assert_eq!(event.to_json()["asked_by"]["name"], "Sam");
        assert_eq!(events[1].to_json().get("asked_by"), None);
        world.crm.revert(&world.admin, event.sequence).await.unwrap();
        assert_eq!(world.industry(&acme).await, "retail");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_meanwhile_is_approved_only_by_who_has_seen_it() {
    on_both(|world| async move {
        let sam = world.user("Sam", &["seller"]).await;
        let (acme, approval) = world.waiting(&sam).await;
        let newer = world.update(&world.admin, &acme, json!({"industry": "medical"})).await;
        for _ in 0..2 {
            let stale = world.crm.approve(&world.admin, approval.id, None).await;
            let Err(Error::Stale { current_version, changed }) = stale else { panic!("{stale:?}") };
            assert_eq!((current_version, changed[0].to.clone()), (newer.version, json!("medical")));
        }
        assert_eq!(
            (world.industry(&acme).await, world.state(&approval).await),
            (json!("medical"), ApprovalState::Pending)
        );
        world.crm.approve(&world.admin, approval.id, Some(newer.version)).await.unwrap();
        assert_eq!(world.industry(&acme).await, "software");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_who_may_not_do_it_either_or_asks_themselves() {
    on_both(|world| async move {
        let (sam, vic) = (world.user("Sam", &["seller"]).await, world.user("Vic", &["viewer"]).await);
        let acme = world.acme().await;
        let all = [
            (world.asked(&sam, &vic, to_software(&acme)).await, "not_permitted"),
            (world.asked(&sam, &sam, to_software(&acme)).await, "same_person"),
        ];
        for (refused, expected) in all {
            assert_eq!(code(refused), expected);
        }
        let (_, stranger) = tenant(&world.crm).await;
        assert_eq!(code(world.asked(&sam, &stranger, to_software(&acme)).await), "not_permitted");
        assert!(world.crm.approvals_asked(&sam).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rights_are_those_of_the_moment_of_the_yes() {
    on_both(|world| async move {
        let (sam, mia) = (world.user("Sam", &["seller"]).await, world.user("Mia", &["admin"]).await);
        let acme = world.acme().await;
        let approval = world.asked(&sam, &mia, to_software(&acme)).await.unwrap();
        let viewer = crm_core::query::Query::of("role").filter(crm_core::query::Filter::eq("name", json!("viewer")));
        let viewer = world.crm.query(&world.admin, &viewer).await.unwrap().records[0].id;
        let roles = map(json!({"role_ids": [viewer]}));
        let demoted = Command::Update { object: "user".into(), id: user(&mia), version: None, values: roles };
        world.crm.write(&world.admin, demoted).await.unwrap();
        // Even as the actor that was made before.
        let refused = world.crm.approve(&mia, approval.id, None).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        assert_eq!(world.industry(&acme).await, "retail");
        assert_eq!(world.crm.approval(&mia, approval.id).await.unwrap().state, ApprovalState::Pending);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_declined_withdrawn_or_too_old_is_never_done() {
    on_both(|world| async move {
        let sam = world.user("Sam", &["seller"]).await;
        let (acme, declined) = world.waiting(&sam).await;
        let no = world.crm.decline(&world.admin, declined.id, Some(" too early ".into())).await.unwrap();
        assert_eq!((no.state, no.reason.as_deref()), (ApprovalState::Declined, Some("too early")));
        let withdrawn = world.asked(&sam, &world.admin, to_software(&acme)).await.unwrap();
        world.crm.withdraw_approval(&sam, withdrawn.id).await.unwrap();
        let old = world.asked(&sam, &world.admin, to_software(&acme)).await.unwrap();
        assert_eq!(world.crm.approvals_to_decide(&world.admin).await.unwrap().len(), 1);
        world.later(SignedDuration::from_hours(7 * 24));
        assert_eq!(world.crm.approvals_to_decide(&world.admin).await.unwrap().len(), 0);
        assert_eq!(world.state(&old).await, ApprovalState::Expired);
        for over in [&declined, &withdrawn, &old] {
            let late = world.crm.approve(&world.admin, over.id, None).await;
            assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
            let late = world.crm.decline(&world.admin, over.id, None).await;
            assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
            let late = world.crm.withdraw_approval(&sam, over.id).await;
            assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
        }
        assert_eq!(world.industry(&acme).await, "retail");
        let long = world.crm.decline(&world.admin, old.id, Some("x".repeat(501))).await;
        assert_eq!(code(long), "too_long");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_known_to_its_two_sides_alone() {
    on_both(|world| async move {
        let (sam, mia) = (world.user("Sam", &["seller"]).await, world.user("Mia", &["admin"]).await);
        let (_, approval) = world.waiting(&sam).await;
        let (_, stranger) = tenant(&world.crm).await;
        for other in [&mia, &stranger] {
            for refused in [
                world.crm.approval(other, approval.id).await.map(drop),
                world.crm.approve(other, approval.id, None).await.map(drop),
                world.crm.decline(other, approval.id, None).await.map(drop),
                world.crm.withdraw_approval(other, approval.id).await.map(drop),
            ] {
                assert!(matches!(refused, Err(Error::NotFound { .. })), "{refused:?}");
            }
            assert!(world.crm.approvals_to_decide(other).await.unwrap().is_empty());
        }
        let own = world.crm.approve(&sam, approval.id, None).await;
        assert!(matches!(own, Err(Error::Forbidden { .. })), "{own:?}");
        let others = world.crm.withdraw_approval(&world.admin, approval.id).await;
        assert!(matches!(others, Err(Error::NotFound { .. })), "{others:?}");
        assert_eq!(world.state(&approval).await, ApprovalState::Pending);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_belongs_to_whoever_asked_for_it() {
    on_both(|world| async move {
        let vic = world.user("Vic", &["viewer"]).await;
        let create = Command::Create { object: "account".into(), values: map(json!({"name": "Vandelay"})) };
        let approval = world.asked(&vic, &world.admin, create).await.unwrap();
        let (_, written) = world.crm.approve(&world.admin, approval.id, None).await.unwrap();
        assert_eq!(written.record.unwrap().get("owner_id").as_id(), Some(user(&vic)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_more_than_fifty_requests_waiting() {
    on_both(|world| async move {
        let sam = world.user("Sam", &["seller"]).await;
        let (acme, first) = world.waiting(&sam).await;
        for _ in 1..crm_core::Crm::MOST_APPROVALS {
            world.asked(&sam, &world.admin, to_software(&acme)).await.unwrap();
        }
        let one_more = world.asked(&sam, &world.admin, to_software(&acme)).await;
        assert!(matches!(one_more, Err(Error::Conflict(_))), "{one_more:?}");
        world.crm.withdraw_approval(&sam, first.id).await.unwrap();
        world.asked(&sam, &world.admin, to_software(&acme)).await.unwrap();
        // What the bot does by itself for somebody is something else.
        assert!(world.crm.promises(&sam).await.unwrap().is_empty());
        assert!(!world.crm.end_promise(&sam, first.id).await.unwrap());
    })
    .await;
}
