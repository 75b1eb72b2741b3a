//! Proposals: who proposed what, how it stands, and the revisions that it went through. What is proposed is in git.

mod change;
mod found;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use terreau_card::CardPath;
use terreau_community::{AccountId, ProposalState};

use crate::connect::storable;
use crate::entity::proposal::{Column, Entity, Model};
use crate::entity::{proposal_file, revision};
use crate::error::fault;
use crate::{Db, DbError, KindOfChange};

pub use change::{Decision, NewProposal, NewRevision};
pub(crate) use change::{event_of, stale_or_missing};

/// A proposal with the files of its present revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalRow {
    /// Its number, never given to another.
    pub number: u64,
    /// Who proposed it.
    pub author: AccountId,
    /// What lists call it.
    pub title: String,
    /// Why, in the author's words.
    pub reason: String,
    /// Where it is in its life.
    pub state: ProposalState,
    /// The published commit on which its present revision was made.
    pub base: String,
    /// The commit of its present revision.
    pub head: String,
    /// The number of its present revision, from 1.
    pub revision: u32,
    /// When it was proposed.
    pub created_at: DateTime<Utc>,
    /// When it was last proposed, revised, reviewed, remarked on or decided.
    pub updated_at: DateTime<Utc>,
    /// When it was published, declined or withdrawn.
    pub decided_at: Option<DateTime<Utc>>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// Why, in their words.
    pub decision: Option<String>,
    /// The commit that published it.
    pub published: Option<String>,
    /// Whether it waits for somebody to look at it: only its authors and editors see it.
    pub held: bool,
    /// The files of its present revision, by path.
    pub files: Vec<ProposalFile>,
}

/// Which held proposals a list may show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Held {
    /// None.
    #[default]
    None,
    /// Those that this person is an author of.
    By(AccountId),
    /// All.
    All,
    /// Nothing but held ones.
    Only,
}

/// A file that a proposal touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalFile {
    /// Where it would be.
    pub path: String,
    /// Where it is, when the proposal moves it.
    pub old_path: Option<String>,
    /// What would happen to it.
    pub change: KindOfChange,
}

/// A state of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRow {
    /// Its number, from 1.
    pub revision: u32,
    /// Who wrote it.
    pub author: AccountId,
    /// The published commit on which it was made.
    pub base: String,
    /// Its commit.
    pub head: String,
    /// What its author said of it.
    pub message: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// Which proposals are asked for; each thing that is given narrows the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalFilter {
    /// Those in one of these states; in any when there are none.
    pub states: Vec<ProposalState>,
    /// Those that this person proposed.
    pub author: Option<AccountId>,
    /// Those that touch a file whose path begins so, at its old or at its new place.
    pub path_prefix: Option<String>,
    /// Those that touch this card, at its old or at its new place.
    pub touching: Option<CardPath>,
    /// Which held ones may be among them; none, unless it is said.
    pub held: Held,
    /// The oldest first, rather than the newest.
    pub oldest_first: bool,
    /// At most so many.
    pub limit: u64,
    /// After so many others.
    pub offset: u64,
}

impl Default for ProposalFilter {
    /// The fifty newest.
    fn default() -> Self {
        Self {
            states: Vec::new(),
            author: None,
            path_prefix: None,
            touching: None,
            held: Held::None,
            oldest_first: false,
            limit: 50,
            offset: 0,
        }
    }
}

impl Db {
    /// Returns a proposal.
    pub async fn proposal(&self, number: u64) -> Result<Option<ProposalRow>, DbError> {
        let found = Entity::find_by_id(column(number)).one(&self.read).await;
        let Some(row) = found.map_err(fault)? else {
            return Ok(None);
        };
        Ok(self.with_files(vec![row]).await?.pop())
    }

    /// Returns the number of the proposal that a request made.
    pub async fn proposal_of_request(&self, key: &str) -> Result<Option<u64>, DbError> {
        let found: Option<i64> = Entity::find()
            .select_only()
            .column(Column::Number)
            .filter(Column::RequestKey.eq(storable(key)))
            .into_tuple()
            .one(&self.read)
            .await
            .map_err(fault)?;
        found.map(number).transpose()
    }

    /// Returns a page of proposals, and how many there are on all pages.
    pub async fn proposals(
        &self,
        filter: &ProposalFilter,
    ) -> Result<(Vec<ProposalRow>, u64), DbError> {
        let select = Entity::find().filter(condition(filter));
        let total = select.clone().count(&self.read).await.map_err(fault)?;
        let order = if filter.oldest_first {
            Order::Asc
        } else {
            Order::Desc
        };
        let rows = select
            .order_by(Column::Number, order)
            .limit(filter.limit)
            .offset(filter.offset)
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok((self.with_files(rows).await?, total))
    }

    /// Returns the revisions of a proposal, first first.
    pub async fn revisions(&self, number: u64) -> Result<Vec<RevisionRow>, DbError> {
        let rows = revision::Entity::find()
            .filter(revision::Column::Number.eq(column(number)))
            .order_by_asc(revision::Column::Revision)
            .all(&self.read)
            .await
            .map_err(fault)?;
        rows.into_iter().map(read_revision).collect()
    }

