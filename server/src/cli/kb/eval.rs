//! `parley kb eval`: how well questions find articles, and how much the confidence of answers is worth.

use super::super::failure::{Failure, Outcome};
use super::{Line, lines};
use kb_index::{CONFIDENT, Calibration, Judged, Local, Question, Trial};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Eval {
    /// Articles: a JSON object a line with `_id`, `title` and `text`
    #[arg(long, value_name = "FILE")]
    corpus: PathBuf,
    /// Questions: a JSON object a line with `_id` and `text`
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// File to write; standard output if not said
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of the articles
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
    /// Which article answers which question, tab-separated: question, article. With it, a table of figures is printed
    #[arg(long, value_name = "FILE")]
    qrels: Option<PathBuf>,
    /// Questions that no article answers, one a line, for the table
    #[arg(long, value_name = "FILE", requires = "qrels")]
    off_topic: Option<PathBuf>,
    /// Folder of a sentence encoder (config.json, model.safetensors, tokenizer.json): articles are found by their
    /// meaning too, and the table shows both
    #[arg(long, value_name = "DIR")]
    encoder: Option<PathBuf>,
}

/// How many articles are ranked for each question.
const RANKED: usize = 100;
/// How many answers are labelled before the calibration is measured.
const LABELS: usize = 100;

pub(super) fn evaluate(eval: &Eval) -> Outcome {
    let (articles, queries) = (lines(&eval.corpus)?, lines(&eval.queries)?);
    let encoder = eval.encoder.as_deref().map(encoder).transpose()?;
    let encoded = encoder.as_ref().map(|encoder| trial(eval, articles.iter(), Some((encoder, None)))).transpose()?;
    let words =
        if encoded.is_some() && eval.qrels.is_none() { None } else { Some(trial(eval, articles.iter(), None)?) };
    let trials: Vec<&Trial> = words.iter().chain(&encoded).collect();
    if let Some(last) = trials.last().filter(|_| eval.out.is_some() || eval.qrels.is_none()) {
        write_run(eval, last, &queries)?;
    }
    let Some(qrels) = &eval.qrels else { return Ok(()) };
    let measured = Measured { eval, articles: &articles, queries: &queries, gold: gold(qrels)? };
    let halves = |trial: &&Trial| {
        measured.half(encoder.as_ref().filter(|_| trial.is_encoded()).map(|encoder| (encoder, *trial)))
    };
    let columns = trials.iter().map(|trial| measured.figures(trial, &halves(trial)?)).collect::<Outcome<Vec<_>>>()?;
    measured.print(&columns)
}

fn failed(error: kb_index::Error) -> Failure {
    Failure::new(format!("The trial failed: {error}."))
}

fn encoder(folder: &Path) -> Outcome<Arc<Local>> {
    let loaded = Local::load(folder).map(Arc::new);
    loaded.map_err(|error| Failure::new(format!("{}: {error}.", folder.display())))
}

/// Articles under trial, by meaning too with an encoder; another trial may have their vectors.
fn trial<'a>(
    eval: &Eval,
    articles: impl Iterator<Item = &'a Line>,
    encoder: Option<(&Arc<Local>, Option<&Trial>)>,
) -> Outcome<Trial> {
    let mut trial = Trial::new(&eval.language).map_err(failed)?;
    if let Some((encoder, other)) = encoder {
        trial = trial.encoded(encoder.clone(), other);
    }
    for article in articles {
        trial.add(&article.id, &article.title, &article.text).map_err(failed)?;
    }
    trial.ready().map_err(failed)?;
    Ok(trial)
}

fn write_run(eval: &Eval, trial: &Trial, queries: &[Line]) -> Outcome {
    let mut out: BufWriter<Box<dyn Write>> = BufWriter::new(match &eval.out {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(stdout()),
    });
    for query in queries {
        let found = trial.ask(Question { text: &query.text, earlier: None }, RANKED).map_err(failed)?;
        for (rank, article) in (1..).zip(found) {
            writeln!(out, "{} Q0 {} {rank} {:.6} parley", query.id, article.name, article.score)?;
        }
    }
    Ok(out.flush()?)
}

/// The article that answers each question.
fn gold(path: &Path) -> Outcome<HashMap<String, String>> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::new(format!("{}: {error}.", path.display())))?;
    let rows = text.lines().skip(1).filter_map(|row| row.split_once('\t'));
    let article = |rest: &str| rest.split('\t').next().unwrap_or_default().to_owned();
    Ok(rows.map(|(question, rest)| (question.to_owned(), article(rest))).collect())
}

