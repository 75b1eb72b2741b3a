//! The latest comments of the whole commons, all or those that hold some words: only what everyone sees, whoever asks.

use std::sync::Arc;

use terreau_community::{CreditName, OrganisationName};
use terreau_db::CommentRow;
use terreau_store::Head;

use super::TalkError;
use crate::Commons;
use crate::blocking::blocking;
use crate::sought::Sought;

/// How many comments a page shows.
const PER_PAGE: usize = 25;
/// How many comments are read at once.
const READ_AT_ONCE: u64 = 500;
/// How many comments are looked through for one page.
const MOST_LOOKED_THROUGH: usize = 3_000;

/// A page of comments that everyone sees, the newest first.
#[derive(Debug, Default)]
pub struct FoundComments {
    /// Each with the card that it is about.
    pub comments: Vec<(CommentRow, Arc<Head>)>,
    /// Where to go on: before which comment.
    pub next: Option<i64>,
    /// How many were looked through, when the page has room left but it was enough for once.
    pub looked_through: Option<usize>,
}

impl Commons {
    /// Returns the newest comments on published cards, those before one when it is named; with words, those that hold every
    /// one of them in what they say, in the name of who said it, or in the title of the card. What waits is found by nobody.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn latest_comments(
        &self,
        words: &str,
        before: Option<i64>,
    ) -> Result<FoundComments, TalkError> {
        let sought = Sought::read(words);
        let (mut found, mut before, mut looked_through) = (Vec::new(), before, 0);
        loop {
            let rows = self.db().latest_public_comments(before, READ_AT_ONCE);
            let rows = rows.await?;
            before = rows.last().map(|row| row.id);
            looked_through += rows.len();
            let is_all = (rows.len() as u64) < READ_AT_ONCE;
            let (snapshot, sought) = (self.snapshot(), sought.clone());
            let kept = blocking(move || {
                // What was said of a card that is gone speaks of nothing.
                rows.into_iter()
                    .filter_map(|row| {
                        let head = Arc::clone(snapshot.by_id(&row.card)?);
                        let is_kept = sought
                            .as_ref()
                            .is_none_or(|sought| sought.is_in(texts(&row, &head)));
                        is_kept.then_some((row, head))
                    })
                    .collect::<Vec<_>>()
            });
            found.extend(kept.await?);
            if found.len() > PER_PAGE {
                found.truncate(PER_PAGE);
                return Ok(FoundComments {
                    next: found.last().map(|(row, _): &(CommentRow, _)| row.id),
                    comments: found,
                    looked_through: None,
                });
            }
            let is_enough = looked_through >= MOST_LOOKED_THROUGH;
            if is_all || is_enough {
                return Ok(FoundComments {
                    comments: found,
                    next: before.filter(|_| !is_all),
                    looked_through: (!is_all).then_some(looked_through),
                });
            }
        }
    }
}

fn texts<'a>(row: &'a CommentRow, head: &'a Head) -> impl Iterator<Item = &'a str> {
    let name = row.author.name.as_ref().map(CreditName::as_str);
    let organisation = row.author.organisation.as_ref();
    [row.body.as_str(), head.title.as_str()]
        .into_iter()
        .chain(name)
        .chain(organisation.map(OrganisationName::as_str))
}
