//! Entering through a provider that vouches for somebody, and choosing which ones open an account.
//!
//! An identity is an issuer and a subject, never an address: whoever controls an address elsewhere gets no account here by it.

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use terreau_card::Language;
use terreau_community::{Account, AccountId, Act, Actor, EmailAddress, Role};
use terreau_db::{DbError, Identity, IdentityId, IdentityRow, SignInAttempt};

use super::{People, PeopleError, SESSION_LIFE, SignedIn, is_unnamed, new_person, require};
use crate::secret::{hash, new_secret};

/// How long somebody may take at the provider.
pub const ATTEMPT_LIFE: Duration = Duration::minutes(10);

/// A sign-in that leaves for a provider.
pub struct NewAttempt {
    /// The `state` that the provider gives back.
    pub state: SecretString,
    /// What the browser keeps meanwhile.
    pub browser: SecretString,
}

/// What came of entering through a provider.
pub enum Entered {
    /// They are in.
    SignedIn(SignedIn),
    /// Nobody has this identity, and its address has an account: its owner must enter by the mailed link and link it.
    KnownAddress(EmailAddress),
    /// Nobody has this identity, and the provider vouches for no address: no account can be made.
    NoAddress,
}

/// What came of linking an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// It opens the account from now on.
    Now,
    /// It did already.
    Already,
    /// It opens somebody else's account.
    Elsewhere,
}

impl People {
    /// Prepares a sign-in that leaves for a provider; `linking` is the account whose owner adds an identity to it.
    ///
    /// # Errors
    /// `Unexpected` when it cannot be kept.
    pub async fn leave_for_provider(
        &self,
        provider: &str,
        after: &str,
        linking: Option<AccountId>,
        now: DateTime<Utc>,
    ) -> Result<NewAttempt, PeopleError> {
        let (state, browser) = (new_secret("")?, new_secret("")?);
        let attempt = SignInAttempt {
            provider: provider.to_owned(),
            after: after.to_owned(),
            account: linking,
            created_at: now,
            expires_at: now + ATTEMPT_LIFE,
        };
        self.db
            .create_attempt(state.hash, browser.hash, &attempt)
            .await?;
        Ok(NewAttempt {
            state: state.text,
            browser: browser.text,
        })
    }

    /// Takes the sign-in that comes back, once, into the browser that it left.
    ///
    /// # Errors
    /// `DeadLink` when it came back before, too late, to another browser, or never left.
    pub async fn come_back_from_provider(
        &self,
        state: &str,
        browser: &str,
        now: DateTime<Utc>,
    ) -> Result<SignInAttempt, PeopleError> {
        self.db
            .use_attempt(hash(state), hash(browser), now)
            .await?
            .ok_or(PeopleError::DeadLink)
    }

    /// Opens a session for an identity that a provider vouches for; makes the account the first time, for the address that
    /// the provider says it verified.
    ///
    /// # Errors
    /// `Suspended` when the account may not sign in.
    pub async fn enter(
        &self,
        identity: &Identity,
        verified: Option<&EmailAddress>,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Entered, PeopleError> {
        if let Some(account) = self.db.account_by_identity(identity, now).await? {
            return self.admit(account, now).await;
        }
        let Some(address) = verified else {
            return Ok(Entered::NoAddress);
        };
        let account = new_person(address, Role::Contributor, language, now);
        let made = self
            .db
            .create_account_with_identity(&account, new_id(), identity, now)
            .await;
        match made {
            Ok(()) => self.admit(account, now).await,
            // The same person in another window came first, or the address has an account.
            Err(DbError::Taken) => match self.db.account_by_identity(identity, now).await? {
                Some(account) => self.admit(account, now).await,
                None => Ok(Entered::KnownAddress(address.clone())),
            },
            Err(other) => Err(other.into()),
        }
    }

    async fn admit(&self, account: Account, now: DateTime<Utc>) -> Result<Entered, PeopleError> {
        if account.suspended {
            return Err(PeopleError::Suspended);
        }
        let secret = new_secret("")?;
        match self
            .db
            .create_session(account.id, secret.hash, now, now + SESSION_LIFE)
            .await
        {
            Ok(()) => Ok(Entered::SignedIn(SignedIn {
                is_unnamed: is_unnamed(&account),
                account,
                session: secret.text,
            })),
            // Suspended or gone since it was read.
            Err(DbError::Missing) => Err(PeopleError::Suspended),
            Err(other) => Err(other.into()),
        }
    }

    /// Links an identity to an account, as its owner asked.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is the owner in a browser.
    pub async fn link_identity(
        &self,
        actor: &Actor,
        owner: AccountId,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Result<Linked, PeopleError> {
        require(actor, &Act::EditAccount { owner })?;
        match self.db.link_identity(owner, new_id(), identity, now).await {
            Ok(()) => Ok(Linked::Now),
            Err(DbError::Taken) => {
                let holder = self.db.account_by_identity(identity, now).await?;
                Ok(match holder {
                    Some(account) if account.id == owner => Linked::Already,
                    _ => Linked::Elsewhere,
                })
            }
            Err(other) => Err(other.into()),
        }
    }

    /// Returns the identities that open an account.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is the owner in a browser.
    pub async fn identities(
        &self,
        actor: &Actor,
        owner: AccountId,
    ) -> Result<Vec<IdentityRow>, PeopleError> {
        require(actor, &Act::EditAccount { owner })?;
        Ok(self.db.identities(owner).await?)
    }

    /// Takes an identity from an account. The last one stays, and the answer is false, unless mailed links reach people.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is the owner in a browser, `Missing` when the account has no such identity.
    pub async fn unlink_identity(
        &self,
        actor: &Actor,
        owner: AccountId,
        identity: IdentityId,
        mail_works: bool,
    ) -> Result<bool, PeopleError> {
        require(actor, &Act::EditAccount { owner })?;
        Ok(self.db.unlink_identity(owner, identity, mail_works).await?)
    }
}

fn new_id() -> IdentityId {
    IdentityId::new(uuid::Uuid::now_v7())
}
