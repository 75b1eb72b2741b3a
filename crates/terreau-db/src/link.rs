//! Links that open something to whoever holds them: mailed or printed.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use terreau_community::{AccountId, EmailAddress, Role};

use crate::connect::stored;
use crate::entity::link::{ActiveModel, Column, Entity, Model};
use crate::entity::{held, session};
use crate::error::fault;
use crate::{Db, DbError, SecretHash};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// Signs in the person to whose address it was sent.
    SignIn,
    /// Makes whoever uses it the first steward; printed when a node starts without one.
    FirstSteward,
    /// Makes an account for the person to whose address it was sent.
    Invitation {
        /// The role that they get.
        role: Role,
        /// Who invites them.
        by: AccountId,
    },
    /// Ends the letters of notices to its address; the only link that works any number of times.
    Unsubscribe,
}

const INVITATION: &str = "invitation";

impl LinkPurpose {
    fn as_str(self) -> &'static str {
        match self {
            LinkPurpose::SignIn => "sign-in",
            LinkPurpose::FirstSteward => "first-steward",
            LinkPurpose::Invitation { .. } => INVITATION,
            LinkPurpose::Unsubscribe => "unsubscribe",
        }
    }
}

/// A link that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// To whom it was sent; nobody for the printed link.
    pub email: Option<EmailAddress>,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
}

impl Db {
    /// Keeps a new link. A new link for the first steward takes the place of those printed before, a new invitation that of
    /// those sent to the same address.
    ///
    /// # Errors
    /// `Taken` when the hash is known already.
    pub async fn create_link(&self, hash: SecretHash, link: &Link) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        if link.purpose == LinkPurpose::FirstSteward {
            Entity::delete_many()
                .filter(Column::Purpose.eq(LinkPurpose::FirstSteward.as_str()))
                .exec(&transaction)
                .await
                .map_err(fault)?;
        }
        let invitation = match link.purpose {
            LinkPurpose::Invitation { role, by } => Some((role, by)),
            _ => None,
        };
        if let (Some(_), Some(email)) = (invitation, &link.email) {
            Entity::delete_many()
                .filter(Column::Purpose.eq(INVITATION))
                .filter(Column::Email.eq(email.as_str()))
                .exec(&transaction)
                .await
                .map_err(fault)?;
        }
        let row = ActiveModel {
            token_hash: Set(hash.to_column()),
            email: Set(link.email.as_ref().map(|email| email.as_str().to_owned())),
            purpose: Set(link.purpose.as_str().to_owned()),
            created_at: Set(stored(link.created_at)),
            expires_at: Set(stored(link.expires_at)),
            used_at: Set(None),
            role: Set(invitation.map(|(role, _)| role.as_str().to_owned())),
            invited_by: Set(invitation.map(|(_, by)| by.uuid())),
        };
        Entity::insert(row)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns a link that would still work, without using it: mail programs look at links before people do.
    pub async fn link(
        &self,
        hash: SecretHash,
        now: DateTime<Utc>,
    ) -> Result<Option<Link>, DbError> {
        let found = Entity::find_by_id(hash.to_column())
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(stored(now)))
            .one(&self.read)
            .await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Uses a link: of any number of attempts at once, exactly one gets it.
    pub async fn use_link(
        &self,
        hash: SecretHash,
        now: DateTime<Utc>,
    ) -> Result<Option<Link>, DbError> {
        let used = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(Some(stored(now))))
            .filter(Column::TokenHash.eq(hash.to_column()))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(stored(now)))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        if used.rows_affected == 0 {
            return Ok(None);
        }
        let found = Entity::find_by_id(hash.to_column()).one(&self.write).await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Returns the invitations that would still work, newest first.
    pub async fn invitations(&self, now: DateTime<Utc>) -> Result<Vec<Link>, DbError> {
        let rows = Entity::find()
            .filter(Column::Purpose.eq(INVITATION))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(stored(now)))
            .order_by_desc(Column::CreatedAt)
            .order_by_asc(Column::Email)
            .all(&self.read)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }

    /// Takes an invitation back; `false` when there is none that was not used.
    pub async fn withdraw_invitation(&self, email: &EmailAddress) -> Result<bool, DbError> {
        let withdrawn = Entity::delete_many()
            .filter(Column::Purpose.eq(INVITATION))
            .filter(Column::Email.eq(email.as_str()))
            .filter(Column::UsedAt.is_null())
            .exec(&self.write)
            .await
            .map_err(fault)?;
        Ok(withdrawn.rows_affected > 0)
    }

    /// Returns how many sign-in links were made for an address since a moment, so that nobody's mailbox is flooded.
    pub async fn links_since(
        &self,
        email: &EmailAddress,
        since: DateTime<Utc>,
    ) -> Result<u64, DbError> {
        Entity::find()
            .filter(Column::Email.eq(email.as_str()))
            .filter(Column::Purpose.eq(LinkPurpose::SignIn.as_str()))
            .filter(Column::CreatedAt.gte(stored(since)))
            .count(&self.read)
            .await
            .map_err(fault)
    }

    /// Forgets the links and the held changes that have expired, and the sessions that have, or were not seen for `idle`.
    /// Safe to repeat.
    pub async fn purge(&self, now: DateTime<Utc>, idle: TimeDelta) -> Result<(), DbError> {
        Entity::delete_many()
            .filter(Column::ExpiresAt.lte(stored(now)))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        held::Entity::delete_many()
            .filter(held::Column::ExpiresAt.lte(stored(now)))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        self.forget_tallies(&now.date_naive().to_string()).await?;
        session::Entity::delete_many()
            .filter(
                session::Column::ExpiresAt
                    .lte(stored(now))
                    .or(session::Column::LastSeenAt.lte(stored(now - idle))),
            )
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }
}

fn read(row: Model) -> Result<Link, DbError> {
    let odd = |column: &str| DbError::unusable(format!("a sign-in link: odd {column}"));
    let purpose = match (row.purpose.as_str(), &row.role, row.invited_by) {
        (INVITATION, Some(role), Some(by)) => LinkPurpose::Invitation {
            role: role.parse().map_err(|_| odd("role"))?,
            by: AccountId::new(by),
        },
        (word, _, _) => [
            LinkPurpose::SignIn,
            LinkPurpose::FirstSteward,
            LinkPurpose::Unsubscribe,
        ]
        .into_iter()
        .find(|purpose| purpose.as_str() == word)
        .ok_or_else(|| odd("purpose"))?,
    };
    let email = row
        .email
        .as_deref()
        .map(EmailAddress::parse)
        .transpose()
        .map_err(|_| odd("email"))?;
    Ok(Link {
        email,
        purpose,
        created_at: row.created_at,
        expires_at: row.expires_at,
    })
}
