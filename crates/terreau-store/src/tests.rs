//! The store on a real repository in a temporary folder.

mod files;
mod history;
mod joining;
mod keeping;
mod opening;
mod proposing;
mod publishing;
mod random;
mod renaming;
mod words;

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use terreau_card::CardPath;

use crate::{CommitId, Edit, Store, testing};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn path(text: &str) -> CardPath {
    CardPath::parse(text).expect("a good path")
}

/// Three pages: `a` names `b`, `c` stands alone.
fn three_pages(dir: &Path) -> Store {
    testing::commons(
        dir,
        &[
            testing::page(
                1,
                "a",
                "## Début\n\nVoir [la suite](b.md).\n\n## Fin\n\nAu revoir.",
            ),
            testing::page(2, "b", "## Suite\n\nUn paragraphe.\n\nUn autre."),
            testing::page(3, "c", "Seule."),
        ],
    )
}

fn text(store: &Store, card: &str) -> String {
    let snapshot = store.snapshot();
    let head = snapshot
        .head(&path(card))
        .unwrap_or_else(|| panic!("there is no {card}"));
    store
        .text(&head.blob)
        .expect("a published text can be read")
        .as_ref()
        .to_owned()
}

/// Writes a card over a version of it, or anew.
fn edit(card: &str, text: &str, base: Option<CommitId>) -> Edit {
    Edit::Put {
        path: path(card),
        text: text.to_owned(),
        base,
    }
}

/// Runs the real git on the repository of a store, and returns what it says.
fn git(store: &Store, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(store.git_dir())
        .args(arguments)
        .output()
        .expect("git is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "git {arguments:?}: {output:?}"
    );
    said
}

/// Asks git and the store itself whether all is well.
fn assert_sound(store: &Store) {
    let said = git(
        store,
        &[
            "fsck",
            "--full",
            "--strict",
            "--no-dangling",
            "--no-progress",
        ],
    );
    assert_eq!(said, "");
    assert_eq!(store.verify(), Vec::new());
}
