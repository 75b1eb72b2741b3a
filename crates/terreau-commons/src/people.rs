//! People: signing in by an e-mailed link, sessions, profiles, tokens.

mod entrust;
mod identities;
mod sessions;

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use terreau_card::Language;
use terreau_community::{
    Account, AccountId, Act, Actor, Answer, CreditName, EmailAddress, HowOften, Role, Scope,
    TokenId, may,
};
use terreau_db::{Db, DbError, Link, LinkPurpose, Profile, TokenRow};

use crate::secret::{hash, new_secret};
use crate::settings::Settings;

pub use entrust::INVITATION_LIFE;
pub use identities::{ATTEMPT_LIFE, Entered, Linked, NewAttempt};

/// How long a sign-in link opens the door.
pub const LINK_LIFE: Duration = Duration::minutes(15);
/// How long the printed link of the first steward opens the door; the next start prints another.
pub const STEWARD_LINK_LIFE: Duration = Duration::days(7);
/// How long a session lives without a visit.
pub const SESSION_IDLE: Duration = Duration::days(14);
/// How long a session lives at most.
pub const SESSION_LIFE: Duration = Duration::days(30);
/// What API tokens begin with, so that scanners for leaked secrets know them.
const TOKEN_PREFIX: &str = "terreau_";

/// The accounts of an instance and the doors that they open.
#[derive(Clone)]
pub struct People {
    db: Db,
}

/// What a sign-in message must say.
pub struct SignInMail {
    /// Who asked.
    pub email: EmailAddress,
    /// The secret of the link.
    pub token: SecretString,
    /// The language of the account, if there is one already.
    pub language: Option<Language>,
}

/// Someone who just signed in.
pub struct SignedIn {
    /// Their account.
    pub account: Account,
    /// The secret of their new session, for the cookie.
    pub session: SecretString,
    /// Whether its owner has not chosen a credit name yet.
    pub is_unnamed: bool,
}

/// A token, shown once.
pub struct NewToken {
    /// What to send after `Authorization: Bearer`.
    pub secret: SecretString,
    /// What it is listed and revoked by.
    pub id: TokenId,
}

/// Why something about people was not done.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The link was used, has expired, or never was.
    #[error("this link no longer opens anything")]
    DeadLink,
    /// The account is suspended.
    #[error("this account is suspended")]
    Suspended,
    /// There is no such account, session or token.
    #[error("not found")]
    Missing,
    /// The rules do not let this person do this.
    #[error("not allowed")]
    NotAllowed,
    /// The address has an account already.
    #[error("the address has an account already")]
    Taken,
    /// There are too many already, or it is too long.
    #[error("there is no room for it")]
    Full,
    /// Nobody would be left to look after the commons.
    #[error("this is the last steward")]
    LastSteward,
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<DbError> for PeopleError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Missing => PeopleError::Missing,
            DbError::Full => PeopleError::Full,
            other => PeopleError::Unexpected(other.into()),
        }
    }
}

