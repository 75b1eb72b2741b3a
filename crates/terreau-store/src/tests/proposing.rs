//! Proposals: kept beside what is published, revised, and published as what they say.

use std::sync::Arc;

use terreau_card::CardPath;

use super::{assert_sound, edit, folder, git, path, text, three_pages};
use crate::testing::{self, change, moment};
use crate::{Credit, Edit, Proposed, Revision, Store, StoreError};

fn revision(edits: Vec<Edit>) -> Revision {
    Revision {
        edits,
        author: Credit {
            name: "Béa".to_owned(),
            organisation: None,
            account: uuid::Uuid::from_u128(8),
        },
        message: "Plus clair".to_owned(),
        held: false,
    }
}

fn propose(store: &Store, edits: Vec<Edit>) -> Proposed {
    store
        .propose(12, &revision(edits), None, moment(1))
        .unwrap()
        .expect("it changes something")
}

#[test]
fn a_proposal_stands_beside_what_is_published() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let start = text(&store, "pages/b");
    let better = start.replace("Un autre.", "Un autre, mieux dit.");
    let kept = propose(&store, vec![edit("pages/b", &better, Some(base))]);
    assert_eq!(kept.base, base);
    assert_eq!(
        *store.snapshot().commit(),
        base,
        "nothing is published by proposing"
    );
    assert_eq!(text(&store, "pages/b"), start);

    let files = store.proposed(&kept).unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(
        files[0].card_path().as_ref().map(CardPath::as_str),
        Some("pages/b")
    );
    assert_eq!(files[0].before.as_deref(), Some(start.as_str()));
    assert_eq!(files[0].after.as_deref(), Some(better.as_str()));

    let head = git(&store, &["rev-parse", "refs/proposals/12/head"]);
    assert_eq!(head.trim(), kept.commit.as_str());
    let said = git(&store, &["log", "-1", "--format=%an|%s|%b", head.trim()]);
    assert!(
        said.starts_with("Béa|Plus clair|") && said.contains("Proposal: 12"),
        "{said}"
    );
    assert!(!store.is_published(&kept.commit).unwrap());
    assert_sound(&store);
}

#[test]
fn a_held_proposal_has_a_branch_of_its_own_until_it_is_shown() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let better = text(&store, "pages/b").replace("Un autre.", "Un autre, mieux dit.");
    let held = Revision {
        held: true,
        ..revision(vec![edit("pages/b", &better, Some(base))])
    };
    let kept = store.propose(12, &held, None, moment(1)).unwrap().unwrap();
    let refs = || git(&store, &["for-each-ref", "--format=%(refname)"]);
    assert!(refs().contains("refs/held/12/head"), "{}", refs());
    assert!(!refs().contains("refs/proposals"), "{}", refs());
    assert_eq!(store.last_proposal().unwrap(), 12);
    assert_eq!(store.proposed(&kept).unwrap().len(), 1);
    assert_sound(&store);
    for _ in 0..2 {
        store.show_proposal(12).unwrap();
        assert!(!refs().contains("refs/held"), "{}", refs());
        let head = git(&store, &["rev-parse", "refs/proposals/12/head"]);
        assert_eq!(head.trim(), kept.commit.as_str());
    }
    store.show_proposal(13).unwrap();
    assert_sound(&store);
}

#[test]
fn each_revision_follows_the_one_before() {
    // base ─ r1 ─ r2      r2 also follows what was published meanwhile
    //     ╰ published ╯
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let start = text(&store, "pages/b");
    let first = propose(
        &store,
        vec![edit(
            "pages/b",
            &start.replace("Un autre.", "Une fin."),
            Some(base),
        )],
    );
    testing::put(
        &store,
        &path("pages/b"),
        &start.replace("Page 2", "La suite"),
        2,
    );

    let again = start.replace("Un autre.", "Une autre fin.");
    let second = store
        .propose(
            12,
            &revision(vec![edit("pages/b", &again, Some(base))]),
            Some(&first.commit),
            moment(3),
        )
        .unwrap()
        .unwrap();
    assert_eq!(second.base, *store.snapshot().commit());
    let parents = git(
        &store,
        &["log", "-1", "--format=%P", second.commit.as_str()],
    );
    assert_eq!(
        parents.split_whitespace().collect::<Vec<_>>(),
        [first.commit.as_str(), second.base.as_str()]
    );
    let files = store.proposed(&second).unwrap();
    let after = files[0].after.as_deref().unwrap();
    assert!(
        after.contains("La suite") && after.contains("Une autre fin."),
        "{after}"
    );
    assert_sound(&store);
}

