//! Telling people of comments: those who watch the card, those who are answered, and the author of one that was decided on.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use terreau_card::CardId;
use terreau_community::{AccountId, CommentState, EmailAddress, NoticeKind};
use terreau_db::{CommentRow, NewNotice};

use super::TalkError;
use crate::Commons;

/// How many people one comment is told to at most.
const MOST_TOLD: usize = 500;

/// Something for those who look after a card.
#[derive(Debug, Clone)]
pub struct PrivateWords {
    /// About which card.
    pub card: CardId,
    /// How somebody without an account calls themselves.
    pub name: String,
    /// Where somebody without an account can be answered.
    pub email: Option<EmailAddress>,
    /// What is said.
    pub body: String,
}

impl Commons {
    /// Tells those who are answered by a comment, and those who watch its card.
    pub(crate) async fn tell_of_comment(
        &self,
        id: i64,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        let Some(row) = self.db().comment(id).await? else {
            return Ok(());
        };
        let mut answered = BTreeSet::new();
        if let Some(thread) = row.thread {
            let said = self.comments(&terreau_community::Actor::Anonymous, row.card);
            let begun = said.await?.into_iter().find(|one| one.first.id == thread);
            answered.extend(begun.iter().flat_map(|thread| {
                let all = [&thread.first].into_iter().chain(&thread.answers);
                all.map(|comment| comment.author.id)
            }));
        }
        let watchers = self.db().watchers_of(row.card, &[]).await?;
        let watchers = watchers.into_iter().filter(|one| !answered.contains(one));
        let notices = answered
            .iter()
            .map(|account| (*account, NoticeKind::CommentAnswered))
            .chain(watchers.map(|account| (account, NoticeKind::Comment)))
            .filter(|(account, _)| *account != row.author.id)
            .take(MOST_TOLD)
            .map(|(account, what)| notice(&row, account, what, row.author.id, now))
            .collect();
        Ok(self.db().add_notices(notices).await?)
    }

    /// Tells the author of a comment what a moderator did.
    pub(crate) async fn tell_author(
        &self,
        row: &CommentRow,
        what: NoticeKind,
        by: AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), TalkError> {
        if row.author.id == by || row.state == CommentState::Deleted {
            return Ok(());
        }
        let told = notice(row, row.author.id, what, by, now);
        Ok(self.db().add_notices(vec![told]).await?)
    }
}

fn notice(
    row: &CommentRow,
    account: AccountId,
    what: NoticeKind,
    by: AccountId,
    at: DateTime<Utc>,
) -> NewNotice {
    NewNotice {
        account,
        what,
        number: None,
        card: Some(row.card),
        by: Some(by),
        at,
    }
}
