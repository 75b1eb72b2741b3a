//! People as everyone may see them: never their addresses.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use terreau_community::{AccountId, CreditName, OrganisationName, Role, hidden_name};
use uuid::Uuid;

use crate::entity::account::{Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError, account};

/// Somebody as everyone may see them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Names the account.
    pub id: AccountId,
    /// The name that they chose, or the one that hides it; none once the account is gone.
    pub name: Option<CreditName>,
    /// The organisation that they contribute for.
    pub organisation: Option<OrganisationName>,
    /// Their role; that of a reader once the account is gone.
    pub role: Role,
    /// Whether the account is suspended.
    pub suspended: bool,
}

impl Db {
    /// Returns people in the order asked, those who are gone too.
    pub async fn people(&self, ids: &[AccountId]) -> Result<Vec<Person>, DbError> {
        let known = self.known(ids.iter().map(|id| id.uuid())).await?;
        let person = |id: &AccountId| known.get(&id.uuid()).cloned().unwrap_or_else(|| gone(*id));
        Ok(ids.iter().map(person).collect())
    }

    /// Returns the people who still have an account.
    pub(crate) async fn known(
        &self,
        ids: impl Iterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, Person>, DbError> {
        let rows = Entity::find()
            .filter(Column::Id.is_in(ids))
            .all(&self.read)
            .await;
        rows.map_err(fault)?
            .into_iter()
            .map(|row| Ok((row.id, read(row.id, Some(row))?)))
            .collect()
    }
}

/// Reads the account of somebody, if there still is one.
pub(crate) fn read(id: Uuid, row: Option<Model>) -> Result<Person, DbError> {
    let Some(row) = row else {
        return Ok(gone(AccountId::new(id)));
    };
    let account = account::read(row)?;
    let name = if account.hides_name {
        hidden_name(account.language)
    } else {
        account.credit_name
    };
    Ok(Person {
        id: account.id,
        name: Some(name),
        organisation: account.organisation.filter(|_| !account.hides_name),
        role: account.role,
        suspended: account.suspended,
    })
}

pub(crate) fn gone(id: AccountId) -> Person {
    Person {
        id,
        name: None,
        organisation: None,
        role: Role::Reader,
        suspended: false,
    }
}
