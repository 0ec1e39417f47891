//! The definitions and the migrated tables of both engines agree, column for column.

use crate::support::on_both;
use crm_core::{Engine, ddl};
use std::collections::BTreeSet;

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
    let w = crate::support::postgres().await;
    assert_eq!(w.crm.db().tables_without_wall().await.unwrap(), Vec::<String>::new());
}
