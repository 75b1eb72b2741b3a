//! The experiences of the starter commons, and of the method that they tell of.

use std::fs;

use terreau_card::{CommonsConfig, check_card};

use super::{cards_of, content, path, root, told_twice};
use crate::{AddedUp, Level, Measure, Nature, Said};

#[test]
fn every_experience_says_something_and_loses_nothing() {
    let cards = cards_of("experiences");
    let content = content();
    assert!(content.len() >= 14);
    for (report, _) in &content {
        let card = &cards[&report.path];
        let said = &report.experience;
        let length = |key: &str| {
            let list = card.value(key).and_then(terreau_card::Value::as_list);
            list.map_or(0, <[_]>::len)
        };
        assert_eq!(said.figures.len(), length("figures"), "{}", report.path);
        assert_eq!(said.about.len(), length("about"), "{}", report.path);
        assert_eq!(
            report.places.len(),
            length("territories"),
            "{}",
            report.path
        );
        assert_eq!(said.obstacles.len(), length("obstacles"), "{}", report.path);
        assert_eq!(
            said.period.start.is_some(),
            card.value("start").is_some(),
            "{}",
            report.path
        );
        assert_eq!(
            said.duration.is_some(),
            card.value("duration").is_some(),
            "{}",
            report.path
        );
        assert_eq!(
            said.cost.is_some(),
            card.value("cost").is_some(),
            "{}",
            report.path
        );
        assert!(
            said.again.is_some() && said.independence.is_some(),
            "{}",
            report.path
        );
    }
}

#[test]
fn a_residence_was_tried_on_several_territories_and_another_is_planned() {
    let method = path("methodes/residence-d-immersion");
    let is_about =
        |one: &crate::Report| one.experience.about.iter().any(|used| used.card == method);
    let reports = content()
        .into_iter()
        .map(|(report, _)| report)
        .filter(is_about);
    let added_up: AddedUp = reports.collect();
    assert_eq!(added_up.tried().level(), Level::Several);
    let planned: Vec<String> = added_up.planned().map(|one| one.path.to_string()).collect();
    assert_eq!(planned, ["experiences/residence-react"]);
    let observed = added_up.spread(Measure::Duration, Nature::Observed);
    assert!(
        observed
            .reports()
            .iter()
            .all(|one| one.slug() != "residence-react")
    );
    assert!(
        added_up
            .named(Said::Obstacle)
            .iter()
            .all(|one| !one.reports.is_empty())
    );
}

#[test]
fn the_case_told_twice_is_told_in_good_cards() {
    let config = fs::read_to_string(root().join("content/commons.toml")).unwrap();
    let config = CommonsConfig::read(&config).unwrap();
    for (report, _) in told_twice() {
        let file = root().join(format!("tests/fixtures/{}.md", report.path));
        let (card, _) = terreau_card::Card::read(&fs::read_to_string(file).unwrap());
        let problems = check_card(&report.path, &card, &config);
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

#[test]
fn a_case_told_twice_is_one_territory_and_keeps_both_figures() {
    let added_up: AddedUp = told_twice().into_iter().map(|(report, _)| report).collect();
    assert_eq!(added_up.tried().territories, 1);
    let population = added_up
        .figures(Nature::Observed)
        .into_iter()
        .find(|one| one.label == "Population de la région")
        .unwrap();
    let values: Vec<f64> = population
        .spread
        .amounts()
        .iter()
        .map(|one| one.low)
        .collect();
    assert_eq!(values, [2_795_000.0, 2_821_000.0]);
    let named = added_up.named(Said::Tip);
    assert_eq!((named.len(), named[0].reports.len()), (1, 2));
}
