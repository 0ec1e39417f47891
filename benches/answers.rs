//! Answers from the knowledge bases of many companies in one index: how long a question takes, and how soon an article
//! that was published answers. `benches/answers` runs it on both engines. Told by the environment: `TENANTS`,
//! `QUESTIONS`, `PUBLISHED`, and `DATABASE_URL`, without which it is an embedded database of its own.

use crm_core::clock::SystemClock;
use crm_core::identity::NewTenant;
use crm_core::{Actor, Command, Crm, Db, Surface};
use kb_index::{Answer, Question, Search};
use serde_json::{Map, Value as Json, json};
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

/// The product's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How many articles a company has, of two passages each.
const ARTICLES: u64 = 10;
/// How many companies are filled at once.
const AT_ONCE: usize = 16;
/// How many words there are in all, how many a company uses, and how many a passage has.
const WORDS: u64 = 20_000;
const OWN_WORDS: u64 = 600;
const PASSAGE: usize = 60;
/// As many passages as a company has.
const ALL: usize = 2 * ARTICLES as usize;
/// How many words of a passage a question repeats.
const ASKED: usize = 5;
/// How long a published article may take before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> Outcome<()> {
    let number = |name: &str, usual: usize| std::env::var(name).map_or(Ok(usual), |value| value.parse::<usize>());
    let tenants = number("TENANTS", 10_000)?;
    let (questions, published) = (number("QUESTIONS", 20_000)?, number("PUBLISHED", 200)?);
    let folder = tempfile::tempdir()?;
    let url = std::env::var("DATABASE_URL");
    let url = url.unwrap_or_else(|_| format!("sqlite:{}", folder.path().join("parley.db").display()));
    let crm = Crm::new(Db::open(&url).await?, Arc::new(SystemClock));

    let began = Instant::now();
    let companies = fill(&crm, tenants).await?;
    println!("{tenants} companies of {ARTICLES} articles after {:.0} s", began.elapsed().as_secs_f64());
    let (began, search) = (Instant::now(), Search::open(&folder.path().join("search"))?);
    search.rebuild(&crm, |_| ()).await?;
    println!("{} records and their passages indexed after {:.0} s", search.size(), began.elapsed().as_secs_f64());

    for at_once in [1, 2] {
        let took = ask(&crm, &search, &companies, questions, at_once).await?;
        show(&format!("answer, {at_once} at once"), took);
    }
    alone(&crm, &search, &companies).await?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let (following, in_crm) = (search.clone(), crm.clone());
    let following = tokio::spawn(async move { following.follow(in_crm, async { drop(stopped.await) }).await });
    show("published until it answers", publish(&crm, &search, &companies, published).await?);
    drop(stop);
    following.await?;
    crm.db().close().await;
    Ok(())
}

/// A company: the product itself, who writes, and a visitor, who asks.
#[derive(Clone)]
struct Company {
    number: u64,
    writer: Actor,
    visitor: Actor,
}

async fn fill(crm: &Crm, tenants: usize) -> Outcome<Vec<Company>> {
    let (mut companies, mut filling) = (Vec::new(), JoinSet::new());
    for number in 0..tenants as u64 {
        if filling.len() >= AT_ONCE {
            companies.extend(filling.join_next().await.transpose()?.transpose()?);
        }
        let crm = crm.clone();
        filling.spawn(async move { company(&crm, number).await });
    }
    while let Some(company) = filling.join_next().await {
        companies.push(company??);
    }
    Ok(companies)
}

async fn company(crm: &Crm, number: u64) -> Outcome<Company> {
    let tenant = crm.create_tenant(NewTenant::named(&format!("answers-{number}"), "Company")).await?;
    let writer = crm.product(tenant.id, "bench", Surface::System).await?;
    for article in 0..ARTICLES {
        create(crm, &writer, &format!("Article {article}"), &body(number, article)).await?;
    }
    let visitor = crm.visitor(tenant.id, Uuid::new_v4(), Surface::WebChat).await?;
    Ok(Company { number, writer, visitor })
}

async fn create(crm: &Crm, writer: &Actor, title: &str, body: &str) -> Outcome<()> {
    let values = [("title", title), ("body", body), ("status", "published")];
    let values: Map<String, Json> = values.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    crm.write(writer, Command::Create { object: "article".into(), values }).await?;
    Ok(())
}

/// An article of two passages.
fn body(company: u64, article: u64) -> String {
    let passage = |n| words(company, article * 2 + n).join(" ");
    format!("# First\n{}.\n\n# Second\n{}.\n", passage(0), passage(1))
}

/// The words of a company's passage: the same each time, some of them in nearly every passage and most in few.
fn words(company: u64, passage: u64) -> Vec<String> {
    let mut random = Random(company * 1_000_003 + passage * 7 + 1);
    let word = |_| {
        let rank = (random.share().powi(3) * OWN_WORDS as f64) as u64;
        spelled(Random(company * OWN_WORDS + rank).below(WORDS))
    };
    (0..PASSAGE).map(word).collect()
}

