//! What reports say together.

use terreau_card::{Card, Labels, Term};

use super::{path, paths, report};
use crate::{AddedUp, Again, Counted, Level, Mark, Measure, Nature, Planned, Said, Spread};

const DAY: f64 = 1440.0;

/// Reports at `experiences/a`, `experiences/b`… with these front matters.
fn added_up(fronts: &[&str]) -> AddedUp {
    let slugs = ('a'..='z').map(|letter| letter.to_string());
    slugs
        .zip(fronts)
        .map(|(slug, front)| report(&slug, front))
        .collect()
}

fn criteria(codes: &[&str]) -> Vec<Term> {
    let term = |code: &&str| Term {
        code: (*code).to_owned(),
        label: Labels::default(),
        terms: Vec::new(),
    };
    codes.iter().map(term).collect()
}

#[test]
fn below_three_reports_there_is_nothing_but_the_reports() {
    let two = added_up(&["duration: P2D\n", "duration: P4D\n"]);
    let Spread::Few(amounts) = two.spread(Measure::Duration, Nature::Observed) else {
        panic!("two are few");
    };
    assert_eq!(
        amounts.iter().map(|one| one.low).collect::<Vec<_>>(),
        [2.0 * DAY, 4.0 * DAY]
    );
    let three = added_up(&[
        "duration: P2D\n",
        "duration: P4D\n",
        "duration: {min: P1D, max: P9D}\n",
    ]);
    let Spread::Many(many) = three.spread(Measure::Duration, Nature::Observed) else {
        panic!("three are many");
    };
    assert_eq!(
        (
            many.reports,
            many.min,
            many.median,
            many.max,
            many.quartiles
        ),
        (3, DAY, 4.0 * DAY, 9.0 * DAY, None)
    );
    assert_eq!(many.amounts.len(), 3);
}

#[test]
fn quartiles_come_from_eight_on() {
    let fronts: Vec<String> = (1..=9)
        .map(|days| format!("staff: {{days: {days}}}\n"))
        .collect();
    let fronts: Vec<&str> = fronts.iter().map(String::as_str).collect();
    let Spread::Many(many) = added_up(&fronts).spread(Measure::StaffDays, Nature::Observed) else {
        panic!("nine are many");
    };
    assert_eq!((many.median, many.quartiles), (5.0, Some((3.0, 7.0))));
}

#[test]
fn what_is_planned_is_never_mixed_with_what_was_observed() {
    let added_up = added_up(&[
        "state: planned\nduration: P9D\nparticipants: {count: 500}\nobstacles: [Le temps]\nmarks: {clarte: 4}\n\
         figures: [{value: 9, label: Arbres, nature: observed}]\nterritories: [{name: A}]\n",
        "state: running\nduration: P5D\nparticipants: {count: 20}\n",
        "figures: [{value: 5, label: Arbres, nature: observed}, {value: 50, label: Arbres, nature: planned}]\nduration: P1D\n",
    ]);
    let amounts = |measure, nature| -> Vec<f64> {
        let spread = added_up.spread(measure, nature);
        spread.amounts().iter().map(|one| one.low).collect()
    };
    assert_eq!(amounts(Measure::Duration, Nature::Planned), [9.0 * DAY]);
    assert_eq!(amounts(Measure::Duration, Nature::Estimated), [5.0 * DAY]);
    assert_eq!(amounts(Measure::Duration, Nature::Observed), [DAY]);
    assert_eq!(amounts(Measure::Participants, Nature::Observed), [20.0]);
    let figures = |nature| -> Vec<f64> {
        let figures = added_up.figures(nature);
        figures
            .iter()
            .flat_map(|one| one.spread.amounts())
            .map(|one| one.low)
            .collect()
    };
    assert_eq!(figures(Nature::Observed), [5.0]);
    assert_eq!(figures(Nature::Planned), [9.0, 50.0]);
    assert_eq!(added_up.reports().count(), 2);
    assert_eq!(added_up.planned().count(), 1);
    assert!(added_up.named(Said::Obstacle).is_empty());
    assert!(added_up.marks(&criteria(&["clarte"]))[0].marks.is_empty());
    assert_eq!(added_up.tried().territories, 0);
}

