//! How often one caller may call.

use super::problem::Problem;
use crm_core::Error;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::net::IpAddr;
use std::num::NonZeroU32;
use uuid::Uuid;

/// Whose calls are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Counted {
    /// A browser's session.
    Session(Uuid),
    /// A program: its key, or the client as its company knows it.
    Key(Uuid),
    /// A network address, for those who are not signed in.
    Address(IpAddr),
}

/// The counters of every caller.
#[derive(Debug)]
pub(super) struct Limits(Option<DefaultKeyedRateLimiter<Counted>>);

impl Limits {
    /// `per_second` calls lasting and five times as many in a burst; none: no limit.
    pub(super) fn new(per_second: Option<NonZeroU32>) -> Self {
        const BURST: NonZeroU32 = NonZeroU32::new(5).unwrap();
        let quota = per_second.map(|n| Quota::per_second(n).allow_burst(n.saturating_mul(BURST)));
        Self(quota.map(DefaultKeyedRateLimiter::keyed))
    }

    /// Counts one call.
    pub(super) fn count(&self, who: Counted) -> Result<(), Problem> {
        let Some(limiter) = &self.0 else { return Ok(()) };
        limiter.check_key(&who).map_err(|early| {
            let wait = early.wait_time_from(DefaultClock::default().now());
            let retry_after_seconds = i64::try_from(wait.as_secs() + 1).unwrap_or(i64::MAX);
            Error::Throttled { retry_after_seconds }.into()
        })
    }

    /// Forgets those who have not called for long.
    pub(super) fn forget_idle(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_caller_is_limited_and_another_is_not() {
        let limits = Limits::new(NonZeroU32::new(1));
        let (one, other) = (Counted::Key(Uuid::from_u128(1)), Counted::Key(Uuid::from_u128(2)));
        assert_eq!((0..20).filter(|_| limits.count(one).is_ok()).count(), 5);
        assert!(limits.count(other).is_ok());
    }
}
