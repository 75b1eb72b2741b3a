//! `versions`: the history projection, one row per card and commit.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub card: Uuid,
    pub path: String,
    pub commit_id: String,
    pub blob_id: String,
    pub author: String,
    pub author_address: String,
    pub author_account: Option<Uuid>,
    pub organisation: Option<String>,
    pub date: DateTimeUtc,
    pub message: String,
    pub proposal: Option<i64>,
    pub request_key: Option<String>,
    pub kind_of_change: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