/// What is measured, and against what.
struct Measured<'a> {
    eval: &'a Eval,
    articles: &'a [Line],
    queries: &'a [Line],
    gold: HashMap<String, String>,
}

/// A name and a figure.
type Figures = Vec<(&'static str, f64)>;

impl Measured<'_> {
    /// A trial of half of the articles.
    fn half(&self, encoder: Option<(&Arc<Local>, &Trial)>) -> Outcome<Trial> {
        let kept = some_articles(self.articles);
        let articles = self.articles.iter().filter(|article| kept.contains(article.id.as_str()));
        trial(self.eval, articles, encoder.map(|(encoder, trial)| (encoder, Some(trial))))
    }

    fn figures(&self, trial: &Trial, half: &Trial) -> Outcome<Figures> {
        let (gain, first) = ranking(trial, self.queries, &self.gold)?;
        let (gain_with_slips, _) = ranking(trial, &with_slips(self.queries), &self.gold)?;
        let (all, half) = (judged(trial, self.queries, &self.gold)?, judged(half, self.queries, &self.gold)?);
        let mut figures = vec![
            ("nDCG@10", gain),
            ("nDCG@10, a slip in each question", gain_with_slips),
            ("right article first", first),
            ("answered, of all articles", answered(&all)),
            ("of these, right", right(&all)),
            ("answered, of half of the articles", answered(&half)),
            ("of these, right", right(&half)),
            ("area under the curve, of half of the articles", area(&half)),
            ("calibration error, of half of the articles", calibration_error(&half)),
        ];
        // Of too few others nothing could be measured.
        if half.len() > 2 * LABELS {
            figures.push(("the same after 100 labels", learnt_error(&half)));
        }
        if let Some(path) = &self.eval.off_topic {
            let questions = std::fs::read_to_string(path)?;
            let answers = questions.lines().map(|text| judge(trial, text)).collect::<Outcome<Vec<_>>>()?;
            let given = answers.iter().flatten().filter(|answer| answer.confidence >= CONFIDENT).count();
            figures.push(("off-topic questions not answered", 1.0 - given as f64 / answers.len().max(1) as f64));
        }
        Ok(figures)
    }

    /// The figures side by side: by words, and by meaning too.
    fn print(&self, columns: &[Figures]) -> Outcome {
        let mut out = stdout();
        writeln!(out, "{} articles, {} questions", self.articles.len(), self.queries.len())?;
        if columns.len() > 1 {
            writeln!(out, "{:<48} {:>7} {:>7}", "", "words", "encoder")?;
        }
        let Some(first) = columns.first() else { return Ok(()) };
        for (row, (name, _)) in first.iter().enumerate() {
            let figures = columns.iter().filter_map(|column| column.get(row));
            let figures: Vec<String> = figures.map(|(_, figure)| format!("{figure:>7.3}")).collect();
            writeln!(out, "{name:<48} {}", figures.join(" "))?;
        }
        Ok(())
    }
}

/// The questions with a slip of the finger in one of their longer words.
fn with_slips(queries: &[Line]) -> Vec<Line> {
    let mut random = Random(5);
    let slip =
        |query: &Line| Line { id: query.id.clone(), title: String::new(), text: with_slip(&query.text, &mut random) };
    queries.iter().map(slip).collect()
}

fn with_slip(text: &str, random: &mut Random) -> String {
    const LONG: usize = 4;
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let is_long = |word: &String| word.len() >= LONG && word.chars().all(|c| c.is_ascii_alphabetic());
    let long: Vec<usize> = words.iter().enumerate().filter(|(_, word)| is_long(word)).map(|(i, _)| i).collect();
    let Some(at) = (!long.is_empty()).then(|| random.below(long.len() as u64) as usize) else { return text.to_owned() };
    if let Some(word) = long.get(at).and_then(|at| words.get_mut(*at)) {
        // Not the first letter: nobody mistypes that one.
        let i = 1 + random.below(word.len() as u64 - 2) as usize;
        let letter = char::from(b'a' + random.below(26) as u8);
        match (random.below(4), word.get(i..i + 1).map(str::to_owned)) {
            (0, Some(_)) => drop(word.remove(i)),
            (1, Some(same)) => word.insert_str(i, &same),
            (2, Some(same)) => {
                word.remove(i);
                word.insert_str(i + 1, &same);
            }
            _ => word.replace_range(i..=i, &letter.to_string()),
        }
    }
    words.join(" ")
}

