//! Try-outs: reports told in two minutes, held until their sender confirms their address and somebody looks at them.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
};
use terreau_card::{CardPath, Language};
use terreau_community::{CreditName, EmailAddress, OrganisationName};
use uuid::Uuid;

use crate::connect::{storable, stored};
use crate::entity::try_out::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::{Db, DbError, SecretHash, attachment};

/// How many try-outs wait at most, of everybody together.
pub const MAX_TRY_OUTS: u64 = 2_000;
/// How many wait at most of those that were sent from one place of the network.
pub const MAX_TRY_OUTS_BY_SENDER: u64 = 20;
/// How many wait at most to be confirmed by one address.
pub const MAX_UNCONFIRMED_BY_ADDRESS: u64 = 3;
/// How long a try-out is at most.
pub const MAX_TRY_OUT_BYTES: usize = 200_000;

/// What a try-out is known by to those who decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TryOutId(Uuid);

impl TryOutId {
    /// Makes an identifier of a UUID.
    pub const fn new(uuid: Uuid) -> TryOutId {
        TryOutId(uuid)
    }

    pub(crate) const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for TryOutId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How far a try-out came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TryOutState {
    /// Its sender has not used the mailed link yet.
    Unconfirmed,
    /// It waits for somebody to look at it.
    Waiting,
    /// Its sender was asked something.
    Asked,
    /// It is a proposal, published or on its way.
    Accepted,
    /// Somebody decided against it.
    Declined,
    /// Its sender took it back.
    Withdrawn,
}

impl TryOutState {
    /// Every state.
    pub const ALL: [TryOutState; 6] = [
        TryOutState::Unconfirmed,
        TryOutState::Waiting,
        TryOutState::Asked,
        TryOutState::Accepted,
        TryOutState::Declined,
        TryOutState::Withdrawn,
    ];

