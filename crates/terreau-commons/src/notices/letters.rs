//! Notices by mail: one letter for all that waits for a person, given out one after the other. A notice counts as mailed when
//! the caller says that the mail server took its letter: told twice after a crash rather than never.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveTime, Utc};
use secrecy::SecretString;
use terreau_community::{Account, AccountId, Act, Actor, HowOften, NoticeKind, ProposalState, may};
use terreau_db::{Link, LinkPurpose, NoticeRow, Profile};

use super::Notice;
use crate::secret::{hash, new_secret};
use crate::{Commons, PeopleError};

/// How many waiting notices are looked through for the next letter.
const BATCH: u64 = 1_000;
/// What nobody could be told of for so long is no news.
const NEWS: Duration = Duration::days(14);
/// How long the link that ends the letters works.
const STOP_LIFE: Duration = Duration::days(365);
/// When the daily letters leave.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(5, 0, 0).expect("five o'clock exists");
/// The setting that says for which day the daily letters left.
const DAILY: &str = "daily-letters";

/// A letter to write.
pub struct NoticeLetter {
    /// Whom it goes to.
    pub account: Account,
    /// What it tells, oldest first.
    pub notices: Vec<Notice>,
    /// The secret of the link that ends such letters.
    pub stop: SecretString,
}

impl Commons {
    /// Returns the next letter to write, but for those to people who were `passed` over in this round. Rights are judged now:
    /// nothing is told to suspended people, nor what is no longer theirs to do.
    ///
    /// # Errors
    /// `Unexpected` when the database does not answer.
    pub async fn next_letter(
        &self,
        how: HowOften,
        passed: &HashSet<AccountId>,
        now: DateTime<Utc>,
    ) -> Result<Option<NoticeLetter>, PeopleError> {
        loop {
            let waiting = self.db().notices_to_mail(how, now, BATCH).await?;
            let next = waiting.iter().map(|row| row.account);
            let Some(id) = next.into_iter().find(|id| !passed.contains(id)) else {
                return Ok(None);
            };
            let rows: Vec<NoticeRow> = waiting
                .into_iter()
                .filter(|row| row.account == id)
                .collect();
            let account = self.db().account(id).await?;
            let Some(account) = account.filter(|account| !account.suspended) else {
                continue; // gone or suspended since the list was read, so not in the next one
            };
            let person = Arc::new(account);
            let (mut kept, mut dropped) = (Vec::new(), Vec::new());
            for row in rows {
                if self.is_news(&person, &row, now).await? {
                    kept.push(row);
                } else {
                    dropped.push(row.id);
                }
            }
            if !dropped.is_empty() {
                self.db().mailed(&dropped, now).await?;
            }
            if kept.is_empty() {
                continue;
            }
            let stop = new_secret("")?;
            let link = Link {
                email: Some(person.email.clone()),
                purpose: LinkPurpose::Unsubscribe,
                created_at: now,
                expires_at: now + STOP_LIFE,
            };
            self.db().create_link(stop.hash, &link).await?;
            return Ok(Some(NoticeLetter {
                notices: self.told_of(kept).await?,
                account: Arc::unwrap_or_clone(person),
                stop: stop.text,
            }));
        }
    }

    /// Remembers that a letter left, or that it can never reach its person.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be written: the letter is written again.
    pub async fn letter_left(
        &self,
        letter: &NoticeLetter,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let ids: Vec<i64> = letter.notices.iter().map(|notice| notice.row.id).collect();
        self.db().mailed(&ids, now).await?;
        Ok(())
    }

    /// Tells whether the daily letters are to leave: once a day, in the morning or as soon as the program runs then.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn are_daily_letters_due(&self, now: DateTime<Utc>) -> Result<bool, PeopleError> {
        if now.time() < MORNING {
            return Ok(false);
        }
        let last = self.db().get_setting(DAILY).await?;
        Ok(last != Some(now.date_naive().to_string()))
    }

    /// Remembers that the daily letters of a day left.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be written.
    pub async fn daily_letters_left(&self, now: DateTime<Utc>) -> Result<(), PeopleError> {
        let day = now.date_naive().to_string();
        Ok(self.db().set_setting(DAILY, &day).await?)
    }

    /// Tells whether a link would end somebody's letters.
    ///
    /// # Errors
    /// `DeadLink` when it would not.
    pub async fn look_at_stop(&self, token: &str, now: DateTime<Utc>) -> Result<(), PeopleError> {
        self.stopping(token, now).await.map(drop)
    }

    /// Ends the letters of notices to whoever got this link; on the site they go on. Safe to repeat.
    ///
    /// # Errors
    /// `DeadLink` when the link has expired, is for something else, or the account is gone.
    pub async fn stop_letters(&self, token: &str, now: DateTime<Utc>) -> Result<(), PeopleError> {
        let account = self.stopping(token, now).await?;
        let profile = Profile {
            credit_name: account.credit_name,
            organisation: account.organisation,
            language: account.language,
            notices: HowOften::Never,
        };
        Ok(self.db().set_profile(account.id, &profile).await?)
    }

    async fn stopping(&self, token: &str, now: DateTime<Utc>) -> Result<Account, PeopleError> {
        let link = self.db().link(hash(token), now).await?;
        let email = link
            .filter(|link| link.purpose == LinkPurpose::Unsubscribe)
            .and_then(|link| link.email)
            .ok_or(PeopleError::DeadLink)?;
        let account = self.db().account_by_email(&email).await?;
        account.ok_or(PeopleError::DeadLink)
    }

    /// Tells whether a notice is still worth a letter to this person.
    async fn is_news(
        &self,
        person: &Arc<Account>,
        row: &NoticeRow,
        now: DateTime<Utc>,
    ) -> Result<bool, PeopleError> {
        if row.at < now - NEWS {
            return Ok(false);
        }
        let (NoticeKind::ReviewAsked, Some(number)) = (row.what, row.number) else {
            return Ok(true);
        };
        let proposal = self.db().proposal(number).await?;
        if proposal.is_none_or(|proposal| proposal.state != ProposalState::Open) {
            return Ok(false);
        }
        let authors = self.db().authors(number).await?;
        let act = Act::ReviewProposal { authors: &authors };
        let actor = Actor::person(Arc::clone(person));
        Ok(may(&actor, &act, &self.snapshot().config().governance).is_yes())
    }
}
