//! `parley demo`: the demo company.

use super::failure::{Failure, Outcome};
use super::installation::Installation;
use super::output::Output;
use crate::demo::{self, PASSWORD, SIGN_INS, SLUG};
use crm_core::Crm;
use std::io::{Write, stdout};
use std::path::Path;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make the demo company anew, as of today; everything that was changed in it is gone
    Reset,
}

/// Makes the demo company unless it is there.
pub(super) async fn make(crm: &Crm) -> Outcome {
    let summaries = demo::make(crm).await?;
    for warning in summaries.iter().filter(|summary| !summary.complete()).flat_map(|summary| &summary.rejected) {
        tracing::warn!(file = warning.file, line = warning.line, column = warning.column, "{}", warning.reason);
    }
    Ok(())
}

/// Tells who can sign in to the demo, and how.
pub(super) fn tell_sign_ins() -> Outcome {
    let mut out = stdout().lock();
    writeln!(out, "Demo company `{SLUG}`: sign in as one of these with the password {PASSWORD}")?;
    for who in SIGN_INS {
        writeln!(out, "  {:8} {}", who.role, who.email)?;
    }
    Ok(())
}

pub(super) async fn run(installation: &Installation, output: Output, command: Command) -> Outcome {
    let Command::Reset = command;
    let Some(file) = installation.config.own_database_file() else {
        return Err(Failure::new(
            "Only a demo whose database is a file in the data folder can be reset. Drop this database and start anew with `parley serve --demo`.",
        ));
    };
    let Some(_claim) = installation.claim(true)? else {
        return Err(Failure::new("Parley is running on this data folder. Stop it first."));
    };
    refuse_other_tenants(installation, &file).await?;
    for path in [&file, &with_suffix(&file, "-wal"), &with_suffix(&file, "-shm")] {
        remove(path, |path| std::fs::remove_file(path))?;
    }
    for folder in [installation.config.index_folder(), installation.config.files_folder()] {
        remove(&folder, |path| std::fs::remove_dir_all(path))?;
    }
    let crm = installation.open().await?;
    let made = make(&crm).await;
    crm.db().close().await;
    made?;
    match output.json {
        true => {
            let people: Vec<_> = SIGN_INS
                .iter()
                .map(|who| serde_json::json!({"role": who.role, "email": who.email, "password": PASSWORD}))
                .collect();
            output.json(&serde_json::json!({"tenant": SLUG, "sign_ins": people}))
        }
        false => tell_sign_ins(),
    }
}

/// The database file holds all tenants: the demo may only go if it is alone.
async fn refuse_other_tenants(installation: &Installation, file: &Path) -> Outcome {
    if !file.exists() {
        return Ok(());
    }
    let crm = installation.open().await?;
    let others: Vec<String> =
        crm.tenants().await?.into_iter().map(|tenant| tenant.slug).filter(|slug| slug != SLUG).collect();
    crm.db().close().await;
    match others.is_empty() {
        true => Ok(()),
        false => Err(Failure::new(format!(
            "The database also holds {}. Use a data folder of its own for the demo.",
            others.join(", ")
        ))),
    }
}

fn with_suffix(file: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove(path: &Path, how: impl Fn(&Path) -> std::io::Result<()>) -> Outcome {
    match how(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::new(format!("{} cannot be removed: {error}.", path.display())))
        }
        _ => Ok(()),
    }
}
