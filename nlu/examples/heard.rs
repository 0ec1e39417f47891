//! Measures what is heard: `cargo run -p nlu --example heard -- FILE…`
//!
//! A `.tsv` has text, language, intent and sentiment: what was heard otherwise is listed. A `.csv` has a text and a
//! topic of questions: what was heard as other than a question is counted, and the false alarms are listed.

use nlu::Language;
use nlu::customer::{Intent, hear};
use std::collections::BTreeMap;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let tabs = path.ends_with(".tsv");
        let delimiter = if tabs { b'\t' } else { b',' };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(!tabs).quoting(!tabs).from_path(&path)?;
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
        println!("{path}: {} messages", rows.len());
        if tabs {
            judged(&rows)
        } else {
            alarms(&rows)
        }
        let started = Instant::now();
        for row in &rows {
            std::hint::black_box(hear(&row[0], Language::En));
        }
        println!("  {:.1} µs a message", started.elapsed().as_secs_f64() * 1e6 / rows.len().max(1) as f64);
    }
    Ok(())
}

fn judged(rows: &[csv::StringRecord]) {
    let mut right: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut count = |name: String, is_right: bool| {
        let (hits, all) = right.entry(name).or_default();
        *hits += usize::from(is_right);
        *all += 1;
    };
    for row in rows {
        let language = Language::of(&row[1]).unwrap_or(Language::En);
        let heard = hear(&row[0], language);
        let (intent, sentiment) = (format!("{:?}", heard.intent), format!("{:?}", heard.sentiment));
        // Every conversation begins in the language of the page, which may be another.
        let abroad = hear(&row[0], if language == Language::En { Language::De } else { Language::En });
        let told = heard.language.is_none_or(|heard| heard == language);
        count(format!("intent {}", &row[2]), intent == row[2]);
        count("intent".into(), intent == row[2]);
        count("intent, begun in another language".into(), format!("{:?}", abroad.intent) == row[2]);
        count("sentiment".into(), sentiment == row[3]);
        count("language not mistaken".into(), told);
        count("language told".into(), heard.language == Some(language));
        if intent != row[2] || sentiment != row[3] || !told {
            println!(
                "  {:?} {intent} {sentiment} {:?} <- {} {} {}",
                &row[0], heard.language, &row[1], &row[2], &row[3]
            );
        }
    }
    for (name, (hits, all)) in right {
        println!("  {name}: {hits} of {all}, {:.1} %", hits as f64 * 100.0 / all as f64);
    }
}

fn alarms(rows: &[csv::StringRecord]) {
    let mut heard: BTreeMap<Intent, BTreeMap<String, Vec<&str>>> = BTreeMap::new();
    for row in rows {
        let intent = hear(&row[0], Language::En).intent;
        heard.entry(intent).or_default().entry(row[1].to_owned()).or_default().push(&row[0]);
    }
    for (intent, topics) in heard.iter().filter(|(intent, _)| !matches!(intent, Intent::Question | Intent::Account)) {
        let count: usize = topics.values().map(Vec::len).sum();
        println!("  {intent:?}: {count} of {}, {:.2} %", rows.len(), count as f64 * 100.0 / rows.len() as f64);
        for (topic, texts) in topics {
            println!("    {topic}: {} such as {:?}", texts.len(), &texts[..texts.len().min(6)]);
        }
    }
}
