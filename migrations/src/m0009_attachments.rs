//! Attachments: photos and documents of a try-out, until somebody decided about it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary_len, integer_null, text, timestamp_with_time_zone, uuid,
};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0009_attachments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(attachments()).await?;
        let mut once = Index::create();
        once.name("attachments_try_out_hash_key")
            .table("attachments")
            .col("try_out")
            .col("hash")
            .unique();
        manager.create_index(once).await
    }
}

/// They go with their try-out, whatever makes it go.
fn attachments() -> TableCreateStatement {
    Table::create()
        .table("attachments")
        .col(uuid("id").primary_key())
        .col(uuid("try_out"))
        .col(text("format"))
        .col(integer_null("width"))
        .col(integer_null("height"))
        .col(text("alt"))
        .col(text("credit"))
        .col(text("licence"))
        .col(binary_len("hash", 32))
        .col(big_integer("length"))
        .col(ColumnDef::new("bytes").blob().not_null())
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create()
                .name("attachments_try_out_fkey")
                .from("attachments", "try_out")
                .to("try_outs", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}
