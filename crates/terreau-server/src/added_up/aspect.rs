//! One thing that reports say: what a figure is traced to its sources by.

use std::str::FromStr;

use terreau_card::CardPath;
use terreau_card::facets::{Facet, population_class};
use terreau_experience::{Again, Count, Counted, Mark, Measure, Nature, Said};

use super::{ReportLine, Saying, measure_label, say_amount, say_range, source_label};
use crate::facets;
use crate::facts::Piece;

/// One thing that reports say, or all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// Every report of what happened.
    All,
    /// Those of what is only planned.
    Planned,
    /// What they say of a measure, of one nature.
    Measure(Measure, Nature),
    /// The marks of a criterion, or those who gave one of them.
    Mark(String, Option<Mark>),
    /// Whether they would do it again, or those who say one thing.
    Again(Option<Again>),
    /// The territories, or those of a class of population.
    Population(Option<String>),
    /// Those of a year; none: those without a date.
    Year(Option<i32>),
    /// What they name.
    Named(Said),
    /// What they changed.
    Adaptations,
}

/// The reports that say something, in groups that say the same.
#[derive(Default)]
pub struct Looked {
    /// What each group says, with its reports; a group without words has all.
    pub groups: Vec<(Option<String>, Vec<ReportLine>)>,
}

impl Looked {
    /// Returns how many lines there are.
    pub fn count(&self) -> usize {
        self.groups.iter().map(|(_, lines)| lines.len()).sum()
    }
}

const SAID: [(Said, &str); 4] = [
    (Said::Satisfaction, "satisfactions"),
    (Said::Obstacle, "obstacles"),
    (Said::Tip, "tips"),
    (Said::Surprise, "surprises"),
];

/// Returns the key of the format that holds what is named.
pub(super) fn key_of(said: Said) -> &'static str {
    let known = SAID.iter().find(|(its, _)| *its == said);
    known.map_or("", |(_, key)| key)
}

impl Aspect {
    /// Returns the word that stands for it in an address.
    pub fn code(&self) -> String {
        match self {
            Aspect::All => String::new(),
            Aspect::Planned => "planned".into(),
            Aspect::Measure(measure, Nature::Observed) => measure.as_str().into(),
            Aspect::Measure(measure, nature) => {
                format!("{}.{}", measure.as_str(), nature.as_str())
            }
            Aspect::Mark(criterion, None) => format!("mark.{criterion}"),
            Aspect::Mark(criterion, Some(mark)) => format!("mark.{criterion}.{}", mark.get()),
            Aspect::Again(None) => "again".into(),
            Aspect::Again(Some(again)) => format!("again.{}", again.as_str()),
            Aspect::Population(None) => "territories".into(),
            Aspect::Population(Some(class)) => format!("territories.{class}"),
            Aspect::Year(None) => "year.unknown".into(),
            Aspect::Year(Some(year)) => format!("year.{year}"),
            Aspect::Named(said) => key_of(*said).into(),
            Aspect::Adaptations => "adaptations".into(),
        }
    }

    /// Reads the word of an address; nothing for what is none.
    pub fn read(code: &str) -> Option<Aspect> {
        let mut words = code.splitn(3, '.');
        let first = words.next()?;
        let (second, third) = (words.next(), words.next());
        let named = SAID.iter().find(|(_, key)| *key == first);
        let measure = Measure::ALL.into_iter().find(|one| one.as_str() == first);
        Some(match (first, second, third) {
            ("", None, None) => Aspect::All,
            ("planned", None, None) => Aspect::Planned,
            ("mark", Some(criterion), None) => Aspect::Mark(criterion.into(), None),
            ("mark", Some(criterion), Some(mark)) => {
                Aspect::Mark(criterion.into(), Some(Mark::new(mark.parse().ok()?)?))
            }
            ("again", None, None) => Aspect::Again(None),
            ("again", Some(again), None) => Aspect::Again(Some(Again::from_str(again).ok()?)),
            ("territories", None, None) => Aspect::Population(None),
            ("territories", Some(class), None) => {
                let known = Facet::Population.classes().contains(&class);
                Aspect::Population(known.then(|| Some(class.to_owned()))?)
            }
            ("year", Some("unknown"), None) => Aspect::Year(None),
            ("year", Some(year), None) => Aspect::Year(Some(year.parse().ok()?)),
            ("adaptations", None, None) => Aspect::Adaptations,
            (_, None, None) if named.is_some() => Aspect::Named(named?.0),
            (_, None, None) => Aspect::Measure(measure?, Nature::Observed),
            (_, Some(nature), None) => Aspect::Measure(measure?, Nature::from_str(nature).ok()?),
            _ => return None,
        })
    }

