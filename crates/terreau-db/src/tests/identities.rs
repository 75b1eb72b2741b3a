//! An identity opens one account; a sign-in that left comes back once, into its own browser.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{days, email, hash, noon, on_each_engine, person, settle};
use crate::{DbError, Identity, IdentityId, SignInAttempt};

fn id(number: u128) -> IdentityId {
    IdentityId::new(Uuid::from_u128(number))
}

fn identity(issuer: &str, subject: &str) -> Identity {
    Identity {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
    }
}

fn attempt() -> SignInAttempt {
    SignInAttempt {
        provider: "forge".to_owned(),
        after: "/outils".to_owned(),
        account: None,
        created_at: "2026-11-02T12:00:00Z".parse().expect("a date"),
        expires_at: "2026-11-02T12:10:00Z".parse().expect("a date"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_opens_one_account_only() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let hers = identity("https://forge.example", "17");
        db.link_identity(zoe, id(1), &hers, noon()).await.unwrap();
        for account in [zoe, ali] {
            let again = db.link_identity(account, id(2), &hers, noon()).await;
            assert!(matches!(again, Err(DbError::Taken)), "{again:?}");
        }
        let opened = db.account_by_identity(&hers, noon()).await.unwrap();
        assert_eq!(opened.map(|account| account.id), Some(zoe));
        for other in [
            identity("https://forge.example", "18"),
            identity("https://autre.example", "17"),
            identity("https://forge.example/", "17"),
            identity("https://FORGE.example", "17"),
            identity("https://forge.example", "17 "),
        ] {
            assert_eq!(db.account_by_identity(&other, noon()).await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_says_when_an_identity_was_linked_and_used() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let hers = identity("https://forge.example", "17");
        db.link_identity(zoe, id(1), &hers, noon()).await.unwrap();
        let listed = db.identities(zoe).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].id, id(1));
        assert_eq!(listed[0].issuer, "https://forge.example");
        assert_eq!(listed[0].last_used_at, None);
        let later = noon() + days(1);
        db.account_by_identity(&hers, later).await.unwrap();
        db.account_by_identity(&hers, later + TimeDelta::minutes(5))
            .await
            .unwrap();
        let used = db.identities(zoe).await.unwrap()[0].last_used_at;
        assert_eq!(used, Some(crate::connect::stored(later)), "to the hour");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_account_and_its_identity_are_kept_together_or_not_at_all() {
    on_each_engine(async |db| {
        let (zoe, ali) = (person(1), person(2));
        let hers = identity("https://forge.example", "17");
        db.create_account_with_identity(&zoe, id(1), &hers, noon())
            .await
            .unwrap();
        let again = db
            .create_account_with_identity(&ali, id(2), &hers, noon())
            .await;
        assert!(matches!(again, Err(DbError::Taken)), "{again:?}");
        assert_eq!(db.account(ali.id).await.unwrap(), None, "nothing is left");
        let mut same_address = person(3);
        same_address.email = zoe.email.clone();
        let other = identity("https://forge.example", "99");
        let taken = db
            .create_account_with_identity(&same_address, id(3), &other, noon())
            .await;
        assert!(matches!(taken, Err(DbError::Taken)), "{taken:?}");
        assert_eq!(db.account_by_identity(&other, noon()).await.unwrap(), None);
        assert_eq!(
            db.account_by_email(&email("person1@example.org"))
                .await
                .unwrap()
                .map(|account| account.id),
            Some(zoe.id)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_identity_stays_when_it_is_the_only_way_in() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        for number in 1..=2_u128 {
            let one = identity("https://forge.example", &number.to_string());
            db.link_identity(zoe, id(number), &one, noon())
                .await
                .unwrap();
        }
        let stranger = db.unlink_identity(ali, id(1), true).await;
        assert!(matches!(stranger, Err(DbError::Missing)), "{stranger:?}");

        let both: Vec<_> = (1..=2)
            .map(|number| {
                let db = db.clone();
                tokio::spawn(async move { db.unlink_identity(zoe, id(number), false).await })
            })
            .collect();
        let mut gone = 0;
        for answer in both {
            gone += usize::from(answer.await.unwrap().unwrap());
        }
        assert_eq!(gone, 1, "two requests at once leave one way in");
        let left = db.identities(zoe).await.unwrap();
        assert_eq!(left.len(), 1);
        assert!(!db.unlink_identity(zoe, left[0].id, false).await.unwrap());
        assert!(db.unlink_identity(zoe, left[0].id, true).await.unwrap());
        assert!(db.identities(zoe).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_person_links_nothing() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        db.set_suspended(zoe, true).await.unwrap();
        let hers = identity("https://forge.example", "17");
        let refused = db.link_identity(zoe, id(1), &hers, noon()).await;
        assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_returns_at_once_open_one_door() {
    on_each_engine(async |db| {
        db.create_attempt(hash(1), hash(2), &attempt())
            .await
            .unwrap();
        let now = attempt().created_at + TimeDelta::minutes(1);
        let returns: Vec<_> = (0..50)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.use_attempt(hash(1), hash(2), now).await })
            })
            .collect();
        let mut opened = Vec::new();
        for answer in returns {
            opened.extend(answer.await.unwrap().unwrap());
        }
        assert_eq!(opened, [attempt()]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_browser_gets_nothing_and_uses_nothing_up() {
    on_each_engine(async |db| {
        db.create_attempt(hash(1), hash(2), &attempt())
            .await
            .unwrap();
        let now = attempt().created_at + TimeDelta::minutes(1);
        for (state, browser) in [(1, 3), (3, 2), (2, 1)] {
            let stranger = db.use_attempt(hash(state), hash(browser), now).await;
            assert_eq!(stranger.unwrap(), None);
        }
        let late = db
            .use_attempt(hash(1), hash(2), attempt().expires_at)
            .await
            .unwrap();
        assert_eq!(late, None, "it stops at its last moment");
        let own = db.use_attempt(hash(1), hash(2), now).await.unwrap();
        assert_eq!(own, Some(attempt()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn returns_that_never_came_are_forgotten() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let linking = SignInAttempt {
            account: Some(zoe),
            ..attempt()
        };
        db.create_attempt(hash(1), hash(2), &linking).await.unwrap();
        let taken = db.create_attempt(hash(1), hash(2), &attempt()).await;
        assert!(matches!(taken, Err(DbError::Taken)), "{taken:?}");
        let later = SignInAttempt {
            created_at: attempt().expires_at,
            expires_at: attempt().expires_at + days(1),
            ..attempt()
        };
        db.create_attempt(hash(1), hash(3), &later)
            .await
            .expect("the first is forgotten, its state is free again");
    })
    .await;
}
