//! What is kept beside the repository: never trusted more than git.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{folder, path, text, three_pages};
use crate::testing::{self, moment};
use crate::{Head, Store, forget_heads};

fn kept(dir: &Path) -> PathBuf {
    dir.join("cache").join("heads.log")
}

/// A commons with a few commits, closed; and the heads that it showed.
fn lived_in() -> (TempDir, Vec<Head>) {
    let dir = folder();
    let store = three_pages(dir.path());
    testing::put(
        &store,
        &path("pages/c"),
        &testing::page(3, "c", "Deux.").1,
        2,
    );
    testing::put(
        &store,
        &path("pages/b"),
        &testing::page(2, "b", "Trois.").1,
        3,
    );
    testing::put(
        &store,
        &path("pages/c"),
        &testing::page(3, "c", "Quatre.").1,
        4,
    );
    testing::put(
        &store,
        &path("pages/d"),
        &testing::page(4, "d", "Voir [c](c.md).").1,
        5,
    );
    let heads = heads(&store);
    (dir, heads)
}

fn heads(store: &Store) -> Vec<Head> {
    store
        .snapshot()
        .heads()
        .map(|head| Head::clone(head))
        .collect()
}

fn reopened(dir: &Path) -> Store {
    Store::open(testing::settings(dir)).unwrap()
}

#[test]
fn heads_and_dates_survive_a_start_without_reading_cards() {
    let (dir, before) = lived_in();
    let dates: Vec<_> = before.iter().map(|head| head.updated).collect();
    assert_eq!(dates, [moment(0), moment(3), moment(4), moment(5)]);
    let file = fs::read(kept(dir.path())).unwrap();
    let store = reopened(dir.path());
    assert_eq!(heads(&store), before);
    assert_eq!(
        fs::read(kept(dir.path())).unwrap(),
        file,
        "nothing was read again, so nothing was written again"
    );
    assert_eq!(store.verify(), []);
}

#[test]
fn a_spoiled_file_only_costs_reading_again() {
    type Spoil = fn(Vec<u8>) -> Vec<u8>;
    let spoils: &[(&str, Spoil)] = &[
        ("empty", |_| Vec::new()),
        ("cut in the middle", |bytes| {
            bytes[..bytes.len() / 2].to_vec()
        }),
        ("cut in the last line", |bytes| {
            bytes[..bytes.len() - 5].to_vec()
        }),
        ("zeros at the end", |mut bytes| {
            let end = bytes.len();
            bytes[end - 60..].fill(0);
            bytes
        }),
        ("one bit", |mut bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 4;
            bytes
        }),
        ("another layout", |bytes| {
            [b"something else\n".to_vec(), bytes].concat()
        }),
        ("another build", |bytes| {
            let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
            [
                b"terreau heads 1 0.0.0 other".to_vec(),
                bytes[end..].to_vec(),
            ]
            .concat()
        }),
        ("a line lost", |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            let kept = lines
                .iter()
                .enumerate()
                .filter(|(place, _)| *place != 3)
                .map(|(_, line)| format!("{line}\n"));
            kept.collect::<String>().into_bytes()
        }),
    ];
    for (what, spoil) in spoils {
        let (dir, before) = lived_in();
        let bytes = fs::read(kept(dir.path())).unwrap();
        fs::write(kept(dir.path()), spoil(bytes)).unwrap();
        let store = reopened(dir.path());
        assert_eq!(heads(&store), before, "{what}");
        testing::put(
            &store,
            &path("pages/a"),
            &testing::page(1, "a", "Voir [b](b.md). Oui.").1,
            6,
        );
        let before = heads(&store);
        assert_eq!(store.verify(), [], "{what}");
        drop(store);
        assert_eq!(
            heads(&reopened(dir.path())),
            before,
            "{what}, a start later"
        );
    }
}

#[test]
fn forgetting_is_harmless() {
    let (dir, before) = lived_in();
    forget_heads(dir.path()).unwrap();
    forget_heads(dir.path()).unwrap();
    assert_eq!(heads(&reopened(dir.path())), before);
}

#[test]
fn a_file_behind_the_branch_catches_up() {
    // Killed between the commit and the line in the file: the file of an earlier moment meets a later branch.
    let dir = folder();
    let store = three_pages(dir.path());
    let early = fs::read(kept(dir.path())).unwrap();
    let first = text(&store, "pages/c");
    testing::put(
        &store,
        &path("pages/c"),
        &testing::page(3, "c", "Deux.").1,
        2,
    );
    // The same text as at first, at a later date: the blob alone would not tell.
    testing::put(&store, &path("pages/c"), &first, 3);
    let before = heads(&store);
    assert_eq!(before[2].updated, moment(3));
    drop(store);
    fs::write(kept(dir.path()), early).unwrap();
    assert_eq!(heads(&reopened(dir.path())), before);
}

#[test]
fn the_file_does_not_grow_for_ever() {
    let dir = folder();
    let store = three_pages(dir.path());
    drop(store);
    let bytes = fs::read_to_string(kept(dir.path())).unwrap();
    let line = bytes.lines().nth(1).unwrap().to_owned() + "\n";
    fs::write(kept(dir.path()), bytes + &line.repeat(5_000)).unwrap();
    let store = reopened(dir.path());
    assert_eq!(store.snapshot().count(), 3);
    assert_eq!(
        fs::read_to_string(kept(dir.path()))
            .unwrap()
            .lines()
            .count(),
        1 + 3 + 1
    );
}

#[test]
fn doctor_finds_what_is_wrong() {
    let (dir, _) = lived_in();
    let store = reopened(dir.path());
    assert_eq!(store.verify(), []);
    let blob = store.snapshot().head(&path("pages/d")).unwrap().blob;
    let object = store
        .git_dir()
        .join("objects")
        .join(&blob.as_str()[..2])
        .join(&blob.as_str()[2..]);
    fs::write(store.git_dir().join("refs/heads/main.lock"), "").unwrap();
    let findings = store.verify();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].place.ends_with("main.lock"));
    fs::remove_file(store.git_dir().join("refs/heads/main.lock")).unwrap();

    let mut bytes = fs::read(&object).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::remove_file(&object).unwrap();
    fs::write(&object, bytes).unwrap();
    let findings = store.verify();
    assert!(
        findings
            .iter()
            .any(|finding| finding.place == blob.as_str()),
        "{findings:?}"
    );
}
