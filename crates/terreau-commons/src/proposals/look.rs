//! Reading proposals: the desk's list, and one proposal with all that was said of it.

use std::sync::Arc;

use terreau_card::{
    Card, CardPath, Change, CommonsConfig, GovernanceRule, ProseDiff, prose_diff, source_diff,
};
use terreau_community::{AccountId, Act, Actor, ProposalState, Standing, may};
use terreau_db::{Held, KindOfChange, Person, ProposalFile, ProposalRow, ReviewRow, RevisionRow};
use terreau_store::{CONFIG_FILE, CommitId, Proposed, ProposedFile, StoreError};

use super::decide::{judge, paths, published_commit};
use super::find::{list, paged};
use super::talk::{Thread, threads};
use super::write::proposed;
use super::{ProposalError, ProposedCard};
use crate::Commons;
use crate::blocking::blocking;
use crate::publish::PublishError;
use crate::sought::Sought;

/// How many proposals one page of the desk shows.
pub const PROPOSALS_PER_PAGE: usize = 25;
/// How many proposals are looked through for those that wait for somebody, that hold some words, or by their size.
const MOST_OPEN: u64 = 500;

/// Which proposals the desk shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Queue {
    /// Those that can be revised, discussed and reviewed; the oldest first.
    #[default]
    Open,
    /// Those that the person can review or answer now; the oldest first.
    WaitingForMe,
    /// Those that the person wrote, open or not; the newest first.
    Mine,
    /// Those that were published, declined or withdrawn; the newest first.
    Closed,
    /// Those in this state, or in any; the newest first.
    Any(Option<ProposalState>),
}

/// What the desk is asked.
#[derive(Clone, Debug, Default)]
pub struct ProposalFilter {
    /// Which proposals.
    pub queue: Queue,
    /// Only those that touch a file below this folder.
    pub folder: Option<String>,
    /// Only those that touch this card.
    pub card: Option<CardPath>,
    /// Only open ones that can't be joined with what is published, or only those that need nothing more.
    pub only: Option<Only>,
    /// In another order than the queue's own.
    pub order: Option<Order>,
    /// Only those that hold every one of these words, as somebody typed them.
    pub words: String,
    /// The page, from 1.
    pub page: usize,
    /// How many a page holds; `PROPOSALS_PER_PAGE` when zero.
    pub limit: usize,
}

/// What open proposals are narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Those that can't be joined with what is published.
    Conflicting,
    /// Those that could be published now.
    Ready,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The oldest first.
    Oldest,
    /// The newest first.
    Newest,
    /// Those that change few words first.
    Smallest,
    /// Those that change many words first.
    Largest,
}

/// One proposal in a list.
pub struct ProposalLine {
    /// What is kept of it.
    pub row: ProposalRow,
    /// Who proposed it.
    pub author: Person,
    /// What its reviews are worth.
    pub standing: Standing,
    /// How many words it changes.
    pub words: usize,
    /// Whether it could be published as it is; open proposals only.
    pub joins: Joins,
}

/// One page of a list.
pub struct ProposalList {
    /// At most as many as were asked.
    pub lines: Vec<ProposalLine>,
    /// How many there are in all.
    pub total: usize,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// How many proposals were looked through for words, when there are more of them.
    pub looked_through: Option<usize>,
}

/// Whether a proposal could be published now.
#[derive(Debug)]
pub enum Joins {
    /// Nothing that it touches was published since.
    Cleanly,
    /// It would be joined with what was published meanwhile.
    Joined,
    /// It can't: a conflict, a rule of the format, an address that is taken.
    Not(Box<PublishError>),
    /// It is closed.
    Closed,
}

/// What the person who looks may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Change what is proposed.
    pub revise: bool,
    /// Approve, or ask for changes.
    pub review: bool,
    /// Publish it now.
    pub publish: bool,
    /// Decide against it.
    pub decline: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Say something.
    pub remark: bool,
}

