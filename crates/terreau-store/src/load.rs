//! From the repository to a snapshot: at the start, and when the published branch was moved by someone else.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use git2::{ErrorCode, Oid, Repository};
use terreau_card::{Card, CardPath, CommonsConfig};

use crate::heads_cache::Kept;
use crate::repo::MAIN;
use crate::snapshot::{CONFIG_FILE, Delta};
use crate::trees::Trees;
use crate::{BlobId, CommitId, Head, Snapshot, StoreError, names};

/// A snapshot just read, and the heads in it that were not known before.
pub(crate) struct Loaded {
    pub snapshot: Snapshot,
    pub new: Vec<Arc<Head>>,
}

/// Returns the published commit.
pub(crate) fn main_commit(repo: &Repository) -> Result<Oid, StoreError> {
    repo.refname_to_id(MAIN)
        .map_err(|error| match error.code() {
            ErrorCode::NotFound => {
                StoreError::Damaged(format!("there is no published branch ({MAIN})"))
            }
            _ => error.into(),
        })
}

/// Reads the whole published commons; cards whose blob is known are not read again.
pub(crate) fn whole(repo: &Repository, kept: &mut Kept) -> Result<Loaded, StoreError> {
    let main = main_commit(repo)?;
    let commit = repo.find_commit(main)?;
    let files = Trees::new(repo)?.files(commit.tree_id())?;

    let mut unknown = HashSet::new();
    for (file, blob) in &files {
        let Some(path) = names::card(file) else {
            continue;
        };
        if kept
            .heads
            .get(&path)
            .is_none_or(|head| head.blob.oid() != *blob)
        {
            unknown.insert(path);
        }
    }
    let dates = dates(repo, main, kept.commit.map(|commit| commit.oid()), unknown)?;

    let when = moment(&commit);
    let mut delta = Delta::default();
    let mut new = HashSet::new();
    let mut config = None;
    for (file, blob) in files {
        let Some(path) = names::card(&file) else {
            if file == CONFIG_FILE {
                config = Some(read_config(repo, blob)?);
            }
            delta.files.push((file, BlobId::of(blob)));
            continue;
        };
        let known = kept
            .heads
            .remove(&path)
            .filter(|head| head.blob.oid() == blob);
        let updated = dates
            .get(&path)
            .copied()
            .or(known.as_ref().map(|head| head.updated))
            .unwrap_or(when);
        let head = match known {
            Some(head) if kept.same_reader => {
                if head.updated != updated {
                    new.insert(path.clone());
                }
                Some(Head { updated, ..head })
            }
            _ => {
                new.insert(path.clone());
                read_head(repo, &path, blob, updated)?
            }
        };
        match head {
            Some(head) => delta.heads.push(head),
            None => delta.files.push((file, BlobId::of(blob))),
        }
    }
    let config = config.ok_or_else(|| StoreError::Damaged(format!("there is no {CONFIG_FILE}")))?;
    let commit = CommitId::of(main);
    let snapshot = Snapshot::empty(commit, when, config).with(commit, when, delta);
    let new = new
        .iter()
        .filter_map(|path| snapshot.head(path).cloned())
        .collect();
    Ok(Loaded { snapshot, new })
}

