//! Prints the tables that the definitions of the standard objects ask for, as text for a migration.

fn main() {
    print!("{}", crm_core::ddl::tables());
}
