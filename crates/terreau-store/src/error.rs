//! What can go wrong in the store, sorted by what the caller can do about it.

use terreau_card::{CardPath, Conflicts, Problem};

/// Why the store did not do what was asked. Nothing is half-written when one of these is returned.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The card, version or object named does not exist (or is not published).
    #[error("{what} does not exist")]
    Missing {
        /// What was looked for: a path or an object name.
        what: String,
    },
    /// A new card or a new path is already taken.
    #[error("{path} already exists")]
    Exists {
        /// The path that is taken.
        path: String,
    },
    /// The card changed meanwhile in the same place: a person must choose. All three texts are given back.
    #[error("{path} was changed meanwhile in the same place")]
    Conflict {
        /// The card, at its present path.
        path: CardPath,
        /// The text that the edit started from; empty when the card did not exist there.
        base: String,
        /// The text that is published now: the commons' side, as git says "ours" of the branch merged into.
        ours: String,
        /// The text that was submitted.
        theirs: String,
        /// Where the two disagree.
        conflicts: Box<Conflicts>,
        /// The commit that shows `ours`: the base of the next try.
        head: Box<crate::CommitId>,
    },
    /// The result would break the rules of the commons.
    #[error("{path} breaks a rule of the commons ({} problems)", problems.len())]
    Refused {
        /// The file, from the root of the commons.
        path: String,
        /// What is wrong; at least one is an error.
        problems: Vec<Problem>,
    },
    /// The file cannot be accepted, whatever is in it: a name or a size that no mirror could hold.
    #[error("{path} cannot be accepted: {reason}")]
    Unacceptable {
        /// The file, from the root of the commons.
        path: String,
        /// Why, in a few plain words.
        reason: &'static str,
    },
    /// Another process serves this data folder, or moves the published branch at this very moment.
    #[error("the data folder is in use: {0}")]
    Busy(String),
    /// What is on disk cannot be trusted; `terreau doctor` says more.
    #[error("the commons is damaged: {0}")]
    Damaged(String),
    /// The disk or the repository did not answer; trying again later may help.
    #[error("the commons cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    pub(crate) fn missing(what: impl ToString) -> Self {
        StoreError::Missing {
            what: what.to_string(),
        }
    }

    /// Says whether the disk refused to make something durable. Trying again proves nothing: the system may have
    /// forgotten what it could not write.
    pub(crate) fn is_unsynced(&self) -> bool {
        let StoreError::Unavailable(source) = self else {
            return false;
        };
        let git = source.downcast_ref::<git2::Error>();
        git.is_some_and(|error| {
            error.class() == git2::ErrorClass::Os && error.message().contains("fsync")
        })
    }
}

impl From<git2::Error> for StoreError {
    fn from(error: git2::Error) -> Self {
        use git2::{ErrorClass, ErrorCode};
        match (error.code(), error.class()) {
            (ErrorCode::Locked | ErrorCode::Modified, _) => {
                StoreError::Busy(error.message().to_owned())
            }
            (ErrorCode::NotFound, ErrorClass::Odb | ErrorClass::Object | ErrorClass::Tree) => {
                StoreError::Damaged(error.message().to_owned())
            }
            (_, ErrorClass::Zlib | ErrorClass::Sha1) => {
                StoreError::Damaged(error.message().to_owned())
            }
            (_, ErrorClass::Odb) if error.message().contains("mismatch") => {
                StoreError::Damaged(error.message().to_owned())
            }
            _ => StoreError::Unavailable(Box::new(error)),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        StoreError::Unavailable(Box::new(error))
    }
}
