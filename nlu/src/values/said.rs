//! What a piece of a text says, on the way to a value; and the kinds that rules ask for.

use super::calendar::Unit;
use super::time::{Bound, Clock, Length, Part, Portion, Time};
use super::value::{Currency, Decimal, Grain};

/// What a piece of a text says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// A word that only rules know, by its number.
    Word(u16),
    Number(Figure),
    Ordinal(i64),
    Unit(Unit),
    Length(Length),
    Time(Time),
    /// A time that is one only in company: "may", "sun", a bare year.
    Latent(Time),
    Recurring(Recurring),
    /// The half of the day: whether it is the afternoon's.
    Afternoon(bool),
    Portion(Portion),
    Bound(Bound),
    /// A zone, seconds east of Greenwich.
    Zone(i64),
    Currency(Option<Currency>),
    Money(Decimal, Option<Currency>),
    Percent(Decimal),
    /// Words that look like a value and are none: "good morning".
    Nothing,
}

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) value: Decimal,
    /// How many digits, where it is one run of digits.
    pub(super) digits: u8,
    /// The largest number that may follow it in words: 9 behind "twenty", 99 behind "hundred".
    pub(super) room: i64,
    /// Its magnitude, if it is one: "thousand".
    pub(super) magnitude: bool,
    pub(super) in_words: bool,
    /// "a few": a number before a noun only.
    pub(super) vague: bool,
}

impl Figure {
    pub(super) fn whole(&self) -> Option<i64> {
        self.value.as_whole()
    }
}

/// A time that comes again, as said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Recurring {
    pub(super) every: u32,
    pub(super) unit: Unit,
    pub(super) weekdays: Vec<i64>,
    pub(super) month_day: Option<i64>,
    pub(super) clock: Option<Clock>,
}

impl Recurring {
    /// Every week on a day.
    pub(super) fn weekly(day: i64) -> Self {
        Self { every: 1, unit: Unit::Week, weekdays: vec![day], month_day: None, clock: None }
    }
}

