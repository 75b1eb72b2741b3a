//! Adding to the history projection: all or nothing, and safe to repeat.

use std::collections::HashSet;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::{HISTORY, VersionRow};
use crate::connect::{storable, stored};
use crate::entity::projection;
use crate::entity::version::{ActiveModel, Column, Entity};
use crate::error::fault;
use crate::{Db, DbError};

/// Rows per statement: 14 values each, far below SQLite's 32,766.
const ROWS_PER_STATEMENT: usize = 500;

impl Db {
    /// Appends versions, oldest first, and says that the projection now shows `commit`; one transaction.
    ///
    /// A version (card and commit) that is there already stays as it is, so repeating changes nothing; places in the
    /// history are given without gaps, so that a rebuild gives the same ones.
    pub async fn append_versions(
        &self,
        rows: Vec<VersionRow>,
        commit: &str,
    ) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        // One appender at a time, also with PostgreSQL: places in the history are counted under this lock.
        projection::Entity::find_by_id(HISTORY)
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or_else(|| DbError::unusable("the history projection has no row"))?;

        let mut next = last_seq(&transaction).await? + 1;
        let mut known: HashSet<(String, Uuid)> = HashSet::new();
        let history_was_empty = next == 1;
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            if !history_was_empty {
                known.extend(already_there(&transaction, chunk).await?);
            }
            let mut fresh = Vec::with_capacity(chunk.len());
            for row in chunk {
                if known.insert((row.commit.clone(), row.card.0)) {
                    fresh.push(to_columns(row, next));
                    next += 1;
                }
            }
            if !fresh.is_empty() {
                Entity::insert_many(fresh)
                    .exec_without_returning(&transaction)
                    .await
                    .map_err(fault)?;
            }
        }

        projection::Entity::update_many()
            .col_expr(projection::Column::Shown, Expr::value(commit))
            .filter(projection::Column::Name.eq(HISTORY))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }
}

async fn last_seq(transaction: &DatabaseTransaction) -> Result<i64, DbError> {
    let last: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(Column::Seq.max(), "last")
        .into_tuple()
        .one(transaction)
        .await
        .map_err(fault)?;
    Ok(last.flatten().unwrap_or(0))
}

async fn already_there(
    transaction: &DatabaseTransaction,
    rows: &[VersionRow],
) -> Result<Vec<(String, Uuid)>, DbError> {
    let commits: HashSet<&str> = rows.iter().map(|row| row.commit.as_str()).collect();
    Entity::find()
        .select_only()
        .column(Column::CommitId)
        .column(Column::Card)
        .filter(Column::CommitId.is_in(commits))
        .into_tuple()
        .all(transaction)
        .await
        .map_err(fault)
}

fn to_columns(row: &VersionRow, seq: i64) -> ActiveModel {
    ActiveModel {
        seq: Set(seq),
        card: Set(row.card.0),
        path: Set(row.path.to_string()),
        commit_id: Set(row.commit.clone()),
        blob_id: Set(row.blob.clone()),
        author: Set(storable(&row.author)),
        author_address: Set(storable(&row.author_address)),
        author_account: Set(account_of(&row.author_address)),
        organisation: Set(row.organisation.as_deref().map(storable)),
        date: Set(stored(row.date)),
        message: Set(storable(&row.message)),
        proposal: Set(row.proposal),
        request_key: Set(row.request_key.as_deref().map(storable)),
        kind_of_change: Set(row.kind_of_change.as_str().to_owned()),
    }
}

/// Returns the account that an author's address `<uuid>@users.<host>` names, whether or not the account still exists.
fn account_of(address: &str) -> Option<Uuid> {
    let (local, domain) = address.split_once('@')?;
    domain
        .starts_with("users.")
        .then(|| Uuid::try_parse(local).ok())
        .flatten()
}
