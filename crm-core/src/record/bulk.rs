//! Many commands in few transactions.

use super::{Command, Written, writing::Writing};
use crate::Crm;
use crate::actor::Actor;
use crate::error::{Error, Result};
use futures_util::FutureExt;
use std::sync::Arc;
use uuid::Uuid;

/// What became of one command of a bulk operation.
pub type BulkItem = Result<Written>;

impl Crm {
    /// How many commands one bulk operation may have.
    pub const MOST_IN_BULK: usize = 1_000;

    /// Carries out many commands. `atomic`: all of them or none, in one transaction; else each on its own. They
    /// share a batch by which they can be reverted together.
    ///
    /// # Errors
    /// When there are too many, or, if atomic, the first command's error.
    pub async fn bulk(&self, actor: &Actor, commands: Vec<Command>, atomic: bool) -> Result<(Uuid, Vec<BulkItem>)> {
        if commands.len() > Self::MOST_IN_BULK {
            return Err(Error::TooLarge(format!(
                "A bulk operation takes at most {} rows; send them in parts.",
                Self::MOST_IN_BULK
            )));
        }
        let batch = Uuid::now_v7();
        if atomic {
            let results = self.bulk_atomic(actor, commands, batch).await?;
            return Ok((batch, results.into_iter().map(Ok).collect()));
        }
        let mut results = Vec::with_capacity(commands.len());
        // On SQLite the writer groups what is sent at once; on PostgreSQL several run side by side.
        const SIDE_BY_SIDE: usize = 8;
        let mut commands = commands.into_iter().peekable();
        while commands.peek().is_some() {
            let some = commands.by_ref().take(SIDE_BY_SIDE).map(|command| self.bulk_one(actor, command, batch));
            results.extend(futures_util::future::join_all(some).await);
        }
        Ok((batch, results))
    }

    async fn bulk_one(&self, actor: &Actor, command: Command, batch: Uuid) -> BulkItem {
        let (author, now, command) = (actor.clone(), self.now(), Arc::new(command));
        let written = self.db().transact(actor.tenant(), move |tx| {
            let (author, command) = (author.clone(), command.clone());
            async move {
                let mut writing = Writing::new(tx, &author, now);
                writing.together.batch = Some(batch);
                let mut written = writing.command(&command).await?;
                written.batch = Some(batch);
                written.sequence = writing.finish().await?;
                Ok(written)
            }
            .boxed()
        });
        let written = written.await?;
        self.followed(actor, &written);
        Ok(written)
    }

    async fn bulk_atomic(&self, actor: &Actor, commands: Vec<Command>, batch: Uuid) -> Result<Vec<Written>> {
        let (author, now, commands) = (actor.clone(), self.now(), Arc::new(commands));
        let written = self.db().transact(actor.tenant(), move |tx| {
            let (author, commands) = (author.clone(), commands.clone());
            async move {
                let mut writing = Writing::new(tx, &author, now);
                writing.together.batch = Some(batch);
                let mut all = Vec::with_capacity(commands.len());
                for (i, command) in commands.iter().enumerate() {
                    all.push(writing.command(command).await.map_err(|error| in_row(error, i))?);
                }
                writing.finish().await?;
                Ok(all)
            }
            .boxed()
        });
        let written = written.await?;
        for one in &written {
            self.followed(actor, one);
        }
        Ok(written)
    }
}

/// Says which row of the operation an error is of.
fn in_row(error: Error, row: usize) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(
            errors
                .into_iter()
                .map(|mut error| {
                    error.field = format!("operations[{row}].{}", error.field);
                    error
                })
                .collect(),
        ),
        other => other,
    }
}
