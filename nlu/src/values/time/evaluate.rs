//! When a time is: all its slots within a window.

use super::super::calendar::{
    DAY, EVER, HOUR, Second, Slot, Unit, add, civil, date, day_number, floor, midnight, weekday,
};
use super::super::value::Grain;
use super::{Bound, Clock, Length, Part, Portion, Speaker, Time};

/// From the first second to the one behind the last.
pub(super) type Window = (Second, Second);

/// When offices open: "at 7" is in the morning, "at 6" in the evening.
const OFFICE: Second = 7 * HOUR;

/// More slots than anyone means.
const MOST: i64 = 4_000;

impl Time {
    /// Its slots that touch a window, in order.
    pub(super) fn slots(&self, window: Window, speaker: &Speaker) -> Vec<Slot> {
        let mut slots = match self {
            Self::Now => vec![Slot { start: speaker.now, end: speaker.now + 1, grain: Grain::Second }],
            Self::Year(year) => units(Some(midnight(*year, 1, 1)), Unit::Year),
            Self::Month(month) => years(window).flat_map(|year| units(date(year, *month, 1), Unit::Month)).collect(),
            Self::Day(day) => {
                months(window).flat_map(|(year, month)| units(date(year, month, *day), Unit::Day)).collect()
            }
            Self::Weekday(day) => weekdays(*day, window),
            Self::Date { year: Some(year), month, day } => units(date(*year, *month, *day), Unit::Day),
            Self::Date { year: None, month, day } => {
                years(window).flat_map(|year| units(date(year, *month, *day), Unit::Day)).collect()
            }
            Self::EitherDate(first, second) => if speaker.order { second } else { first }.slots(window, speaker),
            Self::Clock(clock) => clock_slots(*clock, window, speaker),
            Self::Part(part) => part_slots(*part, window, speaker),
            Self::Quarter(number) => {
                years(window).flat_map(|year| units(date(year, number * 3 - 2, 1), Unit::Quarter)).collect()
            }
            Self::HalfYear(number) => {
                years(window).flat_map(|year| units(date(year, number * 6 - 5, 1), Unit::Half)).collect()
            }
            Self::Season(number) => years(window).map(|year| season(year, *number)).collect(),
            Self::Holiday(holiday) => years(window).filter_map(|year| holiday.slot(year)).collect(),
            Self::Every(unit) => every(*unit, window, speaker),
            Self::Cycle { unit, first, count } => vec![cycle(*unit, *first, *count, speaker)],
            Self::Rolling { length, back } => vec![rolling(*length, *back, speaker)],
            Self::Shift { base, length } => shifted(base, *length, window, speaker),
            Self::Nth { first, count, of, within } => within
                .slots(window, speaker)
                .into_iter()
                .filter_map(|slot| nth(*first, *count, of, slot, speaker))
                .collect(),
            Self::Beside { count, of, base } => {
                base.slots(window, speaker).into_iter().filter_map(|slot| beside(*count, of, slot, speaker)).collect()
            }
            Self::Closest { nth, of, base } => {
                base.slots(window, speaker).into_iter().filter_map(|slot| closest(*nth, of, slot, speaker)).collect()
            }
            Self::Around(unit, of) => {
                of.slots(wider(window, unit.seconds()), speaker).into_iter().map(|slot| around(*unit, slot)).collect()
            }
            Self::Portion(portion, of) => {
                of.slots(window, speaker).into_iter().map(|slot| portion.of(slot, speaker)).collect()
            }
            Self::And(one, other) => both(one, other, window, speaker),
            Self::Span { from, to } => spans(from, to, window, speaker),
            Self::Bound(bound, of) => {
                of.slots(window, speaker).into_iter().map(|slot| bound.of(slot, of, speaker)).collect()
            }
            Self::Lasting { from, length } => {
                from.slots(window, speaker).into_iter().map(|slot| lasting(slot, *length)).collect()
            }
            Self::Zone(east, of) => of
                .slots(wider(window, DAY), speaker)
                .into_iter()
                .map(|slot| moved(slot, speaker.offset - east))
                .collect(),
        };
        slots.retain(|slot| slot.end > window.0 && slot.start < window.1);
        slots
    }

