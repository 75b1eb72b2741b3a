//! Counts the cards of a query by kind and by topic.

use tantivy::Searcher;
use tantivy::aggregation::agg_req::{Aggregation, AggregationVariants, Aggregations};
use tantivy::aggregation::agg_result::{AggregationResult, AggregationResults, BucketResult};
use tantivy::aggregation::bucket::TermsAggregation;
use tantivy::aggregation::{AggContextParams, AggregationCollector, Key};
use tantivy::collector::Count;
use tantivy::query::Query;
use terreau_card::Kind;

use crate::SearchError;
use crate::schema::{KIND, TOPIC};

/// Most values of one facet; far above what vocabularies hold.
const MAX_VALUES: u32 = 10_000;

/// How many cards a query finds, in all and by facet.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub total: usize,
    pub kinds: Vec<(Kind, usize)>,
    pub topics: Vec<(String, usize)>,
}

/// Counts what a query finds.
pub(crate) fn count(searcher: &Searcher, query: &dyn Query) -> Result<Counts, SearchError> {
    let wanted: Aggregations = [KIND, TOPIC]
        .map(|field| (field.to_owned(), by_value(field)))
        .into_iter()
        .collect();
    let context = AggContextParams::new(Default::default(), searcher.index().tokenizers().clone());
    let (total, found) = searcher.search(
        query,
        &(Count, AggregationCollector::from_aggs(wanted, context)),
    )?;

    let mut kinds: Vec<(Kind, usize)> = values(&found, KIND)
        .into_iter()
        .filter_map(|(value, cards)| Some((value.parse().ok()?, cards)))
        .collect();
    kinds.sort_by_key(|(kind, cards)| (std::cmp::Reverse(*cards), *kind));
    let mut topics = values(&found, TOPIC);
    topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(Counts {
        total,
        kinds,
        topics,
    })
}

fn by_value(field: &str) -> Aggregation {
    let terms = TermsAggregation {
        field: field.to_owned(),
        size: Some(MAX_VALUES),
        segment_size: Some(MAX_VALUES),
        show_term_doc_count_error: Some(false),
        min_doc_count: None,
        order: None,
        missing: None,
        include: None,
        exclude: None,
    };
    Aggregation {
        agg: AggregationVariants::Terms(terms),
        sub_aggregation: Aggregations::default(),
    }
}

fn values(found: &AggregationResults, field: &str) -> Vec<(String, usize)> {
    let Some(AggregationResult::BucketResult(BucketResult::Terms { buckets, .. })) =
        found.0.get(field)
    else {
        return Vec::new();
    };
    let value = |key: &Key| match key {
        Key::Str(text) => Some(text.clone()),
        _ => None,
    };
    let counted = buckets
        .iter()
        .filter_map(|bucket| Some((value(&bucket.key)?, bucket.doc_count)));
    counted
        .map(|(value, cards)| (value, usize::try_from(cards).unwrap_or(usize::MAX)))
        .collect()
}
