//! The installation that a command works on: configuration, data folder, database.

use super::failure::{Failure, Outcome};
use crate::config::Config;
use crm_core::clock::{Clock, SystemClock};
use crm_core::identity::Tenant;
use crm_core::{Actor, Crm, Db, Surface};
use nlu::llm::Llm;
use std::fs::{File, TryLockError};
use std::sync::Arc;

/// The installation that a command works on.
#[derive(Debug, Clone)]
pub(super) struct Installation {
    pub(super) config: Config,
    /// The tenant that was named, if any.
    pub(super) tenant: Option<String>,
}

/// The claim of a program on the data folder; it ends with the program.
#[derive(Debug)]
pub(super) struct Claim {
    _file: File,
}

impl Installation {
    /// Opens the database and brings its tables up to date.
    pub(super) async fn open(&self) -> Outcome<Crm> {
        self.open_at(Arc::new(SystemClock)).await
    }

    /// The same, where another clock tells the time.
    pub(super) async fn open_at(&self, clock: Arc<dyn Clock>) -> Outcome<Crm> {
        self.make_data_folder()?;
        let db = Db::open(&self.config.database_url).await.map_err(|error| {
            let url = self.config.shown_database_url();
            Failure::new(format!("The database {url} cannot be opened: {}", reason(&error)))
        })?;
        Ok(Crm::new(db, clock))
    }

    /// Who is asked where the words do not tell what a colleague means, if anybody is configured.
    pub(super) fn llm(&self) -> Outcome<Option<Llm>> {
        let llm = self.config.llm.clone().map(Llm::new).transpose();
        llm.map_err(|failure| Failure::new(format!("The language model cannot be asked: {failure}.")))
    }

    fn make_data_folder(&self) -> Outcome {
        let data = &self.config.data;
        std::fs::create_dir_all(data).map_err(|error| {
            Failure::new(format!(
                "The data folder {} cannot be made: {error}. Name another with --data.",
                data.display()
            ))
        })
    }

    /// The tenant that was named, or the only one.
    pub(super) async fn tenant(&self, crm: &Crm) -> Outcome<Tenant> {
        match crm.tenant(self.tenant.as_deref()).await {
            Err(crm_core::Error::NotFound { .. }) if self.tenant.is_none() => Err(Failure::new(
                "There is no tenant yet. Make one with `parley tenant create`, or start with `parley serve`.",
            )),
            Err(crm_core::Error::Malformed(text)) => {
                Err(Failure::new(format!("{text} Name it with --tenant; `parley tenant list` shows them.")))
            }
            other => Ok(other?),
        }
    }

    /// The product itself, working for the tenant at the command line.
    pub(super) async fn product(&self, crm: &Crm) -> Outcome<Actor> {
        let tenant = self.tenant(crm).await?;
        Ok(crm.product(tenant.id, "command line", Surface::System).await?)
    }

    /// Claims the data folder: together with other programs, or alone. None if another program is in the way.
    pub(super) fn claim(&self, alone: bool) -> Outcome<Option<Claim>> {
        self.make_data_folder()?;
        let file = File::options().create(true).truncate(false).write(true).open(self.config.data.join("lock"))?;
        let locked = if alone { file.try_lock() } else { file.try_lock_shared() };
        match locked {
            Ok(()) => Ok(Some(Claim { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// An error with what caused it, as far as an operator may know it: they do.
fn reason(error: &crm_core::Error) -> String {
    match error {
        crm_core::Error::Unavailable(cause) => cause.to_string(),
        crm_core::Error::Internal(cause) => cause.clone(),
        other => other.to_string(),
    }
}
