//! What customers tell of themselves and think of the answers.

use super::state::State;
use super::story;
use crate::TenantId;
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::Sql;
use crate::desk::Visitor;
use crate::error::{Error, FieldError, Result};
use crate::record::Writing;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::json;
use uuid::Uuid;

impl Crm {
    /// Keeps what the visitor says of themselves. It proves nothing: no contact is touched.
    ///
    /// # Errors
    /// A field error for what is no e-mail address or too long.
    pub async fn introduce(&self, visitor: &Visitor, name: Option<&str>, email: Option<&str>) -> Result<()> {
        let tidy = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let (name, email) = (tidy(name), tidy(email));
        if name.is_none() && email.is_none() {
            return Ok(());
        }
        self.as_visitor(visitor, move |writing, visitor| {
            let (name, email) = (name.clone(), email.clone());
            async move {
                let object = writing.object("visitor")?;
                let found = writing.find(&object, visitor.id, Verb::Update).await?;
                let mut values = super::map(json!({"given_name": name, "given_email": email, "name": name}));
                values.retain(|_, value| !value.is_null());
                writing.update_unchecked(found, &values, true).await?;
                let (Some(name), Some((_, record))) = (name, story::lock_last(writing, visitor.id).await?) else {
                    return Ok(());
                };
                story::change(writing, record, json!({"name": name})).await.map(drop)
            }
            .boxed()
        })
        .await
    }

    /// Keeps how the visitor rates the conversation with a person that is over.
    ///
    /// # Errors
    /// [`Error::Conflict`] when there is none; a field error when the stars are not 1 to 5.
    pub async fn rate(&self, visitor: &Visitor, stars: i64, comment: Option<&str>) -> Result<()> {
        if !(1..=5).contains(&stars) {
            return Err(FieldError::new("stars", "out_of_range", "Give 1 to 5 stars.").value(&json!(stars)).into());
        }
        let comment = comment.map(|text| text.trim().chars().take(2_000).collect::<String>());
        self.as_visitor(visitor, move |writing, visitor| {
            let comment = comment.clone();
            async move {
                match story::lock_last(writing, visitor.id).await? {
                    Some((conversation, record)) if conversation.state == State::Resolved => {
                        let values = json!({"rating": stars, "rating_comment": comment});
                        story::change(writing, record, values).await.map(drop)
                    }
                    _ => Err(Error::Conflict("There is no finished conversation to rate.".into())),
                }
            }
            .boxed()
        })
        .await
    }

    /// Keeps that the visitor is there. Not an event: it says nothing that lasts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visitor_seen(&self, visitor: &Visitor) -> Result<()> {
        let (tenant, id, now) = (visitor.tenant, visitor.id, self.now());
        self.db()
            .transact(tenant, move |tx| {
                let sql = Sql::fixed(
                    "update visitor_token set last_seen_at = ? where tenant_id = ? and visitor_id = ?",
                    [now.into(), tenant.into(), id.into()],
                );
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }

    /// Keeps how far the visitor has read. Not an event: it changes nothing that anybody said, and comes often.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visitor_read(&self, visitor: &Visitor, conversation: Uuid, sequence: i64) -> Result<()> {
        let sql = Sql::fixed(
            "update conversation set visitor_read = ? where tenant_id = ? and id = ? and visitor_id = ? \
             and coalesce(visitor_read, 0) < ? and last_sequence >= ?",
            [
                (sequence as f64).into(),
                visitor.tenant.into(),
                conversation.into(),
                visitor.id.into(),
                (sequence as f64).into(),
                (sequence as f64).into(),
            ],
        );
        self.keep(visitor.tenant, sql).await
    }

    /// Keeps how far an agent has read, who may see the conversation.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the conversation does not exist for the actor.
    pub async fn agent_read(&self, agent: &Actor, conversation: Uuid, sequence: i64) -> Result<()> {
        self.get(agent, "conversation", conversation).await?;
        let sql = Sql::fixed(
            "update conversation set agent_read = ? where tenant_id = ? and id = ? \
             and coalesce(agent_read, 0) < ? and last_sequence >= ?",
            [
                (sequence as f64).into(),
                agent.tenant().into(),
                conversation.into(),
                (sequence as f64).into(),
                (sequence as f64).into(),
            ],
        );
        self.keep(agent.tenant(), sql).await
    }

    async fn keep(&self, tenant: TenantId, sql: Sql) -> Result<()> {
        self.db()
            .transact(tenant, move |tx| {
                let sql = sql.clone();
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }

    async fn as_visitor<F>(&self, visitor: &Visitor, work: F) -> Result<()>
    where
        F: for<'w> Fn(&'w mut Writing<'_>, &'w Visitor) -> BoxFuture<'w, Result<()>> + Send + Sync + 'static,
    {
        let actor = self.visitor_actor(visitor).await?.with_every_right();
        let (now, tenant, visitor) = (self.now(), visitor.tenant, visitor.clone());
        let work = std::sync::Arc::new(work);
        self.db()
            .transact(tenant, move |tx| {
                let (actor, visitor, work) = (actor.clone(), visitor.clone(), work.clone());
                async move {
                    let mut writing = Writing::new(tx, &actor, now);
                    visitor.lock(&mut writing).await?;
                    work(&mut writing, &visitor).await?;
                    writing.finish().await
                }
                .boxed()
            })
            .await?;
        self.hint(tenant);
        Ok(())
    }
}
