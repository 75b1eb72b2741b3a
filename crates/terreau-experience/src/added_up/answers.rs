//! The answers of reports to the same questions.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use terreau_card::{CardPath, Facet, Term, facets::population_class};

use super::{AddedUp, index::Index};
use crate::{
    counted::Counted,
    experience::{Adaptation, Again, Mark, Nature},
    place::Place,
    spread::{Amount, Spread},
    when::When,
};

/// A territory where something was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// The territory, as the report with the latest population knows it.
    pub place: Place,
    /// The reports, in the order of their addresses.
    pub reports: Vec<CardPath>,
}

/// How a figure that several reports may give is spread.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSpread {
    /// What it is the number of.
    pub label: String,
    /// What is counted.
    pub unit: Option<String>,
    /// Its amounts, all of the nature that was asked for.
    pub spread: Spread,
}

/// The marks of one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionMarks {
    /// The code of the criterion.
    pub criterion: String,
    /// How many gave each mark.
    pub marks: Counted<Mark>,
}

/// Whether they would do it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// As it is, with changes, no.
    pub known: Counted<Again>,
    /// The reports that don't know.
    pub unknown: Vec<CardPath>,
}

/// What a report changed of the card that it used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adapted {
    /// The report.
    pub report: CardPath,
    /// When it began.
    pub start: Option<When>,
    /// What was changed.
    pub adaptation: Adaptation,
}

/// Returns a territory from what reports know of it: of two populations the later one, then the greater.
pub(super) fn tested(places: &BTreeMap<CardPath, Place>) -> Option<Tested> {
    let best = places.values().max_by_key(|place| {
        (
            place.population.is_some(),
            place.population_year,
            place.population,
            Reverse((place.card.is_none(), &place.name)),
        )
    })?;
    let mut place = best.clone();
    // The address of its card serves readers whoever knows the population.
    place.card = places.values().filter_map(|one| one.card.clone()).min();
    Some(Tested {
        place,
        reports: places.keys().cloned().collect(),
    })
}

pub(super) fn populations(tested: Vec<Tested>) -> Counted<&'static str> {
    let classes = Facet::Population.classes();
    let rank = |class: &str| classes.iter().position(|one| *one == class);
    let each = tested.into_iter().filter_map(|one| {
        let class = population_class(one.place.population?);
        Some((rank(class)?, one.reports))
    });
    // By rank, so that few come in the order of sizes too.
    let ranks: Vec<usize> = (0..classes.len()).collect();
    Counted::of_each(&ranks, each).map(|rank| classes[rank])
}

pub(super) fn figures(index: &Index, nature: Nature) -> Vec<FigureSpread> {
    let mut figures: Vec<FigureSpread> = index
        .figures
        .iter()
        .filter(|((its, _, _), _)| *its == nature)
        .filter_map(|(_, amounts)| {
            let written = amounts
                .values()
                .min_by_key(|written| (written.label.chars().count(), *written))?;
            let set: BTreeSet<Amount> = amounts.keys().cloned().collect();
            Some(FigureSpread {
                label: written.label.clone(),
                unit: written.unit.clone(),
                spread: Spread::of(&set),
            })
        })
        .collect();
    figures.sort_by_cached_key(|figure| {
        (
            Reverse(figure.spread.reports().len()),
            figure.label.clone(),
            figure.unit.clone(),
        )
    });
    figures
}

pub(super) fn marks(index: &Index, criteria: &[Term]) -> Vec<CriterionMarks> {
    let none = BTreeMap::new();
    criteria
        .iter()
        .map(|criterion| CriterionMarks {
            criterion: criterion.code.clone(),
            marks: Counted::of_reports(
                &Mark::ALL,
                index.marks.get(&criterion.code).unwrap_or(&none),
            ),
        })
        .collect()
}

pub(super) fn again(index: &Index) -> Answers {
    let mut known = index.again.clone();
    let unknown = known.remove(&Again::Unknown).unwrap_or_default();
    Answers {
        known: Counted::of_reports(&[Again::AsIs, Again::Adapted, Again::No], &known),
        unknown: unknown.into_iter().collect(),
    }
}

pub(super) fn adaptations(added_up: &AddedUp) -> Vec<Adapted> {
    let mut adapted: Vec<Adapted> = added_up
        .reports()
        .flat_map(|report| {
            let adaptations = report.experience.adaptations.iter();
            adaptations.map(|adaptation| Adapted {
                report: report.path.clone(),
                start: report.experience.period.start,
                adaptation: adaptation.clone(),
            })
        })
        .collect();
    // Stable: those of one report stay in its order.
    adapted.sort_by(|one, two| {
        (Reverse(one.start), &one.report).cmp(&(Reverse(two.start), &two.report))
    });
    adapted
}

pub(super) fn versions(
    added_up: &AddedUp,
    card: &CardPath,
) -> Vec<(Option<String>, Vec<CardPath>)> {
    let mut versions: BTreeMap<(bool, Option<String>), BTreeSet<CardPath>> = BTreeMap::new();
    for report in added_up.reports() {
        let about = report.experience.about.iter();
        for used in about.filter(|used| used.card == *card) {
            let key = (used.commit.is_none(), used.commit.clone());
            versions.entry(key).or_default().insert(report.path.clone());
        }
    }
    versions
        .into_iter()
        .map(|((_, commit), reports)| (commit, reports.into_iter().collect()))
        .collect()
}
