//! The values that cards have in every facet, laid out once for each segment of the index and read by every search.
//!
//! Tantivy packs a column into as few bits as it can. Unpacking the dozen values of each card found would cost more than
//! finding the card; a segment never changes, so its values are unpacked once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};
use terreau_card::facets::Facet;

use crate::SearchError;
use crate::schema::{FACET, facet_value};

/// The values of the cards of one segment, each known by its number.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// Each value as it is indexed ("facet=code"), by its number: in the order of their bytes.
    names: Vec<String>,
    /// By card, where its numbers start; where those of the last one end.
    starts: Vec<usize>,
    numbers: Vec<u32>,
}

impl Values {
    /// Unpacks the values of a segment.
    fn of(segment: &SegmentReader) -> Result<Values, SearchError> {
        let Some(column) = segment.fast_fields().str(FACET)? else {
            return Ok(Values::default());
        };
        let mut names = Vec::with_capacity(column.num_terms());
        let mut stream = column
            .dictionary()
            .stream()
            .map_err(tantivy::TantivyError::from)?;
        while stream.advance() {
            names.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
        let mut starts = Vec::with_capacity(segment.max_doc() as usize + 1);
        let mut numbers = Vec::new();
        for card in 0..segment.max_doc() {
            starts.push(numbers.len());
            let ords = column.ords().values_for_doc(card);
            numbers.extend(ords.filter_map(|ord| u32::try_from(ord).ok()));
        }
        starts.push(numbers.len());
        Ok(Values {
            names,
            starts,
            numbers,
        })
    }

    /// Returns every value as it is indexed, by its number.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Returns the numbers of the values that a card has.
    pub fn of_card(&self, card: DocId) -> &[u32] {
        let card = card as usize;
        match self.starts.get(card..card + 2) {
            Some(&[from, to]) => &self.numbers[from..to],
            _ => &[],
        }
    }

    /// Returns the numbers of all the values of a facet.
    pub fn of_facet(&self, facet: Facet) -> Range<u32> {
        let start = facet_value(facet, "");
        let before = self.names.partition_point(|name| **name < *start);
        let its = self.names[before..].partition_point(|name| name.starts_with(&start));
        // A number is a u32: see `of`.
        before as u32..(before + its) as u32
    }

    /// Returns the code of a value.
    pub fn code(&self, number: u32) -> &str {
        let name = self.names.get(number as usize).map_or("", String::as_str);
        name.split_once('=').map_or(name, |(_, code)| code)
    }
}

/// The values of every segment that a search may read.
#[derive(Default)]
pub(crate) struct Unpacked(Mutex<HashMap<SegmentId, Arc<Values>>>);

impl Unpacked {
    /// Returns the values of each segment, in their order; those of segments that are gone are forgotten.
    pub fn of(&self, searcher: &Searcher) -> Result<Vec<Arc<Values>>, SearchError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = searcher.segment_readers();
        if segments
            .iter()
            .any(|its| !known.contains_key(&its.segment_id()))
        {
            known.retain(|id, _| segments.iter().any(|its| its.segment_id() == *id));
        }
        let mut all = Vec::with_capacity(segments.len());
        for segment in segments {
            let values = match known.entry(segment.segment_id()) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(Arc::new(Values::of(segment)?)),
            };
            all.push(Arc::clone(values));
        }
        Ok(all)
    }
}
