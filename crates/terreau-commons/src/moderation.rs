//! Moderation: what waits for somebody to look at it, and what is decided then. All of it is in the journal.

use chrono::{DateTime, Utc};
use terreau_community::{
    AccountId, Act, Actor, CommentState, EmailAddress, NoticeKind, ProposalState, Role,
};
use terreau_db::{
    BlockedAddress, CommentDecision, CommentRow, Held, Person, PrivateRemark, ProposalFilter,
    ProposalRow, ReportRow, TryOutState,
};

use crate::comments::{MAX_COMMENT, said};
use crate::{Commons, TalkError};

/// How many of each kind are shown at once; the others come when these are settled.
const SHOWN: u64 = 50;

/// What waits for somebody to look at it, oldest first.
#[derive(Debug)]
pub struct Moderation {
    /// Comments of strangers.
    pub comments: Vec<CommentRow>,
    /// Comments that somebody spoke against, with what was said.
    pub reported: Vec<(CommentRow, Vec<ReportRow>)>,
    /// Proposals of strangers, each with who proposed it.
    pub proposals: Vec<(ProposalRow, Person)>,
    /// What people told those who look after cards, with what names each.
    pub remarks: Vec<(i64, PrivateRemark)>,
    /// The addresses from which nothing more is taken.
    pub blocked: Vec<BlockedAddress>,
}

impl Commons {
    /// Returns what waits for moderation.
    ///
    /// # Errors
    /// `SignIn` or `NotAllowed` unless an editor asks.
    pub async fn moderation(&self, actor: &Actor) -> Result<Moderation, TalkError> {
        self.moderator(actor, &Act::Moderate)?;
        let (rows, _) = self.db().proposals(&held_proposals(SHOWN)).await?;
        let authors: Vec<AccountId> = rows.iter().map(|row| row.author).collect();
        let authors = self.db().people(&authors).await?;
        Ok(Moderation {
            comments: self.db().waiting_comments(SHOWN).await?,
            reported: self.db().reported_comments(SHOWN).await?,
            proposals: rows.into_iter().zip(authors).collect(),
            remarks: self.db().private_remarks(SHOWN).await?,
            blocked: self.db().blocked_addresses().await?,
        })
    }