    /// Whether it is one time and does not come again.
    pub(in super::super) fn is_fixed(&self) -> bool {
        match self {
            Self::Now | Self::Year(_) | Self::Cycle { .. } | Self::Rolling { .. } => true,
            Self::Date { year, .. } => year.is_some(),
            Self::EitherDate(first, _) => first.is_fixed(),
            Self::Shift { base: of, .. }
            | Self::Nth { within: of, .. }
            | Self::Beside { base: of, .. }
            | Self::Closest { base: of, .. }
            | Self::Around(_, of)
            | Self::Portion(_, of)
            | Self::Bound(_, of)
            | Self::Lasting { from: of, .. }
            | Self::Zone(_, of) => of.is_fixed(),
            Self::And(one, other) | Self::Span { from: one, to: other } => one.is_fixed() || other.is_fixed(),
            _ => false,
        }
    }

    /// The unit that it is named in.
    pub(in super::super) fn grain(&self) -> Grain {
        match self {
            Self::Now => Grain::Second,
            Self::Year(_) => Grain::Year,
            Self::Month(_) => Grain::Month,
            Self::Day(_) | Self::Weekday(_) | Self::Date { .. } | Self::EitherDate(..) | Self::Holiday(_) => Grain::Day,
            Self::Clock(clock) => clock.grain,
            Self::Part(_) => Grain::Hour,
            Self::Quarter(_) | Self::HalfYear(_) | Self::Season(_) => Grain::Quarter,
            Self::Every(unit) | Self::Cycle { unit, .. } | Self::Around(unit, _) => unit.grain(),
            Self::Rolling { length, .. } | Self::Lasting { length, .. } => length.unit.grain(),
            Self::Shift { base, length } => {
                base.grain().min(length.unit.grain().min(Grain::Day)).max(length.unit.grain().min(Grain::Hour))
            }
            Self::Nth { of, .. } | Self::Beside { of, .. } | Self::Closest { of, .. } => of.grain(),
            Self::Portion(_, of) => {
                if of.grain() > Grain::Day {
                    Grain::Day
                } else {
                    of.grain()
                }
            }
            Self::Bound(_, of) | Self::Zone(_, of) => of.grain(),
            Self::And(one, other) | Self::Span { from: one, to: other } => one.grain().min(other.grain()),
        }
    }
}

fn units(start: Option<Second>, unit: Unit) -> Vec<Slot> {
    start.into_iter().map(|start| slot(start, 1, unit)).collect()
}

fn slot(start: Second, count: i64, unit: Unit) -> Slot {
    let end = match unit {
        Unit::Weekend => start + 2 * DAY + (count - 1) * 7 * DAY,
        _ => add(start, count, unit),
    };
    Slot { start, end, grain: unit.grain() }
}

fn wider((from, until): Window, by: Second) -> Window {
    (from.saturating_sub(by), until.saturating_add(by))
}

fn moved(slot: Slot, by: Second) -> Slot {
    Slot { start: slot.start + by, end: slot.end + by, grain: slot.grain }
}

/// The years that touch a window.
fn years(window: Window) -> impl Iterator<Item = i64> {
    let first = civil(window.0.max(midnight(-3_000, 1, 1))).0;
    let last = civil(window.1.min(midnight(4_000, 1, 1))).0;
    first - 1..=last
}

fn months(window: Window) -> impl Iterator<Item = (i64, i64)> {
    let number = |at: Second| {
        let (year, month, _) = civil(at);
        year * 12 + month - 1
    };
    let (first, last) = (number(window.0), number(window.1));
    (first..=last.min(first + MOST)).map(|month| (month.div_euclid(12), month.rem_euclid(12) + 1))
}

fn days(window: Window) -> impl Iterator<Item = Second> {
    let first = floor(window.0, Unit::Day);
    (0..MOST).map(move |day| first + day * DAY).take_while(move |day| *day < window.1)
}

fn weekdays(day: i64, window: Window) -> Vec<Slot> {
    let first = floor(window.0, Unit::Week) + day * DAY;
    (0..MOST)
        .map(|week| first + week * 7 * DAY)
        .take_while(|start| *start < window.1)
        .map(|start| slot(start, 1, Unit::Day))
        .collect()
}

