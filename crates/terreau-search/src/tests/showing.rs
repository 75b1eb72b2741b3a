//! What is shown of an answer: snippets, spelling, completion.

use super::{ask, card, commons, index, numbers, shown};
use crate::{Lexicon, Query, SynonymGroup};

#[test]
fn snippets_keep_the_spelling_of_the_text() {
    let commons = commons();
    let snippet = |text: &str| shown(&ask(&commons, text).hits[0].snippet);
    assert_eq!(
        snippet("resilience habitants"),
        "Les [habitant·es] mènent l’enquête sur la [résilience] locale de leur commune."
    );
    assert_eq!(
        snippet("co-construire"),
        "Deux heures pour [co-construire] un plan d’action avec les jeunes."
    );
    assert_eq!(
        snippet("\"plan d'action\""),
        "Deux heures pour co-construire un [plan] d’[action] avec les jeunes."
    );
}

#[test]
fn the_words_of_a_phrase_that_stands_for_another_word_are_marked_together() {
    let text = "Avec peu de temps, une soirée pour des gens peu bavards.";
    let index = index(vec![card(1, "Soirée", text)]);
    index.set_lexicon(Lexicon {
        synonyms: vec![SynonymGroup {
            from: Some("timide".to_owned()),
            words: vec!["peu bavard".to_owned()],
        }],
        ..Lexicon::default()
    });
    assert_eq!(
        shown(&ask(&index, "les timides").hits[0].snippet),
        "Avec peu de temps, une soirée pour des gens [peu] [bavards]."
    );
}

#[test]
fn near_duplicates_stand_together_but_each_by_itself_in_a_bare_answer() {
    let said: Vec<String> = (0..200)
        .map(|word| format!("compost{}", word % 90))
        .collect();
    let text = format!("Le compost du village. {}", said.join(" "));
    let index = index(vec![
        card(1, "Compost", &text),
        card(2, "Compost", &format!("{text} Encore.")),
        card(
            3,
            "Compost",
            "Un autre texte, bien plus court, sur le compost.",
        ),
    ]);
    let answer = ask(&index, "compost");
    assert_eq!(answer.hits.len(), 2);
    assert_eq!(
        answer.hits.iter().map(|hit| hit.alike.len()).sum::<usize>(),
        1
    );
    let query = Query {
        text: "compost".to_owned(),
        is_bare: true,
        ..Query::default()
    };
    let bare = index.search(&query).expect("answered");
    let mut found = numbers(&bare);
    found.sort_unstable();
    assert_eq!(found, [1, 2, 3]);
    assert!(bare.hits.iter().all(|hit| hit.snippet.is_empty()));
}

#[test]
fn titles_are_marked_too() {
    let answer = ask(&commons(), "jardins");
    assert_eq!(shown(&answer.hits[0].marked_title), "[Jardin] partagé");
    assert_eq!(answer.hits[0].title, "Jardin partagé");
}

#[test]
fn without_a_passage_the_summary_is_shown() {
    let mut cards = vec![card(1, "Compostage", "Rien à voir.")];
    cards[0].summary = "Un compost pour l’immeuble.".to_owned();
    let index = index(cards);
    assert_eq!(
        shown(&ask(&index, "composter").hits[0].snippet),
        "Un [compost] pour l’immeuble."
    );
    assert_eq!(
        shown(&ask(&index, "").hits[0].snippet),
        "Un compost pour l’immeuble."
    );
}

#[test]
fn a_passage_starts_with_its_sentence_and_says_where_it_was_cut() {
    let filler = "Voici une longue phrase qui ne dit rien du sujet. ".repeat(20);
    let text = format!("{filler}Le compost\n\nnourrit le <b>sol</b> du jardin. {filler}");
    let answer = ask(&index(vec![card(1, "Fiche", &text)]), "compost jardin");
    let snippet = shown(&answer.hits[0].snippet);
    assert!(
        snippet.starts_with("Le [compost] nourrit le <b>sol</b> du [jardin]. Voici"),
        "{snippet}"
    );
    assert!(snippet.chars().count() < 300, "{snippet}");
    assert!(snippet.ends_with(['…', '.']), "{snippet}");
}

#[test]
fn passages_are_cut_between_characters() {
    for length in 0..40 {
        let text = format!("{}é énergie {}", "é".repeat(length), "ŒÉ ".repeat(200));
        let answer = ask(&index(vec![card(1, "Fiche", &text)]), "énergie");
        assert!(
            shown(&answer.hits[0].snippet).contains("[énergie]"),
            "{length}"
        );
    }
}

