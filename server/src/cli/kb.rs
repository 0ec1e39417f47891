//! `parley kb`: the knowledge base. Articles from files, questions answered from them, and how well they are found.

mod eval;

use super::failure::{Failure, Outcome};
use super::index;
use super::installation::Installation;
use super::output::Output;
use crate::import::front_matter;
use crm_core::query::{Filter, Query};
use crm_core::{Actor, Command as Change, Crm, Record, Surface};
use kb_index::{Answer, Question};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use uuid::Uuid;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Import articles: the Markdown and HTML files of a folder; those that are there already are brought up to date
    Import(Import),
    /// Answer a question, as the bot would answer a customer
    Answer(Ask),
    /// Measure how well questions find articles: writes a TREC run file or a table of figures, without touching any database
    Eval(eval::Eval),
}

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// Folder of the files (*.md, *.markdown, *.html, *.htm) and of folders with more
    folder: PathBuf,
    /// Publish the articles; else new ones are drafts and the others stay as they are
    #[arg(long)]
    publish: bool,
    /// For staff only, unless a file says otherwise; else public
    #[arg(long)]
    internal: bool,
    /// Language of the articles, unless a file says otherwise
    #[arg(long, value_name = "CODE", default_value = "en")]
    language: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct Ask {
    /// The question
    question: String,
    /// What was asked right before, if this is a follow-up
    #[arg(long, value_name = "QUESTION")]
    earlier: Option<String>,
    /// Answer as to staff, from internal articles too
    #[arg(long)]
    staff: bool,
    /// How many passages are shown
    #[arg(long, value_name = "N", default_value_t = 3)]
    passages: usize,
}

pub(super) async fn run(installation: &Installation, output: Output, command: Command) -> Outcome {
    match command {
        Command::Import(what) => {
            let crm = installation.open().await?;
            let done = import(installation, &crm, &what).await;
            crm.db().close().await;
            tell_counts(output, &done?)
        }
        Command::Answer(ask) => {
            let crm = installation.open().await?;
            let answered = answer(installation, &crm, &ask).await;
            crm.db().close().await;
            tell_answer(output, &answered?)
        }
        Command::Eval(eval) => eval::evaluate(&eval),
    }
}

/// What an import did.
#[derive(Debug, Default, Serialize)]
struct Counts {
    created: usize,
    updated: usize,
    unchanged: usize,
}

async fn import(installation: &Installation, crm: &Crm, what: &Import) -> Outcome<Counts> {
    let product = installation.product(crm).await?;
    let mut counts = Counts::default();
    for path in files(&what.folder)? {
        let named = |failure: Failure| Failure::new(format!("{}: {failure}", path.display()));
        let article = Article::read(what, &path).map_err(named)?;
        let done = article.store(crm, &product, what.publish).await.map_err(named)?;
        match done {
            Stored::Created => counts.created += 1,
            Stored::Updated => counts.updated += 1,
            Stored::Unchanged => counts.unchanged += 1,
        }
    }
    match counts.created + counts.updated + counts.unchanged {
        0 => Err(Failure::new(format!("{}: there is no Markdown or HTML file in it.", what.folder.display()))),
        _ => Ok(counts),
    }
}

fn tell_counts(output: Output, counts: &Counts) -> Outcome {
    let Counts { created, updated, unchanged } = counts;
    match output.json {
        true => output.json(counts),
        false => output.say(format!("Articles: {created} created, {updated} updated, {unchanged} unchanged.")),
    }
}

/// The files of articles in a folder and the folders in it, in the order of their names.
fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let failed = |error: std::io::Error| Failure::new(format!("{}: cannot be read: {error}.", folder.display()));
    let mut entries: Vec<_> = std::fs::read_dir(folder).map_err(failed)?.collect::<Result<_, _>>().map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut found = Vec::new();
    for entry in entries {
        // A link is not followed: it may lead around in a circle.
        match entry.file_type().map_err(failed)? {
            kind if kind.is_dir() => found.extend(files(&entry.path())?),
            kind if kind.is_file() && Form::of(&entry.path()).is_some() => found.push(entry.path()),
            _ => {}
        }
    }
    Ok(found)
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Markdown,
    Html,
}

impl Form {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// An article of a file.
#[derive(Debug)]
struct Article {
    external_id: String,
    /// The category's name.
    category: Option<String>,
    values: Map<String, Json>,
}

enum Stored {
    Created,
    Updated,
    Unchanged,
}

impl Article {
    fn read(what: &Import, path: &Path) -> Outcome<Self> {
        let text = std::fs::read_to_string(path)?;
        let mut cells = match Form::of(path) {
            Some(Form::Html) => BTreeMap::from([("body".to_owned(), markdown(&text)?)]),
            _ => front_matter(&text).map_err(Failure::new)?,
        };
        let within = path.strip_prefix(&what.folder).unwrap_or(path).with_extension("");
        let within = within.to_string_lossy().replace('\\', "/");
        let body = cells.remove("body").unwrap_or_default();
        let heading = kb_index::outline(&body).into_iter().next().map(|heading| heading.text);
        let last = within.rsplit('/').next().unwrap_or(&within).to_owned();
        let visibility = if what.internal { "internal" } else { "public" };
        let mut cell = |name: &str| cells.remove(name).filter(|text| !text.is_empty());
        let values = json!({
            "title": cell("title").or(heading).unwrap_or(last),
            "slug": cell("slug").unwrap_or_else(|| slug(&within)),
            "language": cell("language").unwrap_or_else(|| what.language.clone()),
            "visibility": cell("visibility").unwrap_or_else(|| visibility.to_owned()),
            "body": body.trim(),
        });
        let category = cell("category");
        let values = values.as_object().cloned().unwrap_or_default();
        Ok(Self { external_id: format!("kb/{within}"), category, values })
    }

