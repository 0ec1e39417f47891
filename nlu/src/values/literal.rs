//! Numbers in digits.

use super::said::{Figure, Said};
use super::token::{Kind, Token};
use super::value::Decimal;

/// The numbers that begin with the first of some tokens, and how many tokens each has.
pub(super) fn literals(tokens: &[Token], decimal: char, mut found: impl FnMut(usize, Said)) {
    let Some(first) = tokens.first() else { return };
    let number = |value, digits| {
        Said::Number(Figure { value, digits, room: 0, magnitude: false, in_words: false, vague: false })
    };
    if let Some(part) = fraction_mark(&first.text) {
        return found(1, number(Decimal::from_micros(part), 0));
    }
    if let Some(places) = decimals(tokens, decimal) {
        found(2, number(places, 0));
    }
    if first.kind != Kind::Digits {
        return;
    }
    let Some(whole) = first.text.parse().ok().filter(|_| first.text.len() <= 15).map(Decimal::whole) else { return };
    found(1, number(whole, u8::try_from(first.text.len()).unwrap_or(u8::MAX)));
    if let Some(places) = decimals(&tokens[1..], decimal).filter(|_| tokens[1].glued) {
        found(3, whole.plus(places).map_or(Said::Nothing, |value| number(value, 0)));
    }
    grouped(tokens, decimal, |length, value| found(length, number(value, 0)));
    if decimal == ',' {
        spaced(tokens, |length, value| found(length, number(value, 0)));
    }
}

/// ".25" as a part of one.
fn decimals(tokens: &[Token], decimal: char) -> Option<Decimal> {
    let [mark, places, ..] = tokens else { return None };
    let mut text = mark.text.chars();
    if text.next() != Some(decimal) || !places.glued || places.kind != Kind::Digits {
        return None;
    }
    let digits: String = places.text.chars().chain("000000".chars()).take(6).collect();
    digits.parse().ok().map(Decimal::from_micros)
}

/// "1,200,000.5": threes of digits, with the other mark between them.
fn grouped(tokens: &[Token], decimal: char, mut found: impl FnMut(usize, Decimal)) {
    let mark = if decimal == '.' { "," } else { "." };
    if tokens[0].text.len() > 3 {
        return;
    }
    let mut digits = tokens[0].text.clone();
    let mut length = 1;
    while let Some([comma, three]) = tokens.get(length..length + 2)
        && comma.text == mark
        && comma.glued
        && three.glued
        && three.kind == Kind::Digits
        && three.text.len() == 3
        && digits.len() <= 12
    {
        digits.push_str(&three.text);
        length += 2;
    }
    let Some(whole) = digits.parse().ok().filter(|_| length > 1).map(Decimal::whole) else { return };
    found(length, whole);
    if let Some(value) =
        tokens.get(length..).and_then(|rest| decimals(rest, decimal)).and_then(|places| whole.plus(places))
    {
        found(length + 2, value);
    }
}

/// "25 000": threes of digits with spaces between them.
fn spaced(tokens: &[Token], found: impl FnOnce(usize, Decimal)) {
    let threes =
        tokens[1..].iter().take(4).take_while(|token| token.kind == Kind::Digits && token.text.len() == 3).count();
    if threes > 0 && tokens[0].text.len() <= 3 {
        let digits: String = tokens[..=threes].iter().map(|token| token.text.as_str()).collect();
        if let Ok(number) = digits.parse() {
            found(threes + 1, Decimal::whole(number));
        }
    }
}

fn fraction_mark(text: &str) -> Option<i128> {
    Some(match text {
        "½" => 500_000,
        "¼" => 250_000,
        "¾" => 750_000,
        "⅓" => 333_333,
        "⅔" => 666_667,
        _ => return None,
    })
}
