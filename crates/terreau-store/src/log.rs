//! The history of the published branch, told once, oldest first, to whoever keeps a projection of it.

use chrono::{DateTime, Utc};
use terreau_card::{CardId, CardPath};

use crate::{BlobId, CommitId};

/// One commit of the published branch.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedCommit {
    /// The commit.
    pub commit: CommitId,
    /// The version before it on the published branch; `None` for the first.
    pub parent: Option<CommitId>,
    /// The credited name.
    pub author: String,
    /// The credited address, which is no mailbox.
    pub author_address: String,
    /// When it was published.
    pub date: DateTime<Utc>,
    /// The first line of its message.
    pub subject: String,
    /// The trailers of its message, in order.
    pub trailers: Vec<(String, String)>,
    /// The files that it changed, in path order.
    pub changes: Vec<FileChange>,
}

impl LoggedCommit {
    /// Returns the first trailer with this key.
    pub fn trailer(&self, key: &str) -> Option<&str> {
        self.trailers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map(|(_, value)| value.as_str())
    }
}

/// One file that a commit changed.
#[derive(Debug, Clone, PartialEq)]
pub struct FileChange {
    /// Where the file is now, from the root of the commons; where it was, when it is gone.
    pub path: String,
    /// Where it was before, when the commit moved the card.
    pub old_path: Option<String>,
    /// Whether the file did not exist before, under any path.
    pub created: bool,
    /// The new content; `None` when the file is gone.
    pub blob: Option<BlobId>,
    /// The card that the file is, when it is one.
    pub card: Option<CardId>,
}

impl FileChange {
    /// Returns the path of the card, when the file is at the place of a card.
    pub fn card_path(&self) -> Option<CardPath> {
        CardPath::from_file(&self.path)
    }
}
