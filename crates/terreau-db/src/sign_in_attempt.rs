//! Sign-ins that left for a provider: each comes back once, in time, into the browser that it left.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use terreau_community::AccountId;

use crate::connect::stored;
use crate::entity::sign_in_attempt::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError, SecretHash};

/// A sign-in that left for a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInAttempt {
    /// The provider's word in the settings.
    pub provider: String,
    /// Where the person goes then, within the site.
    pub after: String,
    /// The account whose owner adds an identity to it; none when somebody enters.
    pub account: Option<AccountId>,
    /// When it left.
    pub created_at: DateTime<Utc>,
    /// When it may no longer come back.
    pub expires_at: DateTime<Utc>,
}

impl Db {
    /// Keeps a sign-in that leaves, and forgets those that never came back.
    ///
    /// # Errors
    /// `Taken` when the state is known already, `Missing` when the account is gone.
    pub async fn create_attempt(
        &self,
        state: SecretHash,
        browser: SecretHash,
        attempt: &SignInAttempt,
    ) -> Result<(), DbError> {
        Entity::delete_many()
            .filter(Column::ExpiresAt.lte(stored(attempt.created_at)))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        let row = ActiveModel {
            state_hash: Set(state.to_column()),
            browser_hash: Set(browser.to_column()),
            provider: Set(attempt.provider.clone()),
            after: Set(attempt.after.clone()),
            account_id: Set(attempt.account.map(AccountId::uuid)),
            created_at: Set(stored(attempt.created_at)),
            expires_at: Set(stored(attempt.expires_at)),
            used_at: Set(None),
        };
        Entity::insert(row)
            .exec_without_returning(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Takes a sign-in that comes back into its own browser: of any number of returns at once, exactly one gets it.
    /// Another browser gets nothing and uses nothing up.
    pub async fn use_attempt(
        &self,
        state: SecretHash,
        browser: SecretHash,
        now: DateTime<Utc>,
    ) -> Result<Option<SignInAttempt>, DbError> {
        let used = Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(Some(stored(now))))
            .filter(Column::StateHash.eq(state.to_column()))
            .filter(Column::BrowserHash.eq(browser.to_column()))
            .filter(Column::UsedAt.is_null())
            .filter(Column::ExpiresAt.gt(stored(now)))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        if used.rows_affected == 0 {
            return Ok(None);
        }
        let found = Entity::find_by_id(state.to_column()).one(&self.write).await;
        Ok(found.map_err(fault)?.map(read))
    }
}

fn read(row: Model) -> SignInAttempt {
    SignInAttempt {
        provider: row.provider,
        after: row.after,
        account: row.account_id.map(AccountId::new),
        created_at: row.created_at,
        expires_at: row.expires_at,
    }
}
