//! How long the fields of cards are: a word of a short title says more than one of a long text.

use tantivy::DocAddress;

use super::FIELDS;
use super::weights::Weights;
use crate::SearchError;
use crate::find::Finder;

/// How long the fields of the candidates are, beside the usual.
pub(super) struct Lengths {
    /// By field and candidate: length over average length.
    relative: Vec<[f32; FIELDS.len()]>,
    pub title: Vec<f32>,
}

impl Lengths {
    pub fn of(finder: &Finder<'_>, at: &[DocAddress]) -> Result<Lengths, SearchError> {
        let fields = &finder.fields;
        let mut lengths = Lengths {
            relative: vec![[1.0; FIELDS.len()]; at.len()],
            title: vec![1.0; at.len()],
        };
        let cards = (finder.searcher.num_docs() as f32).max(1.0);
        for (place, field) in [
            fields.title,
            fields.tags,
            fields.summary,
            fields.labels,
            fields.asked,
            fields.all,
        ]
        .into_iter()
        .enumerate()
        {
            let mut words = 0;
            for segment in finder.searcher.segment_readers() {
                words += segment.inverted_index(field)?.total_num_tokens();
            }
            let usual = (words as f32 / cards).max(1.0);
            let mut reader = None;
            for (card, at) in at.iter().enumerate() {
                if reader
                    .as_ref()
                    .is_none_or(|(ord, _)| *ord != at.segment_ord)
                {
                    let segment = finder.searcher.segment_reader(at.segment_ord);
                    reader = Some((at.segment_ord, segment.get_fieldnorms_reader(field)?));
                }
                if let Some((_, reader)) = &reader {
                    let length = reader.fieldnorm(at.doc_id) as f32;
                    lengths.relative[card][place] = length / usual;
                    if place == 0 {
                        lengths.title[card] = length;
                    }
                }
            }
        }
        Ok(lengths)
    }

    pub fn norm(&self, place: usize, card: usize, weights: &Weights) -> f32 {
        let share = weights.lengths[place];
        (1.0 - share + share * self.relative[card][place]).max(0.1)
    }
}
