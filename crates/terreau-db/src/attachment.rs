//! Attachments: the photos and documents of a try-out. They wait beside it, and go with it.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::connect::{storable, stored};
use crate::entity::attachment::{ActiveModel, Column, Entity};
use crate::entity::try_out;
use crate::error::fault;
use crate::{Db, DbError, TryOutId, TryOutState};

/// How many attachments a try-out has at most.
pub const MAX_ATTACHMENTS: u64 = 6;
/// How many bytes those of one try-out take at most together.
pub const MAX_ATTACHED_BYTES: u64 = 20 << 20;
/// How many bytes wait at most of what was sent from one place of the network.
pub const MAX_ATTACHED_BYTES_BY_SENDER: u64 = 100 << 20;
/// How many bytes wait at most, of everybody together.
pub const MAX_ATTACHED_BYTES_IN_ALL: u64 = 2 << 30;

/// What an attachment is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttachmentId(Uuid);

impl AttachmentId {
    /// Makes an identifier of a UUID.
    pub const fn new(uuid: Uuid) -> AttachmentId {
        AttachmentId(uuid)
    }
}

impl fmt::Display for AttachmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What its sender says of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentWords {
    /// What a picture shows, for those who don't see it; the title of a document.
    pub alt: String,
    /// Who made it; empty when nobody is named.
    pub credit: String,
    /// The SPDX identifier of its licence.
    pub licence: String,
}

/// An attachment, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// What it is known by.
    pub id: AttachmentId,
    /// How the name of its file ends: what it is.
    pub format: String,
    /// Width and height in pixels, of a picture.
    pub size: Option<(u32, u32)>,
    /// What is said of it.
    pub words: AttachmentWords,
    /// The SHA-256 of its bytes.
    pub hash: [u8; 32],
    /// How many bytes it has.
    pub length: u64,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
}

/// What became of an attachment that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attached {
    /// It is kept.
    Kept,
    /// The try-out has the very same already.
    Already,
    /// The try-out was decided, or there is none.
    Closed,
}

/// All of an attachment but its bytes.
#[derive(FromQueryResult)]
struct Head {
    id: Uuid,
    format: String,
    width: Option<i32>,
    height: Option<i32>,
    alt: String,
    credit: String,
    licence: String,
    hash: Vec<u8>,
    length: i64,
    created_at: DateTime<Utc>,
}

impl Db {
    /// Keeps an attachment of an open try-out, which thereby changes.
    ///
    /// # Errors
    /// `Full` when there is no room for it: in the try-out, of its sender, or in all.
    pub async fn add_attachment(
        &self,
        of: TryOutId,
        row: &AttachmentRow,
        bytes: Vec<u8>,
    ) -> Result<Attached, DbError> {
        let transaction = self.begin().await?;
        if !touch(&transaction, of, row.created_at).await? {
            return Ok(Attached::Closed);
        }
        let own = Entity::find().filter(Column::TryOut.eq(of.uuid()));
        let same = own.clone().filter(Column::Hash.eq(row.hash.to_vec()));
        if same.count(&transaction).await.map_err(fault)? > 0 {
            return Ok(Attached::Already);
        }
        let of_sender = Entity::find().filter(Column::TryOut.in_subquery(of_same_sender(of)));
        let limits = [
            (own.clone(), MAX_ATTACHED_BYTES),
            (of_sender, MAX_ATTACHED_BYTES_BY_SENDER),
            (Entity::find(), MAX_ATTACHED_BYTES_IN_ALL),
        ];
        for (some, most) in limits {
            if length_of(&transaction, some).await? + row.length > most {
                return Err(DbError::Full);
            }
        }
        if own.count(&transaction).await.map_err(fault)? >= MAX_ATTACHMENTS {
            return Err(DbError::Full);
        }
        Entity::insert(active(of, row, bytes))
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(Attached::Kept)
    }

    /// Returns the attachments of a try-out, the oldest first.
    pub async fn attachments(&self, of: TryOutId) -> Result<Vec<AttachmentRow>, DbError> {
        let rows = heads(Entity::find().filter(Column::TryOut.eq(of.uuid())))
            .into_model::<Head>()
            .all(&self.write)
            .await;
        rows.map_err(fault)?.into_iter().map(read).collect()
    }

    /// Returns an attachment of a try-out with its bytes.
    pub async fn attachment(
        &self,
        of: TryOutId,
        id: AttachmentId,
    ) -> Result<Option<(AttachmentRow, Vec<u8>)>, DbError> {
        let one = Entity::find_by_id(id.0).filter(Column::TryOut.eq(of.uuid()));
        let head = heads(one.clone())
            .into_model::<Head>()
            .one(&self.read)
            .await;
        let Some(head) = head.map_err(fault)? else {
            return Ok(None);
        };
        let bytes = one
            .select_only()
            .column(Column::Bytes)
            .into_tuple::<Vec<u8>>()
            .one(&self.read)
            .await;
        let row = read(head)?;
        Ok(bytes.map_err(fault)?.map(|bytes| (row, bytes)))
    }

