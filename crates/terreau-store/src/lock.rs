//! One process serves a data folder: the lock that says so, and the sweep that it makes safe.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::Path;

use crate::StoreError;

/// The exclusive lock on a data folder, held as long as this lives and let go by the system when the process ends.
#[derive(Debug)]
pub(crate) struct DirLock {
    _file: File,
}

impl DirLock {
    /// Takes the lock, or says at once that another process has it.
    pub(crate) fn take(dir: &Path) -> Result<DirLock, StoreError> {
        make_folder(dir)?;
        let path = dir.join("lock");
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&path).unwrap_or_default();
                let holder = holder.trim();
                let process = if holder.is_empty() {
                    String::new()
                } else {
                    format!(" ({holder})")
                };
                return Err(StoreError::Busy(format!(
                    "another process{process} serves {}",
                    dir.display()
                )));
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        // Only a help for people: the lock is the system's, not this text.
        file.set_len(0)?;
        writeln!(file, "process {}", std::process::id())?;
        Ok(DirLock { _file: file })
    }
}

/// Makes a folder that only its owner enters.
pub(crate) fn make_folder(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Finds what a killed process leaves in a repository: locks of refs and configuration, half-written objects and
/// packs, quarantines of pushes. Safe to remove only under [`DirLock`] with no git child alive.
pub(crate) fn leftovers(git_dir: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    let objects = git_dir.join("objects");
    for entry in entries(git_dir)? {
        if is_lock(&entry) {
            found.push(entry.path());
        }
    }
    below(&git_dir.join("refs"), &mut |entry| {
        if is_lock(entry) {
            found.push(entry.path());
        }
    })?;
    for entry in entries(&objects)? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("tmp_obj") || name.starts_with("incoming-") {
            found.push(entry.path());
        } else if name.len() == 2 {
            for object in entries(&entry.path())? {
                if object.file_name().to_string_lossy().starts_with("tmp_obj") {
                    found.push(object.path());
                }
            }
        }
    }
    for entry in entries(&objects.join("pack"))? {
        let name = entry.file_name().to_string_lossy().into_owned();
        // git writes `tmp_pack_…` and `tmp_idx_…`, libgit2 `pack_git2_…`.
        if name.starts_with("tmp_") || name.contains("_git2_") || name.ends_with(".lock") {
            found.push(entry.path());
        }
    }
    below(&objects.join("info"), &mut |entry| {
        if is_lock(entry) {
            found.push(entry.path());
        }
    })?;
    found.sort();
    Ok(found)
}

/// Removes what [`leftovers`] finds; returns how many there were.
pub(crate) fn sweep(git_dir: &Path, _held: &DirLock) -> io::Result<usize> {
    let found = leftovers(git_dir)?;
    for path in &found {
        tracing::warn!(path = %path.display(), "removing what a stopped process left");
        if path.is_dir() {
            fs::remove_dir_all(path)?;
        } else {
            fs::remove_file(path)?;
        }
    }
    Ok(found.len())
}

fn is_lock(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().ends_with(".lock")
}

/// Lists a folder; one that is not there is empty.
fn entries(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn below(folder: &Path, each: &mut dyn FnMut(&fs::DirEntry)) -> io::Result<()> {
    for entry in entries(folder)? {
        if entry.file_type()?.is_dir() {
            below(&entry.path(), each)?;
        } else {
            each(&entry);
        }
    }
    Ok(())
}
