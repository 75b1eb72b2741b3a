//! What changes a proposal: its first words, a revision, a decision. Each is one transaction with its event, and of any
//! number of attempts on the same state exactly one wins.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
};
use terreau_community::{AccountId, ProposalState};

use super::{ProposalFile, about, column};
use crate::connect::{storable, stored};
use crate::entity::proposal::{ActiveModel, Column, Entity};
use crate::entity::{counter, proposal_file, revision};
use crate::error::fault;
use crate::event::{self, NewEvent};
use crate::{Db, DbError, account};

/// The counter of the numbers of proposals.
const PROPOSALS: &str = "proposals";

/// A proposal to keep, with its first revision.
#[derive(Debug, Clone)]
pub struct NewProposal {
    /// A number that [`Db::reserve_proposal`] gave.
    pub number: u64,
    /// Who proposes.
    pub author: AccountId,
    /// What lists call it.
    pub title: String,
    /// Why, in the author's words; also the message of the first revision.
    pub reason: String,
    /// The published commit on which it is made.
    pub base: String,
    /// The commit of its first revision.
    pub head: String,
    /// The files that it touches.
    pub files: Vec<ProposalFile>,
    /// The key of the request that made it: the same request never makes two. Callers put the account into it.
    pub request_key: Option<String>,
    /// Whether it waits for somebody to look at it.
    pub held: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// A further revision to keep.
#[derive(Debug, Clone)]
pub struct NewRevision {
    /// Who wrote it.
    pub author: AccountId,
    /// The published commit on which it is made.
    pub base: String,
    /// Its commit.
    pub head: String,
    /// The files that the proposal now touches.
    pub files: Vec<ProposalFile>,
    /// What its author says of it.
    pub message: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What becomes of a proposal.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The state in which it must be.
    pub from: ProposalState,
    /// The commit of the revision that was decided on: it must be the present one.
    pub head: String,
    /// The state into which it goes.
    pub to: ProposalState,
    /// Who decides.
    pub by: AccountId,
    /// Why, in their words.
    pub reason: Option<String>,
    /// The commit that published it.
    pub published: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Db {
    /// Returns a number for a new proposal, greater than `above` and than any given before, also before a crash. Holes in
    /// the numbers mean nothing. Callers give the greatest number that git knows: an old backup may have been restored.
    pub async fn reserve_proposal(&self, above: u64) -> Result<u64, DbError> {
        let transaction = self.begin().await?;
        let counter = counter::Entity::find_by_id(PROPOSALS)
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or_else(|| DbError::unusable("the proposals have no counter"))?;
        let number = super::number(counter.last)?.max(above).saturating_add(1);
        let last = i64::try_from(number)
            .map_err(|_| DbError::unusable("there are no numbers left for proposals"))?;
        counter::Entity::update_many()
            .col_expr(counter::Column::Last, Expr::value(last))
            .filter(counter::Column::Name.eq(PROPOSALS))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(number)
    }

    /// Keeps a new proposal, open, with its first revision.
    ///
    /// # Errors
    /// `Taken` when its number has a proposal already, or its request made one.
    pub async fn add_proposal(&self, new: NewProposal) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        let row = ActiveModel {
            number: Set(column(new.number)),
            author: Set(new.author.uuid()),
            title: Set(storable(&new.title)),
            reason: Set(storable(&new.reason)),
            state: Set(ProposalState::Open.as_str().to_owned()),
            base: Set(new.base.clone()),
            head: Set(new.head.clone()),
            revision: Set(1),
            created_at: Set(stored(new.at)),
            updated_at: Set(stored(new.at)),
            decided_at: Set(None),
            decided_by: Set(None),
            decision: Set(None),
            published: Set(None),
            request_key: Set(new.request_key.as_deref().map(storable)),
            held: Set(new.held),
        };
        Entity::insert(row)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        let first = NewRevision {
            author: new.author,
            base: new.base,
            head: new.head,
            files: new.files,
            message: new.reason,
            at: new.at,
        };
        keep_revision(&transaction, new.number, 1, first).await?;
        let event = event_of(new.number, "propose", new.author, new.at);
        event::add(&transaction, event).await?;
        transaction.commit().await.map_err(fault)
    }

