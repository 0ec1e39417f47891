//! The line to the client during one request: asking its person, and telling how far the work is.

use crate::views;
use axum::http::request::Parts;
use rmcp::RoleServer;
use rmcp::model::{
    ElicitRequestParams, ElicitResult, ElicitationAction, ElicitationSchema, InputResponses, ProgressNotificationParam,
    ProtocolVersion,
};
use rmcp::service::RequestContext;
use serde_json::json;

/// The name of the one question that is asked.
pub(crate) const QUESTION: &str = "confirm";

/// How a person can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The client is asked, and answers while the request waits.
    Directly,
    /// The request is answered with the question, and comes again with the answer.
    Again,
    /// Not through the protocol: the assistant must ask.
    Not,
}

/// The line to the client during one request.
#[derive(Debug)]
pub(crate) struct Line {
    context: RequestContext<RoleServer>,
    responses: Option<InputResponses>,
    /// What the client hands back with the answer.
    pub(crate) state: Option<String>,
}

impl Line {
    pub(crate) fn new(
        context: RequestContext<RoleServer>,
        responses: Option<InputResponses>,
        state: Option<String>,
    ) -> Self {
        Self { context, responses, state }
    }

    /// How the person can be asked.
    pub(crate) fn way(&self) -> Way {
        let elicits = self.context.client_capabilities().and_then(|capabilities| capabilities.elicitation);
        let forms = elicits.is_some_and(|elicits| elicits.form.is_some() || elicits.url.is_none());
        match (forms, self.is_stateless()) {
            (false, _) => Way::Not,
            (true, true) => Way::Again,
            // A single request over HTTP has no line on which a question could be answered.
            (true, false) if self.context.extensions.get::<Parts>().is_some() => Way::Not,
            (true, false) => Way::Directly,
        }
    }

    /// Whether the client knows tasks: answers that it fetches later.
    pub(crate) fn knows_tasks(&self) -> bool {
        self.context.client_capabilities().is_some_and(|able| able.supports_tasks())
    }

    /// Whether the client shows views to its person.
    pub(crate) fn shows_views(&self) -> bool {
        self.context.client_capabilities().is_some_and(|able| views::are_shown_by(&able))
    }

    /// Whether the client shows views, or may: of one of the older form over HTTP it is not known.
    pub(crate) fn may_show_views(&self) -> bool {
        self.shows_views() || (!self.is_stateless() && self.context.extensions.get::<Parts>().is_some())
    }

    /// Whether the client speaks the form in which each request stands for itself.
    fn is_stateless(&self) -> bool {
        let version = self.context.protocol_version();
        version.is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str())
    }

    /// Asks the person directly; `None` if no answer came.
    pub(crate) async fn ask(&self, question: &str) -> Option<bool> {
        let asked = self.context.peer.create_elicitation(form(question)?);
        tokio::select! {
            answer = asked => answer.ok().map(|answer| agrees(&answer)),
            () = self.context.ct.cancelled() => None,
        }
    }

    /// The answer that came with the request, if one did.
    pub(crate) fn answer(&self) -> Option<bool> {
        let answer = self.responses.as_ref()?.get(QUESTION)?;
        serde_json::from_value::<ElicitResult>(answer.clone()).ok().map(|answer| agrees(&answer))
    }

    /// Whether the client does not want the answer any more.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.context.ct.is_cancelled()
    }

    /// Tells how far the work is, if the client wants to know.
    pub(crate) async fn progress(&self, done: usize, of: usize, what: &str) {
        if let Some(token) = self.context.meta.get_progress_token() {
            let progress = ProgressNotificationParam::new(token, done as f64).with_total(of as f64).with_message(what);
            // A client that has gone needs no news.
            let _ = self.context.peer.notify_progress(progress).await;
        }
    }
}

/// The form that asks to confirm.
pub(crate) fn form(question: &str) -> Option<ElicitRequestParams> {
    let schema = json!({
        "type": "object",
        "properties": {QUESTION: {"type": "boolean", "title": "Yes, do it", "default": false}},
        "required": [QUESTION],
    });
    let requested_schema: ElicitationSchema = serde_json::from_value(schema).ok()?;
    Some(ElicitRequestParams::FormElicitationParams { meta: None, message: question.to_owned(), requested_schema })
}

/// Only a form that was sent with the box ticked is a yes.
fn agrees(answer: &ElicitResult) -> bool {
    let ticked = answer.content.as_ref().and_then(|content| content.get(QUESTION)).and_then(serde_json::Value::as_bool);
    answer.action == ElicitationAction::Accept && ticked == Some(true)
}