    /// Returns everyone who wrote a revision of a proposal, in the order of their first one.
    pub async fn authors(&self, number: u64) -> Result<Vec<AccountId>, DbError> {
        let authors: Vec<uuid::Uuid> = revision::Entity::find()
            .select_only()
            .column(revision::Column::Author)
            .filter(revision::Column::Number.eq(column(number)))
            .group_by(revision::Column::Author)
            .order_by_asc(revision::Column::Revision.min())
            .into_tuple()
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok(authors.into_iter().map(AccountId::new).collect())
    }

    /// Adds their files to proposals, whose order stays.
    async fn with_files(&self, rows: Vec<Model>) -> Result<Vec<ProposalRow>, DbError> {
        let numbers = rows.iter().map(|row| row.number);
        let mut files = proposal_file::Entity::find()
            .filter(proposal_file::Column::Number.is_in(numbers))
            .all(&self.read)
            .await
            .map_err(fault)?;
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path)); // the engines sort letters differently
        rows.into_iter()
            .map(|row| {
                let own = files.iter().filter(|file| file.number == row.number);
                let own = own.map(read_file).collect::<Result<_, _>>()?;
                read(row, own)
            })
            .collect()
    }
}

/// Returns a proposal's number as it is kept; one beyond the range names no proposal.
pub(crate) fn column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(-1)
}

/// Returns a kept number.
pub(crate) fn number(column: i64) -> Result<u64, DbError> {
    u64::try_from(column).map_err(|_| DbError::unusable(format!("proposal {column}: odd number")))
}

/// Returns what events call a proposal.
pub(crate) fn about(number: u64) -> String {
    format!("proposal:{number}")
}

fn condition(filter: &ProposalFilter) -> Condition {
    use proposal_file::Column::{OldPath, Path};

    let touches = |places: Condition| {
        let numbers = Query::select()
            .column(proposal_file::Column::Number)
            .from(proposal_file::Entity)
            .cond_where(places)
            .take();
        Column::Number.in_subquery(numbers)
    };
    let begins = |place: proposal_file::Column, prefix: &str| {
        let length = i32::try_from(prefix.chars().count()).unwrap_or(i32::MAX);
        let start = Func::cust("substr")
            .arg(Expr::col(place))
            .arg(1_i32)
            .arg(length);
        Expr::expr(start).eq(prefix)
    };
    Condition::all()
        .add_option((!filter.states.is_empty()).then(|| {
            let states = filter.states.iter().map(|state| state.as_str());
            Column::State.is_in(states)
        }))
        .add_option(filter.author.map(|author| Column::Author.eq(author.uuid())))
        .add_option(may_show(filter.held))
        .add_option(filter.path_prefix.as_deref().map(|prefix| {
            let prefix = storable(prefix);
            let places = Condition::any()
                .add(begins(Path, &prefix))
                .add(begins(OldPath, &prefix));
            touches(places)
        }))
        .add_option(filter.touching.as_ref().map(|card| {
            let file = card.file();
            touches(Condition::any().add(Path.eq(&file)).add(OldPath.eq(&file)))
        }))
}

/// Returns what keeps held proposals out of a list.
fn may_show(held: Held) -> Option<Condition> {
    let open = Column::Held.eq(false);
    match held {
        Held::All => None,
        Held::None => Some(Condition::all().add(open)),
        Held::Only => Some(Condition::all().add(Column::Held.eq(true))),
        Held::By(author) => {
            let own = Query::select()
                .column(revision::Column::Number)
                .from(revision::Entity)
                .and_where(Expr::col(revision::Column::Author).eq(author.uuid()))
                .take();
            Some(
                Condition::any()
                    .add(open)
                    .add(Column::Number.in_subquery(own)),
            )
        }
    }
}

fn read(row: Model, files: Vec<ProposalFile>) -> Result<ProposalRow, DbError> {
    let odd = |column: &str| DbError::unusable(format!("proposal {}: odd {column}", row.number));
    Ok(ProposalRow {
        number: number(row.number)?,
        author: AccountId::new(row.author),
        state: row.state.parse().map_err(|_| odd("state"))?,
        revision: u32::try_from(row.revision).map_err(|_| odd("revision"))?,
        title: row.title,
        reason: row.reason,
        base: row.base,
        head: row.head,
        created_at: row.created_at,
        updated_at: row.updated_at,
        decided_at: row.decided_at,
        decided_by: row.decided_by.map(AccountId::new),
        decision: row.decision,
        published: row.published,
        held: row.held,
        files,
    })
}

fn read_file(row: &proposal_file::Model) -> Result<ProposalFile, DbError> {
    let change = row
        .kind_of_change
        .parse()
        .map_err(|_| DbError::unusable(format!("proposal {}: odd kind_of_change", row.number)))?;
    Ok(ProposalFile {
        path: row.path.clone(),
        old_path: row.old_path.clone(),
        change,
    })
}

fn read_revision(row: revision::Model) -> Result<RevisionRow, DbError> {
    let revision = u32::try_from(row.revision)
        .map_err(|_| DbError::unusable(format!("proposal {}: odd revision", row.number)))?;
    Ok(RevisionRow {
        revision,
        author: AccountId::new(row.author),
        base: row.base,
        head: row.head,
        message: row.message,
        at: row.at,
    })
}