    /// Returns how many things wait for moderation; nothing to somebody who may not moderate.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn moderation_count(&self, actor: &Actor) -> Result<Option<u64>, TalkError> {
        if self.moderator(actor, &Act::Moderate).is_err() {
            return Ok(None);
        }
        let (_, held) = self.db().proposals(&held_proposals(0)).await?;
        let counts = [
            self.db().count_waiting_comments().await?,
            self.db().count_reported_comments().await?,
            self.db().count_private_remarks().await?,
            self.db().count_try_outs(TryOutState::Waiting).await?,
            held,
        ];
        Ok(Some(counts.iter().sum()))
    }

    /// Shows a comment that waits, or one that was declined; its author is told and known from then on.
    ///
    /// # Errors
    /// `Missing` when it does not wait; see [`TalkError`].
    pub async fn show_comment(
        &self,
        actor: &Actor,
        id: i64,
        now: DateTime<Utc>,
    ) -> Result<CommentRow, TalkError> {
        let row = self
            .decide(actor, id, (CommentState::Shown, None), now)
            .await?;
        self.tell_author(&row.0, NoticeKind::CommentShown, row.1, now)
            .await?;
        self.tell_of_comment(id, now).await?;
        Ok(row.0)
    }

    /// Asks the author of a comment that waits something; it goes on waiting.
    ///
    /// # Errors
    /// `NeedsWords`; `Missing` when it does not wait; see [`TalkError`].
    pub async fn ask_about_comment(
        &self,
        actor: &Actor,
        id: i64,
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<CommentRow, TalkError> {
        let answer = (CommentState::Waiting, NoticeKind::CommentAsked);
        self.answer_comment(actor, id, words, answer, now).await
    }

    /// Decides against a comment, whether it waits or is shown, and says why.
    ///
    /// # Errors
    /// `NeedsWords`; `Missing` when it was decided on already; see [`TalkError`].
    pub async fn decline_comment(
        &self,
        actor: &Actor,
        id: i64,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<CommentRow, TalkError> {
        let answer = (CommentState::Declined, NoticeKind::CommentDeclined);
        self.answer_comment(actor, id, reason, answer, now).await
    }

    /// Says something to the author of a comment, which stands as told afterwards.
    async fn answer_comment(
        &self,
        actor: &Actor,
        id: i64,
        words: &str,
        (state, notice): (CommentState, NoticeKind),
        now: DateTime<Utc>,
    ) -> Result<CommentRow, TalkError> {
        let words = said(words, MAX_COMMENT)?;
        let to = (state, Some(words));
        let (row, by) = self.decide(actor, id, to, now).await?;
        self.tell_author(&row, notice, by, now).await?;
        Ok(row)
    }

    /// Returns a comment, whatever its state.
    ///
    /// # Errors
    /// `Missing` when there is none; see [`TalkError`].
    pub async fn moderated_comment(&self, actor: &Actor, id: i64) -> Result<CommentRow, TalkError> {
        self.moderator(actor, &Act::Moderate)?;
        self.db().comment(id).await?.ok_or(TalkError::Missing)
    }

    /// Keeps a comment that somebody spoke against.
    ///
    /// # Errors
    /// `Missing` when nobody did; see [`TalkError`].
    pub async fn keep_comment(
        &self,
        actor: &Actor,
        id: i64,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        let by = self.may_talk(actor, &Act::Moderate).await?.id;
        match self.db().keep_comment(id, by, now).await? {
            true => Ok(()),
            false => Err(TalkError::Missing),
        }
    }

    /// Closes a thread to answers, or opens it again; it may be so already.
    ///
    /// # Errors
    /// See [`TalkError`].
    pub async fn close_comments(
        &self,
        actor: &Actor,
        thread: i64,
        closed: bool,
        now: DateTime<Utc>,
    ) -> Result<CommentRow, TalkError> {
        let by = self.may_talk(actor, &Act::Moderate).await?.id;
        let row = self.db().comment(thread).await?.ok_or(TalkError::Missing)?;
        self.db().close_comments(thread, by, now, closed).await?;
        Ok(row)
    }

    /// Forgets what somebody told those who look after a card: it is seen to. It may be gone already.
    ///
    /// # Errors
    /// See [`TalkError`].
    pub async fn settle_private_remark(
        &self,
        actor: &Actor,
        id: i64,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        let by = self.may_talk(actor, &Act::Moderate).await?.id;
        self.db().settle_private_remark(id, by, now).await?;
        Ok(())
    }

    /// Keeps an account from sending anything more: it is suspended, its comments that wait are declined. Stewards can lift it.
    ///
    /// # Errors
    /// `NotAllowed` for the account of an editor, unless a steward asks; `Missing` when there is none; see [`TalkError`].
    pub async fn block_account(
        &self,
        actor: &Actor,
        id: AccountId,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        let of = self.db().account(id).await?.ok_or(TalkError::Missing)?;
        let by = self.may_talk(actor, &Act::Block { role: of.role }).await?;
        let reason = said(reason, MAX_COMMENT)?;
        if by.id == id {
            return Err(TalkError::NotAllowed(terreau_community::Reason::NotOneself));
        }
        if !self.db().suspend(id, true, Some(by.id), now).await? {
            return Err(TalkError::NotAllowed(terreau_community::Reason::NeedsRole(
                Role::Steward,
            )));
        }
        for comment in self.db().comments_by(id).await? {
            if comment.state == CommentState::Waiting {
                let declined = decision(
                    CommentState::Waiting,
                    (CommentState::Declined, Some(reason.clone())),
                    by.id,
                    now,
                );
                self.db().decide_comment(comment.id, declined).await?;
            }
        }
        Ok(())
    }

    /// Takes nothing more from an address: what it told the stewards goes, and an account that it has is blocked.
    ///
    /// # Errors
    /// See [`TalkError`].
    pub async fn block_address(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        let account = self.db().account_by_email(email).await?;
        let role = account.as_ref().map_or(Role::Reader, |one| one.role);
        let by = self.may_talk(actor, &Act::Block { role }).await?;
        let blocked = BlockedAddress {
            email: email.clone(),
            by: by.id,
            reason: said(reason, MAX_COMMENT)?,
            at: now,
        };
        if let Some(account) = account {
            self.block_account(actor, account.id, reason, now).await?;
        }
        Ok(self.db().block_address(&blocked).await?)
    }

    /// Takes from an address again; it may be so already.
    ///
    /// # Errors
    /// See [`TalkError`].
    pub async fn unblock_address(
        &self,
        actor: &Actor,
        email: &EmailAddress,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        let role = Role::Reader;
        let by = self.may_talk(actor, &Act::Block { role }).await?.id;
        self.db().unblock_address(email, by, now).await?;
        Ok(())
    }

    /// Brings a comment into another state, from whichever it is in; returns it as it was, and who did so.
    async fn decide(
        &self,
        actor: &Actor,
        id: i64,
        to: (CommentState, Option<String>),
        now: DateTime<Utc>,
    ) -> Result<(CommentRow, AccountId), TalkError> {
        let by = self.may_talk(actor, &Act::Moderate).await?.id;
        let row = self.db().comment(id).await?.ok_or(TalkError::Missing)?;
        let can = match to.0 {
            CommentState::Shown => {
                matches!(row.state, CommentState::Waiting | CommentState::Declined)
            }
            CommentState::Waiting => row.state == CommentState::Waiting,
            CommentState::Declined => {
                matches!(row.state, CommentState::Waiting | CommentState::Shown)
            }
            CommentState::Deleted => false,
        };
        if !can {
            return Err(TalkError::Missing);
        }
        let decision = decision(row.state, to, by, now);
        match self.db().decide_comment(id, decision).await? {
            true => Ok((row, by)),
            false => Err(TalkError::Missing),
        }
    }

    /// Lets through whoever may moderate.
    pub(crate) fn moderator(&self, actor: &Actor, act: &Act<'_>) -> Result<(), TalkError> {
        match self.may(actor, act) {
            terreau_community::Answer::Yes => Ok(()),
            terreau_community::Answer::SignIn => Err(TalkError::SignIn),
            terreau_community::Answer::No(reason) => Err(TalkError::NotAllowed(reason)),
        }
    }
}

fn decision(
    from: CommentState,
    (to, note): (CommentState, Option<String>),
    by: AccountId,
    at: DateTime<Utc>,
) -> CommentDecision {
    CommentDecision {
        from,
        to,
        note,
        by,
        at,
    }
}

/// The proposals that nobody looked at yet.
fn held_proposals(limit: u64) -> ProposalFilter {
    ProposalFilter {
        states: vec![ProposalState::Open],
        held: Held::Only,
        oldest_first: true,
        limit,
        ..ProposalFilter::default()
    }
}
