//! The history of EPU's schema. Sees nothing of `src`, so that history cannot change.
//!
//! One schema for SQLite and PostgreSQL, written with the portable builder: ids BIGINT, moments BIGINT
//! milliseconds since 1970 UTC (`…_at`), sizes with their unit in the name, enums as text. No triggers.

use sea_orm_migration::prelude::*;

mod m0001_machinery;
mod m0002_accounts;
mod m0003_events;
mod m0004_media;
mod shapes;

/// Every migration, oldest first.
pub struct Migrations;

#[async_trait::async_trait]
impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_machinery::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_events::Migration),
            Box::new(m0004_media::Migration),
        ]
    }
}
