//! While a tool works: how far it is, and calling it off.

use crate::world::{account, answer, on_both};
use rmcp::model::*;
use rmcp::service::{NotificationContext, PeerRequestOptions, RequestContext};
use rmcp::{ClientHandler, ErrorData, RoleClient};
use serde_json::json;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// A client whose person takes their time, and then says yes.
#[derive(Clone, Default)]
struct Patient {
    asked: Arc<Notify>,
    makes_up_their_mind: Arc<Notify>,
    heard: Arc<Mutex<Vec<[f64; 2]>>>,
    heard_something: Arc<Notify>,
}

impl ClientHandler for Patient {
    fn get_info(&self) -> ClientConfig {
        let mut info = ClientConfig::default();
        info.capabilities = ClientCapabilities::builder().enable_elicitation().build();
        info
    }

    async fn create_elicitation(
        &self,
        _request: ElicitRequestParams,
        _context: RequestContext<RoleClient>,
    ) -> Result<ElicitResult, ErrorData> {
        self.asked.notify_one();
        self.makes_up_their_mind.notified().await;
        Ok(ElicitResult::new(ElicitationAction::Accept).with_content(json!({"confirm": true})))
    }

    async fn on_progress(&self, news: ProgressNotificationParam, _context: NotificationContext<RoleClient>) {
        self.heard.lock().unwrap().push([news.progress, news.total.unwrap_or(f64::NAN)]);
        self.heard_something.notify_one();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_many_records_tells_how_far_it_is() {
    on_both(async |world| {
        for i in 0..3 {
            account(&world, &format!("Row {i}")).await;
        }
        let client = Patient::default();
        let assistant = world.line(world.key(&["read", "write"]).await, client.clone()).await;
        let filter = json!({"field": "name", "op": "starts_with", "value": "Row"});
        let input = json!({"object": "account", "filter": filter, "values": {"industry": "retail"}});
        assert_eq!(answer(&assistant, "bulk_apply", input).await["records"], 3);
        while client.heard.lock().unwrap().len() < 2 {
            client.heard_something.notified().await;
        }
        assert_eq!(*client.heard.lock().unwrap(), [[0.0, 3.0], [3.0, 3.0]]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_called_off_while_the_person_was_asked_is_not_done_upon_a_late_yes() {
    on_both(async |world| {
        let id = account(&world, "Acme Rockets").await;
        let client = Patient::default();
        let assistant = world.line(world.key(&["read", "write"]).await, client.clone()).await;
        let call =
            CallToolRequestParams::new("crm_delete").with_arguments(json!({"id": id}).as_object().unwrap().clone());
        let request = ClientRequest::CallToolRequest(CallToolRequest::new(call));
        let call = assistant.send_cancellable_request(request, PeerRequestOptions::no_options()).await.unwrap();
        client.asked.notified().await;
        call.cancel(Some("The person left.".into())).await.unwrap();
        // Answers come after what was sent before them was taken in.
        answer(&assistant, "crm_get", json!({"id": id})).await;
        client.makes_up_their_mind.notify_one();
        answer(&assistant, "crm_get", json!({"id": id})).await;
        let there = answer(&assistant, "crm_get", json!({"id": id})).await;
        assert_eq!(there["record"]["name"], "Acme Rockets");
    })
    .await;
}
