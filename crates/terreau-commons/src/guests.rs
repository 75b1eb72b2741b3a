//! Guests: somebody without an account suggests a correction, which waits until they confirm their address. Confirmed, it is a
//! proposal like any other, under the name that they gave.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use terreau_card::{CardPath, Language};
use terreau_community::{Account, Act, Actor, CreditName, EmailAddress, is_stranger, may};
use terreau_db::{DbError, HeldChange};
use terreau_store::{CommitId, Edit, Resolved};

use crate::drafts::{content_of, typed_of};
use crate::publish::PublishError;
use crate::secret::{hash, hex_digest, new_secret};
use crate::{
    CardChange, Commons, Draft, DraftOf, PeopleError, ProposalError, ReadError, Suggestion,
};

/// How long a suggestion waits to be confirmed.
pub const HELD_LIFE: Duration = Duration::days(7);

/// A correction by somebody without an account.
#[derive(Clone, Debug)]
pub struct GuestChange {
    /// Where the letter goes.
    pub email: EmailAddress,
    /// The name to credit.
    pub name: CreditName,
    /// The language of the letter, and of the account that may come of it.
    pub language: Language,
    /// The card.
    pub path: CardPath,
    /// The published commit that its author started from.
    pub base: CommitId,
    /// The whole file.
    pub text: String,
    /// What the inputs of the form hold, to take it up again if it can't be proposed as it is.
    pub typed: Vec<(String, String)>,
    /// Why, in one line.
    pub reason: String,
}

/// What became of a suggestion that was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It is the proposal of this number, for everyone to read.
    Proposed(u64),
    /// It is the proposal of this number, which waits for somebody to look at it.
    Held(u64),
    /// It can't be joined with what was published meanwhile: it waits as a draft of the account.
    Kept,
    /// It says what is published already.
    Nothing,
}

/// Why a suggestion was not held, or not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum GuestError {
    /// Whoever has an account proposes; a guest suggests.
    #[error("not as a guest")]
    NotAsGuest,
    /// Too many suggestions wait already, or it is too long.
    #[error("there is no room for it")]
    Full,
    /// Nothing more is taken from this address.
    #[error("the address is blocked")]
    Blocked,
    /// Nothing would change.
    #[error("nothing would change")]
    Nothing,
    /// It breaks a rule of the format, or the card is gone.
    #[error("cannot be proposed")]
    Unpublishable(PublishError),
    /// The link, or the account that it leads to.
    #[error(transparent)]
    Person(#[from] PeopleError),
    /// The proposal.
    #[error(transparent)]
    Proposal(#[from] ProposalError),
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<DbError> for GuestError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Full => GuestError::Full,
            other => GuestError::Unexpected(other.into()),
        }
    }
}

impl Commons {
    /// Holds a suggestion until its author confirms it; returns the secret of the link to send them. It says nothing of whether
    /// the address has an account.
    ///
    /// # Errors
    /// See [`GuestError`]; nothing is held then. What meets another change is held: its author sees to it once confirmed.
    pub async fn hold_change(
        &self,
        actor: &Actor,
        change: GuestChange,
        now: DateTime<Utc>,
    ) -> Result<SecretString, GuestError> {
        if actor.account().is_some() || !may(actor, &Act::Suggest, &[]).is_yes() {
            return Err(GuestError::NotAsGuest);
        }
        self.writable()?;
        let edit = Edit::Put {
            path: change.path.clone(),
            text: change.text.clone(),
            base: Some(change.base),
        };
        if self.db().is_blocked(&change.email).await? {
            return Err(GuestError::Blocked);
        }
        match self.text_at(&change.path, &change.base).await {
            Ok(before) if *before == *change.text => return Err(GuestError::Nothing),
            Ok(_) | Err(ReadError::Missing) => {}
            Err(ReadError::Unexpected(cause)) => return Err(cause.into()),
        }
        match self.rehearse(edit).await {
            Ok(()) | Err(PublishError::Conflict(_)) => {}
            Err(why) => return Err(GuestError::Unpublishable(why)),
        }
        let secret = new_secret("")?;
        let held = HeldChange {
            content: content_of(&change.typed)?,
            email: change.email,
            name: change.name,
            language: change.language,
            path: change.path,
            base: change.base.to_string(),
            text: change.text,
            reason: change.reason,
            created_at: now,
            expires_at: now + HELD_LIFE,
        };
        self.db().hold_change(secret.hash, &held).await?;
        Ok(secret.text)
    }

    /// Returns what a link would confirm, without using it: mail scanners open links.
    ///
    /// # Errors
    /// `DeadLink` when it was used, has expired, or never was.
    pub async fn held_change(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<HeldChange, PeopleError> {
        let held = self.db().held_change(hash(token), now).await?;
        held.ok_or(PeopleError::DeadLink)
    }

    /// Forgets a suggestion whose letter could not leave.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be written.
    pub async fn forget_held(&self, token: &str) -> Result<(), PeopleError> {
        Ok(self.db().drop_held(hash(token)).await?)
    }

    /// Makes a proposal of a suggestion, once, whoever presses how often: its author's account is found or made.
    ///
    /// # Errors
    /// `Person(DeadLink)` or `Person(Suspended)`; see [`GuestError`]. What is refused stays held until it expires.
    pub async fn confirm_change(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Confirmed, GuestError> {
        let held = self.held_change(token, now).await?;
        self.writable()?;
        let base = CommitId::parse(&held.base).map_err(anyhow::Error::from)?;
        let account = self
            .people()
            .confirmed(&held.email, &held.name, held.language, now)
            .await?;
        let suggestion = Suggestion {
            changes: vec![CardChange::Write {
                path: held.path.clone(),
                text: held.text.clone(),
                base: Some(base),
            }],
            reason: held.reason.clone(),
            request_key: Some(hex_digest(token)),
        };
        let actor = Actor::person(Arc::new(account.clone()));
        let confirmed = match self.propose(&actor, suggestion, now).await {
            Ok(number) if is_stranger(&account) => Confirmed::Held(number),
            Ok(number) => Confirmed::Proposed(number),
            Err(ProposalError::Nothing) => Confirmed::Nothing,
            Err(ProposalError::Unpublishable(_)) => {
                self.keep_as_draft(&account, &held, base, now).await?;
                Confirmed::Kept
            }
            Err(other) => return Err(other.into()),
        };
        self.db().drop_held(hash(token)).await?;
        Ok(confirmed)
    }

    async fn keep_as_draft(
        &self,
        account: &Account,
        held: &HeldChange,
        base: CommitId,
        now: DateTime<Utc>,
    ) -> Result<(), GuestError> {
        let snapshot = self.snapshot();
        let head = match snapshot.resolve(held.path.as_str()) {
            Resolved::Card(head) => Some(head),
            Resolved::Moved(to) => snapshot.head(&to).cloned(),
            _ => None,
        };
        let card = head.ok_or(GuestError::Unpublishable(PublishError::Missing))?;
        let draft = Draft {
            of: DraftOf::Card(card.id),
            typed: typed_of(&held.content).unwrap_or_default(),
            base: Some(base),
            saved_at: now,
        };
        Ok(self.keep_draft(account.id, &draft).await?)
    }
}
