//! Proposals: changes that wait for a review, each a branch of its own beside the published one.
//!
//! A revision is a commit on `refs/proposals/<n>/head`. Its tree is the commons as the proposer wants it, joined with what
//! was published then; its parents are the revision before and the published commit that it was joined with. A proposal that
//! waits for somebody to look at it is at `refs/held/<n>/head`, which the wire never shows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, SubsecRound as _, Utc};
use git2::{Commit, Oid, Repository};
use terreau_card::{Card, CardId, CardPath};

use crate::publish::write_objects;
use crate::snapshot::media_type;
use crate::trees::{Differing, Trees};
use crate::{BlobId, Change, CommitId, Credit, Edit, Store, StoreError, message, names, repo};

/// What is proposed, as one state of a proposal.
#[derive(Debug, Clone)]
pub struct Revision {
    /// What to do, in order; each edit sees the result of those before it.
    pub edits: Vec<Edit>,
    /// Who wrote this revision.
    pub author: Credit,
    /// Why, in the author's words.
    pub message: String,
    /// Whether the wire keeps it to itself until [`Store::show_proposal`].
    pub held: bool,
}

/// A revision that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposed {
    /// The commit that holds it.
    pub commit: CommitId,
    /// The published commit that it starts from: what differs between the two is what is proposed.
    pub base: CommitId,
}

/// A file that a revision changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedFile {
    /// Where it would be, from the root of the commons; where it was, when it would be gone.
    pub file: String,
    /// Where it is published, when the proposal moves it.
    pub from: Option<String>,
    /// What it says in the version that the revision starts from; `None` when it is new, or no text.
    pub before: Option<Arc<str>>,
    /// What it would say; `None` when it would be gone, or is no text.
    pub after: Option<Arc<str>>,
}

impl ProposedFile {
    /// Returns the path of the card, when the file is one.
    pub fn card_path(&self) -> Option<CardPath> {
        names::card(&self.file)
    }
}

impl Store {
    /// Keeps a revision of a proposal, durable before it returns; `None` when it would change nothing.
    ///
    /// `after` is the revision that it follows. The caller orders revisions: the branch goes where the last call says.
    ///
    /// # Errors
    /// Those of publishing: what is proposed obeys the same rules.
    pub fn propose(
        &self,
        number: u64,
        revision: &Revision,
        after: Option<&CommitId>,
        now: DateTime<Utc>,
    ) -> Result<Option<Proposed>, StoreError> {
        self.guarded(|| self.keep_revision(number, revision, after, now.trunc_subsecs(0)))
    }

    fn keep_revision(
        &self,
        number: u64,
        revision: &Revision,
        after: Option<&CommitId>,
        now: DateTime<Utc>,
    ) -> Result<Option<Proposed>, StoreError> {
        let mut writer = self.writer();
        self.renew(&mut writer)?;
        let snapshot = self.present(&mut writer)?;
        let repo = &writer.repo;
        let (draft, writes) = self.draft(repo, &snapshot, &revision.edits)?;
        if writes.is_empty() {
            return Ok(None);
        }
        let base = repo.find_commit(snapshot.commit().oid())?;
        let tree = write_objects(repo, &snapshot, &writes)?;
        let before = after
            .map(|commit| repo.find_commit(commit.oid()))
            .transpose()?;
        let parents = parents(repo, before.as_ref(), &base)?;
        let about: Vec<String> = draft.about.iter().map(CardPath::to_string).collect();
        let change = Change {
            edits: Vec::new(),
            author: revision.author.clone(),
            message: revision.message.clone(),
            trailers: vec![("Proposal".to_owned(), number.to_string())],
        };
        let settings = self.settings();
        let commit = repo.commit(
            None,
            &message::author(&change, settings, now)?,
            &message::committer(settings, now)?,
            &message::message(&change, &about),
            &repo.find_tree(tree)?,
            &parents,
        )?;
        repo.reference(&branch(number, revision.held), commit, true, "propose")?;
        if before.is_none() {
            sync_branches(repo, revision.held)?;
        }
        Ok(Some(Proposed {
            commit: CommitId::of(commit),
            base: *snapshot.commit(),
        }))
    }

