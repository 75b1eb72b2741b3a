//! One pass over the cards that the words find: how many, by value of every facet, and the best of them.
//!
//! A card that fails no filter counts for all its values; one that fails the filters of exactly one facet counts for the
//! values of that facet, which is what choosing them would give.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{Collector, SegmentCollector, TopNComputer};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};
use terreau_card::facets::Facet;

use crate::Sort;
use crate::schema::{TRIED, UPDATED};
use crate::values::Values;

/// Collects what one page of results needs.
pub(crate) struct Collecting<'a> {
    /// The values of the cards, by segment.
    values: &'a [Arc<Values>],
    /// The facets that have filters, each with the values wanted.
    wanted: Vec<(Facet, Vec<String>)>,
    order: Order,
    /// How many of the best cards to keep.
    keep: usize,
}

/// What puts one card before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Score,
    Tried,
    Newest,
}

/// What was collected.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// Cards that the words find, whatever the filters.
    pub seen: usize,
    /// Cards that pass every filter.
    pub total: usize,
    /// The best of them, with their scores.
    pub best: Vec<(f32, DocAddress)>,
    values: HashMap<String, usize>,
}

impl Order {
    /// Returns the order asked for; without words, relevance is novelty.
    pub fn of(sort: Sort, has_words: bool) -> Order {
        match sort {
            Sort::Relevance if has_words => Order::Score,
            Sort::Relevance | Sort::Newest => Order::Newest,
            Sort::MostTried => Order::Tried,
        }
    }
}

impl<'a> Collecting<'a> {
    pub fn new(
        values: &'a [Arc<Values>],
        filters: &[(Facet, String)],
        order: Order,
        keep: usize,
    ) -> Collecting<'a> {
        let mut wanted: BTreeMap<Facet, Vec<String>> = BTreeMap::new();
        for (facet, code) in filters {
            wanted.entry(*facet).or_default().push(code.clone());
        }
        Collecting {
            values,
            wanted: wanted.into_iter().collect(),
            order,
            keep,
        }
    }
}

impl Collected {
    /// Returns the counts by facet, most frequent first.
    pub fn counts(&self) -> BTreeMap<Facet, Vec<(String, usize)>> {
        let mut counts: BTreeMap<Facet, Vec<(String, usize)>> = BTreeMap::new();
        for (value, cards) in &self.values {
            if let Some((facet, code)) = value.split_once('=')
                && let Ok(facet) = facet.parse()
            {
                let values = counts.entry(facet).or_default();
                values.push((code.to_owned(), *cards));
            }
        }
        for values in counts.values_mut() {
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        counts
    }
}

/// What puts one card before another: the order asked for, then the score.
type Key = (u64, u32);

impl Collector for Collecting<'_> {
    type Fruit = Collected;
    type Child = SegmentCollecting;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentCollecting> {
        let first = match self.order {
            Order::Score => None,
            Order::Tried => Some(reader.fast_fields().u64(TRIED)?),
            Order::Newest => Some(reader.fast_fields().i64(UPDATED)?.to_u64_monotonic()),
        };
        let values = self.values.get(segment as usize).cloned();
        let values = values.unwrap_or_default();
        let mut collecting = SegmentCollecting {
            segment,
            groups: Vec::new(),
            wants: Vec::new(),
            counts: vec![0; values.names().len()],
            all: (1 << self.wanted.len()) - 1,
            seen: 0,
            total: 0,
            first,
            best: (self.keep > 0)
                .then(|| TopNComputer::new_with_comparator(self.keep, NaturalComparator)),
            values,
        };
        if self.wanted.is_empty() {
            return Ok(collecting);
        }
        collecting.groups = vec![0; collecting.counts.len()];
        collecting.wants = vec![0; collecting.counts.len()];
        for (at, (facet, codes)) in self.wanted.iter().enumerate() {
            for number in collecting.values.of_facet(*facet) {
                let code = collecting.values.code(number);
                let number = number as usize;
                collecting.groups[number] = 1 << at;
                if codes.iter().any(|its| its == code) {
                    collecting.wants[number] = 1 << at;
                }
            }
        }
        Ok(collecting)
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Score
    }

    fn merge_fruits(&self, fruits: Vec<SegmentFruit>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        let mut best: Vec<(Key, DocAddress)> = Vec::new();
        for fruit in fruits {
            all.seen += fruit.seen;
            all.total += fruit.total;
            for (value, cards) in fruit.values {
                *all.values.entry(value).or_default() += cards;
            }
            best.extend(fruit.best);
        }
        best.sort_by(|(a, a_at), (b, b_at)| b.cmp(a).then_with(|| a_at.cmp(b_at)));
        best.truncate(self.keep);
        all.best = best
            .into_iter()
            .map(|((_, score), at)| (f32::from_bits(score), at))
            .collect();
        Ok(all)
    }
}

/// Collects in one segment.
pub(crate) struct SegmentCollecting {
    segment: SegmentOrdinal,
    values: Arc<Values>,
    /// By value: the bit of its facet when that has filters.
    groups: Vec<u32>,
    /// By value: the bit of its facet when the value itself is wanted.
    wants: Vec<u32>,
    counts: Vec<u32>,
    /// The bits of all facets that have filters.
    all: u32,
    seen: usize,
    total: usize,
    /// What comes before the score in the order.
    first: Option<Column<u64>>,
    best: Option<TopNComputer<Key, DocId, NaturalComparator>>,
}

/// What one segment gives.
pub(crate) struct SegmentFruit {
    seen: usize,
    total: usize,
    best: Vec<(Key, DocAddress)>,
    values: Vec<(String, usize)>,
}

impl SegmentCollecting {
    fn keep(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if let Some(best) = &mut self.best {
            let first = self.first.as_ref().and_then(|column| column.first(doc));
            // The bits of floats that are not negative are in the order of the floats.
            best.push((first.unwrap_or(0), score.max(0.0).to_bits()), doc);
        }
    }
}

impl SegmentCollector for SegmentCollecting {
    type Fruit = SegmentFruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.seen += 1;
        let values = self.values.of_card(doc);
        if self.all == 0 {
            for number in values {
                self.counts[*number as usize] += 1;
            }
            self.keep(doc, score);
            return;
        }
        let passed = values.iter().map(|number| self.wants[*number as usize]);
        let failed = self.all & !passed.fold(0, |bits, bit| bits | bit);
        if failed == 0 {
            for number in values {
                self.counts[*number as usize] += 1;
            }
            self.keep(doc, score);
        } else if failed.is_power_of_two() {
            for number in values {
                let number = *number as usize;
                self.counts[number] += u32::from(self.groups[number] == failed);
            }
        }
    }

    fn harvest(self) -> SegmentFruit {
        let counted = self.values.names().iter().zip(&self.counts);
        let values = counted
            .filter(|(_, cards)| **cards > 0)
            .map(|(name, cards)| (name.clone(), *cards as usize))
            .collect();
        let best = self.best.map(TopNComputer::into_sorted_vec);
        let at = |doc| DocAddress::new(self.segment, doc);
        SegmentFruit {
            seen: self.seen,
            total: self.total,
            best: best
                .into_iter()
                .flatten()
                .map(|found| (found.sort_key, at(found.doc)))
                .collect(),
            values,
        }
    }
}
