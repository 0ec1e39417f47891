//! `crm_create`: a new record.

use super::change::{self, Change, Manner, Weight};
use super::{Outcome, Promises, Tool, may, writing};
use crate::call::{Call, input};
use crate::schema;
use crate::scopes::Scopes;
use crm_core::Command;
use crm_core::access::Verb;
use crm_core::record::Proposal;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

pub(crate) struct Create;

#[derive(Deserialize)]
struct Input {
    object: String,
    values: Map<String, Json>,
    #[serde(flatten)]
    manner: Manner,
}

/// What is said about values wherever they are given.
const VALUES: &str = r#"By field name (crm_describe). Dates "2017-03-01", instants "2017-03-01T14:00:00Z", money {"amount":"1250.00","currency":"USD"}, options by key, references by id, any record {"object":"deal","id":"…"}."#;

impl Tool for Create {
    fn name(&self) -> &'static str {
        "crm_create"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::WRITE)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Create)
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [("object", schema::plain()), ("values", json!({"type": "object", "description": VALUES}))];
        let about = "Creates a record. `search` first whether it is there already. All writes: `dry_run` shows the \
                     change only, `idempotency_key` (any text of yours) makes repeating safe; what matters comes back \
                     as a question for your person with a `confirmation_token`.";
        let promises = Promises { destructive: false, open_world: false };
        writing(self.name(), "Create a record", about, change::input(properties, &["object", "values"]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, values, manner } = input(given)?;
            let command = Command::Create { object: call.object(&object)?.name.clone(), values };
            let proposal = Proposal::Commands(vec![command]);
            Change { tool: self.name(), proposal, manner: &manner, weight: Weight::Light }.make(call).await
        }
        .boxed()
    }
}
