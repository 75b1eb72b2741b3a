//! Tests of `compare`.

use super::*;
use terreau_card::Language;

fn block(change: Change) -> DiffBlock {
    DiffBlock {
        kind: BlockKind::Paragraph,
        change,
        spans: vec![Span {
            change: Change::Same,
            text: "mot".into(),
        }],
    }
}

#[test]
fn unchanged_stretches_fold_and_changes_keep_their_neighbours() {
    let mut blocks = vec![block(Change::Same); 4];
    blocks.push(block(Change::Changed));
    blocks.extend(vec![block(Change::Same); 2]);
    let shape: Vec<(bool, usize)> = stretches(&blocks, Words::of(Language::French))
        .iter()
        .map(|stretch| (stretch.folded.is_some(), stretch.blocks.len()))
        .collect();
    assert_eq!(shape, [(true, 3), (false, 3), (false, 1)]);
    assert!(stretches(&[], Words::of(Language::French)).is_empty());
}

#[test]
fn only_the_words_that_differ_are_marked() {
    let (was, becomes) = changed_words(
        Some("dans la rue, tôt".into()),
        Some("dans une rue, tôt".into()),
    );
    let said = |spans: &[SpanView]| {
        spans
            .iter()
            .map(|span| format!("{}:{}", span.change, span.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&was), ["same:dans ", "deleted:la ", "same:rue, tôt"]);
    assert_eq!(
        said(&becomes),
        ["same:dans ", "inserted:une ", "same:rue, tôt"]
    );
    let (was, becomes) = changed_words(None, Some("neuf".into()));
    assert_eq!(
        (said(&was), said(&becomes)),
        (vec![], vec!["inserted:neuf".to_owned()])
    );
    let (was, becomes) = changed_words(Some("a a".into()), Some("a a a".into()));
    assert_eq!(said(&was), ["same:a ", "same:a"]);
    assert_eq!(said(&becomes), ["same:a ", "inserted:a ", "same:a"]);
}

#[test]
fn values_are_spoken() {
    let list = Value::List(vec![Value::from("a"), Value::from("b")]);
    assert_eq!(spoken(&list).as_deref(), Some("a, b"));
    let map = Value::Map(vec![
        ("min".into(), Value::from(3)),
        ("max".into(), Value::from(6)),
        ("note".into(), Value::Null),
    ]);
    assert_eq!(spoken(&map).as_deref(), Some("min : 3 ; max : 6"));
    assert_eq!(spoken(&Value::List(Vec::new())), None);
}
