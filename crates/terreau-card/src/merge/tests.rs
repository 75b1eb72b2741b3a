//! Merging: examples of what people do at the same time, and properties of every merge.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::paragraphs::cut;

use super::{Choice, Conflicts, Merged, Part, Place, merge, parts};

const FRONT: &str = "---\nid: 1\ntitle: Porteur de parole\n# Les mots du commun\ntopics: [ecoute]\ntags:\n  - rue\nduration:\n  min: PT2H\n  max: PT3H\n---\n";
const BODY: &str = "\nAvant tout.\n\n## Quand\n\nAu début.\n\nÀ la fin.\n\n## Matériel\n\n- du fil\n- des pinces\n";

fn card(front: &[(&str, &str)], body: &[(&str, &str)]) -> String {
    let replaced = |text: &str, edits: &[(&str, &str)]| {
        edits.iter().fold(text.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from} is there to be replaced");
            text.replace(from, to)
        })
    };
    replaced(FRONT, front) + &replaced(BODY, body)
}

fn conflicts(merged: Merged) -> Conflicts {
    match merged {
        Merged::Conflicted(conflicts) => conflicts,
        Merged::Clean(text) => panic!("no conflict in {text}"),
    }
}

fn clean(base: &str, ours: &str, theirs: &str) -> String {
    match merge(base, ours, theirs) {
        Merged::Clean(text) => text,
        Merged::Conflicted(conflicts) => panic!("{}", conflicts.with_markers()),
    }
}

/// Merges both ways: who came first must not matter.
fn check_clean(ours: &str, theirs: &str, expected: &str) {
    let base = card(&[], &[]);
    assert_eq!(clean(&base, ours, theirs), expected);
    assert_eq!(clean(&base, theirs, ours), expected);
}

fn check_conflict(ours: &str, theirs: &str, expected: Expect) {
    expected.assert_eq(&conflicts(merge(&card(&[], &[]), ours, theirs)).with_markers());
}

#[test]
fn edits_of_different_paragraphs_join() {
    check_clean(
        &card(&[], &[("Au début.", "Au tout début.")]),
        &card(&[], &[("À la fin.", "À la toute fin.")]),
        &card(
            &[],
            &[
                ("Au début.", "Au tout début."),
                ("À la fin.", "À la toute fin."),
            ],
        ),
    );
    check_clean(
        &card(&[], &[("- du fil", "- du fil solide")]),
        &card(&[], &[("- des pinces", "- des pinces à linge")]),
        &card(
            &[],
            &[
                ("- du fil", "- du fil solide"),
                ("- des pinces", "- des pinces à linge"),
            ],
        ),
    );
}

#[test]
fn edits_of_different_keys_join() {
    check_clean(
        &card(
            &[("title: Porteur de parole", "title: Porteur de paroles")],
            &[],
        ),
        &card(&[("  min: PT2H", "  min: PT1H")], &[("Au début.", "Tôt.")]),
        &card(
            &[
                ("title: Porteur de parole", "title: Porteur de paroles"),
                ("  min: PT2H", "  min: PT1H"),
            ],
            &[("Au début.", "Tôt.")],
        ),
    );
    check_clean(
        &card(&[("id: 1\n", "id: 1\nkind: tool\n")], &[]),
        &card(&[("  max: PT3H\n", "  max: PT3H\nlicence: CC0-1.0\n")], &[]),
        &card(
            &[
                ("id: 1\n", "id: 1\nkind: tool\n"),
                ("  max: PT3H\n", "  max: PT3H\nlicence: CC0-1.0\n"),
            ],
            &[],
        ),
    );
}

