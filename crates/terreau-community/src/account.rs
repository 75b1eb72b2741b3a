//! Accounts, and who is acting.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_card::Language;

use crate::{AccountId, CreditName, EmailAddress, HowOften, OrganisationName, Role, Scope};

/// A person known to this node. `Debug` hides the e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Names the account, in the database and in git.
    pub id: AccountId,
    /// Where sign-in links go; private.
    pub email: EmailAddress,
    /// The name published with each contribution.
    pub credit_name: CreditName,
    /// The organisation published with each contribution.
    pub organisation: Option<OrganisationName>,
    /// What the person does in the commons.
    pub role: Role,
    /// The language of the pages and letters that the person gets.
    pub language: Language,
    /// How often the person gets their notices by mail.
    pub notices: HowOften,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// A suspended account may do nothing but read.
    pub suspended: bool,
    /// Whether the person asked that their name be hidden; see [`hidden_name`](crate::hidden_name).
    pub hides_name: bool,
    /// Whether somebody looked at something of theirs and let it be seen, or entrusted them with a role; see
    /// [`is_stranger`](crate::is_stranger).
    pub is_known: bool,
}

/// Who is acting.
#[derive(Debug, Clone)]
pub enum Actor {
    /// A reader without a session or a token.
    Anonymous,
    /// A person, in a browser or through a token.
    Account {
        /// The person.
        account: Arc<Account>,
        /// The scopes of the token through which the person acts; none in a browser session.
        scopes: Option<Vec<Scope>>,
    },
    /// The command line: whoever holds the data folder holds everything in it.
    Program,
}

impl Actor {
    /// Returns the person in a browser session.
    pub fn person(account: Arc<Account>) -> Self {
        Actor::Account {
            account,
            scopes: None,
        }
    }

    /// Returns the person acting through a token of these scopes.
    pub fn token(account: Arc<Account>, scopes: Vec<Scope>) -> Self {
        Actor::Account {
            account,
            scopes: Some(scopes),
        }
    }

    /// Returns the person's account, if any.
    pub fn account(&self) -> Option<&Arc<Account>> {
        match self {
            Actor::Account { account, .. } => Some(account),
            Actor::Anonymous | Actor::Program => None,
        }
    }
}
