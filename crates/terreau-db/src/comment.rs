//! Comments: what people say under cards, in threads of one level, and what moderators decided about them.

mod decide;
mod report;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, NotSet, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, Set,
};
use terreau_card::CardId;
use terreau_community::{AccountId, CommentState};

use crate::connect::{storable, stored};
use crate::entity::account;
use crate::entity::comment::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError, NewEvent, Person, event, person};

pub use decide::CommentDecision;
pub(crate) use decide::forget_unseen;
pub use report::{MAX_REPORTS, NewReport, ReportRow};

/// How many comments of one person wait at most.
pub const MAX_WAITING_BY_PERSON: u64 = 10;
/// How many comments wait at most, of everybody together.
pub const MAX_WAITING: u64 = 1_000;
/// How many comments one person makes in a day at most.
pub const MAX_COMMENTS_A_DAY: u64 = 100;

/// A comment to keep.
#[derive(Debug, Clone)]
pub struct NewComment {
    /// On which card.
    pub card: CardId,
    /// The first comment of the thread that it answers; none begins a thread.
    pub thread: Option<i64>,
    /// Who comments.
    pub author: AccountId,
    /// In their words.
    pub body: String,
    /// Whether it waits or is shown.
    pub state: CommentState,
    /// When.
    pub at: DateTime<Utc>,
}

