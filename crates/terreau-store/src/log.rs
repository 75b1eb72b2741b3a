//! The history of the published branch, told once, oldest first, to whoever keeps a projection of it.

use std::collections::{BTreeMap, HashMap};

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
    /// refuses another), so only new paths are looked into.
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
        let mut changes = BTreeMap::new();
        let mut left: HashMap<CardId, String> = HashMap::new();
        for file in differing.iter().filter(|file| file.new.is_none()) {
            let card = self.id(file)?;
            self.ids.remove(&file.path);
            left.extend(card.map(|card| (card, file.path.clone())));
            let gone = FileChange {
                path: file.path.clone(),
                old_path: None,
                created: false,
                blob: None,
                card,
            };
            changes.insert(file.path.clone(), gone);
        }
        for file in differing.into_iter().filter(|file| file.new.is_some()) {
            let card = self.id(&file)?;
            let old_path = match (file.old, card) {
                (None, Some(card)) => left.remove(&card),
                _ => None,
            };
            if let Some(old_path) = &old_path {
                changes.remove(old_path);
            }
            let created = file.old.is_none() && old_path.is_none();
            let blob = file.new.map(BlobId::of);
            changes.insert(
                file.path.clone(),
                FileChange {
                    path: file.path,
                    old_path,
                    created,
                    blob,
                    card,
                },
            );
        }
        Ok(changes.into_values().collect())
    }

    /// Returns the identity of the card at a path, without opening its blob when it is known.
    fn id(&mut self, file: &Differing) -> Result<Option<CardId>, StoreError> {
        let Some(path) = names::card(&file.path) else {
            return Ok(None);
        };
        if file.old.is_some()
            && let Some(id) = self.ids.get(&file.path)
        {
            return Ok(*id);
        }
        let Some(blob) = file.new.or(file.old) else {
            return Ok(None);
        };
        let id = match self
            .snapshot
            .head(&path)
            .filter(|head| head.blob.oid() == blob)
        {
            Some(head) => Some(head.id),
            None => {
                let content = self.repo.find_blob(blob)?;
                Card::read(&String::from_utf8_lossy(content.content()))
                    .0
                    .id()
            }
        };
        self.ids.insert(file.path.clone(), id);
        Ok(id)
    }
}
