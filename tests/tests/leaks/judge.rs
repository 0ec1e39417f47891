//! Whether an answer shows what its reader may not see.

use super::companies::Companies;
use super::people::Person;
use crate::support::Answer;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// What was heard so far.
#[derive(Debug, Default)]
pub(super) struct Judge(Mutex<Heard>);

#[derive(Debug, Default)]
struct Heard {
    statuses: BTreeMap<u16, u64>,
    /// Markers that were seen by who may see them: company and kind.
    seen: BTreeSet<(usize, String)>,
    offences: Vec<String>,
}

/// Enough to understand what goes wrong.
const MOST_OFFENCES: usize = 20;

impl Judge {
    /// Judges an answer.
    pub(super) fn hear(&self, person: &Person, asked: &str, answer: &Answer) {
        let text = String::from_utf8_lossy(&answer.bytes);
        {
            let mut heard = self.0.lock().unwrap();
            *heard.statuses.entry(answer.status).or_default() += 1;
            if answer.status >= 500 {
                heard.accuse(format!("{} asked {asked}\n  and got {text}", person.name));
            }
        }
        self.read(person, asked, &text);
    }

    /// Looks for markers.
    pub(super) fn read(&self, person: &Person, asked: &str, text: &str) {
        let found = markers(text);
        if found.is_empty() {
            return;
        }
        let mut heard = self.0.lock().unwrap();
        for (company, kind) in found {
            if company == person.company && person.sees(&kind) {
                heard.seen.insert((company, kind));
            } else {
                let shown: String = text.chars().take(1_500).collect();
                heard.accuse(format!("{} asked {asked}\n  and saw {kind} of company {company}: {shown}", person.name));
            }
        }
    }

    /// Otherwise nothing would be proven by not finding them.
    pub(super) fn every_marker_was_seen_by_who_may_see_it(&self, companies: &Companies) {
        let seen = &self.0.lock().unwrap().seen;
        for company in 0..companies.worlds.len() {
            for kind in &companies.kinds {
                assert!(seen.contains(&(company, kind.clone())), "nobody saw {kind} of company {company}");
            }
        }
    }

    pub(super) fn acquit(&self) {
        let heard = self.0.lock().unwrap();
        assert!(heard.offences.is_empty(), "{}", heard.offences.join("\n\n"));
    }

    pub(super) fn summary(&self) -> String {
        let statuses = &self.0.lock().unwrap().statuses;
        format!("{} answers, by status: {statuses:?}", statuses.values().sum::<u64>())
    }
}

impl Heard {
    fn accuse(&mut self, offence: String) {
        if self.offences.len() < MOST_OFFENCES {
            self.offences.push(offence);
        }
    }
}

/// A text that says whose it is: what follows the `q` is known to nobody who has not seen it.
pub(super) fn marker(company: usize, kind: &str, secret: u32) -> String {
    format!("mk{company}{kind}q{secret:08x}z")
}

/// The company and kind of each whole marker in a text.
fn markers(text: &str) -> BTreeSet<(usize, String)> {
    let text = text.to_lowercase();
    text.match_indices("mk").filter_map(|(at, _)| whole(text.get(at + 2..)?)).collect()
}

fn whole(rest: &str) -> Option<(usize, String)> {
    let company = rest.chars().next()?.to_digit(10)?;
    let (kind, secret) = rest.get(1..)?.split_once('q')?;
    let is_kind = kind.chars().all(|c| c.is_ascii_lowercase());
    let is_secret = secret.get(..8)?.chars().all(|c| c.is_ascii_hexdigit()) && secret.get(8..9)? == "z";
    (is_kind && is_secret).then(|| (company as usize, kind.to_owned()))
}

#[test]
fn a_marker_is_found_wherever_it_stands() {
    let text = format!("<b>{}</b> mk1 mk2deal", marker(1, "task", 7).to_uppercase());
    assert_eq!(markers(&text), BTreeSet::from([(1, "task".to_owned())]));
}
