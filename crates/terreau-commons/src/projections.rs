//! What is derived from git and follows it: the history table and the search index.
//!
//! Each remembers the commit that it shows, catches up from there (after each change and at start), and can be thrown
//! away and made again. Catching up is safe to repeat.

mod index;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use terreau_db::{HISTORY, KindOfChange, VersionRow};
use terreau_store::{CommitId, FileChange, LoggedCommit, Store, StoreError};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

use crate::publish::{ACT_TRAILER, REQUEST_TRAILER};
use crate::{Commons, ReadError};

/// How many commits enter the history table in one transaction.
const COMMITS_PER_BATCH: usize = 500;
/// How long a reader waits for the history table to reach what is published.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long no publication must follow for a burst of them to be over.
const LULL: Duration = Duration::from_millis(100);
/// How long a burst may last before notices and search follow: what is published is found within a second.
const LONGEST_BURST: Duration = Duration::from_millis(400);
/// How long before a projection that failed is tried again.
const PAUSE: Duration = Duration::from_secs(1);

impl Commons {
    /// Keeps the projections up with what is published, until the program ends. Run it once, beside the server.
    ///
    /// Pages wait for the history table: it follows each publication. Notices and the search index follow a burst of
    /// publications in one step, so that their writing does not stand in the way of the next save.
    pub async fn follow(self: Arc<Self>) {
        tokio::join!(self.follow_with_history(), self.follow_with_the_rest());
    }

    async fn follow_with_history(&self) {
        loop {
            if tried(self.catch_up_history().await).await {
                self.published.notified().await;
            }
        }
    }

    async fn follow_with_the_rest(&self) {
        let mut history = self.caught_up.subscribe();
        history.mark_changed();
        while history.changed().await.is_ok() {
            let patience = Instant::now() + LONGEST_BURST;
            while Instant::now() < patience && timeout(LULL, history.changed()).await.is_ok() {}
            while !tried(self.catch_up_the_rest().await).await {}
        }
    }

    /// Brings the history table and the search index to the published commit.
    ///
    /// # Errors
    /// When repository, database or index cannot be read or written.
    pub async fn catch_up(&self) -> anyhow::Result<()> {
        self.catch_up_history().await?;
        self.catch_up_the_rest().await
    }

    async fn catch_up_the_rest(&self) -> anyhow::Result<()> {
        // Notices tell of what answers a search: the index comes first.
        self.catch_up_index(self.snapshot())
            .await
            .context("the search index")?;
        self.tell_of_publications()
            .await
            .context("the notices of what is published")
    }

    /// Tells whether history and search show what is published.
    pub fn is_caught_up(&self) -> bool {
        let snapshot = self.snapshot();
        self.caught_up.borrow().as_ref() == Some(snapshot.commit())
            && self.index.shown().as_deref() == Some(snapshot.commit().as_str())
    }

    /// Waits until the history table shows what is published now.
    pub(crate) async fn history_caught_up(&self) -> Result<(), ReadError> {
        let commit = *self.snapshot().commit();
        let mut caught_up = self.caught_up.subscribe();
        let wait = caught_up.wait_for(|shown| {
            shown.as_ref() == Some(&commit) || *shown == Some(*self.snapshot().commit())
        });
        match timeout(PATIENCE, wait).await {
            Ok(Ok(_)) => Ok(()),
            _ => Err(ReadError::Unexpected(anyhow::anyhow!(
                "the history table is behind what is published"
            ))),
        }
    }

    async fn catch_up_history(&self) -> anyhow::Result<()> {
        let until = *self.snapshot().commit();
        self.append_history(&until)
            .await
            .context("the history table")?;
        self.caught_up.send_replace(Some(until));
        Ok(())
    }

    async fn append_history(&self, until: &CommitId) -> anyhow::Result<()> {
        let mut shown = self.history_shown().await?;
        if shown.as_ref() == Some(until) {
            return Ok(());
        }
        if let Some(commit) = &shown
            && !self.store.is_published(commit)?
        {
            tracing::warn!(%commit, "the history table shows a commit that is not published; it is made again");
            self.db().clear_history().await?;
            shown = None;
        }
        let (sender, mut batches) = mpsc::channel::<Vec<LoggedCommit>>(2);
        let store = Arc::clone(&self.store);
        let walk = tokio::task::spawn_blocking(move || send_log(&store, shown.as_ref(), &sender));
        while let Some(batch) = batches.recv().await {
            let last = batch
                .last()
                .map(|logged| logged.commit.as_str().to_owned())
                .unwrap_or_default();
            let rows = batch.iter().flat_map(version_rows).collect();
            self.db().append_versions(rows, &last).await?;
            self.settle_proposals(&batch).await?;
        }
        Ok(walk.await.context("the walk through history stopped")??)
    }

    async fn history_shown(&self) -> anyhow::Result<Option<CommitId>> {
        let shown = self.db().shown(HISTORY).await?;
        Ok(shown.and_then(|commit| CommitId::parse(&commit).ok()))
    }
}

/// Tells whether a projection caught up; when not, says why and pauses.
async fn tried(caught_up: anyhow::Result<()>) -> bool {
    let Err(error) = caught_up else { return true };
    tracing::error!(
        error = format!("{error:#}"),
        "a projection could not catch up; it is tried again"
    );
    sleep(PAUSE).await;
    false
}

pub(crate) fn send_log(
    store: &Store,
    since: Option<&CommitId>,
    sender: &mpsc::Sender<Vec<LoggedCommit>>,
) -> Result<(), StoreError> {
    let mut batch = Vec::with_capacity(COMMITS_PER_BATCH);
    store.log_since(since, &mut |logged| {
        batch.push(logged);
        if batch.len() == COMMITS_PER_BATCH {
            // A closed channel means that the reader failed, and says why itself.
            let _ = sender.blocking_send(std::mem::take(&mut batch));
        }
    })?;
    if !batch.is_empty() {
        let _ = sender.blocking_send(batch);
    }
    Ok(())
}

/// Returns the rows that a commit adds to the history table: one for each card that it changed.
pub(crate) fn version_rows(logged: &LoggedCommit) -> impl Iterator<Item = VersionRow> {
    logged.changes.iter().filter_map(|change| {
        let (card, blob) = (change.card?, change.blob.as_ref()?);
        let path = change.card_path()?;
        Some(VersionRow {
            seq: 0,
            card,
            path,
            commit: logged.commit.as_str().to_owned(),
            blob: blob.as_str().to_owned(),
            author: logged.author.clone(),
            author_address: logged.author_address.clone(),
            organisation: logged.trailer("Organisation").map(str::to_owned),
            date: logged.date,
            message: logged.subject.clone(),
            proposal: logged
                .trailer("Proposal")
                .and_then(|number| number.parse().ok()),
            request_key: logged.trailer(REQUEST_TRAILER).map(str::to_owned),
            kind_of_change: kind_of_change(logged, change),
        })
    })
}

/// Reads what a commit did to a card: git knows of new and renamed files, the trailer of archives and restorations.
fn kind_of_change(logged: &LoggedCommit, change: &FileChange) -> KindOfChange {
    if change.created {
        return KindOfChange::Created;
    }
    if change.old_path.is_some() {
        return KindOfChange::Renamed;
    }
    let said = logged.trailer(ACT_TRAILER).and_then(|act| act.parse().ok());
    said.filter(|act| matches!(act, KindOfChange::Archived | KindOfChange::Restored))
        .unwrap_or(KindOfChange::Changed)
}
