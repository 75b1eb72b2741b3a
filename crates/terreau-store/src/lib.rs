//! Cards kept in git: snapshots, transactions, history.
//!
//! One bare repository is the truth of what is published. A [`Store`] owns it: it reads an immutable
//! [`Snapshot`], publishes a [`Change`] as one durable commit, and swaps the next snapshot in. Everything else
//! that it keeps can be made again from git.
#![expect(
    clippy::todo,
    dead_code,
    reason = "the walls stand before the rooms are furnished"
)]

mod change;
mod error;
mod head;
mod ids;
mod log;
mod snapshot;
mod store;
mod verify;

pub use change::{CardText, Change, Credit, Edit, Published};
pub use error::StoreError;
pub use head::{Facts, Head};
pub use ids::{BlobId, CommitId, NotAnObjectName};
pub use log::{FileChange, LoggedCommit};
pub use snapshot::{Backlink, CONFIG_FILE, Resolved, Snapshot};
pub use store::{Store, StoreSettings};
pub use verify::{Finding, FindingSeverity};
