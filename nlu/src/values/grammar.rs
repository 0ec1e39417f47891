//! The words and rules of a language, read from its file.
//!
//! A file says what words mean, and how what they mean is put together. A rule is a line
//!
//! ```text
//! NEXT <unit> => cycle 1 1
//! ```
//!
//! of things that follow each other and the action (see `actions`) that makes one of them: a kind (`<unit>`), a group
//! of words of the section `words` (`NEXT`), or a word or mark itself (`of`, `:`). `a|b` is either, `a?` may be
//! missing, and `~` before a thing means that no space is before it. To add a language: write its file, name it in
//! [`Grammar::of`]; rules that hold in all languages stand in `words/common.rules`.

use super::actions::{self, Action};
use super::calendar::Unit;
use super::said::{Figure, Kind, Recurring, Said};
use super::time::{Bound, Holiday, Portion, Time};
use super::token::{Kind as TokenKind, Token, tokens};
use super::value::{Currency, Decimal};
use crate::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A file of words and rules. Lists have commas between their phrases.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Source {
    /// What parts the decimals.
    decimal: String,
    /// Whether the month comes first in 3/4.
    month_first: bool,
    /// Whether all nouns have capital letters, not only names.
    capital_nouns: bool,
    units: BTreeMap<String, String>,
    months: Vec<String>,
    weekdays: Vec<String>,
    /// "on Mondays".
    plural_weekdays: Vec<String>,
    /// Months and days that are also other words.
    doubtful: String,
    numbers: BTreeMap<String, String>,
    /// "fourteen" out of "vierzehn": numbers that are put together from others, `ones`, `between` and `tens`.
    compounds: Compounds,
    magnitudes: BTreeMap<String, String>,
    vague: BTreeMap<String, String>,
    ordinals: BTreeMap<String, String>,
    /// Hours, as "8-12 0-12": as an office says, and as others do.
    parts: BTreeMap<String, String>,
    halves: BTreeMap<String, String>,
    portions: BTreeMap<String, String>,
    bounds: BTreeMap<String, String>,
    seasons: Vec<String>,
    holidays: BTreeMap<String, String>,
    currencies: BTreeMap<String, String>,
    zones: BTreeMap<String, String>,
    words: BTreeMap<String, String>,
    never: String,
    rules: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Compounds {
    ones: String,
    between: String,
    tens: String,
}

/// A thing that rules wait for, and whether it must stand without a space before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Thing {
    symbol: u16,
    pub(super) glued: bool,
}

/// Where a rule stands after some of its things: all rules are one tree.
#[derive(Debug, Default)]
pub(super) struct Node {
    next: Vec<(Thing, usize)>,
    /// The actions of the rules that end here.
    pub(super) done: Vec<Rule>,
}

#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) action: Action,
    pub(super) numbers: Vec<i64>,
    /// What speaks against it where another says the same words.
    pub(super) cost: u32,
}

/// The words and rules of a language.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    pub(super) decimal: char,
    pub(super) month_first: bool,
    pub(super) capital_nouns: bool,
    nodes: Vec<Node>,
    /// Phrases as a tree of tokens.
    phrases: Vec<Phrases>,
    groups: HashMap<String, u16>,
}

#[derive(Debug, Default)]
struct Phrases {
    next: HashMap<String, usize>,
    said: Vec<Said>,
}

static GRAMMARS: LazyLock<HashMap<Language, Grammar>> = LazyLock::new(|| {
    let common = toml::from_str::<Source>(include_str!("words/common.toml")).unwrap_or_default();
    Language::ALL.into_iter().map(|language| (language, Grammar::read(source(language), &common))).collect()
});

static NONE: LazyLock<Grammar> = LazyLock::new(Grammar::default);

fn source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("words/en.toml"),
        Language::De => include_str!("words/de.toml"),
        Language::Fr => include_str!("words/fr.toml"),
        Language::Es => include_str!("words/es.toml"),
        Language::Pt => include_str!("words/pt.toml"),
    }
}

