//! What is read in plain words, and what is not.

use terreau_card::facets::Facet;
use terreau_card::{CardPath, Kind};

use super::{Nature, measures, tokens};
use crate::{Document, Index, Lexicon, Query};

/// Returns the measures of a text: facet, codes, words.
fn measured(text: &str) -> Vec<(Facet, Vec<String>, &str)> {
    measures::spans(&tokens(text))
        .into_iter()
        .inspect(|span| assert_eq!(span.nature, Nature::Measure))
        .map(|span| (span.facet, span.codes, &text[span.range]))
        .collect()
}

fn check(text: &str, expected: &[(Facet, &[&str], &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(facet, codes, words)| {
            let codes = codes.iter().map(|code| (*code).to_owned()).collect();
            (*facet, codes, *words)
        })
        .collect();
    assert_eq!(measured(text), expected, "{text}");
}

#[test]
fn durations_are_read() {
    for (text, class, words) in [
        ("atelier 2h", "1-to-3h", "2h"),
        ("atelier de 1h30", "1-to-3h", "1h30"),
        ("1 h 30 min de jeu", "1-to-3h", "1 h 30 min"),
        ("90 minutes", "1-to-3h", "90 minutes"),
        ("une demi-journée", "half-day", "une demi-journée"),
        ("demi journée d'échange", "half-day", "demi journée"),
        ("en une journée", "day", "une journée"),
        ("trois jours", "2-to-5-days", "trois jours"),
        ("deux semaines sur place", "weeks", "deux semaines"),
        ("six mois", "months", "six mois"),
        ("une soirée", "1-to-3h", "une soirée"),
        ("un week-end", "2-to-5-days", "un week-end"),
    ] {
        check(text, &[(Facet::Duration, &[class], words)]);
    }
    check(
        "moins de 2 heures",
        &[(
            Facet::Duration,
            &["under-1h", "1-to-3h"],
            "moins de 2 heures",
        )],
    );
}

#[test]
fn people_budgets_and_populations_are_read() {
    check(
        "atelier 2h 20 personnes",
        &[
            (Facet::Duration, &["1-to-3h"], "2h"),
            (Facet::People, &["9-20"], "20 personnes"),
        ],
    );
    check(
        "10 à 15 participants",
        &[(Facet::People, &["9-20"], "10 à 15 participants")],
    );
    check(
        "plus de 150 personnes",
        &[(
            Facet::People,
            &["51-150", "over-150"],
            "plus de 150 personnes",
        )],
    );
    check(
        "une trentaine de personnes",
        &[(Facet::People, &["21-50"], "une trentaine de personnes")],
    );
    check("débat 30 collégiens", &[(Facet::People, &["21-50"], "30")]);
    check("décider à 12", &[(Facet::People, &["9-20"], "à 12")]);
    check(
        "moins de 100 €",
        &[(Facet::Cost, &["free", "under-100"], "moins de 100 €")],
    );
    check(
        "1 500 euros",
        &[(Facet::Cost, &["1000-to-10000"], "1 500 euros")],
    );
    check("jeu gratuit", &[(Facet::Cost, &["free"], "gratuit")]);
    check(
        "commune de 800 habitants",
        &[(
            Facet::Population,
            &["500-to-2000"],
            "commune de 800 habitants",
        )],
    );
    check(
        "village de moins de 500 habitants",
        &[(
            Facet::Population,
            &["under-500"],
            "village de moins de 500 habitants",
        )],
    );
}

#[test]
fn other_numbers_are_words() {
    for text in [
        "une journée-type en",
        "les jeunes de 12 ans",
        "agenda 2030",
        "un jour peut-être",
        "deux bénévoles ne se parlent plus",
        "\"20 personnes\"",
        "atelier -2h",
        "budget participatif",
        "5 axes",
    ] {
        let read = measured(text);
        let allowed = text.starts_with("une journée");
        assert!(read.is_empty() || allowed, "{text}: {read:?}");
    }
}

/// Two tools, an action and a method; the action costs nothing and the place is the Nièvre.
fn index() -> Index {
    let card = |number: u32, kind: Kind, title: &str, facets: &[(Facet, &str)]| Document {
        id: format!("01890000-0000-7000-8000-{number:012}")
            .parse()
            .unwrap(),
        path: CardPath::parse(&format!("outils/fiche-{number}")).unwrap(),
        kind,
        language: "fr".to_owned(),
        title: title.to_owned(),
        summary: "Décider ensemble de l’énergie.".to_owned(),
        text: String::new(),
        tags: Vec::new(),
        asked: Vec::new(),
        updated: 0,
        facets: facets
            .iter()
            .map(|(facet, code)| (*facet, (*code).to_owned()))
            .chain([(Facet::Kind, kind.to_string())])
            .collect(),
        measures: Vec::new(),
        labels: Vec::new(),
        tried: 0,
        reviewed: None,
        about: Vec::new(),
        named: Vec::new(),
    };
    let index = Index::in_memory();
    let cards = vec![
        card(
            1,
            Kind::Tool,
            "Vote",
            &[(Facet::Duration, "1-to-3h"), (Facet::Topic, "eau")],
        ),
        card(
            2,
            Kind::Tool,
            "Une journée en 2040",
            &[(Facet::Duration, "1-to-3h")],
        ),
        card(
            3,
            Kind::Action,
            "Solaire",
            &[(Facet::Cost, "free"), (Facet::Territory, "27/58")],
        ),
        card(4, Kind::Method, "Plan", &[(Facet::Duration, "day")]),
    ];
    index.update(cards, Vec::new(), "c1").unwrap();
    index.set_lexicon(Lexicon {
        synonyms: Vec::new(),
        names: vec![
            (
                Facet::Kind,
                "tool".to_owned(),
                vec!["Outil".to_owned(), "Outils".to_owned()],
            ),
            (
                Facet::Territory,
                "27/58".to_owned(),
                vec!["Nièvre".to_owned()],
            ),
            (Facet::Topic, "eau".to_owned(), vec!["Eau".to_owned()]),
        ],
    });
    index
}

/// Returns the filters read in a text and the numbers of the cards found.
fn ask(index: &Index, text: &str) -> (Vec<(Facet, String)>, Vec<String>) {
    let query = Query {
        text: text.to_owned(),
        ..Query::default()
    };
    let answer = index.search(&query).unwrap();
    let read = answer.understood.iter();
    let mut found: Vec<String> = answer.hits.iter().map(|hit| hit.title.clone()).collect();
    found.sort();
    (
        read.map(|its| (its.facet, its.code.clone())).collect(),
        found,
    )
}

#[test]
fn filters_that_are_read_are_applied_and_can_be_removed() {
    let index = index();
    let query = Query {
        text: "décider énergie 2h".to_owned(),
        ..Query::default()
    };
    let answer = index.search(&query).unwrap();
    assert_eq!(answer.understood.len(), 1);
    let read = &answer.understood[0];
    assert_eq!((read.facet, &*read.code), (Facet::Duration, "1-to-3h"));
    assert_eq!((&*read.words, &*read.rest), ("2h", "décider énergie"));
    assert_eq!(answer.total, 2);
    let typed = Query {
        as_typed: true,
        ..query
    };
    assert_eq!(index.search(&typed).unwrap().understood, []);
}

#[test]
fn keys_are_filters() {
    let index = index();
    let tool = [(Facet::Kind, "tool".to_owned())];
    for text in ["kind:outil énergie", "type:tool", "Type:\"outils\" décider"] {
        assert_eq!(ask(&index, text).0, tool, "{text}");
    }
    let water = (Facet::Topic, "eau".to_owned());
    assert_eq!(
        ask(&index, "sujet:eau"),
        (vec![water], vec!["Vote".to_owned()])
    );
    assert_eq!(ask(&index, "sujet:inconnu").0, []);
    assert_eq!(
        ask(&index, "durée:2h").0,
        [(Facet::Duration, "1-to-3h".to_owned())]
    );
}

#[test]
fn kinds_and_places_are_read_in_words() {
    let index = index();
    let (read, found) = ask(&index, "fiche action énergie");
    assert_eq!(read, [(Facet::Kind, "action".to_owned())]);
    assert_eq!(found, ["Solaire"]);
    let (read, _) = ask(&index, "énergie dans la Nièvre");
    assert_eq!(read, [(Facet::Territory, "27/58".to_owned())]);
    assert_eq!(
        ask(&index, "Nièvre").0,
        [],
        "alone it is what is looked for"
    );
}

#[test]
fn titles_are_no_filters_nor_is_what_would_leave_nothing() {
    let index = index();
    let (read, found) = ask(&index, "une journée en 2040");
    assert_eq!(read, []);
    assert!(found.contains(&"Une journée en 2040".to_owned()));
    assert_eq!(
        ask(&index, "énergie 500 personnes").0,
        [],
        "no card says for how many"
    );
}