#[test]
fn three_figures_of_one_report_are_not_three_reports() {
    let added_up = added_up(&[
        "figures: [{value: 1, label: Arbres, nature: observed}, {value: 2, label: Les arbres, nature: observed}, \
         {value: 3, label: arbre, nature: observed}, {value: 4, label: Arbres, unit: ares, nature: observed}]\n",
        "figures: [{value: 5, label: Arbres, nature: observed}]\n",
    ]);
    let figures = added_up.figures(Nature::Observed);
    assert_eq!(figures.len(), 2, "trees and ares of trees");
    assert_eq!(figures[0].label, "arbre");
    assert!(matches!(&figures[0].spread, Spread::Few(amounts) if amounts.len() == 4));
}

#[test]
fn a_cost_a_year_is_not_a_cost_in_all() {
    let added_up = added_up(&[
        "cost: {amount_eur: 100, per: total}\n",
        "cost: {amount_eur: 200, per: year}\n",
        "cost: {amount_eur: 300, per: month}\n",
        "cost: {amount_eur: 400}\n",
    ]);
    for (measure, expected) in [
        (Measure::CostTotal, 100.0),
        (Measure::CostYearly, 200.0),
        (Measure::CostMonthly, 300.0),
    ] {
        let spread = added_up.spread(measure, Nature::Observed);
        assert_eq!(spread.amounts().len(), 1);
        assert_eq!(spread.amounts()[0].low, expected);
    }
}

#[test]
fn a_method_is_held_against_what_was_observed() {
    let text = "---\nkind: method\nduration: {min: P2D, max: P3D}\ncost_eur: {max: 100}\n---\n";
    let planned = Planned::read(&Card::read(text).0);
    let added_up = added_up(&[
        "duration: P1D\n",
        "duration: {min: P3D, max: P5D}\n",
        "duration: P9D\n",
        // What several methods took together says nothing of one.
        "about: [{card: methodes/a}, {card: methodes/b}]\nduration: P90D\n",
    ]);
    let against = added_up.against(&planned, Measure::Duration).unwrap();
    assert_eq!(against.below, paths(&["experiences/a"]));
    assert_eq!(against.within, paths(&["experiences/b"]));
    assert_eq!(against.above, paths(&["experiences/c"]));
    assert_eq!(against.planned.min, 2.0 * DAY);
    assert_eq!(
        planned.cost_eur.map(|range| (range.min, range.max)),
        Some((100.0, 100.0))
    );
    assert_eq!(added_up.against(&planned, Measure::StaffFte), None);
}

#[test]
fn marks_have_counts_and_no_average_without_its_number() {
    let added_up = added_up(&[
        "marks: {clarte: 2, effet: 1}\n",
        "marks: {clarte: 4}\n",
        "marks: {clarte: 4, ancien: 3}\n",
    ]);
    let marks = added_up.marks(&criteria(&["effet", "clarte", "duree"]));
    let codes: Vec<&str> = marks.iter().map(|one| one.criterion.as_str()).collect();
    assert_eq!(codes, ["effet", "clarte", "duree"]);
    assert!(
        matches!(&marks[0].marks, Counted::Few(one) if one[0].reports == paths(&["experiences/a"]))
    );
    assert_eq!(marks[0].marks.average(), None);
    let numbers: Vec<usize> = marks[1]
        .marks
        .counts()
        .iter()
        .map(|one| one.number)
        .collect();
    assert_eq!(numbers, [0, 1, 0, 2]);
    let average = marks[1].marks.average().unwrap();
    assert_eq!(
        (average.number, (average.value * 100.0).round()),
        (3, 333.0)
    );
    assert!(marks[2].marks.is_empty());
    let by_year = added_up.marks_by_year("clarte");
    assert!(by_year.is_empty(), "no report has a date");
}

