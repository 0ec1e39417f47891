//! What happens on a line before the handler is asked.

use crate::handler::Handler;
use crate::watching;
use rmcp::model::{ClientNotification, ClientRequest, ProtocolVersion, ServerConfig, ServerResult};
use rmcp::service::{NotificationContext, RequestContext};
use rmcp::{ErrorData, RoleServer, Service};
use std::borrow::Cow;

/// The handler on a line, where it is noted in time from where on a client listens. Over HTTP [`watching::note`] does so.
pub(crate) struct Door(pub(crate) Handler);

impl Service<RoleServer> for Door {
    async fn handle_request(
        &self,
        request: ClientRequest,
        mut context: RequestContext<RoleServer>,
    ) -> Result<ServerResult, ErrorData> {
        if let ClientRequest::SubscriptionsListenRequest(listen) = &request
            && let Ok(caller) = self.0.caller(&context).await
            && let Some(start) = watching::begin(self.0.services(), &caller, &listen.params.notifications).await
        {
            context.extensions.insert(start);
        }
        self.0.handle_request(request, context).await
    }

    async fn handle_notification(
        &self,
        notification: ClientNotification,
        context: NotificationContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.0.handle_notification(notification, context).await
    }

    fn get_info(&self) -> ServerConfig {
        Service::get_info(&self.0)
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        Service::supported_protocol_versions(&self.0)
    }
}