/// The kinds that rules name: `<month>`. Something may be of several.
macro_rules! kinds {
    ($($variant:ident = $name:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Kind { $($variant,)* }

        impl Kind {
            pub(super) const ALL: &[Self] = &[$(Self::$variant,)*];

            pub(super) fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    Number = "number", Words = "words", Tens = "tens", Digit = "digit", Magnitude = "magnitude", Count = "count",
    Whole = "whole", N12 = "n12", N24 = "n24", N31 = "n31", N60 = "n60", Minutes = "minutes", Month2 = "n-month", Year4 = "n-year",
    Year2 = "n-yy", Digits31 = "d31", Hhmm = "hhmm", Hhmm4 = "hhmm4", Ymd = "yyyymmdd", Teens = "teens", TwoDigits = "99", N4 = "n4", N53 = "n53", Vague = "vague",
    Ordinal = "ordinal", Ordinal31 = "nth31",
    Unit = "unit", LongUnit = "long-unit", ClockUnit = "clock-unit", Length = "length", WholeLength = "days-length",
    Time = "time", Month = "month", Weekday = "weekday", Day = "day", DayOfMonth = "day-of-month", Date = "date", Year = "year",
    Clock = "clock", OpenClock = "open-clock", Part = "part", DayPart = "day-part", Holiday = "holiday", Quarter = "quarter", Span = "span", Fixed = "fixed", Long = "long", Season = "season", Rolling = "rolling",
    MonthDay = "month-day", Latent = "latent", LatentClock = "latent-clock", LatentMonth = "latent-month", LatentDate = "latent-date", LatentYear = "latent-year", LatentDay = "latent-day", LatentWeekday = "latent-weekday",
    Recurring = "recurring", Half = "half", Portion = "portion", Bound = "bound", Zone = "zone", Now = "now", Bounded = "bounded", Shift = "shift",
    Currency = "currency", Money = "money", Percent = "percent",
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u128);

impl Kinds {
    fn add(&mut self, kind: Kind, is: bool) {
        self.0 |= u128::from(is) << kind as u8;
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |kind| self.0 >> *kind as u8 & 1 == 1)
    }
}

impl Said {
    /// The kinds that it is of.
    pub(super) fn kinds(&self) -> Kinds {
        let mut kinds = Kinds::default();
        match self {
            Self::Word(_) | Self::Nothing => {}
            Self::Number(figure) => number_kinds(*figure, &mut kinds),
            Self::Ordinal(ordinal) => {
                kinds.add(Kind::Ordinal, true);
                kinds.add(Kind::Ordinal31, (1..=31).contains(ordinal));
            }
            Self::Unit(unit) => {
                kinds.add(Kind::Unit, true);
                kinds.add(Kind::LongUnit, unit.grain() >= Grain::Day);
                kinds.add(Kind::ClockUnit, unit.grain() < Grain::Day);
            }
            Self::Length(length) => {
                kinds.add(Kind::Length, true);
                kinds.add(Kind::WholeLength, length.unit.grain() >= Grain::Day);
            }
            Self::Time(time) => time_kinds(time, &mut kinds),
            Self::Latent(time) => latent_kinds(time, &mut kinds),
            Self::Recurring(_) => kinds.add(Kind::Recurring, true),
            Self::Afternoon(_) => kinds.add(Kind::Half, true),
            Self::Portion(_) => kinds.add(Kind::Portion, true),
            Self::Bound(_) => kinds.add(Kind::Bound, true),
            Self::Zone(_) => kinds.add(Kind::Zone, true),
            Self::Currency(_) => kinds.add(Kind::Currency, true),
            Self::Money(..) => kinds.add(Kind::Money, true),
            Self::Percent(_) => kinds.add(Kind::Percent, true),
        }
        kinds
    }
}

fn number_kinds(figure: Figure, kinds: &mut Kinds) {
    if figure.vague {
        kinds.add(Kind::Vague, true);
        kinds.add(Kind::Count, true);
        return;
    }
    kinds.add(Kind::Number, true);
    kinds.add(Kind::Count, true);
    kinds.add(Kind::Words, figure.in_words);
    kinds.add(Kind::Magnitude, figure.magnitude);
    let Some(whole) = figure.whole() else { return };
    let plain = figure.digits > 0 || figure.in_words && !figure.magnitude;
    let short = plain && figure.digits <= 2;
    kinds.add(Kind::Tens, figure.in_words && figure.room == 9 && (20..=90).contains(&whole));
    kinds.add(Kind::Digit, figure.in_words && (1..=9).contains(&whole));
    kinds.add(Kind::Teens, figure.in_words && (10..=99).contains(&whole) && !figure.magnitude);
    kinds.add(Kind::Whole, whole >= 0);
    kinds.add(Kind::N4, short && (1..=4).contains(&whole));
    kinds.add(Kind::N53, short && (1..=53).contains(&whole));
    kinds.add(Kind::N12, short && (1..=12).contains(&whole));
    kinds.add(Kind::Month2, short && figure.digits > 0 && (1..=12).contains(&whole));
    kinds.add(Kind::N24, short && (0..=24).contains(&whole));
    kinds.add(Kind::N31, short && (1..=31).contains(&whole));
    kinds.add(Kind::Digits31, short && figure.digits > 0 && (1..=31).contains(&whole));
    kinds.add(Kind::N60, short && (1..=59).contains(&whole));
    kinds.add(
        Kind::Minutes,
        plain && (figure.digits == 2 && (0..=59).contains(&whole) || figure.in_words && (10..=59).contains(&whole)),
    );
    kinds.add(Kind::TwoDigits, figure.digits == 2);
    kinds.add(Kind::Year2, figure.digits == 2);
    kinds.add(
        Kind::Year4,
        figure.digits == 4 && (1_000..=2_999).contains(&whole) || figure.in_words && (1_700..=2_199).contains(&whole),
    );
    let clock = whole % 100 < 60 && (1..24).contains(&(whole / 100));
    kinds.add(Kind::Hhmm, (figure.digits == 3 || figure.digits == 4) && clock);
    kinds.add(Kind::Hhmm4, figure.digits == 4 && whole % 100 < 60 && (1..24).contains(&(whole / 100)));
    kinds.add(Kind::Ymd, figure.digits == 8 && (1_900..2_200).contains(&(whole / 10_000)));
}

fn time_kinds(time: &Time, kinds: &mut Kinds) {
    let grain = time.grain();
    kinds.add(Kind::Time, true);
    kinds.add(Kind::Fixed, time.is_fixed());
    kinds.add(Kind::Bounded, matches!(time, Time::Bound(..)));
    kinds.add(Kind::Span, matches!(time, Time::Span { .. } | Time::Lasting { .. }));
    kinds.add(Kind::Rolling, matches!(time, Time::Rolling { .. }));
    kinds.add(Kind::Shift, matches!(time, Time::Shift { base, .. } if **base == Time::Now));
    if matches!(time, Time::Span { .. } | Time::Bound(..) | Time::Lasting { .. } | Time::Rolling { .. }) {
        return;
    }
    kinds.add(Kind::Now, matches!(time, Time::Now));
    kinds.add(Kind::Month, matches!(time, Time::Month(_)));
    kinds.add(Kind::Weekday, matches!(time, Time::Weekday(_)));
    kinds.add(Kind::Holiday, matches!(time, Time::Holiday(_)));
    kinds.add(Kind::DayOfMonth, matches!(time, Time::Day(_)));
    kinds.add(Kind::MonthDay, matches!(time, Time::Date { year: None, .. } | Time::EitherDate(..)) && !time.is_fixed());
    kinds.add(Kind::Year, matches!(time, Time::Year(_)));
    kinds.add(Kind::Clock, matches!(time, Time::Clock(_)));
    kinds.add(Kind::OpenClock, matches!(time, Time::Clock(clock) if clock.open));
    kinds.add(Kind::Part, matches!(time, Time::Part(_)));
    kinds.add(Kind::DayPart, matches!(time, Time::And(_, part) if matches!(**part, Time::Part(_))));
    kinds.add(Kind::Season, matches!(time, Time::Season(_)));
    kinds.add(Kind::Quarter, matches!(time, Time::Quarter(_) | Time::HalfYear(_)));
    kinds.add(Kind::Date, matches!(time, Time::Date { .. } | Time::EitherDate(..)));
    kinds.add(Kind::Day, grain == Grain::Day);
    kinds.add(Kind::Long, grain >= Grain::Week || matches!(time, Time::Cycle { .. }) && grain > Grain::Day);
}

fn latent_kinds(time: &Time, kinds: &mut Kinds) {
    kinds.add(Kind::Latent, true);
    kinds.add(Kind::LatentClock, matches!(time, Time::Clock(_)));
    kinds.add(Kind::LatentMonth, matches!(time, Time::Month(_)));
    kinds.add(Kind::LatentWeekday, matches!(time, Time::Weekday(_)));
    kinds.add(Kind::LatentYear, matches!(time, Time::Year(_)));
    kinds.add(Kind::Season, matches!(time, Time::Season(_)));
    kinds.add(Kind::LatentDate, matches!(time, Time::Date { .. } | Time::EitherDate(..)));
    kinds.add(Kind::LatentDay, matches!(time, Time::Day(_)));
}

impl Said {
    pub(super) fn part(office: (i64, i64), other: (i64, i64)) -> Self {
        Self::Time(Time::Part(Part { office, other }))
    }
}
