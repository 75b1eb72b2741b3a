//! What cards name, and how it follows a rename.

use expect_test::expect;

use super::{Target, card_links, image_paths, move_links, relative, rename_mentions, target};
use crate::{Card, CardPath};

const CARD: &str = "---
id: 01a20145-ff65-733a-9c89-68c6f25c20ad
kind: pathway
title: T
summary: S
links:
  - {to: outils/a, relation: before}
  - to: \"outils/b\" # un autre
    relation: uses
steps:
  - title: Un
    cards: [outils/a, methodes/c]
aliases: [outils/vieux]
---

Voir [a](../outils/a.md#deroule), [b](</outils/b>), [c](c.md 'titre'), [d][ref] et ![vue](../images/vue%201.png).
[rien](#ici), [le web](https://example.org/outils/a.md), [perdu](../../../x.md), [lisez-moi](../README.md).

    [code](../outils/a.md)

[ref]: ../outils/a.md
";

fn path(text: &str) -> CardPath {
    CardPath::parse(text).expect("a good path")
}

#[test]
fn every_card_named_is_found() {
    let (card, problems) = Card::read(CARD);
    assert_eq!(problems, []);
    let mentions = card_links(&card, &path("methodes/m"));
    let lines: Vec<String> = mentions
        .iter()
        .map(|m| {
            format!(
                "{}:{} {} {}",
                m.line,
                m.column,
                m.to,
                m.relation.as_deref().unwrap_or("-")
            )
        })
        .collect();
    expect![[r#"
        7:10 outils/a before
        8:9 outils/b uses
        12:13 outils/a steps
        12:23 methodes/c steps
        16:6 outils/a -
        16:35 outils/b -
        16:53 methodes/c -
        16:72 outils/a -"#]]
    .assert_eq(&lines.join("\n"));
    let images = image_paths(&card, &path("methodes/m"));
    assert_eq!(images.len(), 1);
    assert_eq!(
        (images[0].path.as_str(), images[0].line),
        ("images/vue 1.png", 16)
    );
}

#[test]
fn mentions_follow_a_rename() {
    let (card, _) = Card::read(CARD);
    let changed = rename_mentions(
        &card,
        &path("methodes/m"),
        &path("outils/a"),
        &path("methodes/fiches/nouveau"),
    );
    let diff = similar::TextDiff::from_lines(card.text(), changed.text());
    let lines = diff
        .iter_all_changes()
        .filter(|change| change.tag() == similar::ChangeTag::Insert);
    expect![[r#"
          - {to: methodes/fiches/nouveau, relation: before}
            cards: [methodes/fiches/nouveau, methodes/c]
        Voir [a](fiches/nouveau.md#deroule), [b](</outils/b>), [c](c.md 'titre'), [d][ref] et ![vue](../images/vue%201.png).
        [ref]: fiches/nouveau.md
    "#]].assert_eq(&lines.map(|change| change.value()).collect::<String>());
    assert_eq!(
        rename_mentions(
            &changed,
            &path("methodes/m"),
            &path("methodes/fiches/nouveau"),
            &path("outils/a")
        )
        .text(),
        CARD
    );
    assert_eq!(
        rename_mentions(
            &card,
            &path("methodes/m"),
            &path("outils/z"),
            &path("outils/y")
        )
        .text(),
        CARD
    );
}

#[test]
fn relative_links_follow_the_card_itself() {
    let (card, _) = Card::read(CARD);
    let changed = move_links(&card, &path("methodes/m"), &path("outils/fiches/m"));
    let diff = similar::TextDiff::from_lines(card.text(), changed.text());
    let lines = diff
        .iter_all_changes()
        .filter(|change| change.tag() == similar::ChangeTag::Insert);
    expect![[r#"
        Voir [a](../a.md#deroule), [b](</outils/b>), [c](../../methodes/c.md 'titre'), [d][ref] et ![vue](../../images/vue%201.png).
        [rien](#ici), [le web](https://example.org/outils/a.md), [perdu](../../../x.md), [lisez-moi](../../README.md).
        [ref]: ../a.md
    "#]].assert_eq(&lines.map(|change| change.value()).collect::<String>());
    assert_eq!(
        card_links(&card, &path("methodes/m")),
        card_links(&changed, &path("outils/fiches/m"))
            .into_iter()
            .zip(card_links(&card, &path("methodes/m")))
            .map(|(mut new, old)| {
                new.column = old.column;
                new
            })
            .collect::<Vec<_>>()
    );
}

#[test]
fn addresses_lead_somewhere() {
    let here = path("methodes/m");
    let card = |text: &str, portable| Target::Card {
        path: path(text),
        portable,
    };
    assert_eq!(target(&here, "x.md"), card("methodes/x", true));
    assert_eq!(
        target(&here, "./../outils/x.md?a#b"),
        card("outils/x", true)
    );
    assert_eq!(target(&here, "/outils/x"), card("outils/x", false));
    assert_eq!(target(&here, "../outils/x"), card("outils/x", false));
    assert_eq!(target(&here, "../recherche"), Target::Elsewhere);
    assert_eq!(target(&here, "mailto:a@b.fr"), Target::Elsewhere);
    assert_eq!(
        target(&here, "plan.pdf"),
        Target::File {
            path: "methodes/plan.pdf".to_owned()
        }
    );
    assert_eq!(
        target(&here, "../../x.md"),
        Target::Lost {
            text: "../../x.md".to_owned()
        }
    );
    assert_eq!(
        target(&here, "Grand Titre.md"),
        Target::Lost {
            text: "Grand Titre.md".to_owned()
        }
    );
    assert_eq!(relative(&here, "methodes/x.md"), "x.md");
    assert_eq!(relative(&here, "outils/a/x.md"), "../outils/a/x.md");
    assert_eq!(relative(&path("a/b/c"), "a/x.md"), "../x.md");
}
