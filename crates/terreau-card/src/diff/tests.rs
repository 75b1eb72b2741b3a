//! What readers see of a change.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::{Card, Value};

use super::{Change, FieldChange, prose_diff, source_diff, word_diff};

fn card(front: &str, body: &str) -> Card {
    Card::read(&format!("---\n{front}---\n\n{body}")).0
}

/// Shows the blocks that changed: `[-gone-]{+new+}`.
fn check(old: &str, new: &str, expected: Expect) {
    let diff = prose_diff(&card("", old), &card("", new));
    let shown: Vec<String> = diff
        .blocks
        .iter()
        .filter(|block| block.change != Change::Same)
        .map(|block| {
            let spans: String = block
                .spans
                .iter()
                .map(|span| match span.change {
                    Change::Deleted => format!("[-{}-]", span.text),
                    Change::Inserted => format!("{{+{}+}}", span.text),
                    Change::Same | Change::Changed => span.text.clone(),
                })
                .collect();
            format!("{:?} {:?}: {spans}\n", block.change, block.kind)
        })
        .collect();
    expected.assert_eq(&shown.concat());
}

#[test]
fn one_word_is_one_word() {
    check(
        "Durée : 2 h avec les habitant·es.\n\nFin.\n",
        "Durée : 3 h avec les habitant·es.\n\nFin.\n",
        expect![[r#"
            Changed Paragraph: Durée : [-2-]{+3+} h avec les habitant·es.
        "#]],
    );
    check(
        "Avec d’autres habitant·es.",
        "Avec d’autres élu·es.",
        expect![[r#"
            Changed Paragraph: Avec d’autres [-habitant·es-]{+élu·es+}.
        "#]],
    );
    check("Un mot.", "Un *mot*.", expect![[""]]);
}

#[test]
fn replaced_words_are_shown_together() {
    check(
        "Poser une grande question aux passants du marché.",
        "Poser deux petites questions aux passants du marché.",
        expect![[r#"
            Changed Paragraph: Poser [-une grande question-]{+deux petites questions+} aux passants du marché.
        "#]],
    );
}

#[test]
fn nobody_reads_confetti() {
    check(
        "Le vent emporte les feuilles du grand panneau de bois.",
        "Prévoir des pinces à linge, du fil et le soleil.",
        expect![[r#"
            Deleted Paragraph: [-Le vent emporte les feuilles du grand panneau de bois.-]
            Inserted Paragraph: {+Prévoir des pinces à linge, du fil et le soleil.+}
        "#]],
    );
    check(
        "## Durée",
        "## Temps",
        expect![[r#"
        Changed Heading(2): [-Durée-]{+Temps+}
    "#]],
    );
}

#[test]
fn every_kind_of_block() {
    check(
        "## Un\n\n- a b c\n- d e f\n\n> dire ceci\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\ncode un\n```\n",
        "## Un deux\n\n- a b g\n- d e f\n- neuf\n\n> dire cela\n\n| x | y |\n|---|---|\n| 1 | 3 |\n\n```\ncode deux\n```\n",
        expect![[r#"
            Changed Heading(2): Un{+ deux+}
            Changed Item: a b [-c-]{+g+}
            Inserted Item: {+neuf+}
            Changed Quote: dire [-ceci-]{+cela+}
            Changed Row: 1 | [-2-]{+3+}
            Changed Code: code [-un-]{+deux+}
        "#]],
    );
}

#[test]
fn blocks_come_and_go() {
    check(
        "Un reste.\n\nDeux part.\n\nTrois reste.",
        "Un reste.\n\nTrois reste.\n\nQuatre arrive.",
        expect![[r#"
            Deleted Paragraph: [-Deux part.-]
            Inserted Paragraph: {+Quatre arrive.+}
        "#]],
    );
    check(
        "Un paragraphe.",
        "- Un paragraphe.",
        expect![[r#"
        Changed Item: Un paragraphe.
    "#]],
    );
}

#[test]
fn a_link_led_elsewhere_is_seen() {
    check(
        "Voir [la fiche](a.md), ![plan](p.png).",
        "Voir [la fiche](https://evil.example), ![plan](p.png).",
        expect![[r#"
            Changed Paragraph: Voir la fiche, plan.[- → a.md-]{+ → https://evil.example+}
        "#]],
    );
    check(
        "- [ ] à faire",
        "- [x] à faire",
        expect![[r#"
        Changed Item: [-☐-]{+☑+} à faire
    "#]],
    );
}

#[test]
fn fields_are_compared_by_value() {
    let old = card(
        "title: Un\ntags: [a, b]\nstatus: active\ncost_eur: {min: 1, max: 2}\n",
        "x",
    );
    let new = card(
        "status: \"active\"\ntitle: Deux\ntags:\n  - a\n  - b\nreview_by: 2027-01-01\n",
        "x",
    );
    let diff = prose_diff(&old, &new);
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let expected = [
        FieldChange {
            key: "title".to_owned(),
            was: text("Un"),
            becomes: text("Deux"),
        },
        FieldChange {
            key: "review_by".to_owned(),
            was: None,
            becomes: text("2027-01-01"),
        },
        FieldChange {
            key: "cost_eur".to_owned(),
            was: Some(Value::Map(vec![
                ("min".to_owned(), Value::Integer(1)),
                ("max".to_owned(), Value::Integer(2)),
            ])),
            becomes: None,
        },
    ];
    assert_eq!(diff.fields, expected);
    assert!(!diff.is_empty());
    assert!(prose_diff(&old, &old).is_empty());
}

#[test]
fn the_source_line_by_line() {
    let shown: Vec<String> = source_diff("a\nb\nc\nd", "a\nc\nx\nd\n")
        .iter()
        .map(|line| {
            format!(
                "{:?} {:?} {:?} {}\n",
                line.change, line.old_line, line.new_line, line.text
            )
        })
        .collect();
    expect![[r#"
        Same Some(1) Some(1) a
        Deleted Some(2) None b
        Same Some(3) Some(2) c
        Inserted None Some(3) x
        Same Some(4) Some(4) d
    "#]]
    .assert_eq(&shown.concat());
}

proptest! {
    /// The old words and the new words can be read back from the spans.
    #[test]
    fn nothing_is_lost_or_invented(old in words(), new in words()) {
        let spans = word_diff(&old, &new);
        let side = |other: Change| -> String { spans.iter().filter(|span| span.change != other).map(|span| span.text.as_str()).collect() };
        prop_assert_eq!(side(Change::Inserted), old);
        prop_assert_eq!(side(Change::Deleted), new);
    }

    #[test]
    fn the_source_can_be_read_back(old in "[ab\n]{0,30}", new in "[ab\n]{0,30}") {
        let lines = source_diff(&old, &new);
        let side = |other: Change| -> Vec<&str> { lines.iter().filter(|line| line.change != other).map(|line| line.text.as_str()).collect() };
        prop_assert_eq!(side(Change::Inserted), old.lines().collect::<Vec<_>>());
        prop_assert_eq!(side(Change::Deleted), new.lines().collect::<Vec<_>>());
    }

    /// Every block of both bodies is in the comparison, in order.
    #[test]
    fn every_block_is_there(old in proptest::collection::vec(words(), 0..6), new in proptest::collection::vec(words(), 0..6)) {
        let (old, new) = (old.join("\n\n"), new.join("\n\n"));
        let diff = prose_diff(&card("", &old), &card("", &new));
        for (body, other) in [(&old, Change::Inserted), (&new, Change::Deleted)] {
            let read: Vec<String> = diff
                .blocks
                .iter()
                .filter(|block| block.change != other)
                .map(|block| block.spans.iter().filter(|span| span.change != other).map(|span| span.text.as_str()).collect())
                .collect();
            prop_assert_eq!(read.join("\n"), crate::plain_text(body));
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec("(un|deux|trois|l’eau|habitant·es|quatre)", 1..8)
        .prop_map(|words| words.join(" "))
}
