//! Every card of the starter commons.

use std::{collections::HashSet, fs, path::Path};

use crate::{Card, CardPath, markdown::blocks, render};

use super::{attacks::violations, commons};

/// Calls `each` with every card in `content/`.
fn each_card(folder: &Path, root: &Path, each: &mut dyn FnMut(&CardPath, &Card)) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            each_card(&entry, root, each);
        } else if entry.extension().is_some_and(|extension| extension == "md") {
            let file = entry
                .strip_prefix(root)
                .expect("inside")
                .to_string_lossy()
                .into_owned();
            if let Some(path) = CardPath::from_file(&file) {
                each(
                    &path,
                    &Card::read(&fs::read_to_string(&entry).expect("a text")).0,
                );
            }
        }
    }
}

#[test]
fn every_card_renders() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut count = 0;
    each_card(&root, &root, &mut |path, card| {
        count += 1;
        let rendered = render(card, path, commons());
        assert!(
            !rendered.plain_text.trim().is_empty(),
            "{path}: nothing to read"
        );
        assert!(rendered.words > 20, "{path}: only {} words", rendered.words);
        assert!(!rendered.sections.is_empty(), "{path}: no section");

        let html = rendered.html.as_str();
        assert_eq!(violations(html), Vec::<String>::new(), "{path}");
        for left in [
            "{{",
            "}}",
            "TODO",
            "XXX",
            "[^",
            "](",
            "undefined",
            "La suite n’est pas affichée",
        ] {
            assert!(!html.contains(left), "{path}: {left} is left over");
        }
        let ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let unique: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{path}: {ids:?}");
        for entry in &rendered.contents {
            assert!(
                unique.contains(entry.anchor.as_str()),
                "{path}: #{} leads nowhere",
                entry.anchor
            );
        }
        for anchor in html
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(unique.contains(anchor), "{path}: #{anchor} leads nowhere");
        }
        assert_eq!(
            card.body().contains("```questions"),
            html.contains("class=\"questions\""),
            "{path}"
        );
        assert!(
            blocks(card.body())
                .iter()
                .all(|block| !block.text.contains("](")),
            "{path}"
        );
    });
    assert!(count > 10, "only {count} cards");
}
