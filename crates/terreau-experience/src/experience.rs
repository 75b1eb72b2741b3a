//! An experience: what its card says, in types.

mod read;

use std::{collections::BTreeMap, fmt, str::FromStr};

use terreau_card::{Card, CardId, CardPath};

pub(crate) use read::{amount, minutes, range, territory};

use crate::{measure::Measure, place::Territory, when::Period};

/// What the card of an experience says; what it doesn't say, or what can't be read, is absent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Experience {
    /// The identity of its card.
    pub id: Option<CardId>,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Who is to be credited for telling it, as one text.
    pub credit: Option<String>,
    /// Its licence, an SPDX expression, when it names one.
    pub licence: Option<String>,
    /// The cards to which it is linked.
    pub links: Vec<CardPath>,
    /// What was used, in which version.
    pub about: Vec<About>,
    /// Where.
    pub territories: Vec<Territory>,
    /// When.
    pub period: Period,
    /// How far it went.
    pub state: Option<State>,
    /// The organisations that carried it.
    pub leads: Vec<String>,
    /// Those that helped.
    pub partners: Vec<String>,
    /// Those that paid.
    pub funders: Vec<String>,
    /// Who took part.
    pub participants: Participants,
    /// The step on the ladder of participation: a code.
    pub participation: Option<String>,
    /// How long it took, in minutes.
    pub duration: Option<Range>,
    /// What it cost.
    pub cost: Option<Cost>,
    /// Who worked for it.
    pub staff: Staff,
    /// Numbers with their nature.
    pub figures: Vec<Figure>,
    /// What went well.
    pub satisfactions: Vec<String>,
    /// What got in the way.
    pub obstacles: Vec<String>,
    /// Advice to the next ones.
    pub tips: Vec<String>,
    /// What nobody expected.
    pub surprises: Vec<String>,
    /// What people said of it.
    pub testimonies: Vec<Testimony>,
    /// What was changed of the method.
    pub adaptations: Vec<Adaptation>,
    /// Whether they would do it again.
    pub again: Option<Again>,
    /// Marks by the code of a criterion of the commons.
    pub marks: BTreeMap<String, Mark>,
    /// Where who tells it stood.
    pub independence: Option<Independence>,
    /// Where its sources disagree.
    pub conflicting_facts: Option<String>,
}

impl Experience {
    /// Reads the front matter of a card, whatever its state.
    ///
    /// A text stands for a list of one, `300` may be written `"300"`; numbers that make no sense (a negative count, a
    /// mark of 7) are left out.
    pub fn read(card: &Card) -> Experience {
        read::read(card)
    }

    /// Says whether it has happened, or begun to: what is only planned is no experience yet.
    pub fn has_happened(&self) -> bool {
        self.state != Some(State::Planned)
    }

    /// Returns the nature of what it says of a measure: planned before it began; while it runs, totals that still grow
    /// are estimated; else observed.
    pub fn nature_of(&self, measure: Measure) -> Nature {
        match self.state {
            Some(State::Planned) => Nature::Planned,
            Some(State::Running) if measure.grows() => Nature::Estimated,
            _ => Nature::Observed,
        }
    }

    /// Returns every organisation that it names: those that carried it, helped, paid.
    pub fn organisations(&self) -> impl Iterator<Item = &str> {
        [&self.leads, &self.partners, &self.funders]
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

/// What was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The card.
    pub card: CardPath,
    /// The commit whose version was used.
    pub commit: Option<String>,
}

/// Who took part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Participants {
    /// How many people.
    pub count: Option<u64>,
    /// Whether they were counted; `false`: more or less so many.
    pub is_exact: Option<bool>,
    /// Codes of audiences.
    pub audiences: Vec<String>,
}

/// From one number to another, which may be the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

/// What it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// Euros.
    pub amount_eur: f64,
    /// For which time; without it nobody can add it to another.
    pub per: Option<Per>,
    /// What is in it.
    pub includes: Option<String>,
}

/// Who worked for it. Full-time equivalents and heads are different things.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Staff {
    /// Full-time equivalents.
    pub fte: Option<f64>,
    /// Heads.
    pub people: Option<u64>,
    /// Person-days.
    pub days: Option<f64>,
}

/// A number.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The number, in `unit`.
    pub value: f64,
    /// What is counted: `habitants`, `€`.
    pub unit: Option<String>,
    /// What it is the number of.
    pub label: String,
    /// When it was so.
    pub date: Option<crate::When>,
    /// What kind of number it is.
    pub nature: Nature,
    /// Who says so.
    pub source: Option<String>,
}

/// What somebody said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testimony {
    /// Their words.
    pub text: String,
    /// Who they were there: a role, not a name.
    pub role: Option<String>,
    /// When they agreed to be quoted.
    pub consent_date: Option<crate::When>,
}

/// What was changed of the method.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Adaptation {
    /// What was kept.
    pub kept: Option<String>,
    /// What was changed.
    pub changed: String,
    /// Why.
    pub why: Option<String>,
}

/// A mark: 1 (not at all) to 4 (fully).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u8);

impl Mark {
    /// Every mark, the lowest first.
    pub const ALL: [Mark; 4] = [Mark(1), Mark(2), Mark(3), Mark(4)];

    /// Returns the mark for 1, 2, 3 or 4; nothing for other numbers.
    pub fn new(mark: i64) -> Option<Mark> {
        u8::try_from(mark)
            .ok()
            .filter(|mark| (1..=4).contains(mark))
            .map(Mark)
    }

    /// Returns 1, 2, 3 or 4.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// A word that is none of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown;

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown word")
    }
}

impl std::error::Error for Unknown {}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// Every one, in the order of the format.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// Returns the word that cards write.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl FromStr for $name {
            type Err = Unknown;

            fn from_str(word: &str) -> Result<Self, Unknown> {
                $name::ALL.iter().copied().find(|one| one.as_str() == word.trim()).ok_or(Unknown)
            }
        }
    };
}

words! {
    /// How far it went.
    State {
        /// It has not begun.
        Planned = "planned",
        /// It goes on.
        Running = "running",
        /// It came to its end.
        Finished = "finished",
        /// It was given up.
        Stopped = "stopped",
    }
}

words! {
    /// What a cost is counted for.
    Per {
        /// All of it.
        Total = "total",
        /// A year.
        Year = "year",
        /// A month.
        Month = "month",
    }
}

words! {
    /// What kind of number one is.
    Nature {
        /// Somebody counted.
        Observed = "observed",
        /// Somebody intends or expects it.
        Planned = "planned",
        /// Somebody reckons so.
        Estimated = "estimated",
    }
}

words! {
    /// Whether they would do it again.
    Again {
        /// As it is.
        AsIs = "as-is",
        /// With changes.
        Adapted = "adapted",
        /// No.
        No = "no",
        /// They don't know.
        Unknown = "unknown",
    }
}

words! {
    /// Where who tells it stood.
    Independence {
        /// They carried it.
        Lead = "lead",
        /// They took part.
        Participant = "participant",
        /// They looked on.
        Observer = "observer",
        /// They evaluated it, independently of those who carried it.
        Evaluator = "evaluator",
    }
}
