//! Saves: written, joined, refused, and seen by everyone or by no one.

use terreau_card::Kind;
use uuid::Uuid;

use super::{assert_sound, edit, folder, git, path, text, three_pages};
use crate::testing::{self, change, moment};
use crate::{Credit, Resolved, StoreError};

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
