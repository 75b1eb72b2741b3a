//! What holds of every merge.

use proptest::prelude::*;

use crate::{
    merge::{Choice, Merged, Part, merge, parts},
    paragraphs::cut,
};

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
