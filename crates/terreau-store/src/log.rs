//! The history of the published branch, told once, oldest first, to whoever keeps a projection of it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use git2::{Oid, Repository};
use terreau_card::{Card, CardId, CardPath};

use crate::trees::{Differing, Trees};
use crate::{BlobId, CommitId, Snapshot, StoreError, load, message, names};

/// One commit of the published branch.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedCommit {
    /// The commit.
    pub commit: CommitId,
    /// The version before it on the published branch; `None` for the first.
    pub parent: Option<CommitId>,
    /// The credited name.
    pub author: String,
    /// The credited address, which is no mailbox.
    pub author_address: String,
    /// When it was published.
    pub date: DateTime<Utc>,
    /// The first line of its message.
    pub subject: String,
    /// The trailers of its message, in order.
    pub trailers: Vec<(String, String)>,
    /// The files that it changed, in path order.
    pub changes: Vec<FileChange>,
}

impl LoggedCommit {
    /// Returns the first trailer with this key.
    pub fn trailer(&self, key: &str) -> Option<&str> {
        self.trailers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map(|(_, value)| value.as_str())
    }
}

/// One file that a commit changed.
#[derive(Debug, Clone, PartialEq)]
pub struct FileChange {
    /// Where the file is now, from the root of the commons; where it was, when it is gone.
    pub path: String,
    /// Where it was before, when the commit moved the card.
    pub old_path: Option<String>,
    /// Whether the file did not exist before, under any path.
    pub created: bool,
    /// The new content; `None` when the file is gone.
    pub blob: Option<BlobId>,
    /// The card that the file is, when it is one.
    pub card: Option<CardId>,
}

impl FileChange {
    /// Returns the path of the card, when the file is at the place of a card.
    pub fn card_path(&self) -> Option<CardPath> {
        CardPath::from_file(&self.path)
    }
}

/// Walks the published branch along first parents, and tells what is after `since`, oldest first.
pub(crate) fn walk(
    repo: &Repository,
    snapshot: &Snapshot,
    since: Option<Oid>,
    each: &mut dyn FnMut(LoggedCommit),
) -> Result<(), StoreError> {
    let mut commits = Vec::new();
    let mut next = Some(load::main_commit(repo)?);
    while next != since {
        // Past the beginning without meeting it: the commit is not on this branch.
        let Some(oid) = next else {
            return Err(StoreError::missing(
                since.map(CommitId::of).expect("`next` is not it"),
            ));
        };
        commits.push(oid);
        next = repo.find_commit(oid)?.parent_id(0).ok();
    }
    let mut walker = Walker {
        repo,
        snapshot,
        trees: Trees::new(repo)?,
        ids: HashMap::new(),
    };
    for oid in commits.into_iter().rev() {
        each(walker.commit(oid)?);
    }
    Ok(())
}

/// Tells commits one after the other, remembering which card is where.
struct Walker<'a> {
    repo: &'a Repository,
    snapshot: &'a Snapshot,
    trees: Trees<'a>,
    /// The identity at each path met so far. A card keeps its identity as long as it stays at its path (`publish`
    /// refuses another), so the blobs of plain edits are not opened.
    ids: HashMap<String, Option<CardId>>,
}

impl Walker<'_> {
    fn commit(&mut self, oid: Oid) -> Result<LoggedCommit, StoreError> {
        let commit = self.repo.find_commit(oid)?;
        let parent = commit.parent_id(0).ok();
        let parent_tree = match parent {
            Some(parent) => Some(self.repo.find_commit(parent)?.tree_id()),
            None => None,
        };
        let mut differing = Vec::new();
        self.trees
            .differing(parent_tree, Some(commit.tree_id()), &mut |file| {
                differing.push(file);
            })?;
        let changes = self.changes(differing)?;

        let (subject, trailers) = message::read(&String::from_utf8_lossy(commit.message_bytes()));
        let author = commit.author();
        Ok(LoggedCommit {
            commit: CommitId::of(oid),
            parent: parent.map(CommitId::of),
            author: String::from_utf8_lossy(author.name_bytes()).into_owned(),
            author_address: String::from_utf8_lossy(author.email_bytes()).into_owned(),
            date: load::moment(&commit),
            subject,
            trailers,
            changes,
        })
    }

    /// Pairs what left one path with what came to another by the identity of the card.
    fn changes(&mut self, differing: Vec<Differing>) -> Result<Vec<FileChange>, StoreError> {
        // Cards keep their identity where they stay, unless a commit also brings or takes some: then all are asked.
        let moves = differing
            .iter()
            .any(|file| file.old.is_none() || file.new.is_none());
        let mut left: HashMap<CardId, String> = HashMap::new();
        let mut came = Vec::new();
        for file in &differing {
            let before = self.id_before(file, moves)?;
            let after = if moves {
                self.id_of(file, file.new)?
            } else {
                before
            };
            if let Some(id) = before.filter(|_| before != after) {
                left.insert(id, file.path.clone());
            }
            came.push((before, after));
        }

        let mut changes = Vec::new();
        for (file, (before, after)) in differing.into_iter().zip(came) {
            let old_path = after
                .filter(|_| before != after)
                .and_then(|id| left.remove(&id));
            if file.new.is_some() {
                self.ids.insert(file.path.clone(), after);
            } else {
                self.ids.remove(&file.path);
            }
            changes.push(FileChange {
                created: old_path.is_none() && (file.old.is_none() || before != after),
                path: file.path,
                old_path,
                blob: file.new.map(BlobId::of),
                card: after.or(before),
            });
        }
        // What went elsewhere is told where it went.
        let moved: HashSet<String> = changes
            .iter()
            .filter_map(|change| change.old_path.clone())
            .collect();
        changes.retain(|change| change.blob.is_some() || !moved.contains(&change.path));
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }

    /// Returns the identity of the card that was at a path, without opening its blob when it is known.
    fn id_before(&self, file: &Differing, moves: bool) -> Result<Option<CardId>, StoreError> {
        match self.ids.get(&file.path) {
            _ if file.old.is_none() => Ok(None),
            Some(id) => Ok(*id),
            None if moves => self.id_of(file, file.old),
            None => self.id_of(file, file.new.or(file.old)),
        }
    }

    fn id_of(&self, file: &Differing, blob: Option<Oid>) -> Result<Option<CardId>, StoreError> {
        let (Some(path), Some(blob)) = (names::card(&file.path), blob) else {
            return Ok(None);
        };
        if let Some(head) = self
            .snapshot
            .head(&path)
            .filter(|head| head.blob.oid() == blob)
        {
            return Ok(Some(head.id));
        }
        let content = self.repo.find_blob(blob)?;
        Ok(Card::read(&String::from_utf8_lossy(content.content()))
            .0
            .id())
    }
}