#[test]
fn the_same_edit_is_taken_once() {
    let edited = card(
        &[("title: Porteur de parole", "title: Autre")],
        &[
            ("Au début.", "Tôt."),
            ("- du fil\n", "- du fil\n- un stylo\n"),
        ],
    );
    let ours = edited.replace("Avant tout.", "Avant toute chose.");
    assert_eq!(clean(&card(&[], &[]), &ours, &edited), ours);
    // The same value written otherwise is the same value.
    let ours = card(&[("title: Porteur de parole", "title: \"Autre\"")], &[]);
    assert_eq!(
        clean(&card(&[], &[]), &ours, &edited),
        edited.replace("title: Autre", "title: \"Autre\"")
    );
}

#[test]
fn an_edit_beside_a_removal_and_an_addition_joins() {
    check_clean(
        &card(&[], &[("Au début.\n\n", "")]),
        &card(&[], &[("À la fin.", "À la fin du mois.")]),
        &card(
            &[],
            &[("Au début.\n\n", ""), ("À la fin.", "À la fin du mois.")],
        ),
    );
    check_clean(
        &card(&[], &[("Au début.", "Au début, tôt.")]),
        &card(&[], &[("Au début.", "Au début.\n\nAu milieu.")]),
        &card(&[], &[("Au début.", "Au début, tôt.\n\nAu milieu.")]),
    );
    check_clean(
        &card(&[], &[("Avant tout.\n\n", "")]),
        &card(&[], &[("Avant tout.", "Avant tout.\n\nEnsuite.")]),
        &card(&[], &[("Avant tout.", "Ensuite.")]),
    );
}

#[test]
fn items_added_in_one_place_are_all_kept() {
    let base = card(&[], &[]);
    let ours = card(&[], &[("- des pinces\n", "- des pinces\n- un stylo\n")]);
    let theirs = card(
        &[],
        &[(
            "- des pinces\n",
            "- des pinces\n- des feuilles\n- un stylo\n",
        )],
    );
    assert_eq!(
        clean(&base, &ours, &theirs),
        card(
            &[],
            &[(
                "- des pinces\n",
                "- des pinces\n- un stylo\n- des feuilles\n"
            )]
        )
    );
}

#[test]
fn words_added_to_one_list_are_all_kept() {
    let base = card(&[], &[]);
    let ours = card(
        &[
            ("topics: [ecoute]", "topics: [ecoute, jeunesse]"),
            ("  - rue\n", "  - rue\n  - fil\n"),
        ],
        &[],
    );
    let theirs = card(
        &[
            ("topics: [ecoute]", "topics: [ecoute, energie]"),
            ("  - rue\n", "  - place\n  - rue\n"),
        ],
        &[],
    );
    assert_eq!(
        clean(&base, &ours, &theirs),
        card(
            &[
                ("topics: [ecoute]", "topics: [ecoute, jeunesse, energie]"),
                ("  - rue\n", "  - place\n  - rue\n  - fil\n")
            ],
            &[]
        )
    );
}

