//! How closely cards keep to the filters that were read in a text: a card for 15 to 25 people more than one for 2 to 200.

use tantivy::DocAddress;
use terreau_card::facets::Facet;

use super::reading::{for_each_segment, from_codes};
use crate::find::{Finder, Ready};
use crate::plan::Wish;
use crate::schema::{MEASURED, measure_names};
use crate::{SearchError, Understood};

/// What holding the very measure counts for, beside its class.
const MEASURE: f32 = 0.6;

/// Returns how closely each candidate keeps to what was read, from 0 to 1; nothing when nothing was.
pub(super) fn focus(
    finder: &Finder<'_>,
    read: &[Understood],
    ready: &Ready,
    at: &[DocAddress],
) -> Result<Vec<f32>, SearchError> {
    let mut facets: Vec<(Facet, Vec<&str>)> = Vec::new();
    for its in read {
        match facets.iter_mut().find(|(facet, _)| *facet == its.facet) {
            Some((_, codes)) => codes.push(&its.code),
            None => facets.push((its.facet, vec![&its.code])),
        }
    }
    let mut focus = vec![0.0; if facets.is_empty() { 0 } else { at.len() }];
    for (facet, codes) in &facets {
        let mut shares = shares(finder, *facet, codes, at);
        let mut measures = ready.measures.iter();
        if let Some((_, from, to)) = measures.find(|(its, ..)| its == facet) {
            let held = held(finder, *facet, (*from, *to), at)?;
            for (share, held) in shares.iter_mut().zip(held) {
                // Where a card says no measure, its classes say all.
                if let Some(held) = held {
                    *share = *share * (1.0 - MEASURE) + held * MEASURE;
                }
            }
        }
        for (focus, share) in focus.iter_mut().zip(shares) {
            *focus += share / facets.len() as f32;
        }
    }
    Ok(focus)
}

/// Returns how closely each candidate keeps to what is wished beside what was read, from 0 to 1.
pub(super) fn wished(
    finder: &Finder<'_>,
    read: &[Understood],
    ready: &Ready,
    at: &[DocAddress],
) -> Vec<f32> {
    let wishes = ready.plan.wishes.iter();
    let open = wishes.filter(|(facet, _)| read.iter().all(|its| its.facet != *facet));
    let wishes: Vec<&Wish> = open.collect();
    let mut wished = vec![0.0; at.len()];
    for (facet, codes) in &wishes {
        for (wished, share) in wished.iter_mut().zip(shares(finder, *facet, codes, at)) {
            *wished += share / wishes.len() as f32;
        }
    }
    wished
}

/// Returns the share of each candidate's values in a facet that were asked for.
fn shares(finder: &Finder<'_>, facet: Facet, codes: &[&str], at: &[DocAddress]) -> Vec<f32> {
    from_codes(finder, facet, at, |its| {
        let (mut all, mut kept) = (0.0, 0.0);
        for code in its {
            all += 1.0;
            kept += f32::from(u8::from(codes.contains(&code)));
        }
        if all > 0.0 { kept / all } else { 0.0 }
    })
}

/// Returns how far each candidate holds a measure asked for, from 0 to 1; none where it says no measure.
fn held(
    finder: &Finder<'_>,
    facet: Facet,
    asked: (f64, f64),
    at: &[DocAddress],
) -> Result<Vec<Option<f32>>, SearchError> {
    let mut held = vec![None; at.len()];
    if !MEASURED.contains(&facet) {
        return Ok(held);
    }
    let (from_name, to_name) = measure_names(facet);
    for_each_segment(at, |segment, from, cards| {
        let fast = finder.searcher.segment_reader(segment).fast_fields();
        let (first, last) = (fast.f64(&from_name)?, fast.f64(&to_name)?);
        for (place, card) in cards.iter().enumerate() {
            let range = first.first(card.doc_id).zip(last.first(card.doc_id));
            held[from + place] = range.map(|range| overlap(asked, range));
        }
        Ok(())
    })?;
    Ok(held)
}

/// Returns how far a card's range answers the one asked for: wholly when either holds the other, else by what they share.
fn overlap(asked: (f64, f64), card: (f64, f64)) -> f32 {
    let holds = |outer: (f64, f64), inner: (f64, f64)| outer.0 <= inner.0 && inner.1 <= outer.1;
    if holds(card, asked) || holds(asked, card) {
        return 1.0;
    }
    let shared = asked.1.min(card.1) - asked.0.max(card.0);
    let length = (asked.1 - asked.0).min(card.1 - card.0);
    if shared <= 0.0 || length <= 0.0 {
        return 0.0;
    }
    (shared / length).min(1.0) as f32
}

#[cfg(test)]
mod tests {
    use super::overlap;

    #[test]
    fn a_range_that_holds_the_other_answers_wholly() {
        assert_eq!(overlap((20.0, 20.0), (12.0, 60.0)), 1.0);
        assert_eq!(overlap((0.0, 120.0), (45.0, 65.0)), 1.0);
        assert_eq!(overlap((12.0, f64::INFINITY), (2.0, f64::INFINITY)), 1.0);
    }

    #[test]
    fn what_they_share_counts() {
        assert_eq!(overlap((0.0, 120.0), (100.0, 140.0)), 0.5);
        assert_eq!(overlap((20.0, 20.0), (25.0, 60.0)), 0.0);
        assert_eq!(overlap((0.0, 20.0), (20.0, 60.0)), 0.0);
    }
}
