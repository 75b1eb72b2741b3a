//! Settings that stewards change while the node runs, such as the read-only switch.

use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, Set};

use crate::connect::storable;
use crate::entity::setting::{ActiveModel, Column, Entity};
use crate::error::fault;
use crate::{Db, DbError};

impl Db {
    /// Returns a setting that was made.
    pub async fn get_setting(&self, key: &str) -> Result<Option<String>, DbError> {
        let row = Entity::find_by_id(storable(key)).one(&self.read).await;
        Ok(row.map_err(fault)?.map(|row| row.value))
    }

    /// Makes a setting, in place of the one before.
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), DbError> {
        let row = ActiveModel {
            key: Set(storable(key)),
            value: Set(storable(value)),
        };
        let replace = OnConflict::column(Column::Key)
            .update_column(Column::Value)
            .to_owned();
        Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Makes a setting unless there is one, and returns what it is: of several who make it at once, one is heard.
    pub async fn first_setting(&self, key: &str, value: &str) -> Result<String, DbError> {
        let row = ActiveModel {
            key: Set(storable(key)),
            value: Set(storable(value)),
        };
        let keep = OnConflict::column(Column::Key)
            .update_column(Column::Key)
            .to_owned();
        Entity::insert(row)
            .on_conflict(keep)
            .exec_without_returning(&self.write)
            .await
            .map_err(fault)?;
        let kept = Entity::find_by_id(storable(key)).one(&self.write).await;
        kept.map_err(fault)?
            .map(|row| row.value)
            .ok_or(DbError::Missing)
    }
}
