//! To whom a card was useful: people with an account, one mark each, and a bare number of others.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use terreau_card::CardId;
use terreau_community::AccountId;

use crate::entity::{useful_count, useful_mark};
use crate::error::fault;
use crate::{Db, DbError};

impl Db {
    /// Remembers that a card was useful to a person, or forgets it; it may be so already.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn mark_useful(
        &self,
        card: CardId,
        account: AccountId,
        useful: bool,
    ) -> Result<(), DbError> {
        if !useful {
            return useful_mark::Entity::delete_by_id((card.0, account.uuid()))
                .exec(&self.write)
                .await
                .map(drop)
                .map_err(fault);
        }
        let row = useful_mark::ActiveModel {
            card: Set(card.0),
            account_id: Set(account.uuid()),
        };
        // Put in its own place, which changes nothing, so that a repetition is no error.
        let keep = OnConflict::columns([useful_mark::Column::Card, useful_mark::Column::AccountId])
            .update_column(useful_mark::Column::Card)
            .to_owned();
        useful_mark::Entity::insert(row)
            .on_conflict(keep)
            .exec_without_returning(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Counts a visitor to whom a card was useful.
    pub async fn count_useful_visitor(&self, card: CardId) -> Result<(), DbError> {
        let row = useful_count::ActiveModel {
            card: Set(card.0),
            visitors: Set(1),
        };
        let visitors = (useful_count::Entity, useful_count::Column::Visitors);
        let more = OnConflict::column(useful_count::Column::Card)
            .value(
                useful_count::Column::Visitors,
                Expr::col(visitors).add(1_i64),
            )
            .to_owned();
        useful_count::Entity::insert(row)
            .on_conflict(more)
            .exec_without_returning(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Returns to how many people a card was useful.
    pub async fn count_useful(&self, card: CardId) -> Result<u64, DbError> {
        let people = useful_mark::Entity::find()
            .filter(useful_mark::Column::Card.eq(card.0))
            .count(&self.read)
            .await
            .map_err(fault)?;
        let others = useful_count::Entity::find_by_id(card.0)
            .one(&self.read)
            .await
            .map_err(fault)?
            .map_or(0, |row| row.visitors);
        Ok(people.saturating_add(u64::try_from(others).unwrap_or(0)))
    }

    /// Tells whether a person said that a card was useful to them.
    pub async fn is_useful_to(&self, card: CardId, account: AccountId) -> Result<bool, DbError> {
        let mark = useful_mark::Entity::find_by_id((card.0, account.uuid()))
            .one(&self.read)
            .await;
        Ok(mark.map_err(fault)?.is_some())
    }

    /// Returns the cards that were useful to a person.
    pub async fn useful_to(&self, account: AccountId) -> Result<Vec<CardId>, DbError> {
        let rows = useful_mark::Entity::find()
            .filter(useful_mark::Column::AccountId.eq(account.uuid()))
            .order_by_asc(useful_mark::Column::Card)
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok(rows.into_iter().map(|row| CardId(row.card)).collect())
    }
}