/// A number as a word that can be pronounced.
fn spelled(number: u64) -> String {
    const SYLLABLES: [&str; 32] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi",
        "yo", "zu", "bra", "cle", "dri", "flo", "gru", "pla", "ste", "tri", "spo", "shu", "tha", "che",
    ];
    let syllable = |n: u64| SYLLABLES.get((n % 32) as usize).copied().unwrap_or_default();
    [number, number / 32, number / 1_024, number * 13].map(syllable).concat()
}

/// Asks for what stands in passages of companies here and there.
async fn ask(
    crm: &Crm,
    search: &Search,
    companies: &[Company],
    questions: usize,
    at_once: usize,
) -> Outcome<Vec<Duration>> {
    let mut asking = JoinSet::new();
    for task in 0..at_once {
        let (crm, search, companies) = (crm.clone(), search.clone(), companies.to_vec());
        asking.spawn(async move {
            let (mut random, mut took) = (Random(task as u64 + 5), Vec::new());
            for _ in 0..questions / at_once {
                let company = &companies[random.below(companies.len() as u64) as usize];
                let text = question(company.number, &mut random);
                let asked = Instant::now();
                let answer = search.answer(&crm, &company.visitor, Question { text: &text, earlier: None }, 3).await?;
                took.push(asked.elapsed());
                if answer.passages.is_empty() {
                    return Err(format!("nothing was found for {text}").into());
                }
            }
            Outcome::Ok(took)
        });
    }
    let mut took = Vec::new();
    while let Some(done) = asking.join_next().await {
        took.extend(done??);
    }
    Ok(took)
}

/// Asks for some words of a passage of a company.
fn question(company: u64, random: &mut Random) -> String {
    let passage = words(company, random.below(ARTICLES * 2));
    let asked = passage.iter().skip(random.below(40) as usize).take(ASKED).cloned();
    format!("How do I get the {}?", asked.collect::<Vec<_>>().join(" "))
}

/// Holds that a company's answers are ranked as if it were alone in the index.
async fn alone(crm: &Crm, search: &Search, companies: &[Company]) -> Outcome<()> {
    let (mut random, mut compared) = (Random(9), 0);
    for _ in 0..5 {
        let company = &companies[random.below(companies.len() as u64) as usize];
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}", folder.path().join("parley.db").display());
        let own_crm = Crm::new(Db::open(&url).await?, Arc::new(SystemClock));
        let own = self::company(&own_crm, company.number).await?;
        let own_search = Search::open(&folder.path().join("search"))?;
        own_search.rebuild(&own_crm, |_| ()).await?;
        for _ in 0..100 {
            let text = question(company.number, &mut random);
            let question = Question { text: &text, earlier: None };
            let among_many = ranking(&search.answer(crm, &company.visitor, question, ALL).await?);
            let alone = ranking(&own_search.answer(&own_crm, &own.visitor, question, ALL).await?);
            if among_many != alone {
                return Err(format!("{text}: {among_many:?} among many, {alone:?} alone").into());
            }
            compared += 1;
        }
        own_crm.db().close().await;
    }
    println!("{compared} rankings are the same alone as among {}", companies.len());
    Ok(())
}

/// What was found, in order, and how good it is: to five digits, because sums of the same numbers in another order differ
/// in the last. What matches alike stands in the order of its ids, which are others here and there: it is ordered by name.
fn ranking(answer: &Answer) -> (String, Vec<(String, String, String)>) {
    let rounded = |share: f32| format!("{share:.5}");
    let passages = answer.passages.iter();
    let shown = passages.map(|one| (one.title.clone(), one.anchor.clone(), rounded(one.score)));
    let mut shown: Vec<_> = shown.collect();
    shown.chunk_by_mut(|(_, _, a), (_, _, b)| a == b).for_each(<[_]>::sort);
    (rounded(answer.confidence), shown)
}

/// Publishes articles here and there, and asks until each answers.
async fn publish(crm: &Crm, search: &Search, companies: &[Company], count: usize) -> Outcome<Vec<Duration>> {
    let (mut random, mut took) = (Random(3), Vec::new());
    for n in 0..count {
        let company = &companies[random.below(companies.len() as u64) as usize];
        let (title, word) = (format!("Published {n}"), format!("published{n}zq"));
        create(crm, &company.writer, &title, &format!("The {word} stands here.")).await?;
        let published = Instant::now();
        let question = Question { text: &word, earlier: None };
        let answers = || async { Outcome::Ok(search.answer(crm, &company.visitor, question, 1).await?) };
        while answers().await?.passages.first().is_none_or(|passage| passage.title != title) {
            if published.elapsed() > PATIENCE {
                return Err(format!("{title} was not found in time").into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        took.push(published.elapsed());
        tokio::time::sleep(Duration::from_millis(random.below(200))).await;
    }
    Ok(took)
}

fn show(name: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1)));
    let ms = |percent| at(percent).map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0);
    println!("{name:<28} p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms ({} of them)", ms(50), ms(95), ms(99), took.len());
}

/// Numbers that are the same each time, so that figures can be compared.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        self.next() as f64 / f64::from(1_u32 << 31)
    }
}
