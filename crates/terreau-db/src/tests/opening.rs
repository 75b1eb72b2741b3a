//! Opening: the promises of the engines' settings, refusals, and two processes at once.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};

use super::{days, hash, noon, person, settle};
use crate::testing::Scratch;
use crate::{Db, DbError, DbSettings, Engine, sqlite};

async fn ask(db: &sea_orm::DatabaseConnection, sql: &str) -> String {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index::<String>(0)
        .or_else(|_| {
            row.try_get_by_index::<i64>(0)
                .map(|number| number.to_string())
        })
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_is_durable_and_private() {
    let scratch = Scratch::sqlite();
    let db = scratch.open().await;
    for (pragma, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"), // FULL
        ("foreign_keys", "1"),
        ("busy_timeout", "5000"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("secure_delete", "1"),
        ("mmap_size", "0"),
    ] {
        for connection in [&db.read, &db.write] {
            assert_eq!(
                ask(connection, &format!("PRAGMA {pragma}")).await,
                expected,
                "{pragma}"
            );
        }
    }
    settle(&db, 1).await;
    for name in ["terreau.sqlite", "terreau.sqlite-wal", "terreau.sqlite-shm"] {
        let file = scratch.settings().dir.join(name);
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let written = db.read.execute_unprepared("DELETE FROM accounts").await;
    assert!(written.is_err(), "readers must not write");
    assert_eq!(db.engine(), Engine::Sqlite);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_all_could_read_becomes_private() {
    let scratch = Scratch::sqlite();
    let file = scratch.settings().dir.join("terreau.sqlite");
    std::fs::write(&file, b"").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    scratch.open().await;
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_statements_have_limits() {
    let Some(scratch) = Scratch::postgres() else {
        return;
    };
    let db = scratch.open().await;
    for (setting, expected) in [
        ("synchronous_commit", "on"),
        ("statement_timeout", "10s"),
        ("lock_timeout", "3s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ] {
        assert_eq!(
            ask(&db.read, &format!("SHOW {setting}")).await,
            expected,
            "{setting}"
        );
    }
    assert_eq!(db.engine(), Engine::Postgres);
}

#[test]
fn old_sqlite_is_told_apart() {
    for recent in ["3.51.3", "3.51.10", "3.52.0", "4.0.0", "3.51.3.1"] {
        assert!(sqlite::is_recent(recent), "{recent}");
    }
    for old in ["3.51.2", "3.46.1", "3.7.0", "3.51", "2.99.99", "", "x"] {
        assert!(!sqlite::is_recent(old), "{old}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_is_there_after_opening_again() {
    for scratch in Scratch::each() {
        let db = scratch.open().await;
        let zoe = settle(&db, 1).await;
        db.close().await.unwrap();
        let db = scratch.open().await;
        assert_eq!(db.account(zoe).await.unwrap(), Some(person(1)));
        db.ping().await.unwrap();
        db.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_may_open_a_new_database_at_once() {
    for scratch in Scratch::each() {
        let opening: Vec<_> = (0..6)
            .map(|_| tokio::spawn(Db::open(scratch.settings())))
            .collect();
        for one in opening {
            one.await.unwrap().unwrap().ping().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_terreau_is_refused_and_kept() {
    for scratch in Scratch::each() {
        let db = scratch.open().await;
        settle(&db, 1).await;
        db.write
            .execute_unprepared(
                "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)",
            )
            .await
            .unwrap();
        db.close().await.unwrap();
        match Db::open(scratch.settings()).await {
            Err(DbError::Unusable { reason }) => assert!(reason.contains("newer"), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_refused() {
    let scratch = Scratch::sqlite();
    let db = scratch.open().await;
    for number in 1..200 {
        settle(&db, number).await;
    }
    db.close().await.unwrap();
    let file = scratch.settings().dir.join("terreau.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 2048].fill(0xAA);
    std::fs::write(&file, &bytes).unwrap();
    let opened = Db::open(scratch.settings()).await;
    assert!(
        matches!(opened, Err(DbError::Unusable { .. })),
        "{opened:?}"
    );

    std::fs::write(
        &file,
        b"This is a poem and not a database, however long one looks at it.".repeat(99),
    )
    .unwrap();
    let opened = Db::open(scratch.settings()).await;
    assert!(
        matches!(opened, Err(DbError::Unusable { .. })),
        "{opened:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_cannot_work_are_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    for url in [
        "mysql://localhost/x",
        "sqlite::memory:",
        "sqlite://x?mode=memory",
        "poem",
        "postgres://[::1/x",
    ] {
        let settings = DbSettings {
            url: Some(url.into()),
            dir: dir.path().to_owned(),
        };
        let opened = Db::open(settings).await;
        assert!(
            matches!(opened, Err(DbError::Unusable { .. })),
            "{url}: {opened:?}"
        );
    }
    let missing = dir.path().join("missing");
    let opened = Db::open(DbSettings {
        url: None,
        dir: missing,
    })
    .await;
    assert!(
        matches!(opened, Err(DbError::Unusable { .. })),
        "{opened:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sqlite_file_may_be_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("gens du 100% local.sqlite");
    let url = format!(
        "sqlite://{}/gens%20du%20100%25%20local.sqlite?mode=rwc",
        dir.path().display()
    );
    let db = Db::open(DbSettings {
        url: Some(url.into()),
        dir: dir.path().to_owned(),
    })
    .await
    .unwrap();
    settle(&db, 1).await;
    assert!(file.exists());
}

/// Another process (a backup, a curious steward) holds the file's lock: writers are told to come back, readers go on.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_file_is_unavailable_for_writers_only() {
    let scratch = Scratch::sqlite();
    let db = scratch.open().await;
    let zoe = settle(&db, 1).await;
    db.create_session(zoe, hash(1), noon(), noon() + days(30))
        .await
        .unwrap();
    let other = scratch.open().await;
    let held = other.begin().await.unwrap();

    let refused = tokio::time::timeout(Duration::from_secs(60), db.set_suspended(zoe, true))
        .await
        .unwrap();
    assert!(
        matches!(refused, Err(DbError::Unavailable { .. })),
        "{refused:?}"
    );
    assert!(
        db.session(hash(1), noon(), days(14))
            .await
            .unwrap()
            .is_some()
    );

    held.rollback().await.unwrap();
    db.set_suspended(zoe, true).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_debug_nor_errors_show_what_is_private() {
    for scratch in Scratch::each() {
        let db = scratch.open().await;
        settle(&db, 1).await;
        let taken = db.create_account(&person(1)).await.unwrap_err();
        let bad = db
            .write
            .execute_unprepared(
                "INSERT INTO accounts (id, email) VALUES (NULL, 'canary@example.org')",
            )
            .await;
        let bad = crate::error::fault(bad.unwrap_err());
        for shown in [
            format!("{taken:?} {taken}"),
            format!("{bad:?} {bad}"),
            format!("{:?}", person(1)),
            format!("{:?}", hash(7)),
            format!(
                "{:?}",
                DbSettings {
                    url: Some("postgres://u:canary@h/d".into()),
                    ..scratch.settings()
                }
            ),
            format!("{db:?}"),
        ] {
            assert!(
                !shown.contains("canary") && !shown.contains("person1@"),
                "{shown}"
            );
        }
    }
}
