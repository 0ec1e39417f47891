//! Changes of many records that are begun and done later: once, or not at all.

use crate::support::{World, map, on_both};
use crm_core::record::{Job, Standing};
use crm_core::{Command, Error, Record};
use jiff::SignedDuration;
use serde_json::json;

impl World {
    /// An account, and a job that changes it.
    async fn begun(&self) -> (Record, Job) {
        let account = self.create(&self.admin, "account", json!({"name": "Acme"})).await;
        let values = map(json!({"industry": "retail"}));
        let change = Command::Update { object: "account".into(), id: account.id, version: Some(1), values };
        let job = self.crm.begin_job(&self.admin, &[change]).await.unwrap();
        (account, job)
    }

    async fn standing(&self, job: &Job) -> Standing {
        self.crm.job(&self.admin, job.id).await.unwrap().standing
    }

    async fn version(&self, account: &Record) -> i64 {
        self.crm.get(&self.admin, "account", account.id).await.unwrap().version
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_done_once_however_many_set_to_it() {
    on_both(|world| async move {
        let (account, job) = world.begun().await;
        let all = (0..5).map(|_| world.crm.run_job(&world.admin, job.id));
        for ran in futures_util::future::join_all(all).await {
            ran.unwrap();
        }
        assert!(matches!(world.standing(&job).await, Standing::Done { .. }));
        assert_eq!(world.version(&account).await, 2);
        // What is done cannot be called off, nor done again.
        world.crm.cancel_job(&world.admin, job.id).await.unwrap();
        world.later(SignedDuration::from_mins(5));
        world.crm.run_job(&world.admin, job.id).await.unwrap();
        assert!(matches!(world.standing(&job).await, Standing::Done { .. }));
        assert_eq!(world.version(&account).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_change_fails_is_left_until_somebody_ends_it_or_tries_again() {
    on_both(|world| async move {
        let (account, job) = world.begun().await;
        let changed = world.update(&world.admin, &account, json!({"name": "Acme Ltd."})).await;
        let failed = world.crm.run_job(&world.admin, job.id).await;
        assert!(matches!(failed, Err(Error::Stale { .. })), "{failed:?}");
        assert_eq!((world.standing(&job).await, world.version(&account).await), (Standing::Working, changed.version));
        // Whoever was at it may still be; after a while they count as lost.
        world.crm.run_job(&world.admin, job.id).await.unwrap();
        world.later(SignedDuration::from_mins(3));
        assert!(matches!(world.crm.run_job(&world.admin, job.id).await, Err(Error::Stale { .. })));
        world.crm.fail_job(&world.admin, job.id, "too late").await.unwrap();
        assert_eq!(world.standing(&job).await, Standing::Failed { why: "too late".into() });
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_its_owners_and_is_forgotten_after_an_hour() {
    on_both(|world| async move {
        let (account, job) = world.begun().await;
        let colleague = world.user("Mara", &["admin"]).await;
        let (_, stranger) = crate::support::tenant(&world.crm).await;
        for other in [&colleague, &stranger] {
            assert!(matches!(world.crm.job(other, job.id).await, Err(Error::NotFound { .. })));
            assert!(matches!(world.crm.cancel_job(other, job.id).await, Err(Error::NotFound { .. })));
            world.crm.run_job(other, job.id).await.unwrap();
        }
        assert_eq!((world.standing(&job).await, world.version(&account).await), (Standing::Working, 1));
        world.later(SignedDuration::from_mins(61));
        world.crm.run_job(&world.admin, job.id).await.unwrap();
        assert!(matches!(world.crm.job(&world.admin, job.id).await, Err(Error::NotFound { .. })));
        assert_eq!(world.version(&account).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_more_than_fifty_jobs_at_a_time() {
    on_both(|world| async move {
        for _ in 0..50 {
            world.crm.begin_job(&world.admin, &[]).await.unwrap();
        }
        assert!(matches!(world.crm.begin_job(&world.admin, &[]).await, Err(Error::Conflict(_))));
        world.later(SignedDuration::from_mins(61));
        world.crm.begin_job(&world.admin, &[]).await.unwrap();
    })
    .await;
}
