//! Which of all that is found is meant: the pieces that cover most of the text.

use super::calendar::shown;
use super::chart::{Chart, Edge};
use super::said::{Recurring, Said};
use super::time::{Clock, Length, Speaker, Time, meanings};
use super::token::{Kind, Token};
use super::value::{Duration, Found, Money, Number, Reading, Recurrence, Value, When};
use jiff::civil::Weekday;

/// How good a cover is: tokens covered, then few pieces, then little against them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Worth {
    tokens: usize,
    fewer: isize,
    cheaper: i64,
}

/// The values of the best cover of a chart.
pub(super) fn cover(chart: &Chart<'_>, tokens: &[Token], speaker: &Speaker) -> Vec<Found> {
    let mut best: Vec<(Worth, Option<usize>)> = vec![(Worth::default(), None); tokens.len() + 1];
    let mut by_end: Vec<Vec<usize>> = vec![Vec::new(); tokens.len() + 1];
    for (index, edge) in chart.edges.iter().enumerate() {
        if stands(edge, tokens) && (chart.grammar.capital_nouns || !is_name(edge, tokens)) {
            by_end[edge.end].push(index);
        }
    }
    for end in 1..=tokens.len() {
        best[end] = (best[end - 1].0, None);
        for index in &by_end[end] {
            let edge = &chart.edges[*index];
            let before = best[edge.start].0;
            let worth = Worth {
                tokens: before.tokens + edge.end - edge.start,
                fewer: before.fewer - 1,
                cheaper: before.cheaper - i64::from(edge.cost) - doubt(edge),
            };
            if worth > best[end].0 {
                best[end] = (worth, Some(*index));
            }
        }
    }
    let mut found = Vec::new();
    let mut end = tokens.len();
    while end > 0 {
        match best[end].1 {
            Some(index) => {
                let edge = &chart.edges[index];
                found.extend(read(edge, tokens, speaker));
                end = edge.start;
            }
            None => end -= 1,
        }
    }
    found.reverse();
    found
}

/// A number is one where it is nothing else.
fn doubt(edge: &Edge) -> i64 {
    match edge.said {
        Said::Number(_) => 20,
        Said::Ordinal(_) if edge.end == edge.start + 1 => 20,
        _ => 0,
    }
}

/// Whether a piece may stand for itself where it is.
fn stands(edge: &Edge, tokens: &[Token]) -> bool {
    if matches!(
        edge.said,
        Said::Word(_)
            | Said::Unit(_)
            | Said::Afternoon(_)
            | Said::Portion(_)
            | Said::Bound(_)
            | Said::Zone(_)
            | Said::Currency(_)
    ) {
        return false;
    }
    if matches!(edge.said, Said::Nothing) {
        return true;
    }
    let dated = matches!(&edge.said, Said::Time(Time::Date { year: Some(_), .. }));
    if !dated && (joined_before(edge.start, tokens) || joined_after(edge.end, tokens)) {
        return false;
    }
    match &edge.said {
        Said::Latent(time) => latent_stands(time, edge, tokens),
        Said::Time(Time::Span { from, to }) if is_bare_hour(from) && is_bare_hour(to) => ends_clause(edge.end, tokens),
        Said::Time(Time::Day(_)) => ends_clause(edge.end, tokens),
        Said::Number(figure) => !figure.vague,
        _ => true,
    }
}

/// Whether a time is a number that may be an hour: "between 1 and 3 million" is no time.
fn is_bare_hour(time: &Time) -> bool {
    matches!(time, Time::Clock(Clock { open: true, grain: super::value::Grain::Hour, .. }))
}

/// Whether a month or day is someone's name: "April Miller".
fn is_name(edge: &Edge, tokens: &[Token]) -> bool {
    let capital = |token: &Token| token.capital && token.kind == Kind::Word && token.span.len() > 2;
    matches!(edge.said, Said::Time(Time::Month(_) | Time::Weekday(_)))
        && edge.end == edge.start + 1
        && tokens[edge.start].capital
        && tokens.get(edge.end).is_some_and(|next| capital(next) && !next.glued)
}

/// Whether what begins at a token is part of a longer name or number: "ABC-123", "A1", "#12".
fn joined_before(start: usize, tokens: &[Token]) -> bool {
    let [token, ..] = &tokens[start..] else { return false };
    if start == 0 || !token.glued {
        return false;
    }
    let before = &tokens[start - 1];
    match before.kind {
        Kind::Word | Kind::Digits => true,
        Kind::Mark if matches!(before.text.as_str(), "-" | "/" | "_" | "." | ":" | ",") => {
            let clock = before.text != ":"
                || tokens[start - 1..].len() > 1 && start > 1 && tokens[start - 2].kind == Kind::Digits;
            before.glued
                && clock
                && start > 1
                && tokens[start - 2].kind != Kind::Mark
                && (token.kind == Kind::Digits || before.text != "/")
        }
        Kind::Mark => matches!(before.text.as_str(), "#" | "@" | "_" | "=" | "&"),
    }
}

