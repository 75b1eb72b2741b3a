//! Drafts: what people have not proposed yet. Only their owner sees them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use terreau_community::AccountId;

use crate::connect::{storable, stored};
use crate::entity::account;
use crate::entity::draft::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError};

/// How many drafts a person keeps at most.
pub const MAX_DRAFTS: u64 = 100;
/// How long a draft is at most.
pub const MAX_DRAFT_BYTES: usize = 1_000_000;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// What it is a draft of; one for each key.
    pub key: String,
    /// What was typed, as JSON.
    pub content: String,
    /// The published commit that it started from.
    pub base: Option<String>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

impl Db {
    /// Returns the draft that a person keeps under a key.
    pub async fn draft(&self, account: AccountId, key: &str) -> Result<Option<DraftRow>, DbError> {
        let found = Entity::find_by_id((account.uuid(), storable(key)))
            .one(&self.read)
            .await;
        Ok(found.map_err(fault)?.map(read))
    }

    /// Keeps a draft, in place of the one under the same key.
    ///
    /// # Errors
    /// `Full` when it is too long or the person has too many, `Missing` when there is no such account.
    pub async fn save_draft(&self, account: AccountId, draft: &DraftRow) -> Result<(), DbError> {
        let length = draft.key.len() + draft.content.len();
        if length > MAX_DRAFT_BYTES {
            return Err(DbError::Full);
        }
        let transaction = self.begin().await?;
        // Held, so that drafts saved at the same moment are counted one after the other.
        account::Entity::find_by_id(account.uuid())
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        let others = Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .filter(Column::Key.ne(storable(&draft.key)))
            .count(&transaction)
            .await
            .map_err(fault)?;
        if others >= MAX_DRAFTS {
            return Err(DbError::Full);
        }
        let row = ActiveModel {
            account_id: Set(account.uuid()),
            key: Set(storable(&draft.key)),
            content: Set(storable(&draft.content)),
            base: Set(draft.base.as_deref().map(storable)),
            updated_at: Set(stored(draft.updated_at)),
        };
        let replace = OnConflict::columns([Column::AccountId, Column::Key])
            .update_columns([Column::Content, Column::Base, Column::UpdatedAt])
            .to_owned();
        Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns a person's drafts, last saved first.
    pub async fn drafts(&self, account: AccountId) -> Result<Vec<DraftRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .order_by_desc(Column::UpdatedAt)
            .order_by_asc(Column::Key)
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok(rows.into_iter().map(read).collect())
    }

    /// Forgets a draft; it may be gone already.
    pub async fn drop_draft(&self, account: AccountId, key: &str) -> Result<(), DbError> {
        Entity::delete_by_id((account.uuid(), storable(key)))
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }
}

fn read(row: Model) -> DraftRow {
    DraftRow {
        key: row.key,
        content: row.content,
        base: row.base,
        updated_at: row.updated_at,
    }
}
