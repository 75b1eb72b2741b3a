//! Where somebody is signed in, and ending it.

use chrono::{DateTime, Utc};
use terreau_community::{AccountId, Act, Actor};
use terreau_db::SessionRow;

use super::{People, PeopleError, SESSION_IDLE, require};
use crate::notices::{NOTICE_LIFE, SEEN_NOTICE_LIFE};
use crate::secret::hash;
use crate::try_outs::{DECIDED_LIFE, UNCONFIRMED_LIFE};

impl People {
    /// Returns the open sessions of an account.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn sessions(
        &self,
        account: AccountId,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRow>, PeopleError> {
        Ok(self.db.sessions(account, now).await?)
    }

    /// Returns what names a session in the list of its owner.
    pub fn session_id(&self, secret: &str) -> String {
        hash(secret).short()
    }

    /// Ends one session of an account.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is the owner in a browser; `Missing` when there is no such session.
    pub async fn end_session(
        &self,
        actor: &Actor,
        owner: AccountId,
        id: &str,
    ) -> Result<(), PeopleError> {
        require(actor, &Act::EditAccount { owner })?;
        match self.db.end_session_of(owner, id).await? {
            true => Ok(()),
            false => Err(PeopleError::Missing),
        }
    }

    /// Ends every session of an account but the one of this secret.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is the owner in a browser.
    pub async fn end_other_sessions(
        &self,
        actor: &Actor,
        owner: AccountId,
        secret: &str,
    ) -> Result<(), PeopleError> {
        require(actor, &Act::EditAccount { owner })?;
        Ok(self.db.end_others(owner, hash(secret)).await?)
    }

    /// Forgets the links and the try-outs that have expired, the sessions that have or were long not seen, and old notices. Safe
    /// to repeat.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be written.
    pub async fn tidy(&self, now: DateTime<Utc>) -> Result<(), PeopleError> {
        self.db.purge(now, SESSION_IDLE).await?;
        let (unconfirmed, decided) = (now - UNCONFIRMED_LIFE, now - DECIDED_LIFE);
        self.db.purge_try_outs(unconfirmed, decided).await?;
        let (seen, any) = (now - SEEN_NOTICE_LIFE, now - NOTICE_LIFE);
        Ok(self.db.purge_notices(seen, any).await?)
    }
}