fn clock_slots(clock: Clock, window: Window, speaker: &Speaker) -> Vec<Slot> {
    const HALF: Second = 12 * HOUR;
    let length = match clock.grain {
        Grain::Hour => HOUR,
        Grain::Minute => 60,
        _ => 1,
    };
    let at = |start: Second| Slot { start, end: start + length, grain: clock.grain };
    // With an open half, the one that has the office hours.
    let later = clock.open && (clock.second < OFFICE) != speaker.other_half;
    let second = clock.second + if later { HALF } else { 0 };
    days(wider(window, HOUR)).map(|day| day + second).map(at).collect()
}

fn part_slots(part: Part, window: Window, speaker: &Speaker) -> Vec<Slot> {
    let (from, to) = if speaker.extent { part.other } else { part.office };
    days(wider(window, DAY))
        .map(|day| Slot { start: day + from * HOUR, end: day + to * HOUR, grain: Grain::Hour })
        .collect()
}

/// A season: 1 is the spring. They begin with the sun.
fn season(year: i64, number: i64) -> Slot {
    let begins = |number: i64| {
        if number == 1 {
            20
        } else if number == 3 {
            23
        } else {
            21
        }
    };
    let start = midnight(year, number * 3, begins(number));
    Slot { start, end: add(start, 3, Unit::Month), grain: Grain::Day }
}

/// All units of the calendar that begin in a window.
fn every(unit: Unit, window: Window, speaker: &Speaker) -> Vec<Slot> {
    let mut start = floor(window.0, unit);
    let mut slots = Vec::new();
    while start < window.1 && slots.len() < MOST as usize {
        let one = if unit == Unit::Weekend { weekend(start, speaker) } else { slot(start, 1, unit) };
        if unit != Unit::BusinessDay || weekday(start) < 5 {
            slots.push(one);
        }
        start = add(start, 1, if unit == Unit::BusinessDay { Unit::Day } else { unit });
    }
    slots
}

/// Saturday and Sunday; to some it begins on Friday evening.
fn weekend(saturday: Second, speaker: &Speaker) -> Slot {
    let start = if speaker.extent { saturday - 6 * HOUR } else { saturday };
    Slot { start, end: saturday + 2 * DAY, grain: Grain::Day }
}

fn cycle(unit: Unit, first: i64, count: i64, speaker: &Speaker) -> Slot {
    let start = floor(speaker.now, unit);
    if unit == Unit::Season {
        return season_cycle(first, speaker);
    }
    let start = add(start, first, unit);
    if unit == Unit::Weekend && count == 1 { weekend(start, speaker) } else { slot(start, count, unit) }
}

fn season_cycle(first: i64, speaker: &Speaker) -> Slot {
    let (year, ..) = civil(speaker.now);
    let seasons: Vec<Slot> =
        (year - 3..=year + 3).flat_map(|year| (1..=4).map(move |number| season(year, number))).collect();
    let present = seasons.iter().position(|slot| slot.end > speaker.now).unwrap_or(0);
    let wanted = usize::try_from(present as i64 + first).unwrap_or(0).min(seasons.len() - 1);
    seasons[wanted]
}

impl Length {
    /// So long after a second, or before it where `sign` is -1.
    pub(super) fn after(&self, at: Second, sign: i64) -> Second {
        let at = add(at, sign * self.months, Unit::Month);
        let at = add(at, sign * self.days, if self.business { Unit::BusinessDay } else { Unit::Day });
        #[expect(clippy::cast_possible_truncation, reason = "a float is cut to the longest time there is")]
        let seconds = self.seconds as i64;
        at.saturating_add(sign * seconds)
    }

    /// How many of its unit it is, if it is nothing but those.
    fn count(&self) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "a float is cut to the longest time there is")]
        let count = (self.nominal / self.unit.seconds() as f64).round() as i64;
        count
    }
}

