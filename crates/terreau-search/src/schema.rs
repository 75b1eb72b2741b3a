//! The fields of the index. Whoever changes them raises [`VERSION`]: older indexes are then rebuilt by themselves.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};

use terreau_card::facets::Facet;

use crate::Document;
use crate::analysis::{STEMS, WORDS};

/// Version of the fields and of the analyser: part of the folder's name.
pub(crate) const VERSION: u32 = 2;

/// Name of the fast field of all facets; its values are "facet=code".
pub(crate) const FACET: &str = "facet";
/// Name of the fast field that sorts the newest first.
pub(crate) const UPDATED: &str = "updated";
/// Name of the fast field that sorts what was tried most first.
pub(crate) const TRIED: &str = "tried";

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub id: Field,
    pub path: Field,
    pub kind: Field,
    /// Every facet, as "facet=code".
    pub facet: Field,
    pub updated: Field,
    pub tried: Field,
    /// Stems, with positions for phrases; stored to show them.
    pub title: Field,
    pub summary: Field,
    pub body: Field,
    /// Stems of the tags, not stored.
    pub tags: Field,
    /// Folded words of the title, stop words included: completion and exactness.
    pub title_words: Field,
    /// Folded words of everything: exactness, spelling, queries made of stop words only.
    pub words: Field,
}

/// Returns the schema and the handles of its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let raw = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let stems = TextFieldIndexing::default()
        .set_tokenizer(STEMS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let text = |indexing: &TextFieldIndexing| {
        TextOptions::default().set_indexing_options(indexing.clone())
    };

    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_text_field("id", text(&raw).set_stored()),
        path: schema.add_text_field("path", STORED),
        kind: schema.add_text_field("kind", STORED),
        facet: schema.add_text_field(FACET, text(&raw).set_fast("raw")),
        tried: schema.add_u64_field(TRIED, FAST | STORED),
        updated: schema.add_i64_field(UPDATED, FAST | INDEXED),
        title: schema.add_text_field("title", text(&stems).set_stored()),
        summary: schema.add_text_field("summary", text(&stems).set_stored()),
        body: schema.add_text_field("body", text(&stems).set_stored()),
        tags: schema.add_text_field("tags", text(&stems)),
        title_words: schema.add_text_field("title_words", text(&words)),
        words: schema.add_text_field("words", text(&words)),
    };
    (schema.build(), fields)
}

impl Fields {
    /// Returns a card as tantivy takes it.
    pub fn document(&self, card: &Document) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, card.id.to_string());
        document.add_text(self.path, card.path.as_str());
        document.add_text(self.kind, card.kind.as_str());
        for (facet, code) in &card.facets {
            document.add_text(self.facet, facet_value(*facet, code));
        }
        document.add_u64(self.tried, u64::from(card.tried));
        document.add_i64(self.updated, card.updated);
        document.add_text(self.title, &card.title);
        document.add_text(self.title_words, &card.title);
        document.add_text(self.summary, &card.summary);
        document.add_text(self.body, &card.text);
        for text in [&card.title, &card.summary, &card.text] {
            document.add_text(self.words, text);
        }
        for tag in &card.tags {
            document.add_text(self.tags, tag);
            document.add_text(self.words, tag);
        }
        document
    }

    /// Returns the fields that hold stems, each with its weight.
    pub fn weighted(&self) -> [(Field, f32); 4] {
        [
            (self.title, 3.0),
            (self.summary, 2.0),
            (self.tags, 2.0),
            (self.body, 1.0),
        ]
    }
}

/// Returns a value of a facet as it is indexed.
pub(crate) fn facet_value(facet: Facet, code: &str) -> String {
    format!("{facet}={code}")
}

/// Returns a stored text, empty when there is none.
pub(crate) fn stored(document: &TantivyDocument, field: Field) -> &str {
    document
        .get_first(field)
        .and_then(|value| value.as_str())
        .unwrap_or_default()
}
