//! `accounts`: the people of this node.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub email: String,
    pub credit_name: String,
    pub organisation: Option<String>,
    pub role: String,
    pub language: String,
    pub created_at: DateTimeUtc,
    pub suspended: bool,
    pub notices: String,
    pub hides_name: bool,
    pub is_known: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
