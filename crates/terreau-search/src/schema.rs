//! The fields of the index. Whoever changes them raises [`VERSION`]: older indexes are then rebuilt by themselves.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use terreau_card::Language;
use terreau_card::facets::Facet;

use crate::Document;
use crate::alike::{fingerprint, hash};
use crate::analysis::{ENGLISH, LINES, STEMS, WORDS};

/// Version of the fields and of the analyser: part of the folder's name.
pub(crate) const VERSION: u32 = 5;

/// Name of the fast field of all facets; its values are "facet=code".
pub(crate) const FACET: &str = "facet";
/// Name of the fast field that sorts the newest first.
pub(crate) const UPDATED: &str = "updated";
/// Name of the fast field that sorts what was tried most first.
pub(crate) const TRIED: &str = "tried";
/// Name of the fast field that says when a card was reviewed.
pub(crate) const REVIEWED: &str = "reviewed";
/// Name of the fast field that tells near-duplicates.
pub(crate) const FINGERPRINT: &str = "fingerprint";
/// Name of the fast field that names the methods an experience tells of.
pub(crate) const ABOUT: &str = "about";
/// Name of the fast field that tells a card's path by its hash, and of that of the cards it names.
pub(crate) const KEY: &str = "key";
pub(crate) const NAMED: &str = "named";
/// Name of the fast field of identities.
pub(crate) const ID: &str = "id";

/// The facets whose measures are kept beside their classes.
pub(crate) const MEASURED: [Facet; 4] = [
    Facet::Duration,
    Facet::People,
    Facet::Cost,
    Facet::Population,
];

/// Returns the names of the fast fields of a measure: from, to.
pub(crate) fn measure_names(facet: Facet) -> (String, String) {
    (format!("{facet}_from"), format!("{facet}_to"))
}

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub id: Field,
    pub path: Field,
    pub kind: Field,
    /// Every facet, as "facet=code".
    pub facet: Field,
    /// By facet measured: from, to.
    pub measures: [(Field, Field); MEASURED.len()],
    pub updated: Field,
    pub tried: Field,
    pub reviewed: Field,
    pub fingerprint: Field,
    pub about: Field,
    pub key: Field,
    pub named: Field,
    /// Stems of title, summary, tags, questions and text, with positions for phrases and nearness.
    pub all: Field,
    /// Stems; stored to show them.
    pub title: Field,
    pub summary: Field,
    /// Stems, not stored.
    pub tags: Field,
    pub labels: Field,
    /// Stems of the questions that it answers, each on its line; stored to show the nearest.
    pub asked: Field,
    /// The text, only stored: snippets are cut from it.
    pub body: Field,
    /// Folded words of the title, stop words included, and accented ones: completion and exactness.
    pub title_words: Field,
    /// Folded words of everything, and accented ones: exactness, spelling, queries made of stop words only.
    pub words: Field,
}

/// Returns the schema and the handles of its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let indexed = |tokenizer: &str, with_norms: bool, option: IndexRecordOption| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_fieldnorms(with_norms)
            .set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let raw = || indexed("raw", false, IndexRecordOption::Basic);
    let stems = || indexed(STEMS, true, IndexRecordOption::WithFreqs);
    let words = || indexed(WORDS, false, IndexRecordOption::Basic);

    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_text_field(ID, raw().set_stored().set_fast("raw")),
        path: schema.add_text_field("path", STORED),
        kind: schema.add_text_field("kind", STORED),
        facet: schema.add_text_field(FACET, raw().set_fast("raw")),
        measures: MEASURED.map(|facet| {
            let (from, to) = measure_names(facet);
            (
                schema.add_f64_field(&from, FAST),
                schema.add_f64_field(&to, FAST),
            )
        }),
        updated: schema.add_i64_field(UPDATED, FAST),
        tried: schema.add_u64_field(TRIED, FAST | STORED),
        reviewed: schema.add_i64_field(REVIEWED, FAST),
        fingerprint: schema.add_u64_field(FINGERPRINT, FAST),
        key: schema.add_u64_field(KEY, FAST),
        named: schema.add_u64_field(NAMED, FAST),
        about: schema.add_text_field(ABOUT, TextOptions::default().set_fast("raw")),
        all: schema.add_text_field(
            "all",
            indexed(STEMS, true, IndexRecordOption::WithFreqsAndPositions),
        ),
        title: schema.add_text_field("title", stems().set_stored()),
        summary: schema.add_text_field("summary", stems().set_stored()),
        tags: schema.add_text_field("tags", stems()),
        labels: schema.add_text_field("labels", stems()),
        asked: schema.add_text_field(
            "asked",
            indexed(LINES, true, IndexRecordOption::WithFreqsAndPositions).set_stored(),
        ),
        body: schema.add_text_field("body", STORED),
        title_words: schema.add_text_field("title_words", words()),
        words: schema.add_text_field("words", words()),
    };
    (schema.build(), fields)
}

