//! Where the time comes from. Logic never reads the machine's clock: it asks the [`Clock`] it was given.

use jiff::{Timestamp, Unit};
use std::fmt::Debug;
use std::sync::Mutex;

/// A source of instants in UTC, cut to whole microseconds, the precision that both engines keep.
pub trait Clock: Send + Sync + Debug {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        cut(Timestamp::now())
    }
}

/// A clock that stands still until it is moved: for tests and for questions asked "as of" an instant.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock that shows `at`.
    pub fn new(at: Timestamp) -> Self {
        Self(Mutex::new(cut(at)))
    }

    /// Moves the clock to `at`.
    pub fn set(&self, at: Timestamp) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = cut(at);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn cut(at: Timestamp) -> Timestamp {
    // Rounding down to microseconds cannot leave the range of a timestamp.
    at.round(jiff::TimestampRound::new().smallest(Unit::Microsecond).mode(jiff::RoundMode::Trunc)).unwrap_or(at)
}
