//! The kinds of card.

use std::{fmt, str::FromStr};

/// What a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A way of doing something together.
    Method,
    /// A small thing that stands alone: a game, a canvas, a facilitation.
    Tool,
    /// A measure that a territory can take.
    Action,
    /// An inquiry with its questionnaire.
    Survey,
    /// Cards in the order that answers a question.
    Pathway,
    /// What happened where something was tried.
    Experience,
    /// A place and its facts.
    Territory,
    /// A network, an association, a public body.
    Organisation,
    /// Posters that a territory forks and completes.
    Exhibition,
    /// An episode to listen to, with its transcript.
    Episode,
    /// Anything else: charter, governance, glossary, newsletter.
    Page,
}

impl Kind {
    /// Every kind, in the order of the format.
    pub const ALL: [Kind; 11] = [
        Kind::Method,
        Kind::Tool,
        Kind::Action,
        Kind::Survey,
        Kind::Pathway,
        Kind::Experience,
        Kind::Territory,
        Kind::Organisation,
        Kind::Exhibition,
        Kind::Episode,
        Kind::Page,
    ];

    /// Returns the word of the format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Method => "method",
            Kind::Tool => "tool",
            Kind::Action => "action",
            Kind::Survey => "survey",
            Kind::Pathway => "pathway",
            Kind::Experience => "experience",
            Kind::Territory => "territory",
            Kind::Organisation => "organisation",
            Kind::Exhibition => "exhibition",
            Kind::Episode => "episode",
            Kind::Page => "page",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownKind;

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown kind of card")
    }
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or(UnknownKind)
    }
}
