//! Remarks: threads on a proposal as a whole or on one of its paragraphs, which they follow when the text moves.

use chrono::{DateTime, Utc};
use terreau_card::{Change, DiffBlock};
use terreau_community::{Act, Actor, NoticeKind};
use terreau_db::{Place, RemarkRow};

use super::{ProposalError, ProposedCard};
use crate::Commons;
use crate::secret::hex_digest;

/// How much of a paragraph is kept with a remark on it, in characters.
const MAX_EXCERPT: usize = 2_000;
/// The longest remark, in characters.
const MAX_REMARK: usize = 10_000;
/// How much of its words a paragraph must keep to be the same paragraph, reworded.
const SAME_PARAGRAPH: f64 = 0.5;

/// Something to say of a proposal.
#[derive(Clone, Debug)]
pub struct NewRemark {
    /// The thread that it answers; `None` begins one.
    pub thread: Option<i64>,
    /// The file and the block of its comparison that it is about; `None` is about the whole.
    pub place: Option<(String, usize)>,
    /// What is said.
    pub body: String,
}

/// A remark and its answers.
pub struct Thread {
    /// The remark that began it.
    pub first: RemarkRow,
    /// The answers, oldest first.
    pub answers: Vec<RemarkRow>,
    /// Where its paragraph is in the present comparison: the card's place among the proposal's cards, and the block's
    /// among those of the comparison. `None` for the whole, and when the paragraph is gone.
    pub at: Option<(usize, usize)>,
}

impl Commons {
    /// Says something of a proposal, and tells its authors and those who spoke in the thread.
    ///
    /// # Errors
    /// `Missing` when the thread or the place is not of this proposal; see [`ProposalError`].
    pub async fn remark(
        &self,
        actor: &Actor,
        number: u64,
        remark: NewRemark,
        now: DateTime<Utc>,
    ) -> Result<i64, ProposalError> {
        let account = self.allowed_to(actor, &Act::Remark).await?;
        let row = self.seen_proposal(actor, number).await?;
        let body: String = remark.body.trim().chars().take(MAX_REMARK).collect();
        if body.is_empty() {
            return Err(ProposalError::NeedsWords);
        }
        let said = self.db().remarks(number).await?;
        let in_thread = |one: &&RemarkRow| Some(one.thread.unwrap_or(one.id)) == remark.thread;
        if remark.thread.is_some() && !said.iter().any(|one| Some(one.id) == remark.thread) {
            return Err(ProposalError::Missing);
        }
        let place = match remark.place {
            Some((file, block)) if remark.thread.is_none() => {
                let cards = self.proposed_cards(&super::write::proposed(&row)?).await?;
                Some(place(&cards, file, block).ok_or(ProposalError::Missing)?)
            }
            _ => None,
        };
        let id = self
            .db()
            .add_remark(terreau_db::NewRemark {
                number,
                thread: remark.thread,
                revision: row.revision,
                place,
                author: account.id,
                body,
                at: now,
            })
            .await?;
        let mut people = self.db().authors(number).await?;
        people.extend(said.iter().filter(in_thread).map(|one| one.author.id));
        people.sort_unstable();
        people.dedup();
        self.tell(&people, NoticeKind::Remark, number, &account, now)
            .await?;
        Ok(id)
    }

    /// Says that a thread is settled, or opens it again.
    ///
    /// # Errors
    /// `Missing` when the thread is not of this proposal; see [`ProposalError`].
    pub async fn resolve_thread(
        &self,
        actor: &Actor,
        number: u64,
        thread: i64,
        resolved: bool,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        self.seen_proposal(actor, number).await?;
        let said = self.db().remarks(number).await?;
        let first = said
            .iter()
            .find(|remark| remark.id == thread && remark.thread.is_none())
            .ok_or(ProposalError::Missing)?;
        let authors = self.db().authors(number).await?;
        let act = Act::ResolveThread {
            author: first.author.id,
            proposal_authors: &authors,
        };
        let account = self.allowed_to(actor, &act).await?;
        self.db().resolve(thread, account.id, now, resolved).await?;
        Ok(())
    }
}

/// Returns what is kept of a paragraph that a remark is about.
fn place(cards: &[ProposedCard], file: String, block: usize) -> Option<Place> {
    let card = cards.iter().find(|card| card.file == file)?;
    let text = said(card.prose.as_ref()?.blocks.get(block)?);
    Some(Place {
        file,
        hash: hex_digest(&text),
        excerpt: text.chars().take(MAX_EXCERPT).collect(),
    })
}

/// Puts remarks together by thread, and each thread where its paragraph is now.
pub(super) fn threads(remarks: Vec<RemarkRow>, cards: &[ProposedCard]) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    for remark in remarks {
        let begun = remark
            .thread
            .and_then(|id| threads.iter_mut().find(|thread| thread.first.id == id));
        match begun {
            Some(thread) => thread.answers.push(remark),
            None => threads.push(Thread {
                at: remark.place.as_ref().and_then(|place| find(place, cards)),
                first: remark,
                answers: Vec::new(),
            }),
        }
    }
    threads
}

/// Finds the paragraph that a remark was made on: the same words, or the one that keeps most of them.
fn find(place: &Place, cards: &[ProposedCard]) -> Option<(usize, usize)> {
    let at = cards.iter().position(|card| card.file == place.file)?;
    let blocks = &cards[at].prose.as_ref()?.blocks;
    let texts: Vec<String> = blocks.iter().map(said).collect();
    if let Some(block) = texts.iter().position(|text| hex_digest(text) == place.hash) {
        return Some((at, block));
    }
    texts
        .iter()
        .map(|text| text.chars().take(MAX_EXCERPT).collect::<String>())
        .enumerate()
        .map(|(block, text)| (block, likeness(&text, &place.excerpt)))
        .filter(|(_, likeness)| *likeness >= SAME_PARAGRAPH)
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(block, _)| (at, block))
}

/// Returns what a block says once changed; what it said, when it would be gone.
fn said(block: &DiffBlock) -> String {
    let kept = |left_out: Change| -> String {
        block
            .spans
            .iter()
            .filter(|span| span.change != left_out)
            .map(|span| span.text.as_str())
            .collect()
    };
    match block.change {
        Change::Deleted => kept(Change::Inserted),
        _ => kept(Change::Deleted),
    }
}

/// Returns which part of their words two texts share, from 0 to 1 (Sørensen–Dice on multisets of words).
fn likeness(a: &str, b: &str) -> f64 {
    let mut left: Vec<String> = a.split_whitespace().map(str::to_lowercase).collect();
    let right: Vec<String> = b.split_whitespace().map(str::to_lowercase).collect();
    let all = left.len() + right.len();
    if all == 0 {
        return 1.0;
    }
    let shared = right
        .iter()
        .filter(|word| match left.iter().position(|one| one == *word) {
            Some(place) => {
                left.swap_remove(place);
                true
            }
            None => false,
        })
        .count();
    #[expect(
        clippy::cast_precision_loss,
        reason = "paragraphs have thousands of words at most"
    )]
    let likeness = 2.0 * shared as f64 / all as f64;
    likeness
}
