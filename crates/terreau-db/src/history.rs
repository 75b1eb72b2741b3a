//! The history projection: which commits changed which card, so that no page walks git.
//!
//! Git is the truth. The rows can be thrown away and made again; the projection remembers the commit that it shows.

mod append;
mod between;
mod reviewed;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use terreau_card::{CardId, CardPath};
use terreau_community::{AccountId, UnknownWord};

use crate::entity::projection;
use crate::entity::version::{Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError};

pub use reviewed::ReviewedFor;

/// Of how many cards one statement asks at most.
const MOST_NAMED: usize = 500;

/// The name of the history projection.
pub const HISTORY: &str = "history";

/// What a commit did to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KindOfChange {
    /// The card is new.
    Created,
    /// Its text changed.
    Changed,
    /// It moved to another path.
    Renamed,
    /// It was archived.
    Archived,
    /// It came back, from the archive or to an older text.
    Restored,
}

impl KindOfChange {
    const ALL: [KindOfChange; 5] = [
        KindOfChange::Created,
        KindOfChange::Changed,
        KindOfChange::Renamed,
        KindOfChange::Archived,
        KindOfChange::Restored,
    ];

    /// Returns the word that stands for it in the database and in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            KindOfChange::Created => "created",
            KindOfChange::Changed => "changed",
            KindOfChange::Renamed => "renamed",
            KindOfChange::Archived => "archived",
            KindOfChange::Restored => "restored",
        }
    }
}

impl fmt::Display for KindOfChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for KindOfChange {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        KindOfChange::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| UnknownWord(word.to_owned()))
    }
}

/// One version of one card: a commit seen from the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// The place in the history of the whole commons, from 1; given by the projection, ignored in what callers append.
    pub seq: i64,
    /// Which card.
    pub card: CardId,
    /// Where the card was after the commit.
    pub path: CardPath,
    /// The commit.
    pub commit: String,
    /// The card's text after the commit.
    pub blob: String,
    /// The credited name.
    pub author: String,
    /// The author's address in git, which is no mailbox.
    pub author_address: String,
    /// The credited organisation.
    pub organisation: Option<String>,
    /// When it was published, as git says.
    pub date: DateTime<Utc>,
    /// What the author said of the change.
    pub message: String,
    /// The proposal it came from.
    pub proposal: Option<i64>,
    /// The idempotency key of the request that made it.
    pub request_key: Option<String>,
    /// What the commit did to the card.
    pub kind_of_change: KindOfChange,
}

/// Someone credited in the history of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    /// The credited name.
    pub name: String,
    /// Their address in git, which is no mailbox.
    pub address: String,
    /// The organisation credited with it.
    pub organisation: Option<String>,
    /// How many versions they made.
    pub versions: i64,
    /// When they made the last one.
    pub last: DateTime<Utc>,
    /// The place of the last one in the history.
    pub last_seq: i64,
}

impl Db {
    /// Returns the commit that a projection shows; nothing when it must be made from the beginning.
    pub async fn shown(&self, projection: &str) -> Result<Option<String>, DbError> {
        let row = projection::Entity::find_by_id(projection)
            .one(&self.read)
            .await;
        Ok(row.map_err(fault)?.and_then(|row| row.shown))
    }

    /// Returns a page of a card's versions, newest first, those before a place in the history when it is given.
    pub async fn versions(
        &self,
        card: CardId,
        limit: u64,
        before: Option<i64>,
    ) -> Result<Vec<VersionRow>, DbError> {
        let rows = page_of_versions(card, limit, before).all(&self.read).await;
        read_all(rows.map_err(fault)?)
    }

    /// Returns a page of a card's versions, newest first, after `offset` newer ones: for pages with numbers.
    pub async fn versions_page(
        &self,
        card: CardId,
        limit: u64,
        offset: u64,
    ) -> Result<Vec<VersionRow>, DbError> {
        let rows = page_of_versions(card, limit, None)
            .offset(offset)
            .all(&self.read)
            .await;
        read_all(rows.map_err(fault)?)
    }

