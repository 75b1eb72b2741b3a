//! `try_outs`: what people told of a card that they tried, until somebody decided, by the hash of the secret of their link.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "try_outs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub token_hash: Vec<u8>,
    pub email: Option<String>,
    pub sender: Option<Vec<u8>>,
    pub name: String,
    pub organisation: Option<String>,
    pub language: String,
    pub about: String,
    pub text: String,
    pub state: String,
    pub answer: Option<String>,
    pub proposal: Option<i64>,
    pub path: Option<String>,
    pub created_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
