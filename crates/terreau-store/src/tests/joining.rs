//! Two hands on one commons: nothing typed is lost.

use std::sync::Arc;
use std::thread;

use super::{assert_sound, edit, folder, git, path, text, three_pages};
use crate::testing::{self, change, moment};
use crate::{CommitId, Store, StoreError};

#[test]
fn two_edits_in_different_places_are_joined() {
    // base ─ ours (title) ─╮
    //      ╰ theirs (body) ┴─ both
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let start = text(&store, "pages/b");
    let theirs = start.replace("Un autre.", "Un autre, mieux dit.");
    let ours = start.replace("Page 2", "La suite");
    store
        .publish(
            change("x", vec![edit("pages/b", &theirs, Some(base))]),
            moment(1),
        )
        .unwrap();
    let published = store
        .publish(
            change("y", vec![edit("pages/b", &ours, Some(base))]),
            moment(2),
        )
        .unwrap();
    assert!(published.merged && !published.unchanged);
    assert_eq!(
        text(&store, "pages/b"),
        ours.replace("Un autre.", "Un autre, mieux dit.")
    );
    assert_sound(&store);
}

#[test]
fn two_edits_in_the_same_place_are_a_conflict_with_three_texts() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let start = text(&store, "pages/b");
    let their_text = start.replace("Un autre.", "Le leur.");
    let our_text = start.replace("Un autre.", "Le nôtre.");
    testing::put(&store, &path("pages/b"), &their_text, 1);
    let refused = store
        .publish(
            change("y", vec![edit("pages/b", &our_text, Some(base))]),
            moment(2),
        )
        .unwrap_err();
    let StoreError::Conflict {
        path,
        base,
        ours,
        theirs,
        conflicts,
        head,
    } = refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(path.as_str(), "pages/b");
    assert_eq!((base, ours, theirs), (start, their_text, our_text));
    assert_eq!(conflicts.conflicts().count(), 1);
    assert_eq!(*head, *store.snapshot().commit());
}

#[test]
fn a_base_that_is_not_published_is_missing() {
    let dir = folder();
    let store = three_pages(dir.path());
    let same = text(&store, "pages/c");
    let absent = CommitId::parse(&"1".repeat(40)).unwrap();
    let hidden = git(
        &store,
        &[
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@x",
            "commit-tree",
            "-m",
            "secret",
            "main^{tree}",
        ],
    );
    let hidden = CommitId::parse(hidden.trim()).unwrap();
    git(
        &store,
        &["update-ref", "refs/moderation/1", hidden.as_str()],
    );
    for base in [absent, hidden] {
        let refused = store
            .publish(
                change("x", vec![edit("pages/c", &same, Some(base))]),
                moment(1),
            )
            .unwrap_err();
        // The base counts only when the card moved; here it did not exist in any published version.
        assert!(matches!(refused, StoreError::Missing { .. }), "{refused:?}");
        assert!(matches!(
            store.card_at(&base, &path("pages/c")),
            Err(StoreError::Missing { .. })
        ));
        assert!(!store.is_published(&base).unwrap());
    }
}

#[test]
fn what_git_published_is_read_before_the_next_save() {
    let dir = folder();
    let store = three_pages(dir.path());
    // A commit by another program: page `c` is gone, page `b` has the text of page `a`'s neighbour.
    let index = dir.path().join("index");
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new("git")
            .env("GIT_INDEX_FILE", &index)
            .arg("-C")
            .arg(store.git_dir())
            .args(["-c", "user.name=x", "-c", "user.email=x@x"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    run(&["read-tree", "main"]);
    run(&["rm", "-q", "--cached", "pages/c.md"]);
    let tree = run(&["write-tree"]);
    let commit = run(&["commit-tree", "-p", "main", "-m", "Sans c", &tree]);
    run(&["update-ref", "refs/heads/main", &commit]);

    let published = testing::put(
        &store,
        &path("pages/b"),
        &testing::page(2, "b", "Après.").1,
        1,
    );
    assert!(published.snapshot.head(&path("pages/c")).is_none());
    assert_eq!(published.snapshot.count(), 2);
    assert_eq!(git(&store, &["rev-list", "--count", "main"]).trim(), "3");
    assert_sound(&store);
}

#[test]
fn every_edit_of_two_hands_lands() {
    const EDITS: usize = 100;
    let dir = folder();
    let store = Arc::new(three_pages(dir.path()));
    let hand = |card: &'static str, number: u32, store: Arc<Store>| {
        thread::spawn(move || {
            for turn in 0..EDITS {
                let (path, text) = testing::page(number, card, &format!("Tour {turn}."));
                let published = testing::put(&store, &path, &text, 1);
                assert!(!published.unchanged);
            }
        })
    };
    let hands = [
        hand("b", 2, Arc::clone(&store)),
        hand("c", 3, Arc::clone(&store)),
    ];
    for hand in hands {
        hand.join().unwrap();
    }
    assert_eq!(
        git(&store, &["rev-list", "--count", "main"]).trim(),
        (1 + 2 * EDITS).to_string()
    );
    for (card, number) in [("b", 2), ("c", 3)] {
        let last = testing::page(number, card, &format!("Tour {}.", EDITS - 1)).1;
        assert_eq!(text(&store, &format!("pages/{card}")), last);
    }
    assert_sound(&store);
}
