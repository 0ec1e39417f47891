//! `parley export`: records of one object, page by page, so that any number of them fits.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use crm_core::query::{Filter, Query};
use crm_core::schema::{FieldType, ObjectDef};
use crm_core::value::Value;
use crm_core::{Crm, Record};
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde_json::Value as Json;
use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// Object whose records are exported: account, deal, ticket, …
    object: String,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Which records: a filter as JSON, such as '{"field":"is_won","op":"eq","value":true}'
    #[arg(long, value_name = "JSON")]
    filter: Option<String>,
    /// File to write; standard output if not said
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table with a header line
    Csv,
    /// One JSON object a line, as the REST interface shows records
    Jsonl,
}

pub(super) async fn run(installation: &Installation, export: Export) -> Outcome {
    let filter = export.filter.as_deref().map(|text| {
        serde_json::from_str::<Filter>(text)
            .map_err(|error| Failure::new(format!("The filter cannot be read: {error}.")))
    });
    let filter = filter.transpose()?;
    let crm = installation.open().await?;
    let done = export_all(installation, &crm, &export, filter).await;
    crm.db().close().await;
    done
}

async fn export_all(installation: &Installation, crm: &Crm, export: &Export, filter: Option<Filter>) -> Outcome {
    let product = installation.product(crm).await?;
    let mut query = Query { filter, limit: Some(Query::MAX_LIMIT), total: true, ..Query::of(&export.object) };
    // Asked before the file is made, so that a slip leaves no empty file.
    let mut page = crm.query(&product, &query).await?;
    query.total = false;
    let schema = crm.schema(&product);
    let object = schema
        .object(&export.object)
        .ok_or_else(|| Failure::new(format!("There is no object `{}`.", export.object)))?;
    let mut writer = Writer::new(export, object)?;
    let bar = ProgressBar::with_draw_target(
        page.total.and_then(|total| u64::try_from(total).ok()),
        ProgressDrawTarget::stderr(),
    );
    loop {
        for record in &page.records {
            writer.record(record)?;
        }
        bar.inc(page.records.len() as u64);
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
        page = crm.query(&product, &query).await?;
    }
    bar.finish_and_clear();
    writer.finish()
}

/// Writes records in the form that was asked for.
enum Writer {
    Csv { table: Box<csv::Writer<Box<dyn Write>>>, columns: Vec<Column> },
    Jsonl(Box<dyn Write>),
}

/// A column of the table.
struct Column {
    field: String,
    /// The part of an amount that it holds.
    part: Option<Part>,
}

#[derive(Clone, Copy)]
enum Part {
    Amount,
    Currency,
}

impl Writer {
    fn new(export: &Export, object: &ObjectDef) -> Outcome<Self> {
        let out: Box<dyn Write> = match &export.out {
            Some(path) => Box::new(BufWriter::new(
                File::create(path).map_err(|error| Failure::new(format!("{}: {error}.", path.display())))?,
            )),
            None => Box::new(BufWriter::new(stdout())),
        };
        if export.format == Format::Jsonl {
            return Ok(Self::Jsonl(out));
        }
        let columns = columns(object);
        let mut table = csv::Writer::from_writer(out);
        let header = columns.iter().map(|column| match column.part {
            Some(Part::Currency) => format!("{}_currency", column.field),
            _ => column.field.clone(),
        });
        table.write_record(header).map_err(failed)?;
        Ok(Self::Csv { table: Box::new(table), columns })
    }

    fn record(&mut self, record: &Record) -> Outcome {
        match self {
            Self::Csv { table, columns } => {
                table.write_record(columns.iter().map(|column| cell(record, column))).map_err(failed)
            }
            Self::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &record.to_json())
                    .map_err(|error| failed(csv::Error::from(std::io::Error::from(error))))?;
                Ok(out.write_all(b"\n")?)
            }
        }
    }

    fn finish(self) -> Outcome {
        match self {
            Self::Csv { mut table, .. } => Ok(table.flush()?),
            Self::Jsonl(mut out) => Ok(out.flush()?),
        }
    }
}

fn failed(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Failure::new(format!("The table cannot be written: {other:?}.")),
    }
}

fn columns(object: &ObjectDef) -> Vec<Column> {
    let of = |field: &crm_core::schema::FieldDef| {
        let column = |part| Column { field: field.name.clone(), part };
        match field.kind {
            FieldType::Money => vec![column(Some(Part::Amount)), column(Some(Part::Currency))],
            _ => vec![column(None)],
        }
    };
    object.fields.iter().flat_map(|field| of(field)).collect()
}

fn cell(record: &Record, column: &Column) -> String {
    let value = record.get(&column.field);
    match (column.part, value) {
        (Some(Part::Amount), Value::Money(money)) => money.amount().to_string(),
        (Some(Part::Currency), Value::Money(money)) => money.currency.code().to_owned(),
        _ if column.field == "id" => record.id.to_string(),
        _ if column.field == "version" => record.version.to_string(),
        _ => {
            let shown = record.object.field(&column.field).map_or(Json::Null, |field| field.show(value));
            match shown {
                Json::Null => String::new(),
                Json::String(text) => text,
                Json::Array(items) if items.is_empty() => String::new(),
                other => other.to_string(),
            }
        }
    }
}