/// A proposal with all that belongs to it.
pub struct ProposalPage {
    /// What is kept of it.
    pub row: ProposalRow,
    /// Everyone who wrote a revision, the proposer first.
    pub authors: Vec<Person>,
    /// Its revisions, oldest first.
    pub revisions: Vec<RevisionRow>,
    /// What it changes.
    pub cards: Arc<Vec<ProposedCard>>,
    /// What was said in reviews, oldest first.
    pub reviews: Vec<ReviewRow>,
    /// What the reviews are worth; places are those of `reviews`.
    pub standing: Standing,
    /// What was remarked, each thread where its paragraph is now.
    pub threads: Vec<Thread>,
    /// Whether it could be published now.
    pub joins: Joins,
    /// What the person may do.
    pub allowed: Allowed,
    /// The commit that published it.
    pub publication: Option<CommitId>,
    /// Who published, declined or withdrew it.
    pub decided_by: Option<Person>,
}

impl Commons {
    /// Returns a proposal with all that belongs to it.
    ///
    /// # Errors
    /// `Missing` when there is none of this number.
    pub async fn proposal(
        &self,
        actor: &Actor,
        number: u64,
    ) -> Result<ProposalPage, ProposalError> {
        let row = self.seen_proposal(actor, number).await?;
        let of = proposed(&row)?;
        let cards = self.proposed_cards(&of).await?;
        let authors = self.db().authors(number).await?;
        let reviews = self.db().reviews(number).await?;
        let remarks = self.db().remarks(number).await?;
        let standing = judge(&self.snapshot(), &row, &authors, &reviews);
        Ok(ProposalPage {
            joins: self.joins(&row).await?,
            allowed: self.allowances(actor, &row, &authors, &standing),
            authors: self.db().people(&authors).await?,
            revisions: self.db().revisions(number).await?,
            threads: threads(remarks, &cards),
            publication: published_commit(&row)?,
            decided_by: self.db().people(row.decided_by.as_slice()).await?.pop(),
            cards,
            reviews,
            standing,
            row,
        })
    }

    /// Returns a proposal that the actor may see. Of a held one, others learn nothing, not even that it is there.
    pub(crate) async fn seen_proposal(
        &self,
        actor: &Actor,
        number: u64,
    ) -> Result<ProposalRow, ProposalError> {
        let row = self.db().proposal(number).await?;
        let row = row.ok_or(ProposalError::Missing)?;
        let authors = if row.held {
            self.db().authors(number).await?
        } else {
            Vec::new()
        };
        let act = Act::SeeProposal {
            held: row.held,
            authors: &authors,
        };
        match may(actor, &act, &[]).is_yes() {
            true => Ok(row),
            false => Err(ProposalError::Missing),
        }
    }

