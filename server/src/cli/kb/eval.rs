//! `parley kb eval`: how well questions find articles, and how much the confidence of answers is worth.

use super::super::failure::{Failure, Outcome};
use super::{Line, lines};
use kb_index::{CONFIDENT, Calibration, Judged, Question, Trial};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::{Path, PathBuf};

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
}

/// How many articles are ranked for each question.
const RANKED: usize = 100;
/// How many answers are labelled before the calibration is measured.
const LABELS: usize = 100;

pub(super) fn evaluate(eval: &Eval) -> Outcome {
    let (articles, queries) = (lines(&eval.corpus)?, lines(&eval.queries)?);
    let trial = trial(eval, articles.iter())?;
    if eval.out.is_some() || eval.qrels.is_none() {
        write_run(eval, &trial, &queries)?;
    }
    match &eval.qrels {
        Some(qrels) => print_table(eval, &trial, &articles, &queries, &gold(qrels)?),
        None => Ok(()),
    }
}

fn failed(error: kb_index::Error) -> Failure {
    Failure::new(format!("The trial failed: {error}."))
}

fn trial<'a>(eval: &Eval, articles: impl Iterator<Item = &'a Line>) -> Outcome<Trial> {
    let mut trial = Trial::new(&eval.language).map_err(failed)?;
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

fn print_table(
    eval: &Eval,
    trial: &Trial,
    articles: &[Line],
    queries: &[Line],
    gold: &HashMap<String, String>,
) -> Outcome {
    let mut out = stdout();
    writeln!(out, "{} articles, {} questions", articles.len(), queries.len())?;
    let mut tell = |name: &str, figure: f64| writeln!(out, "{name:<48} {figure:.3}");
    let (gain, first) = ranking(trial, queries, gold)?;
    tell("nDCG@10", gain)?;
    tell("right article first", first)?;
    let all = judged(trial, queries, gold)?;
    tell("answered, of all articles", answered(&all))?;
    tell("of these, right", right(&all))?;
    let kept = some_articles(articles);
    let half = self::trial(eval, articles.iter().filter(|article| kept.contains(article.id.as_str())))?;
    let half = judged(&half, queries, gold)?;
    tell("answered, of half of the articles", answered(&half))?;
    tell("of these, right", right(&half))?;
    tell("area under the curve, of half of the articles", area(&half))?;
    tell("calibration error, of half of the articles", calibration_error(&half))?;
    // Of too few others nothing could be measured.
    if half.len() > 2 * LABELS {
        tell("the same after 100 labels", learnt_error(&half))?;
    }
    if let Some(path) = &eval.off_topic {
        let questions = std::fs::read_to_string(path)?;
        let answers = questions.lines().map(|text| judge(trial, text)).collect::<Outcome<Vec<_>>>()?;
        let given = answers.iter().flatten().filter(|answer| answer.confidence >= CONFIDENT).count();
        tell("off-topic questions not answered", 1.0 - given as f64 / answers.len().max(1) as f64)?;
    }
    Ok(())
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
