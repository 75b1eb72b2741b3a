//! Tallies: how often something was done today from one place. Only a hash is kept, of the thing, the place and a salt that is
//! forgotten with the day: nothing says who, and nothing ties one tally to another.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::entity::setting;
use crate::entity::tally::{ActiveModel, Column, Entity};
use crate::error::fault;
use crate::{Db, DbError, SecretHash};

/// The setting that holds the day and its salt.
const SALT: &str = "salt-of-the-day";

impl Db {
    /// Returns the salt of a day: `fresh` when the day has none yet. With the salt of the day before, its tallies go.
    pub async fn salt_of_day(&self, day: &str, fresh: &str) -> Result<String, DbError> {
        if let Some(salt) = self
            .get_setting(SALT)
            .await?
            .and_then(|kept| of(&kept, day))
        {
            return Ok(salt);
        }
        let transaction = self.begin().await?;
        let first = setting::ActiveModel {
            key: Set(SALT.to_owned()),
            value: Set(String::new()),
        };
        // Put in its own place, which changes nothing, so that there is a row to hold.
        let keep = OnConflict::column(setting::Column::Key)
            .update_column(setting::Column::Key)
            .to_owned();
        setting::Entity::insert(first)
            .on_conflict(keep)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        let kept = setting::Entity::find_by_id(SALT)
            .lock_exclusive()
            .one(&transaction)
            .await
            .map_err(fault)?
            .ok_or(DbError::Missing)?;
        if let Some(salt) = of(&kept.value, day) {
            return Ok(salt);
        }
        setting::Entity::update_many()
            .col_expr(
                setting::Column::Value,
                Expr::value(format!("{day} {fresh}")),
            )
            .filter(setting::Column::Key.eq(SALT))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        Entity::delete_many()
            .filter(Column::Day.ne(day))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(fresh.to_owned())
    }

    /// Counts something once more; `false`, and nothing is counted, when it was done `most` times today.
    pub async fn tally(&self, hash: SecretHash, day: &str, most: u32) -> Result<bool, DbError> {
        let transaction = self.begin().await?;
        let row = ActiveModel {
            hash: Set(hash.to_column()),
            day: Set(day.to_owned()),
            count: Set(0),
        };
        let keep = OnConflict::column(Column::Hash)
            .update_column(Column::Hash)
            .to_owned();
        Entity::insert(row)
            .on_conflict(keep)
            .exec_without_returning(&transaction)
            .await
            .map_err(fault)?;
        let counted = Entity::update_many()
            .col_expr(Column::Count, Expr::col(Column::Count).add(1_i64))
            .filter(Column::Hash.eq(hash.to_column()))
            .filter(Column::Count.lt(i64::from(most)))
            .exec(&transaction)
            .await
            .map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        Ok(counted.rows_affected > 0)
    }

    /// Forgets the salt and the tallies of other days.
    pub async fn forget_tallies(&self, today: &str) -> Result<(), DbError> {
        Entity::delete_many()
            .filter(Column::Day.ne(today))
            .exec(&self.write)
            .await
            .map_err(fault)?;
        setting::Entity::delete_many()
            .filter(setting::Column::Key.eq(SALT))
            .filter(Expr::col(setting::Column::Value).not_like(format!("{today} %")))
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }
}

fn of(kept: &str, day: &str) -> Option<String> {
    kept.strip_prefix(day)?.strip_prefix(' ').map(str::to_owned)
}