fn joined_after(end: usize, tokens: &[Token]) -> bool {
    let Some(token) = tokens.get(end) else { return false };
    if !token.glued {
        return false;
    }
    match token.kind {
        Kind::Word | Kind::Digits => tokens[end - 1].kind != Kind::Mark,
        Kind::Mark => {
            matches!(token.text.as_str(), "-" | "/" | "_" | "." | ":" | "=")
                && tokens.get(end + 1).is_some_and(|next| {
                    next.glued && (next.kind == Kind::Digits || token.text != "/" && next.kind == Kind::Word)
                })
        }
    }
}

/// Whether a doubtful time is one here: alone, or as a year where a year can stand, or a month or day with a capital.
fn latent_stands(time: &Time, edge: &Edge, tokens: &[Token]) -> bool {
    let alone = edge.start == 0 && edge.end == tokens.len();
    match time {
        Time::Year(_) => alone || year_stands(edge, tokens),
        Time::Month(_) | Time::Weekday(_) => (alone || edge.start > 0) && tokens[edge.start].capital,
        Time::Day(_) => false,
        // "7.2" is a number.
        Time::Date { .. } | Time::EitherDate(..) => {
            alone && tokens.get(edge.start + 1).is_some_and(|mark| mark.text == "-")
        }
        Time::Clock(clock) => alone && clock.grain < super::value::Grain::Hour,
        _ => alone,
    }
}

/// Whether no noun follows that what stands before would describe: "2000 pieces", "the 1st deal".
fn ends_clause(end: usize, tokens: &[Token]) -> bool {
    const FUNCTION: [&str; 18] = [
        "and", "or", "vs", "versus", "by", "with", "for", "in", "at", "to", "from", "is", "was", "please", "between",
        "but", "if", "when",
    ];
    tokens.get(end).is_none_or(|next| match next.kind {
        Kind::Mark => next.text != "-" && next.text != "%",
        Kind::Word => FUNCTION.contains(&next.text.as_str()),
        Kind::Digits => true,
    })
}

/// A bare number of four digits is a year at the end of a clause, unless it belongs to the word before it.
fn year_stands(edge: &Edge, tokens: &[Token]) -> bool {
    let name = edge.start > 0 && tokens[edge.start - 1].capital && edge.start > 1
        || edge.start > 0 && matches!(tokens[edge.start - 1].kind, Kind::Mark | Kind::Digits);
    ends_clause(edge.end, tokens) && !name
}

/// A piece as a value.
fn read(edge: &Edge, tokens: &[Token], speaker: &Speaker) -> Option<Found> {
    let span = tokens[edge.start].span.start..tokens[edge.end - 1].span.end;
    let mut others = Vec::new();
    let value = match &edge.said {
        Said::Number(figure) => Value::Number(Number { value: figure.value, in_words: figure.in_words }),
        Said::Ordinal(ordinal) => Value::Ordinal(*ordinal),
        Said::Percent(percent) => Value::Percent(*percent),
        Said::Money(amount, currency) => Value::Money(Money { amount: *amount, currency: *currency }),
        Said::Length(length) => Value::Duration(duration(length)),
        Said::Recurring(recurring) => Value::Time(When::Recurring(recurrence(recurring, speaker)?)),
        Said::Time(time) | Said::Latent(time) => {
            let mut readings = meanings(time, speaker).into_iter();
            let (_, first) = readings.next()?;
            others
                .extend(readings.filter_map(|(sense, when)| Some(Reading { sense: sense?, value: Value::Time(when) })));
            Value::Time(first)
        }
        _ => return None,
    };
    Some(Found { span, value, others })
}

fn duration(length: &Length) -> Duration {
    Duration {
        months: length.months,
        days: length.days,
        business: length.business,
        seconds: length.seconds,
        nominal_seconds: length.nominal,
        grain: length.unit.grain(),
    }
}

fn recurrence(recurring: &Recurring, speaker: &Speaker) -> Option<Recurrence> {
    let weekdays: Vec<Weekday> = recurring
        .weekdays
        .iter()
        .filter_map(|day| Weekday::from_monday_zero_offset(i8::try_from(*day).ok()?).ok())
        .collect();
    let clock = recurring.clock.map(|clock| {
        if clock.open && clock.second < 6 * 3_600 { Clock { second: clock.second + 43_200, ..clock } } else { clock }
    });
    let first = first_time(recurring, clock, speaker);
    Some(Recurrence {
        every: recurring.every,
        unit: recurring.unit.grain(),
        weekdays,
        month_day: recurring.month_day.and_then(|day| i8::try_from(day).ok()),
        time: clock.and_then(|clock| shown(clock.second)).map(|at| at.time()),
        first: shown(first)?,
    })
}

/// When something that comes again is for the first time from now on.
fn first_time(recurring: &Recurring, clock: Option<Clock>, speaker: &Speaker) -> i64 {
    use super::calendar::{DAY, Unit, civil, floor, weekday};
    let offset = clock.map_or(0, |clock| clock.second);
    let fits = |day: &i64| {
        let of_week = recurring.weekdays.is_empty() || recurring.weekdays.contains(&weekday(*day));
        let of_month = recurring.month_day.is_none_or(|wanted| civil(*day).2 == wanted);
        of_week && of_month && day + offset >= speaker.now
    };
    let today = floor(speaker.now, Unit::Day);
    (0..40).map(|number| today + number * DAY).find(fits).map_or(speaker.now, |day| day + offset)
}
