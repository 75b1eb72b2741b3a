//! How a body is cut.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{cut, paragraphs};

fn check(body: &str, expected: Expect) {
    let cut: Vec<String> = cut(body)
        .0
        .iter()
        .map(|found| format!("{:?}: {:?}\n", found.shape, found.text))
        .collect();
    expected.assert_eq(&cut.concat());
}

#[test]
fn cuts_at_blank_lines_headings_items_and_rows() {
    check(
        "\nUne phrase\nsur deux lignes.\n\n\n## Déroulé\nSans ligne vide.\n- un\n  suite\n- deux\n\n  encore deux\n1. trois\n> mots\n> à dire\n\n| a | b |\n|---|---|\n| 1 | 2 |\n[^1]: Une note\nsuite\n\n*fin*\n",
        expect![[r####"
            Text: "Une phrase\nsur deux lignes."
            Heading: "## Déroulé"
            Text: "Sans ligne vide."
            Item: "- un\n  suite"
            Item: "- deux"
            Text: "  encore deux"
            Item: "1. trois"
            Quote: "> mots\n> à dire"
            Row: "| a | b |"
            Row: "|---|---|"
            Row: "| 1 | 2 |"
            Definition: "[^1]: Une note\nsuite"
            Text: "*fin*"
        "####]],
    );
}

#[test]
fn keeps_code_whole() {
    check(
        "Avant\n```questions\n- a\n\n# b\n``\n```\nAprès\n\n~~~~\n```\n\nsans fin",
        expect![[r####"
            Text: "Avant"
            Fence: "```questions\n- a\n\n# b\n``\n```"
            Text: "Après"
            Fence: "~~~~\n```\n\nsans fin"
        "####]],
    );
}

#[test]
fn an_empty_body_has_no_paragraph() {
    assert!(paragraphs("").is_empty());
    assert!(paragraphs("\n \n\n").is_empty());
}

proptest! {
    #[test]
    fn every_byte_is_kept(body in "([-#>|`~\\[\\]:. \né1a]|\r\n|\n\n|```){0,60}") {
        let (found, tail) = cut(&body);
        let mut again = String::new();
        for paragraph in &found {
            prop_assert!(paragraph.gap.trim().is_empty());
            prop_assert!(!paragraph.text.trim().is_empty());
            again.push_str(paragraph.gap);
            prop_assert_eq!(again.len(), paragraph.start);
            again.push_str(paragraph.text);
        }
        again.push_str(tail);
        prop_assert_eq!(again, body);
    }
}
