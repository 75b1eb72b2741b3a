//! The history told to projections, and old versions.

use terreau_card::CardPath;

use super::{assert_sound, folder, git, path, text, three_pages};
use crate::testing::{self, change, moment};
use crate::{CommitId, Edit, LoggedCommit, Store, StoreError};

fn log(store: &Store, since: Option<&CommitId>) -> Vec<LoggedCommit> {
    let mut told = Vec::new();
    store
        .log_since(since, &mut |logged| told.push(logged))
        .unwrap();
    told
}

fn rename(store: &Store, from: &str, to: &str) -> CommitId {
    let edit = Edit::Rename {
        from: path(from),
        to: path(to),
        base: None,
    };
    store
        .publish(change("Renommer", vec![edit]), moment(3))
        .unwrap()
        .commit
}

#[test]
fn history_is_told_oldest_first_with_renames_paired_by_identity() {
    let dir = folder();
    let store = three_pages(dir.path());
    let first = *store.snapshot().commit();
    let c = path("pages/c");
    let id = store.snapshot().head(&c).unwrap().id;
    let second = testing::put(&store, &c, &testing::page(3, "c", "Deux.").1, 2).commit;
    let third = rename(&store, "pages/c", "guides/c");
    let text = text(&store, "guides/c").replace("Deux.", "Trois.");
    let fourth = testing::put(&store, &path("guides/c"), &text, 4).commit;

    let told = log(&store, None);
    assert_eq!(
        told.iter().map(|logged| logged.commit).collect::<Vec<_>>(),
        [first, second, third, fourth]
    );
    assert_eq!(
        told.iter().map(|logged| logged.parent).collect::<Vec<_>>(),
        [None, Some(first), Some(second), Some(third)]
    );
    assert!(told[0].changes.iter().all(|change| change.created));
    assert_eq!(told[0].changes.len(), 4);
    assert_eq!(told[1].author, "Ada");
    assert!(told[1].author_address.ends_with("@users.commun.example"));
    assert_eq!(
        (told[1].date, told[1].subject.as_str()),
        (moment(2), "Un essai")
    );
    assert_eq!(told[1].trailer("card"), Some("pages/c"));
    assert_eq!(told[1].trailer("Licence"), Some("CC-BY-SA-4.0"));

    let shape = |logged: &LoggedCommit| -> Vec<(String, Option<String>, bool, bool)> {
        let plain = logged.changes.iter();
        plain
            .map(|file| {
                (
                    file.path.clone(),
                    file.old_path.clone(),
                    file.created,
                    file.card == Some(id),
                )
            })
            .collect()
    };
    assert_eq!(
        shape(&told[1]),
        [("pages/c.md".to_owned(), None, false, true)]
    );
    assert_eq!(
        shape(&told[2]),
        [(
            "guides/c.md".to_owned(),
            Some("pages/c.md".to_owned()),
            false,
            true
        )]
    );
    assert_eq!(
        shape(&told[3]),
        [("guides/c.md".to_owned(), None, false, true)]
    );
    assert_eq!(
        told[3].changes[0].card_path(),
        CardPath::parse("guides/c").ok()
    );

    // Told from the middle, it is the same history.
    for start in 0..told.len() {
        assert_eq!(log(&store, Some(&told[start].commit)), told[start + 1..]);
    }
    assert_sound(&store);
}

#[test]
fn a_commit_that_is_not_on_the_branch_is_missing_before_anything_is_told() {
    let dir = folder();
    let store = three_pages(dir.path());
    let stray = git(
        &store,
        &[
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@x",
            "commit-tree",
            "-m",
            "x",
            "main^{tree}",
        ],
    );
    for commit in [stray.trim(), "2222222222222222222222222222222222222222"] {
        let commit = CommitId::parse(commit).unwrap();
        let mut told = 0;
        let refused = store
            .log_since(Some(&commit), &mut |_| told += 1)
            .unwrap_err();
        assert!(matches!(refused, StoreError::Missing { .. }), "{refused:?}");
        assert_eq!(told, 0);
    }
}

