//! The definitions and the migrated tables of both engines agree, column for column.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test stops at once"
)]

mod support;

use crm_core::{Engine, ddl};
use std::collections::BTreeSet;
use support::on_both;

#[tokio::test]
async fn every_defined_column_is_in_the_migrated_table_with_its_type_and_no_other_is() {
    on_both(async |w| {
        for (table, defined) in ddl::tables_and_columns() {
            let defined: BTreeSet<(String, String)> = defined.into_iter().collect();
            let migrated: BTreeSet<(String, String)> =
                w.crm.db().columns_of(table).await.unwrap().into_iter().collect();
            assert_eq!(
                migrated,
                defined,
                "{table} on {:?}: print the tables with the example `ddl` and write a migration",
                w.crm.db().engine()
            );
        }
        assert!(matches!(w.crm.db().engine(), Engine::Sqlite | Engine::Postgres));
    })
    .await;
}

#[tokio::test]
async fn every_table_with_a_tenant_has_row_level_security_on_postgres() {
    let w = support::postgres().await;
    assert_eq!(w.crm.db().tables_without_wall().await.unwrap(), Vec::<String>::new());
}
