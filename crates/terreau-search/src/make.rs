//! What cards and settings give to the index: a card as a document, the settings as a lexicon.

use terreau_card::facets::{Facet, facets_of, measures_of, path_of_term, places};
use terreau_card::schema::{Shape, kind_fields};
use terreau_card::{
    Card, CardId, CardPath, CommonsConfig, Kind, Labels, Language, Synonyms, Term, Value,
    plain_text,
};

use crate::{Document, Lexicon, SynonymGroup};

/// Facets whose values have labels of the commons.
const LABELLED: [Facet; 8] = [
    Facet::Intention,
    Facet::Stage,
    Facet::Difficulty,
    Facet::Topic,
    Facet::Axis,
    Facet::Audience,
    Facet::Participation,
    Facet::Format,
];

impl Document {
    /// Returns a card as a document, by what it says itself.
    ///
    /// What other cards say of it is for the caller to add: places, experiences, reviews.
    pub fn of(
        card: &Card,
        config: &CommonsConfig,
        id: CardId,
        path: CardPath,
        updated: i64,
    ) -> Document {
        let kind = card.kind().unwrap_or(Kind::Page);
        let facets = facets_of(card, config);
        let mut labels = Vec::new();
        for (facet, code) in &facets {
            if let Some(vocabulary) = facet.vocabulary().filter(|_| *facet != Facet::Difficulty) {
                let code = code.rsplit('/').next().unwrap_or(code);
                for language in [Language::French, Language::English] {
                    let label = config.label(vocabulary, code, language).to_owned();
                    if !labels.contains(&label) {
                        labels.push(label);
                    }
                }
            }
        }
        let mut text = plain_text(card.body());
        for field in kind_fields(kind) {
            if let Some(value) = card.value(field.key) {
                prose(value, &field.shape, &mut text);
            }
        }
        let default = config.default_language.code();
        Document {
            id,
            path,
            kind,
            language: card.language().unwrap_or(default).to_owned(),
            title: card.title().to_owned(),
            summary: card.summary().to_owned(),
            text,
            tags: card.tags().into_iter().map(str::to_owned).collect(),
            asked: card.asked().into_iter().map(str::to_owned).collect(),
            updated,
            facets,
            measures: measures_of(card),
            labels,
            tried: 0,
            reviewed: None,
            about: Vec::new(),
            named: Vec::new(),
        }
    }
}

/// Adds what people wrote in a field to a text, each on its line; codes, dates and paths are no prose.
fn prose(value: &Value, shape: &Shape, text: &mut String) {
    match (shape, value) {
        (Shape::Text { .. }, Value::Text(written)) => {
            text.push('\n');
            text.push_str(written);
        }
        (Shape::Paragraph { .. }, Value::Text(written)) => {
            text.push('\n');
            text.push_str(&plain_text(written));
        }
        (Shape::List(shape), Value::List(values)) => {
            for value in values {
                prose(value, shape, text);
            }
        }
        (Shape::Map(fields) | Shape::PathOr(fields), Value::Map(_)) => {
            for field in *fields {
                if let Some(value) = value.get(field.key) {
                    prose(value, &field.shape, text);
                }
            }
        }
        _ => {}
    }
}

impl Lexicon {
    /// Returns the words of a commons: its synonyms, the names of its kinds and terms, of languages and of places.
    pub fn of(config: &CommonsConfig, synonyms: &[Synonyms]) -> Lexicon {
        let mut names = Vec::new();
        for kind in Kind::ALL {
            let its = config.kind(kind);
            let mut labels = both(&its.label);
            labels.extend(both(&its.plural));
            names.push((Facet::Kind, kind.to_string(), labels));
        }
        for facet in LABELLED {
            let vocabulary = facet.vocabulary().unwrap_or_default();
            let terms = config.terms(vocabulary);
            named(facet, terms, terms, &mut names);
        }
        for (language, labels) in [
            (Language::French, ["français", "French"]),
            (Language::English, ["anglais", "English"]),
        ] {
            let labels = labels.map(str::to_owned).to_vec();
            names.push((Facet::Language, language.code().to_owned(), labels));
        }
        for (node, name) in places() {
            names.push((Facet::Territory, node, vec![name.to_owned()]));
        }
        let synonyms = synonyms.iter().map(|group| SynonymGroup {
            from: group.from.clone(),
            words: group.words.clone(),
        });
        Lexicon {
            synonyms: synonyms.collect(),
            names,
        }
    }
}

/// Adds the names of terms and of those under them; "Solidarité, lien social" is two names besides.
fn named(
    facet: Facet,
    all: &[Term],
    terms: &[Term],
    names: &mut Vec<(Facet, String, Vec<String>)>,
) {
    for term in terms {
        let mut labels = both(&term.label);
        for label in labels.clone() {
            if label.contains(',') {
                labels.extend(label.split(',').map(|part| part.trim().to_owned()));
            }
        }
        let code = if facet.is_tree() {
            path_of_term(all, &term.code)
        } else {
            Some(term.code.clone())
        };
        if let Some(code) = code {
            names.push((facet, code, labels));
        }
        named(facet, all, &term.terms, names);
    }
}

fn both(labels: &Labels) -> Vec<String> {
    [Language::French, Language::English]
        .map(|language| labels.get(language).to_owned())
        .to_vec()
}