impl People {
    /// Opens the database of a data folder; a server may run on it meanwhile.
    ///
    /// # Errors
    /// When the database cannot be opened or brought to this version's schema.
    pub async fn open(settings: &Settings) -> anyhow::Result<People> {
        std::fs::create_dir_all(&settings.dir).context("the data folder cannot be made")?;
        let db = Db::open(crate::db_settings(settings))
            .await
            .context("the database cannot be opened")?;
        Ok(People { db })
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    /// Makes a sign-in link for an address. It says nothing of whether the address has an account.
    ///
    /// # Errors
    /// `Unexpected` when the link cannot be kept.
    pub async fn ask_sign_in(
        &self,
        email: &EmailAddress,
        now: DateTime<Utc>,
    ) -> Result<SignInMail, PeopleError> {
        let secret = new_secret("")?;
        let link = Link {
            email: Some(email.clone()),
            purpose: LinkPurpose::SignIn,
            created_at: now,
            expires_at: now + LINK_LIFE,
        };
        self.db.create_link(secret.hash, &link).await?;
        let account = self.db.account_by_email(email).await?;
        Ok(SignInMail {
            email: email.clone(),
            token: secret.text,
            language: account.map(|account| account.language),
        })
    }

    /// Makes the link that signs the first steward in, while the instance has none.
    ///
    /// # Errors
    /// `Unexpected` when the link cannot be kept.
    pub async fn first_steward_link(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Option<SecretString>, PeopleError> {
        if self.db.has_steward().await? {
            return Ok(None);
        }
        let secret = new_secret("")?;
        let link = Link {
            email: None,
            purpose: LinkPurpose::FirstSteward,
            created_at: now,
            expires_at: now + STEWARD_LINK_LIFE,
        };
        self.db.create_link(secret.hash, &link).await?;
        Ok(Some(secret.text))
    }

    /// Tells what a link would open, without using it: mail scanners open links.
    ///
    /// # Errors
    /// `DeadLink` when it was used, has expired, or never was.
    pub async fn link_purpose(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<LinkPurpose, PeopleError> {
        let link = self.db.link(hash(token), now).await?;
        let purpose = link.ok_or(PeopleError::DeadLink)?.purpose;
        let opens = match purpose {
            LinkPurpose::SignIn | LinkPurpose::FirstSteward => true,
            LinkPurpose::Invitation { by, .. } => self.is_invitation_good(by).await?,
            LinkPurpose::Unsubscribe => false,
        };
        opens.then_some(purpose).ok_or(PeopleError::DeadLink)
    }

    /// Uses a link, once, and opens a session. `email` is asked only for the first steward's link, which has none.
    ///
    /// # Errors
    /// `DeadLink`; `Suspended` when the account may not sign in.
    pub async fn sign_in(
        &self,
        token: &str,
        email: Option<&EmailAddress>,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<SignedIn, PeopleError> {
        let purpose = self.link_purpose(token, now).await?;
        if purpose == LinkPurpose::FirstSteward && email.is_none() {
            return Err(PeopleError::Missing);
        }
        let link = self
            .db
            .use_link(hash(token), now)
            .await?
            .ok_or(PeopleError::DeadLink)?;
        let address = link.email.as_ref().or(email).ok_or(PeopleError::DeadLink)?;
        let mut account = match self.db.account_by_email(address).await? {
            Some(account) => account,
            None => {
                self.new_account(address, Role::Contributor, language, now)
                    .await?
            }
        };
        if account.suspended {
            return Err(PeopleError::Suspended);
        }
        match link.purpose {
            LinkPurpose::FirstSteward => {
                self.db
                    .entrust(account.id, Role::Steward, None, now)
                    .await?;
                account.role = Role::Steward;
            }
            LinkPurpose::Invitation { role, by } => {
                self.accept_invitation(&mut account, role, by, now).await?;
            }
            LinkPurpose::SignIn | LinkPurpose::Unsubscribe => {}
        }
        let secret = new_secret("")?;
        self.db
            .create_session(account.id, secret.hash, now, now + SESSION_LIFE)
            .await?;
        Ok(SignedIn {
            is_unnamed: is_unnamed(&account),
            account,
            session: secret.text,
        })
    }

    /// Returns who a session cookie belongs to, and keeps the session alive.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn by_session(
        &self,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Actor>, PeopleError> {
        let account = self.db.session(hash(secret), now, SESSION_IDLE).await?;
        Ok(account
            .filter(|account| !account.suspended)
            .map(|account| Actor::Account {
                account: Arc::new(account),
                scopes: None,
            }))
    }

    /// Returns who an API token belongs to and what it may do.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn by_token(
        &self,
        secret: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Actor>, PeopleError> {
        let found = self.db.token(hash(secret), now).await?;
        Ok(found
            .filter(|(account, _)| !account.suspended)
            .map(|(account, scopes)| Actor::Account {
                account: Arc::new(account),
                scopes: Some(scopes),
            }))
    }

    /// Ends the session of a cookie.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be written.
    pub async fn sign_out(&self, secret: &str) -> Result<(), PeopleError> {
        Ok(self.db.end_session(hash(secret)).await?)
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be written.
    pub async fn sign_out_everywhere(&self, account: AccountId) -> Result<(), PeopleError> {
        Ok(self.db.end_all(account).await?)
    }

    /// Changes what an account shows of its owner.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn set_profile(
        &self,
        account: AccountId,
        profile: &Profile,
    ) -> Result<(), PeopleError> {
        Ok(self.db.set_profile(account, profile).await?)
    }

    async fn new_account(
        &self,
        email: &EmailAddress,
        role: Role,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Account, PeopleError> {
        let account = new_person(email, role, language, now);
        match self.db.create_account(&account).await {
            Ok(()) => Ok(account),
            // Another link to the same address was used at the same moment.
            Err(DbError::Taken) => self.account(email).await,
            Err(other) => Err(other.into()),
        }
    }

    /// Returns the account of somebody who confirmed their address, made when there is none. It is credited under `name` unless
    /// its owner chose another.
    ///
    /// # Errors
    /// `Suspended` when the account may do nothing.
    pub(crate) async fn confirmed(
        &self,
        email: &EmailAddress,
        name: &CreditName,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Account, PeopleError> {
        let mut account = match self.db.account_by_email(email).await? {
            Some(account) => account,
            None => {
                self.new_account(email, Role::Contributor, language, now)
                    .await?
            }
        };
        if account.suspended {
            return Err(PeopleError::Suspended);
        }
        if is_unnamed(&account) {
            account.credit_name = name.clone();
            let profile = Profile {
                credit_name: account.credit_name.clone(),
                organisation: account.organisation.clone(),
                language: account.language,
                notices: account.notices,
            };
            self.db.set_profile(account.id, &profile).await?;
        }
        Ok(account)
    }

    /// Returns an actor with the account as it is now: the request may have waited for its turn.
    pub(crate) async fn fresh(&self, actor: &Actor) -> Result<Actor, PeopleError> {
        let Actor::Account { account, scopes } = actor else {
            return Ok(actor.clone());
        };
        let account = self.db.account(account.id).await?;
        Ok(Actor::Account {
            account: Arc::new(account.ok_or(PeopleError::NotAllowed)?),
            scopes: scopes.clone(),
        })
    }

    /// Gives an account a role, as the command line or a steward; makes the account when there is none.
    ///
    /// # Errors
    /// `NotAllowed` when the actor may not manage accounts.
    pub async fn grant(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        role: Role,
        now: DateTime<Utc>,
    ) -> Result<Account, PeopleError> {
        require(actor, &Act::ManageAccounts)?;
        let mut account = match self.db.account_by_email(email).await? {
            Some(account) => account,
            None => self.new_account(email, role, Language::French, now).await?,
        };
        let by = actor.account().map(|account| account.id);
        if !self.db.entrust(account.id, role, by, now).await? {
            return Err(PeopleError::LastSteward);
        }
        account.role = role;
        Ok(account)
    }

    /// Returns the account of an address.
    ///
    /// # Errors
    /// `Missing` when there is none.
    pub async fn account(&self, email: &EmailAddress) -> Result<Account, PeopleError> {
        self.db
            .account_by_email(email)
            .await?
            .ok_or(PeopleError::Missing)
    }

    /// Makes an API token for an account; its secret is returned once and never kept.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is the owner or the command line.
    pub async fn create_token(
        &self,
        actor: &Actor,
        owner: AccountId,
        name: &str,
        scopes: &[Scope],
        now: DateTime<Utc>,
    ) -> Result<NewToken, PeopleError> {
        require(actor, &Act::ManageTokens { owner })?;
        let secret = new_secret(TOKEN_PREFIX)?;
        let token = terreau_db::NewToken {
            id: TokenId::new(uuid::Uuid::now_v7()),
            account: owner,
            hash: secret.hash,
            name: name.to_owned(),
            scopes: scopes.to_vec(),
            created_at: now,
            expires_at: None,
        };
        self.db.create_token(&token).await?;
        Ok(NewToken {
            id: token.id,
            secret: secret.text,
        })
    }

    /// Returns the tokens of an account, without their secrets.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is the owner or the command line.
    pub async fn tokens(
        &self,
        actor: &Actor,
        owner: AccountId,
    ) -> Result<Vec<TokenRow>, PeopleError> {
        require(actor, &Act::ManageTokens { owner })?;
        Ok(self.db.tokens(owner).await?)
    }

    /// Ends a token at once.
    ///
    /// # Errors
    /// `Missing` when the account has no such token.
    pub async fn revoke_token(
        &self,
        actor: &Actor,
        owner: AccountId,
        token: TokenId,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        require(actor, &Act::ManageTokens { owner })?;
        Ok(self.db.revoke_token(owner, token, now).await?)
    }

    /// Returns the last changes that an account published.
    ///
    /// # Errors
    /// `Unexpected` when the history table cannot be read.
    pub async fn contributions(
        &self,
        account: AccountId,
        limit: u64,
    ) -> Result<Vec<crate::Version>, PeopleError> {
        let rows = self.db.versions_by(account, limit).await?;
        Ok(rows.into_iter().map(crate::read::version).collect())
    }

    /// Tells whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), PeopleError> {
        Ok(self.db.ping().await?)
    }
}

/// Asks the one authorisation function about an act that no governance rule of a path concerns.
pub(crate) fn require(actor: &Actor, act: &Act<'_>) -> Result<(), PeopleError> {
    match may(actor, act, &[]) {
        Answer::Yes => Ok(()),
        Answer::SignIn | Answer::No(_) => Err(PeopleError::NotAllowed),
    }
}

/// Returns an account that was never seen before.
fn new_person(email: &EmailAddress, role: Role, language: Language, now: DateTime<Utc>) -> Account {
    Account {
        id: AccountId::new(uuid::Uuid::now_v7()),
        email: email.clone(),
        credit_name: unnamed(language),
        organisation: None,
        role,
        language,
        notices: HowOften::default(),
        created_at: now,
        suspended: false,
        hides_name: false,
        is_known: false,
    }
}

/// Tells whether the owner of an account has not chosen a credit name yet.
fn is_unnamed(account: &Account) -> bool {
    [Language::French, Language::English]
        .map(unnamed)
        .contains(&account.credit_name)
}

/// Returns the name of an account whose owner has not chosen one: nothing of their address is ever published.
fn unnamed(language: Language) -> CreditName {
    let name = match language {
        Language::French => "Anonyme",
        Language::English => "Anonymous",
    };
    CreditName::parse(name).expect("a word of letters is a name")
}