    /// Adds a revision to an open proposal whose present revision is `after`, and returns its number.
    ///
    /// # Errors
    /// `Stale` when there is another revision or the proposal is no longer open, `Missing` when there is no such proposal.
    pub async fn add_revision(
        &self,
        number: u64,
        after: u32,
        new: NewRevision,
    ) -> Result<u32, DbError> {
        let (Ok(present), Some(next)) = (i32::try_from(after), after.checked_add(1)) else {
            return Err(DbError::Stale);
        };
        let transaction = self.begin().await?;
        let moved = Entity::update_many()
            .col_expr(Column::Revision, Expr::value(present.saturating_add(1)))
            .col_expr(Column::Base, Expr::value(new.base.as_str()))
            .col_expr(Column::Head, Expr::value(new.head.as_str()))
            .col_expr(Column::UpdatedAt, Expr::value(stored(new.at)))
            .filter(Column::Number.eq(column(number)))
            .filter(Column::State.eq(ProposalState::Open.as_str()))
            .filter(Column::Revision.eq(present))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if moved.rows_affected == 0 {
            return Err(stale_or_missing(&transaction, number).await?);
        }
        proposal_file::Entity::delete_many()
            .filter(proposal_file::Column::Number.eq(column(number)))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        let mut event = event_of(number, "revise", new.author, new.at);
        event.detail = format!("{{\"revision\":{next}}}");
        keep_revision(&transaction, number, present.saturating_add(1), new).await?;
        event::add(&transaction, event).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(next)
    }

    /// Lets everyone see a held proposal; `false` when everyone sees it already. Its proposer is
    /// known from then on.
    pub async fn show_proposal(
        &self,
        number: u64,
        by: AccountId,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let shown = Entity::update_many()
            .col_expr(Column::Held, Expr::value(false))
            .filter(Column::Number.eq(column(number)))
            .filter(Column::Held.eq(true))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if shown.rows_affected == 0 {
            return Ok(false);
        }
        let row = Entity::find_by_id(column(number)).one(&transaction).await;
        let row = row.map_err(fault)?.ok_or(DbError::Missing)?;
        account::make_known(&transaction, AccountId::new(row.author)).await?;
        event::add(&transaction, event_of(number, "show-proposal", by, at)).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }

    /// Decides on a proposal; `false` when it is no longer in the state or at the revision that was decided on.
    pub async fn decide(&self, number: u64, decision: Decision) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let decided = Entity::update_many()
            .col_expr(Column::State, Expr::value(decision.to.as_str()))
            .col_expr(Column::UpdatedAt, Expr::value(stored(decision.at)))
            .col_expr(Column::DecidedAt, Expr::value(Some(stored(decision.at))))
            .col_expr(Column::DecidedBy, Expr::value(Some(decision.by.uuid())))
            .col_expr(
                Column::Decision,
                Expr::value(decision.reason.as_deref().map(storable)),
            )
            .col_expr(Column::Published, Expr::value(decision.published))
            .col_expr(
                Column::Held,
                match decision.to {
                    // What is published is for everyone.
                    ProposalState::Published => Expr::value(false),
                    _ => Expr::col(Column::Held),
                },
            )
            .filter(Column::Number.eq(column(number)))
            .filter(Column::State.eq(decision.from.as_str()))
            .filter(Column::Head.eq(decision.head))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if decided.rows_affected == 0 {
            return Ok(false);
        }
        let what = match decision.to {
            ProposalState::Open => "reopen-proposal",
            ProposalState::Published => "publish-proposal",
            ProposalState::Declined => "decline-proposal",
            ProposalState::Withdrawn => "withdraw-proposal",
        };
        event::add(
            &transaction,
            event_of(number, what, decision.by, decision.at),
        )
        .await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }
}

/// Tells why no open proposal was as it should be: it is not now, or never was.
pub(crate) async fn stale_or_missing(
    transaction: &DatabaseTransaction,
    number: u64,
) -> Result<DbError, DbError> {
    let known = Entity::find_by_id(column(number)).count(transaction).await;
    Ok(match known.map_err(fault)? {
        0 => DbError::Missing,
        _ => DbError::Stale,
    })
}

/// Returns the event of an act on a proposal.
pub(crate) fn event_of(number: u64, what: &str, by: AccountId, at: DateTime<Utc>) -> NewEvent {
    NewEvent {
        at,
        by: Some(by),
        what: what.to_owned(),
        about: about(number),
        detail: "{}".to_owned(),
    }
}

async fn keep_revision(
    transaction: &DatabaseTransaction,
    number: u64,
    revision: i32,
    new: NewRevision,
) -> Result<(), DbError> {
    let row = revision::ActiveModel {
        number: Set(column(number)),
        revision: Set(revision),
        author: Set(new.author.uuid()),
        base: Set(new.base),
        head: Set(new.head),
        message: Set(storable(&new.message)),
        at: Set(stored(new.at)),
    };
    revision::Entity::insert(row)
        .exec_without_returning(transaction)
        .await
        .map_err(fault)?;
    let files = new
        .files
        .into_iter()
        .map(|file| proposal_file::ActiveModel {
            number: Set(column(number)),
            path: Set(file.path),
            old_path: Set(file.old_path),
            kind_of_change: Set(file.change.as_str().to_owned()),
        });
    proposal_file::Entity::insert_many(files)
        .exec_without_returning(transaction)
        .await
        .map(drop)
        .map_err(fault)
}
