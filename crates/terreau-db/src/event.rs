//! The journal: who did what, when. It only grows.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, Set,
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

/// Which events are asked for; each thing that is given narrows the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Those that are one of these things; any when there are none.
    pub what: Vec<String>,
    /// What this person did.
    pub by: Option<AccountId>,
    /// What was done to this.
    pub about: Option<String>,
    /// Those before a place in the journal.
    pub before: Option<i64>,
}

impl Db {
    /// Adds to the journal. Proposals, revisions, reviews and decisions come with their events already.
    pub async fn add_event(&self, event: NewEvent) -> Result<(), DbError> {
        add(&self.write, event).await
    }

    /// Returns the newest events, newest first, those before a place in the journal when it is given.
    pub async fn events(&self, limit: u64, before: Option<i64>) -> Result<Vec<EventRow>, DbError> {
        let filter = EventFilter {
            before,
            ..EventFilter::default()
        };
        self.journal(&filter, limit).await
    }

    /// Returns the newest events that are asked for, newest first.
    pub async fn journal(
        &self,
        filter: &EventFilter,
        limit: u64,
    ) -> Result<Vec<EventRow>, DbError> {
        let what = filter.what.iter().map(String::as_str);
        let condition = Condition::all()
            .add_option((!filter.what.is_empty()).then(|| Column::What.is_in(what)))
            .add_option(filter.by.map(|by| Column::By.eq(by.uuid())))
            .add_option(
                filter
                    .about
                    .as_deref()
                    .map(|about| Column::About.eq(storable(about))),
            )
            .add_option(filter.before.map(|id| Column::Id.lt(id)));
        let select = Entity::find().filter(condition);
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
