//! The frozen history of the schema, the same for SQLite and PostgreSQL.
//!
//! A migration that was released is never edited: it spells out the names that it makes and knows no entity.
//! Breaking changes go in three releases: expand, move, contract.

mod m0001_people_and_history;
mod m0002_proposals;
mod m0003_identities;
mod m0004_accounts;
mod m0005_guests;
mod m0006_hidden_names;
mod m0007_talk;
mod m0008_try_outs;
mod m0009_attachments;

use sea_orm_migration::prelude::*;

/// The ordered list of migrations.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people_and_history::Migration),
            Box::new(m0002_proposals::Migration),
            Box::new(m0003_identities::Migration),
            Box::new(m0004_accounts::Migration),
            Box::new(m0005_guests::Migration),
            Box::new(m0006_hidden_names::Migration),
            Box::new(m0007_talk::Migration),
            Box::new(m0008_try_outs::Migration),
            Box::new(m0009_attachments::Migration),
        ]
    }
}

pub use sea_orm_migration::MigratorTrait;
