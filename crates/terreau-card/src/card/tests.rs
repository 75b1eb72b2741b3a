//! Reading and changing cards.

mod properties;

use expect_test::{Expect, expect};

use super::Card;
use crate::{Kind, Language, Value};

const METHOD: &str = "---
# Une fiche d’essai
id: 01a20145-ff65-733a-9c89-68c6f25c20ad   # ne change jamais
kind: method
title: \"Porteur de parole\"
summary: Une grande question dans la rue :# et des réponses
language: fr
x-inconnu: {a: 1,  b: [ 2,3 ]}
topics: [tous-sujets,  democratie-gouvernance] # deux

authors:
  # la première
  - name: \"L’équipe\"
    role: author
  - name: 'Zoé d’ici'
    organisation: Les Localos   # association
duration: {min: PT2H, max: PT4H}
cost_eur:
    min: 15
    max: 60
    note: >-
      Feutres, cartons
      et ficelle ; la boisson
      est utile.
parts:
- outils/a
- outils/b
# la fin
---

Le corps.

## Déroulé

Texte.
";

fn text(text: &str) -> Option<Value> {
    Some(Value::from(text))
}

fn list(items: &[&str]) -> Option<Value> {
    Some(Value::List(
        items.iter().map(|item| Value::from(*item)).collect(),
    ))
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::Map(
        entries
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
    )
}

/// Shows the lines that a change takes away and adds.
fn check(key: &str, value: Option<Value>, expected: Expect) {
    let (card, problems) = Card::read(METHOD);
    assert_eq!(problems, []);
    let changed = card.with(key, value.clone());
    assert_eq!(changed.value(key), value.as_ref());
    for other in card.keys().filter(|other| *other != key) {
        assert_eq!(changed.value(other), card.value(other), "{other}");
    }
    let diff = similar::TextDiff::from_lines(card.text(), changed.text());
    let lines = diff
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal);
    expected.assert_eq(
        &lines
            .map(|change| format!("{}{}", change.tag(), change.value()))
            .collect::<String>(),
    );
}

#[test]
fn facts_are_read() {
    let (card, problems) = Card::read(METHOD);
    assert_eq!(problems, []);
    assert_eq!(card.title(), "Porteur de parole");
    assert_eq!(card.kind(), Some(Kind::Method));
    assert_eq!(card.topics(), ["tous-sujets", "democratie-gouvernance"]);
    assert_eq!(
        card.authors()[1].organisation.as_deref(),
        Some("Les Localos")
    );
    assert_eq!(
        card.value("cost_eur").and_then(|cost| cost.get("note")),
        text("Feutres, cartons et ficelle ; la boisson est utile.").as_ref()
    );
    assert_eq!(card.body_line(), 31);
    assert!(card.body().starts_with("Le corps."));
    assert_eq!(
        card.summary(),
        "Une grande question dans la rue :# et des réponses"
    );
}

#[test]
fn the_same_value_gives_the_same_bytes() {
    let (card, _) = Card::read(METHOD);
    for key in card.keys() {
        assert_eq!(
            card.with(key, card.value(key).cloned()).text(),
            METHOD,
            "{key}"
        );
    }
    assert_eq!(card.with("absent", None).text(), METHOD);
    assert_eq!(card.with_body(card.body()).text(), METHOD);
}

