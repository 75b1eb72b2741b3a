//! The index through its public face: cards in, answers out.

mod facets;
mod finding;
mod hostile;
mod keeping;
mod properties;
mod showing;

use terreau_card::facets::Facet;
use terreau_card::{CardId, CardPath, Kind};

use crate::{Answer, Document, Fragment, Index, Query};

/// Returns the identity of the card of that number.
fn id(number: u32) -> CardId {
    format!("01890000-0000-7000-8000-{number:012}")
        .parse()
        .expect("a UUID")
}

/// Returns a method with a title and a text; its path says its number.
fn card(number: u32, title: &str, text: &str) -> Document {
    Document {
        id: id(number),
        path: CardPath::parse(&format!("methodes/fiche-{number}")).expect("a path"),
        kind: Kind::Method,
        language: "fr".to_owned(),
        title: title.to_owned(),
        summary: String::new(),
        text: text.to_owned(),
        tags: Vec::new(),
        asked: Vec::new(),
        updated: i64::from(number),
        facets: vec![(Facet::Kind, Kind::Method.to_string())],
        measures: Vec::new(),
        labels: Vec::new(),
        tried: 0,
        reviewed: None,
        about: Vec::new(),
        named: Vec::new(),
    }
}

/// Returns an index in memory that holds these cards.
fn index(cards: Vec<Document>) -> Index {
    let index = Index::in_memory();
    index.update(cards, Vec::new(), "c1").expect("written");
    index
}

/// A small commons on everyday subjects.
fn commons() -> Index {
    let mut cards = vec![
        card(
            1,
            "Enquête collective",
            "Les habitant·es mènent l’enquête sur la résilience locale de leur commune.",
        ),
        card(
            2,
            "Cantine à l’énergie douce",
            "Réduire le gaspillage alimentaire à la cantine de l'école.",
        ),
        card(
            3,
            "Jardin partagé",
            "Un jardin géré par les habitants, avec des citoyens bénévoles et des élus.",
        ),
        card(
            4,
            "Rénover l’éclairage public",
            "Baisser la consommation d'énergie la nuit, améliorer la biodiversité.",
        ),
        card(
            5,
            "Atelier de co-construction",
            "Deux heures pour co-construire un plan d’action avec les jeunes.",
        ),
        card(
            6,
            "Fresque du climat",
            "Un atelier pour comprendre. Faire participer les élus et le conseil municipal.",
        ),
    ];
    cards[1].summary = "Une cantine sobre en énergie, avec des produits locaux.".to_owned();
    cards[2].tags = vec!["compostage".to_owned(), "biodiversité".to_owned()];
    index(cards)
}

fn ask(index: &Index, text: &str) -> Answer {
    let query = Query {
        text: text.to_owned(),
        ..Query::default()
    };
    index
        .search(&query)
        .unwrap_or_else(|error| panic!("{text:?}: {error:?}"))
}

/// Returns the numbers of the cards found, in the order of the answer.
fn numbers(answer: &Answer) -> Vec<u32> {
    let number = |path: &CardPath| {
        path.slug()
            .rsplit('-')
            .next()
            .and_then(|text| text.parse().ok())
    };
    answer
        .hits
        .iter()
        .map(|hit| number(&hit.path).expect("a number"))
        .collect()
}

/// Returns the numbers of the cards found, in their own order.
fn found(index: &Index, text: &str) -> Vec<u32> {
    let mut numbers = numbers(&ask(index, text));
    numbers.sort_unstable();
    numbers
}

/// Returns a text with its marked words between brackets.
fn shown(fragments: &[Fragment]) -> String {
    fragments
        .iter()
        .map(|fragment| {
            if fragment.marked {
                format!("[{}]", fragment.text)
            } else {
                fragment.text.clone()
            }
        })
        .collect()
}
