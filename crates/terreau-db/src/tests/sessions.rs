//! Sessions live as long as they may, and end when they are told to.

use chrono::TimeDelta;
use terreau_community::AccountId;
use uuid::Uuid;

use super::{days, hash, noon, on_each_engine, person, settle};
use crate::DbError;

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_idle_and_at_the_latest_after_its_time() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let start = noon();
        let idle = days(14);
        db.create_session(zoe, hash(1), start, start + days(30))
            .await
            .unwrap();
        let seen_at = async |moment| db.session(hash(1), moment, idle).await.unwrap().is_some();

        assert!(seen_at(start).await);
        assert!(seen_at(start + days(13)).await, "seen in time");
        assert!(seen_at(start + days(26)).await, "each visit prolongs it");
        assert!(seen_at(start + days(30) - TimeDelta::seconds(1)).await);
        assert!(!seen_at(start + days(30)).await, "but not for ever");

        db.create_session(zoe, hash(2), start, start + days(30))
            .await
            .unwrap();
        assert!(
            db.session(hash(2), start + idle, idle)
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_goes_back_signs_nobody_out() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let start = noon();
        db.create_session(zoe, hash(1), start, start + days(30))
            .await
            .unwrap();
        let earlier = start - days(365);
        assert!(
            db.session(hash(1), earlier, days(14))
                .await
                .unwrap()
                .is_some()
        );
        let rows = db.sessions(zoe, start).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert!(rows[0].last_seen_at > start - days(1), "{rows:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_pages_writes_once_an_hour() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let start = noon();
        db.create_session(zoe, hash(1), start, start + days(30))
            .await
            .unwrap();
        let last_seen = async || db.sessions(zoe, start).await.unwrap()[0].last_seen_at;
        let first = last_seen().await;
        db.session(hash(1), start + TimeDelta::minutes(59), days(14))
            .await
            .unwrap();
        assert_eq!(last_seen().await, first);
        db.session(hash(1), start + TimeDelta::minutes(61), days(14))
            .await
            .unwrap();
        assert_eq!(last_seen().await, first + TimeDelta::minutes(61));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_here_or_everywhere() {
    on_each_engine(async |db| {
        let (zoe, other) = (settle(&db, 1).await, settle(&db, 2).await);
        let (now, end) = (noon(), noon() + days(30));
        for (who, secret) in [(zoe, 1), (zoe, 2), (zoe, 3), (other, 4)] {
            db.create_session(who, hash(secret), now, end)
                .await
                .unwrap();
        }
        db.end_session(hash(1)).await.unwrap();
        db.end_session(hash(1)).await.unwrap(); // twice does no harm
        assert!(db.session(hash(1), now, days(14)).await.unwrap().is_none());
        assert_eq!(
            db.session(hash(2), now, days(14)).await.unwrap(),
            Some(person(1))
        );

        db.end_all(zoe).await.unwrap();
        assert!(db.session(hash(2), now, days(14)).await.unwrap().is_none());
        assert_eq!(db.sessions(zoe, now).await.unwrap(), []);
        assert_eq!(
            db.session(hash(4), now, days(14)).await.unwrap(),
            Some(person(2))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_needs_an_account_and_a_secret_of_its_own() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let (now, end) = (noon(), noon() + days(30));
        let nobody = AccountId::new(Uuid::from_u128(9));
        let refused = db.create_session(nobody, hash(1), now, end).await;
        assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
        db.create_session(zoe, hash(1), now, end).await.unwrap();
        let refused = db.create_session(zoe, hash(1), now, end).await;
        assert!(matches!(refused, Err(DbError::Taken)), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_in_a_crowd_of_sign_ins_leaves_nobody_signed_in() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let (now, end) = (noon(), noon() + days(30));
        let crowd: Vec<_> = (0..30)
            .map(|secret| {
                let db = db.clone();
                tokio::spawn(async move {
                    if secret == 15 {
                        db.set_suspended(zoe, true).await
                    } else {
                        db.create_session(zoe, hash(secret), now, end).await
                    }
                })
            })
            .collect();
        for answer in crowd {
            let answer = answer.await.unwrap();
            assert!(
                matches!(answer, Ok(()) | Err(DbError::Missing)),
                "{answer:?}"
            );
        }
        assert_eq!(db.sessions(zoe, now).await.unwrap(), []);
    })
    .await;
}
