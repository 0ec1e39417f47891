//! Carrying an import out: every step's rows in batches, then the references that had to wait.

use super::convert::{Context, Converted, Wanted, Wrong, columns, convert};
use super::error::ImportError;
use super::files::Files;
use super::lookup::{Existing, Found, Lookups, existing};
use super::mapping::{By, Mapping, Step};
use super::plan::{Plan, Planned};
use super::progress::Progress;
use super::rejects::Rejects;
use super::remarks::Remarks;
use super::summary::Summary;
use super::table::{self, Row};
use crm_core::schema::{FieldType, ParseContext};
use crm_core::{Actor, Command, Crm, Error, Surface, TenantId, Written};
use serde_json::{Map, Value as Json, json};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::time::Instant;
use uuid::Uuid;

/// How an import is carried out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// By how many days the dates of the tables are moved.
    pub(crate) shift_days: i64,
    /// Where rejected rows are written; beside their tables if not said.
    pub(crate) rejects: Option<PathBuf>,
    /// Whether bars are drawn on a terminal.
    pub(crate) progress: bool,
}

/// How many rows share a transaction: enough to share its cost, few enough that others wait only a moment.
const BATCH: usize = 500;

/// Carries out an import for a tenant, on behalf of the product itself.
///
/// # Errors
/// When the mapping does not fit (nothing was written then), a file cannot be read, or the database is gone. What was
/// written until then stays, and the same import can simply run again.
pub(crate) async fn run(
    crm: &Crm,
    tenant: TenantId,
    mapping: &Mapping,
    files: &Files,
    options: &Options,
) -> Result<Summary, ImportError> {
    let started = Instant::now();
    let actor = crm.product(tenant, "import", Surface::Import).await?;
    define_fields(crm, &actor, mapping).await?;
    // Fields that were defined just now are known to a new actor only.
    let actor = crm.product(tenant, "import", Surface::Import).await?;
    let plans = plan_all(crm, &actor, mapping, files)?;
    let mut import = Import {
        crm,
        context: Context {
            now: crm.now(),
            zone: actor.zone().clone(),
            shift_days: options.shift_days,
            parsing: ParseContext::of(&actor),
        },
        actor: &actor,
        lookups: Lookups::default(),
        rejects: Rejects::new(files, options.rejects.as_deref()),
        summary: Summary::default(),
        progress: options.progress,
    };
    let mut outcomes = Vec::new();
    for (step, plan) in mapping.steps.iter().zip(&plans) {
        outcomes.push(import.first_pass(files, step, plan).await?);
    }
    for ((step, plan), outcomes) in mapping.steps.iter().zip(&plans).zip(outcomes) {
        if !plan.later.is_empty() {
            import.second_pass(files, step, plan, outcomes).await?;
        }
    }
    let Import { mut summary, mut rejects, .. } = import;
    summary.rejected_files = rejects.finish()?;
    summary.rejected = rejects.first;
    summary.finish(started.elapsed());
    Ok(summary)
}

async fn define_fields(crm: &Crm, actor: &Actor, mapping: &Mapping) -> Result<(), ImportError> {
    let schema = crm.schema(actor);
    for (i, field) in mapping.fields.iter().enumerate() {
        let at = format!("field {}", i + 1);
        let wrong = |message: String| ImportError::Mapping(vec![super::error::MappingError::new(&at, message)]);
        let mut field = field.clone();
        let Some(Json::String(object)) = field.remove("object") else {
            return Err(wrong("`object` is missing: the object that gets the field.".into()));
        };
        let name = field.get("name").and_then(Json::as_str).unwrap_or_default();
        if schema.object(&object).is_some_and(|object| object.fields.iter().any(|field| field.name == name)) {
            continue;
        }
        crm.define_field(actor, &object, &Json::Object(field)).await?;
    }
    Ok(())
}

