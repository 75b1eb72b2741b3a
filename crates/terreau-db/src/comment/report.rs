//! What people say against comments, until a moderator looked.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use terreau_community::{AccountId, CommentState};

use super::decide::forget_reports;
use super::{event_of, note};
use crate::connect::{storable, stored};
use crate::entity::comment;
use crate::entity::comment_report::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{CommentRow, Db, DbError};

/// How many reports of one comment are kept.
pub const MAX_REPORTS: u64 = 20;

/// What somebody says against a comment.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// Which comment.
    pub comment: i64,
    /// Who; nobody without an account.
    pub account: Option<AccountId>,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was said against a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Who; nobody without an account.
    pub account: Option<AccountId>,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Db {
    /// Keeps what somebody says against a comment.
    ///
    /// # Errors
    /// `Missing` when no such comment is shown, `Taken` when the person said so already, `Full` when enough others did.
    pub async fn report_comment(&self, new: NewReport) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        comment::Entity::find_by_id(new.comment)
            .filter(comment::Column::State.eq(CommentState::Shown.as_str()))
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        let all = Entity::find().filter(Column::Comment.eq(new.comment));
        if let Some(account) = new.account {
            let own = all.clone().filter(Column::AccountId.eq(account.uuid()));
            if own.count(&transaction).await.map_err(fault)? > 0 {
                return Err(DbError::Taken);
            }
        }
        if all.count(&transaction).await.map_err(fault)? >= MAX_REPORTS {
            return Err(DbError::Full);
        }
        let row = ActiveModel {
            id: NotSet,
            comment: Set(new.comment),
            account_id: Set(new.account.map(AccountId::uuid)),
            reason: Set(storable(&new.reason)),
            at: Set(stored(new.at)),
        };
        Entity::insert(row)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns the comments that somebody spoke against, with what was said, those reported first first; at most `limit`.
    pub async fn reported_comments(
        &self,
        limit: u64,
    ) -> Result<Vec<(CommentRow, Vec<ReportRow>)>, DbError> {
        let rows = Entity::find()
            .order_by_asc(Column::Id)
            .limit(limit.saturating_mul(MAX_REPORTS))
            .all(&self.read)
            .await
            .map_err(fault)?;
        let mut reported: Vec<(CommentRow, Vec<ReportRow>)> = Vec::new();
        for row in rows {
            let id = row.comment;
            let known = reported.iter().position(|(one, _)| one.id == id);
            if let Some(place) = known {
                reported[place].1.push(report(row));
            } else if (reported.len() as u64) < limit
                && let Some(comment) = self.comment(id).await?
            {
                reported.push((comment, vec![report(row)]));
            }
        }
        Ok(reported)
    }

    /// Returns what a person said against comments, each with the comment, first first.
    pub async fn reports_by(&self, account: AccountId) -> Result<Vec<(i64, ReportRow)>, DbError> {
        let rows = Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok(rows
            .into_iter()
            .map(|row| (row.comment, report(row)))
            .collect())
    }

    /// Returns how many comments somebody spoke against.
    pub async fn count_reported_comments(&self) -> Result<u64, DbError> {
        Entity::find()
            .select_only()
            .column(Column::Comment)
            .distinct()
            .count(&self.read)
            .await
            .map_err(fault)
    }

    /// Keeps a comment that somebody spoke against, and forgets what they said; `false` when nobody did.
    pub async fn keep_comment(
        &self,
        id: i64,
        by: AccountId,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        if forget_reports(&transaction, id).await? == 0 {
            return Ok(false);
        }
        note(&transaction, event_of(id, "keep-comment", by, at)).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }
}

fn report(row: Model) -> ReportRow {
    ReportRow {
        account: row.account_id.map(AccountId::new),
        reason: row.reason,
        at: row.at,
    }
}
