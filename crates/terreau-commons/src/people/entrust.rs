//! What stewards do about people: see who is here, give roles, suspend, invite; and the journal of who did what.

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use terreau_community::{Account, AccountId, Act, Actor, EmailAddress, Role};
use terreau_db::{EventFilter, EventRow, Link, LinkPurpose, NewEvent, Person};

use super::{People, PeopleError, require};
use crate::secret::new_secret;

/// How long an invitation opens the door.
pub const INVITATION_LIFE: Duration = Duration::days(7);

impl People {
    /// Returns everyone's accounts, oldest first.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is a steward.
    pub async fn accounts(&self, actor: &Actor) -> Result<Vec<Account>, PeopleError> {
        require(actor, &Act::ManageAccounts)?;
        Ok(self.db.accounts().await?)
    }

    /// Returns an account with what is private of it.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is its owner or a steward; `Missing` when there is none.
    pub async fn see_account(
        &self,
        actor: &Actor,
        owner: AccountId,
    ) -> Result<Account, PeopleError> {
        require(actor, &Act::SeeAccount { owner })?;
        self.db.account(owner).await?.ok_or(PeopleError::Missing)
    }

    /// Gives somebody a role.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is another steward; `LastSteward` when nobody would look after the commons.
    pub async fn set_role(
        &self,
        actor: &Actor,
        of: AccountId,
        role: Role,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let actor = self.fresh(actor).await?;
        require(&actor, &Act::SetRole { of })?;
        let by = actor.account().map(|account| account.id);
        match self.db.entrust(of, role, by, now).await? {
            true => Ok(()),
            false => Err(PeopleError::LastSteward),
        }
    }

    /// Suspends somebody, which ends their sessions and revokes their tokens at once, or ends the suspension.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is another steward; `LastSteward` when nobody would look after the commons.
    pub async fn suspend(
        &self,
        actor: &Actor,
        of: AccountId,
        suspended: bool,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let actor = self.fresh(actor).await?;
        require(&actor, &Act::Suspend { of })?;
        let by = actor.account().map(|account| account.id);
        match self.db.suspend(of, suspended, by, now).await? {
            true => Ok(()),
            false => Err(PeopleError::LastSteward),
        }
    }

    /// Invites the person of an address to a role; returns the secret of the link to send. An invitation that was sent to the
    /// same address before no longer works.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is a steward; `Taken` when the address has an account.
    pub async fn invite(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        role: Role,
        now: DateTime<Utc>,
    ) -> Result<SecretString, PeopleError> {
        let actor = self.fresh(actor).await?;
        require(&actor, &Act::Invite)?;
        let by = actor.account().ok_or(PeopleError::NotAllowed)?.id;
        if self.db.account_by_email(email).await?.is_some() {
            return Err(PeopleError::Taken);
        }
        let secret = new_secret("")?;
        let link = Link {
            email: Some(email.clone()),
            purpose: LinkPurpose::Invitation { role, by },
            created_at: now,
            expires_at: now + INVITATION_LIFE,
        };
        self.db.create_link(secret.hash, &link).await?;
        self.note(by, "invite", "invitation".to_owned(), role, now)
            .await?;
        Ok(secret.text)
    }

    /// Returns the invitations that nobody has used yet, newest first.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is a steward.
    pub async fn invitations(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Vec<Link>, PeopleError> {
        require(actor, &Act::Invite)?;
        Ok(self.db.invitations(now).await?)
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is a steward; `Missing` when it was used, or never was.
    pub async fn withdraw_invitation(
        &self,
        actor: &Actor,
        email: &EmailAddress,
    ) -> Result<(), PeopleError> {
        require(actor, &Act::Invite)?;
        match self.db.withdraw_invitation(email).await? {
            true => Ok(()),
            false => Err(PeopleError::Missing),
        }
    }

    /// Returns who did what, newest first.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is a steward.
    pub async fn journal(
        &self,
        actor: &Actor,
        filter: &EventFilter,
        limit: u64,
    ) -> Result<Vec<EventRow>, PeopleError> {
        require(actor, &Act::SeeAudit)?;
        Ok(self.db.journal(filter, limit).await?)
    }

    /// Returns people as everyone may see them, those who are gone too.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn named(&self, ids: &[AccountId]) -> Result<Vec<Person>, PeopleError> {
        Ok(self.db.people(ids).await?)
    }

    /// Tells whether an invitation still means something: whoever made it could still make it.
    pub(super) async fn is_invitation_good(&self, by: AccountId) -> Result<bool, PeopleError> {
        let inviter = self.db.account(by).await?;
        Ok(inviter.is_some_and(|account| {
            let inviter = Actor::person(std::sync::Arc::new(account));
            require(&inviter, &Act::Invite).is_ok()
        }))
    }

    /// Gives the role of an invitation to whoever accepted it; nobody loses one by being invited.
    pub(super) async fn accept_invitation(
        &self,
        account: &mut Account,
        role: Role,
        by: AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        if account.role < role {
            self.db.entrust(account.id, role, Some(by), now).await?;
            account.role = role;
        }
        let about = format!("account:{}", account.id);
        self.note(account.id, "accept-invitation", about, role, now)
            .await
    }

    async fn note(
        &self,
        by: AccountId,
        what: &str,
        about: String,
        role: Role,
        at: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let event = NewEvent {
            at,
            by: Some(by),
            what: what.to_owned(),
            about,
            detail: format!("{{\"role\":\"{role}\"}}"),
        };
        Ok(self.db.add_event(event).await?)
    }
}
