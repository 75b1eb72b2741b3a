//! What a card offers to those who narrow a list: facets, their classes, and the codes of a card in each.

mod classes;
mod of_card;
mod places;
#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

pub use classes::{
    cost_class, cost_classes, duration_class, duration_classes, people_class, people_classes,
    population_class, population_classes, tried_classes,
};
pub use of_card::{facets_of, measures_of, path_of_term};
pub use places::{place_name, place_of_code, place_of_name, place_of_region, places};

use crate::CommonsConfig;
pub use crate::check::duration_minutes;

/// A dimension by which a list of cards is narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// What one wants to do.
    Intention,
    /// Where one stands in the course of things.
    Stage,
    /// How long it takes, in classes.
    Duration,
    /// For how many people, in classes.
    People,
    /// What it costs, in classes.
    Cost,
    /// How hard it is.
    Difficulty,
    /// The size of the communes that it suits, in classes.
    Population,
    /// The subject.
    Topic,
    /// Axis, orientation, objective: a tree.
    Axis,
    /// With whom.
    Audience,
    /// The step on the ladder of participation.
    Participation,
    /// Face to face, remote, and so on.
    Format,
    /// The kind of card.
    Kind,
    /// What is known of its use, in classes.
    Tried,
    /// The language of the card.
    Language,
    /// Region, department: a tree.
    Territory,
}

impl Facet {
    /// Every facet, in the order in which pages show them.
    pub const ALL: [Facet; 16] = [
        Facet::Intention,
        Facet::Stage,
        Facet::Duration,
        Facet::People,
        Facet::Cost,
        Facet::Difficulty,
        Facet::Population,
        Facet::Topic,
        Facet::Axis,
        Facet::Audience,
        Facet::Participation,
        Facet::Format,
        Facet::Kind,
        Facet::Tried,
        Facet::Language,
        Facet::Territory,
    ];

    /// Returns the name of the facet, which is also its parameter in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Facet::Intention => "intention",
            Facet::Stage => "stage",
            Facet::Duration => "duration",
            Facet::People => "people",
            Facet::Cost => "cost",
            Facet::Difficulty => "difficulty",
            Facet::Population => "population",
            Facet::Topic => "topic",
            Facet::Axis => "axis",
            Facet::Audience => "audience",
            Facet::Participation => "participation",
            Facet::Format => "format",
            Facet::Kind => "kind",
            Facet::Tried => "tried",
            Facet::Language => "language",
            Facet::Territory => "territory",
        }
    }

    /// Says whether values stand under values: `axis/orientation/objective`, `region/department`.
    pub const fn is_tree(self) -> bool {
        matches!(self, Facet::Axis | Facet::Territory)
    }

    /// Returns the vocabulary of the commons that names the values; none for what the format or a register names.
    pub const fn vocabulary(self) -> Option<&'static str> {
        match self {
            Facet::Intention => Some("intentions"),
            Facet::Stage => Some("stages"),
            Facet::Difficulty => Some("difficulties"),
            Facet::Topic => Some("topics"),
            Facet::Axis => Some("axes"),
            Facet::Audience => Some("audiences"),
            Facet::Participation => Some("participation"),
            Facet::Format => Some("formats"),
            Facet::Duration
            | Facet::People
            | Facet::Cost
            | Facet::Population
            | Facet::Kind
            | Facet::Tried
            | Facet::Language
            | Facet::Territory => None,
        }
    }

    /// Returns the classes of the format, from small to great; none for facets that have no classes.
    pub const fn classes(self) -> &'static [&'static str] {
        match self {
            Facet::Duration => classes::DURATION,
            Facet::People => classes::PEOPLE,
            Facet::Cost => classes::COST,
            Facet::Population => classes::POPULATION,
            Facet::Tried => classes::TRIED,
            _ => &[],
        }
    }

    /// Returns every value that this commons can offer, in order; a tree gives each node before those under it.
    ///
    /// Languages and territories are those of the cards, and are not listed here.
    pub fn values(self, config: &CommonsConfig) -> Vec<String> {
        match self {
            Facet::Kind => crate::Kind::ALL
                .iter()
                .map(|kind| kind.as_str().to_owned())
                .collect(),
            _ => match self.vocabulary() {
                Some(vocabulary) => of_card::codes(config.terms(vocabulary), self.is_tree()),
                None => self
                    .classes()
                    .iter()
                    .map(|&class| class.to_owned())
                    .collect(),
            },
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownFacet;

impl fmt::Display for UnknownFacet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown facet")
    }
}

impl std::error::Error for UnknownFacet {}

impl FromStr for Facet {
    type Err = UnknownFacet;

    fn from_str(word: &str) -> Result<Self, UnknownFacet> {
        Facet::ALL
            .into_iter()
            .find(|facet| facet.as_str() == word)
            .ok_or(UnknownFacet)
    }
}
