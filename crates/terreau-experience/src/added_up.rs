//! What the reports of one card say together.

mod answers;
mod index;
mod said;
mod trend;

use std::{collections::BTreeMap, sync::Arc};

use terreau_card::{CardPath, Term};

use crate::{
    counted::Counted,
    experience::{Independence, Nature, State},
    measure::Measure,
    place::PlaceId,
    planned::{Against, Planned},
    report::Report,
    spread::Spread,
    tried::Tried,
};

pub use answers::{Adapted, Answers, CriterionMarks, FigureSpread, Tested};
use index::Index;
pub use said::{Named, Said};
pub use trend::{Trend, YearCount};

/// The reports of one card, added up.
///
/// Which reports concern a card is the caller's to say: those whose `about` names it. Reports come and go one by one, in
/// any order; the result is the same as from scratch. What is only planned is kept apart ([`AddedUp::planned`]) and counts
/// in nothing but [`AddedUp::spread`] of [`Nature::Planned`] and [`AddedUp::figures`] of that nature.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AddedUp {
    reports: BTreeMap<CardPath, Arc<Report>>,
    index: Index,
}

impl AddedUp {
    /// Adds reports up from scratch.
    pub fn of<R: Into<Arc<Report>>>(reports: impl IntoIterator<Item = R>) -> AddedUp {
        let mut added_up = AddedUp::default();
        for report in reports {
            added_up.put(report);
        }
        added_up
    }

    /// Puts a report, in the place of the one at its address if there is one, which is returned.
    pub fn put(&mut self, report: impl Into<Arc<Report>>) -> Option<Arc<Report>> {
        let report = report.into();
        let before = self.take(&report.path);
        self.index.put(&report);
        self.reports.insert(report.path.clone(), report);
        before
    }

    /// Takes the report at an address away.
    pub fn take(&mut self, path: &CardPath) -> Option<Arc<Report>> {
        let report = self.reports.remove(path)?;
        self.index.take(&report);
        Some(report)
    }

    /// Returns the report at an address.
    pub fn report(&self, path: &CardPath) -> Option<&Report> {
        self.reports.get(path).map(AsRef::as_ref)
    }

    /// Returns the reports of what happened, in the order of their addresses.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        self.all().filter(|report| report.experience.has_happened())
    }

    /// Returns the reports of what is only planned.
    pub fn planned(&self) -> impl Iterator<Item = &Report> {
        self.all()
            .filter(|report| !report.experience.has_happened())
    }

    /// Says whether there is no report, not even of what is planned.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// Returns what is known of the use of the card.
    pub fn tried(&self) -> Tried {
        let by_evaluators = self.index.independence.get(&Independence::Evaluator);
        Tried {
            reports: self.reports().count(),
            territories: self.index.places.len(),
            is_evaluated: by_evaluators.is_some_and(|reports| !reports.is_empty()),
        }
    }

    /// Returns the territories where it was tried, in the order of their names.
    pub fn territories(&self) -> Vec<Tested> {
        let mut tested: Vec<Tested> = self
            .index
            .places
            .values()
            .filter_map(answers::tested)
            .collect();
        tested.sort_by(|one, two| {
            (&one.place.name, &one.place.id).cmp(&(&two.place.name, &two.place.id))
        });
        tested
    }

    /// Returns the reports of one territory.
    pub fn reports_of(&self, place: &PlaceId) -> Vec<CardPath> {
        let places = self.index.places.get(place);
        places.map_or_else(Vec::new, |reports| reports.keys().cloned().collect())
    }

    /// Returns how many distinct territories there are of each class of population, small ones first.
    pub fn populations(&self) -> Counted<&'static str> {
        answers::populations(self.territories())
    }

    /// Returns the territories whose population nobody knows.
    pub fn uncounted_territories(&self) -> Vec<Tested> {
        let mut tested = self.territories();
        tested.retain(|one| one.place.population.is_none());
        tested
    }

    /// Returns how the amounts of a measure are spread, of one nature only.
    pub fn spread(&self, measure: Measure, nature: Nature) -> Spread {
        Spread::of(self.index.amounts(measure, nature))
    }

    /// Returns what a card announces of a measure against what was observed; none when it announces nothing.
    ///
    /// A report of several cards measures them all together: it is held against none of them.
    pub fn against(&self, planned: &Planned, measure: Measure) -> Option<Against> {
        let is_alone = |path: &CardPath| {
            let report = self.reports.get(path);
            report.is_some_and(|report| report.experience.about.len() < 2)
        };
        let mut amounts = self.index.amounts(measure, Nature::Observed).clone();
        amounts.retain(|amount| is_alone(&amount.report));
        Some(Against::new(planned.of(measure)?, &amounts))
    }

    /// Returns the figures of one nature, those that most reports give first.
    pub fn figures(&self, nature: Nature) -> Vec<FigureSpread> {
        answers::figures(&self.index, nature)
    }

    /// Returns the marks of each criterion of the commons (`CommonsConfig::criteria`), in its order; criteria that it no
    /// longer has are left out.
    pub fn marks(&self, criteria: &[Term]) -> Vec<CriterionMarks> {
        answers::marks(&self.index, criteria)
    }

    /// Returns the marks of a criterion by year, without the reports that have no date.
    pub fn marks_by_year(&self, criterion: &str) -> Vec<(i32, Counted<crate::Mark>)> {
        trend::marks_by_year(self, criterion)
    }

    /// Returns what reports name as satisfactions, obstacles, tips or surprises: what most name first. Texts that say
    /// nearly the same are one.
    pub fn named(&self, said: Said) -> Vec<Named> {
        said::named(&self.index, said)
    }

    /// Returns what was changed of the card, the latest first.
    pub fn adaptations(&self) -> Vec<Adapted> {
        answers::adaptations(self)
    }

    /// Returns whether they would do it again.
    pub fn again(&self) -> Answers {
        answers::again(&self.index)
    }

    /// Returns how far they went: running, finished, stopped.
    pub fn states(&self) -> Counted<State> {
        let happened = [State::Running, State::Finished, State::Stopped];
        Counted::of_reports(&happened, &self.index.states)
    }

    /// Returns in which versions a card was used: each commit with its reports, then those that name none.
    pub fn versions(&self, card: &CardPath) -> Vec<(Option<String>, Vec<CardPath>)> {
        answers::versions(self, card)
    }

    /// Returns how many reports there are of each year.
    pub fn trend(&self) -> Trend {
        trend::trend(&self.index)
    }

    fn all(&self) -> impl Iterator<Item = &Report> {
        self.reports.values().map(AsRef::as_ref)
    }
}

impl FromIterator<Report> for AddedUp {
    fn from_iter<I: IntoIterator<Item = Report>>(reports: I) -> AddedUp {
        AddedUp::of(reports)
    }
}
