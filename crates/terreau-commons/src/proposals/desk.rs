//! The desk: lists of proposals, narrowed and in order.

use terreau_card::{CardPath, Change, ProseDiff};
use terreau_community::{AccountId, Act, Actor, ProposalState, Standing, may};
use terreau_db::{Held, Person, ProposalRow};

use super::ProposalError;
use super::decide::judge;
use super::look::Joins;
use super::write::proposed;
use crate::Commons;
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

impl Commons {
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
}

/// Narrows and orders lines that are all there, and returns one page of them.
fn paged(
    mut lines: Vec<ProposalLine>,
    filter: &ProposalFilter,
    page: usize,
    limit: usize,
) -> ProposalList {
    lines.retain(|line| {
        let joins = !matches!(line.joins, Joins::Not(_) | Joins::Closed);
        match filter.only {
            None => true,
            Some(Only::Conflicting) => matches!(line.joins, Joins::Not(_)),
            Some(Only::Ready) => joins && line.standing.is_enough(),
        }
    });
    match filter.order {
        Some(Order::Smallest) => lines.sort_by_key(|line| line.words),
        Some(Order::Largest) => lines.sort_by_key(|line| std::cmp::Reverse(line.words)),
        Some(Order::Oldest) => lines.sort_by_key(|line| line.row.number),
        Some(Order::Newest) => lines.sort_by_key(|line| std::cmp::Reverse(line.row.number)),
        None => {}
    }
    let total = lines.len();
    let before = (page - 1).saturating_mul(limit);
    let lines = lines.into_iter().skip(before).take(limit).collect();
    list(lines, total, page, limit)
}

/// Returns a page of a list of `total` proposals.
fn list(lines: Vec<ProposalLine>, total: usize, page: usize, limit: usize) -> ProposalList {
    ProposalList {
        lines,
        total,
        page,
        pages: total.div_ceil(limit).max(1),
        looked_through: None,
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
