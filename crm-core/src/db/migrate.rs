//! Migrations: one SQL text for both engines; `*.postgres.sql` and `*.sqlite.sql` only where they must differ.

use super::{Db, Inner, failure};
use crate::error::{Error, Result};
use sqlx::Connection as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

macro_rules! text {
    ($file:literal) => {
        include_str!(concat!("../../../migrations/", $file))
    };
}

/// (version, description, text of SQLite, text of PostgreSQL).
const MIGRATIONS: &[(i64, &str, Option<&str>, Option<&str>)] = &[
    (1, "platform", Some(text!("0001_platform.sql")), Some(text!("0001_platform.sql"))),
    (2, "records", Some(text!("0002_records.sql")), Some(text!("0002_records.sql"))),
    (3, "collation and row level security", None, Some(text!("0003_row_level_security.postgres.sql"))),
];

/// Brings the tables up to date. Nodes that start at once wait for one another (PostgreSQL's advisory lock).
pub(super) async fn run(db: &Db) -> Result<()> {
    let sqlite = matches!(db.0, Inner::Sqlite(_));
    let migrations = MIGRATIONS
        .iter()
        .filter_map(|(version, description, on_sqlite, on_postgres)| {
            let text = if sqlite { on_sqlite } else { on_postgres };
            let sql = sqlx::SqlStr::from_static((*text)?);
            Some(Migration::new(*version, Cow::Borrowed(*description), MigrationType::Simple, sql, false))
        })
        .collect();
    let migrator = Migrator::with_migrations(migrations);
    let result = match &db.0 {
        Inner::Sqlite(sqlite) => {
            let mut writer = sqlite.migration_connection().await?;
            let result = migrator.run(&mut writer).await;
            writer.close().await.map_err(failure)?;
            result
        }
        Inner::Postgres(postgres) => migrator.run(postgres.pool()).await,
    };
    result.map_err(|error| Error::Internal(format!("migration: {error}")))
}
