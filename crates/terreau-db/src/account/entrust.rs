//! What becomes of an account: its role, a suspension, its end. Each is one transaction with its event, and none leaves the
//! commons without a steward.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use terreau_community::{AccountId, Role};
use uuid::Uuid;

use crate::connect::stored;
use crate::entity::account::{Column, Entity, Model};
use crate::entity::{self, link, session, token};
use crate::error::fault;
use crate::event::{self, NewEvent};
use crate::{Db, DbError, comment};

impl Db {
    /// Gives a person a role; `false`, and nothing changes, when somebody would take the last steward's.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn entrust(
        &self,
        id: AccountId,
        role: Role,
        by: Option<AccountId>,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let others = other_stewards(&transaction, id).await?;
        let before = held(&transaction, id).await?;
        // Whoever is entrusted with a role is no stranger.
        super::make_known(&transaction, id).await?;
        if before.role == role.as_str() {
            transaction.commit().await.map_err(fault)?;
            return Ok(true);
        }
        if by.is_some() && is_last_steward(&before, others) {
            return Ok(false);
        }
        Entity::update_many()
            .col_expr(Column::Role, Expr::value(role.as_str()))
            .filter(Column::Id.eq(id.uuid()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        let detail = format!("{{\"from\":\"{}\",\"to\":\"{role}\"}}", before.role);
        event::add(&transaction, event_of(id, "set-role", by, at, detail)).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }

    /// Suspends a person: their sessions end and their tokens are revoked; or ends the suspension. `false`, and nothing
    /// changes, when it is the last steward.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn suspend(
        &self,
        id: AccountId,
        suspended: bool,
        by: Option<AccountId>,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let others = other_stewards(&transaction, id).await?;
        let before = held(&transaction, id).await?;
        if before.suspended == suspended {
            return Ok(true);
        }
        if suspended && is_last_steward(&before, others) {
            return Ok(false);
        }
        Entity::update_many()
            .col_expr(Column::Suspended, Expr::value(suspended))
            .filter(Column::Id.eq(id.uuid()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if suspended {
            session::Entity::delete_many()
                .filter(session::Column::AccountId.eq(id.uuid()))
                .exec(&transaction)
                .await
                .map_err(fault)?;
            let revoked = Expr::col(token::Column::RevokedAt).if_null(stored(at));
            token::Entity::update_many()
                .col_expr(token::Column::RevokedAt, revoked)
                .filter(token::Column::AccountId.eq(id.uuid()))
                .exec(&transaction)
                .await
                .map_err(fault)?;
        }
        let what = if suspended {
            "suspend"
        } else {
            "lift-suspension"
        };
        event::add(&transaction, event_of(id, what, by, at, "{}".to_owned())).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }

    /// Remembers whether a person asked that their name be hidden.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn set_hides_name(
        &self,
        id: AccountId,
        hidden: bool,
        at: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        let before = held(&transaction, id).await?;
        if before.hides_name == hidden {
            return Ok(());
        }
        Entity::update_many()
            .col_expr(Column::HidesName, Expr::value(hidden))
            .filter(Column::Id.eq(id.uuid()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        let what = if hidden { "hide-name" } else { "show-name" };
        let event = event_of(id, what, Some(id), at, "{}".to_owned());
        event::add(&transaction, event).await?;
        transaction.commit().await.map_err(fault)
    }

    /// Forgets a person: the account with its sessions, tokens, identities, drafts, notices and watches, the links sent to its
    /// address, and what waits to be confirmed by it. What they proposed, remarked and reviewed stays, with nobody's name. `false`, and nothing changes, when it
    /// is the last steward.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn delete_account(&self, id: AccountId, at: DateTime<Utc>) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let others = other_stewards(&transaction, id).await?;
        let account = held(&transaction, id).await?;
        if is_last_steward(&account, others) {
            return Ok(false);
        }
        link::Entity::delete_many()
            .filter(link::Column::Email.eq(account.email.as_str()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        entity::held::Entity::delete_many()
            .filter(entity::held::Column::Email.eq(account.email.as_str()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        entity::try_out::Entity::delete_many()
            .filter(entity::try_out::Column::Email.eq(account.email.as_str()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        entity::private_remark::Entity::delete_many()
            .filter(entity::private_remark::Column::Email.eq(account.email.as_str()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        comment::forget_unseen(&transaction, id).await?;
        Entity::delete_by_id(id.uuid())
            .exec(&transaction)
            .await
            .map_err(fault)?;
        let event = event_of(id, "delete-account", Some(id), at, "{}".to_owned());
        event::add(&transaction, event).await?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }
}

/// Returns how many other stewards could act; all stewards stay as they are until the end of the transaction.
async fn other_stewards(
    transaction: &DatabaseTransaction,
    than: AccountId,
) -> Result<usize, DbError> {
    let stewards: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Role.eq(Role::Steward.as_str()))
        .filter(Column::Suspended.eq(false))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(transaction)
        .await
        .map_err(fault)?;
    let others = stewards.iter().filter(|id| **id != than.uuid());
    Ok(others.count())
}

async fn held(transaction: &DatabaseTransaction, id: AccountId) -> Result<Model, DbError> {
    Entity::find_by_id(id.uuid())
        .lock_exclusive()
        .one(transaction)
        .await
        .map_err(fault)?
        .ok_or(DbError::Missing)
}

fn is_last_steward(account: &Model, others: usize) -> bool {
    account.role == Role::Steward.as_str() && !account.suspended && others == 0
}

fn event_of(
    about: AccountId,
    what: &str,
    by: Option<AccountId>,
    at: DateTime<Utc>,
    detail: String,
) -> NewEvent {
    NewEvent {
        at,
        by,
        what: what.to_owned(),
        about: format!("account:{about}"),
        detail,
    }
}
