//! `attachments`: the files of a try-out that nobody decided yet, with what their sender says of each.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub try_out: Uuid,
    pub format: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub alt: String,
    pub credit: String,
    pub licence: String,
    pub hash: Vec<u8>,
    pub length: i64,
    pub bytes: Vec<u8>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
