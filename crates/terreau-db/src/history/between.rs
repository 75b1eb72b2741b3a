//! What happened between two moments: the annual report is made of it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use terreau_card::CardId;

use super::{Column, Credited, Entity, KindOfChange};
use crate::error::fault;
use crate::{Db, DbError};

impl Db {
    /// Returns which cards commits changed from one moment to just before another, and how, oldest first.
    pub async fn changes_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<(CardId, KindOfChange)>, DbError> {
        let rows: Vec<(uuid::Uuid, String)> = Entity::find()
            .select_only()
            .column(Column::Card)
            .column(Column::KindOfChange)
            .filter(Column::Date.gte(from))
            .filter(Column::Date.lt(until))
            .order_by_asc(Column::Seq)
            .into_tuple()
            .all(&self.read)
            .await
            .map_err(fault)?;
        rows.into_iter()
            .map(|(card, kind)| {
                let odd = |_| {
                    DbError::unusable(
                        "odd kind_of_change; `terreau rebuild` makes the history again".to_owned(),
                    )
                };
                Ok((CardId(card), kind.parse().map_err(odd)?))
            })
            .collect()
    }

    /// Returns everyone credited from one moment to just before another: most versions first, then earliest.
    pub async fn credited_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Credited>, DbError> {
        let within = Column::Date.gte(from).and(Column::Date.lt(until));
        self.credited_in(within).await
    }

    /// Returns when the first and the last version were published; none in a commons without history.
    pub async fn history_span(&self) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>, DbError> {
        type Bound = Option<DateTime<Utc>>;
        let span: Option<(Bound, Bound)> = Entity::find()
            .select_only()
            .column_as(Column::Date.min(), "first")
            .column_as(Column::Date.max(), "last")
            .into_tuple()
            .one(&self.read)
            .await
            .map_err(fault)?;
        Ok(span.and_then(|(first, last)| Some((first?, last?))))
    }
}