/// Normalised discounted gain among the first ten, and how often the right article is the first.
fn ranking(trial: &Trial, queries: &[Line], gold: &HashMap<String, String>) -> Outcome<(f64, f64)> {
    let (mut gain, mut first) = (0.0, 0.0);
    for query in queries {
        let found = trial.ask(Question { text: &query.text, earlier: None }, 10).map_err(failed)?;
        let rank = found.iter().position(|article| gold.get(&query.id) == Some(&article.name));
        gain += rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 2.0).log2());
        first += f64::from(u8::from(rank == Some(0)));
    }
    let questions = queries.len().max(1) as f64;
    Ok((gain / questions, first / questions))
}

/// An answer's confidence, and whether it is of the right article.
type Outcomes = Vec<(f32, bool)>;

fn judged(trial: &Trial, queries: &[Line], gold: &HashMap<String, String>) -> Outcome<Outcomes> {
    let outcome = |query: &Line| {
        let answer = judge(trial, &query.text)?;
        let is_right = answer.as_ref().is_some_and(|answer| gold.get(&query.id) == Some(&answer.name));
        Ok((answer.map_or(0.0, |answer| answer.confidence), is_right))
    };
    queries.iter().map(outcome).collect()
}

fn judge(trial: &Trial, text: &str) -> Outcome<Option<Judged>> {
    trial.answer(Question { text, earlier: None }).map_err(failed)
}

/// Half of the articles, the same ones each time.
fn some_articles(articles: &[Line]) -> HashSet<&str> {
    let mut random = Random(7);
    articles.iter().filter(|_| random.below(2) == 0).map(|article| article.id.as_str()).collect()
}

fn answered(outcomes: &Outcomes) -> f64 {
    let given = outcomes.iter().filter(|(confidence, _)| *confidence >= CONFIDENT).count();
    given as f64 / outcomes.len().max(1) as f64
}

fn right(outcomes: &Outcomes) -> f64 {
    let given: Vec<_> = outcomes.iter().filter(|(confidence, _)| *confidence >= CONFIDENT).collect();
    given.iter().filter(|(_, right)| *right).count() as f64 / given.len().max(1) as f64
}

/// How often a right answer is more confident than a wrong one.
fn area(outcomes: &Outcomes) -> f64 {
    let of =
        |wanted: bool| outcomes.iter().filter(move |(_, right)| *right == wanted).map(|(confidence, _)| *confidence);
    let wrong: Vec<f32> = of(false).collect();
    let (mut won, mut pairs) = (0.0, 0.0);
    for confidence in of(true) {
        for other in &wrong {
            won += if confidence > *other {
                1.0
            } else if confidence < *other {
                0.0
            } else {
                0.5
            };
            pairs += 1.0;
        }
    }
    won / f64::max(pairs, 1.0)
}

/// The calibration error after learning from a hundred answers: measured on the others, on average of many draws.
fn learnt_error(outcomes: &Outcomes) -> f64 {
    const DRAWS: usize = 50;
    let (mut outcomes, mut random, mut sum) = (outcomes.clone(), Random(11), 0.0);
    for _ in 0..DRAWS {
        for i in (1..outcomes.len()).rev() {
            outcomes.swap(i, random.below(i as u64 + 1) as usize);
        }
        let (labelled, others) = outcomes.split_at(LABELS);
        let calibration = Calibration::fit(labelled);
        let others: Outcomes =
            others.iter().map(|(confidence, right)| (calibration.apply(*confidence), *right)).collect();
        sum += calibration_error(&others);
    }
    sum / DRAWS as f64
}

/// How far confidence and share of right answers are apart, in ten steps of confidence.
fn calibration_error(outcomes: &Outcomes) -> f64 {
    const STEPS: usize = 10;
    let mut steps = [(0.0, 0.0); STEPS];
    for (confidence, right) in outcomes {
        let step = ((confidence * STEPS as f32) as usize).min(STEPS - 1);
        if let Some((confident, was_right)) = steps.get_mut(step) {
            *confident += f64::from(*confidence);
            *was_right += f64::from(u8::from(*right));
        }
    }
    let apart: f64 = steps.iter().map(|(confident, right): &(f64, f64)| (confident - right).abs()).sum();
    apart / outcomes.len().max(1) as f64
}

/// Numbers that are the same each time, so that figures can be compared.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}
