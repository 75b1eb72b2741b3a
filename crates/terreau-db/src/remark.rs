//! Remarks: what people say about a proposal, in threads on the whole or on a paragraph.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use terreau_community::AccountId;

use crate::connect::{storable, stored};
use crate::entity::remark::{ActiveModel, Column, Entity, Model};
use crate::entity::{account, proposal};
use crate::error::fault;
use crate::proposal::{column, event_of, number as kept_number};
use crate::{Db, DbError, Person, event, person};

/// The paragraph on which a thread begins, kept so that it is found again when the text moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The paragraph, or its beginning.
    pub excerpt: String,
    /// What stands for the whole paragraph.
    pub hash: String,
}

/// A remark to keep.
#[derive(Debug, Clone)]
pub struct NewRemark {
    /// On which proposal.
    pub number: u64,
    /// The first remark of the thread that it answers; none begins a thread.
    pub thread: Option<i64>,
    /// The revision that its author read.
    pub revision: u32,
    /// The paragraph; none for the whole proposal.
    pub place: Option<Place>,
    /// Who remarks.
    pub author: AccountId,
    /// In their words.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A remark that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkRow {
    /// Names it among all remarks.
    pub id: i64,
    /// On which proposal.
    pub number: u64,
    /// The first remark of its thread; none when it is that one.
    pub thread: Option<i64>,
    /// The revision that its author read.
    pub revision: u32,
    /// The paragraph; none for the whole proposal.
    pub place: Option<Place>,
    /// Who remarked, as they are now.
    pub author: Person,
    /// In their words.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When the thread that it begins was settled, if it is.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Who settled it.
    pub resolved_by: Option<AccountId>,
}

impl Db {
    /// Keeps a remark and returns its identifier.
    ///
    /// # Errors
    /// `Missing` when there is no such proposal, or no such thread in it.
    pub async fn add_remark(&self, new: NewRemark) -> Result<i64, DbError> {
        let revision = i32::try_from(new.revision).map_err(|_| DbError::Missing)?;
        let transaction = self.begin().await?;
        let known = proposal::Entity::update_many()
            .col_expr(proposal::Column::UpdatedAt, Expr::value(stored(new.at)))
            .filter(proposal::Column::Number.eq(column(new.number)))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if known.rows_affected == 0 {
            return Err(DbError::Missing);
        }
        if let Some(thread) = new.thread {
            Entity::find_by_id(thread)
                .filter(Column::Number.eq(column(new.number)))
                .filter(Column::Thread.is_null())
                .one(&transaction)
                .await
                .map_err(fault)?
                .ok_or(DbError::Missing)?;
        }
        let (file, excerpt, hash) = match new.place {
            Some(place) => (Some(place.file), Some(place.excerpt), Some(place.hash)),
            None => (None, None, None),
        };
        let row = ActiveModel {
            id: NotSet,
            number: Set(column(new.number)),
            thread: Set(new.thread),
            revision: Set(revision),
            file: Set(file.as_deref().map(storable)),
            excerpt: Set(excerpt.as_deref().map(storable)),
            hash: Set(hash.as_deref().map(storable)),
            author: Set(new.author.uuid()),
            body: Set(storable(&new.body)),
            at: Set(stored(new.at)),
            resolved_at: Set(None),
            resolved_by: Set(None),
        };
        let kept = Entity::insert(row)
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(kept.last_insert_id)
    }

    /// Returns the remarks on a proposal, first first.
    pub async fn remarks(&self, number: u64) -> Result<Vec<RemarkRow>, DbError> {
        let select = Entity::find()
            .filter(Column::Number.eq(column(number)))
            .order_by_asc(Column::Id);
        self.list_remarks(select).await
    }

    /// Returns what was remarked on some proposals, newest first; at most `limit`.
    pub async fn remarks_on(&self, numbers: &[u64], limit: u64) -> Result<Vec<RemarkRow>, DbError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let select = Entity::find()
            .filter(Column::Number.is_in(numbers.iter().map(|one| column(*one))))
            .order_by_desc(Column::Id)
            .limit(limit);
        self.list_remarks(select).await
    }

    /// Returns what a person remarked, on whatever proposal, first first.
    pub async fn remarks_by(&self, author: AccountId) -> Result<Vec<RemarkRow>, DbError> {
        let select = Entity::find()
            .filter(Column::Author.eq(author.uuid()))
            .order_by_asc(Column::Id);
        self.list_remarks(select).await
    }

    /// Returns a remark.
    pub async fn remark(&self, id: i64) -> Result<Option<RemarkRow>, DbError> {
        Ok(self.list_remarks(Entity::find_by_id(id)).await?.pop())
    }

    /// Says that a thread is settled, or opens it again; `false` when it was so already or there is no such thread.
    pub async fn resolve(
        &self,
        thread: i64,
        by: AccountId,
        at: DateTime<Utc>,
        resolved: bool,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let (before, what) = if resolved {
            (Column::ResolvedAt.is_null(), "settle-thread")
        } else {
            (Column::ResolvedAt.is_not_null(), "reopen-thread")
        };
        let changed = Entity::update_many()
            .col_expr(
                Column::ResolvedAt,
                Expr::value(resolved.then(|| stored(at))),
            )
            .col_expr(Column::ResolvedBy, Expr::value(resolved.then(|| by.uuid())))
            .filter(Column::Id.eq(thread))
            .filter(Column::Thread.is_null())
            .filter(before)
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        let root = Entity::find_by_id(thread)
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        let mut event = event_of(kept_number(root.number)?, what, by, at);
        event.detail = format!("{{\"thread\":{thread}}}");
        event::add(&transaction, event).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }

    async fn list_remarks(&self, select: Select<Entity>) -> Result<Vec<RemarkRow>, DbError> {
        let rows = select
            .find_also_related(account::Entity)
            .all(&self.read)
            .await
            .map_err(fault)?;
        rows.into_iter()
            .map(|(row, account)| read(row, account))
            .collect()
    }
}

fn read(row: Model, account: Option<account::Model>) -> Result<RemarkRow, DbError> {
    let revision = u32::try_from(row.revision)
        .map_err(|_| DbError::unusable(format!("remark {}: odd revision", row.id)))?;
    let place = match (row.file, row.excerpt, row.hash) {
        (Some(file), Some(excerpt), Some(hash)) => Some(Place {
            file,
            excerpt,
            hash,
        }),
        _ => None,
    };
    Ok(RemarkRow {
        id: row.id,
        number: kept_number(row.number)?,
        thread: row.thread,
        revision,
        place,
        author: person::read(row.author, account)?,
        body: row.body,
        at: row.at,
        resolved_at: row.resolved_at,
        resolved_by: row.resolved_by.map(AccountId::new),
    })
}