    /// Writes what is said of an attachment of an open try-out; tells whether there is one.
    pub async fn change_attachment(
        &self,
        of: TryOutId,
        id: AttachmentId,
        words: &AttachmentWords,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        if !touch(&transaction, of, at).await? {
            return Ok(false);
        }
        let changed = Entity::update_many()
            .col_expr(Column::Alt, Expr::value(storable(&words.alt)))
            .col_expr(Column::Credit, Expr::value(storable(&words.credit)))
            .col_expr(Column::Licence, Expr::value(storable(&words.licence)))
            .filter(Column::Id.eq(id.0))
            .filter(Column::TryOut.eq(of.uuid()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(changed.rows_affected > 0)
    }

    /// Takes an attachment away from an open try-out; tells whether there was one.
    pub async fn remove_attachment(
        &self,
        of: TryOutId,
        id: AttachmentId,
        at: DateTime<Utc>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        if !touch(&transaction, of, at).await? {
            return Ok(false);
        }
        let removed = Entity::delete_many()
            .filter(Column::Id.eq(id.0))
            .filter(Column::TryOut.eq(of.uuid()))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(removed.rows_affected > 0)
    }
}

/// Forgets the attachments of a try-out: it was decided, or taken back.
pub(crate) async fn forget(connection: &impl ConnectionTrait, of: TryOutId) -> Result<(), DbError> {
    Entity::delete_many()
        .filter(Column::TryOut.eq(of.uuid()))
        .exec(connection)
        .await
        .map(drop)
        .map_err(fault)
}

/// Marks a try-out as changed, so that whoever read it before looks again; `false` when it is decided, or gone.
async fn touch(
    transaction: &DatabaseTransaction,
    of: TryOutId,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let open = TryOutState::ALL.into_iter().filter(|state| state.is_open());
    let touched = try_out::Entity::update_many()
        .col_expr(try_out::Column::ChangedAt, Expr::value(stored(at)))
        .filter(try_out::Column::Id.eq(of.uuid()))
        .filter(try_out::Column::State.is_in(open.map(TryOutState::as_str)))
        .exec(transaction)
        .await
        .map_err(fault)?;
    Ok(touched.rows_affected > 0)
}

/// Selects the try-outs that came from where this one came from.
fn of_same_sender(of: TryOutId) -> SelectStatement {
    let sender = Query::select()
        .column(try_out::Column::Sender)
        .from(try_out::Entity)
        .and_where(try_out::Column::Id.eq(of.uuid()))
        .to_owned();
    Query::select()
        .column(try_out::Column::Id)
        .from(try_out::Entity)
        .and_where(try_out::Column::Sender.in_subquery(sender))
        .to_owned()
}

async fn length_of(
    transaction: &DatabaseTransaction,
    some: Select<Entity>,
) -> Result<u64, DbError> {
    // PostgreSQL adds whole numbers up to a decimal.
    let sum = Expr::col(Column::Length).sum().cast_as("bigint");
    let sum = some
        .select_only()
        .column_as(sum, "total")
        .into_tuple::<Option<i64>>()
        .one(transaction)
        .await
        .map_err(fault)?;
    let sum = sum.flatten().unwrap_or_default();
    u64::try_from(sum).map_err(|_| DbError::unusable("attachments: odd lengths"))
}

fn heads(some: Select<Entity>) -> Select<Entity> {
    some.select_only()
        .columns([
            Column::Id,
            Column::Format,
            Column::Width,
            Column::Height,
            Column::Alt,
            Column::Credit,
            Column::Licence,
            Column::Hash,
            Column::Length,
            Column::CreatedAt,
        ])
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
}

fn active(of: TryOutId, row: &AttachmentRow, bytes: Vec<u8>) -> ActiveModel {
    let side = |side: u32| i32::try_from(side).ok();
    ActiveModel {
        id: Set(row.id.0),
        try_out: Set(of.uuid()),
        format: Set(row.format.clone()),
        width: Set(row.size.and_then(|(width, _)| side(width))),
        height: Set(row.size.and_then(|(_, height)| side(height))),
        alt: Set(storable(&row.words.alt)),
        credit: Set(storable(&row.words.credit)),
        licence: Set(storable(&row.words.licence)),
        hash: Set(row.hash.to_vec()),
        length: Set(i64::try_from(row.length).unwrap_or(i64::MAX)),
        bytes: Set(bytes),
        created_at: Set(stored(row.created_at)),
    }
}

fn read(row: Head) -> Result<AttachmentRow, DbError> {
    let odd = |column: &str| DbError::unusable(format!("an attachment: odd {column}"));
    let side = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok());
    Ok(AttachmentRow {
        id: AttachmentId(row.id),
        format: row.format,
        size: side(row.width).zip(side(row.height)),
        words: AttachmentWords {
            alt: row.alt,
            credit: row.credit,
            licence: row.licence,
        },
        hash: row.hash.try_into().map_err(|_| odd("hash"))?,
        length: u64::try_from(row.length).map_err(|_| odd("length"))?,
        created_at: row.created_at,
    })
}
