//! What reports say, by what they say: kept up to date as they come and go.

use std::collections::{BTreeMap, BTreeSet};

use terreau_card::CardPath;

use super::said::{Said, Wording};
use crate::{
    experience::{Again, Independence, Mark, Nature, State},
    measure::Measure,
    place::{Place, PlaceId},
    report::Report,
    spread::Amount,
    words::Gist,
};

/// The reports that say each thing.
type Reports<K> = BTreeMap<K, BTreeSet<CardPath>>;

/// A figure: its nature, its label and its unit, folded.
pub(super) type FigureKey = (Nature, Gist, String);

/// What reports say. Nothing here has an empty entry, so that equal reports give equal indexes whatever came and went.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Index {
    pub places: BTreeMap<PlaceId, BTreeMap<CardPath, Place>>,
    pub independence: Reports<Independence>,
    pub states: Reports<State>,
    pub again: Reports<Again>,
    /// Reports by the code of a criterion and the mark.
    pub marks: BTreeMap<String, Reports<Mark>>,
    pub years: Reports<Option<i32>>,
    pub said: BTreeMap<Said, BTreeMap<Gist, BTreeSet<Wording>>>,
    measures: BTreeMap<(Measure, Nature), BTreeSet<Amount>>,
    pub figures: BTreeMap<FigureKey, BTreeMap<Amount, Written>>,
}

/// How a figure is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Written {
    pub label: String,
    pub unit: Option<String>,
}

/// Whether a report comes or goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

impl Index {
    /// Adds what a report says.
    pub fn put(&mut self, report: &Report) {
        self.turn(report, Way::In);
    }

    /// Takes what a report says away. It must be the very report that was put.
    pub fn take(&mut self, report: &Report) {
        self.turn(report, Way::Out);
    }

    /// Returns the amounts of a measure, of one nature.
    pub fn amounts(&self, measure: Measure, nature: Nature) -> &BTreeSet<Amount> {
        static NONE: BTreeSet<Amount> = BTreeSet::new();
        self.measures.get(&(measure, nature)).unwrap_or(&NONE)
    }

    /// Both ways go through here, so that all that comes in goes out.
    fn turn(&mut self, report: &Report, way: Way) {
        let (path, said) = (&report.path, &report.experience);
        for (measure, nature, amount) in Measure::all_of(report) {
            in_set(&mut self.measures, (measure, nature), amount, way);
        }
        for figure in &said.figures {
            let unit = terreau_territory::fold(figure.unit.as_deref().unwrap_or_default());
            let nature = match said.has_happened() {
                true => figure.nature,
                // Before anything began, nothing of it was observed.
                false => Nature::Planned,
            };
            let amount = Amount {
                low: figure.value,
                high: figure.value,
                is_exact: true,
                report: path.clone(),
            };
            let written = Written {
                label: figure.label.clone(),
                unit: figure.unit.clone(),
            };
            let key = (nature, Gist::of(&figure.label), unit);
            in_map(&mut self.figures, key, amount, written, way);
        }
        if !said.has_happened() {
            return;
        }
        for place in &report.places {
            in_map(
                &mut self.places,
                place.id.clone(),
                path.clone(),
                place.clone(),
                way,
            );
        }
        if let Some(independence) = said.independence {
            in_set(&mut self.independence, independence, path.clone(), way);
        }
        if let Some(state) = said.state {
            in_set(&mut self.states, state, path.clone(), way);
        }
        if let Some(again) = said.again {
            in_set(&mut self.again, again, path.clone(), way);
        }
        for (criterion, mark) in &said.marks {
            let marks = self.marks.entry(criterion.clone()).or_default();
            in_set(marks, *mark, path.clone(), way);
            if marks.is_empty() {
                self.marks.remove(criterion);
            }
        }
        in_set(&mut self.years, said.period.year(), path.clone(), way);
        for (kind, text) in Said::all_of(said) {
            let gist = Gist::of(text);
            if gist.is_empty() {
                continue;
            }
            let wording = Wording {
                text: text.to_owned(),
                report: path.clone(),
            };
            let wordings = self.said.entry(kind).or_default();
            in_set(wordings, gist, wording, way);
            if wordings.is_empty() {
                self.said.remove(&kind);
            }
        }
    }
}

fn in_set<K: Ord + Clone, V: Ord>(
    index: &mut BTreeMap<K, BTreeSet<V>>,
    key: K,
    value: V,
    way: Way,
) {
    if way == Way::In {
        index.entry(key).or_default().insert(value);
    } else if let Some(values) = index.get_mut(&key) {
        values.remove(&value);
        if values.is_empty() {
            index.remove(&key);
        }
    }
}

/// Where a report says the same twice, its first words stay.
fn in_map<K: Ord + Clone, P: Ord, V>(
    index: &mut BTreeMap<K, BTreeMap<P, V>>,
    key: K,
    place: P,
    value: V,
    way: Way,
) {
    if way == Way::In {
        index.entry(key).or_default().entry(place).or_insert(value);
    } else if let Some(values) = index.get_mut(&key) {
        values.remove(&place);
        if values.is_empty() {
            index.remove(&key);
        }
    }
}
