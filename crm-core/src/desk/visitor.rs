//! Visitors of a website's chat: known by a token that only their browser has.

use super::chat_widget::Widget;
use crate::actor::{Actor, Surface};
use crate::crm::Crm;
use crate::db::{Scope, Sql};
use crate::error::{Error, Result};
use crate::identity::token;
use crate::record::Writing;
use crate::{TenantId, text};
use futures_util::FutureExt;
use serde_json::json;
use uuid::Uuid;

/// What a visitor's token begins with.
const PREFIX: &str = "pv_";
/// The length of the secret behind it: 256 bits in base 64.
const SECRET: usize = 43;

/// Somebody in a website's chat, shown by their token to be the same as before. Only a token makes one.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub(crate) tenant: TenantId,
    pub(crate) id: Uuid,
    pub(crate) widget: Uuid,
    pub(crate) contact: Option<Uuid>,
    /// The name that they gave.
    pub name: Option<String>,
    /// The address that they gave; not proven.
    pub email: Option<String>,
    /// The language of their browser or of what they wrote.
    pub language: String,
    /// The page they are on.
    pub page: String,
    /// Of somebody who has said nothing yet, and is not stored.
    newcomer: Option<Newcomer>,
}

/// What is stored of a newcomer with their first words.
#[derive(Debug, Clone)]
struct Newcomer {
    token_hash: String,
}

impl Visitor {
    /// Their id.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Their company's customer database.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Whether they sit before this widget.
    pub fn is_of(&self, widget: &Widget) -> bool {
        self.widget == widget.id
    }

    /// Whom they have proven to be.
    pub fn contact(&self) -> Option<Uuid> {
        self.contact
    }
}

impl Crm {
    /// Somebody new, with their token. They are stored with their first words. A token that was given out before and
    /// that nobody has said anything with stays theirs.
    pub fn new_visitor(&self, widget: &Widget, unused: Option<&str>, language: &str, page: &str) -> (Visitor, String) {
        let given = unused.filter(|secret| secret.starts_with(PREFIX) && secret.len() == PREFIX.len() + SECRET);
        let secret = given.map_or_else(|| token::new(PREFIX), str::to_owned);
        let visitor = Visitor {
            tenant: widget.tenant,
            id: crate::record::new_id(self.now()),
            widget: widget.id,
            contact: None,
            name: None,
            email: None,
            language: language.to_owned(),
            page: cut(page),
            newcomer: Some(Newcomer { token_hash: token::hash(&secret) }),
        };
        (visitor, secret)
    }

    /// Whom a token belongs to; nobody if it is unknown or of another website.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn returning_visitor(&self, widget: &Widget, secret: &str) -> Result<Option<Visitor>> {
        Ok(self.visitor_of(secret).await?.filter(|visitor| visitor.widget == widget.id))
    }

    /// Whom a token belongs to, on whichever website.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visitor_of(&self, secret: &str) -> Result<Option<Visitor>> {
        let sql = Sql::fixed(
            "select t.tenant_id, v.id, t.widget_id, v.contact_id, v.given_name, v.given_email, v.language, v.page \
             from visitor_token t join visitor v on v.tenant_id = t.tenant_id and v.id = t.visitor_id \
             where t.token_hash = ? and v.deleted_at is null",
            [token::hash(secret).into()],
        );
        let Some(row) = self.db().row(Scope::System, sql).await? else { return Ok(None) };
        Ok(Some(Visitor {
            tenant: TenantId(row.id(0)?),
            id: row.id(1)?,
            widget: row.id(2)?,
            contact: row.uuid(3)?,
            name: row.text(4)?,
            email: row.text(5)?,
            language: row.string(6)?,
            page: row.string(7)?,
            newcomer: None,
        }))
    }

    /// Stores a newcomer before they say anything: they send a file first.
    ///
    /// # Errors
    /// [`Error::Conflict`] when somebody with the same token was stored at the same moment: it is the same person.
    pub async fn welcome(&self, visitor: &Visitor) -> Result<()> {
        let actor = self.visitor_actor(visitor).await?.with_every_right();
        let (now, tenant, visitor) = (self.now(), visitor.tenant, visitor.clone());
        self.db()
            .transact(tenant, move |tx| {
                let (actor, visitor) = (actor.clone(), visitor.clone());
                async move {
                    let mut writing = Writing::new(tx, &actor, now);
                    visitor.lock(&mut writing).await?;
                    writing.finish().await
                }
                .boxed()
            })
            .await?;
        self.hint(tenant);
        Ok(())
    }

    /// The visitor as an actor: a known customer where they have proven to be one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visitor_actor(&self, visitor: &Visitor) -> Result<Actor> {
        let actor = match visitor.contact {
            Some(contact) => self.contact(visitor.tenant, contact, Surface::WebChat).await?,
            None => self.visitor(visitor.tenant, visitor.id, Surface::WebChat).await?,
        };
        Ok(actor.speaking(&visitor.language))
    }

    /// Makes the visitor known as the contact that the website says they are: by its external id, else by its
    /// e-mail address; a new contact if there is none. Call it only with claims whose signature was checked.
    ///
    /// # Errors
    /// When the claims name nobody; [`Error::Conflict`] when the visitor is known to be somebody else.
    pub async fn identify(&self, visitor: &Visitor, who: &ProvenIdentity) -> Result<Visitor> {
        let product = self.product(visitor.tenant, "web_chat", Surface::WebChat).await?;
        let (now, before, who) = (self.now(), visitor.clone(), who.clone());
        let (contact, wrote) = self
            .db()
            .transact(visitor.tenant, move |tx| {
                let (product, visitor, who) = (product.clone(), before.clone(), who.clone());
                async move {
                    let mut writing = Writing::new(tx, &product, now);
                    visitor.lock(&mut writing).await?;
                    let contact = proven_contact(&mut writing, &who).await?;
                    if visitor.contact.is_some_and(|known| known != contact) {
                        return Err(Error::Conflict("This visitor is known to be somebody else.".into()));
                    }
                    let object = writing.object("visitor")?;
                    let found = writing.find(&object, visitor.id, crate::access::Verb::Update).await?;
                    let known = super::conversation::map(json!({"contact_id": contact}));
                    writing.update_unchecked(found, &known, true).await?;
                    super::conversation::now_known(&mut writing, visitor.id, contact).await?;
                    Ok((contact, writing.finish().await?.is_some()))
                }
                .boxed()
            })
            .await?;
        if wrote {
            self.hint(visitor.tenant);
        }
        Ok(Visitor { contact: Some(contact), newcomer: None, ..visitor.clone() })
    }
}

