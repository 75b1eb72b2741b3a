//! The history projection: appended once, read by pages, thrown away and made again alike.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
use terreau_card::{CardId, CardPath};
use terreau_community::AccountId;
use uuid::Uuid;

use super::{noon, on_each_engine};
use crate::history::page_of_versions;
use crate::{Credited, Db, HISTORY, KindOfChange, VersionRow};

pub(super) fn card(number: u128) -> CardId {
    CardId(Uuid::from_u128(number))
}

/// What a commit did to a card; the number is the commit's.
pub(super) fn version(commit: u32, of: u128) -> VersionRow {
    VersionRow {
        seq: 0,
        card: card(of),
        path: CardPath::parse(&format!("methodes/fiche-{of}")).expect("a path"),
        commit: format!("{commit:040x}"),
        blob: format!("{:040x}", commit + 1_000_000),
        author: "Zoé d’Été".to_owned(),
        author_address: format!("{}@users.example.org", Uuid::from_u128(1)),
        organisation: None,
        date: "2026-11-02T12:00:00Z".parse().expect("a date"),
        message: "préciser la durée".to_owned(),
        proposal: None,
        request_key: None,
        kind_of_change: KindOfChange::Changed,
    }
}

pub(super) async fn append(db: &Db, rows: Vec<VersionRow>) {
    let last = rows.last().expect("something to append").commit.clone();
    db.append_versions(rows, &last)
        .await
        .expect("it is appended");
}

