//! The words of the commons for queries: its synonyms, and the names that are filters when they are typed.

use terreau_card::{SYNONYMS_FILE, Synonyms};
use terreau_search::Lexicon;
use terreau_store::{BlobId, CONFIG_FILE, Snapshot, Store};

/// The files that a lexicon is made of.
pub(crate) type LexiconKey = (Option<BlobId>, Option<BlobId>);

/// Returns what a lexicon is made of now: the same key makes the same lexicon.
pub(crate) fn key(snapshot: &Snapshot) -> LexiconKey {
    (snapshot.file(CONFIG_FILE), snapshot.file(SYNONYMS_FILE))
}

/// Makes the lexicon of a moment. A file of synonyms that cannot be read, or has mistakes, is used as far as it goes.
pub(crate) fn lexicon(store: &Store, snapshot: &Snapshot) -> Lexicon {
    let Some(blob) = snapshot.file(SYNONYMS_FILE) else {
        return Lexicon::of(snapshot.config(), &[]);
    };
    let (groups, problems) = Synonyms::read(&store.text(&blob).unwrap_or_default());
    if let Some(first) = problems.first() {
        tracing::warn!(
            problems = problems.len(),
            line = first.line,
            what = first.message(terreau_card::Language::English),
            "the synonyms have mistakes; the rest of them is used"
        );
    }
    Lexicon::of(snapshot.config(), &groups)
}
