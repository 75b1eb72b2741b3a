//! Reading, adding up, comparing and drawing: examples, the cards of `content/`, properties.

mod added_up;
mod alike;
mod chart;
mod content;
mod properties;
mod read;
mod try_out;
mod written;

use std::{collections::BTreeMap, fs, path::PathBuf};

use terreau_card::{Card, CardPath, CommonsConfig};

use crate::{Experience, Place, Report};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The settings of the starter commons.
fn config() -> CommonsConfig {
    let text = fs::read_to_string(root().join("content/commons.toml")).unwrap();
    CommonsConfig::read(&text).unwrap()
}

fn path(text: &str) -> CardPath {
    CardPath::parse(text).unwrap()
}

fn paths(texts: &[&str]) -> Vec<CardPath> {
    texts.iter().map(|text| path(text)).collect()
}

fn card(front: &str) -> Card {
    let text =
        format!("---\nkind: experience\ntitle: Un essai\n{front}---\n\nCe qui s’est passé.\n");
    Card::read(&text).0
}

fn experience(front: &str) -> Experience {
    Experience::read(&card(front))
}

/// A report at `experiences/<slug>`, whose territories have no card.
fn report(slug: &str, front: &str) -> Report {
    Report::read(&path(&format!("experiences/{slug}")), &card(front), |_| {
        None
    })
}

/// Every card of a folder of the commons, by address.
fn cards_of(folder: &str) -> BTreeMap<CardPath, Card> {
    let dir = root().join("content").join(folder);
    let mut cards = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "md") {
            let slug = file.file_stem().unwrap().to_str().unwrap();
            let (card, _) = Card::read(&fs::read_to_string(&file).unwrap());
            cards.insert(path(&format!("{folder}/{slug}")), card);
        }
    }
    cards
}

/// Every experience of the commons with its places, and the body of its card.
fn content() -> Vec<(Report, String)> {
    let territories = cards_of("territoires");
    let place_of = |path: &CardPath| Some(Place::of_card(path, territories.get(path)?));
    cards_of("experiences")
        .into_iter()
        .map(|(path, card)| {
            let report = Report::read(&path, &card, place_of);
            (report, card.body().to_owned())
        })
        .collect()
}

/// Two tellings of one case, with different figures, as two people could send them.
fn told_twice() -> [(Report, String); 2] {
    ["reseau-des-potes-fiche", "reseau-des-potes-page"].map(|slug| {
        let file = root().join(format!("tests/fixtures/experiences/{slug}.md"));
        let (card, problems) = Card::read(&fs::read_to_string(file).unwrap());
        assert!(problems.is_empty(), "{problems:#?}");
        let path = path(&format!("experiences/{slug}"));
        (Report::read(&path, &card, |_| None), card.body().to_owned())
    })
}
