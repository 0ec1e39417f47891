//! What a client is told.

use super::shown::List;
use rmcp::model::{
    PromptListChangedNotification, ResourceListChangedNotification, ResourceUpdatedNotification,
    ResourceUpdatedNotificationParam, ServerNotification, ToolListChangedNotification,
};

/// Something that changed; not how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum News {
    /// A list that the client is shown.
    List(List),
    /// What is at an address that the client watches.
    Resource(String),
}

impl From<News> for ServerNotification {
    fn from(news: News) -> Self {
        match news {
            News::List(List::Tools) => Self::ToolListChangedNotification(ToolListChangedNotification::default()),
            News::List(List::Prompts) => Self::PromptListChangedNotification(PromptListChangedNotification::default()),
            News::List(List::Resources) => {
                Self::ResourceListChangedNotification(ResourceListChangedNotification::default())
            }
            News::Resource(uri) => Self::ResourceUpdatedNotification(ResourceUpdatedNotification::new(
                ResourceUpdatedNotificationParam::new(uri),
            )),
        }
    }
}
