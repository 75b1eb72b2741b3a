//! Try-outs: what people told of a card that they tried, until somebody decided.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, binary_len, binary_len_null, text, text_null, timestamp_with_time_zone, uuid,
};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0008_try_outs"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(try_outs()).await?;
        for column in ["email", "sender", "state"] {
            let mut index = Index::create();
            index
                .name(format!("try_outs_{column}_idx"))
                .table("try_outs")
                .col(column);
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Known by the hash of the secret that its sender holds. Who sent it is forgotten when it is decided.
fn try_outs() -> TableCreateStatement {
    Table::create()
        .table("try_outs")
        .col(uuid("id").primary_key())
        .col(binary_len("token_hash", 32).unique_key())
        .col(text_null("email"))
        .col(binary_len_null("sender", 32))
        .col(text("name"))
        .col(text_null("organisation"))
        .col(text("language"))
        .col(text("about"))
        .col(text("text"))
        .col(text("state"))
        .col(text_null("answer"))
        .col(big_integer_null("proposal"))
        .col(text_null("path"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("changed_at"))
        .take()
}
