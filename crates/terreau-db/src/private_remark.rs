//! Private remarks: what people tell those who look after a card, with or without an account. They go once settled.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use terreau_card::CardId;
use terreau_community::{AccountId, EmailAddress};

use crate::connect::{storable, stored};
use crate::entity::private_remark::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError, NewEvent, event};

/// How many private remarks wait at most.
pub const MAX_PRIVATE_REMARKS: u64 = 500;
/// How many private remarks from one address wait at most.
pub const MAX_PRIVATE_REMARKS_BY_ADDRESS: u64 = 5;

/// What somebody tells those who look after a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateRemark {
    /// About which card.
    pub card: CardId,
    /// Who, when they have an account.
    pub account: Option<AccountId>,
    /// How they call themselves.
    pub name: String,
    /// Where they can be answered.
    pub email: EmailAddress,
    /// In their words.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Db {
    /// Keeps a private remark.
    ///
    /// # Errors
    /// `Full` when too many wait already, from its address or in all.
    pub async fn add_private_remark(&self, remark: &PrivateRemark) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        let all = Entity::find();
        let own = all
            .clone()
            .filter(Column::Email.eq(remark.email.as_str()))
            .count(&transaction)
            .await
            .map_err(fault)?;
        if own >= MAX_PRIVATE_REMARKS_BY_ADDRESS
            || all.count(&transaction).await.map_err(fault)? >= MAX_PRIVATE_REMARKS
        {
            return Err(DbError::Full);
        }
        let row = ActiveModel {
            id: NotSet,
            card: Set(remark.card.0),
            account_id: Set(remark.account.map(AccountId::uuid)),
            name: Set(storable(&remark.name)),
            email: Set(remark.email.as_str().to_owned()),
            body: Set(storable(&remark.body)),
            at: Set(stored(remark.at)),
        };
        Entity::insert(row)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns the private remarks that wait, with what names each, oldest first; at most `limit`.
    pub async fn private_remarks(&self, limit: u64) -> Result<Vec<(i64, PrivateRemark)>, DbError> {
        let rows = Entity::find()
            .order_by_asc(Column::Id)
            .limit(limit)
            .all(&self.read)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }

    /// Returns the private remarks from an address that wait, oldest first.
    pub async fn private_remarks_of(
        &self,
        email: &EmailAddress,
    ) -> Result<Vec<PrivateRemark>, DbError> {
        let rows = Entity::find()
            .filter(Column::Email.eq(email.as_str()))
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await;
        rows.map_err(fault)?
            .into_iter()
            .map(|row| Ok(read(row)?.1))
            .collect()
    }

    /// Returns how many private remarks wait.
    pub async fn count_private_remarks(&self) -> Result<u64, DbError> {
        Entity::find().count(&self.read).await.map_err(fault)
    }

    /// Forgets a private remark that somebody saw to; `false` when it is gone already.
    pub async fn settle_private_remark(
        &self,
        id: i64,
        by: AccountId,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let Some(row) = Entity::find_by_id(id)
            .one(&transaction)
            .await
            .map_err(fault)?
        else {
            return Ok(false);
        };
        let gone = Entity::delete_by_id(id)
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if gone.rows_affected == 0 {
            return Ok(false);
        }
        let settled = NewEvent {
            at,
            by: Some(by),
            what: "settle-private-remark".to_owned(),
            about: format!("card:{}", CardId(row.card)),
            detail: "{}".to_owned(),
        };
        event::add(&transaction, settled).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }
}

fn read(row: Model) -> Result<(i64, PrivateRemark), DbError> {
    let email = EmailAddress::parse(&row.email)
        .map_err(|_| DbError::unusable(format!("private remark {}: odd email", row.id)))?;
    let remark = PrivateRemark {
        card: CardId(row.card),
        account: row.account_id.map(AccountId::new),
        name: row.name,
        email,
        body: row.body,
        at: row.at,
    };
    Ok((row.id, remark))
}