    /// Lists proposals.
    ///
    /// # Errors
    /// `Unexpected` when database or repository do not answer; `SignIn` for a queue of one's own.
    pub async fn proposals(
        &self,
        actor: &Actor,
        filter: &ProposalFilter,
    ) -> Result<ProposalList, ProposalError> {
        let page = filter.page.max(1);
        let limit = match filter.limit {
            0 => PROPOSALS_PER_PAGE,
            limit => limit,
        };
        let asked = terreau_db::ProposalFilter {
            path_prefix: filter.folder.as_ref().map(|folder| format!("{folder}/")),
            touching: filter.card.clone(),
            held: held_for(actor),
            limit: limit as u64,
            offset: (page - 1).saturating_mul(limit) as u64,
            ..terreau_db::ProposalFilter::default()
        };
        let me = actor.account().map(|account| account.id);
        let asked = match filter.queue {
            Queue::Open => terreau_db::ProposalFilter {
                states: vec![ProposalState::Open],
                oldest_first: true,
                ..asked
            },
            Queue::Closed => terreau_db::ProposalFilter {
                states: vec![
                    ProposalState::Published,
                    ProposalState::Declined,
                    ProposalState::Withdrawn,
                ],
                ..asked
            },
            Queue::Any(state) => terreau_db::ProposalFilter {
                states: state.into_iter().collect(),
                ..asked
            },
            Queue::Mine => terreau_db::ProposalFilter {
                author: Some(me.ok_or(ProposalError::SignIn)?),
                ..asked
            },
            Queue::WaitingForMe => {
                let me = me.ok_or(ProposalError::SignIn)?;
                let mut waiting = self.waiting_for(me, actor, asked).await?;
                if let Some(sought) = Sought::read(&filter.words) {
                    waiting = self.holding(waiting, sought).await?;
                }
                if filter.order.is_some() {
                    return Ok(paged(self.lines(waiting).await?, filter, page, limit));
                }
                return self.page_of(waiting, filter, page, limit).await;
            }
        };
        let asked = match filter.order {
            Some(Order::Oldest) => terreau_db::ProposalFilter {
                oldest_first: true,
                ..asked
            },
            Some(Order::Newest) => terreau_db::ProposalFilter {
                oldest_first: false,
                ..asked
            },
            _ => asked,
        };
        if Sought::read(&filter.words).is_some() || is_weighed(filter) {
            return self.looked_through(asked, filter, page, limit).await;
        }
        let (rows, total) = self.db().proposals(&asked).await?;
        let lines = self.lines(rows).await?;
        Ok(list(
            lines,
            usize::try_from(total).unwrap_or(usize::MAX),
            page,
            limit,
        ))
    }

    /// Returns how many proposals wait for a person.
    ///
    /// # Errors
    /// Those of [`Commons::proposals`].
    pub async fn waiting_count(&self, actor: &Actor) -> Result<usize, ProposalError> {
        let me = actor.account().ok_or(ProposalError::SignIn)?.id;
        let every = terreau_db::ProposalFilter {
            held: held_for(actor),
            ..terreau_db::ProposalFilter::default()
        };
        Ok(self.waiting_for(me, actor, every).await?.len())
    }

    /// Returns the open proposals that a person can review, publish or answer now.
    async fn waiting_for(
        &self,
        me: AccountId,
        actor: &Actor,
        asked: terreau_db::ProposalFilter,
    ) -> Result<Vec<ProposalRow>, ProposalError> {
        let (rows, _) = self
            .db()
            .proposals(&terreau_db::ProposalFilter {
                states: vec![ProposalState::Open],
                oldest_first: true,
                limit: MOST_OPEN,
                offset: 0,
                ..asked
            })
            .await?;
        let mut waiting = Vec::new();
        for row in rows {
            let authors = self.db().authors(row.number).await?;
            let reviews = self.db().reviews(row.number).await?;
            let standing = judge(&self.snapshot(), &row, &authors, &reviews);
            let allowed = self.allowances(actor, &row, &authors, &standing);
            let spoke = |place: &usize| reviews[*place].reviewer.id == me;
            let answered =
                standing.counted.iter().any(spoke) || standing.asked_changes.iter().any(spoke);
            let mine = authors.contains(&me) && !standing.asked_changes.is_empty();
            if mine || (allowed.review && !answered) || (allowed.publish && standing.is_enough()) {
                waiting.push(row);
            }
        }
        Ok(waiting)
    }

    /// Lists proposals by what is known of each only once it is looked at: its words, its size, whether it joins.
    async fn looked_through(
        &self,
        asked: terreau_db::ProposalFilter,
        filter: &ProposalFilter,
        page: usize,
        limit: usize,
    ) -> Result<ProposalList, ProposalError> {
        let all = terreau_db::ProposalFilter {
            limit: MOST_OPEN,
            offset: 0,
            ..asked
        };
        let (mut rows, total) = self.db().proposals(&all).await?;
        let mut looked_through = None;
        if let Some(sought) = Sought::read(&filter.words) {
            looked_through = (total > MOST_OPEN).then_some(rows.len());
            rows = self.holding(rows, sought).await?;
        }
        Ok(ProposalList {
            looked_through,
            ..self.page_of(rows, filter, page, limit).await?
        })
    }

