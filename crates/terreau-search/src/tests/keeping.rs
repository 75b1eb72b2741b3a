//! The index over time: changes, commits, restarts, damage.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

use tempfile::TempDir;
use terreau_card::facets::Facet;

use super::{ask, card, found, id};
use crate::{Document, Index};

fn cards(count: u32) -> Vec<Document> {
    (1..=count)
        .map(|number| {
            card(
                number,
                &format!("Jardin {number}"),
                "Un jardin près de l’école.",
            )
        })
        .collect()
}

/// Returns the folder of the index proper.
fn folder(home: &Path) -> PathBuf {
    let folders: Vec<_> = fs::read_dir(home)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(folders.len(), 1, "{folders:?}");
    folders[0].clone()
}

/// Returns the files of the index proper, but for the locks.
fn files(home: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(home))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.extension().is_none_or(|extension| extension != "lock"))
        .collect()
}

#[test]
fn a_change_is_seen_at_once() {
    let index = Index::in_memory();
    assert_eq!(
        (index.shown(), index.len(), index.is_empty()),
        (None, 0, true)
    );
    index.update(cards(3), Vec::new(), "c1").unwrap();
    assert_eq!((index.shown().as_deref(), index.len()), (Some("c1"), 3));

    index
        .update(
            vec![card(2, "Cantine", "Une cantine.")],
            vec![id(3), id(99)],
            "c2",
        )
        .unwrap();
    assert_eq!((index.shown().as_deref(), index.len()), (Some("c2"), 2));
    assert_eq!(found(&index, "jardin"), [1]);
    assert_eq!(found(&index, "cantine"), [2]);

    index.update(Vec::new(), Vec::new(), "c3").unwrap();
    assert_eq!(
        (index.shown().as_deref(), index.len()),
        (Some("c3"), 2),
        "a commit that changes no card"
    );
}

#[test]
fn the_same_change_twice_changes_nothing() {
    let index = Index::in_memory();
    for _ in 0..2 {
        index.update(cards(3), vec![id(9)], "c1").unwrap();
        assert_eq!(found(&index, "jardin"), [1, 2, 3]);
    }
}

#[test]
fn many_changes_end_in_few_files() {
    let home = TempDir::new().unwrap();
    let index = Index::open(home.path()).unwrap();
    for number in 1..=40 {
        index
            .update(
                vec![card(number % 10, "Jardin", "Un jardin.")],
                Vec::new(),
                &format!("c{number}"),
            )
            .unwrap();
    }
    assert_eq!(index.len(), 10);
    let stores = files(home.path())
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "store"))
        .count();
    assert!(stores < 12, "{stores} segments");
}

#[test]
fn what_was_shown_is_there_after_a_restart() {
    let home = TempDir::new().unwrap();
    let index = Index::open(home.path()).unwrap();
    assert_eq!(index.shown(), None);
    index.update(cards(3), Vec::new(), "c1").unwrap();
    index.update(Vec::new(), vec![id(1)], "c2").unwrap();
    drop(index);

    let index = Index::open(home.path()).unwrap();
    assert_eq!((index.shown().as_deref(), index.len()), (Some("c2"), 2));
    assert_eq!(found(&index, "jardins"), [2, 3]);
    index.update(cards(1), Vec::new(), "c3").unwrap();
    assert_eq!(found(&index, "jardins"), [1, 2, 3]);
}

#[test]
fn a_rebuild_forgets_the_past() {
    let home = TempDir::new().unwrap();
    for index in [Index::in_memory(), Index::open(home.path()).unwrap()] {
        index.update(cards(3), Vec::new(), "c1").unwrap();
        // Several batches, so that several segments are merged.
        index
            .rebuild(
                (10..1_510).map(|number| card(number, "Cantine", "Une cantine.")),
                "c2",
            )
            .unwrap();
        assert_eq!((index.shown().as_deref(), index.len()), (Some("c2"), 1_500));
        assert_eq!(ask(&index, "jardin").total, 0);
        assert_eq!(ask(&index, "cantine").total, 1_500);
        index.rebuild(Vec::new(), "c3").unwrap();
        assert_eq!((index.shown().as_deref(), index.len()), (Some("c3"), 0));
    }
    let index = Index::open(home.path()).unwrap();
    assert_eq!((index.shown().as_deref(), index.len()), (Some("c3"), 0));
    folder(home.path());
}

#[test]
fn searching_goes_on_during_a_rebuild() {
    let home = TempDir::new().unwrap();
    let index = Index::open(home.path()).unwrap();
    index.update(cards(3), Vec::new(), "c1").unwrap();
    let watched = cards(600).into_iter().inspect(|_| {
        assert_eq!(index.shown().as_deref(), Some("c1"));
        assert_eq!(index.len(), 3);
    });
    index.rebuild(watched, "c2").unwrap();
    assert_eq!(index.len(), 600);
}

#[test]
fn a_large_change_is_seen_as_one() {
    let index = Index::in_memory();
    index.update(cards(1_300), Vec::new(), "c1").unwrap();
    assert_eq!((index.shown().as_deref(), index.len()), (Some("c1"), 1_300));
    index
        .update(cards(1_300), (1_000..=1_300).map(id).collect(), "c2")
        .unwrap();
    assert_eq!(
        index.len(),
        1_300,
        "what is put stays, even if also named among the removed"
    );
}

/// Opens an index that was damaged in some way and checks that it serves again.
fn serves_again(home: &Path, what: &str) {
    let index = Index::open(home).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    assert_eq!((index.shown(), index.len()), (None, 0), "{what}");
    assert_eq!(ask(&index, "jardin").total, 0, "{what}");
    index
        .rebuild(cards(2), "again")
        .unwrap_or_else(|error| panic!("{what}: {error:?}"));
    assert_eq!(found(&index, "jardin"), [1, 2], "{what}");
    drop(index);
    assert_eq!(
        Index::open(home).unwrap().shown().as_deref(),
        Some("again"),
        "{what}"
    );
}

