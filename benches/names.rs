//! Names among very many records: how often the one that is meant is linked or asked about, however it is written, and
//! how long understanding takes. `cargo bench -p bots --bench names`; told by the environment: `RECORDS`, `ASKED` (of
//! each way of writing), and `DATABASE_URL`, without which it is an embedded database of its own.

use bots::staff::{Kind, Staff};
use crm_core::clock::SystemClock;
use crm_core::identity::NewTenant;
use crm_core::{Actor, Command, Crm, Db, Surface};
use kb_index::Search;
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

/// How many records are written at once.
const AT_ONCE: u64 = 32;
const FIRST: [&str; 40] = [
    "Anna", "Ben", "Carla", "David", "Elena", "Felix", "Grace", "Henry", "Ines", "James", "Katrin", "Lucas", "Maria",
    "Nadia", "Oliver", "Paula", "Quentin", "Rosa", "Samuel", "Tessa", "Ulrich", "Valerie", "Walter", "Xenia", "Yusuf",
    "Zoe", "Ahmed", "Bianca", "Cedric", "Daria", "Emil", "Fatima", "Gustav", "Helga", "Ivan", "Joanna", "Karim",
    "Leonie", "Miguel", "Nora",
];
const KINDS: [&str; 20] = [
    "Logistics",
    "Energy",
    "Foods",
    "Textiles",
    "Robotics",
    "Pharma",
    "Consulting",
    "Metals",
    "Media",
    "Software",
    "Insurance",
    "Optics",
    "Ceramics",
    "Shipping",
    "Timber",
    "Plastics",
    "Airlines",
    "Breweries",
    "Motors",
    "Paper",
];

/// A record by its name, and how people write it.
#[derive(Clone)]
struct Named {
    id: Uuid,
    object: &'static str,
    name: [String; 2],
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let number = |name: &str, usual: u64| std::env::var(name).map_or(Ok(usual), |value| value.parse::<u64>());
    let (records, asked) = (number("RECORDS", 100_000)?, number("ASKED", 500)?);
    let folder = tempfile::tempdir()?;
    let url = std::env::var("DATABASE_URL");
    let url = url.unwrap_or_else(|_| format!("sqlite:{}", folder.path().join("parley.db").display()));
    let crm = Crm::new(Db::open(&url).await?, Arc::new(SystemClock));
    let tenant = crm.create_tenant(NewTenant::named("names", "Company")).await?;
    let actor = crm.product(tenant.id, "bench", Surface::System).await?;
    let began = Instant::now();
    let named = fill(&crm, &actor, records).await?;
    println!("{records} records after {:.0} s", began.elapsed().as_secs_f64());
    let search = Search::open(&folder.path().join("search"))?;
    search.rebuild(&crm, |_| ()).await?;
    println!("indexed after {:.0} s", began.elapsed().as_secs_f64());

    let staff = Staff::new(crm.clone(), search);
    let mut took = Vec::new();
    for (way, written) in WAYS {
        let mut random = Random(17);
        let (mut linked, mut chosen, mut wrong) = (0, 0, Vec::new());
        for _ in 0..asked {
            let one = &named[random.below(records) as usize];
            let Some(text) = written(one, &mut random) else { continue };
            let text = format!("show {text}");
            let began = Instant::now();
            let answer = staff.ask(&actor, &text, None, 20).await?;
            took.push(began.elapsed());
            let meant = json!(one.id);
            let shown = answer.records.iter().flatten().any(|record| record["id"] == meant);
            match answer.kind {
                Kind::Clarify => chosen += 1,
                Kind::Record | Kind::Records if shown => linked += 1,
                _ => wrong.push(text),
            }
        }
        let share = 100.0 * f64::from(linked + chosen) / f64::from(linked + chosen + wrong.len() as u32);
        let some: Vec<&String> = wrong.iter().take(3).collect();
        println!("{way:<24} {share:5.1} % ({linked} linked, {chosen} asked about, {} neither) {some:?}", wrong.len());
    }
    show("asked and answered", &mut took);
    let mut previews = Vec::new();
    let mut random = Random(23);
    for _ in 0..asked {
        let one = &named[random.below(records) as usize];
        let text = format!("how many deals of {} were won this year by month", one.name.join(" "));
        let began = Instant::now();
        staff.preview(&actor, &text).await?;
        previews.push(began.elapsed());
    }
    show("understood", &mut previews);
    crm.db().close().await;
    Ok(())
}