#[test]
fn the_passage_with_most_words_wins() {
    let filler = "Rien du tout ici. ".repeat(30);
    let text = format!(
        "Un jardin, un jardin, un jardin. {filler} Au jardin, la biodiversité revient. {filler}"
    );
    let answer = ask(&index(vec![card(1, "Fiche", &text)]), "jardin biodiversité");
    assert!(shown(&answer.hits[0].snippet).contains("Au [jardin], la [biodiversité] revient."));
}

#[test]
fn unknown_words_get_a_suggestion_with_its_accents() {
    let commons = commons();
    for (typed, meant) in [
        ("resiliance", "résilience"),
        ("Résiliense locale", "résilience locale"),
        ("biodiverssité", "biodiversité"),
        ("éclariage", "éclairage"),
        ("aclairage", "éclairage"),
        ("l'energei du jarbin", "l'énergie du jardin"),
        ("cantine -energie gaspilage", "cantine -energie gaspillage"),
        ("biodvrsité", "biodiversité"),
    ] {
        assert_eq!(
            ask(&commons, typed).corrected.as_deref(),
            Some(meant),
            "{typed}"
        );
    }
}

#[test]
fn known_short_or_strange_words_get_none() {
    let commons = commons();
    for typed in [
        "résilience",
        "habitante",
        "co-construire",
        "zzz",
        "xylophone",
        "2025",
        "cantinexxxxx",
        "",
        "-jarbin",
    ] {
        assert_eq!(ask(&commons, typed).corrected, None, "{typed}");
    }
}

#[test]
fn a_slip_into_another_family_is_noticed_an_unused_ending_is_none() {
    let mut cards: Vec<_> = (1..=5)
        .map(|number| card(number, "Fiche", "La résilience de la commune."))
        .collect();
    cards.push(card(
        6,
        "Fiche",
        "L’association Résilière a résilié son bail ; chacun participera.",
    ));
    let index = index(cards);
    let slip = ask(&index, "resiliance");
    assert_eq!(
        (slip.total, slip.corrected.as_deref()),
        (6, Some("résilience")),
        "the word meant is found too, and told"
    );
    for typed in ["résiliences", "résilier", "participeras", "résilié"] {
        assert_eq!(ask(&index, typed).corrected, None, "{typed}");
    }
}

#[test]
fn words_of_removed_cards_are_not_suggested() {
    let commons = commons();
    commons
        .update(Vec::new(), vec![super::id(1)], "c2")
        .unwrap();
    assert_eq!(ask(&commons, "resiliance").corrected, None);
}

#[test]
fn titles_complete_what_is_typed() {
    let cards = vec![
        card(1, "Jardin partagé", ""),
        card(2, "Le jardin de l’école", ""),
        card(3, "Jardin", ""),
        card(4, "Enquête au jardin", ""),
        card(5, "Éclairage public", ""),
        card(6, "Jardin", ""),
    ];
    let index = index(cards);
    assert_eq!(
        index.suggest("jar"),
        [
            "Jardin",
            "Jardin partagé",
            "Enquête au jardin",
            "Le jardin de l’école"
        ]
    );
    assert_eq!(index.suggest("Jardin par"), ["Jardin partagé"]);
    assert_eq!(index.suggest("l'eco"), ["Le jardin de l’école"]);
    assert_eq!(index.suggest("ecl"), ["Éclairage public"]);
    assert_eq!(index.suggest("jardin z"), Vec::<String>::new());
    assert_eq!(index.suggest(" \"(* "), Vec::<String>::new());
}

#[test]
fn questions_complete_what_is_typed_after_titles() {
    let mut cards = vec![
        card(1, "Les jeunes et le jardin", ""),
        card(2, "Autre chose", ""),
    ];
    cards[1].asked = vec![
        "Comment garder les jeunes ?".to_owned(),
        "Faut-il un jardin à l’école ?".to_owned(),
    ];
    let index = index(cards);
    assert_eq!(
        index.suggest("jeu"),
        ["Les jeunes et le jardin", "Comment garder les jeunes ?"]
    );
    assert_eq!(
        index.suggest("comment garder les j"),
        ["Comment garder les jeunes ?"]
    );
    // Words of two questions are none.
    assert_eq!(index.suggest("garder un jardin"), Vec::<String>::new());
}

#[test]
fn completion_gives_eight_titles_at_most() {
    let cards = (1..=20)
        .map(|number| card(number, &format!("Jardin {number}"), ""))
        .collect();
    assert_eq!(index(cards).suggest("jard").len(), 8);
}