#[test]
fn publishing_a_proposal_says_what_it_proposed_whatever_was_published_meanwhile() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let (b, c) = (text(&store, "pages/b"), text(&store, "pages/c"));
    let (new_path, new_text) = testing::page(9, "neuve", "Toute neuve.");
    let kept = propose(
        &store,
        vec![
            Edit::Rename {
                from: path("pages/b"),
                to: path("pages/deux"),
                base: Some(base),
            },
            edit(
                "pages/deux",
                &b.replace("Un autre.", "Un dernier."),
                Some(base),
            ),
            edit(
                "pages/c",
                &c.replace("Seule.", "Seule, mais bien."),
                Some(base),
            ),
            Edit::Put {
                path: new_path,
                text: new_text,
                base: None,
            },
        ],
    );
    let files = store.proposed(&kept).unwrap();
    let told: Vec<_> = files
        .iter()
        .map(|file| {
            (
                file.file.as_str(),
                file.from.as_deref(),
                file.before.is_some(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("pages/a.md", None, true),
            ("pages/c.md", None, true),
            ("pages/deux.md", Some("pages/b.md"), true),
            ("pages/neuve.md", None, false),
        ]
    );

    // Meanwhile somebody betters another place of two of these cards.
    let a = text(&store, "pages/a");
    testing::put(
        &store,
        &path("pages/b"),
        &b.replace("Page 2", "La suite"),
        2,
    );
    testing::put(
        &store,
        &path("pages/a"),
        &a.replace("Au revoir.", "À bientôt."),
        3,
    );

    let edits = store.edits_of(&kept).unwrap();
    assert!(store.rehearse(&edits).unwrap(), "it would be joined");
    assert_eq!(text(&store, "pages/b"), b.replace("Page 2", "La suite"));
    let published = store.publish(change("Relue", edits), moment(4)).unwrap();
    assert!(published.merged);
    let moved = text(&store, "pages/deux");
    assert!(
        moved.contains("La suite") && moved.contains("Un dernier.") && moved.contains("pages/b"),
        "{moved}"
    );
    let naming = text(&store, "pages/a");
    assert!(
        naming.contains("(deux.md)") && naming.contains("À bientôt."),
        "{naming}"
    );
    assert!(text(&store, "pages/c").contains("mais bien"));
    assert!(text(&store, "pages/neuve").contains("Toute neuve."));
    assert_sound(&store);
}

#[test]
fn a_proposal_that_no_longer_joins_says_so_and_writes_nothing() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let b = text(&store, "pages/b");
    let kept = propose(
        &store,
        vec![edit(
            "pages/b",
            &b.replace("Un autre.", "Le mien."),
            Some(base),
        )],
    );
    testing::put(
        &store,
        &path("pages/b"),
        &b.replace("Un autre.", "Le leur."),
        2,
    );
    let edits = store.edits_of(&kept).unwrap();
    assert!(matches!(
        store.rehearse(&edits),
        Err(StoreError::Conflict { .. })
    ));
    assert!(text(&store, "pages/b").contains("Le leur."));
}

#[test]
fn what_changes_nothing_or_breaks_a_rule_is_not_kept() {
    let dir = folder();
    let store = three_pages(dir.path());
    let base = *store.snapshot().commit();
    let b = text(&store, "pages/b");
    let same = revision(vec![edit("pages/b", &b, Some(base))]);
    assert_eq!(store.propose(1, &same, None, moment(1)).unwrap(), None);
    let broken = revision(vec![edit(
        "pages/b",
        &b.replace("kind: page", "kind: nuage"),
        Some(base),
    )]);
    assert!(matches!(
        store.propose(1, &broken, None, moment(1)),
        Err(StoreError::Refused { .. })
    ));
    assert_eq!(git(&store, &["for-each-ref", "refs/proposals"]), "");
}

#[test]
fn a_file_that_changed_meanwhile_is_not_overwritten() {
    let dir = folder();
    let store = three_pages(dir.path());
    let image = |bytes: &[u8], base| Edit::PutFile {
        path: "images/carte.png".to_owned(),
        bytes: bytes.to_vec(),
        base,
    };
    store
        .publish(change("x", vec![image(b"un", None)]), moment(1))
        .unwrap();
    let kept = propose(
        &store,
        vec![image(b"deux", Some(*store.snapshot().commit()))],
    );
    let edits = store.edits_of(&kept).unwrap();
    assert!(!store.rehearse(&edits).unwrap());
    store
        .publish(change("y", vec![image(b"trois", None)]), moment(2))
        .unwrap();
    assert!(matches!(
        store.rehearse(&edits),
        Err(StoreError::Unacceptable { .. })
    ));
}

#[test]
fn many_propose_while_others_publish() {
    let dir = folder();
    let store = Arc::new(three_pages(dir.path()));
    let base = *store.snapshot().commit();
    let b = text(&store, "pages/b");
    std::thread::scope(|scope| {
        for number in 0..8u64 {
            let (store, b) = (Arc::clone(&store), b.clone());
            scope.spawn(move || {
                let said = b.replace("Un autre.", &format!("Le {number}."));
                let kept = store
                    .propose(
                        number,
                        &revision(vec![edit("pages/b", &said, Some(base))]),
                        None,
                        moment(1),
                    )
                    .unwrap()
                    .unwrap();
                let (new_path, new_text) = testing::page(
                    100 + u32::try_from(number).unwrap(),
                    &format!("p{number}"),
                    "x",
                );
                testing::put(&store, &new_path, &new_text, 2);
                assert_eq!(store.proposed(&kept).unwrap().len(), 1);
            });
        }
    });
    let branches = git(&store, &["for-each-ref", "refs/proposals"]);
    assert_eq!(branches.lines().count(), 8);
    assert_sound(&store);
}
