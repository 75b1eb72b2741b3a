//! The starter commons obeys its own format.

use std::{fs, path::Path};

use super::{super::check_commons, shown};
use crate::{Card, CommonsConfig, Value, schema};

/// Every file of the starter commons, with the text of those that have one.
fn files() -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, files: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("the folder of the starter commons") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                walk(&path, root, files);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("a file below the root")
                    .to_str()
                    .expect("a name in UTF-8")
                    .to_owned();
                let text = fs::read_to_string(&path).unwrap_or_default();
                files.push((name, text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files
}

fn cards() -> impl Iterator<Item = (String, String)> {
    files()
        .into_iter()
        .filter(|(file, _)| file.ends_with(".md") && file.contains('/'))
}

#[test]
fn the_starter_commons_has_no_problem() {
    let files = files();
    let config = files
        .iter()
        .find(|(file, _)| file == "commons.toml")
        .map_or("", |(_, text)| text);
    let files: Vec<(String, &str)> = files
        .iter()
        .map(|(file, text)| (file.clone(), text.as_str()))
        .collect();
    let told = check_commons(config, &files);
    let lines: String = told
        .iter()
        .map(|(file, problem)| format!("{file}:{}", shown(std::slice::from_ref(problem))))
        .collect();
    assert_eq!(lines, "");
}

#[test]
fn every_card_keeps_its_bytes_when_nothing_changes() {
    let config = files()
        .into_iter()
        .find(|(file, _)| file == "commons.toml")
        .map(|(_, text)| text)
        .unwrap_or_default();
    let config = CommonsConfig::read(&config).expect("the configuration of the starter commons");
    for (file, text) in cards() {
        let (card, problems) = Card::read(&text);
        assert_eq!(problems, [], "{file}");
        for key in card.keys() {
            assert_eq!(
                card.with(key, card.value(key).cloned()).text(),
                text,
                "{file} {key}"
            );
        }
        assert_eq!(card.with_body(card.body()).text(), text, "{file}");
        assert_eq!(
            card.with_body(&card.body().replace('\n', "\r\n")).text(),
            text,
            "{file}"
        );
        assert_eq!(
            card.with_sections(&config, &card.sections(&config)).text(),
            text,
            "{file}"
        );
    }
}

#[test]
fn one_more_word_in_a_card_changes_one_line() {
    for (file, text) in cards() {
        let (card, _) = Card::read(&text);
        for key in ["title", "summary"] {
            let Some(Value::Text(old)) = card.value(key) else {
                continue;
            };
            let changed = card.with(key, Some(Value::Text(format!("{old} encore"))));
            assert_eq!(changed_lines(&text, changed.text()), (1, 1), "{file} {key}");
        }
        for field in schema::fields_of(card.kind().expect("a kind")) {
            let Some(Value::List(items)) = card.value(field.key) else {
                continue;
            };
            let Some(item @ Value::Text(_)) = items.first() else {
                continue;
            };
            let mut more = items.clone();
            more.push(Value::Text(format!(
                "{}-bis",
                item.as_text().unwrap_or_default()
            )));
            let (gone, new) =
                changed_lines(&text, card.with(field.key, Some(Value::List(more))).text());
            assert!(
                gone <= 1 && new == 1,
                "{file} {}: {gone} lines gone, {new} new",
                field.key
            );
        }
    }
}

fn changed_lines(old: &str, new: &str) -> (usize, usize) {
    let diff = similar::TextDiff::from_lines(old, new);
    let count = |tag| {
        diff.iter_all_changes()
            .filter(|change| change.tag() == tag)
            .count()
    };
    (
        count(similar::ChangeTag::Delete),
        count(similar::ChangeTag::Insert),
    )
}
