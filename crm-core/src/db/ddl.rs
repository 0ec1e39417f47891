//! The tables of the standard objects, derived from their definitions.
//!
//! `cargo run -p crm-core --example ddl` prints them; the text goes into a migration, because a tenant's or a
//! deployment's start never invents DDL. A test holds definitions and migrated schema against each other.

use crate::schema::{ObjectDef, Schema, SqlType, Storage, Stored};
use std::fmt::Write;

/// Typed columns for filterable custom fields, as (prefix, type, how many on an extensible standard object, how many
/// on the table that custom objects share).
pub(crate) const SLOTS: [(char, SqlType, usize, usize); 4] = [
    ('s', SqlType::Text, 6, 10),
    ('i', SqlType::Integer, 6, 10),
    ('r', SqlType::Real, 4, 6),
    ('u', SqlType::Uuid, 4, 8),
];

/// The name of a column type, the same on both engines.
pub(crate) fn type_name(of: SqlType) -> &'static str {
    match of {
        SqlType::Text => "text",
        SqlType::Integer => "bigint",
        SqlType::Real => "double precision",
        SqlType::Boolean => "boolean",
        SqlType::Uuid => "uuid",
        SqlType::Json => "jsonb",
    }
}

/// The columns of an object's table, as (name, type, whether it is never null).
pub(crate) fn columns(object: &ObjectDef) -> Vec<(String, SqlType, bool)> {
    let mut columns = vec![("tenant_id".to_owned(), SqlType::Uuid, true)];
    if object.stored == Stored::Shared {
        columns.push(("object_id".into(), SqlType::Text, true));
    }
    for field in object.fields.iter().filter(|field| field.storage == Storage::Column) {
        let Some(of) = field.kind.sql_type() else { continue };
        let of = if field.name == "version" { SqlType::Integer } else { of };
        let filled = matches!(field.name.as_str(), "id" | "name" | "created_at" | "updated_at" | "version");
        columns.push((field.name.clone(), of, filled));
        if let Some(suffix) = field.kind.companion() {
            columns.push((format!("{}{suffix}", field.name), SqlType::Text, field.name == "name"));
        }
    }
    columns.push(("custom".into(), SqlType::Json, true));
    for (prefix, of, on_standard, on_shared) in SLOTS {
        let slots = match object.stored {
            Stored::Shared => on_shared,
            Stored::Table(_) if object.extensible => on_standard,
            Stored::Table(_) => 0,
        };
        columns.extend((1..=slots).map(|n| (format!("{prefix}{n}"), of, false)));
    }
    columns
}

/// The statements that make an object's table and indexes.
fn table(object: &ObjectDef) -> String {
    let table = object.table();
    let mut text = format!("create table {table} (\n");
    let columns = columns(object);
    for (name, of, filled) in &columns {
        let default = if name == "custom" { " default '{}'" } else { "" };
        let _ = writeln!(
            text,
            "    {name} {}{},",
            type_name(*of),
            if *filled { format!(" not null{default}") } else { String::new() }
        );
    }
    text.push_str("    primary key (tenant_id, id)\n);\n");
    let within = if object.stored == Stored::Shared { "tenant_id, object_id" } else { "tenant_id" };
    for field in
        object.fields.iter().filter(|field| field.storage == Storage::Column && field.filterable && field.name != "id")
    {
        let name = &field.name;
        let key = if field.kind.companion() == Some("_folded") { format!("{name}_folded") } else { name.clone() };
        let _ =
            writeln!(text, "create index {table}_{name} on {table} ({within}, {key}, id) where deleted_at is null;");
        if field.unique {
            // External ids of other systems may differ by case only; other unique texts may not.
            let key = if name == "external_id" { name } else { &key };
            let living = if name == "external_id" {
                "external_id is not null".into()
            } else {
                format!("{key} is not null and deleted_at is null")
            };
            let _ = writeln!(
                text,
                "create unique index {table}_{name}_unique on {table} ({within}, {key}) where {living};"
            );
        }
    }
    let _ = writeln!(text, "create index {table}_newest on {table} ({within}, id) where deleted_at is null;");
    for (slot, _, _) in columns.iter().filter(|(name, _, _)| is_slot(name)) {
        let _ = writeln!(
            text,
            "create index {table}_{slot} on {table} ({within}, {slot}, id) where deleted_at is null and {slot} is not null;"
        );
    }
    text
}

fn is_slot(column: &str) -> bool {
    let mut chars = column.chars();
    chars.next().is_some_and(|c| "siru".contains(c))
        && chars.clone().next().is_some()
        && chars.all(|c| c.is_ascii_digit())
}

/// The definition whose columns the shared table has: a custom object without fields.
pub(crate) fn shared_table() -> ObjectDef {
    let mut definition = crate::schema::object("custom_record", "custom_records", "", "").build();
    definition.stored = Stored::Shared;
    definition
}

/// The statements that make every table of records.
pub fn tables() -> String {
    let shared = shared_table();
    let schema = Schema::standard();
    let tables: Vec<String> = schema.objects().map(|object| table(object)).chain([table(&shared)]).collect();
    tables.join("\n")
}

/// The names of every table of records.
pub fn table_names() -> Vec<&'static str> {
    Schema::standard().objects().map(|object| object.table()).chain(["custom_record"]).collect()
}

/// Every table of records with its columns, as (name, type).
pub fn tables_and_columns() -> Vec<(&'static str, Vec<(String, String)>)> {
    let schema = Schema::standard();
    let named = |object: &ObjectDef| {
        columns(object).into_iter().map(|(name, of, _)| (name, type_name(of).to_owned())).collect()
    };
    let mut tables: Vec<_> = schema.objects().map(|object| (object.table(), named(object))).collect();
    tables.push(("custom_record", named(&shared_table())));
    tables
}

impl super::Db {
    /// The columns that a table has in the database, as (name, type).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn columns_of(&self, table: &str) -> crate::Result<Vec<(String, String)>> {
        let text = match self.engine() {
            super::Engine::Sqlite => "select name, lower(type) from pragma_table_info(?)",
            super::Engine::Postgres => {
                "select column_name::text, data_type::text from information_schema.columns where table_schema = current_schema() and table_name = ?"
            }
        };
        let rows = self.rows(super::Scope::System, super::Sql::fixed(text, [table.into()])).await?;
        rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?))).collect()
    }

    /// Tables of PostgreSQL that have a tenant but no row-level security in force.
    ///
    /// # Errors
    /// When the database does not answer, or is not PostgreSQL.
    pub async fn tables_without_wall(&self) -> crate::Result<Vec<String>> {
        let text = "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' \
                    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace \
                    and not (c.relrowsecurity and c.relforcerowsecurity) order by 1";
        let rows = self.rows(super::Scope::System, super::Sql::new(text)).await?;
        rows.iter().map(|row| row.string(0)).collect()
    }
}