impl Grammar {
    /// The grammar of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        GRAMMARS.get(&language).unwrap_or(&NONE)
    }

    fn read(text: &str, common: &Source) -> Self {
        let source = toml::from_str::<Source>(text).unwrap_or_default();
        let mut grammar = Self {
            decimal: source.decimal.chars().next().unwrap_or('.'),
            month_first: source.month_first,
            capital_nouns: source.capital_nouns,
            nodes: vec![Node::default()],
            phrases: vec![Phrases::default()],
            ..Self::default()
        };
        for source in [common, &source] {
            grammar.learn(source);
        }
        for source in [common, &source] {
            for (number, line) in source.rules.lines().enumerate() {
                // A rule that cannot be read is left out; a test reads them all.
                let _ = grammar.rule(line, number);
            }
        }
        grammar
    }

    fn learn(&mut self, source: &Source) {
        let doubtful: Vec<&str> = list(&source.doubtful).collect();
        let named =
            |phrase: &str, time: Time| if doubtful.contains(&phrase) { Said::Latent(time) } else { Said::Time(time) };
        for (index, phrases) in (0..).zip(&source.months) {
            list(phrases).for_each(|phrase| self.say(phrase, named(phrase, Time::Month(index + 1))));
        }
        for (index, phrases) in (0..).zip(&source.weekdays) {
            list(phrases).for_each(|phrase| self.say(phrase, named(phrase, Time::Weekday(index))));
        }
        for (index, phrases) in (0..).zip(&source.plural_weekdays) {
            list(phrases).for_each(|phrase| self.say(phrase, Said::Recurring(Recurring::weekly(index))));
        }
        for (index, phrases) in (0..).zip(&source.seasons) {
            list(phrases).for_each(|phrase| self.say(phrase, Said::Latent(Time::Season(index + 1))));
        }
        self.each(&source.units, |name| unit(name).map(Said::Unit));
        self.each(&source.numbers, |name| word_number(name.parse().ok()?).map(Said::Number));
        self.each(&source.ordinals, |name| name.parse().ok().map(Said::Ordinal));
        self.each(&source.magnitudes, |name| magnitude(name.parse().ok()?).map(Said::Number));
        self.each(&source.vague, |name| {
            word_number(name.parse().ok()?).map(|figure| Said::Number(Figure { vague: true, ..figure }))
        });
        self.each(&source.parts, part);
        self.each(&source.halves, |name| Some(Said::Afternoon(name == "pm")));
        self.each(&source.portions, |name| portion(name).map(Said::Portion));
        self.each(&source.bounds, |name| bound(name).map(Said::Bound));
        self.each(&source.holidays, |name| Holiday::named(name).map(|holiday| Said::Time(Time::Holiday(holiday))));
        self.each(&source.currencies, |name| Some(Said::Currency(Currency::of(name))));
        self.each(&source.zones, |name| {
            name.parse::<f64>().ok().map(|hours| {
                #[expect(clippy::cast_possible_truncation, reason = "hours of a zone are few")]
                let seconds = (hours * 3_600.0) as i64;
                Said::Zone(seconds)
            })
        });
        for (name, phrases) in &source.words {
            let group = self.group(name);
            list(phrases).for_each(|phrase| self.say(phrase, Said::Word(group)));
        }
        list(&source.never).for_each(|phrase| self.say(phrase, Said::Nothing));
        for one in list(&source.compounds.ones) {
            for ten in list(&source.compounds.tens) {
                let (Some(figure_one), Some(figure_ten)) = (self.figure(one), self.figure(ten)) else { continue };
                if let Some(sum) =
                    figure_one.value.plus(figure_ten.value).and_then(Decimal::as_whole).and_then(word_number)
                {
                    self.say(&format!("{one}{}{ten}", source.compounds.between), Said::Number(sum));
                }
            }
        }
    }

    fn figure(&self, phrase: &str) -> Option<Figure> {
        let node = self.phrases[0].next.get(&tokens(phrase).first()?.text)?;
        self.phrases[*node].said.iter().find_map(|said| match said {
            Said::Number(figure) => Some(*figure),
            _ => None,
        })
    }

    fn each(&mut self, section: &BTreeMap<String, String>, said: impl Fn(&str) -> Option<Said>) {
        for (name, phrases) in section {
            if let Some(said) = said(name) {
                list(phrases).for_each(|phrase| self.say(phrase, said.clone()));
            }
        }
    }

    /// Learns what a phrase says.
    ///
    /// Apostrophes may be left out: "kings day".
    fn say(&mut self, phrase: &str, said: Said) {
        if phrase.len() > 1 && phrase.contains('\'') {
            self.say(&phrase.replace('\'', ""), said.clone());
        }
        let tokens = tokens(phrase);
        let mark = tokens.len() == 1;
        let mut node = 0;
        for token in tokens.into_iter().filter(|token| mark || !is_joint(token)) {
            node = match self.phrases[node].next.get(&token.text) {
                Some(next) => *next,
                None => {
                    self.phrases.push(Phrases::default());
                    let next = self.phrases.len() - 1;
                    self.phrases[node].next.insert(token.text, next);
                    next
                }
            };
        }
        if node > 0 && !self.phrases[node].said.contains(&said) {
            self.phrases[node].said.push(said);
        }
    }

    /// What the phrases say that begin with the first of some tokens, and how many tokens each has.
    pub(super) fn phrases(&self, tokens: &[Token], mut found: impl FnMut(usize, &Said)) {
        let mut node = 0;
        for (index, token) in tokens.iter().enumerate() {
            node = match self.phrases[node].next.get(&token.text) {
                Some(next) => *next,
                None if index > 0 && is_joint(token) && token.glued => continue,
                None => return,
            };
            self.phrases[node].said.iter().for_each(|said| found(index + 1, said));
        }
    }

    /// The number of a group of words, or of a word that a rule names.
    fn group(&mut self, name: &str) -> u16 {
        let next = u16::try_from(self.groups.len()).unwrap_or(u16::MAX);
        *self.groups.entry(name.to_owned()).or_insert(next)
    }

    /// Learns a rule. Empty lines and remarks are none.
    fn rule(&mut self, line: &str, number: usize) -> Result<(), String> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let wrong = || format!("rule {number}: {line}");
        let (things, action) = line.split_once(" => ").ok_or_else(wrong)?;
        let mut words = action.split_whitespace();
        let mut rule = Rule {
            action: actions::named(words.next().ok_or_else(wrong)?).ok_or_else(wrong)?,
            numbers: Vec::new(),
            cost: 1,
        };
        for word in words {
            match word.strip_prefix('!') {
                Some(cost) => rule.cost += cost.parse::<u32>().map_err(|_| wrong())?,
                None => rule.numbers.push(word.parse().map_err(|_| wrong())?),
            }
        }
        let mut ends = vec![0];
        for thing in things.split_whitespace() {
            let optional = thing.len() > 1 && thing.ends_with('?');
            let thing = if optional { &thing[..thing.len() - 1] } else { thing };
            let glued = thing.len() > 1 && thing.starts_with('~');
            let thing = if glued { &thing[1..] } else { thing };
            let mut after = if optional { ends.clone() } else { Vec::new() };
            for choice in if thing == "|" { vec!["|"] } else { thing.split('|').collect() } {
                let symbol = self.symbol(choice).ok_or_else(wrong)?;
                for end in &ends {
                    after.push(self.step(*end, Thing { symbol, glued }));
                }
            }
            ends = after;
        }
        for end in ends {
            self.nodes[end].done.push(rule.clone());
        }
        Ok(())
    }

    fn symbol(&mut self, thing: &str) -> Option<u16> {
        if let Some(kind) = thing.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
            return Kind::named(kind).map(|kind| kind as u16);
        }
        let word = u16::try_from(Kind::ALL.len()).ok()?;
        if thing.chars().next().is_some_and(char::is_uppercase) {
            return Some(self.group(thing) + word);
        }
        let group = self.group(thing);
        self.say_exactly(thing, Said::Word(group));
        Some(group + word)
    }

    /// Learns a word or mark that a rule names.
    fn say_exactly(&mut self, text: &str, said: Said) {
        let next = self.phrases.len();
        let node = *self.phrases[0].next.entry(text.to_owned()).or_insert(next);
        if node == next {
            self.phrases.push(Phrases::default());
        }
        if !self.phrases[node].said.contains(&said) {
            self.phrases[node].said.push(said);
        }
    }

    fn step(&mut self, node: usize, thing: Thing) -> usize {
        if let Some((_, next)) = self.nodes[node].next.iter().find(|(known, _)| *known == thing) {
            return *next;
        }
        self.nodes.push(Node::default());
        let next = self.nodes.len() - 1;
        self.nodes[node].next.push((thing, next));
        next
    }

    pub(super) fn node(&self, node: usize) -> &Node {
        &self.nodes[node]
    }

    /// The things that something is.
    pub(super) fn things(said: &Said) -> Vec<u16> {
        let words = u16::try_from(Kind::ALL.len()).unwrap_or(u16::MAX);
        match said {
            Said::Word(group) => vec![group + words],
            said => said.kinds().iter().map(|kind| kind as u16).collect(),
        }
    }
}

