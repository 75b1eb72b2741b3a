//! The company that cards keep: one that the best answers send to, or that sends to them, gains a little of their score.

use std::collections::HashMap;

use tantivy::DocAddress;

use super::reading::{for_each_segment, numbers};
use super::weights::WEIGHTS;
use super::{Ranked, sort};
use crate::find::Finder;
use crate::schema::{KEY, NAMED};
use crate::{Reason, SearchError};

/// The answers that lend a share of their score.
const BEST: usize = 5;

/// Adds to each card what the best answers lend it, and puts the best first again.
pub(super) fn company(
    finder: &Finder<'_>,
    ranked: &mut [Ranked],
    explain: bool,
) -> Result<(), SearchError> {
    let mut at: Vec<DocAddress> = ranked.iter().map(|card| card.at).collect();
    at.sort_unstable();
    let keys = numbers(finder, |fast| fast.u64(KEY), &at)?;
    let named = named(finder, &at)?;
    let places: HashMap<DocAddress, usize> = at.into_iter().zip(0..).collect();
    let place = |card: &Ranked| places[&card.at];
    let [to, from] = WEIGHTS.named;
    // One that names few says more of each.
    let share = |names: &[u64]| 1.0 / (names.len().max(1) as f32).sqrt();
    let best: Vec<(f32, Option<u64>, &[u64])> = ranked
        .iter()
        .take(BEST)
        .map(|card| (card.score, keys[place(card)], &*named[place(card)]))
        .collect();
    for card in ranked.iter_mut() {
        let its = place(card);
        let (key, names) = (keys[its], &named[its]);
        let mut lent = 0.0;
        for (score, best, names_of_best) in &best {
            if key.is_some_and(|key| names_of_best.contains(&key)) {
                lent += score * to * share(names_of_best);
            }
            if best.is_some_and(|best| names.contains(&best)) {
                lent += score * from * share(names);
            }
        }
        card.score += lent;
        if explain
            && lent > 0.0
            && let Some(why) = &mut card.why
        {
            why.reasons.push((Reason::Company, lent));
            why.reasons.sort_by(|a, b| b.1.total_cmp(&a.1));
        }
    }
    sort(ranked);
    Ok(())
}

/// Returns the keys of the cards that each card names.
fn named(finder: &Finder<'_>, at: &[DocAddress]) -> Result<Vec<Vec<u64>>, SearchError> {
    let mut named = vec![Vec::new(); at.len()];
    for_each_segment(at, |segment, from, cards| {
        let reader = finder.searcher.segment_reader(segment);
        let column = reader.fast_fields().u64(NAMED)?;
        for (place, card) in cards.iter().enumerate() {
            named[from + place] = column.values_for_doc(card.doc_id).collect();
        }
        Ok(())
    })?;
    Ok(named)
}
