//! People who asked that their name be hidden.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0006_hidden_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut accounts = Table::alter();
        accounts
            .table("accounts")
            .add_column(boolean("hides_name").default(false));
        manager.alter_table(accounts).await
    }
}
