//! Cards kept in git: snapshots, transactions, history.
//!
//! One bare repository is the truth of what is published. A [`Store`] owns it: it reads an immutable
//! [`Snapshot`], publishes a [`Change`] as one durable commit, and swaps the next snapshot in. Everything else
//! that it keeps can be made again from git.

mod change;
mod draft;
mod error;
mod found;
mod head;
mod heads_cache;
mod ids;
mod load;
mod lock;
mod log;
mod message;
mod names;
mod proposal;
mod publish;
mod repo;
mod snapshot;
mod store;
pub mod testing;
#[cfg(test)]
mod tests;
mod trees;
mod verify;

pub use change::{CardText, Change, Credit, Edit, Published};
pub use error::StoreError;
pub use found::read_files;
pub use head::{Facts, Head};
pub use ids::{BlobId, CommitId, NotAnObjectName};
pub use log::{FileChange, LoggedCommit};
pub use names::MAILMAP_FILE;
pub use proposal::{Proposed, ProposedFile, Revision};
pub use snapshot::{Backlink, CONFIG_FILE, Resolved, Snapshot};
pub use store::{Store, StoreSettings, forget_heads};
pub use verify::{Finding, FindingSeverity};
