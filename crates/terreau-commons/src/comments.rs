//! Comments on cards: threads with one level of answers. Those of strangers wait until somebody looked; they stay in the
//! database, and are given to whoever asks for what is public.

mod find;
mod tell;

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use terreau_card::CardId;
use terreau_community::{
    Account, AccountId, Act, Actor, Answer, CommentState, EmailAddress, Reason, is_stranger,
};
use terreau_db::{CommentRow, DbError, NewReport, PrivateRemark};

use crate::{Commons, PeopleError};

pub use find::FoundComments;
pub use tell::PrivateWords;

/// The longest comment, in characters.
pub const MAX_COMMENT: usize = 4_000;
/// The longest reason of a report, in characters.
pub const MAX_REASON: usize = 500;
/// How many comments of one card are read at most.
const READ: u64 = 5_000;
/// How many things strangers may send from one place in a day.
pub const SENT_A_DAY: u32 = 20;

/// A comment and its answers, as somebody sees them.
#[derive(Debug)]
pub struct CommentThread {
    /// The comment that began it.
    pub first: CommentRow,
    /// The answers, oldest first.
    pub answers: Vec<CommentRow>,
}

/// What somebody wants to say under a card.
#[derive(Debug, Clone)]
pub struct CommentWords {
    /// On which card.
    pub card: CardId,
    /// The first comment of the thread that it answers; none begins a thread.
    pub thread: Option<i64>,
    /// What is said.
    pub body: String,
}

/// Why something was not said. Nothing typed is lost: the caller still holds it.
#[derive(Debug, thiserror::Error)]
pub enum TalkError {
    /// Nobody is signed in.
    #[error("sign in first")]
    SignIn,
    /// The rules do not let this person do this.
    #[error("not allowed")]
    NotAllowed(Reason),
    /// There is no such comment, card or remark, or no longer.
    #[error("not found")]
    Missing,
    /// The thread takes no more answers.
    #[error("the thread is closed")]
    Closed,
    /// Something must be said and was not.
    #[error("a few words are needed")]
    NeedsWords,
    /// It is too long.
    #[error("too long")]
    TooLong,
    /// Too many wait already, of this person or of everybody.
    #[error("there is no room for it")]
    Full,
    /// Enough was sent from here today.
    #[error("enough for today")]
    Enough,
    /// The person said so already.
    #[error("said already")]
    Already,
    /// Nothing more is taken from this address.
    #[error("the address is blocked")]
    Blocked,
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<DbError> for TalkError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Missing => TalkError::Missing,
            DbError::Stale => TalkError::Closed,
            DbError::Full => TalkError::Full,
            DbError::Taken => TalkError::Already,
            other => TalkError::Unexpected(other.into()),
        }
    }
}

impl From<PeopleError> for TalkError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Unexpected(cause) => TalkError::Unexpected(cause),
            PeopleError::Missing => TalkError::Missing,
            _ => TalkError::SignIn,
        }
    }
}

