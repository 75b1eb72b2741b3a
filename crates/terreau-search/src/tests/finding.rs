//! What is found, in which order.

use super::{ask, card, commons, found, id, index, numbers, shown};
use crate::{Query, Searched};

#[test]
fn a_word_finds_its_family_however_it_is_typed() {
    let commons = commons();
    for text in [
        "résilience",
        "resilience",
        "RÉSILIENCE",
        "re\u{301}silience",
        "resiliences",
        "la résilience",
    ] {
        assert_eq!(found(&commons, text), [1], "{text}");
    }
    for text in [
        "habitant",
        "habitants",
        "habitante",
        "habitant·es",
        "habitant.e.s",
        "habitant(e)s",
    ] {
        assert_eq!(found(&commons, text), [1, 3], "{text}");
    }
    for text in ["énergie", "energie", "l'énergie", "d’energies", "l energie"] {
        assert_eq!(found(&commons, text), [2, 4], "{text}");
    }
    for text in [
        "co-construire",
        "coconstruction",
        "co construire",
        "co‑construction",
    ] {
        assert_eq!(found(&commons, text), [5], "{text}");
    }
}

#[test]
fn tags_and_summaries_find_their_card() {
    let commons = commons();
    assert_eq!(found(&commons, "composter"), [3]);
    assert_eq!(numbers(&ask(&commons, "produit local"))[0], 2);
    assert_eq!(found(&commons, "biodiversite"), [3, 4]);
}

#[test]
fn all_words_are_wanted_then_any() {
    let commons = commons();
    let both = ask(&commons, "cantine énergie");
    assert_eq!(
        (numbers(&both), both.searched),
        (vec![2, 4], Searched::AsTyped)
    );
    let either = ask(&commons, "cantine fresque");
    assert_eq!(either.searched, Searched::SomeWords);
    assert_eq!(found(&commons, "cantine fresque"), [2, 6]);
    let one = ask(&commons, "introuvable");
    assert_eq!((one.total, one.searched), (0, Searched::AsTyped));
}

#[test]
fn questions_in_plain_words_are_answered() {
    let answer = ask(&commons(), "comment faire participer les élus ?");
    assert_eq!(numbers(&answer)[0], 6);
}

#[test]
fn phrases_keep_their_order() {
    let commons = commons();
    assert_eq!(found(&commons, "\"gaspillage alimentaire\""), [2]);
    assert_eq!(
        found(&commons, "« gaspillages alimentaires »"),
        [2],
        "in any form"
    );
    assert_eq!(
        found(&commons, "\"alimentaire gaspillage\""),
        Vec::<u32>::new()
    );
    assert_eq!(
        found(&commons, "\"consommation énergie\""),
        [4],
        "stop words aside"
    );
    assert_eq!(found(&commons, "\"consommation de l’énergie\""), [4]);
    assert_eq!(found(&commons, "“plan d'action” jeunes"), [5]);
}

#[test]
fn a_quoted_word_is_taken_as_it_is() {
    let commons = commons();
    assert_eq!(found(&commons, "\"habitants\""), [3]);
    assert_eq!(found(&commons, "\"habitant\""), [1]);
    assert_eq!(found(&commons, "\"resilience\""), [1], "accents aside");
}

#[test]
fn a_hyphen_excludes() {
    let commons = commons();
    assert_eq!(found(&commons, "énergie -cantine"), [4]);
    assert_eq!(
        found(&commons, "énergie -cantines"),
        [4],
        "the whole family"
    );
    assert_eq!(found(&commons, "énergie -\"gaspillage alimentaire\""), [4]);
    assert_eq!(
        found(&commons, "habitants -résilience -jardin"),
        Vec::<u32>::new()
    );
    assert_eq!(
        found(&commons, "co-construire"),
        [5],
        "inside a word it joins"
    );
    assert_eq!(
        numbers(&ask(&commons, "-énergie")),
        [6, 5, 3, 1],
        "alone: all others, newest first"
    );
    assert_eq!(
        numbers(&ask(&commons, "énergie - cantine")),
        [2, 4],
        "alone it is nothing"
    );
}

#[test]
fn stop_words_never_empty_a_query() {
    let commons = commons();
    assert_eq!(found(&commons, "avec les"), [3, 5]);
    assert_eq!(found(&commons, "\"avec des\""), [2, 3]);
    assert_eq!(
        found(&commons, "pour les jardins avec du"),
        [3],
        "other words make them silent"
    );
    assert_eq!(
        found(&commons, "jardin -les"),
        Vec::<u32>::new(),
        "excluded on purpose"
    );
}

#[test]
fn nothing_typed_lists_all_newest_first() {
    let commons = commons();
    for text in ["", "  \t\n ", "\u{a0}"] {
        let answer = ask(&commons, text);
        assert_eq!(numbers(&answer), [6, 5, 4, 3, 2, 1], "{text:?}");
        assert!(answer.hits.iter().all(|hit| hit.score == 0.0));
    }
}