/// Makes an index of some segments with removals in a new folder.
fn kept() -> TempDir {
    let home = TempDir::new().unwrap();
    let index = Index::open(home.path()).unwrap();
    index.update(cards(4), Vec::new(), "c1").unwrap();
    index
        .update(vec![card(5, "Cantine", "Une cantine.")], vec![id(1)], "c2")
        .unwrap();
    home
}

#[test]
fn missing_files_make_an_empty_index() {
    let sound = kept();
    for path in files(sound.path()) {
        let name = path.file_name().unwrap().to_owned();
        let segment = path.extension().is_none_or(|extension| extension != "json");
        if !segment && name != "meta.json" {
            continue; // The list of files for cleaning up is made anew.
        }
        let home = copied(sound.path());
        fs::remove_file(folder(home.path()).join(&name)).unwrap();
        serves_again(home.path(), &format!("{} missing", name.display()));
    }
}

/// Damages one file of a copied index; tells whether that was noticed, and checks that nothing wrong is answered.
fn noticed(sound: &Path, file: &Path, bytes: &[u8], what: &str) -> Option<TempDir> {
    let home = copied(sound);
    fs::write(folder(home.path()).join(file.file_name().unwrap()), bytes).unwrap();
    let index = Index::open(home.path()).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    if index.shown().is_none() {
        assert_eq!(index.len(), 0, "{what}");
        return Some(home);
    }
    assert_eq!(index.shown().as_deref(), Some("c2"), "{what}");
    assert_eq!(found(&index, "jardin"), [2, 3, 4], "{what}");
    assert_eq!(found(&index, "cantine"), [5], "{what}");
    None
}

#[test]
fn cut_files_make_an_empty_index() {
    let sound = kept();
    for path in files(sound.path()) {
        let bytes = fs::read(&path).unwrap();
        let mut cut = None;
        for length in [bytes.len() - 2, bytes.len() / 2, 0] {
            let what = format!("{} cut to {length}", path.display());
            cut = noticed(sound.path(), &path, &bytes[..length], &what);
            // The list of files for cleaning up is made anew.
            assert!(cut.is_some() || path.ends_with(".managed.json"), "{what}");
        }
        if let Some(home) = cut {
            serves_again(home.path(), &format!("{} emptied", path.display()));
        }
    }
}

#[test]
fn changed_bytes_make_an_empty_index_or_change_nothing() {
    let sound = kept();
    for path in files(sound.path()) {
        let bytes = fs::read(&path).unwrap();
        let mut changed = None;
        for at in (0..bytes.len()).step_by((bytes.len() / 8).max(1)) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let what = format!("{} byte {at}", path.display());
            changed = noticed(sound.path(), &path, &damaged, &what).or(changed);
        }
        if let Some(home) = changed {
            serves_again(home.path(), &format!("{} changed", path.display()));
        }
    }
}

#[test]
fn leftovers_are_cleared_away_and_strangers_left_alone() {
    let home = kept();
    fs::write(home.path().join("notes.txt"), "?").unwrap();
    fs::create_dir(home.path().join("v0-7")).unwrap();
    fs::create_dir(home.path().join("v1-9")).unwrap();
    let index = Index::open(home.path()).unwrap();
    assert_eq!(index.shown().as_deref(), Some("c2"));
    fs::remove_file(home.path().join("notes.txt")).expect("still there");
    folder(home.path());
}

#[test]
fn an_unfinished_rebuild_leaves_the_index_before_it() {
    let home = kept();
    let other = TempDir::new().unwrap();
    drop(Index::open(other.path()).unwrap());
    fs::rename(folder(other.path()), home.path().join("v1-8")).unwrap();
    let index = Index::open(home.path()).unwrap();
    assert_eq!((index.shown().as_deref(), index.len()), (Some("c2"), 4));
    folder(home.path());
}

#[test]
fn readers_see_a_change_whole_or_not_at_all() {
    let index = Index::in_memory();
    index.update(cards(30), Vec::new(), "c0").unwrap();
    let (done, searches) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        let reader = || {
            while !done.load(Ordering::Relaxed) {
                let answer = ask(&index, "jardin");
                let kinds = answer.counts.get(&Facet::Kind).into_iter().flatten();
                let counted: usize = kinds.map(|(_, cards)| cards).sum();
                assert!([0, 30].contains(&answer.total), "{} cards", answer.total);
                assert_eq!(
                    (answer.hits.len(), counted),
                    (answer.total.min(20), answer.total)
                );
                searches.fetch_add(1, Ordering::Relaxed);
            }
        };
        let readers = [scope.spawn(reader), scope.spawn(reader)];
        let mut round = 0;
        while (round < 6 || searches.load(Ordering::Relaxed) < 20)
            && !readers.iter().any(ScopedJoinHandle::is_finished)
        {
            round += 1;
            let word = if round % 2 == 0 { "Jardin" } else { "Cantine" };
            let cards: Vec<_> = (1..=30).map(|number| card(number, word, word)).collect();
            let commit = format!("c{round}");
            if round % 3 == 0 {
                index.rebuild(cards, &commit).unwrap();
            } else {
                index.update(cards, Vec::new(), &commit).unwrap();
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("file"), "").unwrap();
    assert!(Index::open(&home.path().join("file")).is_err());
}

fn copied(home: &Path) -> TempDir {
    let copy = TempDir::new().unwrap();
    let from = folder(home);
    let to = copy.path().join(from.file_name().unwrap());
    fs::create_dir(&to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
    copy
}
