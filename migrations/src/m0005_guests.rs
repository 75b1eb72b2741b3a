//! What guests suggest, until they confirm it; and the requests that made proposals, so that none makes two.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary_len, text, text_null, timestamp_with_time_zone};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0005_guests"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(held_changes()).await?;
        for column in ["email", "expires_at"] {
            let mut index = Index::create();
            index
                .name(format!("held_changes_{column}_idx"))
                .table("held_changes")
                .col(column);
            manager.create_index(index).await?;
        }
        let mut proposals = Table::alter();
        proposals
            .table("proposals")
            .add_column(text_null("request_key"));
        manager.alter_table(proposals).await?;
        let mut requests = Index::create();
        requests
            .name("proposals_request_key")
            .table("proposals")
            .col("request_key")
            .unique()
            .and_where(Expr::col("request_key").is_not_null());
        manager.create_index(requests).await
    }
}

/// Changes of people without an account, by the hash of the secret that their letter holds. Nobody sees them before they are
/// confirmed, and they go by themselves.
fn held_changes() -> TableCreateStatement {
    Table::create()
        .table("held_changes")
        .col(binary_len("token_hash", 32).primary_key())
        .col(text("email"))
        .col(text("name"))
        .col(text("language"))
        .col(text("path"))
        .col(text("base"))
        .col(text("text"))
        .col(text("content"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .take()
}