    /// Makes the record, or changes what differs of it.
    async fn store(self, crm: &Crm, product: &Actor, publish: bool) -> Outcome<Stored> {
        let mut values = self.values;
        if let Some(name) = &self.category {
            values.insert("category_id".into(), json!(category(crm, product, name).await?));
        }
        let known = by_external_id(crm, product, "article", &self.external_id).await?;
        if publish || known.is_none() {
            values.insert("status".into(), json!(if publish { "published" } else { "draft" }));
        }
        let Some(known) = known else {
            values.insert("external_id".into(), json!(self.external_id));
            crm.write(product, Change::Create { object: "article".into(), values }).await?;
            return Ok(Stored::Created);
        };
        values.retain(|field, value| known.get(field).to_json() != *value);
        if values.is_empty() {
            return Ok(Stored::Unchanged);
        }
        let update = Change::Update { object: "article".into(), id: known.id, version: Some(known.version), values };
        crm.write(product, update).await?;
        Ok(Stored::Updated)
    }
}

/// The category of this name, made if there is none.
async fn category(crm: &Crm, product: &Actor, name: &str) -> Outcome<Uuid> {
    const OBJECT: &str = "article_category";
    let query = Query { limit: Some(1), ..Query::of(OBJECT).filter(Filter::eq("name", name)) };
    if let Some(known) = crm.query(product, &query).await?.records.first() {
        return Ok(known.id);
    }
    let values = Map::from_iter([("name".to_owned(), json!(name))]);
    Ok(crm.write(product, Change::Create { object: OBJECT.into(), values }).await?.id)
}

async fn by_external_id(crm: &Crm, product: &Actor, object: &str, id: &str) -> Outcome<Option<Record>> {
    let query = Query { limit: Some(1), ..Query::of(object).filter(Filter::eq("external_id", id)) };
    Ok(crm.query(product, &query).await?.records.into_iter().next())
}

/// An HTML page as Markdown, without what a browser does not show in the page.
fn markdown(html: &str) -> Outcome<String> {
    let tags = vec!["head", "script", "style", "nav", "noscript", "template", "iframe", "svg"];
    let converter = htmd::HtmlToMarkdown::builder().skip_tags(tags).build();
    Ok(converter.convert(html)?)
}

/// The last part of the article's address.
fn slug(within: &str) -> String {
    let folded = crm_core::text::fold(within);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

async fn answer(installation: &Installation, crm: &Crm, ask: &Ask) -> Outcome<Answer> {
    let search = index::open(installation)?;
    let failed = |error: kb_index::Error| Failure::new(format!("The question cannot be answered: {error}."));
    search.catch_up(crm).await.map_err(failed)?;
    let actor = match ask.staff {
        true => installation.product(crm).await?,
        false => crm.visitor(installation.tenant(crm).await?.id, Uuid::new_v4(), Surface::Terminal).await?,
    };
    let question = Question { text: &ask.question, earlier: ask.earlier.as_deref() };
    search.answer(crm, &actor, question, ask.passages).await.map_err(failed)
}

fn tell_answer(output: Output, answer: &Answer) -> Outcome {
    if output.json {
        return output.json(answer);
    }
    if answer.passages.is_empty() {
        return output.say("No article says anything about it.");
    }
    let sentences: Vec<&str> = answer.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    output.say(sentences.join(" "))?;
    let sure = if answer.confident { "enough to answer" } else { "not enough to answer without a person" };
    output.say(format!("Confidence {:.2}: {sure}.", answer.confidence))?;
    for passage in &answer.passages {
        let title: Vec<&str> = [&passage.title].into_iter().chain(&passage.headings).map(String::as_str).collect();
        let place = format!("{}#{}, bytes {}–{}", passage.slug, passage.anchor, passage.span.start, passage.span.end);
        output.say(format!("  {:.2}  {} ({place})", passage.score, title.join(" › ")))?;
    }
    Ok(())
}

/// A line of a corpus or of questions.
#[derive(Debug, Deserialize)]
struct Line {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

fn lines(path: &Path) -> Outcome<Vec<Line>> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}.", path.display()));
    let file = File::open(path).map_err(|error| failed(&error))?;
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let line = line.map_err(|error| failed(&error))?;
        if !line.trim().is_empty() {
            let read = serde_json::from_str(&line);
            lines.push(read.map_err(|error| failed(&format!("line {number} cannot be read: {error}")))?);
        }
    }
    Ok(lines)
}
