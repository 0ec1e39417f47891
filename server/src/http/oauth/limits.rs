//! How often programs may introduce themselves, and how often documents are fetched for one person: both cost others
//! more than whoever asks.

use crate::http::problem::Problem;
use crm_core::Error;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;
use uuid::Uuid;

/// The counters.
#[derive(Debug)]
pub(in crate::http) struct Limits {
    registrations: DefaultKeyedRateLimiter<IpAddr>,
    documents: DefaultKeyedRateLimiter<Uuid>,
}

const REGISTRATIONS_AN_HOUR: NonZeroU32 = NonZeroU32::new(30).unwrap();
const DOCUMENTS_A_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();

impl Default for Limits {
    fn default() -> Self {
        Self {
            registrations: DefaultKeyedRateLimiter::keyed(Quota::per_hour(REGISTRATIONS_AN_HOUR)),
            documents: DefaultKeyedRateLimiter::keyed(Quota::per_minute(DOCUMENTS_A_MINUTE)),
        }
    }
}

impl Limits {
    /// Counts a registration from an address.
    pub(super) fn registration(&self, from: IpAddr) -> Result<(), Error> {
        self.registrations.check_key(&from).map_err(|early| wait(early.wait_time_from(DefaultClock::default().now())))
    }

    /// Counts a document fetched for a person.
    pub(super) fn document(&self, session: Uuid) -> Result<(), Problem> {
        let counted = self.documents.check_key(&session);
        counted.map_err(|early| wait(early.wait_time_from(DefaultClock::default().now())).into())
    }

    /// Forgets those who have not asked for long.
    pub(in crate::http) fn forget_idle(&self) {
        self.registrations.retain_recent();
        self.documents.retain_recent();
    }
}

fn wait(time: Duration) -> Error {
    Error::Throttled { retry_after_seconds: i64::try_from(time.as_secs() + 1).unwrap_or(i64::MAX) }
}
