//! How much one visitor may say.

use crm_core::Error;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::num::NonZeroU32;
use uuid::Uuid;

/// Messages a minute, lasting.
const A_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// Messages at once.
const BURST: NonZeroU32 = NonZeroU32::new(10).unwrap();

/// The messages of each visitor, counted.
#[derive(Debug)]
pub(super) struct Pace(DefaultKeyedRateLimiter<Uuid>);

impl Pace {
    pub(super) fn new() -> Self {
        Self(DefaultKeyedRateLimiter::keyed(Quota::per_minute(A_MINUTE).allow_burst(BURST)))
    }

    /// Counts one message.
    pub(super) fn count(&self, visitor: Uuid) -> Result<(), Error> {
        self.0.check_key(&visitor).map_err(|early| {
            let wait = early.wait_time_from(DefaultClock::default().now());
            Error::Throttled { retry_after_seconds: i64::try_from(wait.as_secs() + 1).unwrap_or(i64::MAX) }
        })
    }

    /// Forgets those who have said nothing for long.
    pub(super) fn forget_idle(&self) {
        self.0.retain_recent();
        self.0.shrink_to_fit();
    }
}