/// "the last 3 months": up to now, or whole months before this one; "the next 3 months": from tomorrow.
fn rolling(length: Length, back: bool, speaker: &Speaker) -> Slot {
    let whole = matches!(
        length.unit,
        Unit::Quarter | Unit::Half | Unit::Decade | Unit::Century | Unit::Weekend | Unit::Fortnight
    );
    let count = length.count().max(1);
    if whole || speaker.aligned {
        return cycle(length.unit, if back { -count } else { 1 }, count, speaker);
    }
    let long = length.unit.grain() >= Grain::Day;
    let now = speaker.now;
    let (start, end) = match (back, long) {
        // Today counts among the last 30 days.
        (true, true) => {
            let today = floor(now, Unit::Day);
            (length.after(today, -1), if speaker.other_end { today } else { today + DAY })
        }
        (true, false) => (length.after(now, -1), now),
        (false, true) => {
            let today = floor(now, Unit::Day);
            let tomorrow = today + DAY;
            let end = if length.business { length.after(today, 1) + DAY } else { length.after(tomorrow, 1) };
            (tomorrow, end)
        }
        (false, false) => (now, length.after(now, 1)),
    };
    Slot { start, end, grain: length.unit.grain().min(Grain::Day) }
}

/// "for 3 days from Monday", "within 3 days".
fn lasting(from: Slot, length: Length) -> Slot {
    let end = length.after(from.start, 1);
    let end = if length.unit.grain() >= Grain::Day { floor(end, Unit::Day) } else { end };
    Slot { start: from.start, end, grain: length.unit.grain() }
}

fn shifted(base: &Time, length: Length, window: Window, speaker: &Speaker) -> Vec<Slot> {
    let sign = 1;
    #[expect(clippy::cast_possible_truncation, reason = "a float is cut to the longest time there is")]
    let reach = (length.nominal.abs() as i64).saturating_add(40 * DAY);
    base.slots(wider(window, reach), speaker)
        .into_iter()
        .map(|slot| {
            let mut start = length.after(slot.start, sign);
            let named = length.unit.grain();
            let grain = if slot.grain >= Grain::Day && named >= Grain::Day {
                Grain::Day
            } else if named >= Grain::Day && slot.grain < Grain::Day {
                if speaker.aligned && matches!(length.unit, Unit::Day | Unit::Fortnight) {
                    Grain::Hour
                } else {
                    Grain::Day
                }
            } else if named == Grain::Hour && length.seconds % 3_600.0 == 0.0 {
                Grain::Minute
            } else {
                slot.grain.min(Grain::Second)
            };
            let unit = match grain {
                Grain::Day => Unit::Day,
                Grain::Hour => Unit::Hour,
                Grain::Minute => Unit::Minute,
                _ => Unit::Second,
            };
            start = floor(start, unit);
            Slot { start, end: start + unit.seconds(), grain }
        })
        .collect()
}

fn nth(first: i64, count: i64, of: &Time, within: Slot, speaker: &Speaker) -> Option<Slot> {
    // A week belongs to the month or year that its Thursday lies in; everything else to where it begins.
    let owner = |slot: &Slot| if slot.grain == Grain::Week { slot.start + 3 * DAY } else { slot.start };
    let mut slots = of.slots(wider((within.start, within.end), 7 * DAY), speaker);
    slots.retain(|slot| {
        owner(slot) + if of.is_weekend() && speaker.extent { 6 * HOUR } else { 0 } >= within.start
            && owner(slot) < within.end
    });
    let index = |number: i64| usize::try_from(if number < 0 { slots.len() as i64 + number } else { number }).ok();
    let from = slots.get(index(first)?)?;
    let to = if count == 1 { from } else { slots.get(index(first)? + usize::try_from(count - 1).ok()?)? };
    Some(Slot { start: from.start, end: to.end, grain: from.grain })
}

impl Time {
    fn is_weekend(&self) -> bool {
        matches!(self, Self::Every(Unit::Weekend))
    }
}

fn beside(count: i64, of: &Time, base: Slot, speaker: &Speaker) -> Option<Slot> {
    let reach = 5 * 366 * DAY;
    if count > 0 {
        let slots = of.slots((base.end, base.end + reach), speaker);
        slots.into_iter().filter(|slot| slot.start >= base.end).nth(usize::try_from(count - 1).ok()?)
    } else {
        let slots = of.slots((base.start - reach, base.start), speaker);
        slots.into_iter().rev().filter(|slot| slot.end <= base.start).nth(usize::try_from(-count - 1).ok()?)
    }
}

