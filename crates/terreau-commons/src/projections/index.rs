//! The search index as a projection: what changed since the commit that it shows, and what changes with that.

use std::collections::BTreeSet;
use std::sync::Arc;

use terreau_card::{Card, CardId, CardPath, card_links};
use terreau_search::Document;
use terreau_store::{CONFIG_FILE, CommitId, Snapshot, Store};

use crate::Commons;
use crate::blocking::blocking;
use crate::documents::{Documents, touched_by};
use crate::lexicon;

impl Commons {
    /// Brings the search index, and the words that it knows, to a moment.
    pub(super) async fn catch_up_index(&self, snapshot: Arc<Snapshot>) -> anyhow::Result<()> {
        let (store, index) = (Arc::clone(&self.store), Arc::clone(&self.index));
        let shown = index
            .shown()
            .and_then(|commit| CommitId::parse(&commit).ok());
        self.refresh_lexicon(&snapshot).await?;
        if shown.as_ref() == Some(snapshot.commit()) {
            return Ok(());
        }
        let (kept, to_show) = (Arc::clone(&store), Arc::clone(&snapshot));
        let changes = blocking(move || Changes::since(&kept, &to_show, shown)).await??;
        let reviewed = self.db().reviewed(changes.cards()).await?;
        let reports = self.reports(&snapshot).await?;
        blocking(move || {
            let documents = Documents {
                store: &store,
                snapshot: &snapshot,
                reports: &reports,
                reviewed: &reviewed,
            };
            let commit = snapshot.commit().as_str();
            match changes {
                Changes::Cards(cards) => {
                    let (put, remove) = changed_documents(&documents, &cards)?;
                    index.update(put, remove, commit)?;
                }
                Changes::Everything => {
                    let all = snapshot.heads().filter_map(|head| match documents.of(head) {
                        Ok(document) => document,
                        Err(error) => {
                            tracing::error!(path = %head.path, error = format!("{error:#}"), "a card cannot be indexed");
                            None
                        }
                    });
                    index.rebuild(all, commit)?;
                }
            }
            Ok(())
        })
        .await?
    }

    /// Gives the index the words of the commons, when they changed; nothing is indexed again for that.
    pub(crate) async fn refresh_lexicon(&self, snapshot: &Arc<Snapshot>) -> anyhow::Result<()> {
        let key = lexicon::key(snapshot);
        if self
            .lexicon
            .lock()
            .is_ok_and(|made_of| *made_of == Some(key))
        {
            return Ok(());
        }
        let (store, index, snapshot) = (
            Arc::clone(&self.store),
            Arc::clone(&self.index),
            Arc::clone(snapshot),
        );
        blocking(move || index.set_lexicon(lexicon::lexicon(&store, &snapshot))).await?;
        if let Ok(mut made_of) = self.lexicon.lock() {
            *made_of = Some(key);
        }
        Ok(())
    }
}

/// What differs between the index and what is published.
enum Changes {
    /// These cards, and those whose documents change with them.
    Cards(Vec<CardId>),
    /// Any card: the index shows no published commit, or the words of the commons changed.
    Everything,
}

impl Changes {
    fn since(
        store: &Store,
        snapshot: &Snapshot,
        shown: Option<CommitId>,
    ) -> anyhow::Result<Changes> {
        let Some(shown) = shown else {
            return Ok(Changes::Everything);
        };
        if !store.is_published(&shown)? {
            return Ok(Changes::Everything);
        }
        let mut cards = BTreeSet::new();
        let mut paths = BTreeSet::new();
        let mut is_config = false;
        store.log_since(Some(&shown), &mut |logged| {
            for change in logged.changes {
                is_config |= change.path == CONFIG_FILE;
                cards.extend(change.card);
                paths.extend(change.card_path());
                paths.extend(change.old_path.as_deref().and_then(CardPath::from_file));
            }
        })?;
        if is_config {
            // Labels, and which codes are known, may have changed.
            return Ok(Changes::Everything);
        }
        for path in &paths {
            let mut named = match store.card_at(&shown, path)? {
                Some(before) => mentions(&before.text, path),
                None => Vec::new(),
            };
            if let Some(head) = snapshot.head(path) {
                named.extend(head.mentions.iter().cloned());
            }
            let touched = touched_by(snapshot, path, &named);
            let ids = touched.iter().filter_map(|path| snapshot.head(path));
            cards.extend(ids.map(|head| head.id));
        }
        Ok(Changes::Cards(cards.into_iter().collect()))
    }

    /// Returns the cards to be told of; none stands for all.
    fn cards(&self) -> Option<&[CardId]> {
        match self {
            Changes::Cards(cards) => Some(cards),
            Changes::Everything => None,
        }
    }
}

fn mentions(text: &str, path: &CardPath) -> Vec<(CardPath, Option<String>)> {
    let (card, _) = Card::read(text);
    card_links(&card, path)
        .into_iter()
        .map(|mention| (mention.to, mention.relation))
        .collect()
}

/// Returns the documents of cards, and the cards that have none any more.
fn changed_documents(
    documents: &Documents<'_>,
    cards: &[CardId],
) -> anyhow::Result<(Vec<Document>, Vec<CardId>)> {
    let mut put = Vec::new();
    let mut remove = Vec::new();
    for card in cards {
        let head = documents.snapshot.by_id(card);
        match head.map(|head| documents.of(head)).transpose()?.flatten() {
            Some(document) => put.push(document),
            None => remove.push(*card),
        }
    }
    Ok((put, remove))
}
