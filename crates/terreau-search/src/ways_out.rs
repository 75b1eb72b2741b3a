//! When nothing is found: which filter or word to drop, and how many cards that gives.

use terreau_card::facets::Facet;

use crate::find::{Finder, Ready};
use crate::parse::without;
use crate::{Answer, Dropped, Query, SearchError, WayOut};

/// Ways that are tried at most.
const MAX_WAYS: usize = 8;

/// What to drop, the text and the filters that are left.
type Try = (Dropped, String, Vec<(Facet, String)>);

/// Returns what to drop, what gives most first.
pub(crate) fn ways_out(
    finder: &Finder<'_>,
    query: &Query,
    answer: &Answer,
    ready: &Ready,
) -> Result<Vec<WayOut>, SearchError> {
    let mut tries: Vec<Try> = Vec::new();
    let read = answer.understood.iter();
    for (facet, code) in &query.filters {
        let others = query
            .filters
            .iter()
            .filter(|its| **its != (*facet, code.clone()));
        let dropped = Dropped::Filter(*facet, code.clone());
        tries.push((dropped, query.text.clone(), others.cloned().collect()));
    }
    for its in read {
        let dropped = Dropped::Filter(its.facet, its.code.clone());
        tries.push((dropped, its.rest.clone(), query.filters.clone()));
    }
    // What was read is blank in the text that is ready: words stand where they stood.
    let concepts = ready.plan.required.iter().chain(&ready.plan.excluded);
    for concept in concepts.chain(&ready.plan.concepts) {
        if let Some((word, rest)) = without(&query.text, &concept.range) {
            tries.push((Dropped::Word(word), rest, query.filters.clone()));
        }
    }
    let mut ways: Vec<WayOut> = Vec::new();
    for (drop, query_text, filters) in tries.into_iter().take(MAX_WAYS) {
        let total = finder.total(&Query {
            text: query_text.clone(),
            filters,
            as_typed: query.as_typed,
            ..Query::default()
        })?;
        if total > 0 && ways.iter().all(|way| way.drop != drop) {
            ways.push(WayOut {
                drop,
                query_text,
                total,
            });
        }
    }
    ways.sort_by_key(|way| std::cmp::Reverse(way.total));
    Ok(ways)
}
