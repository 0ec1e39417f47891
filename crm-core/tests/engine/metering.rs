//! What a company uses of a service that costs something.

use crate::support::{World, on_both};
use crm_core::Actor;
use jiff::SignedDuration;

const SERVICE: &str = "llm";

impl World {
    /// Whether so many units are left of a hundred a day.
    async fn takes(&self, actor: &Actor, units: u64) -> bool {
        self.crm.take_units(actor, SERVICE, units, Some(100)).await.unwrap().is_some()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_taken_in_a_day_than_is_left_and_what_was_not_used_is_given_back() {
    on_both(|world| async move {
        let admin = &world.admin;
        let taken = world.crm.take_units(admin, SERVICE, 80, Some(100)).await.unwrap().unwrap();
        assert!(!world.takes(admin, 21).await);
        world.crm.settle_units(admin, taken, 30).await.unwrap();
        assert!(world.takes(admin, 70).await && !world.takes(admin, 1).await);
        assert!(!world.takes(admin, 101).await);
        let (_, other) = crate::support::tenant(&world.crm).await;
        assert!(world.takes(&other, 100).await);
        world.clock.set(world.crm.now().checked_add(SignedDuration::from_hours(24)).unwrap());
        assert!(world.takes(admin, 100).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_take_at_once_take_no_more_than_there_is() {
    on_both(|world| async move {
        let all = (0..20).map(|_| world.takes(&world.admin, 10));
        let taken = futures_util::future::join_all(all).await.into_iter().filter(|taken| *taken).count();
        assert_eq!(taken, 10);
    })
    .await;
}
