//! What people say under cards, what they tell the stewards, and that a card was useful; who is known and who is blocked; and
//! proposals that nobody looked at yet.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary_len, boolean, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0007_talk"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("accounts", "is_known"), ("proposals", "held")] {
            let mut altered = Table::alter();
            altered
                .table(table)
                .add_column(boolean(column).default(false));
            manager.alter_table(altered).await?;
        }
        manager.execute(those_who_are_known()).await?;
        for table in [
            comments(),
            comment_reports(),
            private_remarks(),
            useful_marks(),
            useful_counts(),
            tallies(),
            blocked_addresses(),
        ] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Whoever published something or was entrusted with a role is known already.
fn those_who_are_known() -> UpdateStatement {
    let published = Query::select()
        .column("author_account")
        .from("versions")
        .and_where(Expr::col("author_account").is_not_null())
        .take();
    Query::update()
        .table("accounts")
        .value("is_known", true)
        .cond_where(
            Condition::any()
                .add(Expr::col("role").is_in(["editor", "steward"]))
                .add(Expr::col("id").in_subquery(published)),
        )
        .take()
}

/// Comments on cards, by the identifier of the card. Their author is named without a foreign key: what was said to others stays
/// when an account goes. Those of a thread name its first one, which alone can be closed.
fn comments() -> TableCreateStatement {
    Table::create()
        .table("comments")
        .col(big_pk_auto("id"))
        .col(uuid("card"))
        .col(big_integer_null("thread"))
        .col(uuid("author"))
        .col(text("body"))
        .col(timestamp_with_time_zone("at"))
        .col(text("state"))
        .col(text_null("note"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(uuid_null("closed_by"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .foreign_key(
            ForeignKey::create()
                .name("comments_thread_fkey")
                .from("comments", "thread")
                .to("comments", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

/// What people say against a comment, until a moderator looked. Who says it without an account is not kept.
fn comment_reports() -> TableCreateStatement {
    Table::create()
        .table("comment_reports")
        .col(big_pk_auto("id"))
        .col(big_integer("comment"))
        .col(uuid_null("account_id"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(
            ForeignKey::create()
                .name("comment_reports_comment_fkey")
                .from("comment_reports", "comment")
                .to("comments", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(&mut owned_by_account("comment_reports"))
        .take()
}

/// What people tell those who look after a card, until it is settled.
fn private_remarks() -> TableCreateStatement {
    Table::create()
        .table("private_remarks")
        .col(big_pk_auto("id"))
        .col(uuid("card"))
        .col(uuid_null("account_id"))
        .col(text("name"))
        .col(text("email"))
        .col(text("body"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut owned_by_account("private_remarks"))
        .take()
}

/// People with an account to whom a card was useful.
fn useful_marks() -> TableCreateStatement {
    Table::create()
        .table("useful_marks")
        .col(uuid("card"))
        .col(uuid("account_id"))
        .primary_key(Index::create().col("card").col("account_id"))
        .foreign_key(&mut owned_by_account("useful_marks"))
        .take()
}

/// To how many others each card was useful; nothing is kept of them.
fn useful_counts() -> TableCreateStatement {
    Table::create()
        .table("useful_counts")
        .col(uuid("card").primary_key())
        .col(big_integer("visitors"))
        .take()
}

/// How often something was done today from one place: the hash is of the thing, the place and the salt of the day, which is
/// forgotten with it.
fn tallies() -> TableCreateStatement {
    Table::create()
        .table("tallies")
        .col(binary_len("hash", 32).primary_key())
        .col(text("day"))
        .col(big_integer("count"))
        .take()
}

/// Addresses of people without an account from whom nothing more is taken.
fn blocked_addresses() -> TableCreateStatement {
    Table::create()
        .table("blocked_addresses")
        .col(text("email").primary_key())
        .col(uuid("by"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("at"))
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
        index("comments_card_idx", "comments", &["card", "id"]),
        index("comments_author_idx", "comments", &["author", "id"]),
        index("comments_state_idx", "comments", &["state", "id"]),
        index("comments_thread_idx", "comments", &["thread"])
            .and_where(Expr::col("thread").is_not_null())
            .take(),
        index(
            "comment_reports_comment_idx",
            "comment_reports",
            &["comment"],
        ),
        index("private_remarks_email_idx", "private_remarks", &["email"]),
        index("tallies_day_idx", "tallies", &["day"]),
        index("proposals_held_idx", "proposals", &["held", "number"]),
    ]
}
