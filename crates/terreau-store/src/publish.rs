//! Publishing: edits are joined with what is published, checked, written durably, and only then shown.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, SubsecRound as _, Utc};
use git2::build::TreeUpdateBuilder;
use git2::{ErrorCode, FileMode, ObjectType, Oid, Repository};
use terreau_card::CardPath;

use crate::draft::Draft;
use crate::repo::MAIN;
use crate::snapshot::Delta;
use crate::store::{Store, Writer};
use crate::{BlobId, Change, CommitId, Edit, Head, Published, Snapshot, StoreError, load, message};

mod check;
mod edit;

/// How often a change is tried again when someone else moves the published branch.
const ATTEMPTS: u32 = 8;

/// A file of a change: what it will be, or `None` to take it away.
pub(crate) struct Write {
    file: String,
    card: Option<CardPath>,
    content: Option<Content>,
}

pub(crate) struct Content {
    blob: Oid,
    bytes: Vec<u8>,
}

impl Store {
    pub(crate) fn publish_change(
        &self,
        change: &Change,
        now: DateTime<Utc>,
    ) -> Result<Published, StoreError> {
        let mut writer = self.writer();
        self.renew(&mut writer)?;
        for attempt in 0..ATTEMPTS {
            let snapshot = self.present(&mut writer)?;
            if let Some(published) =
                self.try_publish(&mut writer, &snapshot, change, now.trunc_subsecs(0))?
            {
                return Ok(published);
            }
            // A push holds the lock of the branch for a moment; nothing else of ours moves it.
            thread::sleep(Duration::from_millis(u64::from(attempt * attempt)));
        }
        Err(StoreError::Busy(
            "the published branch is being moved by another program".to_owned(),
        ))
    }

    /// Returns the snapshot of what is published now, reading what another program published meanwhile.
    pub(crate) fn present(&self, writer: &mut Writer) -> Result<Arc<Snapshot>, StoreError> {
        let snapshot = self.snapshot();
        if load::main_commit(&writer.repo)? == snapshot.commit().oid() {
            return Ok(snapshot);
        }
        let loaded = load::catch_up(&writer.repo, &snapshot)?;
        Ok(self.show(writer, loaded.snapshot, &loaded.new))
    }

    /// Publishes on top of a snapshot; `None` when the branch moved away under it.
    fn try_publish(
        &self,
        writer: &mut Writer,
        snapshot: &Arc<Snapshot>,
        change: &Change,
        now: DateTime<Utc>,
    ) -> Result<Option<Published>, StoreError> {
        let (mut draft, writes) = self.draft(&writer.repo, snapshot, &change.edits)?;
        let merged = draft.merged;
        if writes.is_empty() {
            let (commit, snapshot) = (*snapshot.commit(), Arc::clone(snapshot));
            return Ok(Some(Published {
                commit,
                merged,
                snapshot,
                unchanged: true,
            }));
        }
        let tree = write_objects(&writer.repo, snapshot, &writes)?;
        let Some(commit) = self.commit(&writer.repo, snapshot, tree, change, &draft, now)? else {
            return Ok(None);
        };

        let delta = delta(&mut draft, &writes, now);
        for content in writes.iter().filter_map(|write| write.content.as_ref()) {
            self.remember(BlobId::of(content.blob), &content.bytes);
        }
        let paths: Vec<CardPath> = delta.heads.iter().map(|head| head.path.clone()).collect();
        let next = snapshot.with(commit, now, delta);
        let heads: Vec<Arc<Head>> = paths
            .iter()
            .filter_map(|path| next.head(path).cloned())
            .collect();
        let snapshot = self.show(writer, next, &heads);
        Ok(Some(Published {
            commit,
            merged,
            snapshot,
            unchanged: false,
        }))
    }

