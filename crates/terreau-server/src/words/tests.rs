//! Tests of `words`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// Returns the message keys of a language, each with the variables it uses.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    for file in files(&web().join("locales").join(language), "ftl") {
        let text = fs::read_to_string(&file).expect("a locale file can be read");
        let mut key = String::new();
        for line in text.lines() {
            let starts_message = line.starts_with(|letter: char| letter.is_ascii_lowercase());
            if let (true, Some((name, _))) = (starts_message, line.split_once('=')) {
                key = name.trim().to_owned();
                let before = messages.insert(key.clone(), BTreeSet::new());
                assert!(before.is_none(), "{key} is written twice in {language}");
            }
            for variable in line.split('$').skip(1) {
                let name: String = variable
                    .chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
                    .collect();
                messages.entry(key.clone()).or_default().insert(name);
            }
        }
    }
    messages
}

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|its| its == extension) {
            found.push(path);
        }
    }
    found
}

/// Returns the literal keys given to `say`, `tell`, `tell_two` or a failure in a text.
fn keys_used(text: &str) -> BTreeSet<String> {
    const CALLS: [&str; 6] = [
        "say(",
        "tell(",
        "tell_two(",
        "maybe(",
        ".message(",
        ".next(",
    ];
    let mut keys = BTreeSet::new();
    for call in CALLS {
        for rest in text.split(call).skip(1) {
            let Some(rest) = rest.trim_start().strip_prefix('"') else {
                continue;
            };
            let key: String = rest
                .chars()
                .take_while(|letter| {
                    letter.is_ascii_lowercase() || letter.is_ascii_digit() || *letter == '-'
                })
                .collect();
            let ended = rest[key.len()..].starts_with('"');
            if ended && key.contains('-') {
                keys.insert(key);
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let (french, english) = (messages("fr"), messages("en"));
    let missing: Vec<_> = french
        .keys()
        .filter(|key| !english.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "without English words: {missing:?}");
    let missing: Vec<_> = english
        .keys()
        .filter(|key| !french.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "without French words: {missing:?}");
    for (key, variables) in &french {
        assert_eq!(variables, &english[key], "variables of {key}");
    }
}

#[test]
fn every_message_can_be_said() {
    for (code, language) in [("fr", Language::French), ("en", Language::English)] {
        for (key, variables) in messages(code) {
            let arguments = variables
                .into_iter()
                .map(|name| (Cow::Owned(name), FluentValue::from(2)))
                .collect();
            let said = LOCALES.try_lookup_complete(
                Words::of(language).identifier(),
                &key,
                Some(&arguments),
            );
            assert!(said.is_some(), "{key} in {code} cannot be said");
        }
    }
}

#[test]
fn no_page_asks_for_words_that_do_not_exist() {
    let known = messages("fr");
    let mut files_read = files(&web().join("templates"), "html");
    files_read.extend(files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        "rs",
    ));
    let mut used = 0;
    for file in files_read.iter().filter(|file| !file.ends_with("tests.rs")) {
        for key in keys_used(&fs::read_to_string(file).expect("a source file can be read")) {
            used += 1;
            assert!(
                known.contains_key(&key),
                "{} asks for {key}, which has no words",
                file.display()
            );
        }
    }
    assert!(
        used > 50,
        "the scan found only {used} keys: it no longer understands the sources"
    );
}

#[test]
fn arguments_are_put_into_messages() {
    let french = Words::of(Language::French);
    assert_eq!(
        french.tell("search-count", "count", 0_usize),
        "Aucune fiche"
    );
    assert_eq!(french.tell("search-count", "count", 1_usize), "1 fiche");
    assert_eq!(french.tell("search-count", "count", 2_usize), "2 fiches");
    assert_eq!(
        Words::of(Language::English).tell("search-count", "count", 1_usize),
        "1 card"
    );
}

#[test]
fn keys_made_from_codes_of_the_format_have_their_words() {
    use terreau_card::schema::{Shape, common_fields, field_in, kind_fields};
    let words_of = |key: &str, inner: &str| {
        let field = field_in(terreau_card::Kind::Method, key).expect("every card has the key");
        let inner = field.shape.fields().iter().find(|field| field.key == inner);
        match inner.map_or(field.shape, |field| field.shape) {
            Shape::OneOf(words) => words,
            shape => panic!("{key} is one of no words: {shape:?}"),
        }
    };
    let mut keys: Vec<String> = words_of("sources", "usage")
        .iter()
        .map(|usage| format!("card-usage-{usage}"))
        .collect();
    let notices = words_of("status", "")
        .iter()
        .filter(|status| **status != "active");
    keys.extend(
        notices.flat_map(|status| {
            ["title", "text"].map(|part| format!("card-notice-{status}-{part}"))
        }),
    );
    for (prefix, codes) in [
        ("card-nature-", &["observed", "planned", "estimated"][..]),
        (
            "facts-state-",
            &["planned", "running", "finished", "stopped"],
        ),
        ("facts-again-", &["as-is", "adapted", "no", "unknown"]),
        (
            "facts-independence-",
            &["lead", "participant", "observer", "evaluator"],
        ),
        (
            "history-change-",
            &["created", "changed", "renamed", "archived", "restored"],
        ),
        ("card-data-", &["collected", "retention", "anonymisation"]),
        ("card-adaptation-", &["changed", "kept", "why"]),
    ] {
        keys.extend(codes.iter().map(|code| format!("{prefix}{code}")));
    }
    for kind in terreau_card::Kind::ALL {
        let fields = common_fields().iter().chain(kind_fields(kind));
        keys.extend(fields.map(|field| format!("facts-label-{}", field.key.replace('_', "-"))));
    }
    let known = messages("fr");
    let missing: BTreeSet<_> = keys
        .iter()
        .filter(|key| !known.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "without words: {missing:?}");
}