    /// Returns the word under which it is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            TryOutState::Unconfirmed => "unconfirmed",
            TryOutState::Waiting => "waiting",
            TryOutState::Asked => "asked",
            TryOutState::Accepted => "accepted",
            TryOutState::Declined => "declined",
            TryOutState::Withdrawn => "withdrawn",
        }
    }

    /// Tells whether nothing is decided yet.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            TryOutState::Unconfirmed | TryOutState::Waiting | TryOutState::Asked
        )
    }

    fn read(word: &str) -> Option<TryOutState> {
        TryOutState::ALL
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// A try-out as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryOutRow {
    /// What it is known by.
    pub id: TryOutId,
    /// Where letters go; forgotten with the account, and when it is taken back or declined.
    pub email: Option<EmailAddress>,
    /// From which place of the network it came, hashed; forgotten when it is decided.
    pub sender: Option<SecretHash>,
    /// The name to credit.
    pub name: CreditName,
    /// The organisation to credit.
    pub organisation: Option<OrganisationName>,
    /// The language of the letters.
    pub language: Language,
    /// The card that was tried.
    pub about: CardPath,
    /// The card of the experience, as it would be.
    pub text: String,
    /// How far it came.
    pub state: TryOutState,
    /// What was answered to its sender: the question, or why not.
    pub answer: Option<String>,
    /// The proposal that it became.
    pub proposal: Option<u64>,
    /// Where its card is, or would be.
    pub path: Option<CardPath>,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

impl Db {
    /// Keeps a new try-out.
    ///
    /// # Errors
    /// `Full` when it is too long, or too many wait already: of its sender, of its address, or in all.
    pub async fn add_try_out(&self, hash: SecretHash, row: &TryOutRow) -> Result<(), DbError> {
        if row.text.len() > MAX_TRY_OUT_BYTES {
            return Err(DbError::Full);
        }
        let transaction = self.begin().await?;
        if !has_room(&transaction, row.sender, row.email.as_ref()).await? {
            return Err(DbError::Full);
        }
        Entity::insert(active(hash, row))
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)
    }

    /// Tells whether one more of a sender and an address could be kept now, to refuse early; [`Db::add_try_out`] decides.
    pub async fn has_room_for_try_out(
        &self,
        sender: SecretHash,
        email: &EmailAddress,
    ) -> Result<bool, DbError> {
        has_room(&self.read, Some(sender), Some(email)).await
    }

    /// Returns the try-out whose sender holds the secret.
    pub async fn try_out_of(&self, hash: SecretHash) -> Result<Option<TryOutRow>, DbError> {
        let found = Entity::find()
            .filter(Column::TokenHash.eq(hash.to_column()))
            .one(&self.write)
            .await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Returns a try-out.
    pub async fn try_out(&self, id: TryOutId) -> Result<Option<TryOutRow>, DbError> {
        let found = Entity::find_by_id(id.0).one(&self.write).await;
        found.map_err(fault)?.map(read).transpose()
    }

    /// Returns the try-outs in a state, the oldest first, at most so many.
    pub async fn try_outs(
        &self,
        state: TryOutState,
        limit: u64,
    ) -> Result<Vec<TryOutRow>, DbError> {
        use sea_orm::QuerySelect;
        let rows = Entity::find()
            .filter(Column::State.eq(state.as_str()))
            .order_by_asc(Column::CreatedAt)
            .order_by_asc(Column::Id)
            .limit(limit)
            .all(&self.read)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }

    /// Returns how many try-outs are in a state.
    pub async fn count_try_outs(&self, state: TryOutState) -> Result<u64, DbError> {
        Entity::find()
            .filter(Column::State.eq(state.as_str()))
            .count(&self.read)
            .await
            .map_err(fault)
    }

    /// Returns what an address sent, the oldest first.
    pub async fn try_outs_by(&self, email: &EmailAddress) -> Result<Vec<TryOutRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::Email.eq(email.as_str()))
            .order_by_asc(Column::CreatedAt)
            .all(&self.read)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }

    /// Writes what changed of a try-out, if it is still as it was when it was read: of two who decide at once, one does. The
    /// attachments of one that is decided go.
    pub async fn change_try_out(
        &self,
        before: &TryOutRow,
        after: &TryOutRow,
    ) -> Result<bool, DbError> {
        if after.text.len() > MAX_TRY_OUT_BYTES {
            return Err(DbError::Full);
        }
        let transaction = self.begin().await?;
        let email = after.email.as_ref().map(|email| email.as_str().to_owned());
        let changed = Entity::update_many()
            .col_expr(Column::Email, Expr::value(email))
            .col_expr(
                Column::Sender,
                Expr::value(after.sender.map(SecretHash::to_column)),
            )
            .col_expr(Column::Text, Expr::value(storable(&after.text)))
            .col_expr(Column::State, Expr::value(after.state.as_str()))
            .col_expr(
                Column::Answer,
                Expr::value(after.answer.as_deref().map(storable)),
            )
            .col_expr(
                Column::Proposal,
                Expr::value(after.proposal.and_then(|number| i64::try_from(number).ok())),
            )
            .col_expr(
                Column::Path,
                Expr::value(after.path.as_ref().map(ToString::to_string)),
            )
            .col_expr(Column::ChangedAt, Expr::value(stored(after.changed_at)))
            .filter(Column::Id.eq(before.id.0))
            .filter(Column::State.eq(before.state.as_str()))
            .filter(Column::ChangedAt.eq(stored(before.changed_at)))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        let is_changed = changed.rows_affected > 0;
        if is_changed && !after.state.is_open() {
            attachment::forget(&transaction, before.id).await?;
        }
        transaction.commit().await.map_err(fault)?;
        Ok(is_changed)
    }

    /// Forgets try-outs: those that nobody confirmed since a moment, and those that were closed before another.
    pub async fn purge_try_outs(
        &self,
        unconfirmed_since: DateTime<Utc>,
        closed_before: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let closed = [
            TryOutState::Accepted,
            TryOutState::Declined,
            TryOutState::Withdrawn,
        ];
        let is_old = Column::State
            .eq(TryOutState::Unconfirmed.as_str())
            .and(Column::CreatedAt.lt(stored(unconfirmed_since)))
            .or(Column::State
                .is_in(closed.map(TryOutState::as_str))
                .and(Column::ChangedAt.lt(stored(closed_before))));
        Entity::delete_many()
            .filter(is_old)
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }
}

