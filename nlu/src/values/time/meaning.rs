//! What a time means to who says it: the likeliest reading, and the others.

use super::super::calendar::{DAY, EVER, Second, Slot, shown};
use super::super::value::{Grain, Sense, When};
use super::{Bound, Speaker, Time};

/// How far from now a time that comes again is looked for, step by step.
const REACH: [Second; 4] = [9 * DAY, 400 * DAY, 4_500 * DAY, 40_000 * DAY];

/// The readings of a time, the likeliest first.
pub(in super::super) fn meanings(time: &Time, speaker: &Speaker) -> Vec<(Option<Sense>, When)> {
    let since = matches!(time, Time::Bound(Bound::Since, _));
    let speaker = &Speaker { past: since, ..*speaker };
    let varied = [
        (None, *speaker),
        (Some(if since { Sense::Future } else { Sense::Past }), Speaker { past: !since, ..*speaker }),
        (Some(Sense::OtherHalf), Speaker { other_half: true, ..*speaker }),
        (Some(Sense::OtherEnd), Speaker { other_end: true, ..*speaker }),
        (Some(Sense::Aligned), Speaker { aligned: true, ..*speaker }),
        (Some(Sense::Extent), Speaker { extent: true, ..*speaker }),
        (Some(Sense::Order), Speaker { order: true, ..*speaker }),
    ];
    let mut found: Vec<(Option<Sense>, When)> = Vec::new();
    for (sense, speaker) in varied {
        if let Some(when) = meaning(time, &speaker)
            && found.iter().all(|(_, other)| *other != when)
        {
            found.push((sense, when));
        }
    }
    found
}

fn meaning(time: &Time, speaker: &Speaker) -> Option<When> {
    REACH
        .iter()
        .find_map(|reach| {
            let window = if time.is_fixed() { (-EVER, EVER) } else { (speaker.now - reach, speaker.now + reach) };
            let mut slots = time.slots(window, speaker);
            slots.sort_by_key(|slot| (slot.start, slot.end));
            chosen(time, &slots, speaker)
        })
        .and_then(|slot| when(slot, time))
}

/// The slot that is meant: the coming one, or the latest that has begun.
fn chosen(time: &Time, slots: &[Slot], speaker: &Speaker) -> Option<Slot> {
    if time.is_fixed() {
        return slots.first().copied();
    }
    let now = speaker.now;
    if speaker.past {
        return slots.iter().rfind(|slot| anchor(slot) <= now).copied();
    }
    let coming = |slot: &&Slot| {
        if matches!(time, Time::Weekday(_)) || slot.grain < Grain::Day && (0..=3_600).contains(&(slot.end - slot.start))
        {
            slot.start >= now
        } else if slot.end >= EVER || slot.start <= -EVER {
            anchor(slot) >= now
        } else {
            slot.end > now
        }
    };
    slots.iter().find(coming).copied()
}

/// What decides when a slot is: its beginning, or its end where it has no beginning.
fn anchor(slot: &Slot) -> Second {
    if slot.start <= -EVER { slot.end } else { slot.start }
}

fn when(slot: Slot, time: &Time) -> Option<When> {
    let from = if slot.start <= -EVER { None } else { Some(shown(slot.start)?) };
    let until = if slot.end >= EVER { None } else { Some(shown(slot.end)?) };
    let single = match slot.grain {
        Grain::Second => 1,
        Grain::Minute => 60,
        Grain::Hour => 3_600,
        _ => DAY,
    };
    let moment =
        slot.end - slot.start == single && !(if slot.grain < Grain::Day { lasts(time) } else { is_range(time) });
    Some(match (from, until) {
        (None, None) => return None,
        (Some(at), Some(_)) if moment && slot.grain <= Grain::Day => When::Moment { at, grain: slot.grain },
        _ => When::Range { from, until, grain: slot.grain },
    })
}

/// Whether a time has a beginning and an end that are named, even where no more than a day lies between.
fn is_range(time: &Time) -> bool {
    matches!(time, Time::Span { .. } | Time::Lasting { .. } | Time::Rolling { .. })
}

/// Whether a time of hours is a span of them, and not an instant.
fn lasts(time: &Time) -> bool {
    match time {
        Time::Part(_) | Time::Cycle { .. } => true,
        Time::And(_, fine) => lasts(fine),
        time => is_range(time),
    }
}
