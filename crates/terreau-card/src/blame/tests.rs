//! Paragraphs and their versions.

use proptest::prelude::*;

use super::blame;

fn check(bodies: &[&str], expected: &[(&str, usize)]) {
    let last = bodies.last().copied().unwrap_or_default();
    let found: Vec<(&str, usize)> = blame(bodies)
        .into_iter()
        .map(|(place, version)| (&last[place], version))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn each_paragraph_knows_its_last_change() {
    check(
        &[
            "Un.\n\nDeux.\n\nTrois.\n",
            "Un.\n\nDeux, mieux.\n\nTrois.\n",
            "Zéro.\n\nUn.\n\nDeux, mieux.\n\nTrois.\n",
            "Zéro.\n\nUn.\n\nDeux, mieux.\n\n\nTrois, enfin.",
        ],
        &[
            ("Zéro.", 2),
            ("Un.", 0),
            ("Deux, mieux.", 1),
            ("Trois, enfin.", 3),
        ],
    );
}

#[test]
fn a_moved_paragraph_keeps_its_author() {
    check(
        &["Un.\n\nDeux.\n\nTrois.", "Deux.\n\nTrois.\n\nUn."],
        &[("Deux.", 0), ("Trois.", 0), ("Un.", 0)],
    );
}

#[test]
fn what_comes_back_belongs_to_who_brought_it_back() {
    check(
        &["Un.\n\nDeux.", "Deux.", "Un.\n\nDeux."],
        &[("Un.", 2), ("Deux.", 0)],
    );
}

#[test]
fn nothing_has_no_author() {
    check(&[], &[]);
    check(&["Un.", "\n"], &[]);
}

proptest! {
    /// The version named holds the paragraph, and so does every later one.
    #[test]
    fn the_version_named_holds_the_paragraph(bodies in proptest::collection::vec("([ab]\n\n){0,5}", 1..6)) {
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        for (place, version) in blame(&bodies) {
            let text = &bodies[bodies.len() - 1][place];
            for body in &bodies[version..] {
                prop_assert!(body.split("\n\n").any(|paragraph| paragraph == text));
            }
        }
    }
}
