//! The journal: who did what, when. It only grows.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};
use terreau_community::AccountId;

use crate::connect::{storable, stored};
use crate::entity::account;
use crate::entity::event::{ActiveModel, Column, Entity};
use crate::error::fault;
use crate::{Db, DbError, Person, person};

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody for the program itself.
    pub by: Option<AccountId>,
    /// What, in one word such as `publish-proposal`.
    pub what: String,
    /// To what, such as `proposal:12` or `account:<uuid>`.
    pub about: String,
    /// More of it, as JSON; `{}` when there is nothing to add. Never an address: stewards read it.
    pub detail: String,
}

/// Something that somebody did, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Its place in the journal.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody for the program itself.
    pub by: Option<Person>,
    /// What, in one word.
    pub what: String,
    /// To what.
    pub about: String,
    /// More of it, as JSON.
    pub detail: String,
}

impl Db {
    /// Adds to the journal. Proposals, revisions, reviews and decisions come with their events already.
    pub async fn add_event(&self, event: NewEvent) -> Result<(), DbError> {
        add(&self.write, event).await
    }

    /// Returns the newest events, newest first, those before a place in the journal when it is given.
    pub async fn events(&self, limit: u64, before: Option<i64>) -> Result<Vec<EventRow>, DbError> {
        let mut select = Entity::find();
        if let Some(id) = before {
            select = select.filter(Column::Id.lt(id));
        }
        let rows = select
            .find_also_related(account::Entity)
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(&self.read)
            .await
            .map_err(fault)?;
        rows.into_iter()
            .map(|(row, account)| {
                let by = row.by.map(|id| person::read(id, account)).transpose()?;
                Ok(EventRow {
                    id: row.id,
                    at: row.at,
                    by,
                    what: row.what,
                    about: row.about,
                    detail: row.detail,
                })
            })
            .collect()
    }
}

/// Adds to the journal within a transaction, so that an act and its event are kept or lost together.
pub(crate) async fn add(db: &impl ConnectionTrait, event: NewEvent) -> Result<(), DbError> {
    let row = ActiveModel {
        id: NotSet,
        at: Set(stored(event.at)),
        by: Set(event.by.map(AccountId::uuid)),
        what: Set(storable(&event.what)),
        about: Set(storable(&event.about)),
        detail: Set(storable(&event.detail)),
    };
    Entity::insert(row)
        .exec_without_returning(db)
        .await
        .map(drop)
        .map_err(fault)
}
