//! Reading: a card, one of its old versions, what changed between two, the list of versions.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_card::{
    Card, CardPath, ProseDiff, Rendered, SourceLine, move_links, prose_diff, render, source_diff,
};
use terreau_db::{KindOfChange, VersionRow};
use terreau_store::{BlobId, CONFIG_FILE, CommitId, Head, Snapshot, StoreError};

use crate::Commons;
use crate::blocking::blocking;

/// How many versions one page of a history shows.
pub const VERSIONS_PER_PAGE: usize = 50;

/// Among how many of a card's versions the one that an experience used is looked for.
const MOST_LOOKED_AT: u64 = 200;

/// What a rendered card is known by: its text, its place (links are relative) and the commons' settings (section labels).
pub(crate) type ViewKey = (BlobId, CardPath, Option<BlobId>);

/// A card ready to be shown.
pub struct CardView {
    /// The card itself.
    pub card: Card,
    /// Its body as safe HTML, in sections.
    pub rendered: Rendered,
}

impl CardView {
    /// Returns roughly how many bytes the view holds in memory.
    pub(crate) fn weight(&self) -> u32 {
        // The HTML is held whole and by section, beside the source and the plain text.
        u32::try_from(self.card.text().len() * 2 + self.rendered.html.as_str().len() * 2)
            .unwrap_or(u32::MAX)
    }
}

/// One version of one card: a commit seen from it.
#[derive(Clone, Debug)]
pub struct Version {
    /// The commit that made it.
    pub commit: CommitId,
    /// Where the card was then.
    pub path: CardPath,
    /// The text it had.
    pub blob: BlobId,
    /// The name its author chose to publish.
    pub author: String,
    /// The organisation credited with them.
    pub organisation: Option<String>,
    /// When it was published.
    pub date: DateTime<Utc>,
    /// What the author said of the change.
    pub message: String,
    /// The proposal it came from.
    pub proposal: Option<i64>,
    /// What the commit did to the card.
    pub change: KindOfChange,
}

/// One page of a card's history, newest first.
pub struct Versions {
    /// At most `VERSIONS_PER_PAGE` versions.
    pub versions: Vec<Version>,
    /// How many versions the card has in all.
    pub total: usize,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
}

/// A card as it was at one version.
pub struct OldVersion {
    /// The version.
    pub version: Version,
    /// The card and its HTML at that version.
    pub view: Arc<CardView>,
}

/// What changed between two versions of a card.
pub struct Comparison {
    /// The older version.
    pub from: Version,
    /// The newer version.
    pub to: Version,
    /// The change as prose: words inserted and deleted.
    pub prose: ProseDiff,
    /// The change as lines of the source.
    pub source: Vec<SourceLine>,
}

/// Why something cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such thing.
    #[error("not found")]
    Missing,
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<StoreError> for ReadError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing { .. } => ReadError::Missing,
            other => ReadError::Unexpected(other.into()),
        }
    }
}

impl From<terreau_db::DbError> for ReadError {
    fn from(error: terreau_db::DbError) -> Self {
        ReadError::Unexpected(error.into())
    }
}

impl Commons {
    /// Returns the published card of `head`, rendered once for each version of its text.
    ///
    /// # Errors
    /// `Unexpected` when the repository cannot give the text.
    pub async fn read_card(
        &self,
        snapshot: &Arc<Snapshot>,
        head: &Head,
    ) -> Result<Arc<CardView>, ReadError> {
        self.view(snapshot, head.blob, head.path.clone()).await
    }

    /// Returns one page (from 1) of the versions of a card, newest first.
    ///
    /// # Errors
    /// `Missing` when the page does not exist.
    pub async fn versions(&self, head: &Head, page: usize) -> Result<Versions, ReadError> {
        self.history_caught_up().await?;
        let total = usize::try_from(self.db().version_count(head.id).await?).unwrap_or(usize::MAX);
        let pages = total.div_ceil(VERSIONS_PER_PAGE).max(1);
        if page == 0 || page > pages {
            return Err(ReadError::Missing);
        }
        let rows = self
            .db()
            .versions_page(
                head.id,
                VERSIONS_PER_PAGE as u64,
                ((page - 1) * VERSIONS_PER_PAGE) as u64,
            )
            .await?;
        let names = self.mailmap().await?;
        Ok(Versions {
            versions: rows.into_iter().map(|row| names.version(row)).collect(),
            total,
            page,
            pages,
        })
    }

