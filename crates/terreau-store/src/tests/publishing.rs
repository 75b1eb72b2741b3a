//! Saves: written, joined, refused, and seen by everyone or by no one.

use std::sync::Arc;
use std::thread;

use terreau_card::Kind;
use uuid::Uuid;

use super::{assert_sound, folder, git, path, text, three_pages};
use crate::testing::{self, change, moment};
use crate::{CommitId, Credit, Edit, Resolved, Store, StoreError};

fn edit(card: &str, text: &str, base: Option<CommitId>) -> Edit {
    Edit::Put {
        path: path(card),
        text: text.to_owned(),
        base,
    }
}

#[test]
fn a_save_is_a_commit_credited_to_its_author() {
    let dir = folder();
    let store = three_pages(dir.path());
    let before = store.snapshot();
    let (_, text) = testing::page(3, "c", "Plus seule.");
    let mut change = change(
        "Une phrase de plus\nParce que.\r\nCard: faux/faux",
        vec![edit("pages/c", &text, Some(*before.commit()))],
    );
    change.author = Credit {
        name: "Ada <ada@example.org>\n".to_owned(),
        organisation: Some("Les\nLocalos".to_owned()),
        account: Uuid::from_u128(7),
    };
    change.trailers = vec![
        ("Request-Key".to_owned(), "k\n1".to_owned()),
        ("bad key".to_owned(), "x".to_owned()),
    ];
    let published = store.publish(change, moment(5)).unwrap();

    assert!(!published.unchanged && !published.merged);
    assert_eq!(published.commit, *published.snapshot.commit());
    assert_eq!(super::text(&store, "pages/c"), text);
    assert_eq!(
        published.snapshot.head(&path("pages/c")).unwrap().updated,
        moment(5)
    );
    assert_eq!(
        before.head(&path("pages/c")).unwrap().updated,
        moment(0),
        "a reader keeps the moment that it began with"
    );
    let shown = git(
        &store,
        &["log", "-1", "--format=%an|%ae|%cn|%ce|%at|%B", "main"],
    );
    assert_eq!(
        shown.trim_end(),
        format!(
            "Ada ada@example.org|{}@users.commun.example|Commun d’essai|commons@commun.example|{}|Une phrase de plus\n\n\
             Parce que.\nCard: faux/faux\n\n\
             Card: pages/c\nOrganisation: Les Localos\nLicence: CC-BY-SA-4.0\nRequest-Key: k 1",
            Uuid::from_u128(7),
            moment(5).timestamp()
        )
    );
    assert_sound(&store);
}

#[test]
fn saying_the_same_makes_no_commit() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let same = text(&store, "pages/c");
    for said in [
        same.clone(),
        same.replace('\n', "\r\n"),
        same.trim_end().to_owned(),
        format!("\u{feff}{same}"),
    ] {
        let published = store
            .publish(
                change("Rien", vec![edit("pages/c", &said, Some(base))]),
                moment(1),
            )
            .unwrap();
        assert!(published.unchanged);
        assert_eq!(published.commit, base);
    }
    assert_eq!(git(&store, &["rev-list", "--count", "main"]).trim(), "1");
}

#[test]
fn letters_are_composed_and_lines_end_alike() {
    let dir = folder();
    let store = three_pages(dir.path());
    let (_, text) = testing::page(3, "c", "Un cafe\u{301}.\r\nEt un the\u{301}.");
    testing::put(&store, &path("pages/c"), &text, 1);
    assert!(super::text(&store, "pages/c").ends_with("Un café.\nEt un thé.\n"));
    assert_sound(&store);
}

#[test]
fn a_new_card_takes_its_place() {
    let dir = folder();
    let store = three_pages(dir.path());
    let (new, text) = testing::page(4, "nouvelle", "Voir [a](a.md).");
    let published = testing::put(&store, &new, &text, 1);
    let snapshot = published.snapshot;
    assert_eq!(snapshot.count(), 4);
    assert_eq!(snapshot.count_of(Kind::Page), 4);
    assert_eq!(snapshot.newest(1)[0].path, new);
    assert_eq!(snapshot.links_to(&path("pages/a"))[0].from, new);
    let head = snapshot.head(&new).unwrap();
    assert_eq!(snapshot.by_id(&head.id).unwrap().path, new);
    assert!(
        matches!(snapshot.resolve("/pages/nouvelle"), Resolved::Card(head) if head.title == "Page 4")
    );
    assert!(matches!(
        snapshot.resolve("pages/absente"),
        Resolved::Missing
    ));
    assert_sound(&store);
}

