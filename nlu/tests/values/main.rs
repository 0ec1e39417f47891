//! What values are found in texts, and that none are found where there are none.
//!
//! `LANGUAGE.tsv` has a text and what is found in it on Saturday, 21 November 2026, at 10 o'clock; `ordinary.txt`
//! sentences of everyday business without any value.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod shown;

use jiff::Zoned;
use jiff::civil::date;
use nlu::Language;
use nlu::values::{self, Found, Sense, Value, find};

use proptest::prelude::*;

fn now() -> Zoned {
    date(2026, 11, 21).at(10, 0, 0, 0).in_tz("Europe/Berlin").unwrap()
}

fn english(text: &str) -> Vec<Found> {
    find(text, &now(), Language::En)
}

fn all_as_written(language: Language, file: &str) {
    let wrong: Vec<String> = file
        .lines()
        .filter_map(|line| {
            let (text, expected) = line.split_once('\t').unwrap();
            let found = shown::all(text, &find(text, &now(), language));
            (found != expected).then(|| format!("{text}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_is_understood() {
    all_as_written(Language::En, include_str!("en.tsv"));
}

#[test]
fn german_is_understood() {
    all_as_written(Language::De, include_str!("de.tsv"));
}

#[test]
fn french_is_understood() {
    all_as_written(Language::Fr, include_str!("fr.tsv"));
}

#[test]
fn spanish_is_understood() {
    all_as_written(Language::Es, include_str!("es.tsv"));
}

#[test]
fn portuguese_is_understood() {
    all_as_written(Language::Pt, include_str!("pt.tsv"));
}

#[test]
fn ordinary_sentences_hold_no_values() {
    let found: Vec<String> = include_str!("ordinary.txt")
        .lines()
        .map(|line| (line, english(line)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(line, found)| format!("{line}: {}", shown::all(line, &found)))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn reading(text: &str, sense: Sense) -> Option<String> {
    english(text).first()?.sense(sense).map(shown::value)
}

#[test]
fn a_day_without_a_year_is_the_coming_one_and_may_be_the_last() {
    let found = english("on March 3");
    assert_eq!(shown::value(&found[0].value), "2027-03-03");
    assert_eq!(shown::value(found[0].past()), "2026-03-03");
    assert_eq!(shown::value(found[0].future()), "2027-03-03");
}

#[test]
fn what_lasts_since_a_month_began_in_the_past() {
    let found = english("since March");
    assert_eq!(shown::value(&found[0].value), "2026-03-01..");
    assert_eq!(shown::value(found[0].future()), "2027-03-01..");
}

#[test]
fn other_meanings_of_the_same_words_are_told() {
    assert_eq!(reading("at 5", Sense::OtherHalf).as_deref(), Some("2026-11-22 05:00"));
    assert_eq!(reading("3/4/2027", Sense::Order).as_deref(), Some("2027-04-03"));
    assert_eq!(reading("from 2022 to 2024", Sense::OtherEnd).as_deref(), Some("2022-01-01..2024-01-01"));
    assert_eq!(reading("the last 3 months", Sense::Aligned).as_deref(), Some("2026-08-01..2026-11-01"));
    assert_eq!(reading("this weekend", Sense::Extent).as_deref(), Some("2026-11-20 18:00..2026-11-23"));
    assert_eq!(reading("tomorrow", Sense::Past), None);
}

#[test]
fn times_are_those_of_the_speakers_zone() {
    assert_eq!(shown::all("4 pm EST", &english("4 pm EST")), "4 pm EST = 2026-11-21 22:00");
}

#[test]
fn a_very_long_text_is_read_to_its_end() {
    let text = format!("{}tomorrow", "one two next three of the first last 4 5 6 and ".repeat(800));
    let found = english(&text);
    assert_eq!(found.last().map(|found| shown::value(&found.value)).as_deref(), Some("2026-11-22"));
}

proptest! {
    #[test]
    fn spans_lie_in_the_text_and_in_order(text in "(next|last|3|first|monday|of|march|to|at|pm|[0-9]{1,4}|[/.:-]|\\PC| ){0,24}") {
        for language in Language::ALL {
            let mut end = 0;
            for found in find(&text, &now(), language) {
                prop_assert!(found.span.start >= end && found.span.start < found.span.end);
                prop_assert!(text.get(found.span.clone()).is_some());
                end = found.span.end;
            }
        }
    }

    #[test]
    fn whole_numbers_are_read_as_written(number in 0_i64..1_000_000_000_000) {
        let text = number.to_string();
        let found = english(&format!("about {text} units"));
        prop_assert!(found.iter().any(|found| matches!(&found.value, Value::Number(read) if read.value.as_whole() == Some(number))));
    }
}
