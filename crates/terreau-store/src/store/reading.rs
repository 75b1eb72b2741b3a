//! Reading: old versions, texts, history. Readers use handles of their own and never wait for the writer.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use git2::{ErrorCode, Repository};
use terreau_card::CardPath;

use super::{HANDLE_USES, Handle, IDLE_READERS, Store};
use crate::{BlobId, CardText, CommitId, LoggedCommit, StoreError, log, repo};

impl Store {
    /// Says whether a commit is part of the published history. Nothing else is ever shown: proposals and what was
    /// withdrawn live in the same repository.
    ///
    /// # Errors
    /// Those of reading.
    pub fn is_published(&self, commit: &CommitId) -> Result<bool, StoreError> {
        self.read(|repo| self.is_published_in(repo, commit))
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
        self.read(|repo| self.card_in(repo, commit, path))
    }

    /// Returns the text of a blob, from memory when it was read before. The name must come from a snapshot or
    /// from the history, never from a request.
    ///
    /// # Errors
    /// `Missing` when there is no such blob, `Damaged` when it is not text.
    pub fn text(&self, blob: &BlobId) -> Result<Arc<str>, StoreError> {
        match self.texts.get(blob) {
            Some(text) => Ok(text),
            None => self.read(|repo| self.text_in(repo, blob)),
        }
    }

    /// Returns the bytes of a blob. The name must come from a snapshot or from the history, never from a request.
    ///
    /// # Errors
    /// `Missing` when there is no such blob.
    pub fn blob(&self, blob: &BlobId) -> Result<Vec<u8>, StoreError> {
        self.read(|repo| Ok(find_blob(repo, blob)?.content().to_vec()))
    }

    /// Returns how many bytes a blob has, without reading them. The name must come from a snapshot, never from a request.
    ///
    /// # Errors
    /// `Missing` when there is no such blob.
    pub fn blob_length(&self, blob: &BlobId) -> Result<u64, StoreError> {
        self.read(|repo| match repo.odb()?.read_header(blob.oid()) {
            Ok((length, _)) => Ok(length as u64),
            Err(error) if error.code() == ErrorCode::NotFound => Err(StoreError::missing(blob)),
            Err(error) => Err(error.into()),
        })
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
        let snapshot = self.snapshot();
        match commit {
            Some(commit) => self.read(|repo| log::walk(repo, &snapshot, Some(commit.oid()), each)),
            // A handle of its own: what libgit2 remembers of a whole history goes with it.
            None => log::walk(&repo::open(&self.git_dir)?, &snapshot, None, each),
        }
    }

    /// Keeps a text that was just written.
    pub(crate) fn remember(&self, blob: BlobId, bytes: &[u8]) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.texts.insert(blob, text.into());
        }
    }

    pub(crate) fn text_in(&self, repo: &Repository, blob: &BlobId) -> Result<Arc<str>, StoreError> {
        if let Some(text) = self.texts.get(blob) {
            return Ok(text);
        }
        let content = find_blob(repo, blob)?;
        let text = std::str::from_utf8(content.content())
            .map_err(|_| StoreError::Damaged(format!("{blob} is not UTF-8 text")))?;
        let text: Arc<str> = text.into();
        self.texts.insert(*blob, Arc::clone(&text));
        Ok(text)
    }

    pub(crate) fn card_in(
        &self,
        repo: &Repository,
        commit: &CommitId,
        path: &CardPath,
    ) -> Result<Option<CardText>, StoreError> {
        let Some(blob) = self.file_in(repo, commit, &path.file())? else {
            return Ok(None);
        };
        let text = self.text_in(repo, &blob)?;
        Ok(Some(CardText {
            path: path.clone(),
            blob,
            text,
        }))
    }

    /// Returns the blob that a file had in a published version; `None` when it was not there then.
    pub(crate) fn file_in(
        &self,
        repo: &Repository,
        commit: &CommitId,
        file: &str,
    ) -> Result<Option<BlobId>, StoreError> {
        if !self.is_published_in(repo, commit)? {
            return Err(StoreError::missing(commit));
        }
        let tree = repo.find_commit(commit.oid())?.tree()?;
        match tree.get_path(Path::new(file)) {
            Ok(entry) => Ok(Some(BlobId::of(entry.id()))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn is_published_in(
        &self,
        repo: &Repository,
        commit: &CommitId,
    ) -> Result<bool, StoreError> {
        let snapshot = self.snapshot();
        if commit == snapshot.commit() || self.published.contains_key(commit) {
            return Ok(true);
        }
        match repo.find_commit(commit.oid()) {
            Ok(_) => {}
            Err(error) if matches!(error.code(), ErrorCode::NotFound | ErrorCode::Invalid) => {
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        // The published branch only grows: what is published stays so, and is asked once.
        let published = repo.graph_descendant_of(snapshot.commit().oid(), commit.oid())?;
        if published {
            self.published.insert(*commit, ());
        }
        Ok(published)
    }

    /// Lends a handle for reading: handles are not shared between threads, but outlive a request.
    pub(crate) fn read<T>(
        &self,
        with: impl FnOnce(&Repository) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut handle = match idle {
            Some(handle) => handle,
            None => Handle {
                repo: repo::open(&self.git_dir)?,
                uses: 0,
            },
        };
        let answer = with(&handle.repo);
        handle.uses += 1;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if handle.uses < HANDLE_USES && readers.len() < IDLE_READERS {
            readers.push(handle);
        }
        answer
    }
}

fn find_blob<'repo>(
    repo: &'repo Repository,
    blob: &BlobId,
) -> Result<git2::Blob<'repo>, StoreError> {
    repo.find_blob(blob.oid())
        .map_err(|error| match error.code() {
            ErrorCode::NotFound => StoreError::missing(blob),
            _ => error.into(),
        })
}