/// Who a visitor is, by a website's signature that was checked.
#[derive(Debug, Clone, Default)]
pub struct ProvenIdentity {
    /// The website's own id of them, kept as the contact's external id.
    pub external_id: Option<String>,
    /// Their address, which the website vouches for.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
}

/// The contact that these proven words name, or a new one.
pub(super) async fn proven_contact(writing: &mut Writing<'_>, who: &ProvenIdentity) -> Result<Uuid> {
    let tenant = writing.actor.tenant();
    if let Some(external) = &who.external_id {
        let sql = Sql::fixed(
            "select id from contact where tenant_id = ? and external_id = ? and deleted_at is null",
            [tenant.into(), external.as_str().into()],
        );
        if let Some(row) = writing.tx.row(sql).await? {
            return row.id(0);
        }
    }
    if let Some(email) = &who.email {
        let sql = Sql::fixed(
            "select id from contact where tenant_id = ? and email_folded = ? and deleted_at is null order by id limit 1",
            [tenant.into(), text::fold(email).into()],
        );
        if let Some(row) = writing.tx.row(sql).await? {
            return row.id(0);
        }
    }
    let Some(name) = who.name.as_ref().or(who.email.as_ref()) else {
        return Err(Error::Malformed("The identity names nobody: it needs `email` or a known `sub`.".into()));
    };
    let (first, last) = name.rsplit_once(' ').map_or((None, name.as_str()), |(first, last)| (Some(first), last));
    let values = json!({"first_name": first, "last_name": last, "email": who.email, "external_id": who.external_id});
    Ok(writing.create("contact", &super::conversation::map(values)).await?.id)
}

impl Visitor {
    /// Holds the visitor until the end of the transaction, so that what they say in two windows comes one after the other.
    /// A newcomer is stored, and nobody else knows of them before the commit.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the newcomer's token is somebody's by now, who came at the same moment.
    pub(crate) async fn lock(&self, writing: &mut Writing<'_>) -> Result<Held> {
        writing.vouch([self.id, self.widget].into_iter().chain(self.contact));
        if let Some(newcomer) = &self.newcomer {
            let sql = Sql::fixed(
                "select visitor_id from visitor_token where tenant_id = ? and token_hash = ?",
                [self.tenant.into(), newcomer.token_hash.as_str().into()],
            );
            match writing.tx.row(sql).await?.map(|row| row.id(0)).transpose()? {
                None => return self.settle(writing, newcomer).await.map(|()| Held::Newcomer),
                Some(other) if other != self.id => return Err(taken()),
                Some(_) => {}
            }
        }
        let mut sql =
            Sql::fixed("select id from visitor where tenant_id = ? and id = ?", [self.tenant.into(), self.id.into()]);
        sql.text(writing.tx.engine().for_update());
        let found = writing.tx.row(sql).await?;
        found.map(|_| Held::Known).ok_or_else(|| Error::not_found("The visitor"))
    }

    async fn settle(&self, writing: &mut Writing<'_>, newcomer: &Newcomer) -> Result<()> {
        let object = writing.object("visitor")?;
        let values = json!({
            "name": self.called(), "chat_widget_id": self.widget, "language": self.language, "page": self.page,
            "last_seen_at": writing.now,
        });
        writing.create_as(&object, self.id, &super::conversation::map(values), true).await?;
        let columns = ["tenant_id", "token_hash", "visitor_id", "widget_id", "created_at", "last_seen_at"];
        let row = vec![
            self.tenant.into(),
            newcomer.token_hash.as_str().into(),
            self.id.into(),
            self.widget.into(),
            writing.now.into(),
            writing.now.into(),
        ];
        writing.tx.insert("visitor_token", columns.map(String::from).to_vec(), vec![row]).await
    }

    /// What people call them until they give another name.
    pub(super) fn called(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("Visitor {}", short(self.id)))
    }

    /// Whether they are stored with their first words, and have said none yet.
    pub fn is_newcomer(&self) -> bool {
        self.newcomer.is_some()
    }

    /// The same, who has been stored.
    pub(super) fn settled(self) -> Self {
        Self { newcomer: None, ..self }
    }
}

/// A visitor in a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// They were there before.
    Known,
    /// They are stored with it.
    Newcomer,
}

fn taken() -> Error {
    Error::Conflict("Somebody with the same token came at the same moment. Look who it is.".into())
}

/// The end of an id, by which people tell nameless visitors apart.
fn short(id: Uuid) -> String {
    let text = id.simple().to_string();
    text.get(text.len() - 4..).unwrap_or_default().to_owned()
}

fn cut(page: &str) -> String {
    page.chars().take(500).collect()
}
