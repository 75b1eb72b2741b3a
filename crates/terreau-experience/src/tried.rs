//! How well a card is tried.

use terreau_card::facets::tried_classes;

/// What is known of the use of a card, from the reports of what happened.
///
/// The classes are those of `terreau_card::facets`, which search filters by; what counts for them is decided here, and
/// nowhere else: what is only planned is no trial, a territory counts once however often something was tried there, and
/// `evaluated` takes a report by an independent evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tried {
    /// Reports of what happened.
    pub reports: usize,
    /// Distinct territories that they name.
    pub territories: usize,
    /// Whether an independent evaluator wrote one of them.
    pub is_evaluated: bool,
}

/// The level of experience: the highest that a card has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No report tells of it.
    Never,
    /// On one territory, or nobody says where.
    Once,
    /// On two territories or more.
    Several,
    /// By an independent evaluator.
    Evaluated,
}

impl Tried {
    /// Returns the classes by which search filters: one of `never`, `once`, `several`, then `evaluated` if it is.
    pub fn classes(self) -> Vec<&'static str> {
        tried_classes(self.reports, self.territories, self.is_evaluated)
    }

    /// Returns the highest level reached.
    pub fn level(self) -> Level {
        match self.classes().last().copied() {
            Some("evaluated") => Level::Evaluated,
            Some("several") => Level::Several,
            Some("once") => Level::Once,
            _ => Level::Never,
        }
    }
}

impl Level {
    /// Returns its code, one of the classes by which search filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Never => "never",
            Level::Once => "once",
            Level::Several => "several",
            Level::Evaluated => "evaluated",
        }
    }
}