/// A comment that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// Names it among all comments.
    pub id: i64,
    /// On which card.
    pub card: CardId,
    /// The first comment of its thread; none when it is that one.
    pub thread: Option<i64>,
    /// Who commented, as they are now.
    pub author: Person,
    /// In their words; nothing once they took it back.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Where it is in its life.
    pub state: CommentState,
    /// What a moderator asks or why they declined it, in their words.
    pub note: Option<String>,
    /// Which moderator asked or decided.
    pub decided_by: Option<AccountId>,
    /// When the thread that it begins was closed, if it is.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Db {
    /// Keeps a comment and returns its identifier.
    ///
    /// # Errors
    /// `Missing` when there is no such account, or no such thread that everyone sees on the card; `Stale` when the thread is
    /// closed; `Full` when the person, or everybody together, has too many.
    pub async fn add_comment(&self, new: NewComment) -> Result<i64, DbError> {
        let transaction = self.begin().await?;
        // Held, so that comments sent at the same moment are counted one after the other.
        account::Entity::find_by_id(new.author.uuid())
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        if let Some(thread) = new.thread {
            let root = Entity::find_by_id(thread)
                .filter(Column::Card.eq(new.card.0))
                .filter(Column::Thread.is_null())
                .filter(Column::State.eq(CommentState::Shown.as_str()))
                .one(&transaction)
                .await
                .map_err(fault)?
                .ok_or(DbError::Missing)?;
            if root.closed_at.is_some() {
                return Err(DbError::Stale);
            }
        }
        if is_full(&transaction, &new).await? {
            return Err(DbError::Full);
        }
        let row = ActiveModel {
            id: NotSet,
            card: Set(new.card.0),
            thread: Set(new.thread),
            author: Set(new.author.uuid()),
            body: Set(storable(&new.body)),
            at: Set(stored(new.at)),
            state: Set(new.state.as_str().to_owned()),
            note: Set(None),
            decided_by: Set(None),
            decided_at: Set(None),
            closed_by: Set(None),
            closed_at: Set(None),
        };
        let kept = Entity::insert(row)
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(kept.last_insert_id)
    }

    /// Returns the comments on a card in whatever state, first first; at most `limit`.
    pub async fn comments_on(&self, card: CardId, limit: u64) -> Result<Vec<CommentRow>, DbError> {
        let select = Entity::find()
            .filter(Column::Card.eq(card.0))
            .order_by_asc(Column::Id)
            .limit(limit);
        self.list_comments(select).await
    }

    /// Returns how many comments on a card everyone sees.
    pub async fn count_comments(&self, card: CardId) -> Result<u64, DbError> {
        Entity::find()
            .filter(Column::Card.eq(card.0))
            .filter(is_public())
            .count(&self.read)
            .await
            .map_err(fault)
    }

    /// Returns comments that everyone sees, those after an identifier, first first; at most `limit`.
    pub async fn public_comments(
        &self,
        after: i64,
        limit: u64,
    ) -> Result<Vec<CommentRow>, DbError> {
        let select = Entity::find()
            .filter(Column::Id.gt(after))
            .filter(is_public())
            .order_by_asc(Column::Id)
            .limit(limit);
        self.list_comments(select).await
    }

    /// Returns comments that everyone sees, those before an identifier when one is given, newest first; at most `limit`.
    pub async fn latest_public_comments(
        &self,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<CommentRow>, DbError> {
        let select = Entity::find()
            .filter(is_public())
            .order_by_desc(Column::Id)
            .limit(limit);
        let select = match before {
            Some(id) => select.filter(Column::Id.lt(id)),
            None => select,
        };
        self.list_comments(select).await
    }

    /// Returns what a person commented, first first.
    pub async fn comments_by(&self, author: AccountId) -> Result<Vec<CommentRow>, DbError> {
        let select = Entity::find()
            .filter(Column::Author.eq(author.uuid()))
            .order_by_asc(Column::Id);
        self.list_comments(select).await
    }

    /// Returns a comment.
    pub async fn comment(&self, id: i64) -> Result<Option<CommentRow>, DbError> {
        Ok(self.list_comments(Entity::find_by_id(id)).await?.pop())
    }

    /// Returns the comments that wait, oldest first; at most `limit`.
    pub async fn waiting_comments(&self, limit: u64) -> Result<Vec<CommentRow>, DbError> {
        let select = Entity::find()
            .filter(Column::State.eq(CommentState::Waiting.as_str()))
            .order_by_asc(Column::Id)
            .limit(limit);
        self.list_comments(select).await
    }

    /// Returns how many comments wait.
    pub async fn count_waiting_comments(&self) -> Result<u64, DbError> {
        Entity::find()
            .filter(Column::State.eq(CommentState::Waiting.as_str()))
            .count(&self.read)
            .await
            .map_err(fault)
    }

    async fn list_comments(&self, select: Select<Entity>) -> Result<Vec<CommentRow>, DbError> {
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

/// What everyone sees: shown, and not below a comment that a moderator took away.
fn is_public() -> Condition {
    let shown = |state: CommentState| Expr::col(Column::State).eq(state.as_str());
    let roots: SelectStatement = Query::select()
        .column(Column::Id)
        .from(Entity)
        .cond_where(
            Condition::any()
                .add(shown(CommentState::Shown))
                .add(shown(CommentState::Deleted)),
        )
        .take();
    Condition::all()
        .add(Column::State.eq(CommentState::Shown.as_str()))
        .add(
            Condition::any()
                .add(Column::Thread.is_null())
                .add(Column::Thread.in_subquery(roots)),
        )
}

async fn is_full(transaction: &DatabaseTransaction, new: &NewComment) -> Result<bool, DbError> {
    let own = Entity::find().filter(Column::Author.eq(new.author.uuid()));
    let today = own
        .clone()
        .filter(Column::At.gt(stored(new.at - TimeDelta::days(1))))
        .count(transaction)
        .await
        .map_err(fault)?;
    if today >= MAX_COMMENTS_A_DAY {
        return Ok(true);
    }
    if new.state != CommentState::Waiting {
        return Ok(false);
    }
    let waits = Column::State.eq(CommentState::Waiting.as_str());
    let own = own.filter(waits.clone()).count(transaction).await;
    let all = Entity::find().filter(waits).count(transaction).await;
    Ok(own.map_err(fault)? >= MAX_WAITING_BY_PERSON || all.map_err(fault)? >= MAX_WAITING)
}

/// Returns the event of an act on a comment.
fn event_of(id: i64, what: &str, by: AccountId, at: DateTime<Utc>) -> NewEvent {
    NewEvent {
        at,
        by: Some(by),
        what: what.to_owned(),
        about: format!("comment:{id}"),
        detail: "{}".to_owned(),
    }
}

async fn note(transaction: &DatabaseTransaction, new: NewEvent) -> Result<(), DbError> {
    event::add(transaction, new).await
}

fn read(row: Model, account: Option<account::Model>) -> Result<CommentRow, DbError> {
    let odd = || DbError::unusable(format!("comment {}: odd state", row.id));
    Ok(CommentRow {
        state: row.state.parse().map_err(|_| odd())?,
        author: person::read(row.author, account)?,
        id: row.id,
        card: CardId(row.card),
        thread: row.thread,
        body: row.body,
        at: row.at,
        note: row.note,
        decided_by: row.decided_by.map(AccountId::new),
        closed_at: row.closed_at,
    })
}