fn closest(nth: usize, of: &Time, base: Slot, speaker: &Speaker) -> Option<Slot> {
    let mut slots = of.slots(wider((base.start, base.end), 13 * 366 * DAY), speaker);
    slots.sort_by_key(|slot| (slot.start - base.start).abs());
    let slot = slots.into_iter().nth(nth)?;
    let near = (slot.start - base.start).abs() <= 3 * DAY;
    // A holiday next to the weekend makes it longer.
    Some(if of.is_weekend() && near {
        Slot { start: slot.start.min(base.start), end: slot.end.max(base.end), ..slot }
    } else {
        slot
    })
}

fn around(unit: Unit, of: Slot) -> Slot {
    slot(floor(of.start, unit), 1, unit)
}

impl Portion {
    fn of(self, slot: Slot, speaker: &Speaker) -> Slot {
        let (start, end) = (slot.start, slot.end);
        let middle = start + (end - start) / 2;
        let middle_day = if end - start > 2 * DAY { floor(middle + DAY / 2, Unit::Day) } else { middle };
        let now = speaker.now.clamp(start, end);
        let part =
            |start, end| Slot { start, end, grain: if slot.grain > Grain::Day { Grain::Day } else { Grain::Hour } };
        match self {
            Self::End | Self::Late if slot.grain == Grain::Day && self == Self::End && end - start == DAY => {
                Slot { start: end - 1, end, grain: Grain::Second }
            }
            Self::Begin | Self::Early if speaker.extent => part(start, halfway(slot, middle_day)),
            Self::Late | Self::End if speaker.extent => part(halfway(slot, middle_day), end),
            Self::Begin | Self::Early => part(start, first_third(slot, middle)),
            Self::Mid => part(second_third(slot), last_third(slot, middle)),
            Self::Late | Self::End => part(last_third(slot, middle), end),
            Self::Earlier if speaker.extent => part(start, halfway(slot, middle_day)),
            Self::Earlier => part(start, floor(now, Unit::Day).max(start)),
            Self::Later if speaker.extent => part(halfway(slot, middle_day).max(floor(now, Unit::Day)), end),
            Self::Later | Self::Rest if slot.grain < Grain::Day => part(middle, end),
            Self::Later | Self::Rest => part(floor(now, Unit::Day), end),
        }
    }
}

fn halfway(slot: Slot, middle: Second) -> Second {
    match slot.grain {
        Grain::Year => add(slot.start, 6, Unit::Month),
        Grain::Month => slot.start + 15 * DAY,
        Grain::Week => slot.start + 3 * DAY,
        _ => middle,
    }
}

fn first_third(slot: Slot, middle: Second) -> Second {
    match slot.grain {
        Grain::Year => add(slot.start, 3, Unit::Month),
        Grain::Quarter => add(slot.start, 1, Unit::Month),
        Grain::Month => slot.start + 10 * DAY,
        Grain::Week => slot.start + 3 * DAY,
        Grain::Day => slot.start + 9 * HOUR,
        _ => middle,
    }
}

fn second_third(slot: Slot) -> Second {
    match slot.grain {
        Grain::Year => add(slot.start, 4, Unit::Month),
        Grain::Quarter => add(slot.start, 1, Unit::Month),
        Grain::Month => slot.start + 10 * DAY,
        Grain::Week => slot.start + 2 * DAY,
        Grain::Day => slot.start + 10 * HOUR,
        _ => slot.start + (slot.end - slot.start) / 4,
    }
}

fn last_third(slot: Slot, middle: Second) -> Second {
    match slot.grain {
        Grain::Year => add(slot.start, 8, Unit::Month),
        Grain::Quarter => add(slot.start, 2, Unit::Month),
        Grain::Month => slot.start + 20 * DAY,
        Grain::Week => slot.start + 4 * DAY,
        Grain::Day => slot.start + 14 * HOUR,
        _ => middle,
    }
}

/// Whether a time is named in days or more, so that its end belongs to it.
fn counts_as_day(time: &Time) -> bool {
    time.grain() >= Grain::Day
}