#[test]
fn a_merge_is_one_step_of_the_published_branch() {
    // first ─ second ─ merge     the side commit is part of the merge, not a step of its own
    //       ╰──── side ╯
    let dir = folder();
    let store = three_pages(dir.path());
    let first = *store.snapshot().commit();
    let second = testing::put(
        &store,
        &path("pages/c"),
        &testing::page(3, "c", "Deux.").1,
        2,
    )
    .commit;
    let as_x = ["-c", "user.name=x", "-c", "user.email=x@x"];
    let run = |arguments: &[&str]| {
        git(&store, &[&as_x[..], arguments].concat())
            .trim()
            .to_owned()
    };
    let side = run(&[
        "commit-tree",
        "-m",
        "côté",
        "-p",
        first.as_str(),
        &format!("{first}^{{tree}}"),
    ]);
    let merge = run(&[
        "commit-tree",
        "-m",
        "jonction",
        "-p",
        second.as_str(),
        "-p",
        &side,
        &format!("{second}^{{tree}}"),
    ]);
    run(&["update-ref", "refs/heads/main", &merge]);
    store.refresh().unwrap();

    let told = log(&store, Some(&second));
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].commit.as_str(), merge);
    assert!(told[0].changes.is_empty() && told[0].trailers.is_empty());
    assert!(
        store
            .is_published(&CommitId::parse(&side).unwrap())
            .unwrap()
    );
    assert_sound(&store);
}

#[test]
fn old_versions_stay_readable() {
    let dir = folder();
    let store = three_pages(dir.path());
    let first = *store.snapshot().commit();
    let c = path("pages/c");
    let old = text(&store, "pages/c");
    testing::put(&store, &c, &testing::page(3, "c", "Deux.").1, 2);
    let then = store.card_at(&first, &c).unwrap().unwrap();
    assert_eq!(then.text.as_ref(), old);
    assert_eq!(store.text(&then.blob).unwrap().as_ref(), old);
    assert!(
        store
            .card_at(&first, &path("pages/absente"))
            .unwrap()
            .is_none()
    );
}

#[test]
fn cards_that_trade_places_are_paired_by_identity() {
    // Only another program can do this in one commit: b takes the place of c, c that of b.
    let dir = folder();
    let store = three_pages(dir.path());
    let first = *store.snapshot().commit();
    let snapshot = store.snapshot();
    let (b, c) = (
        snapshot.head(&path("pages/b")).unwrap(),
        snapshot.head(&path("pages/c")).unwrap(),
    );
    let a = snapshot.head(&path("pages/a")).unwrap();
    let entries = [("a.md", a.blob), ("b.md", c.blob), ("d.md", b.blob)];
    let lines: String = entries
        .iter()
        .map(|(name, blob)| format!("100644 blob {blob}\t{name}\n"))
        .collect();
    let pages = made(&store, &["mktree"], &lines);
    let config = git(&store, &["rev-parse", "main:commons.toml"]);
    let root = made(
        &store,
        &["mktree"],
        &format!(
            "100644 blob {}\tcommons.toml\n040000 tree {pages}\tpages\n",
            config.trim()
        ),
    );
    let as_x = ["-c", "user.name=x", "-c", "user.email=x@x"];
    let commit = git(
        &store,
        &[
            &as_x[..],
            &["commit-tree", "-p", "main", "-m", "échange", &root],
        ]
        .concat(),
    );
    git(&store, &["update-ref", "refs/heads/main", commit.trim()]);

    let expected = [
        ("pages/b.md", Some("pages/c.md"), c.id),
        ("pages/d.md", Some("pages/b.md"), b.id),
    ];
    for told in [&log(&store, Some(&first))[0], &log(&store, None)[1]] {
        let shape = told.changes.iter().map(|file| {
            (
                file.path.as_str(),
                file.old_path.as_deref(),
                file.card.unwrap(),
            )
        });
        assert_eq!(shape.collect::<Vec<_>>(), expected);
        assert!(
            told.changes
                .iter()
                .all(|file| !file.created && file.blob.is_some())
        );
    }
    assert_eq!(
        store.refresh().unwrap().by_id(&b.id).unwrap().path,
        path("pages/d")
    );
}

/// Runs a command of git that reads something, and returns the name of what it made.
fn made(store: &Store, arguments: &[&str], input: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new("git")
        .arg("-C")
        .arg(store.git_dir())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout)
        .unwrap()
        .trim()
        .to_owned()
}