    /// Says what is looked at: « Durée, estimée ».
    pub fn heading(&self, saying: &Saying<'_>) -> String {
        let words = saying.words;
        match self {
            Aspect::All => words.say("added-up-aspect-all"),
            Aspect::Planned => words.say("added-up-planned"),
            Aspect::Measure(measure, nature) => words.tell_two(
                "added-up-aspect-measure",
                "measure",
                measure_label(*measure, words),
                "nature",
                words.say(&format!("card-nature-{}", nature.as_str())),
            ),
            Aspect::Mark(criterion, mark) => {
                let label = criterion_label(saying, criterion);
                match mark {
                    None => label,
                    Some(mark) => words.tell_two(
                        "facts-labelled",
                        "label",
                        label,
                        "value",
                        words.tell("card-mark", "mark", mark.get()),
                    ),
                }
            }
            Aspect::Again(None) => words.say("added-up-again"),
            Aspect::Again(Some(again)) => words.tell_two(
                "added-up-aspect-again",
                "question",
                words.say("added-up-again"),
                "answer",
                words.say(&format!("facts-again-{}", again.as_str())),
            ),
            Aspect::Population(None) => words.say("added-up-territories"),
            Aspect::Population(Some(class)) => words.tell_two(
                "facts-labelled",
                "label",
                words.say("added-up-territories"),
                "value",
                facets::label(Facet::Population, class, saying.config(), words),
            ),
            Aspect::Year(Some(year)) => {
                words.tell("added-up-aspect-year", "year", year.to_string())
            }
            Aspect::Year(None) => words.say("added-up-undated"),
            Aspect::Named(said) => words.say(&format!("added-up-named-{}", key_of(*said))),
            Aspect::Adaptations => words.say("added-up-adaptations"),
        }
    }
}

fn criterion_label(saying: &Saying<'_>, code: &str) -> String {
    let criteria = saying.config().criteria.iter();
    let known = criteria.into_iter().find(|one| one.code == code);
    known.map_or_else(
        || code.to_owned(),
        |one| one.label.get(saying.words.language).to_owned(),
    )
}

/// Returns the reports that say something, each with what it says.
pub fn looked_at(aspect: &Aspect, saying: &Saying<'_>) -> Looked {
    let (added_up, words) = (saying.added_up, saying.words);
    let line =
        |path: &CardPath, says: Option<String>| ReportLine::at(path, says, saying.reports, words);
    let one_group = |lines: Vec<ReportLine>| Looked {
        groups: vec![(None, lines)],
    };
    match aspect {
        Aspect::All => one_group(
            added_up
                .reports()
                .map(|report| ReportLine::of(report, None, words))
                .collect(),
        ),
        Aspect::Planned => one_group(
            added_up
                .planned()
                .map(|report| ReportLine::of(report, None, words))
                .collect(),
        ),
        Aspect::Measure(measure, nature) => {
            let spread = added_up.spread(*measure, *nature);
            let lines = spread.amounts().iter().filter_map(|amount| {
                let said = say_range(*measure, amount.low, amount.high, words);
                let said = match amount.is_exact {
                    true => said,
                    false => words.tell("facts-about", "value", said),
                };
                line(&amount.report, Some(said))
            });
            one_group(lines.collect())
        }
        Aspect::Mark(criterion, only) => {
            let criteria: Vec<_> = saying.config().criteria.iter().collect();
            let known: Vec<_> = criteria
                .into_iter()
                .filter(|one| one.code == *criterion)
                .cloned()
                .collect();
            let marks = added_up.marks(&known);
            let counted = marks.first().map(|its| &its.marks);
            grouped(counted, saying, |mark| {
                only.is_none_or(|only| only == *mark)
                    .then(|| words.tell("card-mark", "mark", mark.get()))
            })
        }
        Aspect::Again(only) => {
            let again = added_up.again();
            let mut looked = grouped(Some(&again.known), saying, |its| {
                only.is_none_or(|only| only == *its)
                    .then(|| words.say(&format!("facts-again-{}", its.as_str())))
            });
            if only.is_none_or(|only| only == Again::Unknown) && !again.unknown.is_empty() {
                let lines = again.unknown.iter().filter_map(|path| line(path, None));
                let says = words.say("facts-again-unknown");
                looked.groups.push((Some(says), lines.collect()));
            }
            looked
        }
        Aspect::Population(only) => {
            let of_class = |population: Option<u64>| match only {
                None => true,
                Some(class) => population.is_some_and(|count| population_class(count) == class),
            };
            let tested = added_up.territories().into_iter();
            let groups = tested
                .filter(|one| of_class(one.place.population))
                .map(|one| {
                    let lines = one.reports.iter().filter_map(|path| line(path, None));
                    (Some(place_label(&one.place, saying)), lines.collect())
                });
            Looked {
                groups: groups.collect(),
            }
        }
        Aspect::Year(year) => one_group(
            added_up
                .reports()
                .filter(|report| report.experience.period.year() == *year)
                .map(|report| ReportLine::of(report, None, words))
                .collect(),
        ),
        Aspect::Named(said) => {
            let named = added_up.named(*said).into_iter();
            let groups = named.map(|one| {
                let lines = one.wordings.iter().filter_map(|(path, text)| {
                    let own =
                        (*text != one.text).then(|| words.tell("added-up-quoted", "text", text));
                    line(path, own)
                });
                (Some(one.text.clone()), lines.collect())
            });
            Looked {
                groups: groups.collect(),
            }
        }
        Aspect::Adaptations => one_group(
            added_up
                .adaptations()
                .into_iter()
                .filter_map(|adapted| line(&adapted.report, Some(adapted.adaptation.changed)))
                .collect(),
        ),
    }
}

