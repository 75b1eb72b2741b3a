//! What becomes of a comment. Each decision is one transaction with its event, and of any number of attempts on the same state
//! exactly one wins.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use terreau_community::{AccountId, CommentState};

use super::{event_of, note};
use crate::connect::{storable, stored};
use crate::entity::comment::{Column, Entity};
use crate::entity::comment_report;
use crate::error::fault;
use crate::{Db, DbError, account};

/// What a moderator decides about a comment.
#[derive(Debug, Clone)]
pub struct CommentDecision {
    /// The state in which it must be.
    pub from: CommentState,
    /// The state into which it goes; the same when something is asked.
    pub to: CommentState,
    /// What is asked, or why it is declined, in their words.
    pub note: Option<String>,
    /// Who decides.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

impl CommentDecision {
    fn event(&self) -> &'static str {
        match (self.from, self.to) {
            (CommentState::Waiting, CommentState::Waiting) => "ask-comment",
            (_, CommentState::Shown) => "show-comment",
            (CommentState::Waiting, _) => "decline-comment",
            _ => "remove-comment",
        }
    }
}

impl Db {
    /// Decides about a comment; `false` when it is no longer in the state that was decided on. Whoever has one shown is known
    /// from then on; what was said against one that goes is settled.
    pub async fn decide_comment(
        &self,
        id: i64,
        decision: CommentDecision,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let decided = Entity::update_many()
            .col_expr(Column::State, Expr::value(decision.to.as_str()))
            .col_expr(
                Column::Note,
                Expr::value(decision.note.as_deref().map(storable)),
            )
            .col_expr(Column::DecidedBy, Expr::value(Some(decision.by.uuid())))
            .col_expr(Column::DecidedAt, Expr::value(Some(stored(decision.at))))
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq(decision.from.as_str()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if decided.rows_affected == 0 {
            return Ok(false);
        }
        if decision.to == CommentState::Shown {
            let row = Entity::find_by_id(id).one(&transaction).await;
            let row = row.map_err(fault)?.ok_or(DbError::Missing)?;
            account::make_known(&transaction, AccountId::new(row.author)).await?;
        } else if decision.to == CommentState::Declined {
            forget_reports(&transaction, id).await?;
        }
        let event = event_of(id, decision.event(), decision.by, decision.at);
        note(&transaction, event).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }

    /// Writes a comment that waits anew, as its author answers what was asked; `false` when it does not wait.
    pub async fn rewrite_comment(&self, id: i64, body: &str) -> Result<bool, DbError> {
        let changed = Entity::update_many()
            .col_expr(Column::Body, Expr::value(storable(body)))
            .col_expr(Column::Note, Expr::value(None::<String>))
            .filter(Column::Id.eq(id))
            .filter(Column::State.eq(CommentState::Waiting.as_str()))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        Ok(changed.rows_affected > 0)
    }

    /// Takes a comment back: nothing of it is kept but its place in its thread; `false` when it was taken back already.
    pub async fn delete_comment(&self, id: i64) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let changed = Entity::update_many()
            .col_expr(Column::State, Expr::value(CommentState::Deleted.as_str()))
            .col_expr(Column::Body, Expr::value(""))
            .col_expr(Column::Note, Expr::value(None::<String>))
            .filter(Column::Id.eq(id))
            .filter(Column::State.ne(CommentState::Deleted.as_str()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        forget_reports(&transaction, id).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(changed.rows_affected > 0)
    }

    /// Closes a thread to answers, or opens it again; `false` when it was so already or there is no such thread.
    pub async fn close_comments(
        &self,
        thread: i64,
        by: AccountId,
        at: DateTime<Utc>,
        closed: bool,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let (before, what) = if closed {
            (Column::ClosedAt.is_null(), "close-comments")
        } else {
            (Column::ClosedAt.is_not_null(), "reopen-comments")
        };
        let changed = Entity::update_many()
            .col_expr(Column::ClosedAt, Expr::value(closed.then(|| stored(at))))
            .col_expr(Column::ClosedBy, Expr::value(closed.then(|| by.uuid())))
            .filter(Column::Id.eq(thread))
            .filter(Column::Thread.is_null())
            .filter(before)
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        note(&transaction, event_of(thread, what, by, at)).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }
}

/// Forgets what a person commented and nobody else sees; its place in a thread stays.
pub(crate) async fn forget_unseen(
    transaction: &DatabaseTransaction,
    author: AccountId,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(CommentState::Deleted.as_str()))
        .col_expr(Column::Body, Expr::value(""))
        .col_expr(Column::Note, Expr::value(None::<String>))
        .filter(Column::Author.eq(author.uuid()))
        .filter(Column::State.ne(CommentState::Shown.as_str()))
        .exec(transaction)
        .await
        .map(drop)
        .map_err(fault)
}

/// Forgets what was said against a comment.
pub(super) async fn forget_reports(
    transaction: &DatabaseTransaction,
    comment: i64,
) -> Result<u64, DbError> {
    let gone = comment_report::Entity::delete_many()
        .filter(comment_report::Column::Comment.eq(comment))
        .exec(transaction)
        .await
        .map_err(fault)?;
    Ok(gone.rows_affected)
}
