//! Notices: what people are told on the site, and what they watch. [`letters`] brings them by mail.

mod letters;
mod told;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use terreau_card::CardPath;
use terreau_community::{AccountId, Act, Actor};
use terreau_db::{NoticeRow, Subject};

use crate::people::require;
use crate::{Commons, PeopleError, Question};

pub use letters::NoticeLetter;

/// How long a notice that was seen is kept.
pub(crate) const SEEN_NOTICE_LIFE: Duration = Duration::days(365);
/// How long any notice is kept.
pub(crate) const NOTICE_LIFE: Duration = Duration::days(2 * 365);
/// How many notices are shown at most.
const SHOWN: u64 = 100;
/// How many things one person watches at most.
const MOST_WATCHED: usize = 500;

/// A notice with what it is about, as it is now.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What is kept of it.
    pub row: NoticeRow,
    /// The title of its proposal.
    pub proposal: Option<String>,
    /// Where its card is, and its title.
    pub card: Option<(CardPath, String)>,
}

impl Commons {
    /// Returns the newest notices of the person who asks, newest first.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser.
    pub async fn notices(&self, actor: &Actor) -> Result<Vec<Notice>, PeopleError> {
        let owner = own(actor)?;
        let rows = self.db().notices(owner, SHOWN).await?;
        self.told_of(rows).await
    }

    /// Returns how many notices a person has not seen.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn unseen_notices(&self, account: AccountId) -> Result<u64, PeopleError> {
        Ok(self.db().unseen(account).await?)
    }

    /// Remembers that the person who asks saw the notices made until a moment.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser.
    pub async fn see_notices(
        &self,
        actor: &Actor,
        until: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let owner = own(actor)?;
        Ok(self.db().see_notices(owner, until).await?)
    }

    /// Returns what the person who asks watches.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser.
    pub async fn watches(&self, actor: &Actor) -> Result<Vec<Subject>, PeopleError> {
        Ok(self.db().watches(own(actor)?).await?)
    }

    /// Begins to watch something, or stops.
    ///
    /// # Errors
    /// `Missing` when there is no such card or topic; `NotAllowed` unless somebody asks in a browser, or when they watch
    /// too much already.
    pub async fn watch(
        &self,
        actor: &Actor,
        subject: &Subject,
        on: bool,
    ) -> Result<(), PeopleError> {
        let actor = self.people().fresh(actor).await?;
        let owner = own(&actor)?;
        if !on {
            return Ok(self.db().unwatch(owner, subject).await?);
        }
        let snapshot = self.snapshot();
        let is_there = match subject {
            Subject::Card(card) => snapshot.by_id(card).is_some(),
            Subject::Topic(code) => snapshot.config().term("topics", code).is_some(),
            Subject::Search(question) => {
                Question::read(question).is_some_and(|read| read.written() == *question)
            }
            Subject::Everything => true,
        };
        if !is_there {
            return Err(PeopleError::Missing);
        }
        if self.db().watches(owner).await?.len() >= MOST_WATCHED {
            return Err(PeopleError::NotAllowed);
        }
        Ok(self.db().watch(owner, subject).await?)
    }

    /// Returns everyone who may see a held proposal.
    async fn seers_of(&self, number: u64) -> Result<Vec<AccountId>, PeopleError> {
        let authors = self.db().authors(number).await?;
        let act = Act::SeeProposal {
            held: true,
            authors: &authors,
        };
        let accounts = self.db().accounts().await?.into_iter();
        Ok(accounts
            .map(|account| Actor::person(Arc::new(account)))
            .filter(|actor| self.may(actor, &act).is_yes())
            .filter_map(|actor| actor.account().map(|account| account.id))
            .collect())
    }

    /// Adds to notices what they are about.
    async fn told_of(&self, rows: Vec<NoticeRow>) -> Result<Vec<Notice>, PeopleError> {
        let snapshot = self.snapshot();
        let mut titles: HashMap<u64, Option<String>> = HashMap::new();
        let numbers: HashSet<u64> = rows.iter().filter_map(|row| row.number).collect();
        let mut held: HashMap<u64, Vec<AccountId>> = HashMap::new();
        for number in numbers {
            let proposal = self.db().proposal(number).await?;
            if proposal.as_ref().is_some_and(|row| row.held) {
                held.insert(number, self.seers_of(number).await?);
            }
            titles.insert(number, proposal.map(|row| row.title));
        }
        let title = |row: &NoticeRow| {
            let number = row.number?;
            let is_seen = held
                .get(&number)
                .is_none_or(|seers| seers.contains(&row.account));
            titles.get(&number).cloned().flatten().filter(|_| is_seen)
        };
        Ok(rows
            .into_iter()
            .map(|row| Notice {
                proposal: title(&row),
                card: row
                    .card
                    .and_then(|card| snapshot.by_id(&card))
                    .map(|head| (head.path.clone(), head.title.clone())),
                row,
            })
            .collect())
    }
}

/// Returns whose notices an actor may see and settle: their own, in a browser.
fn own(actor: &Actor) -> Result<AccountId, PeopleError> {
    let owner = actor.account().ok_or(PeopleError::NotAllowed)?.id;
    require(actor, &Act::EditAccount { owner })?;
    Ok(owner)
}
