//! What waits, ready to show.

use terreau_card::{CardId, Change};
use terreau_commons::{
    BlockedAddress, CommentRow, Person, PrivateRemark, ProposalError, ProposalRow, ReportRow,
    Snapshot,
};

use crate::dates::Moment;
use crate::facts::Piece;
use crate::pages::comments::{address, paragraphs, private_line};
use crate::pages::proposals::{say_does, say_person, say_title};
use crate::{Failure, Reader, Site, url};

/// A comment that waits, or that somebody spoke against.
pub struct CommentLine {
    /// Names it in addresses.
    pub id: i64,
    /// Who.
    pub author: String,
    /// Their account, for stewards.
    pub account: Option<String>,
    /// When.
    pub when: Moment,
    /// The title of the card, and where its comments are.
    pub card: (String, Option<String>),
    /// What they said.
    pub body: Vec<Vec<Piece>>,
    /// What looks private in it.
    pub private: Option<String>,
    /// What somebody asked already.
    pub note: Option<String>,
    /// What was said against it, each with when.
    pub reports: Vec<(String, Moment)>,
}

impl CommentLine {
    /// Tells what a moderator needs to know of a comment.
    pub fn of(
        snapshot: &Snapshot,
        reader: &Reader,
        row: CommentRow,
        reports: Vec<ReportRow>,
        is_steward: bool,
    ) -> CommentLine {
        let words = reader.words();
        CommentLine {
            id: row.id,
            author: say_person(&row.author, words),
            account: is_steward.then(|| format!("/administration/comptes/{}", row.author.id)),
            when: Moment::with_time(row.at, reader.language),
            card: card(snapshot, row.card, reader),
            private: private_line(&row.body, words),
            body: paragraphs(&row.body),
            note: row.note,
            reports: reports
                .into_iter()
                .map(|report| (report.reason, Moment::with_time(report.at, reader.language)))
                .collect(),
        }
    }
}

/// A proposal that nobody looked at yet.
pub struct ProposalLine {
    /// Its number.
    pub number: u64,
    /// Where it is read.
    pub href: String,
    /// What lists call it.
    pub title: String,
    /// Who proposed it.
    pub author: String,
    /// Why, in their words.
    pub reason: String,
    /// What it does.
    pub does: String,
    /// When.
    pub when: Moment,
    /// The revision that is looked at.
    pub head: String,
    /// What looks private in what it brings.
    pub private: Option<String>,
}

impl ProposalLine {
    /// Tells what a moderator needs to know of a proposal.
    pub async fn of(
        site: &Site,
        reader: &Reader,
        row: ProposalRow,
        author: &Person,
    ) -> Result<ProposalLine, Failure> {
        let words = reader.words();
        // What the wire or the disk cannot give is looked at on the proposal's own page.
        let brought = match site.commons.proposal(&reader.actor, row.number).await {
            Ok(page) => page
                .cards
                .iter()
                .filter_map(|card| card.prose.as_ref())
                .flat_map(|prose| &prose.blocks)
                .flat_map(|block| &block.spans)
                .filter(|span| span.change == Change::Inserted)
                .map(|span| format!("{}\n", span.text))
                .collect(),
            Err(ProposalError::Unexpected(cause)) => return Err(Failure::unexpected(cause)),
            Err(_) => String::new(),
        };
        Ok(ProposalLine {
            private: private_line(&format!("{}\n{brought}", row.reason), words),
            number: row.number,
            href: url::proposal(row.number),
            title: say_title(&row.title, words),
            author: say_person(author, words),
            does: say_does(&row.files, words),
            when: Moment::with_time(row.created_at, reader.language),
            reason: row.reason,
            head: row.head,
        })
    }
}

/// What somebody tells those who look after a card.
pub struct RemarkLine {
    /// Names it in addresses.
    pub id: i64,
    /// How they call themselves.
    pub name: String,
    /// Where they can be answered.
    pub email: String,
    /// Whether they have an account.
    pub has_account: bool,
    /// When.
    pub when: Moment,
    /// The title of the card, and where it is.
    pub card: (String, Option<String>),
    /// What they said.
    pub body: Vec<Vec<Piece>>,
    /// What looks private in it.
    pub private: Option<String>,
}

impl RemarkLine {
    /// Tells what a moderator needs to know of a private remark.
    pub fn of(snapshot: &Snapshot, reader: &Reader, id: i64, remark: PrivateRemark) -> RemarkLine {
        let words = reader.words();
        let name = match remark.name.as_str() {
            "" => words.say("notices-who-unknown"),
            name => name.to_owned(),
        };
        RemarkLine {
            id,
            name,
            email: remark.email.as_str().to_owned(),
            has_account: remark.account.is_some(),
            when: Moment::with_time(remark.at, reader.language),
            card: card(snapshot, remark.card, reader),
            private: private_line(&remark.body, words),
            body: paragraphs(&remark.body),
        }
    }
}

/// An address from which nothing more is taken.
pub struct BlockedLine {
    /// The address.
    pub email: String,
    /// Why.
    pub reason: String,
    /// When.
    pub when: Moment,
}

impl BlockedLine {
    /// Tells of a blocked address.
    pub fn of(reader: &Reader, blocked: BlockedAddress) -> BlockedLine {
        BlockedLine {
            email: blocked.email.as_str().to_owned(),
            reason: blocked.reason,
            when: Moment::of(blocked.at, reader.language),
        }
    }
}

fn card(snapshot: &Snapshot, card: CardId, reader: &Reader) -> (String, Option<String>) {
    match snapshot.by_id(&card) {
        Some(head) => (head.title.clone(), Some(address(&head.path))),
        None => (reader.words().say("notices-card-unknown"), None),
    }
}
