//! The first commit of a commons, and reading the files of any commons kept in git.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use git2::{Buf, ErrorCode, FileMode, Oid, Repository};
use terreau_card::{Problem, check_commons, text_of};

use crate::lock::{self, DirLock};
use crate::repo::{self, MAIN};
use crate::snapshot::CONFIG_FILE;
use crate::trees::Trees;
use crate::{StoreError, StoreSettings, message, names};

/// Makes the repository of a commons whose first version is these files. It appears whole or not at all.
pub(crate) fn found(
    settings: &StoreSettings,
    _held: &DirLock,
    files: Vec<(String, Vec<u8>)>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let git_dir = settings.git_dir();
    let files = checked(files)?;
    if git_dir.exists() {
        // `git init --bare` by hand is welcome, a repository with anything in it is not ours to fill.
        let repo = repo::open(&git_dir)?;
        if repo.references()?.next().is_some() {
            return Err(StoreError::Exists {
                path: git_dir.display().to_string(),
            });
        }
        repo::prepare(&repo)?;
        first_commit(&repo, settings, &files, now)?;
        return Ok(repo.set_head(MAIN)?);
    }
    lock::make_folder(&settings.dir)?;
    let fresh = settings.dir.join("commons.git.new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    first_commit(&repo::init(&fresh)?, settings, &files, now)?;
    repo::sync_folder(&fresh)?;
    fs::rename(&fresh, &git_dir)?;
    Ok(repo::sync_folder(&settings.dir)?)
}

/// Reads every file of the published branch of a bare repository (or of its only branch), ours or not.
///
/// # Errors
/// `Missing` when there is no repository or no commit in it.
pub fn read_files(git_dir: &Path) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let repo = repo::open(git_dir)?;
    let tip = repo
        .refname_to_id(MAIN)
        .or_else(|_| repo.refname_to_id("HEAD"));
    let commit = tip.map_err(|error| match error.code() {
        ErrorCode::NotFound | ErrorCode::UnbornBranch => StoreError::missing(MAIN),
        _ => error.into(),
    })?;
    let files = Trees::new(&repo)?.files(repo.find_commit(commit)?.tree_id())?;
    files
        .into_iter()
        .map(|(path, blob)| Ok((path, repo.find_blob(blob)?.content().to_vec())))
        .collect()
}

/// Refuses names that the commons cannot hold and cards that break its rules.
fn checked(files: Vec<(String, Vec<u8>)>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let refused = |path: &str, problems: Vec<Problem>| {
        Err(StoreError::Refused {
            path: path.to_owned(),
            problems,
        })
    };
    let mut config = None;
    let mut texts = Vec::new();
    for (path, bytes) in &files {
        if names::card(path).is_none()
            && let Some(reason) = names::refusal(path)
        {
            return Err(StoreError::Unacceptable {
                path: path.clone(),
                reason,
            });
        }
        let is_text = path == CONFIG_FILE || path.ends_with(".md");
        let text = match if is_text { text_of(bytes) } else { Ok("") } {
            Ok(text) => text,
            Err(problem) => return refused(path, vec![problem]),
        };
        if path == CONFIG_FILE {
            config = Some(text);
        } else {
            texts.push((path.clone(), text));
        }
    }
    let Some(config) = config else {
        return Err(StoreError::missing(CONFIG_FILE));
    };
    let found = check_commons(config, &texts);
    if let Some((path, _)) = found.iter().find(|(_, problem)| problem.is_error()) {
        let of_path = found
            .iter()
            .filter(|(other, _)| other == path)
            .map(|(_, problem)| problem.clone());
        return refused(path, of_path.collect());
    }
    drop(texts);
    Ok(files)
}

/// Writes all files as one pack: one sync for ten thousand cards instead of ten thousand.
fn first_commit(
    repo: &Repository,
    settings: &StoreSettings,
    files: &[(String, Vec<u8>)],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut pack = Buf::new();
    let commit;
    {
        // A second handle: its memory takes the objects, then the pack of them is written through the first.
        let drafting = repo::open(repo.path())?;
        let odb = drafting.odb()?;
        let memory = odb.add_new_mempack_backend(1_000)?;
        let mut trees = git2::build::TreeUpdateBuilder::new();
        for (path, bytes) in files {
            trees.upsert(path.as_str(), drafting.blob(bytes)?, FileMode::Blob);
        }
        let nothing = drafting.find_tree(drafting.treebuilder(None)?.write()?)?;
        let tree = drafting.find_tree(trees.create_updated(&drafting, &nothing)?)?;
        let instance = message::committer(settings, now)?;
        let words = message::first();
        commit = drafting.commit(None, &instance, &instance, &words, &tree, &[])?;
        memory.dump(&drafting, &mut pack)?;
    }
    let odb = repo.odb()?;
    let mut writer = odb.packwriter()?;
    std::io::Write::write_all(&mut writer, &pack)?;
    writer.commit()?;
    drop(writer);
    odb.refresh()?;
    verify_commit(repo, commit)?;
    repo.reference(MAIN, commit, false, "first version")?;
    Ok(())
}

fn verify_commit(repo: &Repository, commit: Oid) -> Result<(), StoreError> {
    repo.find_commit(commit)?.tree()?;
    Ok(())
}
