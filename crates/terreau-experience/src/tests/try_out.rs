//! What is told in two minutes is read again from the card that comes of it, and the card is sound.

use std::collections::BTreeMap;

use proptest::prelude::*;
use terreau_card::{Card, CardId, CardPath, Kind, Language, check_card};

use super::config;
use crate::{Again, Experience, Mark, State, Territory, TryOut, When, WrittenPlace};

fn told(story: &str) -> TryOut {
    TryOut {
        about: CardPath::parse("outils/porteur-de-parole").unwrap(),
        about_title: "Porteur de parole".to_owned(),
        commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
        place: WrittenPlace {
            name: "Combloux".to_owned(),
            insee: Some("74083".to_owned()),
            vintage: Some(2026),
            department: Some("Haute-Savoie".to_owned()),
            ..WrittenPlace::default()
        },
        start: When::parse("2025-05"),
        people: Some(25),
        story: story.to_owned(),
        changed: Some("Une seule question : c’était le jour du marché".to_owned()),
        marks: BTreeMap::from([("clarte".to_owned(), Mark::new(4).unwrap())]),
        tip: Some("Prévoir de quoi s’asseoir.".to_owned()),
        again: Some(Again::Adapted),
        name: "Léa".to_owned(),
        organisation: Some("Foyer rural".to_owned()),
        language: Language::French,
    }
}

fn card_of(told: &TryOut) -> Card {
    let id: CardId = "01a20162-cdbe-7b82-ab34-d6985ef09fea".parse().unwrap();
    let card = told.card(id, &config());
    // As it is kept: written, then read.
    Card::read(card.text()).0
}

#[test]
fn everything_told_is_read_again() {
    let told = told("Cinquante personnes se sont arrêtées.");
    let card = card_of(&told);
    assert_eq!(card.title(), "Porteur de parole, Combloux (2025)");
    assert_eq!(card.summary(), "Cinquante personnes se sont arrêtées.");
    assert!(
        card.body().contains("Cinquante personnes"),
        "{}",
        card.text()
    );
    let read = Experience::read(&card);
    assert_eq!(read.about[0].card, told.about);
    assert_eq!(read.about[0].commit.as_deref(), Some(told.commit.as_str()));
    assert_eq!(read.territories, [Territory::Written(told.place.clone())]);
    assert_eq!(read.period.start, told.start);
    assert_eq!(read.participants.count, told.people);
    assert_eq!(read.tips, [told.tip.clone().unwrap()]);
    assert_eq!(read.adaptations[0].changed, told.changed.clone().unwrap());
    assert_eq!(read.marks, told.marks);
    assert_eq!(
        (read.again, read.state),
        (told.again, Some(State::Finished))
    );
    let author = &card.authors()[0];
    assert_eq!(
        (author.name.as_str(), author.organisation.as_deref()),
        ("Léa", Some("Foyer rural"))
    );
    let path = CardPath::parse(&format!("experiences/{}", told.slug())).unwrap();
    let faults: Vec<_> = check_card(&path, &card, &config())
        .into_iter()
        .filter(terreau_card::Problem::is_error)
        .collect();
    assert_eq!(faults, [], "{}", card.text());
}

#[test]
fn nothing_that_was_not_told_is_written() {
    let little = TryOut {
        start: None,
        people: None,
        changed: None,
        marks: BTreeMap::new(),
        tip: None,
        again: None,
        organisation: None,
        ..told("Peu de monde.")
    };
    let card = card_of(&little);
    assert_eq!(card.title(), "Porteur de parole, Combloux");
    for key in [
        "start",
        "end",
        "participants",
        "adaptations",
        "marks",
        "tips",
        "again",
    ] {
        assert_eq!(card.value(key), None, "{key}");
    }
}

proptest! {
    #[test]
    fn a_card_comes_of_whatever_is_typed(story in "\\PC{1,900}", title in "\\PC{1,200}", name in "\\PC{1,200}") {
        let mut told = told(&story);
        told.about_title = title;
        told.place.name = name;
        let card = card_of(&told);
        prop_assert_eq!(card.kind(), Some(Kind::Experience));
        prop_assert!(card.title().chars().count() <= 120);
        prop_assert!(card.summary().chars().count() <= 300);
        let path = format!("experiences/{}", told.slug());
        prop_assert!(CardPath::parse(&path).is_ok(), "{}", path);
        let read = Experience::read(&card);
        prop_assert_eq!(&read.tips, &[told.tip.clone().unwrap()]);
    }
}
