//! `private_remarks`: what people tell those who look after a card.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "private_remarks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub card: Uuid,
    pub account_id: Option<Uuid>,
    pub name: String,
    pub email: String,
    pub body: String,
    pub at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
