//! Making, opening, locking and sweeping.

use std::fs;

use super::{assert_sound, folder, git, path, text, three_pages};
use crate::{CONFIG_FILE, Resolved, Store, StoreError, read_files, testing};

#[test]
fn a_commons_is_made_and_opened_again() {
    let dir = folder();
    assert!(!Store::exists(dir.path()));
    let made = three_pages(dir.path());
    let (commit, count) = (*made.snapshot().commit(), made.snapshot().count());
    assert_sound(&made);
    drop(made);

    assert!(Store::exists(dir.path()));
    let opened = Store::open(testing::settings(dir.path())).unwrap();
    assert_eq!(*opened.snapshot().commit(), commit);
    assert_eq!((count, opened.snapshot().count()), (3, 3));
    assert_eq!(text(&opened, "pages/c"), testing::page(3, "c", "Seule.").1);
    assert_eq!(opened.snapshot().config().name.fr, "Terreau");
    assert!(matches!(
        opened.snapshot().resolve("/commons.toml"),
        Resolved::File(_, "text/plain; charset=utf-8")
    ));
}

#[test]
fn there_is_nothing_to_open_in_an_empty_folder() {
    let dir = folder();
    let refused = Store::open(testing::settings(dir.path())).unwrap_err();
    assert!(matches!(refused, StoreError::Missing { .. }), "{refused:?}");
}

#[test]
fn a_commons_is_not_made_over_another() {
    let dir = folder();
    drop(three_pages(dir.path()));
    let files = vec![(CONFIG_FILE.to_owned(), testing::CONFIG.as_bytes().to_vec())];
    let refused =
        Store::create(testing::settings(dir.path()), files, testing::moment(1)).unwrap_err();
    assert!(matches!(refused, StoreError::Exists { .. }), "{refused:?}");
    assert_eq!(
        Store::open(testing::settings(dir.path()))
            .unwrap()
            .snapshot()
            .count(),
        3
    );
}

#[test]
fn a_commons_that_breaks_a_rule_is_not_made() {
    let dir = folder();
    let (lonely, text) = testing::page(1, "a", "Voir [rien](rien.md).");
    let files = vec![
        (CONFIG_FILE.to_owned(), testing::CONFIG.as_bytes().to_vec()),
        (lonely.file(), text.into_bytes()),
    ];
    let refused =
        Store::create(testing::settings(dir.path()), files, testing::moment(0)).unwrap_err();
    assert!(
        matches!(&refused, StoreError::Refused { path, .. } if path == "pages/a.md"),
        "{refused:?}"
    );
    assert!(!Store::exists(dir.path()));
}

#[test]
fn a_second_process_is_refused_at_once() {
    let dir = folder();
    let first = three_pages(dir.path());
    let refused = Store::open(testing::settings(dir.path())).unwrap_err();
    assert!(matches!(refused, StoreError::Busy(_)), "{refused:?}");
    assert!(refused.to_string().contains("serves"), "{refused}");
    drop(first);
    Store::open(testing::settings(dir.path())).unwrap();
}

#[test]
fn what_a_killed_process_left_is_swept() {
    let dir = folder();
    let store = three_pages(dir.path());
    let git_dir = store.git_dir().to_owned();
    drop(store);
    let left = [
        "HEAD.lock",
        "config.lock",
        "packed-refs.lock",
        "refs/heads/main.lock",
        "objects/tmp_object_git2_a1B2c3",
        "objects/1e/tmp_obj_x",
        "objects/pack/tmp_pack_x",
        "objects/pack/pack_git2_x",
        "objects/tmp_objdir-incoming-x/pack/tmp_pack_y",
    ];
    for file in left {
        let file = git_dir.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "half").unwrap();
    }
    let store = Store::open(testing::settings(dir.path())).unwrap();
    for file in left {
        assert!(!git_dir.join(file).exists(), "{file} is still there");
    }
    testing::put(
        &store,
        &path("pages/c"),
        &testing::page(3, "c", "Encore là.").1,
        1,
    );
    assert_sound(&store);
}

#[test]
fn the_repository_is_durable_and_shows_only_what_is_public() {
    let dir = folder();
    let store = three_pages(dir.path());
    assert_eq!(git(&store, &["config", "core.fsync"]).trim(), "all");
    assert_eq!(
        git(&store, &["config", "--get-all", "transfer.hideRefs"])
            .lines()
            .collect::<Vec<_>>(),
        ["refs", "!refs/heads/main", "!refs/proposals"]
    );
    assert_eq!(
        fs::read_dir(store.git_dir().join("objects"))
            .unwrap()
            .count(),
        256 + 2
    );

    let main = git(&store, &["rev-parse", "refs/heads/main"]);
    for hidden in [
        "refs/heads/secret",
        "refs/moderation/1",
        "refs/tags/t",
        "refs/proposals/1/head",
    ] {
        git(&store, &["update-ref", hidden, main.trim()]);
    }
    let shown = git(&store, &["ls-remote", "."]);
    let names: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    assert_eq!(names, ["HEAD", "refs/heads/main", "refs/proposals/1/head"]);
}

#[test]
fn a_repository_restored_by_git_is_made_ours_again() {
    let dir = folder();
    let store = three_pages(dir.path());
    let copy = folder();
    let to = copy.path().join("commons.git");
    git(
        &store,
        &["clone", "-q", "--bare", ".", to.to_str().unwrap()],
    );
    let store = Store::open(testing::settings(copy.path())).unwrap();
    assert_eq!(git(&store, &["config", "gc.auto"]).trim(), "0");
    testing::put(
        &store,
        &path("pages/c"),
        &testing::page(3, "c", "Chez nous.").1,
        1,
    );
    assert_sound(&store);
}

#[test]
fn an_empty_bare_repository_is_filled() {
    let dir = folder();
    let git_dir = dir.path().join("commons.git");
    git2::Repository::init_bare(&git_dir).unwrap();
    assert!(!Store::exists(dir.path()), "nothing is published there yet");
    let store = three_pages(dir.path());
    assert_eq!(read_files(&git_dir).unwrap().len(), 4);
    assert_sound(&store);
}

#[test]
fn a_broken_configuration_is_told() {
    let dir = folder();
    let files = vec![(CONFIG_FILE.to_owned(), b"format = \"one\"\n".to_vec())];
    let refused =
        Store::create(testing::settings(dir.path()), files, testing::moment(0)).unwrap_err();
    assert!(
        matches!(&refused, StoreError::Refused { path, .. } if path == CONFIG_FILE),
        "{refused:?}"
    );
}
