//! The words of the commons for queries: its synonyms, and the names that are filters when they are typed.

use terreau_card::facets::{Facet, places};
use terreau_card::{CommonsConfig, Kind, Labels, SYNONYMS_FILE, Synonyms, Term};
use terreau_search::{Lexicon, SynonymGroup};
use terreau_store::{BlobId, CONFIG_FILE, Snapshot, Store};

/// The files that a lexicon is made of.
pub(crate) type LexiconKey = (Option<BlobId>, Option<BlobId>);

/// Returns what a lexicon is made of now: the same key makes the same lexicon.
pub(crate) fn key(snapshot: &Snapshot) -> LexiconKey {
    (snapshot.file(CONFIG_FILE), snapshot.file(SYNONYMS_FILE))
}

/// Makes the lexicon of a moment. A file of synonyms that cannot be read, or has mistakes, is used as far as it goes.
pub(crate) fn lexicon(store: &Store, snapshot: &Snapshot) -> Lexicon {
    let text = snapshot
        .file(SYNONYMS_FILE)
        .and_then(|blob| store.text(&blob).ok())
        .unwrap_or_default();
    let (groups, problems) = Synonyms::read(&text);
    if let Some(first) = problems.first() {
        tracing::warn!(
            problems = problems.len(),
            line = first.line,
            what = first.message(terreau_card::Language::English),
            "the synonyms have mistakes; the rest of them is used"
        );
    }
    Lexicon {
        synonyms: groups
            .into_iter()
            .map(|group| SynonymGroup {
                from: group.from,
                words: group.words,
            })
            .collect(),
        names: names(snapshot.config()),
    }
}

fn names(config: &CommonsConfig) -> Vec<(Facet, String, Vec<String>)> {
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let words = config.kind(kind);
        let mut names = both(&words.label);
        names.extend(both(&words.plural));
        names.push(kind.as_str().to_owned());
        (Facet::Kind, kind.as_str().to_owned(), unique(names))
    });
    let terms = Facet::ALL.into_iter().flat_map(|facet| {
        let mut named = Vec::new();
        if let Some(vocabulary) = facet.vocabulary() {
            add_terms(facet, config.terms(vocabulary), "", &mut named);
        }
        named
    });
    let places = places().map(|(node, name)| (Facet::Territory, node, vec![name.to_owned()]));
    kinds.chain(terms).chain(places).collect()
}

fn add_terms(
    facet: Facet,
    terms: &[Term],
    above: &str,
    named: &mut Vec<(Facet, String, Vec<String>)>,
) {
    for term in terms {
        let code = format!("{above}{}", term.code);
        named.push((facet, code.clone(), unique(both(&term.label))));
        if facet.is_tree() {
            add_terms(facet, &term.terms, &format!("{code}/"), named);
        } else {
            add_terms(facet, &term.terms, above, named);
        }
    }
}

fn both(labels: &Labels) -> Vec<String> {
    [&labels.fr, &labels.en]
        .into_iter()
        .filter(|label| !label.is_empty())
        .cloned()
        .collect()
}

fn unique(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names
}
