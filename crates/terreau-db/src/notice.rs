//! Notices: what people are told, on the site and by mail.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use terreau_card::CardId;
use terreau_community::{AccountId, HowOften, NoticeKind};
use uuid::Uuid;

use crate::connect::stored;
use crate::entity::account;
use crate::entity::notice::{ActiveModel, Column, Entity, Model};
use crate::error::fault;
use crate::proposal::{column, number as kept_number};
use crate::{Db, DbError, Person, person};

/// Rows per statement: 9 values each, far below SQLite's 32,766.
const ROWS_PER_STATEMENT: usize = 500;

/// Something to tell somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// Whom.
    pub account: AccountId,
    /// What.
    pub what: NoticeKind,
    /// Of which proposal.
    pub number: Option<u64>,
    /// Of which card.
    pub card: Option<CardId>,
    /// Who made it happen.
    pub by: Option<AccountId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Something that somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Names it among all notices.
    pub id: i64,
    /// Whom.
    pub account: AccountId,
    /// What.
    pub what: NoticeKind,
    /// Of which proposal.
    pub number: Option<u64>,
    /// Of which card.
    pub card: Option<CardId>,
    /// Who made it happen.
    pub by: Option<Person>,
    /// When.
    pub at: DateTime<Utc>,
    /// When they saw it on the site.
    pub seen_at: Option<DateTime<Utc>>,
}

impl Db {
    /// Keeps notices, all or none; those for accounts that are gone are left out.
    pub async fn add_notices(&self, notices: Vec<NewNotice>) -> Result<(), DbError> {
        if notices.is_empty() {
            return Ok(());
        }
        let transaction = self.begin().await?;
        add(&transaction, &notices).await?;
        transaction.commit().await.map_err(fault)
    }

    /// Returns the newest notices of a person, newest first.
    pub async fn notices(&self, account: AccountId, limit: u64) -> Result<Vec<NoticeRow>, DbError> {
        let rows = Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .order_by_desc(Column::Id)
            .limit(limit)
            .all(&self.read)
            .await;
        self.read_notices(rows.map_err(fault)?).await
    }

    /// Returns how many notices a person has not seen.
    pub async fn unseen(&self, account: AccountId) -> Result<u64, DbError> {
        Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .filter(Column::SeenAt.is_null())
            .count(&self.read)
            .await
            .map_err(fault)
    }

    /// Remembers that a person saw the notices made until now.
    pub async fn see_notices(&self, account: AccountId, at: DateTime<Utc>) -> Result<(), DbError> {
        Entity::update_many()
            .col_expr(Column::SeenAt, Expr::value(Some(stored(at))))
            .filter(Column::AccountId.eq(account.uuid()))
            .filter(Column::SeenAt.is_null())
            .filter(Column::At.lte(stored(at)))
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Returns notices made before a moment that are still to be mailed to those who want them so: person by person, oldest
    /// first. What was seen on the site is not mailed, and nothing is mailed to suspended people.
    pub async fn notices_to_mail(
        &self,
        how: HowOften,
        before: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<NoticeRow>, DbError> {
        if how == HowOften::Never {
            return Ok(Vec::new());
        }
        let rows = Entity::find()
            .inner_join(account::Entity)
            .filter(Column::MailedAt.is_null())
            .filter(Column::SeenAt.is_null())
            .filter(Column::At.lt(stored(before)))
            .filter(account::Column::Notices.eq(how.as_str()))
            .filter(account::Column::Suspended.eq(false))
            .order_by_asc(Column::AccountId)
            .order_by_asc(Column::Id)
            .limit(limit)
            .all(&self.read)
            .await;
        self.read_notices(rows.map_err(fault)?).await
    }

    /// Remembers that notices were mailed, and returns how many of them had not been.
    pub async fn mailed(&self, ids: &[i64], at: DateTime<Utc>) -> Result<u64, DbError> {
        let marked = Entity::update_many()
            .col_expr(Column::MailedAt, Expr::value(Some(stored(at))))
            .filter(Column::Id.is_in(ids.iter().copied()))
            .filter(Column::MailedAt.is_null())
            .exec(&self.write)
            .await
            .map_err(fault)?;
        Ok(marked.rows_affected)
    }

    /// Forgets notices: those that were seen, made before a moment, and all that were made before another.
    pub async fn purge_notices(
        &self,
        seen_before: DateTime<Utc>,
        any_before: DateTime<Utc>,
    ) -> Result<(), DbError> {
        let is_old = Column::SeenAt
            .is_not_null()
            .and(Column::At.lt(stored(seen_before)))
            .or(Column::At.lt(stored(any_before)));
        Entity::delete_many()
            .filter(is_old)
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    async fn read_notices(&self, rows: Vec<Model>) -> Result<Vec<NoticeRow>, DbError> {
        let by: HashSet<Uuid> = rows.iter().filter_map(|row| row.by).collect();
        let people = self.known(by.into_iter()).await?;
        rows.into_iter()
            .map(|row| {
                let what = row
                    .what
                    .parse()
                    .map_err(|_| DbError::unusable(format!("notice {}: odd what", row.id)))?;
                let by = row.by.map(|id| {
                    let gone = || person::gone(AccountId::new(id));
                    people.get(&id).cloned().unwrap_or_else(gone)
                });
                Ok(NoticeRow {
                    id: row.id,
                    account: AccountId::new(row.account_id),
                    what,
                    number: row.number.map(kept_number).transpose()?,
                    card: row.card.map(CardId),
                    by,
                    at: row.at,
                    seen_at: row.seen_at,
                })
            })
            .collect()
    }
}

/// Keeps notices within a transaction; those for accounts that are gone are left out.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    notices: &[NewNotice],
) -> Result<(), DbError> {
    for chunk in notices.chunks(ROWS_PER_STATEMENT) {
        let asked: HashSet<Uuid> = chunk.iter().map(|notice| notice.account.uuid()).collect();
        let known: Vec<Uuid> = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::Id.is_in(asked))
            .lock_shared()
            .into_tuple()
            .all(transaction)
            .await
            .map_err(fault)?;
        let rows = chunk
            .iter()
            .filter(|notice| known.contains(&notice.account.uuid()))
            .map(to_columns);
        Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await
            .map_err(fault)?;
    }
    Ok(())
}

fn to_columns(notice: &NewNotice) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        account_id: Set(notice.account.uuid()),
        what: Set(notice.what.as_str().to_owned()),
        number: Set(notice.number.map(column)),
        card: Set(notice.card.map(|card| card.0)),
        by: Set(notice.by.map(AccountId::uuid)),
        at: Set(stored(notice.at)),
        seen_at: Set(None),
        mailed_at: Set(None),
    }
}
