//! Leads: converting one into an account, a contact and a deal that lose nothing and can be traced back.

use crate::access::Verb;
use crate::error::{Error, Result};
use crate::record::{ActionDef, Behaviour, Draft, Record, Writing, Written};
use crate::schema::{boolean, money, reference, text};
use crate::value::Value;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct LeadRules;

impl Behaviour for LeadRules {
    fn before_write<'a>(&'a self, _writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            if draft.named.contains("status")
                && draft.get("status").as_text() == Some("converted")
                && draft.get("is_converted") != &Value::Bool(true)
            {
                let message = "A lead is converted by the action `convert`, which makes its account, contact and deal.";
                return Err(Error::field("status", "not_an_option", message));
            }
            Ok(())
        }
        .boxed()
    }

    fn actions(&self) -> Vec<ActionDef> {
        let input = [
            reference("account_id", "Into account", "account"),
            reference("contact_id", "Into contact", "contact"),
            boolean("create_deal", "Make a deal").default(true),
            text("deal_name", "Name of the deal"),
            money("amount", "Amount of the deal"),
        ];
        vec![ActionDef { name: "convert", label: "Convert".into(), input: input.map(|field| field.0).into() }]
    }

    fn act<'a>(
        &'a self,
        writing: &'a mut Writing<'_>,
        id: Uuid,
        action: &'a str,
        input: &'a Map<String, Json>,
    ) -> BoxFuture<'a, Result<Written>> {
        async move {
            match action {
                "convert" => convert(writing, id, input).await,
                _ => Err(Error::not_found(format!("The action `{action}`"))),
            }
        }
        .boxed()
    }
}

/// Converts the lead as one operation that can be reverted as a whole.
async fn convert(writing: &mut Writing<'_>, id: Uuid, input: &Map<String, Json>) -> Result<Written> {
    let object = writing.object("lead")?;
    let found = writing.find(&object, id, Verb::Update).await?;
    if found.deleted || found.record.get("is_converted") == &Value::Bool(true) {
        return Err(Error::Conflict("The lead is converted or deleted already.".into()));
    }
    writing.as_batch();
    let lead = found.record.clone();
    let account = account(writing, &lead, input.get("account_id")).await?;
    let contact = contact(writing, &lead, account, input.get("contact_id")).await?;
    let deal = match input.get("create_deal") {
        Some(Json::Bool(false)) => None,
        _ => Some(deal(writing, &lead, account, contact, input).await?),
    };
    let done = json!({
        "status": "converted", "is_converted": true, "converted_at": writing.now, "converted_account_id": account,
        "converted_contact_id": contact, "converted_deal_id": deal,
    });
    let Json::Object(done) = done else { return Err(Error::internal("not an object")) };
    writing.update_unchecked(found, &done, true).await
}

/// An existing account gets only what it lacks.
async fn account(writing: &mut Writing<'_>, lead: &Record, chosen: Option<&Json>) -> Result<Option<Uuid>> {
    let company = lead.get("company").as_text().map(str::to_owned);
    let values = taken(
        lead,
        &[
            ("website", "website"),
            ("industry", "industry"),
            ("annual_revenue", "annual_revenue"),
            ("employees", "employees"),
            ("owner_id", "owner_id"),
        ],
    );
    match (id_of(chosen)?, company) {
        (Some(id), _) => fill(writing, "account", id, values).await.map(Some),
        (None, Some(company)) => {
            let mut values = values;
            values.insert("name".into(), json!(company));
            Ok(Some(writing.create("account", &values).await?.id))
        }
        (None, None) => Ok(None),
    }
}

async fn contact(
    writing: &mut Writing<'_>,
    lead: &Record,
    account: Option<Uuid>,
    chosen: Option<&Json>,
) -> Result<Uuid> {
    let fields = ["first_name", "last_name", "title", "email", "phone", "description", "owner_id"];
    let mut values = taken(lead, &fields.map(|field| (field, field)));
    if let Some(account) = account {
        values.insert("account_id".into(), json!(account));
    }
    match id_of(chosen)? {
        Some(id) => fill(writing, "contact", id, values).await,
        None => Ok(writing.create("contact", &values).await?.id),
    }
}

async fn deal(
    writing: &mut Writing<'_>,
    lead: &Record,
    account: Option<Uuid>,
    contact: Uuid,
    input: &Map<String, Json>,
) -> Result<Uuid> {
    let mut values = taken(lead, &[("lead_source", "lead_source"), ("owner_id", "owner_id")]);
    let name = lead.get("company").as_text().unwrap_or(lead.name()).to_owned();
    let name = input.get("deal_name").filter(|name| !name.is_null()).cloned().unwrap_or(json!(name));
    values.insert("name".into(), name);
    values.insert("account_id".into(), json!(account));
    values.insert("contact_id".into(), json!(contact));
    if let Some(amount) = input.get("amount") {
        values.insert("amount".into(), amount.clone());
    }
    Ok(writing.create("deal", &values).await?.id)
}

/// Fills the empty fields of an existing record.
async fn fill(writing: &mut Writing<'_>, object: &str, id: Uuid, mut values: Map<String, Json>) -> Result<Uuid> {
    let object = writing.object(object)?;
    let found = writing.find(&object, id, Verb::Update).await?;
    values.retain(|field, _| found.record.get(field).is_null());
    if !values.is_empty() {
        writing.update_unchecked(found, &values, false).await?;
    }
    Ok(id)
}

fn taken(lead: &Record, fields: &[(&str, &str)]) -> Map<String, Json> {
    let value = |from: &str| Some(lead.get(from)).filter(|value| !value.is_null()).map(Value::to_json);
    fields.iter().filter_map(|(from, to)| Some(((*to).to_owned(), value(from)?))).collect()
}

fn id_of(chosen: Option<&Json>) -> Result<Option<Uuid>> {
    match chosen {
        None | Some(Json::Null) => Ok(None),
        Some(json) => {
            let id = json.as_str().and_then(|text| Uuid::parse_str(text).ok());
            id.map(Some).ok_or_else(|| Error::field("account_id", "wrong_type", "Give the id of an existing record."))
        }
    }
}
