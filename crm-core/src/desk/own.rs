//! What a customer who has proven who they are may be told of their own tickets.

use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::Result;
use crate::query::{Filter, Operator, Query, Sort};
use crate::record::Record;
use jiff::Timestamp;
use uuid::Uuid;

/// A customer's own ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnTicket {
    /// By which people call it: `T-1042`.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// How it stands: `new`, `open`…
    pub status: String,
    /// The last answer to the customer by a person, and when it was given.
    pub answer: Option<(Timestamp, String)>,
}

impl Crm {
    /// The tickets of these numbers that are the customer's own; without numbers, those that are open. The last changed
    /// first, at most `most`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn own_tickets(&self, customer: &Actor, numbers: &[i64], most: usize) -> Result<Vec<OwnTicket>> {
        // Customers may own more than tickets; what is theirs is read through the door like everything else.
        let filter = if numbers.is_empty() {
            Filter::compare("status", Operator::In, vec!["new", "open", "waiting", "on_hold"])
        } else {
            let numbers: Vec<String> = numbers.iter().map(|number| format!("T-{number}")).collect();
            Filter::compare("number", Operator::In, numbers)
        };
        let sort = vec![Sort { field: "updated_at".into(), descending: true }];
        let query = Query { sort, limit: Some(most), ..Query::of("ticket").filter(filter) };
        let mut tickets = Vec::new();
        for record in self.query(customer, &query).await?.records {
            let answer = self.last_answer(customer, record.id).await?;
            tickets.push(told(&record, answer));
        }
        Ok(tickets)
    }

    async fn last_answer(&self, customer: &Actor, ticket: Uuid) -> Result<Option<(Timestamp, String)>> {
        let sql = Sql::fixed(
            "select created_at, body from message where tenant_id = ? and ticket_id = ? and direction = 'outbound' \
             and author = 'agent' and deleted_at is null order by created_at desc, sequence desc limit 1",
            [customer.tenant().into(), ticket.into()],
        );
        let row = self.db().row(customer.tenant(), sql).await?;
        row.map(|row| Ok((row.instant(0)?.unwrap_or_default(), row.string(1)?))).transpose()
    }
}

fn told(ticket: &Record, answer: Option<(Timestamp, String)>) -> OwnTicket {
    let text = |field: &str| ticket.get(field).as_text().unwrap_or_default().to_owned();
    let number = super::conversation::number_of(ticket).unwrap_or_default();
    OwnTicket { number, subject: text("subject"), status: text("status"), answer }
}