/// Tells whether fewer wait than may: in all, of a sender, and to be confirmed by an address.
async fn has_room(
    connection: &impl ConnectionTrait,
    sender: Option<SecretHash>,
    email: Option<&EmailAddress>,
) -> Result<bool, DbError> {
    let waiting = Entity::find().filter(Column::State.is_in(open_states()));
    let of_sender = sender.map(|sender| {
        let of = Column::Sender.eq(sender.to_column());
        waiting.clone().filter(of)
    });
    let of_address = email.map(|email| {
        Entity::find()
            .filter(Column::State.eq(TryOutState::Unconfirmed.as_str()))
            .filter(Column::Email.eq(email.as_str()))
    });
    let limits = [
        (of_sender, MAX_TRY_OUTS_BY_SENDER),
        (of_address, MAX_UNCONFIRMED_BY_ADDRESS),
        (Some(waiting), MAX_TRY_OUTS),
    ];
    for (some, most) in limits {
        if let Some(some) = some
            && some.count(connection).await.map_err(fault)? >= most
        {
            return Ok(false);
        }
    }
    Ok(true)
}

fn open_states() -> Vec<&'static str> {
    let open = TryOutState::ALL.into_iter().filter(|state| state.is_open());
    open.map(TryOutState::as_str).collect()
}

fn active(hash: SecretHash, row: &TryOutRow) -> ActiveModel {
    ActiveModel {
        id: Set(row.id.0),
        token_hash: Set(hash.to_column()),
        email: Set(row.email.as_ref().map(|email| email.as_str().to_owned())),
        sender: Set(row.sender.map(SecretHash::to_column)),
        name: Set(row.name.to_string()),
        organisation: Set(row.organisation.as_ref().map(ToString::to_string)),
        language: Set(row.language.code().to_owned()),
        about: Set(row.about.to_string()),
        text: Set(storable(&row.text)),
        state: Set(row.state.as_str().to_owned()),
        answer: Set(row.answer.as_deref().map(storable)),
        proposal: Set(row.proposal.and_then(|number| i64::try_from(number).ok())),
        path: Set(row.path.as_ref().map(ToString::to_string)),
        created_at: Set(stored(row.created_at)),
        changed_at: Set(stored(row.changed_at)),
    }
}

fn read(row: Model) -> Result<TryOutRow, DbError> {
    let odd = |column: &str| DbError::unusable(format!("a try-out: odd {column}"));
    let path = |text: &str| CardPath::parse(text).map_err(|_| odd("path"));
    let email = row.email.as_deref().map(EmailAddress::parse).transpose();
    let organisation = row.organisation.as_deref().map(OrganisationName::parse);
    let sender = row.sender.map(|sender| {
        let bytes: Result<[u8; 32], _> = sender.try_into();
        bytes.map(SecretHash::new).map_err(|_| odd("sender"))
    });
    Ok(TryOutRow {
        id: TryOutId(row.id),
        email: email.map_err(|_| odd("email"))?,
        sender: sender.transpose()?,
        name: CreditName::parse(&row.name).map_err(|_| odd("name"))?,
        organisation: organisation.transpose().map_err(|_| odd("organisation"))?,
        language: Language::parse(&row.language).ok_or_else(|| odd("language"))?,
        about: path(&row.about)?,
        text: row.text,
        state: TryOutState::read(&row.state).ok_or_else(|| odd("state"))?,
        answer: row.answer,
        proposal: row.proposal.and_then(|number| u64::try_from(number).ok()),
        path: row.path.as_deref().map(path).transpose()?,
        created_at: row.created_at,
        changed_at: row.changed_at,
    })
}