#[test]
fn one_changed_scalar_changes_one_line() {
    check(
        "title",
        text("Porte-parole"),
        expect![[r#"
        -title: "Porteur de parole"
        +title: "Porte-parole"
    "#]],
    );
    check(
        "title",
        text("Dire \"oui\""),
        expect![[r#"
        -title: "Porteur de parole"
        +title: "Dire \"oui\""
    "#]],
    );
    check(
        "kind",
        text("tool"),
        expect![[r#"
        -kind: method
        +kind: tool
    "#]],
    );
    check(
        "summary",
        text("Titre : sous-titre"),
        expect![[r#"
        -summary: Une grande question dans la rue :# et des réponses
        +summary: "Titre : sous-titre"
    "#]],
    );
    check(
        "summary",
        text("Deux\nlignes"),
        expect![[r#"
        -summary: Une grande question dans la rue :# et des réponses
        +summary: |-
        +  Deux
        +  lignes
    "#]],
    );
    check(
        "language",
        Some(Value::Null),
        expect![[r#"
        -language: fr
        +language:
    "#]],
    );
    check(
        "language",
        list(&["a"]),
        expect![[r#"
        -language: fr
        +language:
        +  - a
    "#]],
    );
    check(
        "duration",
        Some(map(&[("min", "PT2H".into()), ("max", "PT5H".into())])),
        expect![[r#"
        -duration: {min: PT2H, max: PT4H}
        +duration: {min: PT2H, max: PT5H}
    "#]],
    );
    check(
        "duration",
        Some(map(&[("max", "PT4H".into())])),
        expect![[r#"
        -duration: {min: PT2H, max: PT4H}
        +duration: {max: PT4H}
    "#]],
    );
    check(
        "duration",
        Some(map(&[
            ("min", "PT2H".into()),
            ("max", "PT4H".into()),
            ("note", "a, b".into()),
        ])),
        expect![[r#"
        -duration: {min: PT2H, max: PT4H}
        +duration: {min: PT2H, max: PT4H, note: "a, b"}
    "#]],
    );
    check(
        "duration",
        text("PT2H"),
        expect![[r#"
        -duration: {min: PT2H, max: PT4H}
        +duration: PT2H
    "#]],
    );
    let note = "Feutres, cartons et ficelle ; la tisane est utile.";
    check(
        "cost_eur",
        Some(map(&[
            ("min", 15.into()),
            ("max", 60.into()),
            ("note", note.into()),
        ])),
        expect![[r#"
        -      et ficelle ; la boisson
        +      et ficelle ; la tisane
    "#]],
    );
    let note =
        "Des feutres, quelques cartons et de la ficelle ; la boisson est utile.\nEt un mètre.";
    check(
        "cost_eur",
        Some(map(&[
            ("min", 15.into()),
            ("max", 60.into()),
            ("note", note.into()),
        ])),
        expect![[r#"
        -      Feutres, cartons
        -      et ficelle ; la boisson
        +      Des feutres, quelques cartons
        +      et de la ficelle ; la boisson
        +
        +      Et un mètre.
    "#]],
    );
    check(
        "cost_eur",
        Some(map(&[("min", 15.into())])),
        expect![[r#"
        -    max: 60
        -    note: >-
        -      Feutres, cartons
        -      et ficelle ; la boisson
        -      est utile.
    "#]],
    );
    check(
        "cost_eur",
        Some(map(&[
            ("min", 0.into()),
            ("per", "an".into()),
            ("max", Value::Decimal(0.5)),
        ])),
        expect![[r#"
        -    min: 15
        -    max: 60
        -    note: >-
        -      Feutres, cartons
        -      et ficelle ; la boisson
        -      est utile.
        +    min: 0
        +    per: an
        +    max: 0.5
    "#]],
    );
}

#[test]
fn lists_gain_and_lose_lines() {
    check(
        "parts",
        list(&["outils/a", "outils/b", "outils/c"]),
        expect![[r#"
        +- outils/c
    "#]],
    );
    check(
        "parts",
        list(&["outils/z", "outils/a", "outils/b"]),
        expect![[r#"
        +- outils/z
    "#]],
    );
    check(
        "parts",
        list(&["outils/b"]),
        expect![[r#"
        -- outils/a
    "#]],
    );
    check(
        "parts",
        list(&["outils/a", "outils/x"]),
        expect![[r#"
        -- outils/b
        +- outils/x
    "#]],
    );
    check(
        "parts",
        list(&[]),
        expect![[r#"
        -parts:
        -- outils/a
        -- outils/b
        +parts: []
    "#]],
    );
    check(
        "parts",
        None,
        expect![[r#"
        -parts:
        -- outils/a
        -- outils/b
    "#]],
    );
    check(
        "topics",
        list(&["tous-sujets"]),
        expect![[r#"
        -topics: [tous-sujets,  democratie-gouvernance] # deux
        +topics: [tous-sujets] # deux
    "#]],
    );
    check(
        "topics",
        list(&["eau", "democratie-gouvernance"]),
        expect![[r#"
        -topics: [tous-sujets,  democratie-gouvernance] # deux
        +topics: [eau,  democratie-gouvernance] # deux
    "#]],
    );
    check(
        "topics",
        list(&["tous-sujets", "democratie-gouvernance", "a: b"]),
        expect![[r#"
        -topics: [tous-sujets,  democratie-gouvernance] # deux
        +topics: [tous-sujets,  democratie-gouvernance, "a: b"] # deux
    "#]],
    );
    check(
        "topics",
        None,
        expect![[r#"
        -topics: [tous-sujets,  democratie-gouvernance] # deux
    "#]],
    );
    let team = map(&[("name", "L’équipe".into()), ("role", "author".into())]);
    let zoe = map(&[
        ("name", "Zoé d’ici".into()),
        ("organisation", "Les Localos".into()),
    ]);
    check(
        "authors",
        Some(Value::List(vec![zoe.clone()])),
        expect![[r#"
        -  - name: "L’équipe"
        -    role: author
    "#]],
    );
    check(
        "authors",
        Some(Value::List(vec![
            team.clone(),
            zoe.clone(),
            map(&[("name", "@moi".into()), ("url", "https://x.fr/#a".into())]),
        ])),
        expect![[r#"
        +  - name: "@moi"
        +    url: https://x.fr/#a
    "#]],
    );
    check(
        "authors",
        Some(Value::List(vec![map(&[("role", "author".into())]), zoe])),
        expect![[r#"
        -  - name: "L’équipe"
        -    role: author
        +  - role: author
    "#]],
    );
    check(
        "authors",
        Some(Value::List(vec![
            team,
            map(&[("organisation", "Les Localos".into())]),
        ])),
        expect![[r#"
        -  - name: 'Zoé d’ici'
        -    organisation: Les Localos   # association
        +  - organisation: Les Localos   # association
    "#]],
    );
}

#[test]
fn new_keys_go_to_their_place() {
    check(
        "status",
        text("archived"),
        expect![[r#"
        +status: archived
    "#]],
    );
    check(
        "difficulty",
        Some(2.into()),
        expect![[r#"
        +difficulty: 2
    "#]],
    );
    check(
        "x-autre",
        text("no"),
        expect![[r#"
        +x-autre: "no"
    "#]],
    );
    let (card, _) = Card::read("---\ntitle: A\n---\n");
    expect![[r#"
        ---
        id: x
        kind: tool
        title: A
        tags:
          - a
          - "12"
          - "1e5"
          - "- b"
          - ""
        ---
    "#]]
    .assert_eq(
        card.with("id", text("x"))
            .with("kind", text("tool"))
            .with("tags", list(&["a", "12", "1e5", "- b", ""]))
            .text(),
    );
}

#[test]
fn a_card_without_good_front_matter_gets_one() {
    let show = |source: &str| {
        Card::read(source)
            .0
            .with("title", text("T"))
            .text()
            .to_owned()
    };
    expect![[r#"
        ---
        title: T
        ---

        Bonjour
    "#]]
    .assert_eq(&show("Bonjour\n"));
    expect![[r#"
        ---
        title: T
        ---
    "#]]
    .assert_eq(&show(""));
    expect![[r#"
        ---
        title: T
        ---

        B
    "#]]
    .assert_eq(&show("---\n---\n\nB\n"));
    expect![[r#"
        ---
        # rien
        title: T
        ---
        B
    "#]]
    .assert_eq(&show("---\n# rien\n---\nB\n"));
    expect![[r#"
        ---
        title: T
        a: 1
        b:
          - x
        ---
        B
    "#]]
    .assert_eq(&show("---\n{a: 1, b: [x]}\n---\nB\n"));
    expect![[r#"
        ---
        title: T
        a: 1
        # a: 1
        # b: "x
        # c: 2
        ---
        B
    "#]]
    .assert_eq(&show("---\na: 1\nb: \"x\nc: 2\n---\nB\n"));
    expect![[r#"
        ---
        title: T
        # - a
        ---
        B
    "#]]
    .assert_eq(&show("---\n- a\n---\nB\n"));
    expect![[r#"
        ---
        title: T
        ---

        ---
        foo: bar
        B
    "#]]
    .assert_eq(&show("---\nfoo: bar\nB\n"));
    let lines = show("\u{FEFF}---\r\na: 1\r\ntitle: x\r\n---\r\nB\r\n");
    assert_eq!(lines, "\u{FEFF}---\r\na: 1\r\ntitle: T\r\n---\r\nB\r\n");
    assert_eq!(
        show("---\r\na: 1\r\nz: 2\r\n---\r\nB\r\n"),
        "---\r\ntitle: T\r\na: 1\r\nz: 2\r\n---\r\nB\r\n"
    );
}

#[test]
fn bodies_change() {
    let (card, _) = Card::read("---\na: 1\n---\n\nUn.\n");
    assert_eq!(card.with_body("Deux.").text(), "---\na: 1\n---\n\nDeux.\n");
    assert_eq!(card.with_body("Un.\r\n").text(), card.text());
    assert_eq!(card.with_body("").text(), "---\na: 1\n---\n\n");
    let card = Card::new(
        Kind::Tool,
        "01a20145-ff65-733a-9c89-68c6f25c20ad"
            .parse()
            .expect("a good id"),
        Language::French,
    );
    expect![[r#"
        ---
        id: 01a20145-ff65-733a-9c89-68c6f25c20ad
        kind: tool
        title: ""
        summary: ""
        language: fr
        ---

        Un.

        Deux.
    "#]]
    .assert_eq(card.with_body("Un.\r\n\r\nDeux.").text());
}