fn plan_all(crm: &Crm, actor: &Actor, mapping: &Mapping, files: &Files) -> Result<Vec<Plan>, ImportError> {
    let schema = crm.schema(actor);
    let (mut plans, mut errors) = (Vec::new(), Vec::new());
    for (i, step) in mapping.steps.iter().enumerate() {
        let table = table::open(files, step)?;
        match Plan::new(step, &step.at(i), &schema, &table.columns) {
            Ok(plan) => plans.push(plan),
            Err(wrong) => errors.extend(wrong),
        }
    }
    if errors.is_empty() { Ok(plans) } else { Err(ImportError::Mapping(errors)) }
}

/// An import under way.
struct Import<'a> {
    crm: &'a Crm,
    actor: &'a Actor,
    context: Context<'a>,
    lookups: Lookups,
    rejects: Rejects,
    summary: Summary,
    progress: bool,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    PassedOver,
    Rejected,
    Created,
    Updated,
    Unchanged,
}

/// A row on its way into the CRM.
struct Pending {
    /// Its place among the rows of the table.
    index: usize,
    row: Row,
    key: String,
    converted: Converted,
}

/// Rows that are written together.
#[derive(Default)]
struct Batch {
    rows: Vec<Pending>,
    keys: HashSet<String>,
}

impl Batch {
    /// Whether a row refers to one that is in the batch, and thus not written yet.
    fn awaited_by(&self, object: &str, converted: &Converted) -> bool {
        let targets = converted.references.iter().flat_map(|wanted| &wanted.targets);
        targets
            .into_iter()
            .any(|target| target.object == object && (target.by != By::ExternalId || self.keys.contains(&target.value)))
    }

    fn push(&mut self, pending: Pending) {
        self.keys.insert(pending.key.clone());
        self.rows.push(pending);
    }
}

/// Keys that came before, as fingerprints so that millions of them fit.
#[derive(Default)]
struct Seen {
    state: [RandomState; 2],
    keys: HashSet<(u64, u64)>,
}

impl Seen {
    /// Whether the key is new.
    fn insert(&mut self, key: &str) -> bool {
        let [one, other] = &self.state;
        self.keys.insert((one.hash_one(key), other.hash_one(key)))
    }
}

/// A step under way.
struct Stepping<'p> {
    plan: &'p Plan,
    fields: &'p [Planned],
    outcomes: Vec<Outcome>,
    remarks: Remarks,
}