    /// Returns the card of `head` as it was at `commit`, which must be one of its versions.
    ///
    /// # Errors
    /// `Missing` when the commit did not change this card.
    pub async fn old_version(
        &self,
        snapshot: &Arc<Snapshot>,
        head: &Head,
        commit: &CommitId,
    ) -> Result<OldVersion, ReadError> {
        let version = self.version(head, commit).await?;
        let view = self
            .view(snapshot, version.blob, version.path.clone())
            .await?;
        Ok(OldVersion { version, view })
    }

    /// Returns what changed in the card of `head` between two of its versions.
    ///
    /// # Errors
    /// `Missing` when one of the commits is no version of this card.
    pub async fn compare(
        &self,
        head: &Head,
        from: &CommitId,
        to: &CommitId,
    ) -> Result<Comparison, ReadError> {
        let from = self.version(head, from).await?;
        let to = self.version(head, to).await?;
        let store = Arc::clone(&self.store);
        blocking(move || {
            let (old, _) = Card::read(&store.text(&from.blob)?);
            let (new, _) = Card::read(&store.text(&to.blob)?);
            let prose = prose_diff(&old, &new);
            let source = source_diff(old.text(), new.text());
            Ok(Comparison {
                from,
                to,
                prose,
                source,
            })
        })
        .await?
    }

    /// Returns the bytes of a file of the commons that is not a card.
    ///
    /// # Errors
    /// `Missing` when the commons has no such blob.
    pub async fn media(&self, blob: &BlobId) -> Result<Vec<u8>, ReadError> {
        let (store, blob) = (Arc::clone(&self.store), *blob);
        Ok(blocking(move || store.blob(&blob)).await??)
    }

    /// Returns how many bytes a file of the commons has.
    ///
    /// # Errors
    /// `Missing` when the commons has no such blob.
    pub async fn media_length(&self, blob: &BlobId) -> Result<u64, ReadError> {
        let (store, blob) = (Arc::clone(&self.store), *blob);
        Ok(blocking(move || store.blob_length(&blob)).await??)
    }

    /// Returns the text that a card had at a path in a published commit, to compare with what was typed over it.
    ///
    /// # Errors
    /// `Missing` when the commit is not published, or had no card there.
    pub async fn text_at(&self, path: &CardPath, commit: &CommitId) -> Result<Arc<str>, ReadError> {
        let (store, path, commit) = (Arc::clone(&self.store), path.clone(), *commit);
        let found = blocking(move || store.card_at(&commit, &path)).await??;
        found.map(|card| card.text).ok_or(ReadError::Missing)
    }

    /// Returns the text that a card had before one of its versions, to undo what that version changed.
    ///
    /// # Errors
    /// `Missing` when the commit is no version of this card, made it, or moved it.
    pub async fn text_before(&self, head: &Head, commit: &CommitId) -> Result<Arc<str>, ReadError> {
        let before = self.version_before(head, commit).await?;
        let before = before.ok_or(ReadError::Missing)?;
        let (store, blob) = (Arc::clone(&self.store), before.blob);
        let text = blocking(move || store.text(&blob)).await??;
        if before.path == head.path {
            return Ok(text);
        }
        // The card moved since: its links are those of its present place.
        let (card, _) = Card::read(&text);
        Ok(move_links(&card, &before.path, &head.path).text().into())
    }