#[test]
fn two_edits_of_one_paragraph_wait_for_a_choice() {
    check_conflict(
        &card(&[], &[("Au début.", "Au tout début.")]),
        &card(&[], &[("Au début.", "Dès le début.")]),
        expect![[r#"
            ---
            id: 1
            title: Porteur de parole
            # Les mots du commun
            topics: [ecoute]
            tags:
              - rue
            duration:
              min: PT2H
              max: PT3H
            ---

            Avant tout.

            ## Quand

            <<<<<<< ours
            Au tout début.
            ||||||| base
            Au début.
            =======
            Dès le début.
            >>>>>>> theirs

            À la fin.

            ## Matériel

            - du fil
            - des pinces
        "#]],
    );
}

#[test]
fn two_edits_of_one_key_wait_for_a_choice() {
    check_conflict(
        &card(&[("  min: PT2H", "  min: PT4H")], &[]),
        &card(&[("  max: PT3H", "  max: PT1H")], &[("Au début.", "Tôt.")]),
        expect![[r#"
            ---
            id: 1
            title: Porteur de parole
            # Les mots du commun
            topics: [ecoute]
            tags:
              - rue
            <<<<<<< ours
            duration:
              min: PT4H
              max: PT3H
            ||||||| base
            duration:
              min: PT2H
              max: PT3H
            =======
            duration:
              min: PT2H
              max: PT1H
            >>>>>>> theirs
            ---

            Avant tout.

            ## Quand

            Tôt.

            À la fin.

            ## Matériel

            - du fil
            - des pinces
        "#]],
    );
}

#[test]
fn an_edit_of_what_the_other_removed_waits_for_a_choice() {
    let base = card(&[], &[]);
    let ours = card(&[("tags:\n  - rue\n", "")], &[("À la fin.\n\n", "")]);
    let theirs = card(
        &[("  - rue", "  - place")],
        &[("À la fin.", "À la toute fin.")],
    );
    let conflicts = conflicts(merge(&base, &ours, &theirs));
    let places: Vec<&Place> = conflicts
        .conflicts()
        .map(|conflict| &conflict.place)
        .collect();
    assert_eq!(
        places,
        [
            &Place::Key("tags".to_owned()),
            &Place::Paragraph {
                section: Some("Quand".to_owned())
            }
        ]
    );
    assert_eq!(conflicts.resolve(&[Choice::Ours, Choice::Ours]), ours);
    assert_eq!(conflicts.resolve(&[Choice::Theirs, Choice::Theirs]), theirs);
    assert_eq!(conflicts.resolve(&[Choice::Base, Choice::Base]), base);
    let own = conflicts.resolve(&[Choice::Text("tags: [x]\n".to_owned()), Choice::Both]);
    assert!(
        own.contains("\ntags: [x]\nduration:")
            && own.contains("\n\nÀ la toute fin.\n\n## Matériel"),
        "{own}"
    );
}

#[test]
fn paragraphs_added_in_one_place_wait_for_a_choice() {
    let ours = card(&[], &[("Avant tout.", "Avant tout.\n\nUn mot de plus.")]);
    let theirs = card(&[], &[("Avant tout.", "Avant tout.\n\nTout autre chose.")]);
    let conflicts = conflicts(merge(&card(&[], &[]), &ours, &theirs));
    assert_eq!(
        conflicts.resolve(&[Choice::Both]),
        card(
            &[],
            &[(
                "Avant tout.",
                "Avant tout.\n\nUn mot de plus.\n\nTout autre chose."
            )]
        )
    );
    assert_eq!(conflicts.resolve(&[Choice::Base]), card(&[], &[]));
}

#[test]
fn a_rewritten_section_meets_a_small_edit_once() {
    let ours = card(
        &[],
        &[(
            "Au début.\n\nÀ la fin.",
            "Un texte neuf.\n\nEncore neuf.\n\nToujours neuf.",
        )],
    );
    check_conflict(
        &ours,
        &card(&[], &[("À la fin.", "À la fin !")]),
        expect![[r#"
            ---
            id: 1
            title: Porteur de parole
            # Les mots du commun
            topics: [ecoute]
            tags:
              - rue
            duration:
              min: PT2H
              max: PT3H
            ---

            Avant tout.

            ## Quand

            <<<<<<< ours
            Un texte neuf.

            Encore neuf.

            Toujours neuf.
            ||||||| base
            Au début.

            À la fin.
            =======
            Au début.

            À la fin !
            >>>>>>> theirs

            ## Matériel

            - du fil
            - des pinces
        "#]],
    );
}

#[test]
fn paragraphs_never_run_together() {
    // A title without a blank line under it goes, a paragraph comes in its place.
    let base = "## Titre\nTexte.\n";
    assert_eq!(
        clean(base, "Texte.\n", "Avant.\n\n## Titre\nTexte.\n"),
        "Avant.\n\nTexte.\n"
    );
    assert_eq!(
        clean("A.\n\nB.\n", "B.\n", "A.\n\nNeuf.\n\nB.\n"),
        "Neuf.\n\nB.\n"
    );
}

#[test]
fn broken_front_matter_is_merged_as_text() {
    let base = "---\ntitle: [un\nb: 1\nb: 2\n---\nx\n";
    let ours = base.replace("b: 2", "b: 3");
    let theirs = base.replace("[un", "[deux").replace("---\nx\n", "---\ny\n");
    assert_eq!(
        clean(base, &ours, &theirs),
        "---\ntitle: [deux\nb: 1\nb: 3\n---\ny\n"
    );
    assert_eq!(
        clean("x\n", "---\na: 1\n---\nx\n", "y\n"),
        "---\na: 1\n---\ny\n"
    );
    let conflicts = conflicts(merge("x\n", "---\na: 1\n---\nx\n", "---\na: 2\n---\nx\n"));
    assert_eq!(conflicts.resolve(&[Choice::Theirs]), "---\na: 2\n---\nx\n");
}

#[test]
fn comments_and_order_stay() {
    let base = card(&[], &[]);
    let ours = card(&[("# Les mots du commun", "# Les mots\n# du commun")], &[]);
    let theirs = card(
        &[(
            "id: 1\ntitle: Porteur de parole\n",
            "title: Porteur de parole\nid: 1\n",
        )],
        &[],
    );
    let both = card(
        &[
            ("# Les mots du commun", "# Les mots\n# du commun"),
            (
                "id: 1\ntitle: Porteur de parole\n",
                "title: Porteur de parole\nid: 1\n",
            ),
        ],
        &[],
    );
    assert_eq!(clean(&base, &ours, &theirs), both);
    assert_eq!(clean(&base, &theirs, &ours), both);
}

fn paragraph() -> impl Strategy<Value = String> {
    prop_oneof![
        "(un|deux) (trois|quatre) (cinq|six)",
        "- (a|b|c)",
        "## (A|B)",
        "```\n(x|\n\ny)\n```",
        "> (q|r)",
    ]
}

fn body() -> impl Strategy<Value = String> {
    proptest::collection::vec((paragraph(), prop_oneof!["\n\n", "\n\n\n", "\n"]), 0..7).prop_map(
        |paragraphs| {
            paragraphs
                .into_iter()
                .flat_map(|(text, gap)| [text, gap])
                .collect()
        },
    )
}

fn front() -> impl Strategy<Value = String> {
    let entry = (
        "[abcd]",
        prop_oneof!["1", "2", "[x, y]", "[x]", "\n  - x\n  - z", "'l''un'"],
        prop_oneof![Just(""), Just("# mot\n"), Just("\n")],
    );
    proptest::collection::vec(entry, 0..5).prop_map(|entries| {
        let mut seen = std::collections::HashSet::new();
        let entries: String = entries
            .into_iter()
            .filter(|(key, _, _)| seen.insert(key.clone()))
            .map(|(key, value, above)| format!("{above}{key}: {value}\n"))
            .collect();
        format!("---\n{entries}---\n")
    })
}

fn any_card() -> impl Strategy<Value = String> {
    (prop_oneof![9 => front(), 1 => Just(String::new())], body())
        .prop_map(|(front, body)| front + &body)
}

/// A body with some paragraphs changed, removed or added.
fn edited(base: String) -> impl Strategy<Value = String> {
    proptest::collection::vec((0..8_u8, paragraph()), 0..10).prop_map(move |edits| {
        let (paragraphs, tail) = cut(&base);
        let mut text = String::new();
        for (rank, paragraph) in paragraphs.iter().enumerate() {
            text.push_str(paragraph.gap);
            match edits.get(rank) {
                Some((0, new)) => text.push_str(new),
                Some((1, new)) => text.extend([paragraph.text, "\n\n", new]),
                Some((2, _)) => {}
                _ => text.push_str(paragraph.text),
            }
        }
        text + tail
    })
}

fn settled(parts: Vec<Part>) -> Option<String> {
    match parts.as_slice() {
        [] => Some(String::new()),
        [Part::Settled(text)] => Some(text.clone()),
        _ => None,
    }
}

fn all_texts(base: &str, ours: &str, theirs: &str) -> String {
    match merge(base, ours, theirs) {
        Merged::Clean(text) => text,
        Merged::Conflicted(conflicts) => conflicts.with_markers(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// One edit alone is taken as it is, also without the short cuts of `merge`.
    #[test]
    fn one_edit_alone_is_taken(base in any_card(), edit in any_card()) {
        prop_assume!(base.starts_with("---") == edit.starts_with("---"));
        prop_assert_eq!(settled(parts(&base, &edit, &base)), Some(edit.clone()));
        prop_assert_eq!(settled(parts(&base, &base, &edit)), Some(edit.clone()));
        prop_assert_eq!(settled(parts(&base, &edit, &edit)), Some(edit.clone()));
    }

    /// What either side wrote is in the merged text or in a conflict.
    #[test]
    fn no_paragraph_is_lost((base, ours, theirs) in body().prop_flat_map(|base| (Just(base.clone()), edited(base.clone()), edited(base)))) {
        let all = all_texts(&base, &ours, &theirs);
        let texts = |body: &str| -> Vec<String> { cut(body).0.iter().map(|paragraph| paragraph.text.to_owned()).collect() };
        let known = texts(&base);
        for side in [&ours, &theirs] {
            for paragraph in texts(side) {
                if !known.contains(&paragraph) {
                    prop_assert!(all.contains(&paragraph), "{paragraph:?} of {side:?} is lost in {all:?}");
                }
            }
        }
        // What both kept is kept.
        for paragraph in &known {
            let once = known.iter().filter(|other| *other == paragraph).count() == 1;
            if once && texts(&ours).contains(paragraph) && texts(&theirs).contains(paragraph) {
                prop_assert!(all.contains(paragraph));
            }
        }
    }

    /// Who came first changes the order of what both added, and nothing else.
    #[test]
    fn both_orders_agree_on_conflicts((base, ours, theirs) in body().prop_flat_map(|base| (Just(base.clone()), edited(base.clone()), edited(base)))) {
        let clean = |merged: &Merged| matches!(merged, Merged::Clean(_));
        prop_assert_eq!(clean(&merge(&base, &ours, &theirs)), clean(&merge(&base, &theirs, &ours)));
    }

    /// Edits of different paragraphs are both there, and nothing waits.
    #[test]
    fn disjoint_edits_join(length in 2..7_usize, mine in 0..7_usize, yours in 0..7_usize) {
        let (mine, yours) = (mine % length, yours % length);
        prop_assume!(mine != yours);
        let body = |edits: &[(usize, &str)]| -> String {
            (0..length).map(|rank| {
                let edit = edits.iter().find(|(at, _)| *at == rank).map_or("", |(_, words)| words);
                format!("Le paragraphe {rank} dit quelque chose{edit}.\n\n")
            }).collect()
        };
        let merged = merge(&body(&[]), &body(&[(mine, " de mien")]), &body(&[(yours, " de tien")]));
        prop_assert_eq!(merged, Merged::Clean(body(&[(mine, " de mien"), (yours, " de tien")])));
    }

    /// Each choice gives back its side where only bodies differ.
    #[test]
    fn choices_give_back_each_side((base, ours, theirs) in body().prop_flat_map(|base| (Just(base.clone()), edited(base.clone()), edited(base)))) {
        if let Merged::Conflicted(conflicts) = merge(&base, &ours, &theirs) {
            let count = conflicts.conflicts().count();
            prop_assert!(count > 0);
            for conflict in conflicts.conflicts() {
                prop_assert_ne!(&conflict.ours, &conflict.theirs);
                let chosen = conflicts.resolve(&vec![Choice::Ours; count]);
                prop_assert!(chosen.contains(&conflict.ours));
                let chosen = conflicts.resolve(&vec![Choice::Theirs; count]);
                prop_assert!(chosen.contains(&conflict.theirs));
            }
        }
    }
}
