//! Importing the tables of other systems, with the built program, on both engines.

use crate::support::Engine;
use crate::support::installation::{Installation, example, text};
use serde_json::{Value as Json, json};

/// The rows of each object that were made, changed, as they were, refused.
fn counts(summary: &Json) -> Vec<(&str, [u64; 4])> {
    let of = |counts: &Json, key: &str| counts[key].as_u64().unwrap();
    summary["objects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|object| {
            let numbers = ["created", "updated", "unchanged", "rejected"].map(|key| of(object, key));
            (object["object"].as_str().unwrap(), numbers)
        })
        .collect()
}

#[test]
fn the_example_is_imported_whole_and_importing_it_again_changes_nothing() {
    const ROWS: [(&str, u64); 7] =
        [("team", 6), ("user", 41), ("product", 7), ("account", 85), ("pipeline", 1), ("stage", 4), ("deal", 8_800)];
    for installation in Installation::on_each_engine() {
        let first = installation.import(&example());
        assert_eq!(counts(&first), ROWS.map(|(object, n)| (object, [n, 0, 0, 0])));
        let again = installation.import(&example());
        assert_eq!(counts(&again), ROWS.map(|(object, n)| (object, [0, 0, n, 0])));

        let deals = installation.records("deal", Json::Null);
        assert_eq!(deals.len(), 8_800);
        assert!(deals.iter().all(|deal| deal["version"] == 1), "the second import must not have written anything");
        assert_eq!(deals.iter().filter(|deal| deal["is_won"] == true).count(), 4_238);
        assert_eq!(deals.iter().filter(|deal| deal["account_id"].is_null()).count(), 1_425);
        assert_eq!(deals.iter().filter(|deal| deal["engage_date"].is_null()).count(), 500);
        let sellers = installation.records("user", json!({"field": "title", "op": "eq", "value": "Sales agent"}));
        assert_eq!(sellers.len(), 35);
    }
}

#[test]
fn references_to_rows_further_down_are_set_in_the_end() {
    for installation in Installation::on_each_engine() {
        installation.import(&example());
        let children = installation.records("account", json!({"field": "parent_id", "op": "is_empty", "value": false}));
        assert_eq!(children.len(), 15);
        let acme =
            installation.records("account", json!({"field": "external_id", "op": "eq", "value": "Acme Corporation"}));
        let bluth = children.iter().find(|account| account["name"] == "Bluth Company").unwrap();
        assert_eq!(bluth["parent_id"], acme[0]["id"]);
        assert_eq!(acme[0]["annual_revenue"], json!({"amount": "1100040000.00", "currency": "USD"}));
        assert_eq!(acme[0]["billing_address"]["country"], "United States");
    }
}

#[test]
fn what_is_odd_is_told_and_imported_as_it_stands() {
    let installation = Installation::on(Engine::Sqlite);
    let summary = installation.import(&example());
    let warnings = summary["warnings"].to_string();
    for expected in [
        "`technolgy` (12×) looks like `technology`",
        "`Philipines` (1×) looks like `Philippines`",
        "account_id in 1425",
    ] {
        assert!(warnings.contains(expected), "{warnings}");
    }
    assert_eq!(
        installation.records("account", json!({"field": "industry", "op": "eq", "value": "technolgy"})).len(),
        12
    );
}

const MAPPING: &str = r#"
version = 1
[[step]]
object = "account"
file = "accounts.csv"
key = "{id}"
[step.fields]
name = "{name}"
employees = "{staff}"
parent_id = { value = "{parent}", reference = "account", later = true }
[[step]]
object = "contact"
file = "contacts.csv"
key = "{mail}"
[step.fields]
last_name = "{name}"
email = "{mail}"
account_id = { value = "{company}", reference = "account", by = "name" }
"#;