type Written = fn(&Named, &mut Random) -> Option<String>;

/// The ways of writing a name.
const WAYS: [(&str, Written); 5] = [
    ("as it is", |one, _| Some(one.name.join(" "))),
    ("with one slip", |one, random| {
        let at = random.below(2) as usize;
        let mut words = one.name.clone();
        words[at] = slipped(&words[at], random);
        Some(words.join(" "))
    }),
    ("first name as initial", |one, _| {
        let [first, last] = &one.name;
        (one.object == "contact").then(|| format!("{}. {last}", &first[..1]))
    }),
    ("first name only", |one, _| (one.object == "contact").then(|| one.name[0].clone())),
    ("a part", |one, _| {
        let [first, last] = &one.name;
        Some(if one.object == "contact" { last } else { first }.clone())
    }),
];

/// A word with a letter left out, doubled, exchanged with the next, or another one.
fn slipped(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + random.below(letters.len() as u64 - 2) as usize;
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        _ => letters[at] = if letters[at] == 'e' { 'a' } else { 'e' },
    }
    letters.into_iter().collect()
}

async fn fill(crm: &Crm, actor: &Actor, records: u64) -> Outcome<Vec<Named>> {
    let mut filling = JoinSet::new();
    for part in 0..AT_ONCE {
        let (crm, actor) = (crm.clone(), actor.clone());
        filling.spawn(async move {
            let mut named = Vec::new();
            for number in (part..records).step_by(AT_ONCE as usize) {
                named.push(create(&crm, &actor, number).await?);
            }
            Outcome::Ok(named)
        });
    }
    let mut named = Vec::new();
    while let Some(part) = filling.join_next().await {
        named.extend(part??);
    }
    named.sort_by_key(|one| one.id);
    Ok(named)
}

/// A person or a company, by turns; their names have words of two thousand and more.
async fn create(crm: &Crm, actor: &Actor, number: u64) -> Outcome<Named> {
    let mut random = Random(number * 7 + 3);
    let (object, name) = if number.is_multiple_of(2) {
        let first = FIRST[random.below(FIRST.len() as u64) as usize];
        ("contact", [first.to_owned(), spelled(random.below(20_000))])
    } else {
        (
            "account",
            [spelled(20_000 + random.below(60_000)), KINDS[random.below(KINDS.len() as u64) as usize].to_owned()],
        )
    };
    let values = match object {
        "contact" => json!({"first_name": name[0], "last_name": name[1]}),
        _ => json!({"name": name.join(" ")}),
    };
    let values: Map<String, Json> = values.as_object().cloned().unwrap_or_default();
    let written = crm.write(actor, Command::Create { object: object.into(), values }).await?;
    Ok(Named { id: written.id, object, name })
}

/// A number as a name that can be pronounced.
fn spelled(number: u64) -> String {
    const SYLLABLES: [&str; 32] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi",
        "yo", "zu", "bra", "cle", "dri", "flo", "gru", "pla", "ste", "tri", "spo", "shu", "tha", "che",
    ];
    let syllable = |n: u64| SYLLABLES[(n % 32) as usize];
    let name = [number, number / 32, number / 1_024, number * 13 + 5].map(syllable).concat();
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

fn show(what: &str, took: &mut [Duration]) {
    took.sort_unstable();
    let at = |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1)));
    let ms = |percent| at(percent).map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0);
    println!("{what:<24} p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms ({} of them)", ms(50), ms(95), ms(99), took.len());
}

/// Numbers that are the same each time, so that figures can be compared.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}
