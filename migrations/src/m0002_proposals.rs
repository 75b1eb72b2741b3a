//! Proposals with their revisions, reviews and remarks; drafts, notices, watches; the journal and the switches.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_proposals"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            counters(),
            proposals(),
            proposal_files(),
            revisions(),
            reviews(),
            remarks(),
            drafts(),
            notices(),
            watches(),
            events(),
            settings(),
        ] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        manager
            .alter_table(
                Table::alter()
                    .table("accounts")
                    .add_column(text("notices").default("at-once"))
                    .take(),
            )
            .await?;
        let mut numbers = Query::insert();
        numbers
            .into_table("counters")
            .columns(["name", "last"])
            .values_panic(["proposals".into(), 0.into()]);
        manager.execute(numbers).await
    }
}

/// The last number given of each kind; a number that was given never comes back.
fn counters() -> TableCreateStatement {
    Table::create()
        .table("counters")
        .col(text("name").primary_key())
        .col(big_integer("last"))
        .take()
}

/// What is proposed is in git, at `refs/proposals/<number>/head`. People are named without a foreign key in what is public:
/// it stays when an account goes.
fn proposals() -> TableCreateStatement {
    Table::create()
        .table("proposals")
        .col(big_integer("number").primary_key())
        .col(uuid("author"))
        .col(text("title"))
        .col(text("reason"))
        .col(text("state"))
        .col(text("base"))
        .col(text("head"))
        .col(integer("revision"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(uuid_null("decided_by"))
        .col(text_null("decision"))
        .col(text_null("published"))
        .take()
}

/// The files of the present revision of each proposal.
fn proposal_files() -> TableCreateStatement {
    Table::create()
        .table("proposal_files")
        .col(big_integer("number"))
        .col(text("path"))
        .col(text_null("old_path"))
        .col(text("kind_of_change"))
        .primary_key(Index::create().col("number").col("path"))
        .foreign_key(&mut of_proposal("proposal_files"))
        .take()
}

fn revisions() -> TableCreateStatement {
    Table::create()
        .table("revisions")
        .col(big_integer("number"))
        .col(integer("revision"))
        .col(uuid("author"))
        .col(text("base"))
        .col(text("head"))
        .col(text("message"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("number").col("revision"))
        .foreign_key(&mut of_proposal("revisions"))
        .take()
}

/// Each review with what its reviewer saw: head, base, and the digest of the rules.
fn reviews() -> TableCreateStatement {
    Table::create()
        .table("reviews")
        .col(big_pk_auto("id"))
        .col(big_integer("number"))
        .col(uuid("reviewer"))
        .col(text_null("organisation"))
        .col(text("verdict"))
        .col(text("body"))
        .col(text("head"))
        .col(text("base"))
        .col(text("rules"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(uuid_null("revoked_by"))
        .foreign_key(&mut of_proposal("reviews"))
        .take()
}

/// Remarks; those of a thread name its first one, which alone can be resolved.
fn remarks() -> TableCreateStatement {
    Table::create()
        .table("remarks")
        .col(big_pk_auto("id"))
        .col(big_integer("number"))
        .col(big_integer_null("thread"))
        .col(integer("revision"))
        .col(text_null("file"))
        .col(text_null("excerpt"))
        .col(text_null("hash"))
        .col(uuid("author"))
        .col(text("body"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone_null("resolved_at"))
        .col(uuid_null("resolved_by"))
        .foreign_key(&mut of_proposal("remarks"))
        .foreign_key(
            ForeignKey::create()
                .name("remarks_thread_fkey")
                .from("remarks", "thread")
                .to("remarks", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

fn drafts() -> TableCreateStatement {
    Table::create()
        .table("drafts")
        .col(uuid("account_id"))
        .col(text("key"))
        .col(text("content"))
        .col(text_null("base"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("account_id").col("key"))
        .foreign_key(&mut owned_by_account("drafts"))
        .take()
}

fn notices() -> TableCreateStatement {
    Table::create()
        .table("notices")
        .col(big_pk_auto("id"))
        .col(uuid("account_id"))
        .col(text("what"))
        .col(big_integer_null("number"))
        .col(uuid_null("card"))
        .col(uuid_null("by"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone_null("seen_at"))
        .col(timestamp_with_time_zone_null("mailed_at"))
        .foreign_key(&mut owned_by_account("notices"))
        .take()
}

/// What people watch: `everything`, `card:<uuid>` or `topic:<code>`.
fn watches() -> TableCreateStatement {
    Table::create()
        .table("watches")
        .col(uuid("account_id"))
        .col(text("subject"))
        .primary_key(Index::create().col("account_id").col("subject"))
        .foreign_key(&mut owned_by_account("watches"))
        .take()
}

/// Who did what, when, to what. Nothing is ever changed or deleted here.
fn events() -> TableCreateStatement {
    Table::create()
        .table("events")
        .col(big_pk_auto("id"))
        .col(timestamp_with_time_zone("at"))
        .col(uuid_null("by"))
        .col(text("what"))
        .col(text("about"))
        .col(text("detail"))
        .take()
}

fn settings() -> TableCreateStatement {
    Table::create()
        .table("settings")
        .col(text("key").primary_key())
        .col(text("value"))
        .take()
}

fn of_proposal(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_number_fkey"))
        .from(table, "number")
        .to("proposals", "number")
        .on_delete(ForeignKeyAction::Cascade)
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
            "proposals_state_number_idx",
            "proposals",
            &["state", "number"],
        ),
        index(
            "proposals_author_number_idx",
            "proposals",
            &["author", "number"],
        ),
        index("proposal_files_path_idx", "proposal_files", &["path"]),
        index(
            "proposal_files_old_path_idx",
            "proposal_files",
            &["old_path"],
        )
        .and_where(Expr::col("old_path").is_not_null())
        .take(),
        index("reviews_number_idx", "reviews", &["number"]),
        index("remarks_number_idx", "remarks", &["number"]),
        index("remarks_thread_idx", "remarks", &["thread"])
            .and_where(Expr::col("thread").is_not_null())
            .take(),
        index("notices_account_id_idx", "notices", &["account_id", "id"]),
        index("notices_unmailed_idx", "notices", &["at"])
            .and_where(Expr::col("mailed_at").is_null())
            .take(),
        index("watches_subject_idx", "watches", &["subject"]),
    ]
}