impl Fields {
    /// Returns a card as tantivy takes it.
    pub fn document(&self, card: &Document) -> TantivyDocument {
        let is_english = Language::parse(&card.language) == Some(Language::English);
        let told = |text: &str| {
            if is_english {
                format!("{ENGLISH}{text}")
            } else {
                text.to_owned()
            }
        };
        let mut document = TantivyDocument::new();
        document.add_text(self.id, card.id.to_string());
        document.add_text(self.path, card.path.as_str());
        document.add_text(self.kind, card.kind.as_str());
        for (facet, code) in &card.facets {
            document.add_text(self.facet, facet_value(*facet, code));
        }
        for (facet, from, to) in &card.measures {
            if let Some(place) = MEASURED.iter().position(|its| its == facet) {
                document.add_f64(self.measures[place].0, *from);
                document.add_f64(self.measures[place].1, *to);
            }
        }
        for method in &card.about {
            document.add_text(self.about, method.to_string());
        }
        document.add_u64(self.key, hash(card.path.as_str()));
        for named in &card.named {
            document.add_u64(self.named, hash(named.as_str()));
        }
        document.add_i64(self.updated, card.updated);
        document.add_u64(self.tried, u64::from(card.tried));
        if let Some(reviewed) = card.reviewed {
            document.add_i64(self.reviewed, reviewed);
        }
        if let Some(fingerprint) = fingerprint(&card.text) {
            document.add_u64(self.fingerprint, fingerprint);
        }
        let (title, summary, text) = (told(&card.title), told(&card.summary), told(&card.text));
        for field in [self.title, self.all, self.title_words, self.words] {
            document.add_text(field, &title);
        }
        for field in [self.summary, self.all, self.words] {
            document.add_text(field, &summary);
        }
        for field in [self.body, self.all, self.words] {
            document.add_text(field, &text);
        }
        for tag in &card.tags {
            let tag = told(tag);
            for field in [self.tags, self.all, self.words] {
                document.add_text(field, &tag);
            }
        }
        if !card.asked.is_empty() {
            let asked = told(&card.asked.join("\n"));
            for field in [self.asked, self.all, self.words] {
                document.add_text(field, &asked);
            }
        }
        // Labels are in the languages of the site: both ways of reducing them.
        for label in &card.labels {
            document.add_text(self.labels, label);
            document.add_text(self.labels, format!("{ENGLISH}{label}"));
        }
        document
    }
}

/// Returns a value of a facet as it is indexed.
pub(crate) fn facet_value(facet: Facet, code: &str) -> String {
    format!("{facet}={code}")
}

/// Returns a stored text as it was given, empty when there is none.
pub(crate) fn stored(document: &TantivyDocument, field: Field) -> &str {
    told(document, field).trim_start_matches(ENGLISH)
}

/// Returns a stored text with the mark of its language.
pub(crate) fn told(document: &TantivyDocument, field: Field) -> &str {
    document
        .get_first(field)
        .and_then(|value| value.as_str())
        .unwrap_or_default()
}
