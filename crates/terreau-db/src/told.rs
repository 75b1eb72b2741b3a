//! How far people were told of what is published: each publication once, also when the telling is repeated after a crash.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use crate::entity::{projection, watch};
use crate::error::fault;
use crate::{Db, DbError, NewEvent, NewNotice, event, notice};

/// The name under which the last commit told is kept.
const TOLD: &str = "told";

impl Db {
    /// Returns the last commit that people were told of; nothing before the first.
    pub async fn told(&self) -> Result<Option<String>, DbError> {
        self.shown(TOLD).await
    }

    /// Keeps the notices and the events of the publications after `before`, up to `commit`; one transaction. `false`, and
    /// nothing is kept, when people were told meanwhile.
    pub async fn tell(
        &self,
        before: Option<&str>,
        commit: &str,
        notices: &[NewNotice],
        events: Vec<NewEvent>,
    ) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let row = projection::Entity::find_by_id(TOLD)
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or_else(|| DbError::unusable("what was told has no row"))?;
        if row.shown.as_deref() != before {
            return Ok(false);
        }
        notice::add(&transaction, notices).await?;
        for event in events {
            event::add(&transaction, event).await?;
        }
        projection::Entity::update_many()
            .col_expr(projection::Column::Shown, Expr::value(commit))
            .filter(projection::Column::Name.eq(TOLD))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(true)
    }

    /// Tells whether anybody watches anything.
    pub async fn is_watched(&self) -> Result<bool, DbError> {
        let watches = watch::Entity::find().count(&self.read).await;
        watches.map(|count| count > 0).map_err(fault)
    }
}
