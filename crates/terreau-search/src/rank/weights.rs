//! What each part of a score weighs.

use super::FIELDS;

/// The weights of a score; fields in the order title, tags, summary, labels, questions, text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights {
    /// What an occurrence in each field counts for.
    pub fields: [f32; FIELDS.len()],
    /// How far the length of each field counts, from 0 to 1.
    pub lengths: [f32; FIELDS.len()],
    /// Occurrences of which half is already as good as many.
    pub saturation: f32,
    /// How far what stands for a word adds to the word itself.
    pub besides: f32,
    /// How well a card at least has an acronym that it writes.
    pub acronym: f32,
    /// A word in another form than typed, beside the same form.
    pub other_form: f32,
    /// A word with other accents than typed.
    pub other_accents: f32,
    /// Words side by side.
    pub nearness: f32,
    /// The share of the query that the title has.
    pub title: f32,
    /// The share of the query that one question has.
    pub answers: f32,
    /// A card that one of the best answers sends to, and one that sends to it.
    pub named: [f32; 2],
    /// How far a title that says something else counts less, from 0 to 1.
    pub precision: f32,
    /// How much the score falls with the share of the query that the card lacks.
    pub coverage: f32,
    /// How far a word hardly had counts as lacking.
    pub coverage_of_match: f32,
    /// Keeping closely to the filters read in the text.
    pub focus: f32,
    /// Being as some words wish it.
    pub wished: f32,
    /// For each doubling of the experiences that tell of a card.
    pub tried: f32,
    /// Reviewed within a year.
    pub reviewed: f32,
    /// In another language than the reader's.
    pub other_language: f32,
    /// Kinds that tell of others, places and pages about the site, beside those that tell what to do.
    pub kinds: [f32; 5],
}

/// The weights in use: tuned on `tests/fixtures/relevance/queries.toml`, checked on what nobody tunes on.
pub(super) static WEIGHTS: Weights = Weights {
    fields: [10.0, 3.0, 2.5, 0.8, 0.5, 1.0],
    lengths: [0.4, 0.0, 0.3, 0.0, 0.0, 0.5],
    saturation: 3.5,
    besides: 0.6,
    acronym: 0.55,
    other_form: 0.92,
    other_accents: 0.7,
    nearness: 0.35,
    title: 0.4,
    answers: 0.7,
    named: [0.1, 0.15],
    precision: 0.3,
    coverage: 1.0,
    coverage_of_match: 0.2,
    focus: 0.9,
    wished: 0.25,
    tried: 0.015,
    reviewed: 0.02,
    other_language: 0.9,
    kinds: [0.88, 0.8, 0.8, 0.95, 0.9],
};

impl Weights {
    /// Returns what a kind of card is multiplied by.
    pub fn kind(&self, kind: &str) -> f32 {
        match kind {
            "experience" => self.kinds[0],
            "territory" => self.kinds[1],
            "organisation" => self.kinds[2],
            "episode" | "exhibition" => self.kinds[3],
            "page" => self.kinds[4],
            _ => 1.0,
        }
    }
}