    /// Lays edits over a snapshot, and checks what would come of it; writes nothing.
    pub(crate) fn draft<'s>(
        &self,
        repo: &Repository,
        snapshot: &'s Snapshot,
        edits: &[Edit],
    ) -> Result<(Draft<'s>, Vec<Write>), StoreError> {
        let mut draft = Draft::new(snapshot);
        let source = Source { store: self, repo };
        for edit in edits {
            edit::apply(&mut draft, &source, edit)?;
        }
        let writes = writes(&draft)?;
        if !writes.is_empty() {
            check::check(
                &draft,
                &source,
                writes.iter().filter_map(|write| write.card.as_ref()),
            )?;
        }
        Ok((draft, writes))
    }

    /// Writes the commit and moves the published branch to it: the moment at which the change is published.
    fn commit(
        &self,
        repo: &Repository,
        snapshot: &Snapshot,
        tree: Oid,
        change: &Change,
        draft: &Draft<'_>,
        now: DateTime<Utc>,
    ) -> Result<Option<CommitId>, StoreError> {
        let settings = self.settings();
        let about: Vec<String> = draft.about.iter().map(CardPath::to_string).collect();
        let parent = repo.find_commit(snapshot.commit().oid())?;
        let commit = repo.commit(
            None,
            &message::author(change, settings, now)?,
            &message::committer(settings, now)?,
            &message::message(change, &about),
            &repo.find_tree(tree)?,
            &[&parent],
        )?;
        let moved = repo.reference_matching(MAIN, commit, true, parent.id(), "publish");
        match moved {
            Ok(_) => Ok(Some(CommitId::of(commit))),
            Err(error) if matches!(error.code(), ErrorCode::Modified | ErrorCode::Locked) => {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Where edits and checks read published texts.
pub(crate) struct Source<'a> {
    pub store: &'a Store,
    pub repo: &'a Repository,
}

impl Source<'_> {
    /// Returns the published text of a card.
    pub(crate) fn text(&self, head: &Head) -> Result<Arc<str>, StoreError> {
        self.store.text_in(self.repo, &head.blob)
    }

    /// Returns the text that a card had in a published version.
    pub(crate) fn text_at(
        &self,
        commit: &CommitId,
        path: &CardPath,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let found = self.store.card_in(self.repo, commit, path)?;
        Ok(found.map(|card| card.text))
    }
}

/// Returns the files in which a draft differs from what is published.
fn writes(draft: &Draft<'_>) -> Result<Vec<Write>, StoreError> {
    let published = draft.snapshot();
    let mut writes = Vec::new();
    for (path, card) in &draft.cards {
        let before = published.head(path).map(|head| head.blob);
        let after = match card {
            Some(draft) => Some(content(draft.card.text().as_bytes())?),
            None => None,
        };
        if after.as_ref().map(|content| BlobId::of(content.blob)) != before {
            writes.push(Write {
                file: path.file(),
                card: Some(path.clone()),
                content: after,
            });
        }
    }
    for (file, bytes) in &draft.files {
        let after = content(bytes)?;
        if published.file(file) != Some(BlobId::of(after.blob)) {
            writes.push(Write {
                file: file.clone(),
                card: None,
                content: Some(after),
            });
        }
    }
    Ok(writes)
}

fn content(bytes: &[u8]) -> Result<Content, StoreError> {
    Ok(Content {
        blob: Oid::hash_object(ObjectType::Blob, bytes)?,
        bytes: bytes.to_vec(),
    })
}

/// Writes blobs and the trees above them, and reads the blobs back from disk; returns the new root.
pub(crate) fn write_objects(
    repo: &Repository,
    snapshot: &Snapshot,
    writes: &[Write],
) -> Result<Oid, StoreError> {
    let odb = repo.odb()?;
    let mut trees = TreeUpdateBuilder::new();
    for write in writes {
        let Some(content) = &write.content else {
            trees.remove(write.file.as_str());
            continue;
        };
        let blob = repo.blob(&content.bytes)?;
        let kept = odb.read(blob)?;
        if blob != content.blob || kept.data() != content.bytes {
            return Err(StoreError::Damaged(format!(
                "{} was not kept as it was written",
                write.file
            )));
        }
        trees.upsert(write.file.as_str(), blob, FileMode::Blob);
    }
    let before = repo.find_commit(snapshot.commit().oid())?.tree()?;
    Ok(trees.create_updated(repo, &before)?)
}

/// Returns what the published change does to the snapshot.
fn delta(draft: &mut Draft<'_>, writes: &[Write], now: DateTime<Utc>) -> Delta {
    let mut delta = Delta {
        config: draft.config.take(),
        ..Delta::default()
    };
    for write in writes {
        let blob = write
            .content
            .as_ref()
            .map(|content| BlobId::of(content.blob));
        match (&write.card, blob) {
            (Some(path), Some(blob)) => {
                let head = draft
                    .drafted(path)
                    .and_then(|card| Head::read(path, blob, card, now));
                delta.heads.extend(head);
                // A file that could not be read as a card until now stood among the others.
                delta.gone_files.push(write.file.clone());
            }
            (Some(path), None) => delta.gone_cards.push(path.clone()),
            (None, Some(blob)) => delta.files.push((write.file.clone(), blob)),
            (None, None) => delta.gone_files.push(write.file.clone()),
        }
    }
    delta
}
