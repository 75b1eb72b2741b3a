//! The index: opened, kept up to date, rebuilt.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy};
use tantivy::{IndexWriter, Term};
use terreau_card::CardId;

use crate::analysis::Analyser;
use crate::find::Finder;
use crate::folder::{self, Opened};
use crate::lexicon::Meanings;
use crate::{Answer, Document, Lexicon, Query, SearchError, suggest};

/// Memory that writing may use before it goes to disk: the least that tantivy takes, about a thousand cards.
const WRITER_BYTES: usize = 15_000_000;
/// Cards handed over before waiting for them to be written: the queue of the writer is not bounded by size.
const BATCH: usize = 500;
/// Segments of about the same size that are merged into one.
const MERGED_SEGMENTS: usize = 6;
/// Segments smaller than this count as the same size, in cards.
const SMALL_SEGMENT: u32 = 64;

/// The index of one commons. Searching never waits for writing; one writer at a time.
pub struct Index {
    /// Folder of the index; `None` in memory.
    home: Option<PathBuf>,
    analyser: Analyser,
    opened: RwLock<Arc<Opened>>,
    writing: Mutex<()>,
    meanings: RwLock<Arc<Meanings>>,
}

impl Index {
    /// Opens the index kept in a folder, making both when missing.
    ///
    /// An index that is damaged, unfinished or of another schema is thrown away: the answer is then an empty index,
    /// for which [`Index::shown`] is `None`.
    ///
    /// # Errors
    /// [`SearchError::Unavailable`] when the folder cannot be used.
    pub fn open(dir: &Path) -> Result<Index, SearchError> {
        let analyser = Analyser::default();
        let opened = match folder::newest(dir, &analyser)? {
            Some(opened) => opened,
            None => folder::fresh(dir, 0, &analyser)?,
        };
        Ok(Index::with(Some(dir.to_owned()), analyser, opened))
    }

    /// Returns an empty index that lives in memory only.
    pub fn in_memory() -> Index {
        let analyser = Analyser::default();
        let opened = folder::in_memory(&analyser);
        Index::with(None, analyser, opened)
    }

    fn with(home: Option<PathBuf>, analyser: Analyser, opened: Opened) -> Index {
        let meanings = Meanings::new(&Lexicon::default(), &analyser);
        Index {
            home,
            analyser,
            opened: RwLock::new(Arc::new(opened)),
            writing: Mutex::new(()),
            meanings: RwLock::new(Arc::new(meanings)),
        }
    }

    /// Returns the commit that the index shows, `None` when it shows none yet.
    pub fn shown(&self) -> Option<String> {
        lock(&self.opened().shown).clone()
    }

