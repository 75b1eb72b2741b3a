//! Blocked addresses: nothing more is taken from them. Accounts are suspended instead.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder, Set};
use terreau_community::{AccountId, EmailAddress};

use crate::connect::{storable, stored};
use crate::entity::blocked_address::{ActiveModel, Column, Entity};
use crate::error::fault;
use crate::{Db, DbError, NewEvent, event};

/// An address from which nothing more is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedAddress {
    /// The address.
    pub email: EmailAddress,
    /// Who blocked it.
    pub by: AccountId,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Db {
    /// Blocks an address; it may be blocked already.
    pub async fn block_address(&self, blocked: &BlockedAddress) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        let row = ActiveModel {
            email: Set(blocked.email.as_str().to_owned()),
            by: Set(blocked.by.uuid()),
            reason: Set(storable(&blocked.reason)),
            at: Set(stored(blocked.at)),
        };
        let replace = OnConflict::column(Column::Email)
            .update_columns([Column::By, Column::Reason, Column::At])
            .to_owned();
        Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        event::add(
            &transaction,
            event_of("block-address", blocked.by, blocked.at),
        )
        .await?;
        transaction.commit().await.map_err(fault)
    }

    /// Takes from an address again; `false` when it was not blocked.
    pub async fn unblock_address(
        &self,
        email: &EmailAddress,
        by: AccountId,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let gone = Entity::delete_by_id(email.as_str())
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if gone.rows_affected == 0 {
            return Ok(false);
        }
        event::add(&transaction, event_of("unblock-address", by, at)).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }

    /// Tells whether an address is blocked.
    pub async fn is_blocked(&self, email: &EmailAddress) -> Result<bool, DbError> {
        let found = Entity::find_by_id(email.as_str()).count(&self.read).await;
        found.map(|count| count > 0).map_err(fault)
    }

    /// Returns the blocked addresses, newest first.
    pub async fn blocked_addresses(&self) -> Result<Vec<BlockedAddress>, DbError> {
        let rows = Entity::find()
            .order_by_desc(Column::At)
            .order_by_asc(Column::Email)
            .all(&self.read)
            .await;
        rows.map_err(fault)?
            .into_iter()
            .map(|row| {
                Ok(BlockedAddress {
                    email: EmailAddress::parse(&row.email)
                        .map_err(|_| DbError::unusable("a blocked address: odd email"))?,
                    by: AccountId::new(row.by),
                    reason: row.reason,
                    at: row.at,
                })
            })
            .collect()
    }
}

/// The journal never holds an address.
fn event_of(what: &str, by: AccountId, at: DateTime<Utc>) -> NewEvent {
    NewEvent {
        at,
        by: Some(by),
        what: what.to_owned(),
        about: "address".to_owned(),
        detail: "{}".to_owned(),
    }
}