#[test]
fn titles_weigh_more_than_summaries_than_texts() {
    let text = "La mairie parle de compost et de bien d’autres sujets de la vie locale.";
    let mut cards = vec![
        card(1, "Fiche", text),
        card(2, "Fiche", "Rien."),
        card(3, "Compost", "Rien."),
    ];
    cards[1].summary = "Du compost pour la vie locale.".to_owned();
    assert_eq!(numbers(&ask(&index(cards), "compost")), [3, 2, 1]);
}

#[test]
fn words_as_typed_come_first() {
    let cards = vec![
        card(1, "Fiche", "Les participations de chacun, notées ici."),
        card(2, "Fiche", "Les participants de chacun, notés ici."),
        card(3, "Fiche", "Les participatives de chacun, notées ici."),
    ];
    let commons = index(cards);
    for (text, first) in [
        ("participations", 1),
        ("participants", 2),
        ("participatives", 3),
    ] {
        let answer = ask(&commons, text);
        assert_eq!((answer.total, numbers(&answer)[0]), (3, first), "{text}");
    }
}

#[test]
fn pages_follow_each_other() {
    let cards: Vec<_> = (1..=25)
        .map(|number| card(number, &format!("Jardin {number}"), "Un jardin."))
        .collect();
    let commons = index(cards);
    for text in ["jardin", ""] {
        let mut seen = Vec::new();
        for offset in (0..40).step_by(10) {
            let query = Query {
                text: text.to_owned(),
                limit: 10,
                offset,
                ..Query::default()
            };
            let page = commons.search(&query).unwrap();
            assert_eq!(page.total, 25);
            seen.extend(page.hits.into_iter().map(|hit| hit.id));
        }
        seen.sort();
        assert_eq!(seen, (1..=25).map(id).collect::<Vec<_>>(), "{text:?}");
    }
    for (limit, offset) in [(0, 0), (usize::MAX, 0), (usize::MAX, usize::MAX), (10, 25)] {
        let page = commons
            .search(&Query {
                limit,
                offset,
                ..Query::default()
            })
            .unwrap();
        assert_eq!(
            page.hits.len(),
            if limit > 0 && offset == 0 { 25 } else { 0 }
        );
    }
}

#[test]
fn a_card_is_found_by_the_questions_that_it_answers() {
    let mut cards = vec![
        card(1, "Ligne du temps", "Chacun y raconte les réunions."),
        card(
            2,
            "Bénévoles",
            "Les bénévoles, les bénévoles et les bénévoles.",
        ),
        card(3, "Fresque", "Un dessin."),
    ];
    cards[0].asked = vec![
        "Faut-il dissoudre notre groupe ?".to_owned(),
        "Comment garder nos bénévoles fatigués ?".to_owned(),
    ];
    cards[2].language = "en".to_owned();
    cards[2].asked = vec!["How do we keep tired volunteers?".to_owned()];
    let index = index(cards);
    let answer = ask(&index, "nos bénévoles sont fatigués");
    assert_eq!(numbers(&answer)[0], 1);
    let asked = answer.hits[0].asked.as_deref().map(shown);
    assert_eq!(
        asked.as_deref(),
        Some("Comment garder nos [bénévoles] [fatigués] ?")
    );
    // One word is no question.
    let answer = ask(&index, "bénévoles");
    assert_eq!(numbers(&answer), [2, 1]);
    assert!(answer.hits.iter().all(|hit| hit.asked.is_none()));
    // Words of two questions do not make one.
    let answer = ask(&index, "dissoudre les bénévoles");
    assert!(answer.hits.iter().all(|hit| hit.asked.is_none()));
    let answer = ask(&index, "tired volunteer");
    assert_eq!(numbers(&answer)[0], 3);
    assert_eq!(
        answer.hits[0].asked.as_deref().map(shown).as_deref(),
        Some("How do we keep [tired] [volunteers]?")
    );
}

#[test]
fn a_card_that_the_best_answer_sends_to_comes_before_its_equal() {
    let text = "On y parle du verger, avec un banc.";
    let mut cards = vec![
        card(1, "Verger partagé", "Le verger du village : un verger."),
        card(2, "Autour d’un banc", text),
        card(3, "Près d’un banc", text),
    ];
    assert_eq!(found(&index(cards.clone()), "verger"), [1, 2, 3]);
    for (named, by) in [(2, 0), (0, 2)] {
        let path = cards[named].path.clone();
        cards[by].named = vec![path];
        assert_eq!(numbers(&ask(&index(cards.clone()), "verger")), [1, 3, 2]);
        cards[by].named.clear();
    }
}

#[test]
fn nobody_is_no_person() {
    let cards = vec![
        card(
            1,
            "Café",
            "Une personne, puis une personne : chaque personne compte.",
        ),
        card(2, "Relance", "Quand les réunions se vident."),
    ];
    assert_eq!(
        numbers(&ask(&index(cards), "personne ne vient aux réunions"))[0],
        2
    );
}
