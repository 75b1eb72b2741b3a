//! The facets of one card.

use super::{
    Facet, cost_classes, duration_classes, people_classes, population_class, population_classes,
};
use crate::check::duration_minutes;
use crate::{Card, CommonsConfig, Kind, Language, Term, Value};

/// Returns the codes of a card in every facet, each once, in the order of facets.
///
/// What other cards say of it is not known here: [`Facet::Tried`], [`Facet::Territory`], and the population of a
/// territory that has a card of its own. A code that the commons does not have is left out.
pub fn facets_of(card: &Card, config: &CommonsConfig) -> Vec<(Facet, String)> {
    let mut codes = Codes {
        card,
        config,
        found: Vec::new(),
    };
    codes.collect();
    let mut found = codes.found;
    // Stable: within a facet, classes stay in their order.
    found.sort_by_key(|(facet, _)| *facet);
    let mut once: Vec<(Facet, String)> = Vec::with_capacity(found.len());
    for pair in found {
        if !once.contains(&pair) {
            once.push(pair);
        }
    }
    once
}

/// Returns the measures of a card as it writes them, from and to: minutes, people, euros, inhabitants.
///
/// The facets of the same names hold their classes. Without an end, "from 12 on", a measure ends at infinity.
pub fn measures_of(card: &Card) -> Vec<(Facet, f64, f64)> {
    let people = card.value("participants").and_then(people);
    let population = card.value("population").and_then(open_range);
    let cost = card.value("cost_eur");
    let measures = [
        (Facet::Duration, duration(card)),
        (Facet::People, people.map(as_decimals)),
        (
            Facet::Cost,
            cost.and_then(|cost| closed_range(cost, number)),
        ),
        (Facet::Population, population.map(as_decimals)),
    ];
    let known = measures.into_iter();
    known
        .filter_map(|(facet, range)| range.map(|(from, to)| (facet, from, to)))
        .collect()
}

/// Returns the path of a term from the root of its vocabulary: `alimentaire/bien-manger-pour-tous`.
pub fn path_of_term(terms: &[Term], code: &str) -> Option<String> {
    terms.iter().find_map(|term| {
        if term.code == code {
            return Some(code.to_owned());
        }
        let below = path_of_term(&term.terms, code)?;
        Some(format!("{}/{below}", term.code))
    })
}

/// Returns the codes of terms, each before those under it; paths when `as_paths`.
pub(super) fn codes(terms: &[Term], as_paths: bool) -> Vec<String> {
    let mut all = Vec::new();
    for term in terms {
        all.push(term.code.clone());
        let below = codes(&term.terms, as_paths).into_iter();
        all.extend(below.map(|code| match as_paths {
            true => format!("{}/{code}", term.code),
            false => code,
        }));
    }
    all
}

struct Codes<'a> {
    card: &'a Card,
    config: &'a CommonsConfig,
    found: Vec<(Facet, String)>,
}

impl<'a> Codes<'a> {
    fn collect(&mut self) {
        for (facet, key) in [
            (Facet::Intention, "intentions"),
            (Facet::Stage, "stages"),
            (Facet::Topic, "topics"),
            (Facet::Difficulty, "difficulty"),
            (Facet::Audience, "audiences"),
            (Facet::Participation, "participation"),
            (Facet::Format, "formats"),
            (Facet::Axis, "axes"),
            (Facet::Axis, "axis"),
            (Facet::Axis, "orientation"),
            (Facet::Axis, "objective"),
        ] {
            self.add_terms(facet, self.card.value(key));
        }
        let heard = self.inside("participants", "audiences");
        self.add_terms(Facet::Audience, heard);
        self.durations();
        self.people();
        self.costs();
        self.population();
        if let Some(kind) = self.card.kind() {
            self.add(Facet::Kind, kind.as_str());
        }
        let language = self
            .card
            .language()
            .map_or(self.config.default_language.code(), primary);
        self.add(Facet::Language, &language.to_ascii_lowercase());
    }

    fn add(&mut self, facet: Facet, code: &str) {
        self.found.push((facet, code.to_owned()));
    }

    fn add_all(&mut self, facet: Facet, codes: &[&str]) {
        for code in codes {
            self.add(facet, code);
        }
    }

