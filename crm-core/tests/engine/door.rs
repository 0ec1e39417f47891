//! The door: what a caller sees of creating, changing, deleting, merging and undoing, on both engines.

use crate::support::on_both;
use crm_core::event::EventQuery;
use crm_core::query::{Filter, Query};
use crm_core::{Command, Error};
use serde_json::json;

#[tokio::test]
async fn a_created_record_is_read_back_with_its_values_and_its_event() {
    on_both(async |w| {
        let account = w
            .create(
                &w.admin,
                "account",
                json!({"name": "Cancity", "industry": "retail", "annual_revenue": "718620000", "employees": 2448}),
            )
            .await;
        let json = account.to_json();
        assert_eq!(json["industry"], "retail");
        assert_eq!(json["annual_revenue"], json!({"amount": "718620000.00", "currency": "USD"}));
        assert_eq!(json["employees"], 2448);
        assert_eq!(json["version"], 1);
        assert_eq!(json["created_via"], "rest");
        let timeline = w.crm.timeline(&w.admin, "account", account.id, None, 10).await.unwrap().events;
        assert_eq!(timeline.len(), 1);
        assert_eq!(timeline[0].kind, "created");
        assert_eq!(timeline[0].by_name.as_deref(), Some("Ada Admin"));
        assert_eq!(timeline[0].changes["industry"], json!([null, "retail"]));
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_is_told_at_once_with_its_value_and_the_mend() {
    on_both(async |w| {
        let values = json!({"industri": "x", "employees": "many", "website": "no address", "parent_id": "00000000-0000-7000-8000-000000000000", "version": 7});
        let Err(Error::Invalid(errors)) = w.try_create(&w.admin, "account", values).await else { panic!("it was taken") };
        let mut told: Vec<(&str, &str)> = errors.iter().map(|error| (error.field.as_str(), error.code)).collect();
        told.sort_unstable();
        assert_eq!(told, [("employees", "wrong_type"), ("industri", "unknown_field"), ("parent_id", "dangling_reference"), ("version", "read_only"), ("website", "bad_url")]);
        assert!(errors.iter().all(|error| error.hint.is_some()), "{errors:?}");
        assert!(matches!(w.try_create(&w.admin, "account", json!({})).await, Err(Error::Invalid(errors)) if errors[0].code == "required"));
    })
    .await;
}

#[tokio::test]
async fn a_stale_write_is_refused_and_told_what_changed_meanwhile() {
    on_both(async |w| {
        let seen = w.create(&w.admin, "account", json!({"name": "Acme", "employees": 1})).await;
        w.update(&w.admin, &seen, json!({"employees": 2})).await;
        let refused = w.try_update(&w.admin, &seen, json!({"employees": 3})).await;
        let Err(Error::Stale { current_version, changed }) = refused else { panic!("{refused:?}") };
        assert_eq!(current_version, 2);
        assert_eq!((changed[0].field.as_str(), &changed[0].from, &changed[0].to), ("employees", &json!(1), &json!(2)));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_record_is_gone_until_it_is_restored() {
    on_both(async |w| {
        let account = w.create(&w.admin, "account", json!({"name": "Acme", "external_id": "A-1"})).await;
        let delete = Command::Delete { object: "account".into(), id: account.id, version: None };
        w.crm.write(&w.admin, delete).await.unwrap();
        assert!(matches!(w.crm.get(&w.admin, "account", account.id).await, Err(Error::NotFound { .. })));
        assert!(w.crm.query(&w.admin, &Query::of("account")).await.unwrap().records.is_empty());
        w.crm.write(&w.admin, Command::Restore { object: "account".into(), id: account.id }).await.unwrap();
        assert_eq!(w.crm.get(&w.admin, "account", account.id).await.unwrap().version, 3);
    })
    .await;
}

#[tokio::test]
async fn any_change_can_be_reverted_unless_the_field_changed_again() {
    on_both(async |w| {
        let account =
            w.create(&w.admin, "account", json!({"name": "Acme", "employees": 1, "industry": "retail"})).await;
        let written = w.try_update(&w.admin, &account, json!({"employees": 2, "industry": null})).await.unwrap();
        let undone = w.crm.revert(&w.admin, written.sequence.unwrap()).await.unwrap().record.unwrap();
        assert_eq!(
            (undone.to_json()["employees"].clone(), undone.to_json()["industry"].clone()),
            (json!(1), json!("retail"))
        );
        let again = w.try_update(&w.admin, &undone, json!({"employees": 5})).await.unwrap();
        w.update(&w.admin, again.record.as_ref().unwrap(), json!({"employees": 6})).await;
        assert!(matches!(w.crm.revert(&w.admin, again.sequence.unwrap()).await, Err(Error::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn a_merge_moves_everything_and_its_revert_puts_everything_back() {
    on_both(async |w| {
        let winner = w.create(&w.admin, "account", json!({"name": "Acme"})).await;
        let loser = w.create(&w.admin, "account", json!({"name": "ACME Inc", "industry": "retail"})).await;
        let contact = w.create(&w.admin, "contact", json!({"last_name": "Doe", "account_id": loser.id})).await;
        let task = w
            .create(&w.admin, "task", json!({"subject": "Call", "related_id": {"object": "account", "id": loser.id}}))
            .await;
        let merge = Command::Merge {
            object: "account".into(),
            id: winner.id,
            from: vec![loser.id],
            values: Default::default(),
        };
        let merged = w.crm.write(&w.admin, merge).await.unwrap();
        assert_eq!(merged.record.unwrap().to_json()["industry"], "retail");
        assert_eq!(
            w.crm.get(&w.admin, "contact", contact.id).await.unwrap().get("account_id").as_id(),
            Some(winner.id)
        );
        assert_eq!(w.crm.get(&w.admin, "task", task.id).await.unwrap().get("related_id").as_id(), Some(winner.id));
        assert!(w.crm.get(&w.admin, "account", loser.id).await.is_err());
        let timeline = w.crm.timeline(&w.admin, "account", winner.id, None, 50).await.unwrap().events;
        assert!(
            timeline.iter().any(|event| event.record_id == loser.id && event.kind == "created"),
            "both histories go on"
        );

        w.crm.revert_batch(&w.admin, merged.batch.unwrap()).await.unwrap();
        assert_eq!(w.crm.get(&w.admin, "contact", contact.id).await.unwrap().get("account_id").as_id(), Some(loser.id));
        assert_eq!(w.crm.get(&w.admin, "account", loser.id).await.unwrap().name(), "ACME Inc");
        assert!(w.crm.get(&w.admin, "account", winner.id).await.unwrap().get("industry").is_null());
    })
    .await;
}

#[tokio::test]
async fn a_likely_duplicate_is_told_on_create_and_reported() {
    on_both(async |w| {
        w.create(
            &w.admin,
            "contact",
            json!({"first_name": "John", "last_name": "Smith", "email": "john@acme.example"}),
        )
        .await;
        let again =
            w.try_create(&w.admin, "contact", json!({"first_name": "Jon", "last_name": "Smith"})).await.unwrap();
        assert_eq!(again.possible_duplicates[0].reasons, ["similar name"]);
        let same = w
            .try_create(&w.admin, "contact", json!({"last_name": "J. S.", "email": "JOHN@acme.example"}))
            .await
            .unwrap();
        assert_eq!(same.possible_duplicates[0].reasons, ["same e-mail"]);
        let report = w.crm.duplicates(&w.admin, "contact", None, 10).await.unwrap();
        assert_eq!(report.groups[0].reason, "same e-mail: john@acme.example");
        assert_eq!(report.groups[0].records.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_stage_sets_probability_outcome_and_close_date_and_asks_why_a_deal_is_lost() {
    on_both(async |w| {
        let deal = w.create(&w.admin, "deal", json!({"name": "Big one", "amount": 1000})).await;
        assert_eq!(deal.to_json()["probability"], 10);
        assert_eq!(deal.to_json()["number"], "D-1001");
        assert_eq!(deal.to_json()["expected_revenue"], 100);
        let lost = w.try_update(&w.admin, &deal, json!({"stage_id": w.stage("Lost").await})).await;
        assert!(matches!(&lost, Err(Error::Invalid(errors)) if errors[0].field == "lost_reason"), "{lost:?}");
        let won = w.update(&w.admin, &deal, json!({"stage_id": {"name": "Won"}})).await.to_json();
        assert_eq!(
            (won["is_won"].clone(), won["is_closed"].clone(), won["probability"].clone()),
            (json!(true), json!(true), json!(100))
        );
        assert_eq!(won["close_date"], "2017-12-31");
        assert_eq!(won["stage_history"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_new_default_pipeline_takes_the_place_of_the_old_one() {
    on_both(async |w| {
        let own = w.create(&w.admin, "pipeline", json!({"name": "Own", "is_default": true})).await;
        let first = w.create(&w.admin, "stage", json!({"name": "First", "pipeline_id": own.id})).await;
        let defaults = Query::of("pipeline").filter(Filter::eq("is_default", true));
        let defaults = w.crm.query(&w.admin, &defaults).await.unwrap().records;
        assert_eq!(defaults.iter().map(|pipeline| pipeline.name()).collect::<Vec<_>>(), ["Own"]);
        let deal = w.create(&w.admin, "deal", json!({"name": "New"})).await;
        assert_eq!(deal.get("stage_id").as_id(), Some(first.id));
        let cleared = w.update(&w.admin, &deal, json!({"stage_id": null})).await;
        assert_eq!(cleared.get("stage_id").as_id(), Some(first.id));
    })
    .await;
}

#[tokio::test]
async fn a_converted_lead_becomes_account_contact_and_deal_that_can_be_traced_back_and_undone() {
    on_both(async |w| {
        let values = json!({"first_name": "Jane", "last_name": "Doe", "company": "Northwind", "email": "jane@northwind.example", "lead_source": "fair"});
        let lead = w.create(&w.admin, "lead", values).await;
        let act = Command::Act { object: "lead".into(), id: lead.id, action: "convert".into(), input: crate::support::map(json!({"amount": 500})) };
        let written = w.crm.write(&w.admin, act.clone()).await.unwrap();
        let converted = written.record.unwrap();
        let contact = w.crm.get(&w.admin, "contact", converted.get("converted_contact_id").as_id().unwrap()).await.unwrap();
        assert_eq!((contact.name(), contact.get("email").as_text()), ("Jane Doe", Some("jane@northwind.example")));
        let deal = w.crm.get(&w.admin, "deal", converted.get("converted_deal_id").as_id().unwrap()).await.unwrap();
        assert_eq!((deal.name(), deal.get("lead_source").as_text()), ("Northwind", Some("fair")));
        assert!(matches!(w.crm.write(&w.admin, act).await, Err(Error::Conflict(_))));
        w.crm.revert_batch(&w.admin, written.batch.unwrap()).await.unwrap();
        assert!(w.crm.get(&w.admin, "deal", deal.id).await.is_err());
        assert_eq!(w.crm.get(&w.admin, "lead", lead.id).await.unwrap().get("status").as_text(), Some("new"));
    })
    .await;
}

#[tokio::test]
async fn another_tenants_records_do_not_exist_in_any_position() {
    on_both(async |w| {
        let (_, stranger) = crate::support::tenant(&w.crm).await;
        let account = w.create(&w.admin, "account", json!({"name": "Secret"})).await;
        let gone = |result: crm_core::Result<_>| matches!(result, Err(Error::NotFound { .. }));
        assert!(gone(w.crm.get(&stranger, "account", account.id).await.map(drop)));
        assert!(gone(w.try_update(&stranger, &account, json!({"name": "Mine"})).await.map(drop)));
        assert!(gone(w.crm.timeline(&stranger, "account", account.id, None, 10).await.map(drop)));
        let linked = w.try_create(&stranger, "contact", json!({"last_name": "X", "account_id": account.id})).await;
        assert!(matches!(linked, Err(Error::Invalid(errors)) if errors[0].code == "dangling_reference"));
        let filter = Filter::eq("id", json!(account.id));
        assert!(w.crm.query(&stranger, &Query::of("account").filter(filter)).await.unwrap().records.is_empty());
        let events =
            w.crm.events(&stranger, &EventQuery { record_id: Some(account.id), ..Default::default() }).await.unwrap();
        assert!(events.events.is_empty());
    })
    .await;
}

#[tokio::test]
async fn sequences_have_no_gaps_however_many_write_at_once() {
    on_both(async |w| {
        let before = w.crm.last_sequence(w.tenant.id).await.unwrap();
        let writes = (0..40).map(|i| w.try_create(&w.admin, "account", json!({"name": format!("Account {i}")})));
        for written in futures_util::future::join_all(writes).await {
            written.unwrap();
        }
        let events = w.crm.log_after(w.tenant.id, before, 1000).await.unwrap();
        let sequences: Vec<i64> = events.iter().map(|event| event.sequence).collect();
        assert_eq!(sequences, (before + 1..=before + 40).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn of_many_who_write_at_once_only_those_fail_whose_own_change_is_wrong() {
    on_both(async |w| {
        let known = w.create(&w.admin, "product", json!({"name": "Known", "sku": "S-0"})).await;
        let before = w.crm.last_sequence(w.tenant.id).await.unwrap();
        let writes = (0..40).map(|i| {
            let w = &w;
            let known = &known;
            async move {
                match i % 8 {
                    // Taken by the product that is there, found out by the database alone.
                    3 => w.try_create(&w.admin, "product", json!({"name": "Twice", "sku": "S-0"})).await.map(drop),
                    // A version that never was.
                    5 => {
                        let values = crate::support::map(json!({"name": "Stale"}));
                        let (object, id) = ("product".to_owned(), known.id);
                        let command = Command::Update { object, id, version: Some(99), values };
                        w.crm.write(&w.admin, command).await.map(drop)
                    }
                    _ => {
                        let values = json!({"name": format!("Product {i}"), "sku": format!("P-{i}")});
                        w.try_create(&w.admin, "product", values).await.map(drop)
                    }
                }
            }
        });
        for (i, written) in futures_util::future::join_all(writes).await.into_iter().enumerate() {
            match (i % 8, written) {
                (3, Err(Error::Invalid(errors))) => {
                    assert_eq!((errors[0].field.as_str(), errors[0].code), ("sku", "not_unique"))
                }
                (5, Err(Error::Stale { current_version: 1, .. })) => {}
                (3 | 5, other) => panic!("write {i} ended with {other:?}"),
                (_, written) => written.unwrap(),
            }
        }
        let events = w.crm.log_after(w.tenant.id, before, 1000).await.unwrap();
        let sequences: Vec<i64> = events.iter().map(|event| event.sequence).collect();
        assert_eq!(sequences, (before + 1..=before + 30).collect::<Vec<_>>());
        let all = Query { limit: Some(200), ..Query::of("product") };
        assert_eq!(w.crm.query(&w.admin, &all).await.unwrap().records.len(), 31);
    })
    .await;
}

#[tokio::test]
async fn a_bulk_operation_tells_each_row_and_is_reverted_as_a_whole() {
    on_both(async |w| {
        let create = |name: &str| Command::Create {
            object: "account".into(),
            values: crate::support::map(json!({"name": name})),
        };
        let (batch, results) =
            w.crm.bulk(&w.admin, vec![create("One"), create(""), create("Three")], false).await.unwrap();
        assert_eq!(results.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
        w.crm.revert_batch(&w.admin, batch).await.unwrap();
        assert!(w.crm.query(&w.admin, &Query::of("account")).await.unwrap().records.is_empty());
        let refused = w.crm.bulk(&w.admin, vec![create("One"), create("")], true).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].field == "operations[1].name"));
        assert!(w.crm.query(&w.admin, &Query::of("account")).await.unwrap().records.is_empty(), "all or nothing");
    })
    .await;
}
