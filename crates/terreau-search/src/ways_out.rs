//! When nothing is found: which filter or word to drop, and how many cards that gives.

use terreau_card::facets::Facet;

use crate::find::{Finder, Ready};
use crate::intent::{self, Read};
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
    // What was read is blank in the text that is ready: words stand where they stood.
    let text = &query.text;
    let read: Vec<(Facet, String)> = answer
        .understood
        .iter()
        .map(|its| (its.facet, its.code.clone()))
        .collect();
    let with = |filters: &[(Facet, String)], but: &(Facet, String)| {
        let others = filters.iter().chain(&read).filter(|its| *its != but);
        others.cloned().collect::<Vec<_>>()
    };
    for filter in query.filters.iter().chain(&read) {
        let dropped = Dropped::Filter(filter.0, filter.1.clone());
        if tries.iter().all(|(its, _, _)| *its != dropped) {
            let kept = with(&query.filters, filter);
            let understood = answer.understood.iter();
            let mut same = understood.filter(|its| (its.facet, &its.code) == (filter.0, &filter.1));
            let rest = same.next().map_or(text, |its| &its.rest);
            tries.push((dropped, rest.clone(), kept));
        }
    }
    let all: Vec<_> = query.filters.iter().chain(&read).cloned().collect();
    let concepts = ready.plan.required.iter().chain(&ready.plan.excluded);
    for concept in concepts.chain(&ready.plan.concepts) {
        let Some((word, rest)) = without(text, &concept.range) else {
            continue;
        };
        tries.push((Dropped::Word(word), rest, all.clone()));
    }
    let mut ways = Vec::new();
    for (drop, query_text, filters) in tries.into_iter().take(MAX_WAYS) {
        let read = if query.as_typed {
            Read::nothing(&query_text)
        } else {
            intent::read(finder, &query_text)?
        };
        let total = finder.count(&read, &filters)?;
        if total > 0 {
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
