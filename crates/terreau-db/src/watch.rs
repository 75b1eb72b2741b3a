//! Watches: what people want to be told of.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use terreau_card::CardId;
use terreau_community::AccountId;
use uuid::Uuid;

use crate::connect::storable;
use crate::entity::account;
use crate::entity::watch::{ActiveModel, Column, Entity};
use crate::error::fault;
use crate::{Db, DbError};

/// What begins the column of a question.
const SEARCH: &str = "search:";

/// What can be watched.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// One card.
    Card(CardId),
    /// The cards of a topic, by its code.
    Topic(String),
    /// New cards that answer a question, as it is written in an address.
    Search(String),
    /// Every change.
    Everything,
}

impl Subject {
    fn to_column(&self) -> String {
        match self {
            Subject::Card(card) => format!("card:{card}"),
            Subject::Topic(code) => format!("topic:{}", storable(code)),
            Subject::Search(question) => format!("{SEARCH}{}", storable(question)),
            Subject::Everything => "everything".to_owned(),
        }
    }

    fn read(column: &str) -> Option<Subject> {
        match column.split_once(':') {
            Some(("card", id)) => id.parse().ok().map(Subject::Card),
            Some(("topic", code)) => Some(Subject::Topic(code.to_owned())),
            Some(("search", question)) => Some(Subject::Search(question.to_owned())),
            None if column == "everything" => Some(Subject::Everything),
            _ => None,
        }
    }
}

impl Db {
    /// Remembers that a person watches something; they may do so already.
    ///
    /// # Errors
    /// `Missing` when there is no such account.
    pub async fn watch(&self, account: AccountId, subject: &Subject) -> Result<(), DbError> {
        let row = ActiveModel {
            account_id: Set(account.uuid()),
            subject: Set(subject.to_column()),
        };
        // Put in its own place, which changes nothing, so that a repetition is no error.
        let keep = OnConflict::columns([Column::AccountId, Column::Subject])
            .update_column(Column::Subject)
            .to_owned();
        Entity::insert(row)
            .on_conflict(keep)
            .exec_without_returning(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Forgets that a person watches something; they may have stopped already.
    pub async fn unwatch(&self, account: AccountId, subject: &Subject) -> Result<(), DbError> {
        Entity::delete_by_id((account.uuid(), subject.to_column()))
            .exec(&self.write)
            .await
            .map(drop)
            .map_err(fault)
    }

    /// Returns what a person watches.
    pub async fn watches(&self, account: AccountId) -> Result<Vec<Subject>, DbError> {
        let rows = Entity::find()
            .filter(Column::AccountId.eq(account.uuid()))
            .order_by_asc(Column::Subject)
            .all(&self.read)
            .await
            .map_err(fault)?;
        rows.iter()
            .map(|row| {
                Subject::read(&row.subject)
                    .ok_or_else(|| DbError::unusable(format!("watches of {account}: odd subject")))
            })
            .collect()
    }

    /// Returns who watches a card, one of its topics, or everything; each once, without those who are suspended.
    pub async fn watchers_of(
        &self,
        card: CardId,
        topics: &[String],
    ) -> Result<Vec<AccountId>, DbError> {
        let topics = topics.iter().map(|code| Subject::Topic(code.clone()));
        let subjects = [Subject::Card(card), Subject::Everything]
            .into_iter()
            .chain(topics)
            .map(|subject| subject.to_column());
        let watchers: Vec<Uuid> = Entity::find()
            .select_only()
            .column(Column::AccountId)
            .distinct()
            .inner_join(account::Entity)
            .filter(Column::Subject.is_in(subjects))
            .filter(account::Column::Suspended.eq(false))
            .order_by_asc(Column::AccountId)
            .into_tuple()
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok(watchers.into_iter().map(AccountId::new).collect())
    }

    /// Returns every question that is watched, with who watches it, without those who are suspended; at most `limit`.
    pub async fn watched_questions(&self, limit: u64) -> Result<Vec<(AccountId, String)>, DbError> {
        let rows: Vec<(Uuid, String)> = Entity::find()
            .select_only()
            .column(Column::AccountId)
            .column(Column::Subject)
            .inner_join(account::Entity)
            .filter(Column::Subject.starts_with(SEARCH))
            .filter(account::Column::Suspended.eq(false))
            .order_by_asc(Column::Subject)
            .limit(limit)
            .into_tuple()
            .all(&self.read)
            .await
            .map_err(fault)?;
        Ok(rows
            .into_iter()
            .filter_map(|(account, subject)| {
                let question = subject.strip_prefix(SEARCH)?.to_owned();
                Some((AccountId::new(account), question))
            })
            .collect())
    }
}
