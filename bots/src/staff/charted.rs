//! Charts of a conversation: as they were told, and as they would be now.

use super::chart::Asked;
use super::dialogue::standing_of;
use super::{Staff, language};
use crate::chart::Chart;
use crm_core::desk::StaffTurn;
use crm_core::query::Groups;
use crm_core::{Actor, Error, Result};
use nlu::Language;
use nlu::staff::Request;
use uuid::Uuid;

impl Staff {
    /// The chart of a turn of one of the actor's conversations, as it was told.
    ///
    /// # Errors
    /// When there is none, or the turn is nobody's or another's.
    pub async fn chart_then(&self, actor: &Actor, conversation: Uuid, turn: i64) -> Result<Chart> {
        let kept = self.turn(actor, conversation, turn).await?.answer.get("chart").cloned();
        kept.and_then(|chart| serde_json::from_value(chart).ok()).ok_or_else(|| no_chart(turn))
    }

    /// The same as it would be now, and as the actor may see it now.
    ///
    /// # Errors
    /// As for [`Staff::chart_then`], and when the records cannot be read.
    pub async fn chart_now(&self, actor: &Actor, conversation: Uuid, turn: i64) -> Result<Chart> {
        let kept = self.turn(actor, conversation, turn).await?;
        let request = standing_of(&kept).request.filter(|_| kept.answer.get("chart").is_some());
        let request = request.ok_or_else(|| no_chart(turn))?;
        let answered = self.crm.aggregate(actor, &request.aggregate()).await?;
        self.charted(actor, &request, &answered, language(actor)).ok_or_else(|| no_chart(turn))
    }

    /// What is drawn of groups.
    pub(super) fn charted(
        &self,
        actor: &Actor,
        request: &Request,
        groups: &Groups,
        language: Language,
    ) -> Option<Chart> {
        let schema = self.crm.schema(actor);
        let title = request.shown(&schema, language);
        Asked { request, schema: &schema, language, title: &title }.chart(groups)
    }

    pub(super) async fn turn(&self, actor: &Actor, conversation: Uuid, turn: i64) -> Result<StaffTurn> {
        let turns = self.crm.staff_turns(actor, conversation, Some(turn.saturating_add(1)), 1).await?;
        let found = turns.into_iter().find(|found| found.sequence == turn);
        found.ok_or_else(|| Error::NotFound { what: format!("Turn {turn} of this conversation") })
    }
}

fn no_chart(turn: i64) -> Error {
    Error::NotFound { what: format!("A chart in turn {turn} of this conversation") }
}
