//! Changes that guests suggest, held until they confirm their address. Nobody else sees them, and they go by themselves.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use terreau_card::{CardPath, Language};
use terreau_community::{CreditName, EmailAddress};

use crate::connect::{storable, stored};
use crate::entity::held::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError, SecretHash};

/// How many changes are held at most, of everybody together.
pub const MAX_HELD: u64 = 2_000;
/// How many changes are held at most for one address.
pub const MAX_HELD_BY_ADDRESS: u64 = 3;
/// How long a held change is at most.
pub const MAX_HELD_BYTES: usize = 400_000;

/// A change that waits for its author to confirm their address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldChange {
    /// Whom the letter went to.
    pub email: EmailAddress,
    /// The name to credit.
    pub name: CreditName,
    /// The language of the letter.
    pub language: Language,
    /// The card.
    pub path: CardPath,
    /// The published commit that it started from.
    pub base: String,
    /// The card as it would be.
    pub text: String,
    /// What was typed, as drafts keep it.
    pub content: String,
    /// Why, in its author's words.
    pub reason: String,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// When it goes.
    pub expires_at: DateTime<Utc>,
}

impl Db {
    /// Holds a change until its link is used.
    ///
    /// # Errors
    /// `Full` when it is too long, or too many are held already, for its address or in all.
    pub async fn hold_change(&self, hash: SecretHash, held: &HeldChange) -> Result<(), DbError> {
        let length = held.text.len() + held.content.len() + held.reason.len();
        if length > MAX_HELD_BYTES {
            return Err(DbError::Full);
        }
        let transaction = self.begin().await?;
        let alive = Column::ExpiresAt.gt(stored(held.created_at));
        let all = Entity::find().filter(alive.clone());
        let own = all.clone().filter(Column::Email.eq(held.email.as_str()));
        let is_full = all.count(&transaction).await.map_err(fault)? >= MAX_HELD
            || own.count(&transaction).await.map_err(fault)? >= MAX_HELD_BY_ADDRESS;
        if is_full {
            return Err(DbError::Full);
        }
        let row = ActiveModel {
            token_hash: Set(hash.to_column()),
            email: Set(held.email.as_str().to_owned()),
            name: Set(held.name.to_string()),
            language: Set(held.language.code().to_owned()),
            path: Set(held.path.to_string()),
            base: Set(held.base.clone()),
            text: Set(storable(&held.text)),
            content: Set(storable(&held.content)),
            reason: Set(storable(&held.reason)),
            created_at: Set(stored(held.created_at)),
            expires_at: Set(stored(held.expires_at)),
        };
        Entity::insert(row)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns a held change whose link would still work.
    pub async fn held_change(
        &self,
        hash: SecretHash,
        now: DateTime<Utc>,
    ) -> Result<Option<HeldChange>, DbError> {
        let found = Entity::find_by_id(hash.to_column())
            .filter(Column::ExpiresAt.gt(stored(now)))
            .one(&self.write)
            .await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Returns what an address has not confirmed yet, oldest first.
    pub async fn held_for(&self, email: &EmailAddress) -> Result<Vec<HeldChange>, DbError> {
        let rows = Entity::find()
            .filter(Column::Email.eq(email.as_str()))
            .order_by_asc(Column::CreatedAt)
            .all(&self.read)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }

    /// Forgets a held change; it may be gone already.
    pub async fn drop_held(&self, hash: SecretHash) -> Result<(), DbError> {
        Entity::delete_by_id(hash.to_column())
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }
}

fn read(row: Model) -> Result<HeldChange, DbError> {
    let odd = |column: &str| DbError::unusable(format!("a held change: odd {column}"));
    Ok(HeldChange {
        email: EmailAddress::parse(&row.email).map_err(|_| odd("email"))?,
        name: CreditName::parse(&row.name).map_err(|_| odd("name"))?,
        language: Language::parse(&row.language).ok_or_else(|| odd("language"))?,
        path: CardPath::parse(&row.path).map_err(|_| odd("path"))?,
        base: row.base,
        text: row.text,
        content: row.content,
        reason: row.reason,
        created_at: row.created_at,
        expires_at: row.expires_at,
    })
}