    /// Returns one page of proposals that are all there, in their order unless they are weighed.
    async fn page_of(
        &self,
        rows: Vec<ProposalRow>,
        filter: &ProposalFilter,
        page: usize,
        limit: usize,
    ) -> Result<ProposalList, ProposalError> {
        if is_weighed(filter) {
            return Ok(paged(self.lines(rows).await?, filter, page, limit));
        }
        let total = rows.len();
        let before = (page - 1).saturating_mul(limit);
        let shown = rows.into_iter().skip(before).take(limit).collect();
        Ok(list(self.lines(shown).await?, total, page, limit))
    }

    async fn lines(&self, rows: Vec<ProposalRow>) -> Result<Vec<ProposalLine>, ProposalError> {
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            lines.push(self.line(row).await?);
        }
        Ok(lines)
    }

    async fn line(&self, row: ProposalRow) -> Result<ProposalLine, ProposalError> {
        let authors = self.db().authors(row.number).await?;
        let reviews = self.db().reviews(row.number).await?;
        let standing = judge(&self.snapshot(), &row, &authors, &reviews);
        let cards = self.proposed_cards(&proposed(&row)?).await?;
        let author = self.db().people(&[row.author]).await?;
        Ok(ProposalLine {
            author: author.into_iter().next().ok_or(ProposalError::Missing)?,
            words: cards
                .iter()
                .filter_map(|card| card.prose.as_ref())
                .map(words)
                .sum(),
            joins: self.joins(&row).await?,
            standing,
            row,
        })
    }

    fn allowances(
        &self,
        actor: &Actor,
        row: &ProposalRow,
        authors: &[AccountId],
        standing: &Standing,
    ) -> Allowed {
        if row.state != ProposalState::Open {
            let remark = may(actor, &Act::Remark, &[]).is_yes();
            return Allowed {
                remark,
                ..Allowed::default()
            };
        }
        let snapshot = self.snapshot();
        let paths = paths(&row.files);
        let can = |act: Act<'_>| may(actor, &act, &snapshot.config().governance).is_yes();
        Allowed {
            revise: can(Act::ReviseProposal { authors }),
            review: can(Act::ReviewProposal { authors }),
            publish: can(Act::PublishProposal {
                paths: &paths,
                enough: standing.is_enough(),
            }),
            decline: can(Act::DeclineProposal),
            withdraw: can(Act::WithdrawProposal { author: row.author }),
            remark: can(Act::Remark),
        }
    }

    /// Tells whether a proposal could be published now.
    pub(crate) async fn joins(&self, row: &ProposalRow) -> Result<Joins, ProposalError> {
        if row.state != ProposalState::Open {
            return Ok(Joins::Closed);
        }
        let (store, of) = (Arc::clone(&self.store), proposed(row)?);
        if *self.snapshot().commit() == of.base {
            return Ok(Joins::Cleanly);
        }
        let answer: Result<bool, StoreError> = blocking(move || {
            let edits = store.edits_of(&of)?;
            store.rehearse(&edits)
        })
        .await?;
        match answer {
            Ok(false) => Ok(Joins::Cleanly),
            Ok(true) => Ok(Joins::Joined),
            Err(error) => match PublishError::from(error) {
                PublishError::Unexpected(cause) => Err(ProposalError::Unexpected(cause)),
                reason => Ok(Joins::Not(Box::new(reason))),
            },
        }
    }

    /// Returns what a revision changes, compared once.
    pub(super) async fn proposed_cards(
        &self,
        of: &Proposed,
    ) -> Result<Arc<Vec<ProposedCard>>, ProposalError> {
        let key = (of.base, of.commit);
        if let Some(cards) = self.proposed.get(&key) {
            return Ok(cards);
        }
        let (store, of) = (Arc::clone(&self.store), *of);
        let files = blocking(move || store.proposed(&of)).await??;
        let cards = Arc::new(files.into_iter().map(card).collect::<Vec<_>>());
        self.proposed.insert(key, Arc::clone(&cards));
        Ok(cards)
    }

    /// Returns the text of a card as a proposal has it, for the form that revises it.
    ///
    /// # Errors
    /// `Missing` when the proposal does not touch the card, and the card is not published either.
    pub async fn proposed_text(
        &self,
        actor: &Actor,
        number: u64,
        path: &CardPath,
    ) -> Result<Arc<str>, ProposalError> {
        let of = proposed(&self.seen_proposal(actor, number).await?)?;
        let (store, path) = (Arc::clone(&self.store), path.clone());
        blocking(move || store.proposed_text(&of, &path))
            .await??
            .ok_or(ProposalError::Missing)
    }
}