    /// Returns the newest versions that an account made, newest first.
    pub async fn versions_by(
        &self,
        account: AccountId,
        limit: u64,
    ) -> Result<Vec<VersionRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::AuthorAccount.eq(account.uuid()))
            .order_by_desc(Column::Seq)
            .limit(limit)
            .all(&self.read)
            .await;
        read_all(rows.map_err(fault)?)
    }

    /// Returns the version of a card that a commit made.
    pub async fn version(&self, card: CardId, commit: &str) -> Result<Option<VersionRow>, DbError> {
        if commit.contains('\0') {
            return Ok(None);
        }
        let found = Entity::find()
            .filter(Column::CommitId.eq(commit))
            .filter(Column::Card.eq(card.0))
            .one(&self.read)
            .await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Returns how many versions a card has.
    pub async fn version_count(&self, card: CardId) -> Result<u64, DbError> {
        Entity::find()
            .filter(Column::Card.eq(card.0))
            .count(&self.read)
            .await
            .map_err(fault)
    }

    /// Returns everyone credited in the history of a card: most versions first, then earliest.
    pub async fn authors_of(&self, card: CardId) -> Result<Vec<Credited>, DbError> {
        self.credited_in(Column::Card.eq(card.0)).await
    }

    /// Returns everyone credited in the history of the whole commons: most versions first, then earliest.
    pub async fn credited(&self) -> Result<Vec<Credited>, DbError> {
        self.credited_in(Column::Seq.gt(0_i64)).await
    }

    /// Returns the cards that versions changed, by the places of these in the history; at most some hundreds are asked for.
    pub async fn cards_at(&self, seqs: &[i64]) -> Result<HashMap<i64, CardId>, DbError> {
        let rows: Vec<(i64, uuid::Uuid)> = Entity::find()
            .select_only()
            .columns([Column::Seq, Column::Card])
            .filter(Column::Seq.is_in(seqs.iter().copied()))
            .into_tuple()
            .all(&self.read)
            .await
            .map_err(fault)?;
        let cards = rows.into_iter().map(|(seq, card)| (seq, CardId(card)));
        Ok(cards.collect())
    }

    /// Returns everyone credited in some versions: most versions first, then earliest.
    async fn credited_in(&self, some: Expr) -> Result<Vec<Credited>, DbError> {
        type Row = (String, String, Option<String>, i64, DateTime<Utc>, i64);
        let rows: Vec<Row> = Entity::find()
            .select_only()
            .column(Column::Author)
            .column(Column::AuthorAddress)
            .column(Column::Organisation)
            .column_as(Column::Seq.count(), "versions")
            .column_as(Column::Date.max(), "last")
            .column_as(Column::Seq.max(), "last_seq")
            .filter(some)
            .group_by(Column::Author)
            .group_by(Column::AuthorAddress)
            .group_by(Column::Organisation)
            .order_by(Column::Seq.count(), Order::Desc)
            .order_by(Column::Seq.min(), Order::Asc)
            .into_tuple()
            .all(&self.read)
            .await
            .map_err(fault)?;
        let people = rows.into_iter();
        let people =
            people.map(
                |(name, address, organisation, versions, last, last_seq)| Credited {
                    name,
                    address,
                    organisation,
                    versions,
                    last,
                    last_seq,
                },
            );
        Ok(people.collect())
    }

    /// Returns the newest versions of the whole commons, newest first.
    pub async fn latest_versions(&self, limit: u64) -> Result<Vec<VersionRow>, DbError> {
        let rows = Entity::find()
            .order_by_desc(Column::Seq)
            .limit(limit)
            .all(&self.read)
            .await;
        read_all(rows.map_err(fault)?)
    }

    /// Returns versions of the whole commons after a place in the history, oldest first: to compare with a rebuild.
    pub async fn versions_after(&self, seq: i64, limit: u64) -> Result<Vec<VersionRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::Seq.gt(seq))
            .order_by_asc(Column::Seq)
            .limit(limit)
            .all(&self.read)
            .await;
        read_all(rows.map_err(fault)?)
    }

    /// Returns the first version that a request with this idempotency key made. Callers put the account into the key.
    pub async fn request(&self, key: &str) -> Result<Option<VersionRow>, DbError> {
        if key.contains('\0') {
            return Ok(None);
        }
        let found = Entity::find()
            .filter(Column::RequestKey.eq(key))
            .order_by_asc(Column::Seq)
            .one(&self.read)
            .await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Returns when cards last came from a proposal, that is through a reading by others, in seconds since 1970 (UTC);
    /// of these cards, or of all.
    pub async fn reviewed(
        &self,
        cards: Option<&[CardId]>,
    ) -> Result<HashMap<CardId, i64>, DbError> {
        let query = Entity::find()
            .select_only()
            .column(Column::Card)
            .column_as(Column::Date.max(), "last")
            .filter(Column::Proposal.is_not_null())
            .group_by(Column::Card);
        let query = match cards {
            // A statement has room for some thousands of values.
            Some(cards) if cards.len() <= MOST_NAMED => {
                query.filter(Column::Card.is_in(cards.iter().map(|card| card.0)))
            }
            _ => query,
        };
        let rows: Vec<(uuid::Uuid, DateTime<Utc>)> =
            query.into_tuple().all(&self.read).await.map_err(fault)?;
        Ok(rows
            .into_iter()
            .map(|(card, last)| (CardId(card), last.timestamp()))
            .collect())
    }

    /// Throws the history projection away, to be made again from git.
    pub async fn clear_history(&self) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        Entity::delete_many()
            .exec(&transaction)
            .await
            .map_err(fault)?;
        projection::Entity::update_many()
            .col_expr(projection::Column::Shown, Expr::null())
            .filter(projection::Column::Name.eq(HISTORY))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }
}

/// The query of a history page: one range of one index.
pub(crate) fn page_of_versions(
    card: CardId,
    limit: u64,
    before: Option<i64>,
) -> sea_orm::Select<Entity> {
    let query = Entity::find()
        .filter(Column::Card.eq(card.0))
        .order_by_desc(Column::Seq)
        .limit(limit);
    match before {
        Some(seq) => query.filter(Column::Seq.lt(seq)),
        None => query,
    }
}

fn read_all(rows: Vec<Model>) -> Result<Vec<VersionRow>, DbError> {
    rows.into_iter().map(read).collect()
}

fn read(row: Model) -> Result<VersionRow, DbError> {
    let odd = |column: &str| {
        DbError::unusable(format!(
            "version {}: odd {column}; `terreau rebuild` makes the history again",
            row.seq
        ))
    };
    Ok(VersionRow {
        seq: row.seq,
        card: CardId(row.card),
        path: CardPath::parse(&row.path).map_err(|_| odd("path"))?,
        kind_of_change: row
            .kind_of_change
            .parse()
            .map_err(|_| odd("kind_of_change"))?,
        commit: row.commit_id,
        blob: row.blob_id,
        author: row.author,
        author_address: row.author_address,
        organisation: row.organisation,
        date: row.date,
        message: row.message,
        proposal: row.proposal,
        request_key: row.request_key,
    })
}
