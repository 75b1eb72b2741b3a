//! A card that moves takes its links, its old paths and those who name it along.

use super::{assert_sound, folder, git, path, text, three_pages};
use crate::testing::{self, change, moment};
use crate::{Edit, Published, Resolved, Store, StoreError};

fn rename(store: &Store, from: &str, to: &str, minutes: i64) -> Result<Published, StoreError> {
    let edit = Edit::Rename {
        from: path(from),
        to: path(to),
        base: Some(*store.snapshot().commit()),
    };
    store.publish(change("Un meilleur nom", vec![edit]), moment(minutes))
}

#[test]
fn links_follow_in_the_same_commit_and_the_old_path_redirects() {
    let dir = folder();
    let store = three_pages(dir.path());
    let snapshot = rename(&store, "pages/b", "pages/guides/suite", 1)
        .unwrap()
        .snapshot;

    assert!(snapshot.head(&path("pages/b")).is_none());
    let head = snapshot.head(&path("pages/guides/suite")).unwrap();
    assert_eq!(head.aliases, [path("pages/b")]);
    assert!(
        matches!(snapshot.resolve("/pages/b"), Resolved::Moved(to) if to.as_str() == "pages/guides/suite")
    );
    assert!(text(&store, "pages/a").contains("[la suite](guides/suite.md)"));
    assert_eq!(
        snapshot.links_to(&path("pages/guides/suite"))[0].from,
        path("pages/a")
    );
    assert!(snapshot.links_to(&path("pages/b")).is_empty());
    assert_eq!(git(&store, &["rev-list", "--count", "main"]).trim(), "2");
    let shown = git(
        &store,
        &[
            "log",
            "-1",
            "--format=%(trailers:key=Card,valueonly)",
            "main",
        ],
    );
    assert_eq!(shown.trim(), "pages/guides/suite");
    assert_sound(&store);
}

#[test]
fn the_links_of_the_card_itself_are_mended() {
    let dir = folder();
    let store = three_pages(dir.path());
    rename(&store, "pages/a", "guides/a", 1).unwrap();
    assert!(
        text(&store, "guides/a").contains("[la suite](../pages/b.md)"),
        "{}",
        text(&store, "guides/a")
    );
    assert_sound(&store);
}

#[test]
fn a_card_can_come_back_to_its_old_path() {
    let dir = folder();
    let store = three_pages(dir.path());
    let start = text(&store, "pages/a");
    rename(&store, "pages/b", "pages/d", 1).unwrap();
    let snapshot = rename(&store, "pages/d", "pages/b", 2).unwrap().snapshot;
    assert_eq!(
        snapshot.head(&path("pages/b")).unwrap().aliases,
        [path("pages/d")]
    );
    assert_eq!(text(&store, "pages/a"), start);
    assert!(matches!(snapshot.resolve("pages/d"), Resolved::Moved(_)));
    assert_sound(&store);
}

#[test]
fn a_taken_path_or_a_taken_alias_is_refused() {
    let dir = folder();
    let store = three_pages(dir.path());
    assert!(matches!(
        rename(&store, "pages/b", "pages/c", 1),
        Err(StoreError::Exists { .. })
    ));
    assert!(matches!(
        rename(&store, "pages/absente", "pages/d", 1),
        Err(StoreError::Missing { .. })
    ));
    rename(&store, "pages/b", "pages/d", 1).unwrap();
    assert!(matches!(
        rename(&store, "pages/c", "pages/b", 2),
        Err(StoreError::Exists { .. })
    ));
    let (_, new) = testing::page(4, "b", "Au vieux chemin.");
    let put = Edit::Put {
        path: path("pages/b"),
        text: new,
        base: None,
    };
    assert!(matches!(
        store.publish(change("x", vec![put]), moment(3)),
        Err(StoreError::Exists { .. })
    ));
    assert_sound(&store);
}

#[test]
fn an_edit_begun_before_the_move_lands_where_the_card_is() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let edited = text(&store, "pages/a").replace("Au revoir.", "À bientôt.");
    rename(&store, "pages/a", "guides/a", 1).unwrap();
    let put = Edit::Put {
        path: path("pages/a"),
        text: edited,
        base: Some(base),
    };
    let published = store
        .publish(change("Fin plus douce", vec![put]), moment(2))
        .unwrap();
    assert!(published.merged);
    let now = text(&store, "guides/a");
    assert!(
        now.contains("À bientôt.") && now.contains("(../pages/b.md)") && now.contains("pages/a"),
        "{now}"
    );
    assert_sound(&store);
}

#[test]
fn the_last_card_of_a_folder_takes_the_folder_along() {
    let dir = folder();
    let store = three_pages(dir.path());
    rename(&store, "pages/c", "guides/profond/c", 1).unwrap();
    rename(&store, "guides/profond/c", "pages/c", 2).unwrap();
    let tree = git(&store, &["ls-tree", "--name-only", "main"]);
    assert_eq!(
        tree.split_whitespace().collect::<Vec<_>>(),
        ["commons.toml", "pages"]
    );
    assert_sound(&store);
}
