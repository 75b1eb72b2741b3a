//! Invitations, and how far people were told of what is published.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text_null, uuid_null};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An invitation says which role it gives and who gives it. SQLite adds one column at a time.
        for column in [text_null("role"), uuid_null("invited_by")] {
            let mut links = Table::alter();
            links.table("sign_in_links").add_column(column);
            manager.alter_table(links).await?;
        }
        for (name, column) in [("events_what_idx", "what"), ("events_by_idx", "by")] {
            let mut index = Index::create();
            index.name(name).table("events").col(column).col("id");
            manager.create_index(index).await?;
        }
        let mut told = Query::insert();
        told.into_table("projections")
            .columns(["name"])
            .values_panic(["told".into()]);
        manager.execute(told).await
    }
}
