//! The store: one repository, one writer, and the snapshot that everyone reads.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use git2::{ErrorCode, Repository};
use moka::sync::Cache;
use terreau_card::CardPath;

use crate::heads_cache::HeadsCache;
use crate::lock::{self, DirLock};
use crate::{
    BlobId, CardText, Change, CommitId, Finding, Head, LoggedCommit, Published, Snapshot,
    StoreError, found, load, log, repo, verify,
};

/// How many bytes of text are kept in memory.
const TEXT_CACHE_BYTES: u64 = 32 << 20;
/// How many commits are remembered as published.
const PUBLISHED_CACHE: u64 = 100_000;
/// How many handles for reading wait for the next reader.
const IDLE_READERS: usize = 8;
/// How often a handle is used before a fresh one takes its place: libgit2 remembers small objects in each.
const HANDLE_USES: u32 = 1_000;

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

impl StoreSettings {
    pub(crate) fn git_dir(&self) -> PathBuf {
        self.dir.join("commons.git")
    }

    fn heads_file(&self) -> PathBuf {
        heads_file(&self.dir)
    }
}

/// The commons on disk. Share it by reference: readers never wait for the writer.
pub struct Store {
    settings: StoreSettings,
    git_dir: PathBuf,
    writer: Mutex<Writer>,
    readers: Mutex<Vec<Handle>>,
    snapshot: ArcSwap<Snapshot>,
    texts: Cache<BlobId, Arc<str>>,
    published: Cache<CommitId, ()>,
    // Let go last: everything above closes the repository first.
    _lock: DirLock,
}

/// What only the one who publishes uses.
pub(crate) struct Writer {
    pub(crate) repo: Repository,
    pub(crate) heads: HeadsCache,
    uses: u32,
}

/// An open repository, and how often it was lent.
struct Handle {
    repo: Repository,
    uses: u32,
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
        let lock = DirLock::take(&settings.dir)?;
        found::found(&settings, &lock, files, now)?;
        Store::open_locked(settings, lock)
    }

    /// Opens the commons: takes the lock, sweeps what a crash left, reads the heads.
    ///
    /// # Errors
    /// `Missing` when there is none, `Busy` when another process serves it, `Damaged`, `Unavailable`.
    pub fn open(settings: StoreSettings) -> Result<Store, StoreError> {
        if !Store::exists(&settings.dir) {
            return Err(StoreError::missing(settings.git_dir().display()));
        }
        let lock = DirLock::take(&settings.dir)?;
        Store::open_locked(settings, lock)
    }

    fn open_locked(settings: StoreSettings, lock: DirLock) -> Result<Store, StoreError> {
        let git_dir = settings.git_dir();
        lock::sweep(&git_dir, &lock)?;
        let repo = repo::open(&git_dir)?;
        repo::prepare(&repo)?;
        let (mut heads, mut kept) = HeadsCache::load(&settings.heads_file());
        let loaded = load::whole(&repo, &mut kept)?;
        heads.settle(&kept, &loaded.snapshot, &loaded.new);
        tracing::info!(
            cards = loaded.snapshot.count(),
            read = loaded.new.len(),
            "the commons is open"
        );
        // Reading everything may have filled the cache of libgit2; the handle that stays starts empty.
        let repo = if loaded.new.is_empty() {
            repo
        } else {
            repo::open(&git_dir)?
        };
        Ok(Store {
            settings,
            git_dir,
            writer: Mutex::new(Writer {
                repo,
                heads,
                uses: 0,
            }),
            readers: Mutex::new(Vec::new()),
            snapshot: ArcSwap::from_pointee(loaded.snapshot),
            texts: Cache::builder()
                .weigher(|_, text: &Arc<str>| u32::try_from(text.len() + 100).unwrap_or(u32::MAX))
                .max_capacity(TEXT_CACHE_BYTES)
                .build(),
            published: Cache::new(PUBLISHED_CACHE),
            _lock: lock,
        })
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
        self.snapshot.load_full()
    }

    /// Publishes a change: durable before it returns.
    ///
    /// # Errors
    /// `Conflict`, `Refused`, `Unacceptable`, `Exists`, `Missing`: nothing was written. `Busy`: another program moves
    /// the branch. `Unavailable`, `Damaged`: the disk failed.
    pub fn publish(&self, change: Change, now: DateTime<Utc>) -> Result<Published, StoreError> {
        self.publish_change(&change, now)
    }

    /// Reads what another program published, a push for example; costs one look at the branch when there is nothing.
    ///
    /// # Errors
    /// Those of reading.
    pub fn refresh(&self) -> Result<Arc<Snapshot>, StoreError> {
        self.present(&mut self.writer())
    }

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

    /// Looks at everything that was promised, and tells what is not as it should be. Nobody publishes meanwhile.
    pub fn verify(&self) -> Vec<Finding> {
        let writer = self.writer();
        verify::verify(&writer.repo, &self.snapshot(), &self.settings.heads_file())
    }

    pub(crate) fn settings(&self) -> &StoreSettings {
        &self.settings
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        // A writer that panicked left at worst objects that nothing names.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a snapshot the one that everyone reads, and keeps what it changed for the next start.
    pub(crate) fn show(
        &self,
        writer: &mut Writer,
        snapshot: Snapshot,
        new: &[Arc<Head>],
    ) -> Arc<Snapshot> {
        let snapshot = Arc::new(snapshot);
        self.published.insert(*snapshot.commit(), ());
        self.snapshot.store(Arc::clone(&snapshot));
        writer.heads.append(new, &snapshot);
        snapshot
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
        if !self.is_published_in(repo, commit)? {
            return Err(StoreError::missing(commit));
        }
        let tree = repo.find_commit(commit.oid())?.tree()?;
        let blob = match tree.get_path(Path::new(&path.file())) {
            Ok(entry) => BlobId::of(entry.id()),
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let text = self.text_in(repo, &blob)?;
        Ok(Some(CardText {
            path: path.clone(),
            blob,
            text,
        }))
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

    /// Gives the writer a fresh handle now and then.
    pub(crate) fn renew(&self, writer: &mut Writer) -> Result<(), StoreError> {
        writer.uses += 1;
        if writer.uses >= HANDLE_USES {
            writer.repo = repo::open(&self.git_dir)?;
            writer.uses = 0;
        }
        Ok(())
    }

    /// Lends a handle for reading: handles are not shared between threads, but outlive a request.
    fn read<T>(
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

impl std::fmt::Debug for Store {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Store")
            .field("git_dir", &self.git_dir)
            .finish_non_exhaustive()
    }
}

/// Forgets what was read of the cards of a data folder, so that the next start reads them all.
///
/// # Errors
/// When the file is there and cannot be removed.
pub fn forget_heads(dir: &Path) -> io::Result<()> {
    match fs::remove_file(heads_file(dir)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn heads_file(dir: &Path) -> PathBuf {
    dir.join("cache").join("heads.log")
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