#[test]
fn a_row_that_cannot_be_imported_is_told_with_its_reason_and_the_others_are_imported() {
    for installation in Installation::on_each_engine() {
        let accounts = "id,name,staff,parent\n1,Acme,10,\n2,Beta,many,1\n1,Twin,5,\n,Nobody,5,\n3,Gamma,7,9\n4,,8,\n5,Delta,9,3,extra\n";
        let contacts = "mail,name,company\na@acme.example,Ada,ACME\nnot an address,Bob,Acme\nc@gamma.example,Cy,Gama\n";
        let folder = installation.folder_with(&[
            ("mapping.toml", MAPPING),
            ("accounts.csv", accounts),
            ("contacts.csv", contacts),
        ]);
        let summary = installation.import(&folder);
        assert_eq!(counts(&summary), [("account", [2, 0, 0, 5]), ("contact", [1, 0, 0, 2])]);
        assert_eq!(summary["objects"][0]["incomplete"], 1, "Gamma is there, without its parent");

        let rejected = std::fs::read_to_string(folder.join("accounts.rejected.csv")).unwrap();
        let mut lines = rejected.lines();
        assert_eq!(lines.next().unwrap(), "rejected_line,rejected_because,id,name,staff,parent");
        for (line, reason) in [
            ("3,", "many"),
            ("4,", "came before"),
            ("5,", "key is blank"),
            ("8,", "has 5 cells"),
            ("7,", "must not be empty"),
            ("6,", "no account with this external_id"),
        ] {
            assert!(
                rejected.lines().any(|row| row.starts_with(line) && row.contains(reason)),
                "{line} {reason} in\n{rejected}"
            );
        }
        let warnings = summary["warnings"].to_string();
        assert!(warnings.contains("company `Gama` of 1 rows leads to no record."), "{warnings}");
        assert!(!installation.run(&["import", folder.to_str().unwrap()]).status.success(), "scripts must notice");
    }
}

#[test]
fn another_companys_records_are_out_of_reach_by_number_and_name() {
    const ACCOUNTS: &str = r#"
version = 1
[[step]]
object = "account"
file = "accounts.csv"
key = "{id}"
[step.fields]
name = "{name}"
"#;
    for owner in Installation::on_each_engine() {
        let folder = owner.folder_with(&[("mapping.toml", ACCOUNTS), ("accounts.csv", "id,name\nA-1,Acme\n")]);
        assert_eq!(counts(&owner.import(&folder)), [("account", [1, 0, 0, 0])]);

        let stranger = owner.beside();
        for (by, value) in [("external_id", "A-1"), ("name", "Acme")] {
            let mapping = format!(
                "version = 1\n[[step]]\nobject = \"contact\"\nfile = \"contacts.csv\"\nkey = \"{{mail}}\"\n[step.fields]\n\
                 last_name = \"{{mail}}\"\naccount_id = {{ value = \"{{company}}\", reference = \"account\", by = \"{by}\" }}\n"
            );
            let contacts = format!("mail,company\n{by}@acme.example,{value}\n");
            let folder = stranger.folder_with(&[("mapping.toml", &mapping), ("contacts.csv", &contacts)]);
            assert_eq!(counts(&stranger.import(&folder)), [("contact", [0, 0, 0, 1])], "by {by}");
        }
        assert_eq!(stranger.records("contact", json!(null)), Vec::<Json>::new());
    }
}

#[test]
fn rows_that_changed_are_updated_and_the_others_are_not_touched() {
    for installation in Installation::on_each_engine() {
        let contacts = "mail,name,company\n";
        let before = "id,name,staff,parent\n1,Acme,10,\n2,Beta,20,1\n";
        let folder = installation.folder_with(&[
            ("mapping.toml", MAPPING),
            ("accounts.csv", before),
            ("contacts.csv", contacts),
        ]);
        assert_eq!(counts(&installation.import(&folder))[0], ("account", [2, 0, 0, 0]));
        installation.folder_with(&[("accounts.csv", "id,name,staff,parent\n1,Acme,11,\n2,Beta,20,1\n3,Gamma,,2\n")]);
        assert_eq!(counts(&installation.import(&folder))[0], ("account", [1, 1, 1, 0]));
        // Only the waiting reference differs.
        installation.folder_with(&[("accounts.csv", "id,name,staff,parent\n1,Acme,11,\n2,Beta,20,3\n3,Gamma,,\n")]);
        assert_eq!(counts(&installation.import(&folder))[0], ("account", [0, 1, 2, 0]));
    }
}

#[test]
fn a_mapping_that_does_not_fit_is_refused_as_a_whole_before_anything_is_written() {
    let installation = Installation::on(Engine::Sqlite);
    let mapping = MAPPING.replace("employees", "employes").replace("{company}", "{firm}");
    let folder = installation.folder_with(&[
        ("mapping.toml", &mapping),
        ("accounts.csv", "id,name,staff,parent\n1,Acme,10,\n"),
        ("contacts.csv", "mail,name,company\n"),
    ]);
    let done = installation.run(&["import", folder.to_str().unwrap()]);
    let told = text(&done.stderr);
    assert!(!done.status.success());
    assert!(
        told.contains(
            "step 1 (account), field employes: the object account has no such field. Did you mean `employees`?"
        ),
        "{told}"
    );
    assert!(told.contains("step 2 (contact), field account_id: the table has no column `firm`."), "{told}");
    assert!(installation.records("account", Json::Null).is_empty());
}