/// Reads only what differs between a snapshot and the published commit.
pub(crate) fn catch_up(repo: &Repository, snapshot: &Snapshot) -> Result<Loaded, StoreError> {
    let main = main_commit(repo)?;
    let commit = repo.find_commit(main)?;
    let before = repo.find_commit(snapshot.commit().oid())?;
    let mut differing = Vec::new();
    Trees::new(repo)?.differing(
        Some(before.tree_id()),
        Some(commit.tree_id()),
        &mut |file| differing.push(file),
    )?;
    let changed = differing
        .iter()
        .filter_map(|file| names::card(&file.path))
        .collect();
    let dates = dates(repo, main, Some(before.id()), changed)?;

    let when = moment(&commit);
    let mut delta = Delta::default();
    for file in differing {
        let path = names::card(&file.path);
        match (path, file.new) {
            (Some(path), Some(blob)) => {
                let updated = dates.get(&path).copied().unwrap_or(when);
                match read_head(repo, &path, blob, updated)? {
                    Some(head) => delta.heads.push(head),
                    None => {
                        delta.gone_cards.push(path);
                        delta.files.push((file.path, BlobId::of(blob)));
                    }
                }
            }
            (Some(path), None) => {
                delta.gone_cards.push(path);
                delta.gone_files.push(file.path);
            }
            (None, Some(blob)) => {
                if file.path == CONFIG_FILE {
                    delta.config = Some(read_config(repo, blob)?);
                }
                delta.files.push((file.path, BlobId::of(blob)));
            }
            (None, None) => delta.gone_files.push(file.path),
        }
    }
    // A card written and taken back meanwhile has its old text and a new date.
    for (path, updated) in dates {
        let Some(head) = snapshot.head(&path) else {
            continue;
        };
        let listed =
            delta.heads.iter().any(|other| other.path == path) || delta.gone_cards.contains(&path);
        if !listed && head.updated != updated {
            delta.heads.push(Head {
                updated,
                ..Head::clone(head)
            });
        }
    }
    let paths: Vec<CardPath> = delta.heads.iter().map(|head| head.path.clone()).collect();
    let snapshot = snapshot.with(CommitId::of(main), when, delta);
    let new = paths
        .iter()
        .filter_map(|path| snapshot.head(path).cloned())
        .collect();
    Ok(Loaded { snapshot, new })
}

/// Returns when each card was last changed by a commit: of every card for the commits after `known`, and for
/// older ones of the cards in `wanted`. Walks no further than it must; everything when `known` is not met.
pub(crate) fn dates(
    repo: &Repository,
    main: Oid,
    known: Option<Oid>,
    mut wanted: HashSet<CardPath>,
) -> Result<HashMap<CardPath, DateTime<Utc>>, StoreError> {
    let mut dates = HashMap::new();
    let mut trees = Trees::new(repo)?;
    let mut met = false;
    let mut next = Some(main);
    while let Some(oid) = next {
        met |= known == Some(oid);
        if met && wanted.is_empty() {
            break;
        }
        let commit = repo.find_commit(oid)?;
        next = commit.parent_id(0).ok();
        let parent_tree = match next {
            Some(parent) => Some(repo.find_commit(parent)?.tree_id()),
            None => None,
        };
        let when = moment(&commit);
        trees.differing(parent_tree, Some(commit.tree_id()), &mut |file| {
            let (Some(path), Some(_)) = (names::card(&file.path), file.new) else {
                return;
            };
            if !dates.contains_key(&path) && (wanted.remove(&path) || !met) {
                dates.insert(path, when);
            }
        })?;
    }
    Ok(dates)
}

/// Returns when a commit was made by its committer: that is when it was published.
pub(crate) fn moment(commit: &git2::Commit<'_>) -> DateTime<Utc> {
    DateTime::from_timestamp(commit.time().seconds(), 0).unwrap_or_default()
}

/// Reads the head of a card from its blob; `None` when it cannot take its place in the commons.
pub(crate) fn read_head(
    repo: &Repository,
    path: &CardPath,
    blob: Oid,
    updated: DateTime<Utc>,
) -> Result<Option<Head>, StoreError> {
    let content = repo.find_blob(blob)?;
    let text = String::from_utf8_lossy(content.content());
    let (card, _) = Card::read(&text);
    let head = Head::read(path, BlobId::of(blob), &card, updated);
    if head.is_none() {
        tracing::warn!(%path, "this file has no readable identity or kind and is left out of the cards");
    }
    Ok(head)
}

pub(crate) fn read_config(repo: &Repository, blob: Oid) -> Result<CommonsConfig, StoreError> {
    let content = repo.find_blob(blob)?;
    let text = String::from_utf8_lossy(content.content());
    CommonsConfig::read(&text).map_err(|problems| StoreError::Refused {
        path: CONFIG_FILE.to_owned(),
        problems,
    })
}
