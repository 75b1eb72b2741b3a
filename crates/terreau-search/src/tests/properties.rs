//! What holds for any commons, any text and any filters.

use std::collections::BTreeSet;

use proptest::prelude::*;
use terreau_card::facets::Facet;
use terreau_card::{CardId, Kind};

use super::{card, index};
use crate::{Document, Index, Lexicon, Query, Searched, SynonymGroup};

const WORDS: [&str; 14] = [
    "jardin",
    "jardins",
    "cantine",
    "école",
    "énergie",
    "élus",
    "atelier",
    "habitants",
    "marché",
    "compost",
    "vélo",
    "eau",
    "réunion",
    "outil",
];
const VALUES: [(Facet, &str); 12] = [
    (Facet::Topic, "eau"),
    (Facet::Topic, "energie"),
    (Facet::Topic, "sante"),
    (Facet::Duration, "1-to-3h"),
    (Facet::Duration, "day"),
    (Facet::People, "9-20"),
    (Facet::People, "21-50"),
    (Facet::Cost, "free"),
    (Facet::Axis, "alimentaire"),
    (Facet::Axis, "alimentaire/cuisiner"),
    (Facet::Kind, "tool"),
    (Facet::Kind, "method"),
];
/// Pieces of queries: words, slips, filters in words, operators.
const PIECES: [&str; 24] = [
    "jardin",
    "jardni",
    "cantine",
    "ecole",
    "l'énergie",
    "elus",
    "atelier",
    "les",
    "marche",
    "comp",
    "velo",
    "eau",
    "2h",
    "20 personnes",
    "gratuit",
    "kind:outil",
    "-jardin",
    "\"école jardin\"",
    "potager",
    "outil",
    "inconnu",
    "cantine-école",
    "jardinécole",
    "sujet:eau",
];

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..=most)
        .prop_map(|words| words.join(" "))
}

fn cards() -> impl Strategy<Value = Vec<Document>> {
    let values = prop::sample::subsequence(&VALUES[..], 0..6);
    let one = (
        words(4),
        words(8),
        words(30),
        values,
        any::<bool>(),
        0..3u32,
    );
    prop::collection::vec(one, 1..25).prop_map(|cards| {
        let numbered = (1u32..).zip(cards);
        let made = numbered.map(
            |(number, (title, summary, text, values, is_english, tried))| {
                let mut made = card(number, &title, &text);
                made.summary = summary;
                made.kind = if number % 2 == 0 {
                    Kind::Tool
                } else {
                    Kind::Method
                };
                made.facets = values
                    .iter()
                    .map(|(facet, code)| (*facet, (*code).to_owned()))
                    .collect();
                made.language = if is_english { "en" } else { "fr" }.to_owned();
                made.tried = tried;
                made
            },
        );
        made.collect()
    })
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..5)
        .prop_map(|pieces| pieces.join(" "))
}

fn filters() -> impl Strategy<Value = Vec<(Facet, String)>> {
    prop::sample::subsequence(&VALUES[..], 0..4).prop_map(|values| {
        let values = values.into_iter();
        values
            .map(|(facet, code)| (facet, code.to_owned()))
            .collect()
    })
}

fn made(cards: Vec<Document>) -> Index {
    let index = index(cards);
    index.set_lexicon(Lexicon {
        synonyms: vec![SynonymGroup {
            from: None,
            words: vec![
                "jardin".to_owned(),
                "potager".to_owned(),
                "école du jardin".to_owned(),
            ],
        }],
        names: vec![
            (Facet::Kind, "tool".to_owned(), vec!["Outil".to_owned()]),
            (Facet::Topic, "eau".to_owned(), vec!["Eau".to_owned()]),
        ],
    });
    index
}

fn found(index: &Index, text: &str, filters: &[(Facet, String)]) -> (usize, BTreeSet<CardId>) {
    let query = Query {
        text: text.to_owned(),
        filters: filters.to_vec(),
        limit: 100,
        ..Query::default()
    };
    let answer = index.search(&query).expect("any text is answered");
    (answer.total, answer.hits.iter().map(|hit| hit.id).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_filter_never_adds_cards(cards in cards(), text in text(), filters in filters(), more in prop::sample::select(&VALUES[..])) {
        let index = made(cards);
        let (some, before) = found(&index, &text, &filters);
        prop_assert_eq!(some, before.len());
        // A value in a facet that has none yet: facets combine.
        let more = (more.0, more.1.to_owned());
        let read = index.search(&Query { text: text.clone(), ..Query::default() }).expect("answered").understood;
        if filters.iter().all(|(facet, _)| *facet != more.0) && read.iter().all(|its| its.facet != more.0) {
            let narrower: Vec<_> = filters.iter().cloned().chain([more]).collect();
            let (_, after) = found(&index, &text, &narrower);
            prop_assert!(after.is_subset(&before), "{:?} ⊄ {:?}", after, before);
        }
    }

    #[test]
    fn counts_are_what_choosing_gives(cards in cards(), text in text(), filters in filters()) {
        let index = made(cards);
        let query = Query { text: text.clone(), filters: filters.clone(), ..Query::default() };
        let answer = index.search(&query).expect("any text is answered");
        let read: Vec<Facet> = answer.understood.iter().map(|its| its.facet).collect();
        for (facet, code) in VALUES {
            // Values beside one that was read in the text add up with it.
            if read.contains(&facet) {
                continue;
            }
            let chosen = filters.iter().filter(|(its, _)| *its != facet).cloned();
            let chosen: Vec<_> = chosen.chain([(facet, code.to_owned())]).collect();
            let counted = answer.counts.get(&facet).and_then(|counts| counts.iter().find(|(its, _)| its == code));
            prop_assert_eq!(counted.map_or(0, |(_, cards)| *cards), found(&index, &text, &chosen).0, "{}={}", facet, code);
        }
    }

    #[test]
    fn nothing_found_says_what_to_drop(cards in cards(), text in text(), filters in filters()) {
        let index = made(cards);
        let query = Query { text, filters, ..Query::default() };
        let answer = index.search(&query).expect("any text is answered");
        if answer.total > 0 {
            prop_assert!(answer.ways_out.is_empty());
        }
        for way in answer.ways_out {
            let mut filters = query.filters.clone();
            if let crate::Dropped::Filter(facet, code) = &way.drop {
                filters.retain(|its| its != &(*facet, code.clone()));
            }
            prop_assert!(way.total > 0);
            prop_assert_eq!(found(&index, &way.query_text, &filters).0, way.total, "{:?} of {}", way.drop, query.text);
        }
    }

    #[test]
    fn any_text_is_answered(cards in cards(), text in "\\PC{0,80}") {
        let index = made(cards);
        let answer = index.search(&Query { text: text.clone(), explain: true, ..Query::default() }).expect("answered");
        prop_assert!(answer.hits.len() <= answer.total);
        if let Searched::Corrected(corrected) = answer.searched {
            prop_assert_ne!(&corrected, &text);
        }
        index.suggest(&text);
    }
}
