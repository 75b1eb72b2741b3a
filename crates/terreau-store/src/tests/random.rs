//! Whatever is written, in whatever order: it reads back, and what was derived step by step is what git says.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use terreau_card::Card;

use super::{assert_sound, edit, folder, path, text, three_pages};
use crate::heads_cache::Kept;
use crate::testing::{self, change, moment};
use crate::{Edit, Store, StoreError, load};

/// One step of a random history, on cards named by number.
#[derive(Debug, Clone)]
enum Step {
    Write { card: u32, links: Vec<u32> },
    Rename { card: u32, folder: u32 },
    Archive { card: u32 },
    Reopen,
}

const CARDS: u32 = 6;

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..CARDS, vec(0..CARDS, 0..4)).prop_map(|(card, links)| Step::Write { card, links }),
        2 => (0..CARDS, 0..3u32).prop_map(|(card, folder)| Step::Rename { card, folder }),
        1 => (0..CARDS).prop_map(|card| Step::Archive { card }),
        1 => Just(Step::Reopen),
    ]
}

/// Returns where a card is, if it was written already.
fn place(store: &Store, card: u32) -> Option<terreau_card::CardPath> {
    let (_, text) = testing::page(card + 10, "x", "");
    let id = Card::read(&text).0.id().unwrap();
    store.snapshot().by_id(&id).map(|head| head.path.clone())
}

fn take(store: &Store, step: &Step, minutes: i64) -> Result<(), StoreError> {
    let commit = *store.snapshot().commit();
    let edit = match step {
        Step::Write { card, links } => {
            let links = links.iter().filter_map(|other| place(store, *other));
            let present = place(store, *card);
            let (new, _) = testing::page(card + 10, &format!("carte-{card}"), "");
            let at = present.clone().unwrap_or(new);
            let up = "../".repeat(at.folder().split('/').count());
            let links: String = links
                .map(|to| format!("Voir [là]({up}{}).\n\n", to.file()))
                .collect();
            let text = testing::page(card + 10, "x", &format!("Minute {minutes}.\n\n{links}")).1;
            let text = match &present {
                Some(present) => {
                    let (old, _) = Card::read(&super::text(store, present.as_str()));
                    let (new, _) = Card::read(&text);
                    old.with_body(new.body()).text().to_owned()
                }
                None => text,
            };
            edit(at.as_str(), &text, present.map(|_| commit))
        }
        Step::Rename { card, folder } => {
            let Some(from) = place(store, *card) else {
                return Ok(());
            };
            let to = path(
                &["pages/carte", "guides/carte", "guides/longs/carte"]
                    .map(|start| format!("{start}-{card}"))[*folder as usize],
            );
            Edit::Rename {
                from,
                to,
                base: Some(commit),
            }
        }
        Step::Archive { card } => {
            let Some(at) = place(store, *card) else {
                return Ok(());
            };
            let (old, _) = Card::read(&text(store, at.as_str()));
            edit(
                at.as_str(),
                old.with("status", Some("archived".into())).text(),
                Some(commit),
            )
        }
        Step::Reopen => return Ok(()),
    };
    store
        .publish(change("Un pas", vec![edit]), moment(minutes))
        .map(|_| ())
}

#[test]
fn a_snapshot_derived_step_by_step_is_the_one_read_from_git() {
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    let walk = runner.run(&vec(step(), 1..14), |steps| {
        let dir = folder();
        let mut store = three_pages(dir.path());
        for (minutes, step) in (1..).zip(&steps) {
            if matches!(step, Step::Reopen) {
                drop(store);
                store = Store::open(testing::settings(dir.path())).unwrap();
            }
            take(&store, step, minutes).unwrap_or_else(|error| panic!("{step:?}: {error:?}"));
        }
        let rebuilt = load::whole(&store.writer().repo, &mut Kept::default())
            .unwrap()
            .snapshot;
        prop_assert!(
            *store.snapshot() == rebuilt,
            "the snapshot in memory is not the one in git"
        );
        assert_sound(&store);
        drop(store);
        let reopened = Store::open(testing::settings(dir.path())).unwrap();
        prop_assert!(
            *reopened.snapshot() == rebuilt,
            "the snapshot after a start is not the one in git"
        );
        Ok(())
    });
    walk.unwrap();
}

#[test]
fn what_is_published_is_what_was_written() {
    let dir = folder();
    let store = three_pages(dir.path());
    let mut runner = TestRunner::new(Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    });
    let letters = prop_oneof![
        20 => prop::char::range(' ', '~'),
        5 => prop::char::range('À', 'ſ'),
        3 => prop::char::range('\u{300}', '\u{36f}'),
        3 => prop::char::range('가', '힣'),
        2 => Just('\n'),
        1 => Just('\r'),
    ];
    let bodies = vec(letters, 0..120);
    let accepted = std::cell::Cell::new(0);
    let written = runner.run(&bodies, |letters| {
        let body: String = letters.into_iter().collect();
        let (_, text) = testing::page(3, "c", &format!("Texte : {body}\n\nFin."));
        let base = *store.snapshot().commit();
        match store.publish(
            change("Au hasard", vec![edit("pages/c", &text, Some(base))]),
            moment(1),
        ) {
            Ok(published) => {
                accepted.set(accepted.get() + 1);
                let kept = super::text(&store, "pages/c");
                let again = store.publish(
                    change(
                        "Encore",
                        vec![edit("pages/c", &text, Some(published.commit))],
                    ),
                    moment(2),
                );
                prop_assert!(again.unwrap().unchanged, "saying it again changes it");
                let composed = |text: &str| {
                    use unicode_normalization::UnicodeNormalization as _;
                    text.replace("\r\n", "\n")
                        .replace('\r', "\n")
                        .nfc()
                        .collect::<String>()
                };
                prop_assert_eq!(kept, composed(&text));
            }
            Err(StoreError::Refused { problems, .. }) => {
                prop_assert!(problems.iter().any(terreau_card::Problem::is_error));
            }
            Err(other) => prop_assert!(false, "{other:?}"),
        }
        Ok(())
    });
    written.unwrap();
    assert!(
        accepted.get() > 20,
        "only {} texts were good enough to test anything",
        accepted.get()
    );
    assert_sound(&store);
}
