//! What some words say of the card that is looked for, beside its subject: preferences, never filters.

use terreau_card::facets::Facet;

use super::Wish;
use crate::analysis::fold;

/// Words for something that one does in one go, folded and sorted.
const SESSIONS: &[&str] = &[
    "animation",
    "animations",
    "atelier",
    "ateliers",
    "exercice",
    "exercices",
    "game",
    "jeu",
    "jeux",
    "meeting",
    "meetings",
    "rencontre",
    "rencontres",
    "reunion",
    "reunions",
    "seance",
    "seances",
    "session",
    "workshop",
    "workshops",
];
/// Words for something that takes its time, folded and sorted.
const WAYS: &[&str] = &[
    "demarche",
    "demarches",
    "dispositif",
    "method",
    "methode",
    "methodes",
    "methods",
];

/// Words that ask what something is, folded, articles aside.
const DEFINITIONS: &[&[&str]] = &[
    &["c", "est", "quoi"],
    &["qu", "est", "ce", "que"],
    &["qu", "est", "ce", "qu"],
    &["que", "veut", "dire"],
    &["que", "signifie"],
    &["ca", "veut", "dire", "quoi"],
    &["definition"],
    &["what", "is"],
    &["meaning", "of"],
];
/// Words that say that there are many people, or few.
const MANY: &[&[&str]] = &[
    &["grande", "reunion"],
    &["grande", "assemblee"],
    &["grande", "salle"],
    &["grand", "groupe"],
    &["beaucoup", "de", "monde"],
    &["foule"],
    &["large", "group"],
];
const FEW: &[&[&str]] = &[
    &["petit", "groupe"],
    &["petite", "equipe"],
    &["petit", "comite"],
    &["petite", "reunion"],
    &["small", "group"],
];

/// Returns what a text says of the card that is looked for: a session is short, an approach is a method.
pub(super) fn wishes(text: &str) -> Vec<Wish> {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let says = |list: &[&[&str]]| {
        let mut spans = list.iter();
        spans.any(|span| words.windows(span.len()).any(|words| words == *span))
    };
    let is_one_of = |list: &[&str]| words.iter().any(|word| list.binary_search(word).is_ok());
    let mut wishes: Vec<Wish> = Vec::new();
    if says(DEFINITIONS) {
        wishes.push((Facet::Kind, &["page"]));
    } else if is_one_of(WAYS) {
        wishes.push((Facet::Kind, &["method", "pathway", "survey"]));
    }
    if is_one_of(SESSIONS) {
        wishes.push((Facet::Duration, &["under-1h", "1-to-3h", "half-day", "day"]));
    }
    if says(MANY) {
        wishes.push((Facet::People, &["51-150", "over-150"]));
    } else if says(FEW) {
        wishes.push((Facet::People, &["1-2", "3-8"]));
    }
    wishes
}

#[cfg(test)]
mod tests {
    use terreau_card::facets::Facet;

    use super::{SESSIONS, WAYS, wishes};

    #[test]
    fn words_are_sorted_for_the_binary_search() {
        assert!(SESSIONS.is_sorted_by(|a, b| a < b));
        assert!(WAYS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_text_wishes_a_page_a_session_many_people() {
        let facets = |text: &str| -> Vec<Facet> {
            let wishes = wishes(text);
            wishes.into_iter().map(|(facet, _)| facet).collect()
        };
        assert_eq!(facets("C’est quoi la résilience ?"), [Facet::Kind]);
        assert_eq!(facets("qu'est-ce qu'un PCS"), [Facet::Kind]);
        assert_eq!(
            facets("animer une grande réunion"),
            [Facet::Duration, Facet::People]
        );
        assert_eq!(facets("cantine scolaire"), []);
    }
}
