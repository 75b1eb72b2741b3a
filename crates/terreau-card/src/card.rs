//! A card: its exact text, and the front matter read from it.

mod change;
mod facts;
mod read;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::Arc};

use crate::{
    CardId, CardPath, CommonsConfig, Kind, Language, Problem, Section, Value, sections, yaml::Node,
};

/// The life of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// In use.
    #[default]
    Active,
    /// Someone should read it again.
    ToReview,
    /// Kept at its address, no longer proposed.
    Archived,
}

/// A party to credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// A person or an organisation.
    pub name: String,
    /// The organisation of a person.
    pub organisation: Option<String>,
    /// An address.
    pub url: Option<String>,
    /// What they did.
    pub role: Option<String>,
}

/// Where something of the card comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The title of the work.
    pub title: String,
    /// Who made it.
    pub authors: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it appeared.
    pub date: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// What it was used for.
    pub usage: String,
    /// What was changed.
    pub changes: Option<String>,
    /// The commons that it comes from.
    pub commons: Option<String>,
    /// The identity of the card there.
    pub id: Option<CardId>,
    /// The version of the card there.
    pub commit: Option<String>,
}

/// A link to another card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The other card.
    pub to: CardPath,
    /// How this card stands to it.
    pub relation: String,
}

/// An image or another file that the card uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// The file in the commons.
    pub path: String,
    /// What it shows, for who can't see it.
    pub alt: String,
    /// Who made it.
    pub credit: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A card. Immutable and cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Card(Arc<Inner>);

#[derive(Debug, PartialEq)]
struct Inner {
    text: String,
    front: Option<Front>,
    /// The values of the front matter, in the order of the file.
    values: Vec<(String, Value)>,
    /// What was wrong when it was read.
    problems: Vec<Problem>,
    /// The byte at which the body begins, after the blank lines that follow the front matter.
    body: usize,
}

/// The front matter of a card.
#[derive(Debug, PartialEq)]
struct Front {
    /// What stands between the two `---` lines.
    range: Range<usize>,
    root: Option<Node>,
    /// Whether some of it couldn't be read.
    broken: bool,
}

impl Card {
    /// Reads a card, whatever its state: what can't be read is absent and told by the problems.
    pub fn read(text: &str) -> (Card, Vec<Problem>) {
        let card = Card(Arc::new(read::read(text)));
        let problems = card.0.problems.clone();
        (card, problems)
    }

    /// Makes an empty card, with its keys in the order of the format.
    pub fn new(kind: Kind, id: CardId, language: Language) -> Card {
        let text = format!(
            "---\nid: {id}\nkind: {kind}\ntitle: \"\"\nsummary: \"\"\nlanguage: {language}\n---\n"
        );
        Card::read(&text).0
    }

    /// Returns the whole text, byte for byte as read.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Returns what follows the front matter and the blank lines after it.
    pub fn body(&self) -> &str {
        &self.0.text[self.0.body..]
    }

    /// Returns the line on which the body begins, from 1.
    pub fn body_line(&self) -> u32 {
        self.place(self.0.body).0
    }

    /// Returns the value of a key.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.0
            .values
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// Returns the keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.values.iter().map(|(key, _)| key.as_str())
    }

    /// Returns the card with another value for a key, or without it.
    ///
    /// Only what differs changes: the same value gives the same bytes, one changed scalar changes one line; comments,
    /// unknown keys and order stay. A new key goes to its place in the order of the format.
    ///
    /// When some of the front matter can't be read, the rest of it is written again and what couldn't be read stays
    /// there as comments.
    #[must_use]
    pub fn with(&self, key: &str, value: Option<Value>) -> Card {
        change::with(self, key, value)
    }

    /// Returns the card with another body.
    #[must_use]
    pub fn with_body(&self, body: &str) -> Card {
        change::with_body(self, body)
    }

    /// Returns the sections of the body; the first has no heading and is there when something precedes the headings.
    pub fn sections(&self, config: &CommonsConfig) -> Vec<Section> {
        let parts = sections::split(self.body(), self.section_defs(config), self.spoken(config));
        parts.iter().map(|part| part.section(self.body())).collect()
    }

    /// Returns the card with other sections; those that are the same keep every byte.
    ///
    /// Sections follow the order given, but one with a code that the card doesn't have yet goes to its place in the
    /// order of the commons. A section with a code and no text is left out unless it was empty already.
    #[must_use]
    pub fn with_sections(&self, config: &CommonsConfig, sections: &[Section]) -> Card {
        let body = sections::join(
            self.body(),
            self.section_defs(config),
            self.spoken(config),
            sections,
        );
        self.with_body(&body)
    }

    /// Returns the language that the card is written in, among ours.
    pub(crate) fn spoken(&self, config: &CommonsConfig) -> Language {
        self.language()
            .and_then(Language::parse)
            .unwrap_or(config.default_language)
    }

    fn section_defs<'a>(&self, config: &'a CommonsConfig) -> &'a [crate::SectionDef] {
        self.kind()
            .map_or(&[], |kind| config.kind(kind).sections.as_slice())
    }

    /// Returns the front matter as a tree, when there is one.
    pub(crate) fn root(&self) -> Option<&Node> {
        self.0.front.as_ref()?.root.as_ref()
    }

    /// Returns what stands between the two `---` lines.
    pub(crate) fn front_range(&self) -> Option<Range<usize>> {
        self.0.front.as_ref().map(|front| front.range.clone())
    }

    /// Says whether some of the front matter couldn't be read.
    pub(crate) fn is_broken(&self) -> bool {
        self.0.front.as_ref().is_some_and(|front| front.broken)
    }

    /// Returns what was wrong when the card was read.
    pub(crate) fn reading_problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// Returns the byte at which the body begins.
    pub(crate) fn body_start(&self) -> usize {
        self.0.body
    }

    /// Returns the line and the column of a byte.
    pub(crate) fn place(&self, byte: usize) -> (u32, u32) {
        crate::problem::line_and_column(self.text(), byte)
    }
}