    /// Lets the wire show a proposal that was held; it may do so already.
    ///
    /// # Errors
    /// Those of writing.
    pub fn show_proposal(&self, number: u64) -> Result<(), StoreError> {
        self.guarded(|| {
            let mut writer = self.writer();
            self.renew(&mut writer)?;
            let repo = &writer.repo;
            let mut held = match repo.find_reference(&branch(number, true)) {
                Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(()),
                found => found?,
            };
            held.rename(&branch(number, false), true, "show")?;
            sync_branches(repo, false)
        })
    }

    /// Returns the greatest number of a proposal in the repository; 0 when there is none.
    ///
    /// # Errors
    /// Those of reading.
    pub fn last_proposal(&self) -> Result<u64, StoreError> {
        self.read(|repo| {
            let mut last = 0;
            for branches in ["refs/proposals/*/head", "refs/held/*/head"] {
                for name in repo.references_glob(branches)?.names() {
                    let number = name?.split('/').nth(2).and_then(|part| part.parse().ok());
                    last = last.max(number.unwrap_or(0));
                }
            }
            Ok(last)
        })
    }

    /// Returns the files that a revision changes, in path order.
    ///
    /// # Errors
    /// `Missing` when a commit is not in the repository. The names must come from what was kept, never from a request.
    pub fn proposed(&self, of: &Proposed) -> Result<Vec<ProposedFile>, StoreError> {
        self.read(|repo| {
            let mut files = Vec::new();
            for change in changes(repo, of)? {
                files.push(ProposedFile {
                    before: self.text_of(repo, &change.file, change.old)?,
                    after: self.text_of(repo, &change.file, change.new)?,
                    file: change.file,
                    from: change.from,
                });
            }
            Ok(files)
        })
    }

    /// Returns the edits that make of the published commons what a revision proposes.
    ///
    /// # Errors
    /// Those of [`Store::proposed`].
    pub fn edits_of(&self, of: &Proposed) -> Result<Vec<Edit>, StoreError> {
        self.read(|repo| {
            let changes = changes(repo, of)?;
            let mut edits = Vec::new();
            // Moves come first: they rewrite links in the very cards that are written after them.
            for change in &changes {
                if let (Some(from), Some(to)) = (&change.from, names::card(&change.file))
                    && let Some(from) = names::card(from)
                {
                    let base = Some(of.base);
                    edits.push(Edit::Rename { from, to, base });
                }
            }
            for change in changes {
                let Some(blob) = change.new else { continue };
                edits.push(match names::card(&change.file) {
                    Some(path) => Edit::Put {
                        path,
                        text: self.text_in(repo, &BlobId::of(blob))?.as_ref().to_owned(),
                        base: change.old.map(|_| of.base),
                    },
                    None => Edit::PutFile {
                        path: change.file,
                        bytes: repo.find_blob(blob)?.content().to_vec(),
                        base: Some(of.base),
                    },
                });
            }
            Ok(edits)
        })
    }

    /// Tells whether edits could be published now, writing nothing; `true` when they would be joined with others.
    ///
    /// # Errors
    /// Those of publishing: `Conflict`, `Refused`, `Exists` …
    pub fn rehearse(&self, edits: &[Edit]) -> Result<bool, StoreError> {
        let snapshot = self.snapshot();
        self.read(|repo| {
            let (draft, _) = self.draft(repo, &snapshot, edits)?;
            Ok(draft.merged)
        })
    }

