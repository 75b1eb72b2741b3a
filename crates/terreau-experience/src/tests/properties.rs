//! Whatever comes and goes, in whatever order, what remains adds up to the same.

use std::collections::BTreeMap;

use proptest::prelude::*;
use terreau_card::{CardPath, Labels, Term};

use super::report;
use crate::{AddedUp, Case, Measure, Nature, Planned, Report, Said, alike};

/// One line of front matter, among few words so that reports often say the same.
fn line() -> impl Strategy<Value = (&'static str, String)> {
    let keyed = |key: &'static str, values: &'static str| {
        proptest::string::string_regex(values)
            .unwrap()
            .prop_map(move |value| (key, value))
    };
    prop_oneof![
        keyed("state", "(planned|running|finished|stopped)"),
        keyed("start", "20(19|20|21)(-0[1-9])?"),
        keyed("duration", "P[1-5]D"),
        keyed("duration", "\\{min: P[1-3]D, max: P[2-9]D\\}"),
        keyed(
            "participants",
            "\\{count: [1-9][0-9]?, exact: (true|false)\\}"
        ),
        keyed("cost", "\\{amount_eur: [0-9]00, per: (total|year|month)\\}"),
        keyed("staff", "\\{fte: [0-3], people: [1-9], days: [0-9]\\.5\\}"),
        keyed("again", "(as-is|adapted|no|unknown)"),
        keyed("independence", "(lead|observer|evaluator)"),
        keyed("marks", "\\{(clarte|effet): [1-4]\\}"),
        keyed(
            "obstacles",
            "\\[((Le manque de temps|Manque de temps|Pas le temps|La distance entre les six communes|La grande distance entre les six communes|La longue distance entre les six communes)(, )?){1,3}\\]"
        ),
        keyed("tips", "\\[(Un repas|Des repas|Du pain)\\]"),
        keyed("adaptations", "\\[\\{changed: (Dehors|Dedans)\\}\\]"),
        keyed("about", "\\[\\{card: methodes/x(, commit: (a|b))?\\}\\]"),
        keyed(
            "territories",
            "\\[((territoires/[ab]|\\{name: (Lunas|LUNAS), insee: \"34144\"(, population: [1-9]000)?\\}|\\{name: Vallée, population: [1-9]00\\})(, )?){1,3}\\]"
        ),
        keyed(
            "figures",
            "\\[(\\{value: [1-4], label: (Arbres|arbre|Les arbres), nature: (observed|planned|estimated)\\}(, )?){1,3}\\]"
        ),
    ]
}

fn any_report() -> impl Strategy<Value = Report> {
    (0..8_u8, proptest::collection::vec(line(), 0..9)).prop_map(|(rank, lines)| {
        let lines: BTreeMap<&str, String> = lines.into_iter().collect();
        let front: String = lines
            .into_iter()
            .map(|(key, value)| format!("{key}: {value}\n"))
            .collect();
        report(&format!("r{rank}"), &front)
    })
}

#[derive(Debug, Clone)]
enum Step {
    Put(Box<Report>),
    Take(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => any_report().prop_map(|report| Step::Put(Box::new(report))),
        1 => (0..8_u8).prop_map(Step::Take),
    ];
    proptest::collection::vec(step, 0..30)
}

/// Everything that pages ask.
fn answers(added_up: &AddedUp) -> String {
    let criteria = ["clarte", "effet"].map(|code| Term {
        code: code.to_owned(),
        label: Labels::default(),
        terms: Vec::new(),
    });
    let planned = Planned::default();
    let natures = Nature::ALL.iter();
    let spreads: Vec<_> = natures
        .flat_map(|nature| Measure::ALL.map(|measure| added_up.spread(measure, *nature)))
        .collect();
    let figures: Vec<_> = Nature::ALL
        .iter()
        .map(|one| added_up.figures(*one))
        .collect();
    let named: Vec<_> = Said::ALL.map(|said| added_up.named(said)).to_vec();
    let card = super::path("methodes/x");
    format!(
        "{:#?}",
        (
            (
                added_up.tried(),
                added_up.territories(),
                added_up.populations()
            ),
            (spreads, figures, named, added_up.marks(&criteria)),
            (
                added_up.again(),
                added_up.adaptations(),
                added_up.states(),
                added_up.trend()
            ),
            (added_up.versions(&card), added_up.marks_by_year("clarte")),
            added_up.against(&planned, Measure::Duration),
        )
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn coming_and_going_in_any_order_is_the_same_as_from_scratch(steps in steps(), seed in any::<u64>()) {
        let mut incremental = AddedUp::default();
        let mut remaining: BTreeMap<CardPath, Report> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Put(report) => {
                    let report = *report;
                    let before = incremental.put(report.clone());
                    let known = remaining.insert(report.path.clone(), report);
                    prop_assert_eq!(before.as_deref(), known.as_ref());
                }
                Step::Take(rank) => {
                    let path = super::path(&format!("experiences/r{rank}"));
                    let taken = incremental.take(&path);
                    let known = remaining.remove(&path);
                    prop_assert_eq!(taken.as_deref(), known.as_ref());
                }
            }
        }
        let mut reports: Vec<Report> = remaining.into_values().collect();
        if !reports.is_empty() {
            let turn = usize::try_from(seed % 1_000).unwrap() % reports.len();
            reports.rotate_left(turn);
            if seed % 2 == 0 {
                reports.reverse();
            }
        }
        let from_scratch = AddedUp::of(reports);
        prop_assert_eq!(answers(&incremental), answers(&from_scratch));
        prop_assert_eq!(&incremental, &from_scratch);
        let paths: Vec<CardPath> = incremental.reports().chain(incremental.planned()).map(|one| one.path.clone()).collect();
        for path in paths {
            incremental.take(&path);
        }
        prop_assert_eq!(incremental, AddedUp::default());
    }

    #[test]
    fn every_number_comes_from_reports_that_are_there(reports in proptest::collection::vec(any_report(), 0..12)) {
        let added_up = AddedUp::of(reports);
        let is_there = |path: &CardPath| added_up.report(path).is_some();
        for nature in Nature::ALL {
            for measure in Measure::ALL {
                let spread = added_up.spread(measure, *nature);
                prop_assert!(spread.reports().iter().all(is_there));
                if let crate::Spread::Many(many) = &spread {
                    prop_assert!(many.reports >= crate::FEW);
                    prop_assert!(many.min <= many.median && many.median <= many.max);
                } else {
                    prop_assert!(spread.reports().len() < crate::FEW);
                }
            }
        }
        for said in Said::ALL {
            for named in added_up.named(said) {
                prop_assert!(!named.reports.is_empty() && named.reports.iter().all(is_there));
                prop_assert!(named.wordings.iter().any(|(_, text)| *text == named.text));
            }
        }
        let trend = added_up.trend();
        let counted: usize = trend.years.iter().map(|year| year.reports.len()).sum();
        prop_assert_eq!(counted + trend.undated.len(), added_up.reports().count());
    }

    #[test]
    fn likeness_is_the_same_both_ways(one in any_report(), two in any_report()) {
        let (one, two) = (Case::new(&one, ""), Case::new(&two, ""));
        let there = alike(&one, &two);
        prop_assert!((there.score - alike(&two, &one).score).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&there.score));
    }
}
