//! Finding cards.

use std::sync::Arc;

use terreau_search::{Answer, Query};

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

    /// Returns up to eight titles that complete what was typed.
    pub async fn suggest(&self, typed: String) -> Result<Vec<String>, ReadError> {
        let index = Arc::clone(&self.index);
        Ok(blocking(move || index.suggest(&typed)).await?)
    }
}
