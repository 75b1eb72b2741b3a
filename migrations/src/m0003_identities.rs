//! Identities that providers vouch for, and the sign-ins that are under way with them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    binary_len, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0003_identities"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(identities()).await?;
        manager.create_table(sign_in_attempts()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Who somebody is elsewhere: a subject is a name that its issuer never gives to another person.
fn identities() -> TableCreateStatement {
    Table::create()
        .table("identities")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(text("issuer"))
        .col(text("subject"))
        .col(timestamp_with_time_zone("linked_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .foreign_key(&mut owned_by_account("identities"))
        .take()
}

/// Sign-ins that left for a provider, by the hash of their `state`; each comes back once, into the browser that it left.
/// The account is set when its owner adds an identity to it.
fn sign_in_attempts() -> TableCreateStatement {
    Table::create()
        .table("sign_in_attempts")
        .col(binary_len("state_hash", 32).primary_key())
        .col(binary_len("browser_hash", 32))
        .col(text("provider"))
        .col(text("after"))
        .col(uuid_null("account_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .foreign_key(&mut owned_by_account("sign_in_attempts"))
        .take()
}

fn owned_by_account(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_account_id_fkey"))
        .from(table, "account_id")
        .to("accounts", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str]| {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        index
    };
    vec![
        index(
            "identities_issuer_subject_key",
            "identities",
            &["issuer", "subject"],
        )
        .unique()
        .take(),
        index("identities_account_id_idx", "identities", &["account_id"]),
        index(
            "sign_in_attempts_account_id_idx",
            "sign_in_attempts",
            &["account_id"],
        ),
        index(
            "sign_in_attempts_expires_at_idx",
            "sign_in_attempts",
            &["expires_at"],
        ),
    ]
}
