//! How amounts are spread: from three reports on; below, the amounts themselves.

use std::{cmp::Ordering, collections::BTreeSet};

use terreau_card::CardPath;

use crate::FEW;

/// From how many reports on quartiles say something.
const QUARTILES_FROM: usize = 8;

/// What one report gives of a measure, in the unit of the measure.
#[derive(Debug, Clone)]
pub struct Amount {
    /// The least that it says.
    pub low: f64,
    /// The greatest that it says; often the same.
    pub high: f64,
    /// Whether it was counted, not reckoned.
    pub is_exact: bool,
    /// The report that says so.
    pub report: CardPath,
}

impl Amount {
    /// Returns what stands for the amount among others: the middle of what it says.
    pub fn middle(&self) -> f64 {
        self.low + (self.high - self.low) / 2.0
    }
}

impl Ord for Amount {
    /// From small to great; amounts that are equal in all but their report follow its address.
    fn cmp(&self, other: &Amount) -> Ordering {
        self.middle()
            .total_cmp(&other.middle())
            .then(self.low.total_cmp(&other.low))
            .then(self.high.total_cmp(&other.high))
            .then(self.is_exact.cmp(&other.is_exact))
            .then_with(|| self.report.cmp(&other.report))
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Amount) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Amount) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Amount {}

/// How the amounts of several reports are spread.
#[derive(Debug, Clone, PartialEq)]
pub enum Spread {
    /// None, one or two reports: what they say, from small to great, and nothing more can be said.
    Few(Vec<Amount>),
    /// Three reports or more.
    Many(Many),
}

/// How the amounts of three reports or more are spread, in the unit of the measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Many {
    /// Of how many reports.
    pub reports: usize,
    /// The least that any says.
    pub min: f64,
    /// As many are below as above.
    pub median: f64,
    /// The greatest that any says.
    pub max: f64,
    /// A quarter is below the first, a quarter above the second; from eight amounts on.
    pub quartiles: Option<(f64, f64)>,
    /// What each says, from small to great.
    pub amounts: Vec<Amount>,
}

impl Spread {
    /// Returns the spread of some amounts.
    pub(crate) fn of(amounts: &BTreeSet<Amount>) -> Spread {
        let reports: BTreeSet<&CardPath> = amounts.iter().map(|amount| &amount.report).collect();
        let sorted: Vec<Amount> = amounts.iter().cloned().collect();
        if reports.len() < FEW {
            return Spread::Few(sorted);
        }
        let middles: Vec<f64> = sorted.iter().map(Amount::middle).collect();
        let quartiles =
            (middles.len() >= QUARTILES_FROM).then(|| (at(&middles, 0.25), at(&middles, 0.75)));
        Spread::Many(Many {
            reports: reports.len(),
            min: sorted
                .iter()
                .map(|one| one.low)
                .fold(f64::INFINITY, f64::min),
            median: at(&middles, 0.5),
            max: sorted
                .iter()
                .map(|one| one.high)
                .fold(f64::NEG_INFINITY, f64::max),
            quartiles,
            amounts: sorted,
        })
    }

    /// Returns what each report says, from small to great.
    pub fn amounts(&self) -> &[Amount] {
        match self {
            Spread::Few(amounts) => amounts,
            Spread::Many(many) => &many.amounts,
        }
    }

    /// Says whether no report says anything.
    pub fn is_empty(&self) -> bool {
        self.amounts().is_empty()
    }

    /// Returns the reports that it comes from, each once, in the order of their addresses.
    pub fn reports(&self) -> Vec<CardPath> {
        let reports: BTreeSet<CardPath> = self
            .amounts()
            .iter()
            .map(|amount| amount.report.clone())
            .collect();
        reports.into_iter().collect()
    }
}

/// Returns the number at a place between 0 and 1 of sorted numbers, on the straight line between its neighbours.
fn at(sorted: &[f64], place: f64) -> f64 {
    let exact = place * (sorted.len() - 1) as f64;
    let below = exact.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * (exact - below as f64)
}