#[test]
fn what_is_nearly_the_same_is_named_once_with_its_sources() {
    let added_up = added_up(&[
        "obstacles: [Le manque de temps des élus., La météo]\n",
        "obstacles: [manque de temps des élu(e)s, Trop de monde]\n",
        "obstacles: [\"Le manque de temps, des élus !\", Pas assez de monde]\n",
        "obstacles: [Le manque de temps des élus., Le manque de temps des élus.]\n",
    ]);
    let named = added_up.named(Said::Obstacle);
    assert_eq!(named[0].text, "Le manque de temps des élus.");
    assert_eq!(
        named[0].reports,
        paths(&["experiences/a", "experiences/c", "experiences/d"])
    );
    assert_eq!(named[0].wordings.len(), 3);
    // Too many people and not enough people are two obstacles.
    let texts: Vec<&str> = named.iter().map(|one| one.text.as_str()).collect();
    for text in ["Trop de monde", "Pas assez de monde", "La météo"] {
        assert!(texts.contains(&text), "{texts:?}");
    }
}

#[test]
fn long_texts_with_one_word_more_are_near() {
    let added_up = added_up(&[
        "tips: [Prévoir un repas partagé après la réunion publique]\n",
        "tips: [Prévoir un bon repas partagé après les réunions publiques]\n",
        "tips: [Ne pas prévoir de repas partagé après la réunion publique]\n",
    ]);
    let named = added_up.named(Said::Tip);
    assert_eq!(named.len(), 2, "{named:#?}");
    assert_eq!(named[0].reports, paths(&["experiences/a", "experiences/b"]));
}

#[test]
fn what_most_say_gathers_what_is_near() {
    // The second is near to both others, which are not near to each other.
    let said = [
        "ail noix pain vin lait miel",
        "beurre noix pain vin lait miel",
        "noix pain vin lait beurre zeste",
    ];
    let said = said.map(|text| format!("tips: [{text}]\n"));
    let added_up = added_up(&[&said[0], &said[1], &said[1], &said[2]]);
    let named = added_up.named(Said::Tip);
    assert_eq!(named.len(), 1, "{named:#?}");
    assert_eq!(
        (named[0].text.as_str(), named[0].reports.len()),
        ("beurre noix pain vin lait miel", 4)
    );
}

#[test]
fn territories_count_once_and_the_latest_population_is_theirs() {
    let added_up = added_up(&[
        "territories: [{name: Lunas, insee: \"34144\", population: 400, population_year: 2010}]\n",
        "territories: [{name: Lunas, insee: \"34144\", population: 700, population_year: 2020}, {name: Vallée}]\n",
        "territories: [{name: Vers, population: 900}]\n",
        "territories: [{name: Ville, population: 60000}]\n",
    ]);
    let tried = added_up.tried();
    assert_eq!((tried.reports, tried.territories), (4, 4));
    let names: Vec<String> = added_up
        .territories()
        .into_iter()
        .map(|one| one.place.name)
        .collect();
    assert_eq!(names, ["Lunas", "Vallée", "Vers", "Ville"]);
    let populations = added_up.populations();
    let numbers: Vec<usize> = populations.counts().iter().map(|one| one.number).collect();
    assert_eq!(numbers, [0, 2, 0, 0, 0, 1]);
    assert_eq!(populations.counts()[1].of, "500-to-2000");
    assert_eq!(
        populations.counts()[1].reports,
        paths(&["experiences/a", "experiences/b", "experiences/c"])
    );
    assert_eq!(added_up.uncounted_territories().len(), 1);
}

