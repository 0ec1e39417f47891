//! Migrations: one SQL text for both engines; `*.postgres.sql` and `*.sqlite.sql` only where they must differ.

use super::{Db, Inner, sqlite};
use crate::error::{Error, Result};
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
    (4, "report of deals", Some(text!("0004_report_of_deals.sql")), Some(text!("0004_report_of_deals.sql"))),
    (5, "row level security estimates", None, Some(text!("0005_row_level_security_estimates.postgres.sql"))),
    (6, "conversations", Some(text!("0006_conversations.sql")), Some(text!("0006_conversations.sql"))),
    (7, "conversations' wall", None, Some(text!("0007_conversations.postgres.sql"))),
    (8, "visitors' codes", Some(text!("0008_visitor_codes.sql")), Some(text!("0008_visitor_codes.sql"))),
    (9, "visitors' codes' wall", None, Some(text!("0009_visitor_codes.postgres.sql"))),
    (10, "reading", Some(text!("0010_reading.sql")), Some(text!("0010_reading.sql"))),
    (11, "turns of staff", Some(text!("0011_staff_turns.sql")), Some(text!("0011_staff_turns.sql"))),
    (12, "programs that act for people", Some(text!("0012_oauth.sql")), Some(text!("0012_oauth.sql"))),
    (13, "programs' wall", None, Some(text!("0013_oauth.postgres.sql"))),
    (14, "metered services", Some(text!("0014_metered.sql")), Some(text!("0014_metered.sql"))),
    (15, "metered services' wall", None, Some(text!("0015_metered.postgres.sql"))),
    (16, "calls of assistants", Some(text!("0016_assistant_calls.sql")), Some(text!("0016_assistant_calls.sql"))),
    (17, "calls' wall", None, Some(text!("0017_assistant_calls.postgres.sql"))),
    (18, "jobs", Some(text!("0018_jobs.sql")), Some(text!("0018_jobs.sql"))),
    (19, "jobs' wall", None, Some(text!("0019_jobs.postgres.sql"))),
    (20, "promises", Some(text!("0020_promises.sql")), Some(text!("0020_promises.sql"))),
    (21, "promises' wall", None, Some(text!("0021_promises.postgres.sql"))),
    (22, "intents", Some(text!("0022_intents.sql")), Some(text!("0022_intents.sql"))),
    (23, "intents' wall", None, Some(text!("0023_intents.postgres.sql"))),
    (24, "approvals", Some(text!("0024_approvals.sql")), Some(text!("0024_approvals.sql"))),
    (25, "approvals' wall", None, Some(text!("0025_approvals.postgres.sql"))),
];

/// Brings the tables up to date. Nodes that start at once wait for one another.
pub(super) async fn run(db: &Db) -> Result<()> {
    match &db.0 {
        Inner::Sqlite(sqlite) => {
            let texts = MIGRATIONS.iter().filter_map(|(version, _, on_sqlite, _)| Some((*version, (*on_sqlite)?)));
            sqlite::migrate(sqlite.path(), texts.collect()).await
        }
        Inner::Postgres(postgres) => {
            let migrations = MIGRATIONS.iter().filter_map(|(version, description, _, on_postgres)| {
                let sql = sqlx::SqlStr::from_static((*on_postgres)?);
                Some(Migration::new(*version, Cow::Borrowed(*description), MigrationType::Simple, sql, false))
            });
            let migrated =
                Migrator::with_migrations(migrations.collect()).run(&mut postgres.migration_connection().await?).await;
            migrated.map_err(|error| Error::Internal(format!("migration: {error}")))
        }
    }
}