impl Node {
    /// Whether no rule goes on from here.
    pub(super) fn is_last(&self) -> bool {
        self.next.is_empty()
    }

    /// The nodes behind this one, for something that is all these things.
    pub(super) fn after(&self, things: &[u16], glued: bool) -> impl Iterator<Item = usize> {
        self.next
            .iter()
            .filter(move |(thing, _)| (glued || !thing.glued) && things.contains(&thing.symbol))
            .map(|(_, node)| *node)
    }
}

/// Dashes and apostrophes inside a phrase are not compared: "week-end", "new year's eve".
fn is_joint(token: &Token) -> bool {
    token.kind == TokenKind::Mark && matches!(token.text.as_str(), "-" | "'")
}

fn list(phrases: &str) -> impl Iterator<Item = &str> {
    phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty())
}

fn word_number(value: i64) -> Option<Figure> {
    let room = match value {
        20..=90 if value % 10 == 0 => 9,
        _ => 0,
    };
    Some(Figure { value: Decimal::whole(value), digits: 0, room, magnitude: false, in_words: true, vague: false })
}

fn magnitude(value: i64) -> Option<Figure> {
    Some(Figure {
        value: Decimal::whole(value),
        digits: 0,
        room: value - 1,
        magnitude: true,
        in_words: true,
        vague: false,
    })
}