impl Bound {
    fn of(self, slot: Slot, time: &Time, speaker: &Speaker) -> Slot {
        let counts = slot.grain >= Grain::Day && counts_as_day(time);
        let end = if counts != speaker.other_end { slot.end } else { slot.start };
        let at_end = matches!(time, Time::Portion(..));
        let (start, end) = match self {
            // "the leads from last week" came then, and not since.
            Self::From if counts_as_day(time) && (slot.end <= speaker.now) != speaker.extent => (slot.start, slot.end),
            Self::Since | Self::Start | Self::From => (slot.start, EVER),
            Self::After if at_end && matches!(time, Time::Portion(Portion::Begin | Portion::Early, _)) => {
                (slot.start, EVER)
            }
            Self::After => (if matches!(time, Time::Part(_)) { slot.end } else { end }, EVER),
            Self::Before if at_end => (-EVER, slot.end),
            Self::Before => (-EVER, slot.start),
            Self::Until => (-EVER, if at_end { slot.end } else { end }),
            Self::By if speaker.extent => (speaker.now, if at_end { slot.end } else { end }),
            Self::By => (-EVER, if at_end { slot.end } else { end }),
        };
        Slot { start, end, grain: slot.grain }
    }
}

/// The slots of the finer of two times within those of the coarser.
fn both(one: &Time, other: &Time, window: Window, speaker: &Speaker) -> Vec<Slot> {
    let (outer, inner) = if other.grain() > one.grain() { (other, one) } else { (one, other) };
    let margin = if matches!(inner, Time::Part(_) | Time::Zone(..)) { DAY } else { 0 };
    outer
        .slots(wider(window, margin), speaker)
        .into_iter()
        .flat_map(|slot| {
            let mut found = inner.slots((slot.start, slot.end), speaker);
            found.retain(|inner| inner.start >= slot.start && inner.start < slot.end);
            found
        })
        .collect()
}

fn spans(from: &Time, to: &Time, window: Window, speaker: &Speaker) -> Vec<Slot> {
    let reach = if from.grain() < Grain::Day && to.grain() < Grain::Day { 2 * DAY } else { 10 * 366 * DAY };
    let joined = |from: &Slot, to: &Slot| {
        let counts = to.grain >= Grain::Day;
        let whole = if from.grain == Grain::Minute { to.start + 60 } else { to.end };
        let end = if counts != speaker.other_end { whole } else { to.start };
        // "between now and Friday" speaks of days.
        let start = if from.grain == Grain::Second && counts { floor(from.start, Unit::Day) } else { from.start };
        let until_today = speaker.other_end && to.grain == Grain::Second && from.grain >= Grain::Day;
        let end = if until_today { floor(to.start, Unit::Day) } else { end };
        Slot { start, end: end.max(start), grain: from.grain.min(to.grain) }
    };
    if to.is_fixed() && !from.is_fixed() {
        return to
            .slots(window, speaker)
            .into_iter()
            .filter_map(|to| {
                let before = from.slots((to.start - reach, to.start), speaker);
                before.iter().rfind(|from| from.start < to.start).map(|from| joined(from, &to))
            })
            .collect();
    }
    let following = |from: Slot| {
        let after = in_both_halves(to, (from.start, from.start.saturating_add(reach)), speaker);
        after
            .iter()
            .find(|to| to.start >= from.start && (to.start > from.start || to.grain > from.grain || to.end > from.end))
            .map(|to| joined(&from, to))
    };
    from.slots(window, speaker).into_iter().filter_map(following).collect()
}

/// The slots of a time, of an open clock in both halves of the day: "from 6 to 8" is 18 to 20.
fn in_both_halves(time: &Time, window: Window, speaker: &Speaker) -> Vec<Slot> {
    let mut slots = time.slots(window, speaker);
    if matches!(time, Time::Clock(Clock { open: true, .. })) {
        slots.extend(time.slots(window, &Speaker { other_half: !speaker.other_half, ..*speaker }));
        slots.sort_by_key(|slot| slot.start);
    }
    slots
}

/// The day a number of days after another, as a slot: for holidays.
pub(super) fn day_slot(day: i64, count: i64) -> Slot {
    slot(day * DAY, count, Unit::Day)
}

/// The number of a day.
pub(super) fn number(year: i64, month: i64, day: i64) -> i64 {
    day_number(year, month, day)
}
