//! What is told in two minutes is read again from the card that comes of it, and the card is sound.

use std::collections::BTreeMap;

use proptest::prelude::*;
use terreau_card::{Card, CardId, CardPath, Kind, Language, check_card};

use super::config;
use crate::{
    Again, Experience, Fault, Mark, State, Territory, Told, TryOut, Typed, When, WrittenPlace,
};

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
        told: Told {
            start: When::parse("2025-05"),
            people: Some(25),
            story: story.to_owned(),
            changed: Some("Une seule question : c’était le jour du marché".to_owned()),
            marks: BTreeMap::from([("clarte".to_owned(), Mark::new(4).unwrap())]),
            tip: Some("Prévoir de quoi s’asseoir.".to_owned()),
            again: Some(Again::Adapted),
        },
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
    assert_eq!(read.period.start, told.told.start);
    assert_eq!(read.participants.count, told.told.people);
    assert_eq!(read.tips, [told.told.tip.clone().unwrap()]);
    assert_eq!(
        read.adaptations[0].changed,
        told.told.changed.clone().unwrap()
    );
    assert_eq!(read.marks, told.told.marks);
    assert_eq!(
        (read.again, read.state),
        (told.told.again, Some(State::Finished))
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
        told: Told {
            story: "Peu de monde.".to_owned(),
            ..Told::default()
        },
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

fn read(change: impl FnOnce(&mut Typed)) -> Result<Told, Vec<(&'static str, Fault)>> {
    let mut typed = Typed {
        story: "Peu de monde.".to_owned(),
        ..Typed::default()
    };
    change(&mut typed);
    Told::read(&typed, &["clarte", "utilite"], 2026)
}

#[test]
fn what_is_typed_is_read_or_blamed_by_its_name() {
    type Typing = fn(&mut Typed);
    let faults: [(Typing, &str, Fault); 16] = [
        (|typed| typed.story = " \n ".into(), "story", Fault::Missing),
        (
            |typed| typed.story = "é".repeat(4_001),
            "story",
            Fault::TooLong(4_000),
        ),
        (
            |typed| typed.changed = "é".repeat(501),
            "changed",
            Fault::TooLong(500),
        ),
        (
            |typed| typed.tip = "é".repeat(501),
            "tip",
            Fault::TooLong(500),
        ),
        (
            |typed| typed.start = "2027".into(),
            "start",
            Fault::Unusable,
        ),
        (
            |typed| typed.start = "1949".into(),
            "start",
            Fault::Unusable,
        ),
        (|typed| typed.start = "25".into(), "start", Fault::Unusable),
        (
            |typed| typed.start = "2025-13".into(),
            "start",
            Fault::Unusable,
        ),
        (
            |typed| typed.start = "hier".into(),
            "start",
            Fault::Unusable,
        ),
        (|typed| typed.people = "0".into(), "people", Fault::Unusable),
        (
            |typed| typed.people = "-3".into(),
            "people",
            Fault::Unusable,
        ),
        (
            |typed| typed.people = "1000001".into(),
            "people",
            Fault::Unusable,
        ),
        (|typed| typed.again = "oui".into(), "again", Fault::Unusable),
        (
            |typed| drop(typed.marks.insert("clarte".into(), "5".into())),
            "marks",
            Fault::Unusable,
        ),
        (
            |typed| drop(typed.marks.insert("clarte".into(), "bien".into())),
            "marks",
            Fault::Unusable,
        ),
        (
            |typed| drop(typed.marks.insert("beaute".into(), "4".into())),
            "marks",
            Fault::Unusable,
        ),
    ];
    for (typing, field, fault) in faults {
        assert_eq!(read(typing), Err(vec![(field, fault)]));
    }
    let told = read(|typed| {
        *typed = Typed {
            story: "  Une ligne.\r\n\r\nUne autre. ".into(),
            start: " 2026-12 ".into(),
            people: "1 000 000".into(),
            changed: " ".into(),
            marks: [("clarte", "4"), ("utilite", "")]
                .map(|(code, mark)| (code.to_owned(), mark.to_owned()))
                .into(),
            tip: "é".repeat(500),
            again: "adapted".into(),
        };
    });
    let expected = Told {
        story: "Une ligne.\n\nUne autre.".to_owned(),
        start: When::parse("2026-12"),
        people: Some(1_000_000),
        changed: None,
        marks: BTreeMap::from([("clarte".to_owned(), Mark::new(4).unwrap())]),
        tip: Some("é".repeat(500)),
        again: Some(Again::Adapted),
    };
    assert_eq!(told, Ok(expected));
    let all = read(|typed| {
        *typed = Typed {
            people: "x".into(),
            ..Typed::default()
        }
    });
    assert_eq!(
        all,
        Err(vec![("story", Fault::Missing), ("people", Fault::Unusable)]),
        "everything that is wrong is said at once"
    );
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
        prop_assert_eq!(&read.tips, &[told.told.tip.clone().unwrap()]);
    }
}