impl Import<'_> {
    /// Makes and changes the records of a step.
    async fn first_pass(&mut self, files: &Files, step: &Step, plan: &Plan) -> Result<Vec<Outcome>, ImportError> {
        let table = table::open(files, step)?;
        let progress = Progress::of(&plan.object.plural, table.length, self.progress);
        let mut stepping =
            Stepping { plan, fields: &plan.fields, outcomes: Vec::new(), remarks: Remarks::new(&plan.fields) };
        let (mut batch, mut seen) = (Batch::default(), Seen::default());
        for row in table.rows {
            let row = row?;
            let offset = row.offset;
            if let Some(pending) = self.read(&mut stepping, row, &mut seen)? {
                if batch.awaited_by(&plan.object.name, &pending.converted) {
                    self.flush(&mut stepping, std::mem::take(&mut batch)).await?;
                }
                batch.push(pending);
                if batch.rows.len() == BATCH {
                    self.flush(&mut stepping, std::mem::take(&mut batch)).await?;
                    progress.at(offset, stepping.outcomes.len() as u64);
                }
            }
        }
        self.flush(&mut stepping, batch).await?;
        progress.done();
        let counts = self.summary.of(&plan.object.name);
        for outcome in &stepping.outcomes {
            match outcome {
                Outcome::PassedOver => {}
                Outcome::Rejected => counts.rejected += 1,
                Outcome::Created => counts.created += 1,
                Outcome::Updated => counts.updated += 1,
                Outcome::Unchanged => counts.unchanged += 1,
            }
        }
        self.summary.warnings.extend(stepping.remarks.tell(plan, &plan.fields, &table.name));
        Ok(stepping.outcomes)
    }

    /// Reads a row; none if it is passed over or rejected.
    fn read(&mut self, stepping: &mut Stepping<'_>, row: Row, seen: &mut Seen) -> Result<Option<Pending>, ImportError> {
        let plan = stepping.plan;
        let index = stepping.outcomes.len();
        stepping.outcomes.push(Outcome::PassedOver);
        let wrong = |reason: String| vec![Wrong { reason, ..Wrong::default() }];
        if let Some(reason) = row.broken.clone() {
            return self.reject(stepping, index, &row, &wrong(reason)).map(|()| None);
        }
        let key = plan.key.fill(&row.cells).filter(|key| !key.is_empty());
        let Some(key) = key else {
            return match plan.distinct {
                true => Ok(None),
                false => self.reject(stepping, index, &row, &wrong("The key is blank.".into())).map(|()| None),
            };
        };
        if !seen.insert(&key) {
            return match plan.distinct {
                true => Ok(None),
                false => self
                    .reject(stepping, index, &row, &wrong(format!("A row with the key `{key}` came before.")))
                    .map(|()| None),
            };
        }
        stepping.remarks.row();
        match convert(plan, stepping.fields, &row.cells, &self.context, |place, text| {
            stepping.remarks.seen(place, text)
        }) {
            Ok(converted) => Ok(Some(Pending { index, row, key, converted })),
            Err(wrongs) => self.reject(stepping, index, &row, &wrongs).map(|()| None),
        }
    }

    fn reject(
        &mut self,
        stepping: &mut Stepping<'_>,
        index: usize,
        row: &Row,
        wrongs: &[Wrong],
    ) -> Result<(), ImportError> {
        stepping.outcomes[index] = Outcome::Rejected;
        self.rejects.take(&stepping.plan.columns, row, wrongs)
    }

    /// Writes a batch.
    async fn flush(&mut self, stepping: &mut Stepping<'_>, batch: Batch) -> Result<(), ImportError> {
        if batch.rows.is_empty() {
            return Ok(());
        }
        let object = stepping.plan.object.name.clone();
        let rows = self.resolve(stepping, batch.rows).await?;
        let keys: Vec<&str> = rows.iter().map(|pending| pending.key.as_str()).collect();
        let existing = existing(self.crm, self.actor, &object, &keys).await?;
        let (mut sent, mut commands) = (Vec::new(), Vec::new());
        for mut pending in rows {
            let found = existing.get(&pending.key).copied();
            if found.is_none() && stepping.plan.update_only {
                let reason =
                    format!("There is no {object} with the external id `{}`, and this step only updates.", pending.key);
                self.reject(stepping, pending.index, &pending.row, &[Wrong { reason, ..Wrong::default() }])?;
                continue;
            }
            let values = std::mem::take(&mut pending.converted.values);
            commands.push(command(&object, &pending.key, values, found));
            sent.push((pending, found));
        }
        for ((pending, found), result) in sent.into_iter().zip(self.write(commands).await?) {
            match result {
                Ok(written) => {
                    self.lookups.remember(&object, &pending.key, written.id);
                    stepping.outcomes[pending.index] = outcome(&written, found);
                }
                Err(error) => {
                    self.reject(stepping, pending.index, &pending.row, &refused(stepping, &pending.row, &error))?
                }
            }
        }
        Ok(())
    }

    /// Puts the ids of what they refer to into the rows; those that refer to nothing are rejected.
    async fn resolve(&mut self, stepping: &mut Stepping<'_>, rows: Vec<Pending>) -> Result<Vec<Pending>, ImportError> {
        let targets = rows.iter().flat_map(|pending| &pending.converted.references).flat_map(|wanted| &wanted.targets);
        self.lookups.fill(self.crm, self.actor, targets).await?;
        let mut resolved = Vec::with_capacity(rows.len());
        for mut pending in rows {
            let wrongs = self.put_references(stepping, &mut pending.converted);
            match wrongs.is_empty() {
                true => resolved.push(pending),
                false => self.reject(stepping, pending.index, &pending.row, &wrongs)?,
            }
        }
        Ok(resolved)
    }

    fn put_references(&self, stepping: &mut Stepping<'_>, converted: &mut Converted) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        for Wanted { place, targets } in std::mem::take(&mut converted.references) {
            let Some(planned) = stepping.fields.get(place) else { continue };
            let mut ids = Vec::new();
            for target in &targets {
                let reason = match self.lookups.get(target) {
                    Some(Found::One(id)) => {
                        ids.push(id);
                        continue;
                    }
                    Some(Found::Several) => {
                        format!("Several {} records have this {}.", target.object, target.by.field())
                    }
                    None => format!("There is no {} with this {}.", target.object, target.by.field()),
                };
                stepping.remarks.dangling(place, &target.value, || self.lookups.similar(target).map(str::to_owned));
                wrongs.push(Wrong { column: columns(stepping.plan, planned), cell: target.value.clone(), reason });
            }
            let object = targets.first().map_or("", |target| target.object.as_str());
            converted.values.insert(planned.field.name.clone(), reference(&planned.field.kind, object, &ids));
        }
        wrongs
    }

    /// Writes in one transaction; if one of the rows is refused, each on its own.
    async fn write(&self, commands: Vec<Command>) -> Result<Vec<crm_core::Result<Written>>, ImportError> {
        if commands.is_empty() {
            return Ok(Vec::new());
        }
        match self.crm.bulk(self.actor, commands.clone(), true).await {
            Ok((_, results)) => return Ok(results),
            Err(error @ Error::Unavailable(_)) => return Err(error.into()),
            Err(_) => {}
        }
        let (_, mut results) = self.crm.bulk(self.actor, commands, false).await?;
        match results.iter().position(|result| matches!(result, Err(Error::Unavailable(_)))) {
            Some(gone) => match results.swap_remove(gone) {
                Err(error) => Err(error.into()),
                Ok(_) => Ok(results),
            },
            None => Ok(results),
        }
    }

    /// Sets the references that had to wait until all records are there.
    async fn second_pass(
        &mut self,
        files: &Files,
        step: &Step,
        plan: &Plan,
        outcomes: Vec<Outcome>,
    ) -> Result<(), ImportError> {
        let table = table::open(files, step)?;
        let progress = Progress::of(&format!("{}, references", plan.object.plural), table.length, self.progress);
        let mut stepping = Stepping { plan, fields: &plan.later, outcomes, remarks: Remarks::new(&plan.later) };
        let mut batch = Batch::default();
        for (index, row) in table.rows.enumerate() {
            let row = row?;
            if matches!(stepping.outcomes.get(index), None | Some(Outcome::PassedOver | Outcome::Rejected)) {
                continue;
            }
            let Some(key) = plan.key.fill(&row.cells) else { continue };
            stepping.remarks.row();
            let converted = convert(plan, stepping.fields, &row.cells, &self.context, |place, text| {
                stepping.remarks.seen(place, text)
            });
            match converted {
                Ok(converted) if converted == Converted::default() => {}
                Ok(converted) => batch.push(Pending { index, row, key, converted }),
                Err(wrongs) => self.left_incomplete(plan, &row, &wrongs)?,
            }
            if batch.rows.len() == BATCH {
                self.flush_later(&mut stepping, std::mem::take(&mut batch)).await?;
            }
        }
        self.flush_later(&mut stepping, batch).await?;
        progress.done();
        self.summary.warnings.extend(stepping.remarks.tell(plan, &plan.later, &table.name));
        Ok(())
    }

    async fn flush_later(&mut self, stepping: &mut Stepping<'_>, batch: Batch) -> Result<(), ImportError> {
        let object = stepping.plan.object.name.clone();
        let targets =
            batch.rows.iter().flat_map(|pending| &pending.converted.references).flat_map(|wanted| &wanted.targets);
        self.lookups.fill(self.crm, self.actor, targets).await?;
        let keys: Vec<&str> = batch.rows.iter().map(|pending| pending.key.as_str()).collect();
        let existing = existing(self.crm, self.actor, &object, &keys).await?;
        let (mut sent, mut commands) = (Vec::new(), Vec::new());
        for mut pending in batch.rows {
            let wrongs = self.put_references(stepping, &mut pending.converted);
            let Some(found) = existing.get(&pending.key).copied() else { continue };
            if !wrongs.is_empty() {
                self.left_incomplete(stepping.plan, &pending.row, &wrongs)?;
                continue;
            }
            let values = std::mem::take(&mut pending.converted.values);
            commands.push(command(&object, &pending.key, values, Some(found)));
            sent.push((pending, found));
        }
        for ((pending, found), result) in sent.into_iter().zip(self.write(commands).await?) {
            match result {
                Ok(written) => self.updated_later(stepping, pending.index, outcome(&written, Some(found))),
                Err(error) => {
                    self.left_incomplete(stepping.plan, &pending.row, &refused(stepping, &pending.row, &error))?
                }
            }
        }
        Ok(())
    }

    /// A record that was as it is now but for the waiting reference counts as updated after all.
    fn updated_later(&mut self, stepping: &mut Stepping<'_>, index: usize, outcome: Outcome) {
        if outcome == Outcome::Updated && stepping.outcomes[index] == Outcome::Unchanged {
            stepping.outcomes[index] = Outcome::Updated;
            let counts = self.summary.of(&stepping.plan.object.name);
            counts.unchanged -= 1;
            counts.updated += 1;
        }
    }

    fn left_incomplete(&mut self, plan: &Plan, row: &Row, wrongs: &[Wrong]) -> Result<(), ImportError> {
        self.summary.of(&plan.object.name).incomplete += 1;
        self.rejects.take(&plan.columns, row, wrongs)
    }
}

