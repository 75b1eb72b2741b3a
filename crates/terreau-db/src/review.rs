//! Reviews: what people say of a revision, and exactly what they saw.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set};
use terreau_community::{AccountId, OrganisationName, ProposalState, Review, Verdict};

use crate::connect::{storable, stored};
use crate::entity::review::{ActiveModel, Column, Entity, Model};
use crate::entity::{account, proposal};
use crate::error::fault;
use crate::proposal::{column, event_of, number as kept_number, stale_or_missing};
use crate::{Db, DbError, Person, event, person};

/// A review to keep.
#[derive(Debug, Clone)]
pub struct NewReview {
    /// Who reviews.
    pub reviewer: AccountId,
    /// For which organisation.
    pub organisation: Option<OrganisationName>,
    /// What they say.
    pub verdict: Verdict,
    /// In their words.
    pub body: String,
    /// The commit of the revision that they read.
    pub head: String,
    /// The published commit on which it was made.
    pub base: String,
    /// The digest of the rules in force.
    pub rules: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A review that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Names it among all reviews.
    pub id: i64,
    /// Of which proposal.
    pub number: u64,
    /// Who reviewed, as they are now.
    pub reviewer: Person,
    /// For which organisation they reviewed.
    pub organisation: Option<OrganisationName>,
    /// What they said.
    pub verdict: Verdict,
    /// In their words.
    pub body: String,
    /// The commit of the revision that they read.
    pub head: String,
    /// The published commit on which it was made.
    pub base: String,
    /// The digest of the rules in force.
    pub rules: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl ReviewRow {
    /// Returns the review as [`standing`](terreau_community::standing) judges it.
    pub fn review(&self) -> Review {
        Review {
            reviewer: self.reviewer.id,
            organisation: self.organisation.clone(),
            role: self.reviewer.role,
            suspended: self.reviewer.suspended,
            verdict: self.verdict,
            head: self.head.clone(),
            base: self.base.clone(),
            rules: self.rules.clone(),
            at: self.at,
        }
    }
}

impl Db {
    /// Keeps a review of the present revision of an open proposal, and returns its identifier.
    ///
    /// # Errors
    /// `Stale` when the proposal is at another revision or no longer open, `Missing` when there is no such proposal.
    pub async fn add_review(&self, number: u64, new: NewReview) -> Result<i64, DbError> {
        let transaction = self.begin().await?;
        // The proposal's row is held until the end, so that no revision and no decision comes between.
        let held = proposal::Entity::update_many()
            .col_expr(proposal::Column::UpdatedAt, Expr::value(stored(new.at)))
            .filter(proposal::Column::Number.eq(column(number)))
            .filter(proposal::Column::State.eq(ProposalState::Open.as_str()))
            .filter(proposal::Column::Head.eq(new.head.as_str()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if held.rows_affected == 0 {
            return Err(stale_or_missing(&transaction, number).await?);
        }
        let row = ActiveModel {
            id: NotSet,
            number: Set(column(number)),
            reviewer: Set(new.reviewer.uuid()),
            organisation: Set(new.organisation.map(|name| name.to_string())),
            verdict: Set(new.verdict.as_str().to_owned()),
            body: Set(storable(&new.body)),
            head: Set(new.head),
            base: Set(new.base),
            rules: Set(new.rules),
            at: Set(stored(new.at)),
            revoked_at: Set(None),
            revoked_by: Set(None),
        };
        let kept = Entity::insert(row)
            .exec(&transaction)
            .await
            .map_err(fault)?;
        let mut event = event_of(number, "review", new.reviewer, new.at);
        event.detail = format!("{{\"verdict\":\"{}\"}}", new.verdict);
        event::add(&transaction, event).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(kept.last_insert_id)
    }

    /// Returns the reviews of a proposal, first first, but for those that were revoked.
    pub async fn reviews(&self, number: u64) -> Result<Vec<ReviewRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::Number.eq(column(number)))
            .filter(Column::RevokedAt.is_null())
            .find_also_related(account::Entity)
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await
            .map_err(fault)?;
        rows.into_iter()
            .map(|(row, account)| read(row, account))
            .collect()
    }

    /// Returns the reviews that a person gave, first first, revoked ones too.
    pub async fn reviews_by(&self, reviewer: AccountId) -> Result<Vec<ReviewRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::Reviewer.eq(reviewer.uuid()))
            .find_also_related(account::Entity)
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await
            .map_err(fault)?;
        rows.into_iter()
            .map(|(row, account)| read(row, account))
            .collect()
    }

    /// Revokes a review and those that the same person gave the proposal before, so that none of them counts again;
    /// `false` when it was revoked already or never was.
    pub async fn revoke_review(
        &self,
        id: i64,
        by: AccountId,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let found = Entity::find_by_id(id)
            .filter(Column::RevokedAt.is_null())
            .one(&transaction)
            .await
            .map_err(fault)?;
        let Some(review) = found else {
            return Ok(false);
        };
        let revoked = Entity::update_many()
            .col_expr(Column::RevokedAt, Expr::value(Some(stored(at))))
            .col_expr(Column::RevokedBy, Expr::value(Some(by.uuid())))
            .filter(Column::Number.eq(review.number))
            .filter(Column::Reviewer.eq(review.reviewer))
            .filter(Column::Id.lte(id))
            .filter(Column::RevokedAt.is_null())
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if revoked.rows_affected == 0 {
            return Ok(false);
        }
        let mut event = event_of(kept_number(review.number)?, "revoke-review", by, at);
        event.detail = format!("{{\"review\":{id}}}");
        event::add(&transaction, event).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }
}

fn read(row: Model, account: Option<account::Model>) -> Result<ReviewRow, DbError> {
    let odd = |column: &str| DbError::unusable(format!("review {}: odd {column}", row.id));
    Ok(ReviewRow {
        id: row.id,
        number: kept_number(row.number)?,
        reviewer: person::read(row.reviewer, account)?,
        organisation: row
            .organisation
            .as_deref()
            .map(OrganisationName::parse)
            .transpose()
            .map_err(|_| odd("organisation"))?,
        verdict: row.verdict.parse().map_err(|_| odd("verdict"))?,
        body: row.body,
        head: row.head,
        base: row.base,
        rules: row.rules,
        at: row.at,
    })
}