#[test]
fn few_populations_come_in_the_order_of_sizes() {
    let added_up = added_up(&[
        "territories: [{name: Grande, population: 90000}, {name: Petite, population: 90}]\n",
    ]);
    let Counted::Few(few) = added_up.populations() else {
        panic!("two are few");
    };
    assert_eq!([few[0].of, few[1].of], ["under-500", "over-50000"]);
}

#[test]
fn the_level_of_experience() {
    let here = "territories: [{name: Ici}]\n";
    let there = "territories: [{name: Là}]\n";
    for (fronts, expected) in [
        (vec![], Level::Never),
        (
            vec!["state: planned\nterritories: [{name: Ici}]\nindependence: evaluator\n"],
            Level::Never,
        ),
        (vec![""], Level::Once),
        (vec!["", ""], Level::Once),
        (vec![here, here], Level::Once),
        (vec![here, there], Level::Several),
        (
            vec!["territories: [{name: Ici}, {name: Là}]\n"],
            Level::Several,
        ),
        (vec!["independence: observer\n"], Level::Once),
        (vec![here, "independence: evaluator\n"], Level::Evaluated),
    ] {
        assert_eq!(added_up(&fronts).tried().level(), expected, "{fronts:?}");
    }
    let both = added_up(&[here, there, "independence: evaluator\n"]);
    assert_eq!(both.tried().classes(), ["several", "evaluated"]);
}

#[test]
fn again_versions_adaptations_and_years() {
    let added_up = added_up(&[
        "again: as-is\nstart: 2019\nabout: [{card: methodes/x, commit: aaa}]\nadaptations: [{changed: Dehors}]\n",
        "again: no\nstart: 2021-05\nabout: [{card: methodes/x}]\nadaptations: [{changed: La nuit}]\n",
        "again: as-is\nend: 2021\nabout: [{card: methodes/x, commit: aaa}, {card: outils/y, commit: bbb}]\n",
        "again: unknown\n",
    ]);
    let again = added_up.again();
    let numbers: Vec<(Again, usize)> = again
        .known
        .counts()
        .iter()
        .map(|one| (one.of, one.number))
        .collect();
    assert_eq!(
        numbers,
        [(Again::AsIs, 2), (Again::Adapted, 0), (Again::No, 1)]
    );
    assert_eq!(again.unknown, paths(&["experiences/d"]));
    assert_eq!(
        added_up.versions(&path("methodes/x")),
        [
            (
                Some("aaa".to_owned()),
                paths(&["experiences/a", "experiences/c"])
            ),
            (None, paths(&["experiences/b"])),
        ]
    );
    let changed: Vec<String> = added_up
        .adaptations()
        .into_iter()
        .map(|one| one.adaptation.changed)
        .collect();
    assert_eq!(changed, ["La nuit", "Dehors"]);
    let trend = added_up.trend();
    let years: Vec<(i32, usize)> = trend
        .years
        .iter()
        .map(|one| (one.year, one.reports.len()))
        .collect();
    assert_eq!(years, [(2019, 1), (2020, 0), (2021, 2)]);
    assert_eq!(trend.undated, paths(&["experiences/d"]));
}

#[test]
fn a_slip_in_a_year_does_not_draw_a_thousand() {
    let trend = added_up(&["start: 1021\n", "start: 2021\n"]).trend();
    assert_eq!(trend.years.len(), 2);
}

#[test]
fn marks_stay_with_their_year() {
    let added_up = added_up(&[
        "start: 2020\nmarks: {clarte: 1}\n",
        "start: 2021\nmarks: {clarte: 4}\n",
        "start: 2021\nmarks: {clarte: 3}\n",
        "start: 2021\nmarks: {clarte: 2}\n",
    ]);
    let years = added_up.marks_by_year("clarte");
    assert_eq!(years[0].1.average(), None);
    assert_eq!(
        years[1].1.average().map(|one| (one.value, one.number)),
        Some((3.0, 3))
    );
    assert_eq!(years[1].1.counts()[3].of, Mark::new(4).unwrap());
}
