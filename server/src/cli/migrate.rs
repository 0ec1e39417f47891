//! `parley migrate`: brings the database's tables up to date, as `parley serve` also does at its start.

use super::failure::Outcome;
use super::installation::Installation;
use super::output::Output;
use crm_core::Engine;

pub(super) async fn run(installation: &Installation, output: Output) -> Outcome {
    let crm = installation.open().await?;
    let tenants = crm.tenants().await?.len();
    let engine = match crm.db().engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    crm.db().close().await;
    let database = installation.config.shown_database_url();
    match output.json {
        true => output.json(&serde_json::json!({"database": database, "engine": engine, "tenants": tenants})),
        false => output.say(format!("{database} ({engine}) is up to date. Tenants: {tenants}.")),
    }
}
