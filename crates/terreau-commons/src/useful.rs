//! To whom a card was useful, without following anybody: a mark of each person with an account, which they can take back, and a
//! bare number of others. Of those only a salted hash of their address is kept, apart from everything else, until midnight.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use terreau_card::CardId;
use terreau_community::{Act, Actor, Answer};

use crate::{Commons, TalkError};

/// From how many people on their number is said.
pub const SAID_FROM: u64 = 3;

impl Commons {
    /// Remembers that a card was useful to somebody, or that it was not after all; a visitor counts once in a day. Tells whether
    /// the number of people may have changed.
    ///
    /// # Errors
    /// `Missing` when there is no such card; see [`TalkError`].
    pub async fn mark_useful(
        &self,
        actor: &Actor,
        card: CardId,
        useful: bool,
        from: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<bool, TalkError> {
        self.writable()?;
        match self.may(actor, &Act::MarkUseful) {
            Answer::Yes => {}
            Answer::SignIn => return Err(TalkError::SignIn),
            Answer::No(reason) => return Err(TalkError::NotAllowed(reason)),
        }
        self.snapshot().by_id(&card).ok_or(TalkError::Missing)?;
        if let Some(account) = actor.account() {
            self.db().mark_useful(card, account.id, useful).await?;
            return Ok(true);
        }
        let counts = useful && self.tally(&format!("useful:{card}"), from, 1, now).await?;
        if counts {
            self.db().count_useful_visitor(card).await?;
        }
        Ok(counts)
    }

    /// Returns to how many people a card was useful, when they are enough to say it.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn useful_count(&self, card: CardId) -> Result<Option<u64>, TalkError> {
        let count = self.db().count_useful(card).await?;
        Ok((count >= SAID_FROM).then_some(count))
    }

    /// Tells whether a person said that a card was useful to them.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn is_useful_to(&self, actor: &Actor, card: CardId) -> Result<bool, TalkError> {
        match actor.account() {
            Some(account) => Ok(self.db().is_useful_to(card, account.id).await?),
            None => Ok(false),
        }
    }
}
