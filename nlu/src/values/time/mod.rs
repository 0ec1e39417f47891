//! Times as they are said ("the first Monday of March"), and what they mean on the calendar.

mod evaluate;
mod holiday;
mod meaning;
mod moon;

pub(super) use holiday::Holiday;
pub(super) use meaning::meanings;

use super::calendar::{Second, Unit};
use super::value::Grain;

/// A time as it is said. Most come again and again; [`evaluate`] lists when.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Time {
    /// This second.
    Now,
    Year(i64),
    Month(i64),
    /// A day of a month.
    Day(i64),
    /// A day of the week, Monday being 0.
    Weekday(i64),
    Date {
        year: Option<i64>,
        month: i64,
        day: i64,
    },
    /// A date whose numbers may be read in two orders, the likelier first.
    EitherDate(Box<Time>, Box<Time>),
    Clock(Clock),
    Part(Part),
    Quarter(i64),
    HalfYear(i64),
    Season(i64),
    Holiday(&'static Holiday),
    /// Each unit of the calendar.
    Every(Unit),
    /// Units counted from the present one, which is 0.
    Cycle {
        unit: Unit,
        first: i64,
        count: i64,
    },
    /// So long from now, or until now.
    Rolling {
        length: Length,
        back: bool,
    },
    /// Later than `base`, or earlier.
    Shift {
        base: Box<Time>,
        length: Length,
    },
    /// Some of the times within another: the first is 0, the last -1.
    Nth {
        first: i64,
        count: i64,
        of: Box<Time>,
        within: Box<Time>,
    },
    /// Counted from another time: 1 is the first one after it, -1 the last one before.
    Beside {
        count: i64,
        of: Box<Time>,
        base: Box<Time>,
    },
    /// The nearest, or second nearest, to another time.
    Closest {
        nth: usize,
        of: Box<Time>,
        base: Box<Time>,
    },
    /// The unit that a time lies in: "the week of March 3".
    Around(Unit, Box<Time>),
    Portion(Portion, Box<Time>),
    And(Box<Time>, Box<Time>),
    Span {
        from: Box<Time>,
        to: Box<Time>,
    },
    Bound(Bound, Box<Time>),
    /// As long as said, beginning with `from`: "for 3 days from Monday".
    Lasting {
        from: Box<Time>,
        length: Length,
    },
    /// On the clock of another zone, so many seconds east of Greenwich.
    Zone(i64, Box<Time>),
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Clock {
    /// Seconds since midnight, in the morning if the half of the day is open.
    pub(super) second: Second,
    pub(super) grain: Grain,
    /// Whether it may be in either half of the day.
    pub(super) open: bool,
}

/// A part of the day, in hours: as an office understands it, and as widely or narrowly as others do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) office: (i64, i64),
    pub(super) other: (i64, i64),
}

impl Part {
    /// A time of day with an open half, as it is said of this part of the day.
    pub(super) fn settle(self, clock: Clock) -> Clock {
        const HALF: Second = 43_200;
        if !clock.open {
            return clock;
        }
        let night = self.office.0 >= 18 && clock.second < 6 * 3_600;
        let later = self.office.0 >= 11 && !night && clock.second < HALF;
        Clock { second: clock.second + if later { HALF } else { 0 }, open: false, ..clock }
    }
}

/// A length of time as it is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Length {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) business: bool,
    pub(super) seconds: f64,
    pub(super) nominal: f64,
    /// The smallest unit that was named.
    pub(super) unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Portion {
    Begin,
    Early,
    Mid,
    Late,
    End,
    /// From its beginning until now.
    Earlier,
    /// From now until its end.
    Rest,
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// From a time that was.
    Since,
    /// From a time that may be to come.
    Start,
    /// The same, or just in a time that is over: "the leads from last week".
    From,
    After,
    Before,
    Until,
    By,
}

/// Who speaks, when, and how they mean what may be meant in several ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Speaker {
    pub(super) now: Second,
    /// How far east of Greenwich their clock is.
    pub(super) offset: i64,
    /// Times that come again are meant in the past.
    pub(super) past: bool,
    /// See [`super::Sense::OtherEnd`].
    pub(super) other_end: bool,
    /// See [`super::Sense::OtherHalf`].
    pub(super) other_half: bool,
    /// See [`super::Sense::Aligned`].
    pub(super) aligned: bool,
    /// See [`super::Sense::Extent`].
    pub(super) extent: bool,
    /// See [`super::Sense::Order`].
    pub(super) order: bool,
}
