//! Who acts: the first argument of everything.

use crate::TenantId;
use crate::access::Rights;
use crate::money::Currency;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// On whose behalf something is done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Principal {
    /// A colleague who is signed in.
    User {
        /// The user's id.
        id: Uuid,
    },
    /// A program (API key, assistant) acting for a user, never with more rights than theirs.
    Delegate {
        /// The user's id.
        id: Uuid,
        /// The program's own id: that of its API key or client.
        client: Uuid,
    },
    /// A known customer.
    Contact {
        /// The contact's id.
        id: Uuid,
    },
    /// An unknown customer.
    Visitor {
        /// The visitor's id.
        id: Uuid,
    },
    /// The product itself.
    System {
        /// Which part of it: `import`, `automation`…
        name: String,
    },
}

impl Principal {
    /// The user who acts or for whom a program acts.
    pub fn user(&self) -> Option<Uuid> {
        match self {
            Self::User { id } | Self::Delegate { id, .. } => Some(*id),
            _ => None,
        }
    }
}

/// Through what somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Surface {
    Console,
    Portal,
    Rest,
    Graphql,
    Mcp,
    WebChat,
    Slack,
    Teams,
    Discord,
    Email,
    Sms,
    Terminal,
    Import,
    Automation,
    System,
}

impl Surface {
    /// The name that records and events keep.
    pub fn name(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Portal => "portal",
            Self::Rest => "rest",
            Self::Graphql => "graphql",
            Self::Mcp => "mcp",
            Self::WebChat => "web_chat",
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Discord => "discord",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Terminal => "terminal",
            Self::Import => "import",
            Self::Automation => "automation",
            Self::System => "system",
        }
    }
}

/// Somebody who acts, with everything that depends on who they are: tenant, rights, zone, language. Only
/// [`crate::identity`] makes one.
#[derive(Debug, Clone)]
pub struct Actor {
    pub(crate) tenant: TenantId,
    pub(crate) company: Arc<str>,
    pub(crate) who: Principal,
    pub(crate) via: Surface,
    pub(crate) rights: Arc<Rights>,
    pub(crate) zone: TimeZone,
    pub(crate) language: String,
    pub(crate) week_start: Weekday,
    pub(crate) currency: Currency,
    pub(crate) schema: Arc<crate::schema::Schema>,
}

impl Actor {
    /// The tenant whose data the actor works with.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// What the tenant is called.
    pub fn company(&self) -> &str {
        &self.company
    }

    /// On whose behalf.
    pub fn who(&self) -> &Principal {
        &self.who
    }

    /// Through what.
    pub fn via(&self) -> Surface {
        self.via
    }

    /// What the actor may do.
    pub fn rights(&self) -> &Rights {
        &self.rights
    }

    /// The actor's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The actor's language, `en`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The first day of the actor's week.
    pub fn week_start(&self) -> Weekday {
        self.week_start
    }

    /// The tenant's currency, for amounts that name none.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The revision of the tenant's definitions, roles, teams and learnt intents that the actor works with.
    pub fn revision(&self) -> i64 {
        self.schema.revision
    }

    /// All definitions of the tenant, as they were when the actor came in; [`Rights`] tell which may be seen.
    pub(crate) fn schema(&self) -> &Arc<crate::schema::Schema> {
        &self.schema
    }

    /// The same person through another surface.
    #[must_use]
    pub fn through(mut self, via: Surface) -> Self {
        self.via = via;
        self
    }

    /// The same person in another time zone, for questions asked "as in".
    #[must_use]
    pub fn in_zone(mut self, zone: TimeZone) -> Self {
        self.zone = zone;
        self
    }

    /// The same person in another language.
    #[must_use]
    pub fn speaking(mut self, language: &str) -> Self {
        self.language = language.to_owned();
        self
    }

    /// The same person in whose name the product itself acts, by rules of its own that were checked before.
    pub(crate) fn with_every_right(&self) -> Self {
        Self { rights: Arc::new(Rights::everything()), ..self.clone() }
    }

    /// The same person with no more than `scopes` allow.
    #[must_use]
    pub fn limited_to(mut self, scopes: &[crate::access::KeyScope]) -> Self {
        self.rights = Arc::new(self.rights.limited_to(scopes));
        self
    }
}
