//! Words side by side: phrases, and neighbours of the query that are neighbours in a card.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::reading::{for_each_segment, seek};
use crate::SearchError;
use crate::find::Finder;
use crate::plan::{Concept, What};

/// Words between two neighbours beyond which they are none.
const FARTHEST: u32 = 6;
/// Words that may slip into a phrase that stands for another word.
const SLIP: u32 = 1;
/// Neighbours looked at in one query.
const MAX_PAIRS: usize = 6;

/// Returns what nearness adds to each candidate: for each pair of neighbours, the lesser weight over their distance.
pub(super) fn near(
    finder: &Finder<'_>,
    concepts: &[Concept],
    at: &[DocAddress],
) -> Result<Vec<f32>, SearchError> {
    let mut near = vec![0.0; at.len()];
    let stem = |concept: &Concept| {
        concept.alternatives.iter().find_map(|its| match &its.what {
            What::Stem(stem) => Some(stem.clone()),
            _ => None,
        })
    };
    for pair in concepts.windows(2).take(MAX_PAIRS) {
        let (Some(first), Some(second)) = (stem(&pair[0]), stem(&pair[1])) else {
            continue;
        };
        if first == second {
            continue;
        }
        let weight = pair[0].weight.min(pair[1].weight);
        let stems = [first, second];
        let mut places = [Vec::new(), Vec::new()];
        for_each_segment(at, |segment, from, cards| {
            let Some(mut postings) = postings(finder, segment, &stems)? else {
                return Ok(());
            };
            for (place, card) in cards.iter().enumerate() {
                if postings.iter_mut().all(|its| seek(its, card.doc_id)) {
                    for (postings, places) in postings.iter_mut().zip(&mut places) {
                        postings.positions(places);
                    }
                    if let Some(distance) = distance(&places[0], &places[1]) {
                        near[from + place] += weight / distance;
                    }
                }
            }
            Ok(())
        })?;
    }
    Ok(near)
}

/// Returns how often each candidate has these words side by side, in this order.
pub(super) fn phrases(
    finder: &Finder<'_>,
    stems: &[Box<str>],
    at: &[DocAddress],
) -> Result<Vec<u32>, SearchError> {
    let mut found = vec![0; at.len()];
    for_each_segment(at, |segment, from, cards| {
        let Some(mut postings) = postings(finder, segment, stems)? else {
            return Ok(());
        };
        let mut places = vec![Vec::new(); stems.len()];
        for (place, card) in cards.iter().enumerate() {
            if postings.iter_mut().all(|its| seek(its, card.doc_id)) {
                for (postings, places) in postings.iter_mut().zip(&mut places) {
                    postings.positions(places);
                }
                found[from + place] = in_order(&places);
            }
        }
        Ok(())
    })?;
    Ok(found)
}

fn postings(
    finder: &Finder<'_>,
    segment: u32,
    stems: &[Box<str>],
) -> Result<Option<Vec<SegmentPostings>>, SearchError> {
    let reader = finder.searcher.segment_reader(segment);
    let index = reader.inverted_index(finder.fields.all)?;
    let mut all = Vec::with_capacity(stems.len());
    for stem in stems {
        let term = Term::from_field_text(finder.fields.all, stem);
        let option = IndexRecordOption::WithFreqsAndPositions;
        match index.read_postings(&term, option)? {
            Some(postings) => all.push(postings),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// Returns the least distance between two words, 1 when the second follows the first; a little more the other way round.
fn distance(first: &[u32], second: &[u32]) -> Option<f32> {
    let mut least = f32::INFINITY;
    for place in first {
        let from = second.partition_point(|other| *other < place.saturating_sub(FARTHEST));
        for other in second[from..]
            .iter()
            .take_while(|other| **other <= place + FARTHEST)
        {
            let distance = if other >= place {
                (other - place).max(1) as f32
            } else {
                (place - other) as f32 + 0.5
            };
            least = least.min(distance);
        }
    }
    (least <= FARTHEST as f32).then_some(least)
}

/// Returns how often places follow each other, a slip allowed between two.
fn in_order(places: &[Vec<u32>]) -> u32 {
    let Some((first, rest)) = places.split_first() else {
        return 0;
    };
    let follows = |place: &u32| {
        let mut last = *place;
        rest.iter().all(|places| {
            let next = places.partition_point(|other| *other <= last);
            match places.get(next) {
                Some(place) if *place <= last + 1 + SLIP => {
                    last = *place;
                    true
                }
                _ => false,
            }
        })
    };
    first.iter().filter(|place| follows(place)).count() as u32
}
