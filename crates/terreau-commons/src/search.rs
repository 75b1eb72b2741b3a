//! Finding cards.

use std::sync::Arc;

use terreau_search::{Answer, Query};
use terreau_store::CommitId;

use crate::blocking::blocking;
use crate::{Commons, ReadError};

impl Commons {
    /// Searches the published cards.
    ///
    /// # Errors
    /// `Unexpected` when the index cannot be read.
    pub async fn search(&self, query: Query) -> Result<Answer, ReadError> {
        let index = Arc::clone(&self.index);
        let answer = blocking(move || index.search(&query)).await?;
        answer.map_err(|error| ReadError::Unexpected(error.into()))
    }

    /// Tells whether a search shows this commit: it follows what is published within a second.
    pub fn search_shows(&self, commit: &CommitId) -> bool {
        self.index.shown().as_deref() == Some(commit.as_str())
    }

    /// Returns up to eight completions of what was typed.
    pub async fn suggest(&self, typed: String) -> Result<Vec<String>, ReadError> {
        let index = Arc::clone(&self.index);
        Ok(blocking(move || index.suggest(&typed)).await?)
    }
}