fn commits(rows: &[VersionRow]) -> Vec<u32> {
    rows.iter()
        .map(|row| u32::from_str_radix(&row.commit, 16).expect("a number"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_comes_back_as_it_was_appended() {
    on_each_engine(async |db| {
        let full = VersionRow {
            organisation: Some("Lieux en transition".to_owned()),
            message: "élargir\n\navec un corps\u{0}".to_owned(),
            proposal: Some(42),
            request_key: Some("key".to_owned()),
            kind_of_change: KindOfChange::Renamed,
            date: noon(),
            ..version(1, 7)
        };
        append(&db, vec![full.clone(), version(2, 7)]).await;
        let kept = VersionRow {
            seq: 1,
            message: "élargir\n\navec un corps\u{FFFD}".to_owned(),
            date: full.date - TimeDelta::nanoseconds(789),
            ..full.clone()
        };
        assert_eq!(
            db.version(card(7), &full.commit).await.unwrap(),
            Some(kept.clone())
        );
        assert_eq!(db.request("key").await.unwrap(), Some(kept));
        assert_eq!(db.request("other").await.unwrap(), None);
        assert_eq!(db.request("\0").await.unwrap(), None);
        assert_eq!(db.version(card(8), &full.commit).await.unwrap(), None);
        assert_eq!(db.version(card(7), "\0").await.unwrap(), None);
        assert_eq!(db.shown(HISTORY).await.unwrap(), Some(version(2, 7).commit));
        assert_eq!(db.shown("other").await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_from_new_to_old_within_one_card() {
    on_each_engine(async |db| {
        append(
            &db,
            (1..=30)
                .map(|commit| version(commit, u128::from(commit % 3)))
                .collect(),
        )
        .await;
        let newest = db.versions(card(0), 4, None).await.unwrap();
        assert_eq!(commits(&newest), [30, 27, 24, 21]);
        let older = db.versions(card(0), 4, Some(newest[3].seq)).await.unwrap();
        assert_eq!(commits(&older), [18, 15, 12, 9]);
        assert_eq!(db.versions_page(card(0), 4, 4).await.unwrap(), older);
        assert_eq!(
            commits(&db.versions_page(card(0), 4, 8).await.unwrap()),
            [6, 3]
        );
        assert_eq!(db.version_count(card(0)).await.unwrap(), 10);
        assert_eq!(db.version_count(card(9)).await.unwrap(), 0);
        assert_eq!(commits(&db.latest_versions(2).await.unwrap()), [30, 29]);
        assert_eq!(commits(&db.versions_after(28, 9).await.unwrap()), [29, 30]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn appending_again_changes_nothing() {
    on_each_engine(async |db| {
        append(&db, vec![version(1, 1), version(2, 1)]).await;
        let again = VersionRow {
            message: "autre chose".to_owned(),
            ..version(2, 1)
        };
        append(
            &db,
            vec![
                version(1, 1),
                again,
                version(3, 1),
                version(3, 2),
                version(3, 1),
            ],
        )
        .await;

        let all = db.versions_after(0, 99).await.unwrap();
        assert_eq!(commits(&all), [1, 2, 3, 3]);
        assert_eq!(
            all.iter().map(|row| row.seq).collect::<Vec<_>>(),
            [1, 2, 3, 4]
        );
        assert_eq!(all[1].message, version(2, 1).message);
        assert_eq!(all[3].card, card(2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_catch_up_at_once_and_the_history_is_one() {
    on_each_engine(async |db| {
        let catching_up: Vec<_> = (0..8)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move {
                    for commit in 1..=12 {
                        append(&db, vec![version(commit, 1), version(commit, 2)]).await;
                    }
                })
            })
            .collect();
        for one in catching_up {
            one.await.unwrap();
        }
        let all = db.versions_after(0, 99).await.unwrap();
        let expected: Vec<u32> = (1..=12).flat_map(|commit| [commit, commit]).collect();
        assert_eq!(commits(&all), expected);
        assert_eq!(
            db.shown(HISTORY).await.unwrap(),
            Some(version(12, 1).commit)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_made_again_is_the_same_and_larger_than_one_statement() {
    on_each_engine(async |db| {
        let rows: Vec<_> = (1..=1_234)
            .map(|commit| version(commit, u128::from(commit % 7)))
            .collect();
        for chunk in rows.chunks(100) {
            append(&db, chunk.to_vec()).await;
        }
        let bit_by_bit = db.versions_after(0, 9_999).await.unwrap();
        assert_eq!(bit_by_bit.len(), rows.len());

        db.clear_history().await.unwrap();
        assert_eq!(db.shown(HISTORY).await.unwrap(), None);
        assert_eq!(db.versions_after(0, 9).await.unwrap(), []);

        append(&db, rows).await;
        assert_eq!(db.versions_after(0, 9_999).await.unwrap(), bit_by_bit);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_without_versions_is_shown_too() {
    on_each_engine(async |db| {
        db.append_versions(vec![], "abc").await.unwrap();
        assert_eq!(db.shown(HISTORY).await.unwrap().as_deref(), Some("abc"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_credited_are_counted_by_name_and_organisation() {
    on_each_engine(async |db| {
        let by = |commit: u32, author: &str, organisation: Option<&str>| VersionRow {
            author: author.to_owned(),
            organisation: organisation.map(str::to_owned),
            date: noon() + TimeDelta::days(commit.into()),
            ..version(commit, 1)
        };
        append(
            &db,
            vec![
                by(1, "Basile", None),
                by(2, "Zoé", Some("Lieux")),
                by(3, "Zoé", Some("Lieux")),
                by(4, "Zoé", None),
                VersionRow {
                    card: card(2),
                    ..by(5, "Ailleurs", None)
                },
            ],
        )
        .await;
        let credited = db.authors_of(card(1)).await.unwrap();
        let short: Vec<_> = credited
            .iter()
            .map(|one| (one.name.as_str(), one.organisation.as_deref(), one.versions))
            .collect();
        assert_eq!(
            short,
            [
                ("Zoé", Some("Lieux"), 2),
                ("Basile", None, 1),
                ("Zoé", None, 1)
            ]
        );
        let Credited { last, .. } = credited[0];
        assert_eq!(last, db.versions(card(1), 2, None).await.unwrap()[1].date);
        assert_eq!(db.authors_of(card(9)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contributions_are_found_by_the_account_in_the_address() {
    on_each_engine(async |db| {
        let from = |commit, address: &str| VersionRow {
            author_address: address.to_owned(),
            ..version(commit, 1)
        };
        let uuid = Uuid::from_u128(1);
        append(
            &db,
            vec![
                version(1, 1),
                from(2, &format!("{uuid}@users.autre-instance.example")),
                from(3, &format!("{uuid}@mailbox.example")),
                from(4, "someone@users.example.org"),
                from(5, "no address at all"),
            ],
        )
        .await;
        let account = AccountId::new(uuid);
        assert_eq!(commits(&db.versions_by(account, 9).await.unwrap()), [2, 1]);
        assert_eq!(commits(&db.versions_by(account, 1).await.unwrap()), [2]);
    })
    .await;
}

/// A card with 1,000 versions among 20,000: the figure of the history page rests on this plan, not on luck.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_versions_is_one_range_of_one_index() {
    on_each_engine(async |db| {
        let of = |commit: u32| {
            if commit.is_multiple_of(20) {
                3
            } else {
                u128::from(commit)
            }
        };
        append(
            &db,
            (1..=20_000)
                .map(|commit| version(commit, of(commit)))
                .collect(),
        )
        .await;
        let backend = db.read.get_database_backend();
        let (explain, columns) = match backend {
            DbBackend::Postgres => {
                db.write
                    .execute_unprepared("ANALYZE versions")
                    .await
                    .unwrap();
                ("EXPLAIN ", 0)
            }
            _ => ("EXPLAIN QUERY PLAN ", 3),
        };
        for before in [None, Some(9_000)] {
            let mut page = page_of_versions(card(3), 20, before).build(backend);
            page.sql = format!("{explain}{}", page.sql);
            let rows = db.read.query_all_raw(page).await.unwrap();
            let plan: Vec<String> = rows
                .iter()
                .map(|row| row.try_get_by_index(columns).unwrap())
                .collect();
            let plan = plan.join("\n");
            assert!(plan.contains("versions_card_seq_idx"), "{plan}");
            assert!(
                !plan.contains("SCAN versions") && !plan.contains("TEMP B-TREE"),
                "{plan}"
            );
            assert!(
                !plan.contains("Seq Scan") && !plan.contains("Sort"),
                "{plan}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_in_the_projection_is_reported() {
    for scratch in crate::testing::Scratch::each() {
        let db = scratch.open().await;
        append(&db, vec![version(1, 1), version(2, 1), version(3, 1)]).await;
        assert_eq!(db.integrity().await.unwrap(), Vec::<String>::new());
        let run = async |sql: &str| {
            let statement = Statement::from_string(db.write.get_database_backend(), sql);
            db.write.execute_raw(statement).await.unwrap();
        };
        run("DELETE FROM versions WHERE seq = 2").await;
        run("UPDATE projections SET shown = NULL").await;
        let findings = db.integrity().await.unwrap();
        assert_eq!(findings.len(), 2, "{findings:?}");
        run("UPDATE versions SET path = '../../etc/passwd' WHERE seq = 3").await;
        let findings = db.integrity().await.unwrap();
        assert!(
            findings.iter().any(|finding| finding.contains("odd path")),
            "{findings:?}"
        );
    }
}
