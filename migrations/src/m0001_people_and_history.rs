//! Accounts, sign-in links, sessions and tokens; the history projection and how far it has come.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary_len, boolean, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_people_and_history"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            accounts(),
            sign_in_links(),
            sessions(),
            tokens(),
            versions(),
            projections(),
        ] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        let mut history = Query::insert();
        history
            .into_table("projections")
            .columns(["name"])
            .values_panic(["history".into()]);
        manager.execute(history).await
    }
}

fn accounts() -> TableCreateStatement {
    Table::create()
        .table("accounts")
        .col(uuid("id").primary_key())
        .col(text("email").unique_key())
        .col(text("credit_name"))
        .col(text_null("organisation"))
        .col(text("role"))
        .col(text("language"))
        .col(timestamp_with_time_zone("created_at"))
        .col(boolean("suspended").default(false))
        .take()
}

/// Links are kept by the hash of their secret; the address is absent from the link that makes the first steward.
fn sign_in_links() -> TableCreateStatement {
    Table::create()
        .table("sign_in_links")
        .col(binary_len("token_hash", 32).primary_key())
        .col(text_null("email"))
        .col(text("purpose"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .take()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(binary_len("token_hash", 32).primary_key())
        .col(uuid("account_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("last_seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .foreign_key(&mut owned_by_account("sessions"))
        .take()
}

fn tokens() -> TableCreateStatement {
    Table::create()
        .table("tokens")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(binary_len("token_hash", 32).unique_key())
        .col(text("name"))
        .col(text("scopes"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut owned_by_account("tokens"))
        .take()
}

/// What git says of each card, one row per card and commit. It can be made again from git alone, so it refers to no
/// account: `author_account` is what the author's address says.
fn versions() -> TableCreateStatement {
    Table::create()
        .table("versions")
        .col(big_integer("seq").primary_key())
        .col(uuid("card"))
        .col(text("path"))
        .col(text("commit_id"))
        .col(text("blob_id"))
        .col(text("author"))
        .col(text("author_address"))
        .col(uuid_null("author_account"))
        .col(text_null("organisation"))
        .col(timestamp_with_time_zone("date"))
        .col(text("message"))
        .col(big_integer_null("proposal"))
        .col(text_null("request_key"))
        .col(text("kind_of_change"))
        .take()
}

/// How far each projection of git has come: the commit that it shows.
fn projections() -> TableCreateStatement {
    Table::create()
        .table("projections")
        .col(text("name").primary_key())
        .col(text_null("shown"))
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
    let links = |name, columns| index(name, "sign_in_links", columns);
    let versions = |name, columns| index(name, "versions", columns);
    vec![
        links("sign_in_links_email_idx", &["email", "created_at"]),
        links("sign_in_links_expires_at_idx", &["expires_at"]),
        index("sessions_account_id_idx", "sessions", &["account_id"]),
        index("sessions_expires_at_idx", "sessions", &["expires_at"]),
        index("tokens_account_id_idx", "tokens", &["account_id"]),
        versions("versions_card_seq_idx", &["card", "seq"]),
        versions(
            "versions_author_account_seq_idx",
            &["author_account", "seq"],
        ),
        versions("versions_commit_card_key", &["commit_id", "card"])
            .unique()
            .take(),
        versions("versions_request_key_idx", &["request_key"])
            .and_where(Expr::col("request_key").is_not_null())
            .take(),
    ]
}
