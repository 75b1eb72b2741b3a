//! What the index holds of each candidate; candidates stand in the order of the index.

use std::fmt::Debug;

use tantivy::columnar::Column;
use tantivy::fastfield::FastFieldReaders;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};
use terreau_card::facets::Facet;

use crate::SearchError;
use crate::find::Finder;

/// Returns how often each candidate has a term.
pub(super) fn frequencies(
    finder: &Finder<'_>,
    field: Field,
    text: &str,
    at: &[DocAddress],
) -> Result<Vec<u32>, SearchError> {
    let mut found = vec![0; at.len()];
    let term = Term::from_field_text(field, text);
    for_each_segment(at, |segment, from, cards| {
        let reader = finder.searcher.segment_reader(segment);
        let index = reader.inverted_index(field)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else {
            return Ok(());
        };
        for (place, card) in cards.iter().enumerate() {
            if seek(&mut postings, card.doc_id) {
                found[from + place] = postings.term_freq();
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// Returns the code of the first value that each candidate has in a facet.
pub(crate) fn values<'a>(
    finder: &'a Finder<'_>,
    facet: Facet,
    at: &[DocAddress],
) -> Vec<Option<&'a str>> {
    from_codes(finder, facet, at, |codes| codes.next())
}

/// Returns what is made of the codes that each candidate has in a facet.
pub(super) fn from_codes<'a, T>(
    finder: &'a Finder<'_>,
    facet: Facet,
    at: &[DocAddress],
    make: impl Fn(&mut dyn Iterator<Item = &'a str>) -> T,
) -> Vec<T> {
    let mut made = Vec::with_capacity(at.len());
    for cards in at.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let values = &finder.values[cards[0].segment_ord as usize];
        let its = values.of_facet(facet);
        made.extend(cards.iter().map(|card| {
            let numbers = values.of_card(card.doc_id).iter();
            let numbers = numbers.filter(|number| its.contains(number));
            make(&mut numbers.map(|number| values.code(*number)))
        }));
    }
    made
}

/// Returns the first number that each candidate has in a fast field.
pub(crate) fn numbers<T>(
    finder: &Finder<'_>,
    open: impl Fn(&FastFieldReaders) -> tantivy::Result<Column<T>>,
    at: &[DocAddress],
) -> Result<Vec<Option<T>>, SearchError>
where
    T: PartialOrd + Copy + Debug + Send + Sync + 'static,
{
    let mut found = vec![None; at.len()];
    for_each_segment(at, |segment, from, cards| {
        let column = open(finder.searcher.segment_reader(segment).fast_fields())?;
        for (place, card) in cards.iter().enumerate() {
            found[from + place] = column.first(card.doc_id);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Returns the words that each candidate has in a fast field.
pub(crate) fn texts(
    finder: &Finder<'_>,
    name: &str,
    at: &[DocAddress],
) -> Result<Vec<Vec<String>>, SearchError> {
    let mut found = vec![Vec::new(); at.len()];
    for_each_segment(at, |segment, from, cards| {
        let fast = finder.searcher.segment_reader(segment).fast_fields();
        let Some(column) = fast.str(name)? else {
            return Ok(());
        };
        for (place, card) in cards.iter().enumerate() {
            for ord in column.ords().values_for_doc(card.doc_id) {
                let mut text = String::new();
                if column.ord_to_str(ord, &mut text).unwrap_or(false) {
                    found[from + place].push(text);
                }
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// Moves to a card; tells whether it is there.
pub(super) fn seek(postings: &mut impl DocSet, card: DocId) -> bool {
    if postings.doc() < card {
        postings.seek(card);
    }
    postings.doc() == card && card != TERMINATED
}

/// Walks through candidates segment by segment.
pub(super) fn for_each_segment(
    at: &[DocAddress],
    mut each: impl FnMut(u32, usize, &[DocAddress]) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    let mut from = 0;
    for cards in at.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        each(cards[0].segment_ord, from, cards)?;
        from += cards.len();
    }
    Ok(())
}