#[test]
fn a_new_card_does_not_take_the_place_of_another() {
    let dir = folder();
    let store = three_pages(dir.path());
    let (_, text) = testing::page(4, "c", "Moi aussi.");
    let refused = store
        .publish(change("x", vec![edit("pages/c", &text, None)]), moment(1))
        .unwrap_err();
    assert!(
        matches!(&refused, StoreError::Exists { path } if path == "pages/c"),
        "{refused:?}"
    );
    let (_, twin) = testing::page(1, "d", "La même identité.");
    let refused = store
        .publish(change("x", vec![edit("pages/d", &twin, None)]), moment(1))
        .unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
}

#[test]
fn a_card_that_breaks_a_rule_is_refused_with_its_problems() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = Some(*store.snapshot().commit());
    for body in ["Voir [rien](rien.md).", "![Une image](absente.png)"] {
        let (_, text) = testing::page(3, "c", body);
        let refused = store
            .publish(change("x", vec![edit("pages/c", &text, base)]), moment(1))
            .unwrap_err();
        let StoreError::Refused { path, problems } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(path, "pages/c.md");
        assert!(
            problems
                .iter()
                .any(|problem| problem.is_error() && problem.line == 9),
            "{problems:?}"
        );
    }
    let refused = store
        .publish(
            change("x", vec![edit("pages/c", "plus rien", base)]),
            moment(1),
        )
        .unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    assert_eq!(git(&store, &["rev-list", "--count", "main"]).trim(), "1");
    assert_sound(&store);
}

#[test]
fn a_card_keeps_its_identity() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = Some(*store.snapshot().commit());
    let (_, other) = testing::page(9, "c", "Une autre.");
    let refused = store
        .publish(change("x", vec![edit("pages/c", &other, base)]), moment(1))
        .unwrap_err();
    assert!(
        matches!(refused, StoreError::Unacceptable { .. }),
        "{refused:?}"
    );
}

#[test]
fn cards_of_one_change_may_name_each_other() {
    let dir = folder();
    let store = three_pages(dir.path());
    let (_, four) = testing::page(4, "quatre", "Voir [cinq](cinq.md).");
    let (_, five) = testing::page(5, "cinq", "Voir [quatre](quatre.md).");
    let edits = vec![
        edit("pages/quatre", &four, None),
        edit("pages/cinq", &five, None),
    ];
    let published = store
        .publish(change("Deux d’un coup", edits), moment(1))
        .unwrap();
    assert_eq!(published.snapshot.count(), 5);
    assert_eq!(git(&store, &["rev-list", "--count", "main"]).trim(), "2");
    assert_sound(&store);
}

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
fn files_are_published_under_names_that_every_disk_holds() {
    let dir = folder();
    let store = three_pages(dir.path());
    let put = |name: &str| {
        let edit = Edit::PutFile {
            path: name.to_owned(),
            bytes: b"\x89PNG".to_vec(),
        };
        store.publish(change("Une image", vec![edit]), moment(1))
    };
    let published = put("images/carte.png").unwrap();
    let Resolved::File(blob, "image/png") = published.snapshot.resolve("/images/carte.png") else {
        panic!()
    };
    assert_eq!(store.blob(&blob).unwrap(), b"\x89PNG");
    put("README.md").unwrap();
    for bad in [
        "",
        "/x.png",
        "a//b.png",
        "../x.png",
        ".git/config",
        "images/.hidden",
        "images/Carte.png",
        "images/é.png",
        "images/a b.png",
        "con.txt",
        "images/lpt1.png",
        "x.",
        "pages/a.md",
        "notes/lisez-moi.md",
        "pages",
        "images/carte.png/x.png",
        "pages/a.md/x.png",
        "Readme.md",
        "a/b/c/d/e/f/g.png",
        "-rf.png",
        "x\ny.png",
    ] {
        let refused = put(bad).unwrap_err();
        assert!(
            matches!(refused, StoreError::Unacceptable { .. }),
            "{bad}: {refused:?}"
        );
    }
    assert_sound(&store);
}

#[test]
fn the_words_of_the_commons_change_only_if_every_card_still_holds() {
    let dir = folder();
    let store = three_pages(dir.path());
    let put = |text: String| {
        let edit = Edit::PutFile {
            path: "commons.toml".to_owned(),
            bytes: text.into_bytes(),
        };
        store.publish(change("Les mots", vec![edit]), moment(1))
    };
    let renamed = testing::CONFIG.replacen("fr = \"Terreau\"", "fr = \"Humus\"", 1);
    assert_eq!(put(renamed).unwrap().snapshot.config().name.fr, "Humus");
    let refused = put("format = 1\n[".to_owned()).unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    assert_eq!(store.snapshot().config().name.fr, "Humus");
    assert_sound(&store);
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
