//! What is found in a text: typed values.

use jiff::civil::{Date, DateTime, Time, Weekday};
use std::fmt;
use std::ops::Range;

/// A value and where it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The bytes of the text that say it.
    pub span: Range<usize>,
    /// What an office worker most likely means; of a day without a year the coming one.
    pub value: Value,
    /// What the same words may mean otherwise, the likelier first.
    pub others: Vec<Reading>,
}

/// Another meaning of the same words.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// How it differs from the first.
    pub sense: Sense,
    /// What it means then.
    pub value: Value,
}

/// How a reading differs from the likeliest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// The latest one that has begun, instead of the coming one: "in June", "on March 3", "Monday".
    Past,
    /// The coming one, where the latest is likelier: "since August".
    Future,
    /// The other half of the day: "at 5".
    OtherHalf,
    /// With the named end where the likeliest is without it, or without where it is with it: "from 2014 to 2018", "9 to 11".
    OtherEnd,
    /// The whole calendar units instead of the time up to now or from now, or the other way round: "last 3 months".
    Aligned,
    /// A wider or narrower idea of a part of a time: "morning", "weekend", "end of the month".
    Extent,
    /// Day and month the other way round, or another century: "3/4/35".
    Order,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// "12", "twenty-five", "1.2M", "3 dozen".
    Number(Number),
    /// "third", "21st".
    Ordinal(i64),
    /// "75 %" is 75.
    Percent(Decimal),
    /// "$25k", "EUR 300", "50 grand".
    Money(Money),
    /// "three weeks", "2 h 30".
    Duration(Duration),
    /// A time, a span of time, or one that comes again.
    Time(When),
    /// An address for e-mail, as written.
    Email(String),
    /// A telephone number: its digits, with the leading `+` where one was written.
    Phone(String),
    /// An address on the web, as written.
    Url(String),
}

/// A number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// How much.
    pub value: Decimal,
    /// Whether it is written in words alone ("two"), which may also be no figure ("the two of us").
    pub in_words: bool,
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// How much, in units of the currency.
    pub amount: Decimal,
    /// Which currency; `None` where the words leave it open ("50 grand", "42 bucks").
    pub currency: Option<Currency>,
}

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of a code of three letters.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_alphabetic).then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }

    /// Its three capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An exact decimal number with six places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal {
    micros: i128,
}

impl Decimal {
    const ONE: i128 = 1_000_000;

    /// So many millionths.
    #[must_use]
    pub fn from_micros(micros: i128) -> Self {
        Self { micros }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self { micros: i128::from(number) * Self::ONE }
    }

    /// In millionths.
    #[must_use]
    pub fn micros(self) -> i128 {
        self.micros
    }

    /// As a whole number, if it is one.
    #[must_use]
    pub fn as_whole(self) -> Option<i64> {
        (self.micros % Self::ONE == 0).then(|| i64::try_from(self.micros / Self::ONE).ok()).flatten()
    }

    /// As the nearest floating-point number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest number is asked for")]
    pub fn as_f64(self) -> f64 {
        self.micros as f64 / Self::ONE as f64
    }

    /// Times `other`, cut to six places; `None` if that is too large.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self { micros: self.micros.checked_mul(other.micros)? / Self::ONE })
    }

    /// Plus `other`; `None` if that is too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { micros: self.micros.checked_add(other.micros)? })
    }

    /// Divided by `other`, cut to six places; `None` by nothing.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        Some(Self { micros: self.micros.checked_mul(Self::ONE)?.checked_div(other.micros)? })
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { micros: -self.micros }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.micros < 0 { "-" } else { "" };
        let (whole, rest) = (self.micros.abs() / Self::ONE, self.micros.abs() % Self::ONE);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        write!(f, "{sign}{whole}.{}", format!("{rest:06}").trim_end_matches('0'))
    }
}

/// A length of time. Months and days keep their nature: a month from now is the same day of the next month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Duration {
    /// Whole months, years among them.
    pub months: i64,
    /// Whole days, weeks among them.
    pub days: i64,
    /// Whether `days` are business days: Monday to Friday.
    pub business: bool,
    /// Hours and less, and fractions of days.
    pub seconds: f64,
    /// The whole in seconds, a month counted as 30 days and a year as 365.
    pub nominal_seconds: f64,
    /// The smallest unit that was named.
    pub grain: Grain,
}

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Grain {
    /// A second.
    #[default]
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week, from Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

/// A time, in the zone of the `now` that was given.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// An instant (grain of an hour or less) or a day (grain [`Grain::Day`], `at` its midnight).
    Moment {
        /// When it is, or begins.
        at: DateTime,
        /// How exactly it is named: "at 3" is an hour, "15:20" a minute.
        grain: Grain,
    },
    /// A span of time, at least one end of which is set: "June", "last 30 days", "since March", "Q1 2027".
    Range {
        /// Its first moment.
        from: Option<DateTime>,
        /// The first moment behind it.
        until: Option<DateTime>,
        /// The unit that it is named in: a month for "June", a day for "May 3 to 7".
        grain: Grain,
    },
    /// A time that comes again: "every Monday at 8".
    Recurring(Recurrence),
}

impl When {
    /// Its first moment and the first moment behind it; of an instant named to the hour or finer, just that instant.
    #[must_use]
    pub fn bounds(&self) -> (Option<DateTime>, Option<DateTime>) {
        match self {
            Self::Moment { at, grain: Grain::Day } => (Some(*at), at.checked_add(jiff::Span::new().days(1)).ok()),
            Self::Moment { at, .. } => (Some(*at), Some(*at)),
            Self::Range { from, until, .. } => (*from, *until),
            Self::Recurring(recurrence) => (Some(recurrence.first), None),
        }
    }

    /// The unit that it is named in.
    #[must_use]
    pub fn grain(&self) -> Grain {
        match self {
            Self::Moment { grain, .. } | Self::Range { grain, .. } => *grain,
            Self::Recurring(recurrence) => recurrence.unit,
        }
    }

    /// The day, if it is one day or a moment of one.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::Moment { at, .. } => Some(at.date()),
            Self::Range { .. } | Self::Recurring(_) => None,
        }
    }
}

/// What comes again.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrence {
    /// Every so many units: 2 for "every other week".
    pub every: u32,
    /// The unit that is counted.
    pub unit: Grain,
    /// The days of the week, where they are named ("every Monday", "on weekdays").
    pub weekdays: Vec<Weekday>,
    /// The day of the month, where it is named ("on the 1st of every month"); -1 is the last.
    pub month_day: Option<i8>,
    /// The time of day, where it is named.
    pub time: Option<Time>,
    /// The first time from now on.
    pub first: DateTime,
}

impl Found {
    /// The meaning in the past, if there is one among the readings, else the first: for questions about what was.
    #[must_use]
    pub fn past(&self) -> &Value {
        self.sense(Sense::Past).unwrap_or(&self.value)
    }

    /// The meaning to come, if there is one among the readings, else the first: for tasks and plans.
    #[must_use]
    pub fn future(&self) -> &Value {
        self.sense(Sense::Future).unwrap_or(&self.value)
    }

    /// The reading of a sense.
    #[must_use]
    pub fn sense(&self, sense: Sense) -> Option<&Value> {
        self.others.iter().find(|reading| reading.sense == sense).map(|reading| &reading.value)
    }
}
