//! API and git tokens: made once, kept by their hash, revoked for ever.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select, Set};
use terreau_community::{Account, AccountId, Scope, TokenId};

use crate::connect::stored;
use crate::entity::account as accounts;
use crate::entity::token::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::session::SEEN_EVERY;
use crate::{Db, DbError, SecretHash, account};

/// A token to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// Names the token in lists.
    pub id: TokenId,
    /// Whose token it is.
    pub account: AccountId,
    /// The hash of its secret.
    pub hash: SecretHash,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working, if ever.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Names the token.
    pub id: TokenId,
    /// Whose token it is.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops working, if ever.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the hour.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was revoked, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Db {
    /// Keeps a new token.
    ///
    /// # Errors
    /// `Missing` when there is no such account, `Taken` when the identifier or the hash is known already.
    pub async fn create_token(&self, token: &NewToken) -> Result<(), DbError> {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
        let row = ActiveModel {
            id: Set(token.id.uuid()),
            account_id: Set(token.account.uuid()),
            token_hash: Set(token.hash.to_column()),
            name: Set(token.name.replace('\0', "")),
            scopes: Set(scopes.join(" ")),
            created_at: Set(stored(token.created_at)),
            expires_at: Set(token.expires_at.map(stored)),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        Entity::insert(row)
            .exec_without_returning(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Returns the person and the scopes of a live token, and remembers that it was used.
    pub async fn token(
        &self,
        hash: SecretHash,
        now: DateTime<Utc>,
    ) -> Result<Option<(Account, Vec<Scope>)>, DbError> {
        let live = Column::ExpiresAt
            .is_null()
            .or(Column::ExpiresAt.gt(stored(now)));
        let found = Entity::find()
            .filter(Column::TokenHash.eq(hash.to_column()))
            .filter(Column::RevokedAt.is_null())
            .filter(live)
            .filter(accounts::Column::Suspended.eq(false))
            .find_also_related(accounts::Entity)
            .one(&self.read)
            .await
            .map_err(fault)?;
        let Some((token, Some(person))) = found else {
            return Ok(None);
        };
        if token
            .last_used_at
            .is_none_or(|used| used <= now - SEEN_EVERY)
        {
            let seen = Entity::update_many()
                .col_expr(Column::LastUsedAt, Expr::value(Some(stored(now))))
                .filter(Column::Id.eq(token.id))
                .exec(&self.write)
                .await;
            if let Err(error) = seen.map_err(fault) {
                tracing::warn!(%error, "a token could not be marked as used");
            }
        }
        let token = read(token)?;
        Ok(Some((account::read(person)?, token.scopes)))
    }

    /// Returns the tokens of a person, oldest first, revoked ones included.
    pub async fn tokens(&self, account: AccountId) -> Result<Vec<TokenRow>, DbError> {
        self.list_tokens(Entity::find().filter(Column::AccountId.eq(account.uuid())))
            .await
    }

    /// Returns everyone's tokens, oldest first, revoked ones included.
    pub async fn all_tokens(&self) -> Result<Vec<TokenRow>, DbError> {
        self.list_tokens(Entity::find()).await
    }

    /// Revokes a token of this person; revoking it again keeps the first date.
    ///
    /// # Errors
    /// `Missing` when the person has no such token.
    pub async fn revoke_token(
        &self,
        owner: AccountId,
        id: TokenId,
        now: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let revoked = Entity::update_many()
            .col_expr(
                Column::RevokedAt,
                Expr::col(Column::RevokedAt).if_null(stored(now)),
            )
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::AccountId.eq(owner.uuid()))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        if revoked.rows_affected == 0 {
            return Err(DbError::Missing);
        }
        Ok(())
    }

    async fn list_tokens(&self, select: Select<Entity>) -> Result<Vec<TokenRow>, DbError> {
        let rows = select
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }
}

fn read(row: Model) -> Result<TokenRow, DbError> {
    let scopes = row
        .scopes
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| DbError::unusable(format!("token {}: odd scopes", row.id)))?;
    Ok(TokenRow {
        id: TokenId::new(row.id),
        account: AccountId::new(row.account_id),
        name: row.name,
        scopes,
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
        revoked_at: row.revoked_at,
    })
}
