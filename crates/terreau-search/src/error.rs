//! What can go wrong, by what the caller can do about it.

use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};

/// Tells why the index could not answer or could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The folder of the index cannot be made, read or written: disk full, rights, a vanished mount.
    #[error("the folder of the search index cannot be used")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What the index holds makes no sense any more: [`crate::Index::rebuild`] makes it anew.
    #[error("the search index is damaged and has to be rebuilt")]
    Damaged(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        let outside = matches!(
            error,
            TantivyError::IoError(_)
                | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { .. })
                | TantivyError::OpenReadError(OpenReadError::IoError { .. })
                | TantivyError::OpenWriteError(OpenWriteError::IoError { .. })
                | TantivyError::LockFailure(..)
                | TantivyError::SystemError(_)
        );
        if outside {
            SearchError::Unavailable(error.into())
        } else {
            SearchError::Damaged(error.into())
        }
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        SearchError::Unavailable(error.into())
    }
}