    /// Returns the version of a card that one of its versions changed; none when that one made or moved it.
    ///
    /// # Errors
    /// `Missing` when the commit is no version of this card.
    pub async fn version_before(
        &self,
        head: &Head,
        commit: &CommitId,
    ) -> Result<Option<Version>, ReadError> {
        self.history_caught_up().await?;
        let row = self.db().version(head.id, commit.as_str()).await?;
        let row = row.ok_or(ReadError::Missing)?;
        let before = self.db().versions(head.id, 1, Some(row.seq)).await?.pop();
        let names = self.mailmap().await?;
        let before = before.filter(|before| before.path == row.path);
        Ok(before.map(|before| names.version(before)))
    }

    /// Returns the version of a card that was published at a commit, which need not have changed it; none when nobody knows.
    ///
    /// # Errors
    /// `Unexpected` when the history cannot be read.
    pub async fn version_used(
        &self,
        head: &Head,
        commit: &CommitId,
    ) -> Result<Option<Version>, ReadError> {
        match self.version(head, commit).await {
            Err(ReadError::Missing) => {}
            known => return known.map(Some),
        }
        let (store, path, commit) = (Arc::clone(&self.store), head.path.clone(), *commit);
        let Ok(Some(then)) = blocking(move || store.card_at(&commit, &path)).await? else {
            return Ok(None);
        };
        let rows = self.db().versions(head.id, MOST_LOOKED_AT, None).await?;
        let names = self.mailmap().await?;
        let row = rows.into_iter().find(|row| row.blob == then.blob.as_str());
        Ok(row.map(|row| names.version(row)))
    }

    /// Tells whether a published commit shows a card, at its present address or at one that it had.
    ///
    /// # Errors
    /// `Unexpected` when the repository cannot be read.
    pub async fn showed(&self, head: &Head, commit: &CommitId) -> Result<bool, ReadError> {
        let (store, id, commit) = (Arc::clone(&self.store), head.id, *commit);
        let paths: Vec<CardPath> = head.aliases.iter().chain([&head.path]).cloned().collect();
        blocking(move || {
            for path in &paths {
                match store.card_at(&commit, path) {
                    Ok(Some(then)) if Card::read(&then.text).0.id() == Some(id) => return Ok(true),
                    Ok(_) => {}
                    Err(StoreError::Missing { .. }) => return Ok(false),
                    Err(other) => return Err(other.into()),
                }
            }
            Ok(false)
        })
        .await?
    }

    /// Returns one version of a card.
    pub(crate) async fn version(
        &self,
        head: &Head,
        commit: &CommitId,
    ) -> Result<Version, ReadError> {
        self.history_caught_up().await?;
        let row = self.db().version(head.id, commit.as_str()).await?;
        let names = self.mailmap().await?;
        row.map(|row| names.version(row)).ok_or(ReadError::Missing)
    }

    async fn view(
        &self,
        snapshot: &Arc<Snapshot>,
        blob: BlobId,
        path: CardPath,
    ) -> Result<Arc<CardView>, ReadError> {
        let key = (blob, path, config_blob(snapshot));
        if let Some(view) = self.views.get(&key) {
            return Ok(view);
        }
        let (store, snapshot, views) = (
            Arc::clone(&self.store),
            Arc::clone(snapshot),
            self.views.clone(),
        );
        blocking(move || {
            let (card, _) = Card::read(&store.text(&key.0)?);
            let rendered = render(&card, &key.1, snapshot.config());
            let view = Arc::new(CardView { card, rendered });
            views.insert(key, Arc::clone(&view));
            Ok(view)
        })
        .await?
    }
}

/// Returns the text of the commons' settings: section labels decide how a body is cut.
fn config_blob(snapshot: &Snapshot) -> Option<BlobId> {
    snapshot.file(CONFIG_FILE)
}

/// Reads a row of the history table; its ids were written from typed ones.
pub(crate) fn version(row: VersionRow) -> Version {
    Version {
        commit: CommitId::parse(&row.commit)
            .expect("the history table holds commit ids written from commits"),
        path: row.path,
        blob: BlobId::parse(&row.blob)
            .expect("the history table holds blob ids written from commits"),
        author: row.author,
        organisation: row.organisation,
        date: row.date,
        message: row.message,
        proposal: row.proposal,
        change: row.kind_of_change,
    }
}