    /// Returns the text of a card in a revision; `None` when it is not there.
    ///
    /// # Errors
    /// Those of [`Store::proposed`].
    pub fn proposed_text(
        &self,
        of: &Proposed,
        path: &CardPath,
    ) -> Result<Option<Arc<str>>, StoreError> {
        self.read(|repo| {
            let tree = find(repo, &of.commit)?.tree()?;
            match tree.get_path(std::path::Path::new(&path.file())) {
                Ok(entry) => Ok(Some(self.text_in(repo, &BlobId::of(entry.id()))?)),
                Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
    }

    /// Returns the bytes of a file in a revision; `None` when it is not there.
    ///
    /// # Errors
    /// Those of [`Store::proposed`].
    pub fn proposed_file(&self, of: &Proposed, file: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|repo| {
            let tree = find(repo, &of.commit)?.tree()?;
            let entry = match tree.get_path(std::path::Path::new(file)) {
                Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
                found => found?,
            };
            Ok(repo
                .find_blob(entry.id())
                .ok()
                .map(|blob| blob.content().to_vec()))
        })
    }

    fn text_of(
        &self,
        repo: &Repository,
        file: &str,
        blob: Option<Oid>,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let is_text = names::card(file).is_some() || media_type(file).starts_with("text/");
        blob.filter(|_| is_text)
            .map(|blob| self.text_in(repo, &BlobId::of(blob)))
            .transpose()
    }
}

fn branch(number: u64, held: bool) -> String {
    format!("refs/{}/{number}/head", branches(held))
}

fn branches(held: bool) -> &'static str {
    if held { "held" } else { "proposals" }
}

/// Makes the folder of a new branch durable: it must not be lost with the power either.
fn sync_branches(repo: &Repository, held: bool) -> Result<(), StoreError> {
    let refs = repo.path().join("refs");
    repo::sync_folder(&refs.join(branches(held)))?;
    Ok(repo::sync_folder(&refs)?)
}

fn find<'repo>(repo: &'repo Repository, commit: &CommitId) -> Result<Commit<'repo>, StoreError> {
    repo.find_commit(commit.oid())
        .map_err(|_| StoreError::missing(commit))
}

/// Returns the revision before and the published commit, the latter only when it is new to the branch.
fn parents<'a>(
    repo: &Repository,
    before: Option<&'a Commit<'a>>,
    base: &'a Commit<'a>,
) -> Result<Vec<&'a Commit<'a>>, StoreError> {
    let Some(before) = before else {
        return Ok(vec![base]);
    };
    if repo.graph_descendant_of(before.id(), base.id())? {
        return Ok(vec![before]);
    }
    Ok(vec![before, base])
}

/// A file of a revision, by its blobs.
struct ChangedFile {
    file: String,
    from: Option<String>,
    old: Option<Oid>,
    new: Option<Oid>,
}

/// Tells what differs between a revision and its base; what left one path and came to another is one card that moved.
fn changes(repo: &Repository, of: &Proposed) -> Result<Vec<ChangedFile>, StoreError> {
    let (base, commit) = (find(repo, &of.base)?, find(repo, &of.commit)?);
    let mut differing = Vec::new();
    Trees::new(repo)?.differing(
        Some(base.tree_id()),
        Some(commit.tree_id()),
        &mut |file: Differing| differing.push(file),
    )?;
    let mut left: HashMap<CardId, (String, Oid)> = HashMap::new();
    for file in &differing {
        if let (Some(old), None) = (file.old, file.new)
            && let Some(id) = identity(repo, &file.path, old)?
        {
            left.insert(id, (file.path.clone(), old));
        }
    }
    let mut changes: BTreeMap<String, ChangedFile> = BTreeMap::new();
    let mut moved = Vec::new();
    for file in differing {
        let came = match (file.old, file.new) {
            (None, Some(new)) => identity(repo, &file.path, new)?,
            _ => None,
        };
        let origin = came.and_then(|id| left.remove(&id));
        let (from, old) = match origin {
            Some((from, old)) => (Some(from), Some(old)),
            None => (None, file.old),
        };
        moved.extend(from.clone());
        changes.insert(
            file.path.clone(),
            ChangedFile {
                file: file.path,
                from,
                old,
                new: file.new,
            },
        );
    }
    for from in moved {
        changes.remove(&from);
    }
    Ok(changes.into_values().collect())
}

fn identity(repo: &Repository, file: &str, blob: Oid) -> Result<Option<CardId>, StoreError> {
    if names::card(file).is_none() {
        return Ok(None);
    }
    let blob = repo.find_blob(blob)?;
    let text = String::from_utf8_lossy(blob.content());
    Ok(Card::read(&text).0.id())
}
