//! Filters and counts.

use std::collections::BTreeSet;

use terreau_card::Kind;
use terreau_card::facets::Facet;

use super::{card, index};
use crate::{Answer, Document, Index, Query};

const TOPICS: [&str; 4] = ["energie", "alimentation", "eau", "sante-social"];

/// Forty cards of three kinds and four topics, none to three each, in patterns that do not align.
fn many() -> Vec<Document> {
    (1..=40u32)
        .map(|number| {
            let word = ["jardin", "cantine", "école"][number as usize % 3];
            let mut card = card(
                number,
                &format!("Fiche {number}"),
                &format!("Au sujet du {word} et de la commune."),
            );
            card.kind = [Kind::Method, Kind::Tool, Kind::Experience][number as usize % 7 % 3];
            card.facets = vec![(Facet::Kind, card.kind.to_string())];
            let with = |(at, _): &(usize, &&str)| (number as usize).is_multiple_of(at + 2);
            let topics = TOPICS.iter().enumerate().filter(with);
            card.facets
                .extend(topics.map(|(_, topic)| (Facet::Topic, (*topic).to_owned())));
            card
        })
        .collect()
}

fn ask(index: &Index, text: &str, kinds: &[Kind], topics: &[&str]) -> Answer {
    let kinds = kinds.iter().map(|kind| (Facet::Kind, kind.to_string()));
    let topics = topics
        .iter()
        .map(|topic| (Facet::Topic, (*topic).to_owned()));
    let query = Query {
        text: text.to_owned(),
        filters: kinds.chain(topics).collect(),
        limit: 100,
        ..Query::default()
    };
    index.search(&query).unwrap()
}

#[test]
fn filters_keep_what_they_say() {
    let cards = many();
    let index = index(cards.clone());
    for kinds in [
        &[][..],
        &[Kind::Tool],
        &[Kind::Tool, Kind::Method],
        &[Kind::Page],
    ] {
        for topics in [&[][..], &["eau"], &["eau", "energie"], &["inconnu"]] {
            let expected: BTreeSet<_> = cards
                .iter()
                .filter(|card| kinds.is_empty() || kinds.contains(&card.kind))
                .filter(|card| {
                    topics.is_empty()
                        || card.facets.iter().any(|(facet, code)| {
                            *facet == Facet::Topic && topics.contains(&code.as_str())
                        })
                })
                .map(|card| card.id)
                .collect();
            let answer = ask(&index, "", kinds, topics);
            let found: BTreeSet<_> = answer.hits.iter().map(|hit| hit.id).collect();
            assert_eq!(
                (found, answer.total),
                (expected.clone(), expected.len()),
                "{kinds:?} {topics:?}"
            );
        }
    }
}

#[test]
fn counts_are_what_choosing_gives() {
    let index = index(many());
    for text in [
        "",
        "jardin",
        "jardin commune",
        "cantine -jardin",
        "cantine jardin",
        "introuvable",
    ] {
        for kinds in [&[][..], &[Kind::Tool], &[Kind::Tool, Kind::Method]] {
            for topics in [&[][..], &["eau"], &["eau", "energie"]] {
                let answer = ask(&index, text, kinds, topics);
                for kind in Kind::ALL {
                    let counted = answer
                        .counts
                        .get(&Facet::Kind)
                        .and_then(|counts| {
                            counts.iter().find(|(counted, _)| counted == kind.as_str())
                        })
                        .map_or(0, |(_, n)| *n);
                    assert_eq!(
                        counted,
                        ask(&index, text, &[kind], topics).total,
                        "{text} {kind} {topics:?}"
                    );
                }
                for topic in TOPICS {
                    let counted = answer
                        .counts
                        .get(&Facet::Topic)
                        .and_then(|counts| counts.iter().find(|(counted, _)| counted == topic))
                        .map_or(0, |(_, n)| *n);
                    assert_eq!(
                        counted,
                        ask(&index, text, kinds, &[topic]).total,
                        "{text} {kinds:?} {topic}"
                    );
                }
            }
        }
    }
}

#[test]
fn kinds_sum_up_to_the_total_without_a_kind_filter() {
    let index = index(many());
    for text in ["", "jardin", "école cantine"] {
        let answer = ask(&index, text, &[], &["energie"]);
        assert_eq!(
            answer.counts[&Facet::Kind]
                .iter()
                .map(|(_, cards)| cards)
                .sum::<usize>(),
            answer.total,
            "{text}"
        );
        assert!(
            answer.counts[&Facet::Kind].is_sorted_by_key(|(_, cards)| std::cmp::Reverse(*cards))
        );
        assert!(
            answer.counts[&Facet::Topic].is_sorted_by_key(|(_, cards)| std::cmp::Reverse(*cards))
        );
    }
}

#[test]
fn a_filter_never_adds_cards() {
    let index = index(many());
    // All words together find nothing among tools, but do elsewhere: the answer is not widened for a filter's sake.
    for text in [
        "jardin",
        "jardin 3",
        "cantine jardin",
        "fiche 7",
        "école -fiche",
    ] {
        let all: BTreeSet<_> = ask(&index, text, &[], &[])
            .hits
            .iter()
            .map(|hit| hit.id)
            .collect();
        for kind in Kind::ALL {
            for topic in TOPICS {
                let some: BTreeSet<_> = ask(&index, text, &[kind], &[topic])
                    .hits
                    .iter()
                    .map(|hit| hit.id)
                    .collect();
                assert!(some.is_subset(&all), "{text} {kind} {topic}");
            }
        }
    }
}

#[test]
fn filters_do_not_change_the_order() {
    let index = index(many());
    let all = ask(&index, "jardin fiche", &[], &[]);
    let some = ask(&index, "jardin fiche", &[Kind::Tool], &[]);
    let tools: Vec<_> = all
        .hits
        .into_iter()
        .filter(|hit| hit.kind == Kind::Tool)
        .collect();
    assert_eq!(tools, some.hits);
}

#[test]
fn counts_hold_over_several_segments_and_removals() {
    let index = Index::in_memory();
    for (at, part) in many().chunks(7).enumerate() {
        index
            .update(part.to_vec(), Vec::new(), &format!("c{at}"))
            .unwrap();
    }
    index
        .update(Vec::new(), (1..=10).map(super::id).collect(), "end")
        .unwrap();
    let answer = ask(&index, "", &[], &[]);
    assert_eq!(answer.total, 30);
    assert_eq!(
        answer.counts[&Facet::Kind]
            .iter()
            .map(|(_, cards)| cards)
            .sum::<usize>(),
        30
    );
    let even = answer.counts[&Facet::Topic]
        .iter()
        .find(|(topic, _)| topic == "energie")
        .map(|(_, cards)| *cards);
    assert_eq!(even, Some(15));
}
