//! Chat widgets: finding one by the key in a website's script tag.

use crate::crm::Crm;
use crate::db::{Scope, Sql};
use crate::error::{Error, FieldError, Result};
use crate::record::{Behaviour, Draft, Writing};
use crate::{TenantId, text};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::json;
use std::fmt;
use uuid::Uuid;

/// The widget that a key without one names.
const MAIN: &str = "main";
/// The least length of an identity secret, in characters: as strong as the signature.
const SECRET: usize = 32;

/// A chat widget at work.
#[derive(Clone)]
pub struct Widget {
    /// Whose.
    pub tenant: TenantId,
    /// Their short name in addresses.
    pub company: String,
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// The main colour, `#rrggbb`.
    pub colour: String,
    /// The first words; empty for the standard ones.
    pub welcome: String,
    /// Spoken where the visitor's language is not known.
    pub language: String,
    /// Who gets the conversations that the bot hands over.
    pub team: Option<Uuid>,
    /// The websites that may show it; empty: the server's own pages only.
    pub allowed_domains: Vec<String>,
    /// With what the website signs who its visitors are.
    pub identity_secret: Option<String>,
}

impl fmt::Debug for Widget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Widget").field("tenant", &self.tenant).field("id", &self.id).finish_non_exhaustive()
    }
}

impl Crm {
    /// The active widget that a key names: `company` or `company.widget`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn chat_widget(&self, key: &str) -> Result<Widget> {
        let (slug, name) = key.split_once('.').unwrap_or((key, MAIN));
        let sql = Sql::fixed(
            "select w.tenant_id, w.id, w.name, w.colour, w.welcome, w.language, w.team_id, w.allowed_domains, w.identity_secret \
             from chat_widget w join tenant t on t.id = w.tenant_id \
             where t.slug = ? and w.key_folded = ? and w.deleted_at is null and w.is_active",
            [slug.into(), text::fold(name).into()],
        );
        let row = self.db().row(Scope::System, sql).await?.ok_or_else(|| Error::not_found("The chat"))?;
        let domains = row.text(7)?.unwrap_or_default();
        Ok(Widget {
            tenant: TenantId(row.id(0)?),
            company: slug.to_owned(),
            id: row.id(1)?,
            name: row.string(2)?,
            colour: row.text(3)?.unwrap_or_else(|| "#0a6c74".into()),
            welcome: row.text(4)?.unwrap_or_default(),
            language: row.text(5)?.unwrap_or_else(|| "en".into()),
            team: row.uuid(6)?,
            allowed_domains: domains.split_whitespace().map(str::to_owned).collect(),
            identity_secret: row.text(8)?,
        })
    }
}

/// What can be wrong with a widget.
#[derive(Debug)]
pub(crate) struct ChatWidgetRules;

impl Behaviour for ChatWidgetRules {
    fn before_write<'a>(&'a self, _writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move { check(draft) }.boxed()
    }
}

fn check(draft: &Draft) -> Result<()> {
    let text = |field: &str| draft.get(field).as_text().unwrap_or_default();
    let refuse = |field: &str, message: &str, hint: &str| {
        Err(FieldError::new(field, "invalid", message).value(&json!(text(field))).hint(hint).into())
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !text("key").chars().all(plain) {
        return refuse(
            "key",
            "A key has small letters, digits and hyphens only.",
            "Write it as in a web address: shop-germany.",
        );
    }
    let hex = text("colour")
        .strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
    if !text("colour").is_empty() && !hex {
        return refuse("colour", "This is no colour.", "Write it as #rrggbb, for example #0a6c74.");
    }
    let named = |domain: &str| {
        let host = domain.strip_prefix("*.").unwrap_or(domain);
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))
    };
    if !text("allowed_domains").split_whitespace().all(named) {
        return refuse(
            "allowed_domains",
            "One of these is no domain.",
            "Write one a line, without https://: shop.example or *.shop.example.",
        );
    }
    let secret = text("identity_secret");
    if !secret.is_empty() && secret.chars().count() < SECRET {
        // Never shown back.
        let message = format!("The secret needs at least {SECRET} characters.");
        return Err(FieldError::new("identity_secret", "too_short", message).into());
    }
    Ok(())
}