    /// Puts and removes cards in one step, then shows `commit`; the next search sees them.
    ///
    /// # Errors
    /// Whatever the disk refuses; the index then still shows what it showed.
    pub fn update(
        &self,
        put: Vec<Document>,
        remove: Vec<CardId>,
        commit: &str,
    ) -> Result<(), SearchError> {
        let _one_at_a_time = lock(&self.writing);
        let opened = self.opened();
        let shown = lock(&opened.shown).clone();
        let mut writer = writer(&opened)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(MERGED_SEGMENTS);
        policy.set_min_layer_size(SMALL_SEGMENT);
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));

        for id in put.iter().map(|card| card.id).chain(remove) {
            writer.delete_term(Term::from_field_text(opened.fields.id, &id.to_string()));
        }
        add(&mut writer, &opened, put, shown.as_deref())?;
        commit_as(&mut writer, Some(commit))?;
        show(&opened, commit)?;
        // Merging goes on; waiting for it here lets the writer and its memory go.
        writer.wait_merging_threads()?;
        reload(&opened)
    }

    /// Makes the index anew from every card, then shows `commit`; searches see the old index until then.
    ///
    /// # Errors
    /// Whatever the disk refuses; the index then still shows what it showed.
    pub fn rebuild(
        &self,
        documents: impl IntoIterator<Item = Document>,
        commit: &str,
    ) -> Result<(), SearchError> {
        let _one_at_a_time = lock(&self.writing);
        let old = self.opened();
        let new = match (&self.home, &old.folder) {
            (Some(home), Some((_, number))) => folder::fresh(home, *number, &self.analyser)?,
            _ => folder::in_memory(&self.analyser),
        };
        let mut writer = writer(&new)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        add(&mut writer, &new, documents, None)?;
        commit_as(&mut writer, Some(commit))?;
        let segments = new.index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        show(&new, commit)?;

        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        if let Some((path, _)) = &old.folder {
            // Searches under way keep their open files; what cannot be removed now goes at the next start.
            let _ = folder::remove(path);
        }
        Ok(())
    }

    /// Replaces the words of the commons; the next search knows them.
    pub fn set_lexicon(&self, lexicon: Lexicon) {
        let meanings = Arc::new(Meanings::new(&lexicon, &self.analyser));
        *self
            .meanings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = meanings;
    }

    /// Answers a question. No text that a reader can type is an error.
    ///
    /// # Errors
    /// [`SearchError::Damaged`] or [`SearchError::Unavailable`] when the index itself cannot be read.
    pub fn search(&self, query: &Query) -> Result<Answer, SearchError> {
        self.finder(&self.meanings())?.answer(query)
    }

    /// Returns up to eight titles and questions that the words typed so far may lead to, titles first.
    pub fn suggest(&self, prefix: &str) -> Vec<String> {
        let meanings = self.meanings();
        let suggested = self
            .finder(&meanings)
            .and_then(|finder| suggest::suggest(&finder, prefix));
        suggested.unwrap_or_else(|error| {
            tracing::warn!(%error, "nothing can be suggested");
            Vec::new()
        })
    }

    /// Returns the number of cards in the index.
    pub fn len(&self) -> usize {
        usize::try_from(self.opened().reader.searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// Tells whether the index holds no card.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn opened(&self) -> Arc<Opened> {
        self.opened
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn finder<'a>(&'a self, meanings: &'a Meanings) -> Result<Finder<'a>, SearchError> {
        let opened = self.opened();
        let searcher = opened.reader.searcher();
        Ok(Finder {
            values: opened.values.of(&searcher)?,
            searcher,
            fields: opened.fields,
            analyser: &self.analyser,
            meanings,
        })
    }

    pub(crate) fn meanings(&self) -> Arc<Meanings> {
        self.meanings
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("home", &self.home)
            .field("shown", &self.shown())
            .finish_non_exhaustive()
    }
}

/// Returns a writer with one thread; made for each change, so that an idle node holds none of its memory.
fn writer(opened: &Opened) -> Result<IndexWriter, SearchError> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(WRITER_BYTES)
        .build();
    Ok(opened.index.writer_with_options(options)?)
}

/// Adds cards in batches; `shown` stays what the index says to show until the last one is in.
fn add(
    writer: &mut IndexWriter,
    opened: &Opened,
    cards: impl IntoIterator<Item = Document>,
    shown: Option<&str>,
) -> Result<(), SearchError> {
    for (done, card) in cards.into_iter().enumerate() {
        if done > 0 && done % BATCH == 0 {
            commit_as(writer, shown)?;
        }
        writer.add_document(opened.fields.document(&card))?;
    }
    Ok(())
}

fn commit_as(writer: &mut IndexWriter, shown: Option<&str>) -> Result<(), SearchError> {
    let mut prepared = writer.prepare_commit()?;
    if let Some(shown) = shown {
        prepared.set_payload(shown);
    }
    prepared.commit()?;
    Ok(())
}

/// Lets searches see what was committed.
fn show(opened: &Opened, commit: &str) -> Result<(), SearchError> {
    reload(opened)?;
    *lock(&opened.shown) = Some(commit.to_owned());
    Ok(())
}

/// Lets searches read what is written, ready before the first of them asks.
fn reload(opened: &Opened) -> Result<(), SearchError> {
    opened.reader.reload()?;
    opened.values.of(&opened.reader.searcher())?;
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
