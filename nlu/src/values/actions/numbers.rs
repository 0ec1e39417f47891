//! Numbers, percentages and money.

use super::super::said::{Figure, Said};
use super::super::value::Decimal;
use super::{Action, Context};

pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("sum", sum),
    ("multiply", multiply),
    ("times", times),
    ("negate", negate),
    ("point", point),
    ("fraction", fraction),
    ("halved", halved),
    ("plus", plus),
    ("repeated", repeated),
    ("number", number),
    ("to_ordinal", to_ordinal),
    ("ordinal_sum", ordinal_sum),
    ("percent", percent),
    ("money", money),
    ("money_vague", money_vague),
    ("cents", cents),
    ("money_times", money_times),
    ("money_of", money_of),
    ("money_thousands", money_thousands),
];

fn made(value: Decimal) -> Said {
    Said::Number(Figure { value, digits: 0, room: 0, magnitude: false, in_words: false, vague: false })
}

/// "hundred" and "five", "twenty" and "three".
fn sum(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(large), Said::Number(small)] = said else { return None };
    let fits = large.in_words
        && large.value > Decimal::default()
        && small.in_words
        && !small.magnitude
        && small.whole()? > 0
        && small.whole()? <= large.room;
    let value = large.value.plus(small.value).filter(|_| fits)?;
    Some(Said::Number(Figure { value, room: small.room.min(large.room), magnitude: false, ..*large }))
}

/// "three" and "million".
fn multiply(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(count), Said::Number(magnitude)] = said else { return None };
    let size = magnitude.whole()?;
    let tens = size == 100 || size >= 1_000;
    if count.magnitude && tens || tens && count.value.as_f64() >= size as f64 && count.in_words {
        return None;
    }
    let value = count.value.times(magnitude.value)?;
    Some(
        Said::Number(Figure {
            value,
            digits: 0,
            room: if tens { size - 1 } else { 0 },
            in_words: count.in_words,
            ..*magnitude
        })
        .plain(),
    )
}

impl Said {
    fn plain(self) -> Self {
        match self {
            Self::Number(figure) => Self::Number(Figure { magnitude: false, ..figure }),
            other => other,
        }
    }
}

/// "25k": times the number of the rule.
fn times(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let ([Said::Number(figure)], [factor]) = (said, numbers) else { return None };
    figure.value.times(Decimal::whole(*factor)).map(made)
}

fn negate(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(figure)] = said else { return None };
    Some(Said::Number(Figure { value: figure.value.negated(), digits: 0, ..*figure }))
}

/// "two point five".
fn point(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(whole), Said::Number(places)] = said else { return None };
    let number = places.whole().filter(|number| (0..100).contains(number))?;
    let size = if number < 10 { 10 } else { 100 };
    let value = whole.value.plus(Decimal::whole(number).over(Decimal::whole(size))?)?;
    Some(Said::Number(Figure { value, room: 0, ..*whole }))
}

fn fraction(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(over), Said::Number(under)] = said else { return None };
    over.value.over(under.value).map(made)
}

/// "half a million".
fn halved(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(figure)] = said else { return None };
    figure.value.over(Decimal::whole(2)).map(made)
}

/// "five and a half": plus so many hundredths as the rule says, once or as often as said.
fn plus(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let Said::Number(whole) = said.first()? else { return None };
    let part = Decimal::whole(*numbers.first()?).over(Decimal::whole(100))?;
    let part = match said.get(1) {
        Some(Said::Number(often)) => part.times(often.value)?,
        _ => part,
    };
    whole.value.plus(part).map(made)
}

/// "sixteen (16)".
fn repeated(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(one), Said::Number(other)] = said else { return None };
    (one.value == other.value && one.in_words != other.in_words).then(|| made(one.value))
}

fn number(_: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    Some(Said::Number(Figure {
        in_words: true,
        value: Decimal::whole(*numbers.first()?),
        digits: 0,
        room: 0,
        magnitude: false,
        vague: false,
    }))
}

fn to_ordinal(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(figure)] = said else { return None };
    figure.whole().filter(|whole| (1..10_000).contains(whole)).map(Said::Ordinal)
}

/// "twenty" and "fifth".
fn ordinal_sum(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(tens), Said::Ordinal(one)] = said else { return None };
    (1..=9).contains(one).then(|| tens.whole().map(|tens| Said::Ordinal(tens + one))).flatten()
}

fn percent(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Number(figure)] = said else { return None };
    Some(Said::Percent(figure.value))
}

/// An amount and its currency, in either order.
fn money(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Number(figure), Said::Currency(currency)] | [Said::Currency(currency), Said::Number(figure)] => {
            Some(Said::Money(figure.value, *currency))
        }
        _ => None,
    }
}

/// "50 grand": money of whatever currency, times the number of the rule.
fn money_vague(said: &[&Said], numbers: &[i64], _: &Context) -> Option<Said> {
    let ([Said::Number(figure)], [factor]) = (said, numbers) else { return None };
    Some(Said::Money(figure.value.times(Decimal::whole(*factor))?, None))
}

/// "$20" and "43 cents".
fn cents(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    match said {
        [Said::Money(amount, currency), Said::Number(cents)] if amount.as_whole().is_some() => {
            let hundredths = cents.whole().filter(|cents| (0..100).contains(cents))?;
            let part = Decimal::whole(hundredths).over(Decimal::whole(100))?;
            Some(Said::Money(amount.plus(part)?, *currency))
        }
        [Said::Number(cents)] => Some(Said::Money(cents.value.over(Decimal::whole(100))?, None)),
        _ => None,
    }
}

/// "$3" and "million".
fn money_times(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Money(amount, currency), Said::Number(magnitude)] = said else { return None };
    Some(Said::Money(amount.times(magnitude.value)?, *currency))
}

/// "deux millions d'euros".
fn money_of(said: &[&Said], numbers: &[i64], context: &Context) -> Option<Said> {
    let [count, magnitude, currency] = said else { return None };
    money(&[&multiply(&[*count, *magnitude], numbers, context)?, *currency], numbers, context)
}

fn money_thousands(said: &[&Said], _: &[i64], _: &Context) -> Option<Said> {
    let [Said::Money(amount, currency)] = said else { return None };
    Some(Said::Money(amount.times(Decimal::whole(1_000))?, *currency))
}