/// Puts the reports that say the same together, under what they say.
fn grouped<K>(
    counted: Option<&Counted<K>>,
    saying: &Saying<'_>,
    says: impl Fn(&K) -> Option<String>,
) -> Looked {
    let mut looked = Looked::default();
    for count in counted.map_or(&[] as &[Count<K>], Counted::counts) {
        let Some(said) = says(&count.of).filter(|_| !count.reports.is_empty()) else {
            continue;
        };
        let lines = count
            .reports
            .iter()
            .filter_map(|path| ReportLine::at(path, None, saying.reports, saying.words));
        match looked.groups.last_mut() {
            // Few reports stand each for itself, even when two say the same.
            Some((Some(last), group)) if *last == said => group.extend(lines),
            _ => looked.groups.push((Some(said), lines.collect())),
        }
    }
    looked
}

fn place_label(place: &terreau_experience::Place, saying: &Saying<'_>) -> String {
    let count = place.population.and_then(|count| i64::try_from(count).ok());
    match count {
        None => place.name.clone(),
        Some(count) => saying.words.tell_two(
            "added-up-place",
            "name",
            &place.name,
            "population",
            crate::facts::say::inhabitants_count(count, saying.words),
        ),
    }
}

/// Returns where the reports that say something are read: themselves when they are few, else their list.
pub(super) fn sources(
    reports: &[CardPath],
    most: usize,
    aspect: &Aspect,
    saying: &Saying<'_>,
) -> Vec<Piece> {
    if reports.len() <= most {
        return reports
            .iter()
            .map(|path| source_label(path, saying.reports))
            .collect();
    }
    let count = saying
        .words
        .tell("added-up-reports", "count", reports.len());
    vec![Piece::link(count, saying.list_of(aspect))]
}

/// Says the amount of one report, « environ » when nobody counted.
pub(super) fn said_amount(
    measure: Measure,
    amount: &terreau_experience::Amount,
    saying: &Saying<'_>,
) -> String {
    let words = saying.words;
    let said = if (amount.high - amount.low).abs() < 1e-9 {
        say_amount(measure, amount.low, words)
    } else {
        say_range(measure, amount.low, amount.high, words)
    };
    match amount.is_exact {
        true => said,
        false => words.tell("facts-about", "value", said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_back() {
        let mark = Mark::new(3).expect("a mark");
        let mut all = vec![
            Aspect::All,
            Aspect::Planned,
            Aspect::Mark("pouvoir-d-agir".into(), None),
            Aspect::Mark("clarte".into(), Some(mark)),
            Aspect::Again(None),
            Aspect::Again(Some(Again::AsIs)),
            Aspect::Population(None),
            Aspect::Population(Some("500-to-2000".into())),
            Aspect::Year(None),
            Aspect::Year(Some(2019)),
            Aspect::Adaptations,
        ];
        all.extend(Said::ALL.map(Aspect::Named));
        for measure in Measure::ALL {
            all.extend(
                Nature::ALL
                    .iter()
                    .map(|nature| Aspect::Measure(measure, *nature)),
            );
        }
        for aspect in all {
            assert_eq!(Aspect::read(&aspect.code()), Some(aspect));
        }
        for nothing in [
            "zzz",
            "mark",
            "mark.a.9",
            "year.x",
            "duration.zzz",
            "territories.0",
            "a.b.c",
        ] {
            assert_eq!(Aspect::read(nothing), None, "{nothing}");
        }
    }
}
