//! Identities: who people are at the providers that vouch for them. One is linked to one account at most, by its owner.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, Set,
};
use terreau_community::{Account, AccountId, NotAnId};
use uuid::Uuid;

use crate::connect::stored;
use crate::entity::account as accounts;
use crate::entity::identity::{ActiveModel, Column, Entity};
use crate::error::fault;
use crate::session::SEEN_EVERY;
use crate::{Db, DbError, account};

/// Names an identity in its owner's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityId(Uuid);

impl IdentityId {
    /// Wraps a UUID that the caller made or read.
    pub const fn new(id: Uuid) -> Self {
        Self(id)
    }
}

impl fmt::Display for IdentityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for IdentityId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
    }
}

/// Who somebody is elsewhere. `Debug` hides the subject.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who vouches, by its address.
    pub issuer: String,
    /// A name that the issuer never gives to another person; compared byte by byte.
    pub subject: String,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({}, hidden)", self.issuer)
    }
}

/// An identity as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// Names it.
    pub id: IdentityId,
    /// Who vouches.
    pub issuer: String,
    /// When it was linked.
    pub linked_at: DateTime<Utc>,
    /// When it last opened the door, to the hour.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl Db {
    /// Returns the account of an identity, and remembers that it was used.
    pub async fn account_by_identity(
        &self,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Result<Option<Account>, DbError> {
        let found = named(identity)
            .find_also_related(accounts::Entity)
            .one(&self.write)
            .await
            .map_err(fault)?;
        let Some((row, Some(person))) = found else {
            return Ok(None);
        };
        let is_news = row.last_used_at.is_none_or(|seen| seen <= now - SEEN_EVERY);
        if is_news {
            Entity::update_many()
                .col_expr(Column::LastUsedAt, Expr::value(Some(stored(now))))
                .filter(Column::Id.eq(row.id))
                .exec(&self.write)
                .await
                .map_err(fault)?;
        }
        account::read(person).map(Some)
    }

    /// Keeps a new account together with the identity that it was made for.
    ///
    /// # Errors
    /// `Taken` when the address or the identity has an account already; then nothing is kept.
    pub async fn create_account_with_identity(
        &self,
        account: &Account,
        id: IdentityId,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        accounts::Entity::insert(account::row(account))
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        insert(&transaction, account.id, id, identity, now).await?;
        transaction.commit().await.map_err(fault)
    }

    /// Links an identity to an account, as its owner asked.
    ///
    /// # Errors
    /// `Taken` when it is linked already, to this account or another; `Missing` when there is no such account or it is
    /// suspended.
    pub async fn link_identity(
        &self,
        account: AccountId,
        id: IdentityId,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        accounts::Entity::find_by_id(account.uuid())
            .filter(accounts::Column::Suspended.eq(false))
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        insert(&transaction, account, id, identity, now).await?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns the identities of an account, first linked first.
    pub async fn identities(&self, account: AccountId) -> Result<Vec<IdentityRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .order_by_asc(Column::LinkedAt)
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok(rows
            .into_iter()
            .map(|row| IdentityRow {
                id: IdentityId(row.id),
                issuer: row.issuer,
                linked_at: row.linked_at,
                last_used_at: row.last_used_at,
            })
            .collect())
    }

    /// Takes an identity from an account; answers false, and keeps it, when it is the last one and `may_be_last` is false.
    ///
    /// # Errors
    /// `Missing` when the account has no such identity.
    pub async fn unlink_identity(
        &self,
        account: AccountId,
        id: IdentityId,
        may_be_last: bool,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        // Locked, so that two requests at once cannot each leave the other's identity as the last.
        accounts::Entity::find_by_id(account.uuid())
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        let all = Entity::find().filter(Column::AccountId.eq(account.uuid()));
        let count = all.clone().count(&transaction).await.map_err(fault)?;
        let is_theirs = all
            .filter(Column::Id.eq(id.0))
            .one(&transaction)
            .await
            .map_err(fault)?
            .is_some();
        if !is_theirs {
            return Err(DbError::Missing);
        }
        if count == 1 && !may_be_last {
            return Ok(false);
        }
        Entity::delete_by_id(id.0)
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }
}

fn named(identity: &Identity) -> Select<Entity> {
    Entity::find()
        .filter(Column::Issuer.eq(identity.issuer.as_str()))
        .filter(Column::Subject.eq(identity.subject.as_str()))
}

async fn insert(
    transaction: &DatabaseTransaction,
    account: AccountId,
    id: IdentityId,
    identity: &Identity,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let row = ActiveModel {
        id: Set(id.0),
        account_id: Set(account.uuid()),
        issuer: Set(identity.issuer.clone()),
        subject: Set(identity.subject.clone()),
        linked_at: Set(stored(now)),
        last_used_at: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(transaction)
        .await
        .map(drop)
        .map_err(fault)
}
