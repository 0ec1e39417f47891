//! The chat on the demo company's website.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crm_core::identity::Tenant;
use crm_core::query::{Filter, Query};
use crm_core::{Command, Crm, Result, Surface};
use rand::RngCore;
use serde_json::{Value, json};

/// The team that answers in the chat.
const TEAM: &str = "Customer support";

/// Makes the chat unless it is there.
pub(super) async fn make(crm: &Crm, tenant: &Tenant) -> Result<()> {
    if crm.chat_widget(&tenant.slug).await.is_ok() {
        return Ok(());
    }
    let product = crm.product(tenant.id, "demo", Surface::System).await?;
    let team = Query { limit: Some(1), ..Query::of("team").filter(Filter::eq("name", TEAM)) };
    let team = crm.query(&product, &team).await?.records.first().map(|team| team.id);
    let values = json!({
        "name": tenant.name, "key": "main", "team_id": team, "colour": "#0a6c74", "language": "en",
        "identity_secret": secret(),
    });
    let Value::Object(values) = values else { return Ok(()) };
    crm.write(&product, Command::Create { object: "chat_widget".into(), values }).await.map(drop)
}

/// A secret of 256 random bits: each installation's demo has its own.
fn secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}
