//! What can go wrong, by what the caller can do about it.

/// Tells why the index could not answer or could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The folder of the index cannot be made, read or written: disk full, rights, a vanished mount.
    #[error("the folder of the search index cannot be used")]
    Unavailable(#[source] std::io::Error),
    /// What the index holds makes no sense any more: [`crate::Index::rebuild`] makes it anew.
    #[error("the search index is damaged and has to be rebuilt")]
    Damaged(#[source] Box<dyn std::error::Error + Send + Sync>),
}
