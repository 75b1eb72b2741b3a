//! Counts every facet in one pass over the cards that the words find.
//!
//! One fast field holds all values of a card as "facet=code". A card that fails no filter counts for all its values; one
//! that fails the filters of exactly one facet counts for the values of that facet, which is what choosing them would
//! give.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};
use terreau_card::facets::Facet;

use crate::schema::{FACET, facet_value};

/// Counts the values of the facets under some filters.
pub(crate) struct Counting {
    /// The facets that have filters, each with the values wanted.
    wanted: Vec<(Facet, Vec<String>)>,
}

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    /// Cards that pass every filter.
    pub total: usize,
    values: HashMap<String, usize>,
}

impl Counting {
    pub fn new(filters: &[(Facet, String)]) -> Counting {
        let mut wanted: BTreeMap<Facet, Vec<String>> = BTreeMap::new();
        for (facet, code) in filters {
            wanted
                .entry(*facet)
                .or_default()
                .push(facet_value(*facet, code));
        }
        Counting {
            wanted: wanted.into_iter().collect(),
        }
    }
}

impl Counted {
    /// Returns the counts by facet, most frequent first.
    pub fn counts(self) -> BTreeMap<Facet, Vec<(String, usize)>> {
        let mut counts: BTreeMap<Facet, Vec<(String, usize)>> = BTreeMap::new();
        for (value, cards) in self.values {
            if let Some((facet, code)) = value.split_once('=')
                && let Ok(facet) = facet.parse()
            {
                counts
                    .entry(facet)
                    .or_default()
                    .push((code.to_owned(), cards));
            }
        }
        for values in counts.values_mut() {
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        counts
    }
}

impl Collector for Counting {
    type Fruit = Counted;
    type Child = SegmentCounting;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentCounting> {
        let mut counting = SegmentCounting {
            column: segment.fast_fields().str(FACET)?,
            groups: Vec::new(),
            wants: Vec::new(),
            counts: Vec::new(),
            all: 0,
            total: 0,
        };
        let Some(column) = &counting.column else {
            counting.all = u32::from(!self.wanted.is_empty());
            return Ok(counting);
        };
        counting.all = (1 << self.wanted.len()) - 1;
        counting.counts = vec![0; column.num_terms()];
        counting.groups = vec![0; column.num_terms()];
        counting.wants = vec![0; column.num_terms()];
        let mut value = String::new();
        for ord in 0..column.num_terms() {
            value.clear();
            column.ord_to_str(ord as u64, &mut value)?;
            let facet = value.split('=').next().unwrap_or_default();
            for (at, (wanted, values)) in self.wanted.iter().enumerate() {
                if wanted.as_str() == facet {
                    counting.groups[ord] = 1 << at;
                    if values.contains(&value) {
                        counting.wants[ord] = 1 << at;
                    }
                }
            }
        }
        Ok(counting)
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counted>) -> tantivy::Result<Counted> {
        let mut all = Counted::default();
        for fruit in fruits {
            all.total += fruit.total;
            for (value, cards) in fruit.values {
                *all.values.entry(value).or_default() += cards;
            }
        }
        Ok(all)
    }
}

/// Counts in one segment.
pub(crate) struct SegmentCounting {
    column: Option<StrColumn>,
    /// By value: the bit of its facet when that has filters.
    groups: Vec<u32>,
    /// By value: the bit of its facet when the value itself is wanted.
    wants: Vec<u32>,
    counts: Vec<usize>,
    /// The bits of all facets that have filters.
    all: u32,
    total: usize,
}

impl SegmentCollector for SegmentCounting {
    type Fruit = Counted;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(column) = &self.column else {
            self.total += usize::from(self.all == 0);
            return;
        };
        let ords = || column.ords().values_for_doc(doc);
        let passed = ords().fold(0, |bits, ord| bits | self.wants[ord as usize]);
        let failed = self.all & !passed;
        if failed == 0 {
            self.total += 1;
            for ord in ords() {
                self.counts[ord as usize] += 1;
            }
        } else if failed.is_power_of_two() {
            for ord in ords().filter(|ord| self.groups[*ord as usize] == failed) {
                self.counts[ord as usize] += 1;
            }
        }
    }

    fn harvest(self) -> Counted {
        let mut values = HashMap::new();
        if let Some(column) = &self.column {
            for (ord, cards) in self
                .counts
                .iter()
                .enumerate()
                .filter(|(_, cards)| **cards > 0)
            {
                let mut value = String::new();
                if column.ord_to_str(ord as u64, &mut value).unwrap_or(false) {
                    values.insert(value, *cards);
                }
            }
        }
        Counted {
            total: self.total,
            values,
        }
    }
}
