//! Completes what is being typed with titles of cards.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};

use crate::SearchError;
use crate::find::Finder;
use crate::schema::stored;

/// Titles returned at most.
const TITLES: usize = 8;
/// Cards looked at to choose them.
const CANDIDATES: usize = 100;
/// Characters and words of the typed text that are looked at.
const MAX_CHARS: usize = 200;
const MAX_WORDS: usize = 8;

/// Returns the titles that have every word typed, the last one perhaps unfinished; best first.
pub(crate) fn titles(finder: &Finder<'_>, typed: &str) -> Result<Vec<String>, SearchError> {
    let typed: String = typed.chars().take(MAX_CHARS).collect();
    let words = folded_words(finder, &typed);
    let Some((last, complete)) = words.split_last() else {
        return Ok(Vec::new());
    };
    let field = finder.fields.title_words;
    let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for word in complete.iter().take(MAX_WORDS) {
        let term = Term::from_field_text(field, word);
        all.push((
            Occur::Must,
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
        ));
    }
    let unfinished = FuzzyTermQuery::new_prefix(Term::from_field_text(field, last), 0, true);
    all.push((Occur::Must, Box::new(unfinished)));

    let top = TopDocs::with_limit(CANDIDATES).order_by_score();
    let mut titles: Vec<(bool, usize, String)> = Vec::new();
    for (_, at) in finder.searcher.search(&BooleanQuery::new(all), &top)? {
        let document: TantivyDocument = finder.searcher.doc(at)?;
        let title = stored(&document, finder.fields.title).to_owned();
        let starts = folded_words(finder, &title)
            .join(" ")
            .starts_with(&words.join(" "));
        titles.push((!starts, title.chars().count(), title));
    }
    titles.sort();
    titles.dedup_by(|a, b| a.2 == b.2);
    Ok(titles
        .into_iter()
        .take(TITLES)
        .map(|(_, _, title)| title)
        .collect())
}

fn folded_words(finder: &Finder<'_>, text: &str) -> Vec<String> {
    let found = finder.analyser.found(text);
    found
        .into_iter()
        .filter(|found| found.parts == 0)
        .map(|found| found.form.folded.to_string())
        .collect()
}
