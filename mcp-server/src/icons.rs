//! Pictures by which people know tools and prompts, served by the console beside its own.

use crate::settings::Settings;
use rmcp::model::Icon;

/// Which picture a tool has: one for each kind of work, as a client shows many in a row.
pub(crate) fn of_tool(settings: &Settings, tool: &str) -> Option<Vec<Icon>> {
    let picture = match tool {
        "search" | "fetch" | "kb_search" | "ask" => "find",
        "crm_describe" | "crm_query" | "crm_get" | "crm_timeline" | "audit_list" => "read",
        "crm_aggregate" | "report_pipeline" => "sum",
        "conversation_get" | "conversation_note" | "conversation_reply" => "talk",
        _ => "edit",
    };
    icon(settings, picture)
}

fn icon(settings: &Settings, picture: &str) -> Option<Vec<Icon>> {
    let address = settings.public_url.as_ref()?.join(&format!("/assets/{picture}.svg")).ok()?;
    Some(vec![Icon::new(address)])
}

/// The picture of prompts.
pub(crate) fn of_prompts(settings: &Settings) -> Option<Vec<Icon>> {
    icon(settings, "talk")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    #[test]
    fn every_picture_is_among_those_that_the_console_serves() -> Result<(), url::ParseError> {
        let settings = Settings { public_url: Some("https://crm.example.com".parse()?), ..Settings::default() };
        let tools = tools::ALL.iter().map(|tool| of_tool(&settings, tool.name()));
        for icons in tools.chain([of_prompts(&settings)]) {
            let address = icons.into_iter().flatten().map(|icon| icon.src).collect::<String>();
            let file = address.strip_prefix("https://crm.example.com/").unwrap_or_default();
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/console/public");
            assert!(std::path::Path::new(folder).join(file).is_file(), "{address}");
        }
        Ok(())
    }

    #[test]
    fn who_does_not_know_their_own_address_has_no_pictures() {
        assert_eq!(of_tool(&Settings::default(), "search"), None);
    }
}
