//! Records that may be the same are told to whoever makes another, and only those that they may see.

use crate::support::on_both;
use serde_json::json;

#[tokio::test]
async fn a_new_record_names_those_that_it_may_duplicate_and_why() {
    on_both(async |w| {
        let jane =
            json!({"first_name": "Jane", "last_name": "Smith", "email": "Jane@Acme.com", "phone": "+12025550143"});
        let jane = w.create(&w.admin, "contact", jane).await;
        w.create(&w.admin, "contact", json!({"last_name": "Miller", "email": "miller@acme.com"})).await;
        let told = async |values: serde_json::Value| {
            let written = w.try_create(&w.admin, "contact", values).await.unwrap();
            let mut found: Vec<_> =
                written.possible_duplicates.into_iter().filter(|other| other.id == jane.id).collect();
            found.pop().map(|found| found.reasons).unwrap_or_default()
        };
        assert_eq!(told(json!({"last_name": "Nobody", "email": "jane@acme.COM"})).await, ["same e-mail"]);
        assert_eq!(told(json!({"last_name": "Else", "phone": "+1 202 555 0143"})).await, ["same phone"]);
        assert_eq!(told(json!({"first_name": "Jane", "last_name": "Smyth"})).await, ["similar name"]);
        assert_eq!(told(json!({"first_name": "Smith", "last_name": "Jane"})).await, ["same name"]);
        assert!(told(json!({"first_name": "Jack", "last_name": "Jones"})).await.is_empty());
        let unseen = w.user("Eve", &["editor"]).await;
        assert!(w.crm.duplicates(&unseen, "deal", None, 10).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_report_lists_groups_that_share_a_strong_key_page_by_page() {
    on_both(async |w| {
        for (name, website) in [
            ("Acme Inc", None),
            ("ACME Corporation", None),
            ("Globex", Some("https://www.globex.com/a")),
            ("Globex Group", Some("globex.com")),
            ("Initech", None),
            ("Hooli", None),
            ("Hoolee", None),
        ] {
            w.create(&w.admin, "account", json!({"name": name, "website": website})).await;
        }
        let mut after = None;
        let mut groups = Vec::new();
        loop {
            let page = w.crm.duplicates(&w.admin, "account", after.as_deref(), 1).await.unwrap();
            groups.extend(page.groups);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let told: Vec<(&str, usize)> =
            groups.iter().map(|group| (group.reason.as_str(), group.records.len())).collect();
        assert_eq!(told, [("same web address: globex.com", 2), ("same name: acme", 2)]);
    })
    .await;
}