fn unit(name: &str) -> Option<Unit> {
    Unit::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name)).ok()
}

fn part(hours: &str) -> Option<Said> {
    let mut ranges = hours.split_whitespace().map(|range| {
        let (from, to) = range.split_once('-')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    });
    let office = ranges.next()??;
    Some(Said::part(office, ranges.next().flatten().unwrap_or(office)))
}

fn portion(name: &str) -> Option<Portion> {
    Some(match name {
        "begin" => Portion::Begin,
        "early" => Portion::Early,
        "mid" => Portion::Mid,
        "late" => Portion::Late,
        "end" => Portion::End,
        "earlier" => Portion::Earlier,
        "rest" => Portion::Rest,
        "later" => Portion::Later,
        _ => return None,
    })
}

fn bound(name: &str) -> Option<Bound> {
    Some(match name {
        "since" => Bound::Since,
        "from" => Bound::From,
        "start" => Bound::Start,
        "after" => Bound::After,
        "before" => Bound::Before,
        "until" => Bound::Until,
        "by" => Bound::By,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_reads_all_its_words_and_rules() {
        let common: Source = toml::from_str(include_str!("words/common.toml")).unwrap();
        for language in Language::ALL {
            let own: Source = toml::from_str(source(language)).unwrap_or_else(|error| panic!("{language:?}: {error}"));
            let mut grammar = Grammar::read(source(language), &common);
            for rules in [&common.rules, &own.rules] {
                for (number, line) in rules.lines().enumerate() {
                    grammar.rule(line, number).unwrap_or_else(|error| panic!("{language:?}: {error}"));
                }
            }
            for name in own.holidays.keys() {
                assert!(Holiday::named(name).is_some(), "{language:?}: {name}");
            }
        }
    }
}
