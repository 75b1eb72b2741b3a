//! How pieces find each other again.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::align;

fn check(old: &[&str], new: &[&str], expected: Expect) {
    let steps: Vec<String> = align(old, new)
        .iter()
        .map(|step| {
            format!(
                "{}{:?} -> {:?}\n",
                if step.same { "= " } else { "" },
                &old[step.old.clone()],
                &new[step.new.clone()]
            )
        })
        .collect();
    expected.assert_eq(&steps.concat());
}

#[test]
fn edited_pieces_are_paired() {
    check(
        &["titre", "le chat dort sur le banc", "fin"],
        &["titre", "le chat dort sur la table", "fin"],
        expect![[r#"
            = ["titre"] -> ["titre"]
            ["le chat dort sur le banc"] -> ["le chat dort sur la table"]
            = ["fin"] -> ["fin"]
        "#]],
    );
}

#[test]
fn an_insertion_beside_an_edit_stays_an_insertion() {
    check(
        &["poser la question aux passants", "remercier tout le monde"],
        &[
            "poser la grande question aux passants",
            "accrocher les réponses",
            "remercier tout le monde",
        ],
        expect![[r#"
            ["poser la question aux passants"] -> ["poser la grande question aux passants"]
            [] -> ["accrocher les réponses"]
            = ["remercier tout le monde"] -> ["remercier tout le monde"]
        "#]],
    );
}

#[test]
fn a_rewritten_stretch_is_one_step() {
    check(
        &["un", "deux"],
        &["trois quatre", "cinq", "six"],
        expect![[r#"
            ["un", "deux"] -> ["trois quatre", "cinq", "six"]
        "#]],
    );
}

proptest! {
    /// The steps cover both sides, in order, and say `same` of equal pieces only.
    #[test]
    fn steps_cover_everything(
        old in proptest::collection::vec("[ab]( [abc]){0,2}", 0..8),
        new in proptest::collection::vec("[ab]( [abc]){0,2}", 0..8),
    ) {
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let (mut at_old, mut at_new) = (0, 0);
        for step in align(&old, &new) {
            prop_assert_eq!((step.old.start, step.new.start), (at_old, at_new));
            prop_assert!(!(step.old.is_empty() && step.new.is_empty()));
            if step.same {
                prop_assert_eq!(&old[step.old.clone()], &new[step.new.clone()]);
            }
            (at_old, at_new) = (step.old.end, step.new.end);
        }
        prop_assert_eq!((at_old, at_new), (old.len(), new.len()));
    }
}
