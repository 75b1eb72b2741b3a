//! Completes what is being typed: with titles of cards, then with questions that cards answer.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{TantivyDocument, Term};

use crate::SearchError;
use crate::analysis::{ENGLISH, Found};
use crate::find::Finder;
use crate::schema::told;

/// Texts returned at most.
const TEXTS: usize = 8;
/// How many of them are titles when there are questions too.
const TITLES: usize = 5;
/// Cards looked at to choose them.
const CANDIDATES: usize = 100;
/// Characters and words of the typed text that are looked at.
const MAX_CHARS: usize = 200;
const MAX_WORDS: usize = 8;

/// Returns the titles and the questions that have every word typed, the last one perhaps unfinished; best first.
pub(crate) fn suggest(finder: &Finder<'_>, typed: &str) -> Result<Vec<String>, SearchError> {
    let typed: String = typed.chars().take(MAX_CHARS).collect();
    let words = words_of(finder, &typed);
    let Some((last, complete)) = words.split_last() else {
        return Ok(Vec::new());
    };
    let fields = &finder.fields;
    let folded: Vec<&str> = words.iter().map(|found| &*found.form.folded).collect();
    let titles = lines(finder, fields.title_words, fields.title, &folded, &folded)?;
    // Questions are found by stems: stop words find nothing, and a finished word may be longer than its stem.
    let stems: Vec<&str> = complete
        .iter()
        .filter_map(Found::stem)
        .chain([last.stem().unwrap_or(&last.form.folded)])
        .collect();
    let questions = lines(finder, fields.asked, fields.asked, &stems, &folded)?;
    let kept = TITLES.max(TEXTS.saturating_sub(questions.len()));
    let mut all: Vec<String> = titles.into_iter().take(kept).collect();
    all.extend(questions);
    all.truncate(TEXTS);
    Ok(all)
}

/// Returns the lines of a stored field that have every word, the last one perhaps unfinished, of cards that have every term.
fn lines(
    finder: &Finder<'_>,
    field: Field,
    shown: Field,
    terms: &[&str],
    words: &[&str],
) -> Result<Vec<String>, SearchError> {
    let Some((last, complete)) = terms.split_last() else {
        return Ok(Vec::new());
    };
    let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for word in complete.iter().take(MAX_WORDS) {
        let term = Term::from_field_text(field, word);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        all.push((Occur::Must, Box::new(query)));
    }
    let unfinished = FuzzyTermQuery::new_prefix(Term::from_field_text(field, last), 0, true);
    all.push((Occur::Must, Box::new(unfinished)));

    let top = TopDocs::with_limit(CANDIDATES).order_by_score();
    let mut lines: Vec<(bool, usize, String)> = Vec::new();
    for (_, at) in finder.searcher.search(&BooleanQuery::new(all), &top)? {
        let document: TantivyDocument = finder.searcher.doc(at)?;
        for line in told(&document, shown).trim_start_matches(ENGLISH).lines() {
            let its = words_of(finder, line);
            let its: Vec<&str> = its.iter().map(|found| &*found.form.folded).collect();
            if has_all(&its, words) {
                let starts = its.join(" ").starts_with(&words.join(" "));
                lines.push((!starts, line.chars().count(), line.to_owned()));
            }
        }
    }
    lines.sort();
    lines.dedup_by(|a, b| a.2 == b.2);
    Ok(lines.into_iter().map(|(_, _, line)| line).collect())
}

/// Tells whether a line has every word, the last one perhaps unfinished.
fn has_all(line: &[&str], words: &[&str]) -> bool {
    let Some((last, complete)) = words.split_last() else {
        return true;
    };
    complete.iter().all(|word| line.contains(word)) && line.iter().any(|its| its.starts_with(last))
}

fn words_of(finder: &Finder<'_>, text: &str) -> Vec<Found> {
    let found = finder.analyser.found(text);
    found.into_iter().filter(|found| found.parts == 0).collect()
}