    fn inside(&self, key: &str, inner: &str) -> Option<&'a Value> {
        self.card.value(key)?.get(inner)
    }

    /// Adds one code, or every code of a list; in a tree, with all that stands above it.
    fn add_terms(&mut self, facet: Facet, value: Option<&Value>) {
        let terms = self.config.terms(facet.vocabulary().unwrap_or_default());
        let written = match value {
            Some(Value::List(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        for code in written.iter().filter_map(Value::plain) {
            let Some(path) = path_of_term(terms, &code) else {
                continue;
            };
            if facet.is_tree() {
                let levels = path.match_indices('/').map(|(end, _)| end);
                for end in levels.chain([path.len()]) {
                    self.found.push((facet, path[..end].to_owned()));
                }
            } else {
                self.found.push((facet, code));
            }
        }
    }

    fn durations(&mut self) {
        if let Some((min, max)) = duration(self.card) {
            self.add_all(Facet::Duration, duration_classes(min, max));
        }
    }

    fn people(&mut self) {
        if let Some((min, max)) = self.card.value("participants").and_then(people) {
            self.add_all(Facet::People, people_classes(min, max));
        }
    }

    fn costs(&mut self) {
        if let Some((min, max)) = self
            .card
            .value("cost_eur")
            .and_then(|cost| closed_range(cost, number))
        {
            self.add_all(Facet::Cost, cost_classes(min, max));
        }
        // What it costs each year or month says little of what it cost.
        let is_total = self.inside("cost", "per").and_then(Value::as_text) == Some("total");
        let amount = self.inside("cost", "amount_eur").and_then(number);
        if let (true, Some(amount)) = (is_total, amount) {
            self.add_all(Facet::Cost, cost_classes(amount, amount));
        }
    }

    fn population(&mut self) {
        if let Some((min, max)) = self.card.value("population").and_then(open_range) {
            self.add_all(Facet::Population, population_classes(min, max));
        }
        let places = self.card.value("territories").and_then(Value::as_list);
        let inhabitants = self
            .card
            .value("population")
            .into_iter()
            .chain(
                places
                    .into_iter()
                    .flatten()
                    .filter_map(|place| place.get("population")),
            )
            .filter_map(whole);
        for count in inhabitants.collect::<Vec<_>>() {
            self.add(Facet::Population, population_class(count));
        }
    }
}

fn primary(tag: &str) -> &str {
    match Language::parse(tag) {
        Some(language) => language.code(),
        None => tag.split(['-', '_']).next().unwrap_or(tag),
    }
}

/// Returns how long it takes: of a pathway, all its steps. The length of an episode is no time that one gives.
fn duration(card: &Card) -> Option<(f64, f64)> {
    match card.kind() {
        Some(Kind::Episode) => None,
        Some(Kind::Pathway) => {
            let steps = card.value("steps")?.as_list()?;
            steps
                .iter()
                .filter_map(|step| minutes(step.get("duration")?))
                .reduce(|all, step| (all.0 + step.0, all.1 + step.1))
        }
        _ => card.value("duration").and_then(minutes),
    }
}

/// Returns for how many people: those counted, or from so many to so many.
fn people(said: &Value) -> Option<(u64, u64)> {
    match said.get("count").and_then(whole) {
        Some(count) => Some((count, count)),
        None => open_range(said),
    }
}

fn as_decimals((from, to): (u64, u64)) -> (f64, f64) {
    let to = match to {
        u64::MAX => f64::INFINITY,
        to => to as f64,
    };
    (from as f64, to)
}

fn minutes(range: &Value) -> Option<(f64, f64)> {
    closed_range(range, |bound| duration_minutes(bound.as_text()?))
}

/// Reads `{min, max}` where one bound stands for both.
fn closed_range(range: &Value, read: impl Fn(&Value) -> Option<f64>) -> Option<(f64, f64)> {
    let bound = |key: &str| range.get(key).and_then(&read);
    let (min, max) = (bound("min"), bound("max"));
    Some((min.or(max)?, max.or(min)?))
}

/// Reads `{min, max}` where a missing bound is none: "from 12 on".
fn open_range(range: &Value) -> Option<(u64, u64)> {
    let bound = |key: &str| range.get(key).and_then(whole);
    match (bound("min"), bound("max")) {
        (None, None) => None,
        (min, max) => Some((min.unwrap_or(0), max.unwrap_or(u64::MAX))),
    }
}

fn whole(value: &Value) -> Option<u64> {
    u64::try_from(value.as_integer()?).ok()
}

fn number(value: &Value) -> Option<f64> {
    value.as_decimal()
}
