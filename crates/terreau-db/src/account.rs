//! Accounts: made at the first sign-in, changed by their owner, entrusted by stewards.

mod entrust;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
    Value,
};
use terreau_card::Language;
use terreau_community::{
    Account, AccountId, CreditName, EmailAddress, HowOften, OrganisationName, Role,
};

use crate::connect::stored;
use crate::entity::account::{ActiveModel, Column, Entity, Model};
use crate::entity::session;
use crate::error::fault;
use crate::{Db, DbError};

/// What people change about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name published with each contribution from now on.
    pub credit_name: CreditName,
    /// The organisation published with each contribution from now on.
    pub organisation: Option<OrganisationName>,
    /// The language of the pages and letters that the person gets.
    pub language: Language,
    /// How often the person gets their notices by mail.
    pub notices: HowOften,
}

impl Db {
    /// Keeps a new account.
    ///
    /// # Errors
    /// `Taken` when the address or the identifier has an account already.
    pub async fn create_account(&self, account: &Account) -> Result<(), DbError> {
        Entity::insert(row(account))
            .exec_without_returning(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Returns an account.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, DbError> {
        let row = Entity::find_by_id(id.uuid()).one(&self.read).await;
        row.map_err(fault)?.map(read).transpose()
    }

    /// Returns the account of an address.
    pub async fn account_by_email(&self, email: &EmailAddress) -> Result<Option<Account>, DbError> {
        let found = Entity::find()
            .filter(Column::Email.eq(email.as_str()))
            .one(&self.read)
            .await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Returns all accounts, oldest first.
    pub async fn accounts(&self) -> Result<Vec<Account>, DbError> {
        let rows = Entity::find()
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .all(&self.read)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }

    /// Tells whether any account is a steward's.
    pub async fn has_steward(&self) -> Result<bool, DbError> {
        let stewards = Entity::find()
            .filter(Column::Role.eq(Role::Steward.as_str()))
            .count(&self.read)
            .await;
        stewards.map(|count| count > 0).map_err(fault)
    }

    /// Gives a person a role. Callers asked `may` with `Act::SetRole` before.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn set_role(&self, id: AccountId, role: Role) -> Result<(), DbError> {
        self.change(id, vec![(Column::Role, role.as_str().into())])
            .await
    }

    /// Changes what people say of themselves.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn set_profile(&self, id: AccountId, profile: &Profile) -> Result<(), DbError> {
        let organisation = profile.organisation.as_ref().map(ToString::to_string);
        self.change(
            id,
            vec![
                (Column::CreditName, profile.credit_name.as_str().into()),
                (Column::Organisation, organisation.into()),
                (Column::Language, profile.language.code().into()),
                (Column::Notices, profile.notices.as_str().into()),
            ],
        )
        .await
    }

    /// Suspends an account and ends its sessions, or ends the suspension. Tokens do not work meanwhile.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn set_suspended(&self, id: AccountId, suspended: bool) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        let changed = Entity::update_many()
            .col_expr(Column::Suspended, Expr::value(suspended))
            .filter(Column::Id.eq(id.uuid()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        if changed.rows_affected == 0 {
            return Err(DbError::Missing);
        }
        if suspended {
            session::Entity::delete_many()
                .filter(session::Column::AccountId.eq(id.uuid()))
                .exec(&transaction)
                .await
                .map_err(fault)?;
        }
        transaction.commit().await.map_err(fault)
    }

    async fn change(&self, id: AccountId, values: Vec<(Column, Value)>) -> Result<(), DbError> {
        let mut update = Entity::update_many().filter(Column::Id.eq(id.uuid()));
        for (column, value) in values {
            update = update.col_expr(column, Expr::value(value));
        }
        let changed = update.exec(&self.write).await.map_err(fault)?;
        if changed.rows_affected == 0 {
            return Err(DbError::Missing);
        }
        Ok(())
    }
}

/// Remembers within a transaction that somebody looked at something of a person and let it be seen; they may be gone.
pub(crate) async fn make_known(
    transaction: &DatabaseTransaction,
    id: AccountId,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::IsKnown, Expr::value(true))
        .filter(Column::Id.eq(id.uuid()))
        .exec(transaction)
        .await
        .map(drop)
        .map_err(fault)
}

/// Writes an account as the row to keep.
pub(crate) fn row(account: &Account) -> ActiveModel {
    ActiveModel {
        id: Set(account.id.uuid()),
        email: Set(account.email.as_str().to_owned()),
        credit_name: Set(account.credit_name.to_string()),
        organisation: Set(account.organisation.as_ref().map(ToString::to_string)),
        role: Set(account.role.as_str().to_owned()),
        language: Set(account.language.code().to_owned()),
        created_at: Set(stored(account.created_at)),
        suspended: Set(account.suspended),
        notices: Set(account.notices.as_str().to_owned()),
        hides_name: Set(account.hides_name),
        is_known: Set(account.is_known),
    }
}

/// Reads a row back into the account that was kept.
pub(crate) fn read(row: Model) -> Result<Account, DbError> {
    let odd = |column: &str| DbError::unusable(format!("account {}: odd {column}", row.id));
    Ok(Account {
        id: AccountId::new(row.id),
        email: EmailAddress::parse(&row.email).map_err(|_| odd("email"))?,
        credit_name: CreditName::parse(&row.credit_name).map_err(|_| odd("credit_name"))?,
        organisation: row
            .organisation
            .as_deref()
            .map(OrganisationName::parse)
            .transpose()
            .map_err(|_| odd("organisation"))?,
        role: row.role.parse().map_err(|_| odd("role"))?,
        language: Language::parse(&row.language).ok_or_else(|| odd("language"))?,
        created_at: row.created_at,
        suspended: row.suspended,
        hides_name: row.hides_name,
        is_known: row.is_known,
        notices: row.notices.parse().map_err(|_| odd("notices"))?,
    })
}