impl Commons {
    /// Returns the comments on a card that somebody may see: what is public, and what they wrote.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn comments(
        &self,
        actor: &Actor,
        card: CardId,
    ) -> Result<Vec<CommentThread>, TalkError> {
        let me = actor.account().map(|account| account.id);
        let rows = self.db().comments_on(card, READ).await?;
        Ok(threads(rows, me))
    }

    /// Returns how many comments on a card everyone sees.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn comment_count(&self, card: CardId) -> Result<u64, TalkError> {
        Ok(self.db().count_comments(card).await?)
    }

    /// Returns comments that everyone sees, on whatever card, those after an identifier, first first.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn public_comments(
        &self,
        after: i64,
        limit: u64,
    ) -> Result<Vec<CommentRow>, TalkError> {
        Ok(self.db().public_comments(after, limit).await?)
    }

    /// Comments on a card, or answers a comment. Those of strangers wait; the others are told of at once.
    ///
    /// # Errors
    /// See [`TalkError`]; nothing is kept then.
    pub async fn comment(
        &self,
        actor: &Actor,
        words: CommentWords,
        from: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<(i64, CommentState), TalkError> {
        let account = self.may_talk(actor, &Act::Comment).await?;
        let body = said(&words.body, MAX_COMMENT)?;
        self.snapshot()
            .by_id(&words.card)
            .ok_or(TalkError::Missing)?;
        let state = if is_stranger(&account) {
            CommentState::Waiting
        } else {
            CommentState::Shown
        };
        if state == CommentState::Waiting && !self.tally("comment", from, SENT_A_DAY, now).await? {
            return Err(TalkError::Enough);
        }
        let id = self
            .db()
            .add_comment(terreau_db::NewComment {
                card: words.card,
                thread: words.thread,
                author: account.id,
                body,
                state,
                at: now,
            })
            .await?;
        if state == CommentState::Shown {
            self.tell_of_comment(id, now).await?;
        }
        Ok((id, state))
    }

    /// Writes one's comment anew while it waits, as a moderator may have asked.
    ///
    /// # Errors
    /// `Missing` when it does not wait; see [`TalkError`].
    pub async fn rewrite_comment(
        &self,
        actor: &Actor,
        id: i64,
        body: &str,
    ) -> Result<CommentRow, TalkError> {
        let row = self.own_comment(actor, id).await?;
        let body = said(body, MAX_COMMENT)?;
        match self.db().rewrite_comment(id, &body).await? {
            true => Ok(row),
            false => Err(TalkError::Missing),
        }
    }

    /// Takes one's comment back; the answers of others stay.
    ///
    /// # Errors
    /// See [`TalkError`].
    pub async fn delete_comment(&self, actor: &Actor, id: i64) -> Result<CommentRow, TalkError> {
        let row = self.own_comment(actor, id).await?;
        self.db().delete_comment(id).await?;
        Ok(row)
    }

    /// Says that a comment should not be here; once for each person, or each visitor in a day.
    ///
    /// # Errors
    /// `Already`, `Enough`, or `Missing` when it is not shown; see [`TalkError`].
    pub async fn report_comment(
        &self,
        actor: &Actor,
        id: i64,
        reason: &str,
        from: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<CommentRow, TalkError> {
        let actor = self.guest_or_person(actor, &Act::ReportComment).await?;
        let reason = said(reason, MAX_REASON)?;
        let row = self.shown_comment(id).await?;
        if !self.tally("reports", from, SENT_A_DAY, now).await? {
            return Err(TalkError::Enough);
        }
        let account = actor.account().map(|account| account.id);
        if account.is_none() && !self.tally(&format!("report:{id}"), from, 1, now).await? {
            return Err(TalkError::Already);
        }
        let report = NewReport {
            comment: id,
            account,
            reason,
            at: now,
        };
        match self.db().report_comment(report).await {
            // Enough others said so: somebody will look.
            Ok(()) | Err(DbError::Full) => Ok(row),
            Err(other) => Err(other.into()),
        }
    }

    /// Tells those who look after a card something that only they read.
    ///
    /// # Errors
    /// `Full`, `Enough`, `Blocked`; see [`TalkError`].
    pub async fn tell_stewards(
        &self,
        actor: &Actor,
        words: PrivateWords,
        from: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        let actor = self.guest_or_person(actor, &Act::TellStewards).await?;
        let body = said(&words.body, MAX_COMMENT)?;
        self.snapshot()
            .by_id(&words.card)
            .ok_or(TalkError::Missing)?;
        let (email, name): (EmailAddress, String) = match actor.account() {
            Some(account) => (account.email.clone(), account.credit_name.to_string()),
            None => (words.email.ok_or(TalkError::NeedsWords)?, words.name),
        };
        if self.is_blocked(&email).await? {
            return Err(TalkError::Blocked);
        }
        if !self.tally("private-remark", from, SENT_A_DAY, now).await? {
            return Err(TalkError::Enough);
        }
        let remark = PrivateRemark {
            card: words.card,
            account: actor.account().map(|account| account.id),
            name,
            email,
            body,
            at: now,
        };
        Ok(self.db().add_private_remark(&remark).await?)
    }

    /// Tells whether nothing more is taken from an address.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn is_blocked(&self, email: &EmailAddress) -> Result<bool, TalkError> {
        Ok(self.db().is_blocked(email).await?)
    }

    async fn shown_comment(&self, id: i64) -> Result<CommentRow, TalkError> {
        let row = self.db().comment(id).await?;
        row.filter(|row| row.state == CommentState::Shown)
            .ok_or(TalkError::Missing)
    }

    async fn own_comment(&self, actor: &Actor, id: i64) -> Result<CommentRow, TalkError> {
        let row = self.db().comment(id).await?.ok_or(TalkError::Missing)?;
        let author = row.author.id;
        self.may_talk(actor, &Act::ChangeComment { author }).await?;
        Ok(row)
    }

    /// Returns the account of somebody who may do it now, and from whose address things are taken.
    pub(crate) async fn may_talk(
        &self,
        actor: &Actor,
        act: &Act<'_>,
    ) -> Result<Account, TalkError> {
        let actor = self.guest_or_person(actor, act).await?;
        let account = actor.account().ok_or(TalkError::SignIn)?;
        if self.is_blocked(&account.email).await? {
            return Err(TalkError::Blocked);
        }
        Ok(account.as_ref().clone())
    }

    /// Returns an actor who may do it now.
    async fn guest_or_person(&self, actor: &Actor, act: &Act<'_>) -> Result<Actor, TalkError> {
        self.writable()?;
        let actor = self.people().fresh(actor).await?;
        match self.may(&actor, act) {
            Answer::Yes => Ok(actor),
            Answer::SignIn => Err(TalkError::SignIn),
            Answer::No(reason) => Err(TalkError::NotAllowed(reason)),
        }
    }
}

/// Returns what was said, without blanks around it.
pub(crate) fn said(words: &str, most: usize) -> Result<String, TalkError> {
    let words = words.trim().replace("\r\n", "\n");
    if words.is_empty() {
        return Err(TalkError::NeedsWords);
    }
    if words.chars().count() > most {
        return Err(TalkError::TooLong);
    }
    Ok(words)
}

/// Puts comments together by thread: what everyone sees, and what the reader wrote.
fn threads(rows: Vec<CommentRow>, me: Option<AccountId>) -> Vec<CommentThread> {
    let is_seen = |row: &CommentRow| {
        let own = Some(row.author.id) == me;
        match row.state {
            CommentState::Shown => true,
            CommentState::Waiting | CommentState::Declined => own,
            CommentState::Deleted => row.thread.is_none(),
        }
    };
    let mut threads: Vec<CommentThread> = Vec::new();
    for row in rows.into_iter().filter(is_seen) {
        match row.thread {
            None => threads.push(CommentThread {
                first: row,
                answers: Vec::new(),
            }),
            Some(thread) => {
                // The answers of a comment that was taken away go with it.
                let begun = threads.iter_mut().find(|one| {
                    one.first.id == thread && one.first.state != CommentState::Declined
                });
                if let Some(begun) = begun {
                    begun.answers.push(row);
                }
            }
        }
    }
    // The place of a comment that was taken back is kept for its answers alone.
    threads
        .retain(|thread| thread.first.state != CommentState::Deleted || !thread.answers.is_empty());
    threads
}
