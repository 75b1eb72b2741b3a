//! `useful_counts`: to how many visitors a card was useful.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "useful_counts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub card: Uuid,
    pub visitors: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
