//! A card: its exact text, and the front matter read from it.

use crate::{CardId, CardPath, CommonsConfig, Kind, Language, Problem, Section, Value};

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
#[derive(Clone)]
pub struct Card(());

impl Card {
    /// Reads a card, whatever its state: what can't be read is absent and told by the problems.
    pub fn read(_text: &str) -> (Card, Vec<Problem>) {
        todo!()
    }

    /// Makes an empty card, with its keys in the order of the format.
    pub fn new(_kind: Kind, _id: CardId, _language: Language) -> Card {
        todo!()
    }

    /// Returns the whole text, byte for byte as read.
    pub fn text(&self) -> &str {
        todo!()
    }

    /// Returns what follows the front matter.
    pub fn body(&self) -> &str {
        todo!()
    }

    /// Returns the line on which the body begins, from 1.
    pub fn body_line(&self) -> u32 {
        todo!()
    }

    /// Returns the value of a key.
    pub fn value(&self, _key: &str) -> Option<&Value> {
        todo!()
    }

    /// Returns the keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        [""].into_iter()
    }

    /// Returns the identity, when there is a good one.
    pub fn id(&self) -> Option<CardId> {
        todo!()
    }

    /// Returns the kind, when it is one of the format.
    pub fn kind(&self) -> Option<Kind> {
        todo!()
    }

    /// Returns the title, empty when there is none.
    pub fn title(&self) -> &str {
        todo!()
    }

    /// Returns the summary, empty when there is none.
    pub fn summary(&self) -> &str {
        todo!()
    }

    /// Returns the language tag, when the card names one.
    pub fn language(&self) -> Option<&str> {
        todo!()
    }

    /// Returns the life of the card.
    pub fn status(&self) -> Status {
        todo!()
    }

    /// Returns the codes of its topics.
    pub fn topics(&self) -> Vec<&str> {
        todo!()
    }

    /// Returns its free words.
    pub fn tags(&self) -> Vec<&str> {
        todo!()
    }

    /// Returns the paths where the card lived before.
    pub fn aliases(&self) -> Vec<CardPath> {
        todo!()
    }

    /// Returns the parties to credit.
    pub fn authors(&self) -> Vec<Author> {
        todo!()
    }

    /// Returns what it comes from.
    pub fn sources(&self) -> Vec<Source> {
        todo!()
    }

    /// Returns its links to other cards.
    pub fn links(&self) -> Vec<Link> {
        todo!()
    }

    /// Returns its licence, when it names one.
    pub fn licence(&self) -> Option<&str> {
        todo!()
    }

    /// Returns the images and files that it uses.
    pub fn media(&self) -> Vec<Media> {
        todo!()
    }

    /// Returns the card with another value for a key, or without it.
    ///
    /// Only what differs changes: the same value gives the same bytes, one changed scalar changes one line; comments,
    /// unknown keys and order stay. A new key goes to its place in the order of the format.
    pub fn with(&self, _key: &str, _value: Option<Value>) -> Card {
        todo!()
    }

    /// Returns the card with another body.
    pub fn with_body(&self, _body: &str) -> Card {
        todo!()
    }

    /// Returns the sections of the body; the first has no heading and is there when something precedes the headings.
    pub fn sections(&self, _config: &CommonsConfig) -> Vec<Section> {
        todo!()
    }

    /// Returns the card with other sections; those that are the same keep every byte.
    ///
    /// Sections follow the order given, but one with a code that the card doesn't have yet goes to its place in the
    /// order of the commons. A section with a code and no text is left out unless it was empty already.
    pub fn with_sections(&self, _config: &CommonsConfig, _sections: &[Section]) -> Card {
        todo!()
    }
}
