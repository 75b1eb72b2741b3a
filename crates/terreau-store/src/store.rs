//! The store: one repository, one writer, and the snapshot that everyone reads.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use git2::Repository;
use moka::sync::Cache;

use crate::heads_cache::HeadsCache;
use crate::lock::{self, DirLock};
use crate::{
    BlobId, Change, CommitId, Credit, Finding, Head, Published, Snapshot, StoreError, found, load,
    message, repo, verify,
};

mod reading;

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
    /// Set when the disk did not take what was written: nothing that it says after that can be believed.
    stopped: AtomicBool,
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
            stopped: AtomicBool::new(false),
            _lock: lock,
        })
    }

    /// Says whether a data folder holds a commons: a repository with something published in it.
    pub fn exists(dir: &Path) -> bool {
        let git_dir = dir.join("commons.git");
        let packed = || {
            fs::read_to_string(git_dir.join("packed-refs"))
                .is_ok_and(|refs| refs.contains(repo::MAIN))
        };
        git_dir.join("HEAD").exists() && (git_dir.join(repo::MAIN).exists() || packed())
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
        self.guarded(|| self.publish_change(&change, now))
    }

    /// Writes unless the disk has refused to sync before, and stops writing for good when it does.
    pub(crate) fn guarded<T>(
        &self,
        write: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.stopped.load(Ordering::Acquire) {
            return Err(StoreError::Unavailable(
                "the disk did not keep what was written; nothing is published until it is looked at and the program starts again".into(),
            ));
        }
        let written = write();
        if written.as_ref().is_err_and(StoreError::is_unsynced) {
            tracing::error!("the disk refused to sync: publishing stops, reading goes on");
            self.stopped.store(true, Ordering::Release);
        }
        written
    }

    /// Reads what another program published, a push for example; costs one look at the branch when there is nothing.
    ///
    /// # Errors
    /// Those of reading.
    pub fn refresh(&self) -> Result<Arc<Snapshot>, StoreError> {
        self.present(&mut self.writer())
    }

    /// Writes a person as trailers do: their name and the address that is no mailbox.
    pub fn named(&self, credit: &Credit) -> String {
        message::named(credit, &self.settings)
    }

    /// Returns the address that commits credit somebody by; it is no mailbox.
    pub fn address(&self, credit: &Credit) -> String {
        message::address(credit, &self.settings)
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

    /// Gives the writer a fresh handle now and then.
    pub(crate) fn renew(&self, writer: &mut Writer) -> Result<(), StoreError> {
        writer.uses += 1;
        if writer.uses >= HANDLE_USES {
            writer.repo = repo::open(&self.git_dir)?;
            writer.uses = 0;
        }
        Ok(())
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
