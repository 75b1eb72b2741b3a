//! Facts, as they are said.

use super::say::*;
use crate::Words;
use terreau_card::Language;

fn french() -> Words {
    Words::of(Language::French)
}

fn english() -> Words {
    Words::of(Language::English)
}

/// Makes no-break spaces visible as plain ones, so that tables stay readable.
fn plain(text: Option<String>) -> String {
    text.unwrap_or_default()
        .replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn durations_are_said() {
    for (min, max, in_french, in_english) in [
        (Some("PT20M"), Some("PT20M"), "20 minutes", "20 minutes"),
        (Some("PT1H"), Some("PT1H"), "une heure", "one hour"),
        (Some("PT90M"), Some("PT90M"), "1 h 30", "1 h 30"),
        (Some("PT2H"), Some("PT3H"), "2 à 3 heures", "2 to 3 hours"),
        (
            Some("PT45M"),
            Some("PT1H30M"),
            "45 min à 1 h 30",
            "45 min to 1 h 30",
        ),
        (
            Some("PT2H"),
            Some("P1D"),
            "2 heures à un jour",
            "2 hours to one day",
        ),
        (Some("P7D"), Some("P7D"), "une semaine", "one week"),
        (Some("P1W"), Some("P3W"), "1 à 3 semaines", "1 to 3 weeks"),
        (Some("P1M"), Some("P6M"), "1 à 6 mois", "1 to 6 months"),
        (Some("P12M"), Some("P24M"), "1 à 2 ans", "1 to 2 years"),
        (Some("P1Y6M"), Some("P1Y6M"), "18 mois", "18 months"),
        (Some("P3D"), None, "à partir de 3 jours", "from 3 days"),
        (None, Some("PT2H"), "jusqu’à 2 heures", "up to 2 hours"),
        (Some("bientôt"), Some("bientôt"), "bientôt", "bientôt"),
        (None, None, "", ""),
    ] {
        assert_eq!(plain(durations(min, max, french())), in_french);
        assert_eq!(plain(durations(min, max, english())), in_english);
    }
}

#[test]
fn margins_are_short() {
    for (given, said) in [(5, "5 min"), (60, "1 h"), (90, "1 h 30"), (125, "2 h 05")] {
        assert_eq!(plain(Some(minutes(given))), said);
    }
}

#[test]
fn costs_are_said() {
    for (min, max, in_french, in_english) in [
        (Some(0.0), Some(0.0), "gratuit", "free"),
        (Some(0.0), Some(50.0), "jusqu’à 50 €", "up to €50"),
        (None, Some(50.0), "jusqu’à 50 €", "up to €50"),
        (Some(100.0), Some(1000.0), "100 à 1 000 €", "€100 to €1,000"),
        (Some(2500.5), Some(2500.5), "2 500,5 €", "€2,500.5"),
        (Some(100.0), None, "à partir de 100 €", "from €100"),
        (None, None, "", ""),
    ] {
        assert_eq!(plain(cost(min, max, french())), in_french);
        assert_eq!(plain(cost(min, max, english())), in_english);
    }
}

#[test]
fn people_and_communes_are_said() {
    for (min, max, said) in [
        (Some(3), Some(6), "3 à 6 personnes"),
        (Some(1), Some(1), "une personne"),
        (Some(10), None, "10 personnes ou plus"),
        (None, Some(20), "jusqu’à 20 personnes"),
        (Some(500), Some(1500), "500 à 1 500 personnes"),
    ] {
        assert_eq!(plain(people(min, max, french())), said);
    }
    for (min, max, said) in [
        (None, None, "toutes tailles"),
        (Some(0), Some(2000), "moins de 2 000 habitants"),
        (Some(500), None, "plus de 500 habitants"),
        (Some(500), Some(2000), "500 à 2 000 habitants"),
    ] {
        assert_eq!(plain(inhabitants(min, max, french())), said);
    }
    assert_eq!(
        plain(person_days(Some(2.0), Some(4.5), french())),
        "2 à 4,5 jours-personne"
    );
    assert_eq!(
        plain(person_days(Some(0.5), Some(0.5), french())),
        "0,5 jour-personne"
    );
}

#[test]
fn numbers_follow_the_language() {
    for (value, in_french, in_english) in [
        (0.0, "0", "0"),
        (1234.0, "1 234", "1,234"),
        (1_000_000.0, "1 000 000", "1,000,000"),
        (-2.5, "−2,5", "−2.5"),
        (0.126, "0,13", "0.13"),
    ] {
        assert_eq!(plain(Some(number(value, Language::French))), in_french);
        assert_eq!(plain(Some(number(value, Language::English))), in_english);
    }
}