fn command(object: &str, key: &str, mut values: Map<String, Json>, found: Option<Existing>) -> Command {
    let object = object.to_owned();
    match found {
        Some(Existing { id, .. }) => Command::Update { object, id, version: None, values },
        None => {
            values.insert("external_id".into(), json!(key));
            Command::Create { object, values }
        }
    }
}

fn outcome(written: &Written, found: Option<Existing>) -> Outcome {
    match found {
        None => Outcome::Created,
        Some(existing) if existing.version == written.version => Outcome::Unchanged,
        Some(_) => Outcome::Updated,
    }
}

fn reference(kind: &FieldType, object: &str, ids: &[Uuid]) -> Json {
    match (kind, ids) {
        (FieldType::References { .. }, ids) => json!(ids),
        (FieldType::AnyReference, [id, ..]) => json!({"object": object, "id": id}),
        (_, [id, ..]) => json!(id),
        _ => Json::Null,
    }
}

/// What the CRM says against a row, in terms of its columns.
fn refused(stepping: &Stepping<'_>, row: &Row, error: &Error) -> Vec<Wrong> {
    let Error::Invalid(errors) = error else {
        return vec![Wrong { reason: error.to_string(), ..Wrong::default() }];
    };
    let by_field: HashMap<&str, &Planned> =
        stepping.fields.iter().map(|planned| (planned.field.name.as_str(), planned)).collect();
    errors
        .iter()
        .map(|error| {
            let column = by_field
                .get(error.field.as_str())
                .map_or_else(|| error.field.clone(), |planned| columns(stepping.plan, planned));
            let at = stepping.plan.columns.iter().position(|known| *known == column);
            let cell = at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default();
            let deleted = error.field == "external_id" && error.code == "not_unique";
            let reason = if deleted {
                "The record with this key was deleted. Restore it first.".into()
            } else {
                error.message.clone()
            };
            Wrong { column, cell, reason }
        })
        .collect()
}
