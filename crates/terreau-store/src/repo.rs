//! The bare repository: how it is made, prepared and opened so that what it acknowledges stays.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Once;

use git2::{ConfigLevel, ErrorCode, Repository, RepositoryInitOptions};

use crate::StoreError;

/// The published branch.
pub(crate) const MAIN: &str = "refs/heads/main";

/// What every repository of ours is configured with.
///
/// Durability: git itself reads `core.fsync`; libgit2 syncs because [`harden`] says so (its own key,
/// `core.fsyncObjectFiles`, would add nothing but a warning of every git command). Maintenance never happens behind
/// our back. On the wire only the published branch and the proposals are shown, nothing is asked by name that is
/// not shown, and of all partial clones only the one without blobs is granted.
const CONFIG: &[(&str, &str)] = &[
    ("core.bare", "true"),
    ("core.fsync", "all"),
    ("core.fsyncMethod", "fsync"),
    ("core.logAllRefUpdates", "false"),
    ("core.maxTreeDepth", "64"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("receive.autogc", "false"),
    ("receive.denyDeletes", "true"),
    ("transfer.advertiseSID", "false"),
    ("transfer.bundleURI", "false"),
    ("uploadpack.allowAnySHA1InWant", "false"),
    ("uploadpack.allowReachableSHA1InWant", "false"),
    ("uploadpack.allowTipSHA1InWant", "false"),
    ("uploadpack.allowFilter", "true"),
    ("uploadpackfilter.allow", "false"),
    ("uploadpackfilter.blob:none.allow", "true"),
];

/// Hidden: everything, but for what readers may have; git takes the last line that matches.
const HIDDEN_REFS: &[&str] = &["refs", "!refs/heads/main", "!refs/proposals"];

/// Turns on, once and before any repository is opened, what libgit2 leaves off: nothing is acknowledged that is
/// only in the page cache, and no object is believed without its hash.
pub(crate) fn harden() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        git2::opts::strict_object_creation(true);
        git2::opts::strict_hash_verification(true);
        enable_fsync();
    });
}

#[expect(
    unsafe_code,
    reason = "git2 has no safe switch for fsync; without it a save is lost with the power"
)]
fn enable_fsync() {
    let option = libgit2_sys::GIT_OPT_ENABLE_FSYNC_GITDIR as std::ffi::c_int;
    // SAFETY: this option takes one int, libgit2 was initialised by the calls before, and `Once` keeps other
    // threads of ours out while the global is set.
    let answer = unsafe { libgit2_sys::git_libgit2_opts(option, 1 as std::ffi::c_int) };
    assert_eq!(answer, 0, "libgit2 knows how to sync what it writes");
}

/// Makes an empty bare repository whose first branch is the published one.
pub(crate) fn init(git_dir: &Path) -> Result<Repository, StoreError> {
    harden();
    let mut options = RepositoryInitOptions::new();
    options
        .bare(true)
        .no_reinit(true)
        .mkpath(true)
        .external_template(false)
        .initial_head("main");
    let repo = Repository::init_opts(git_dir, &options)?;
    prepare(&repo)?;
    Ok(repo)
}

/// Opens a bare repository that is ours.
pub(crate) fn open(git_dir: &Path) -> Result<Repository, StoreError> {
    harden();
    Repository::open_bare(git_dir).map_err(|error| match error.code() {
        ErrorCode::NotFound => StoreError::missing(git_dir.display()),
        _ => StoreError::Damaged(format!("{}: {}", git_dir.display(), error.message())),
    })
}

/// Brings configuration and folders to what we rely on; a repository restored by `git clone` has neither.
pub(crate) fn prepare(repo: &Repository) -> Result<(), StoreError> {
    configure(repo)?;
    let objects = repo.path().join("objects");
    let heads = repo.path().join("refs").join("heads");
    fs::create_dir_all(&heads)?;
    let mut made = false;
    for fan in 0..=255u8 {
        match fs::create_dir(objects.join(format!("{fan:02x}"))) {
            Ok(()) => made = true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    // libgit2 syncs the folder that an object goes to, but not the one above when it has to make it.
    if made {
        sync_folder(&objects)?;
        sync_folder(&heads)?;
        sync_folder(&repo.path().join("refs"))?;
        sync_folder(repo.path())?;
    }
    Ok(())
}

fn configure(repo: &Repository) -> Result<(), StoreError> {
    let mut config = repo.config()?.open_level(ConfigLevel::Local)?;
    for (key, value) in CONFIG {
        if config.get_string(key).ok().as_deref() != Some(value) {
            config.set_str(key, value)?;
        }
    }
    let mut hidden = Vec::new();
    match config.multivar("transfer.hiderefs", None) {
        Ok(mut entries) => {
            while let Some(entry) = entries.next() {
                hidden.push(String::from_utf8_lossy(entry?.value_bytes()).into_owned());
            }
        }
        Err(error) if error.code() == ErrorCode::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    if hidden != HIDDEN_REFS {
        if !hidden.is_empty() {
            config.remove_multivar("transfer.hiderefs", ".*")?;
        }
        for pattern in HIDDEN_REFS {
            config.set_multivar("transfer.hiderefs", "^$", pattern)?;
        }
    }
    Ok(())
}

/// Makes the entries of a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
