//! What many proposals are found by beside their own rows: who wrote them, and what was remarked on them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use terreau_community::AccountId;

use super::{column, number};
use crate::entity::revision;
use crate::error::fault;
use crate::{Db, DbError, Person, person};

impl Db {
    /// Returns everyone who wrote a revision of some proposals, once for each proposal; those who are gone too.
    pub async fn authors_of_proposals(
        &self,
        numbers: &[u64],
    ) -> Result<Vec<(u64, Person)>, DbError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let authors: Vec<(i64, uuid::Uuid)> = revision::Entity::find()
            .select_only()
            .column(revision::Column::Number)
            .column(revision::Column::Author)
            .filter(revision::Column::Number.is_in(numbers.iter().map(|one| column(*one))))
            .distinct()
            .into_tuple()
            .all(&self.read)
            .await
            .map_err(fault)?;
        let mut ids: Vec<_> = authors.iter().map(|(_, author)| *author).collect();
        ids.sort_unstable();
        ids.dedup();
        let known: HashMap<_, _> = self.known(ids.into_iter()).await?;
        authors
            .into_iter()
            .map(|(of, author)| {
                let gone = || person::gone(AccountId::new(author));
                Ok((
                    number(of)?,
                    known.get(&author).cloned().unwrap_or_else(gone),
                ))
            })
            .collect()
    }
}
