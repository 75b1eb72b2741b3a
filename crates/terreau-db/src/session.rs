//! Sessions: kept here and not in the cookie, so that ending one ends it everywhere.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use terreau_community::{Account, AccountId};

use crate::connect::stored;
use crate::entity::account as accounts;
use crate::entity::session::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError, SecretHash, account, secret};

/// How exactly a session remembers when it was seen; finer would make each page a write.
pub(crate) const SEEN_EVERY: TimeDelta = TimeDelta::hours(1);

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Names it among the person's sessions: the [beginning](SecretHash::short) of the hash of its secret.
    pub id: String,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last seen, to the hour.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

impl Db {
    /// Signs a person in until `expires_at` at the latest.
    ///
    /// # Errors
    /// `Missing` when there is no such account or it is suspended, `Taken` when the hash is known already.
    pub async fn create_session(
        &self,
        account: AccountId,
        hash: SecretHash,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        // Locked, so that a suspension at the same moment either comes first or ends this session too.
        accounts::Entity::find_by_id(account.uuid())
            .filter(accounts::Column::Suspended.eq(false))
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        let row = ActiveModel {
            token_hash: Set(hash.to_column()),
            account_id: Set(account.uuid()),
            created_at: Set(stored(now)),
            last_seen_at: Set(stored(now)),
            expires_at: Set(stored(expires_at)),
        };
        Entity::insert(row)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns the person of a session that has not expired and was seen within `idle`, and remembers that it was seen.
    /// A suspended person has no live session.
    pub async fn session(
        &self,
        hash: SecretHash,
        now: DateTime<Utc>,
        idle: TimeDelta,
    ) -> Result<Option<Account>, DbError> {
        let found = Entity::find_by_id(hash.to_column())
            .filter(Column::ExpiresAt.gt(stored(now)))
            .filter(Column::LastSeenAt.gt(stored(now - idle)))
            .filter(accounts::Column::Suspended.eq(false))
            .find_also_related(accounts::Entity)
            .one(&self.read)
            .await
            .map_err(fault)?;
        let Some((session, Some(person))) = found else {
            return Ok(None);
        };
        if session.last_seen_at <= now - SEEN_EVERY {
            let seen = Entity::update_many()
                .col_expr(Column::LastSeenAt, Expr::value(stored(now)))
                .filter(Column::TokenHash.eq(hash.to_column()))
                .filter(Column::LastSeenAt.lt(stored(now)))
                .exec(&self.write)
                .await;
            if let Err(error) = seen.map_err(fault) {
                tracing::warn!(%error, "a session could not be marked as seen");
            }
        }
        account::read(person).map(Some)
    }

    /// Returns the sessions of a person that have not expired, last seen first.
    pub async fn sessions(
        &self,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .filter(Column::ExpiresAt.gt(stored(now)))
            .order_by_desc(Column::LastSeenAt)
            .all(&self.read)
            .await
            .map_err(fault)?;
        let shown = |row: Model| SessionRow {
            id: secret::short(&row.token_hash),
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
        };
        Ok(rows.into_iter().map(shown).collect())
    }

    /// Ends one session; it may be gone already.
    pub async fn end_session(&self, hash: SecretHash) -> Result<(), DbError> {
        Entity::delete_by_id(hash.to_column())
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Ends a session of a person, by what names it in their list; `false` when they have none of that name.
    pub async fn end_session_of(&self, account: AccountId, id: &str) -> Result<bool, DbError> {
        let hashes: Vec<Vec<u8>> = Entity::find()
            .select_only()
            .column(Column::TokenHash)
            .filter(Column::AccountId.eq(account.uuid()))
            .into_tuple()
            .all(&self.write)
            .await
            .map_err(fault)?;
        let Some(hash) = hashes.into_iter().find(|hash| secret::short(hash) == id) else {
            return Ok(false);
        };
        let ended = Entity::delete_by_id(hash).exec(&self.write).await;
        Ok(ended.map_err(fault)?.rows_affected > 0)
    }

    /// Ends the sessions of a person but for one.
    pub async fn end_others(&self, account: AccountId, kept: SecretHash) -> Result<(), DbError> {
        Entity::delete_many()
            .filter(Column::AccountId.eq(account.uuid()))
            .filter(Column::TokenHash.ne(kept.to_column()))
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Ends all sessions of a person, on every device.
    pub async fn end_all(&self, account: AccountId) -> Result<(), DbError> {
        Entity::delete_many()
            .filter(Column::AccountId.eq(account.uuid()))
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }
}
