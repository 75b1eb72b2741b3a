//! The store: one repository, one writer, and the snapshot that everyone reads.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_card::CardPath;

use crate::{
    BlobId, CardText, Change, CommitId, Finding, LoggedCommit, Published, Snapshot, StoreError,
};

/// Where the commons is kept and in whose name commits are made.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// The data folder: the repository is `commons.git` in it, what can be rebuilt is in `cache`.
    pub dir: PathBuf,
    /// The host name of the instance: addresses of authors are `<account>@users.<host>`.
    pub instance_host: String,
    /// The name of the instance, the committer of every commit.
    pub instance_name: String,
}

/// The commons on disk. Share it by reference: readers never wait for the writer.
pub struct Store {
    git_dir: PathBuf,
}

impl Store {
    /// Makes a commons from files, as its first commit.
    ///
    /// # Errors
    /// `Exists` when there is one already, `Refused` when the files break the rules, `Busy`, `Unavailable`.
    pub fn create(
        settings: StoreSettings,
        files: Vec<(String, Vec<u8>)>,
        now: DateTime<Utc>,
    ) -> Result<Store, StoreError> {
        let _ = (settings, files, now);
        todo!()
    }

    /// Opens the commons: takes the lock, sweeps what a crash left, reads the heads.
    ///
    /// # Errors
    /// `Missing` when there is none, `Busy` when another process serves it, `Damaged`, `Unavailable`.
    pub fn open(settings: StoreSettings) -> Result<Store, StoreError> {
        let _ = settings;
        todo!()
    }

    /// Says whether a data folder holds a commons.
    pub fn exists(dir: &Path) -> bool {
        dir.join("commons.git").join("HEAD").exists()
    }

    /// Returns the bare repository, for `git upload-pack`.
    pub fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// Returns the published commons as it is now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        todo!()
    }

    /// Publishes a change: durable before it returns.
    ///
    /// # Errors
    /// `Conflict`, `Refused`, `Exists`, `Missing`: nothing was written. `Unavailable`, `Damaged`: the disk failed.
    pub fn publish(&self, change: Change, now: DateTime<Utc>) -> Result<Published, StoreError> {
        let _ = (change, now);
        todo!()
    }

    /// Returns the text of a card in one published version; `None` when the card was not there then.
    ///
    /// # Errors
    /// `Missing` when the commit is not part of the published history.
    pub fn card_at(
        &self,
        commit: &CommitId,
        path: &CardPath,
    ) -> Result<Option<CardText>, StoreError> {
        let _ = (commit, path);
        todo!()
    }

    /// Returns the text of a blob, from memory when it was read before. The name must come from a snapshot or
    /// from the history, never from a request.
    ///
    /// # Errors
    /// `Missing` when there is no such blob, `Damaged` when it is not text.
    pub fn text(&self, blob: &BlobId) -> Result<Arc<str>, StoreError> {
        let _ = blob;
        todo!()
    }

    /// Returns the bytes of a blob. The name must come from a snapshot or from the history, never from a request.
    ///
    /// # Errors
    /// `Missing` when there is no such blob.
    pub fn blob(&self, blob: &BlobId) -> Result<Vec<u8>, StoreError> {
        let _ = blob;
        todo!()
    }

    /// Tells the history after a commit, or the whole of it, oldest first; merges follow their first parent.
    ///
    /// # Errors
    /// `Missing`, before anything is told, when the commit is not on the published branch (any more): a projection
    /// that shows it starts again from nothing.
    pub fn log_since(
        &self,
        commit: Option<&CommitId>,
        each: &mut dyn FnMut(LoggedCommit),
    ) -> Result<(), StoreError> {
        let _ = (commit, each);
        todo!()
    }

    /// Looks at everything that was promised, and tells what is not as it should be.
    pub fn verify(&self) -> Vec<Finding> {
        todo!()
    }
}