/// Tells whether every proposal must be compared to make a list: for their size, or for whether they join.
fn is_weighed(filter: &ProposalFilter) -> bool {
    filter.only.is_some() || matches!(filter.order, Some(Order::Smallest | Order::Largest))
}

/// Returns which held proposals the actor may see in lists.
fn held_for(actor: &Actor) -> Held {
    let may_see = |authors: &[AccountId]| {
        let act = Act::SeeProposal {
            held: true,
            authors,
        };
        may(actor, &act, &[]).is_yes()
    };
    match actor.account().map(|account| account.id) {
        _ if may_see(&[]) => Held::All,
        Some(me) if may_see(&[me]) => Held::By(me),
        _ => Held::None,
    }
}

/// Counts the words that a change takes away or brings.
fn words(prose: &ProseDiff) -> usize {
    prose
        .blocks
        .iter()
        .flat_map(|block| &block.spans)
        .filter(|span| span.change != Change::Same)
        .map(|span| span.text.split_whitespace().count())
        .sum()
}

fn card(file: ProposedFile) -> ProposedCard {
    let path = file.card_path();
    let before = file.before.as_deref().unwrap_or_default();
    let after = file.after.as_deref().unwrap_or_default();
    let prose = path.as_ref().map(|_| {
        let (old, _) = Card::read(before);
        let (new, _) = Card::read(after);
        prose_diff(&old, &new)
    });
    let title = match &path {
        Some(_) => Card::read(if after.is_empty() { before } else { after })
            .0
            .title()
            .to_owned(),
        None => file.file.clone(),
    };
    ProposedCard {
        is_new: file.before.is_none() && file.from.is_none(),
        from: file.from.as_deref().and_then(CardPath::from_file),
        rules: (file.file == CONFIG_FILE).then(|| (rules(before), rules(after))),
        source: source_diff(before, after),
        file: file.file,
        path,
        title,
        prose,
    }
}

/// Reads the rules of a text of the settings; none when it does not read.
fn rules(text: &str) -> Vec<GovernanceRule> {
    CommonsConfig::read(text).map_or_else(|_| Vec::new(), |config| config.governance)
}

/// Returns what the database keeps of a file that a revision touches.
pub(super) fn file_row(file: &ProposedFile) -> ProposalFile {
    let status = |text: &Option<Arc<str>>| {
        text.as_deref()
            .map(|text| Card::read(text).0.status() == terreau_card::Status::Archived)
    };
    let is_archived = status(&file.after).unwrap_or(false);
    let was_archived = status(&file.before).unwrap_or(false);
    let change = match (&file.before, &file.from) {
        (None, None) => KindOfChange::Created,
        (_, Some(_)) => KindOfChange::Renamed,
        _ if is_archived && !was_archived => KindOfChange::Archived,
        _ => KindOfChange::Changed,
    };
    ProposalFile {
        path: file.file.clone(),
        old_path: file.from.clone(),
        change,
    }
}
