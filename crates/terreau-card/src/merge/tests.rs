//! Merging: examples of what people do at the same time, and properties of every merge.

use super::{Choice, Conflicts, Merged, Place, merge};
use expect_test::{Expect, expect};

mod properties;

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
