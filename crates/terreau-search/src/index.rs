//! The index: opened, kept up to date, rebuilt.
#![expect(clippy::todo, unused_variables, reason = "filled next")]

use std::path::Path;

use terreau_card::CardId;

use crate::{Answer, Document, Query, SearchError};

/// The index of one commons. Searching never waits for writing; one writer at a time.
#[derive(Debug)]
pub struct Index {}

impl Index {
    /// Opens the index kept in a folder, making both when missing.
    ///
    /// An index that is damaged or of another schema is thrown away: the answer is then an empty index, for which
    /// [`Index::shown`] is `None`.
    ///
    /// # Errors
    /// [`SearchError::Unavailable`] when the folder cannot be used.
    pub fn open(dir: &Path) -> Result<Index, SearchError> {
        todo!()
    }

    /// Returns an empty index that lives in memory only.
    pub fn in_memory() -> Index {
        todo!()
    }

    /// Returns the commit that the index shows, `None` when it shows none yet.
    pub fn shown(&self) -> Option<String> {
        todo!()
    }

    /// Puts and removes cards in one step, then shows `commit`; the next search sees them.
    ///
    /// # Errors
    /// Whatever the disk refuses; the index then still shows what it showed.
    pub fn update(
        &self,
        put: Vec<Document>,
        remove: Vec<CardId>,
        commit: &str,
    ) -> Result<(), SearchError> {
        todo!()
    }

    /// Makes the index anew from every card, then shows `commit`; searches see the old index until then.
    ///
    /// # Errors
    /// Whatever the disk refuses; the index then still shows what it showed.
    pub fn rebuild(
        &self,
        documents: impl IntoIterator<Item = Document>,
        commit: &str,
    ) -> Result<(), SearchError> {
        todo!()
    }

    /// Answers a question. No text that a reader can type is an error.
    ///
    /// # Errors
    /// [`SearchError::Damaged`] or [`SearchError::Unavailable`] when the index itself cannot be read.
    pub fn search(&self, query: &Query) -> Result<Answer, SearchError> {
        todo!()
    }

    /// Returns up to eight titles that the words typed so far may lead to, best first.
    pub fn suggest(&self, prefix: &str) -> Vec<String> {
        todo!()
    }

    /// Returns the number of cards in the index.
    pub fn len(&self) -> usize {
        todo!()
    }

    /// Tells whether the index holds no card.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
