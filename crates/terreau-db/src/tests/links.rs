//! Sign-in links work once, in time, for one person.

use chrono::TimeDelta;

use super::{days, email, hash, noon, on_each_engine, settle};
use crate::{DbError, Link, LinkPurpose};

fn sign_in(address: &str) -> Link {
    Link {
        email: Some(email(address)),
        purpose: LinkPurpose::SignIn,
        created_at: "2026-11-02T12:00:00Z".parse().expect("a date"),
        expires_at: "2026-11-02T12:15:00Z".parse().expect("a date"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_uses_at_once_open_one_door() {
    on_each_engine(async |db| {
        let link = sign_in("zoe@example.org");
        db.create_link(hash(1), &link).await.unwrap();
        let uses: Vec<_> = (0..50)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.use_link(hash(1), noon()).await })
            })
            .collect();
        let mut opened = Vec::new();
        for answer in uses {
            opened.extend(answer.await.unwrap().unwrap());
        }
        assert_eq!(opened, [link]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_does_not_use_and_using_ends() {
    on_each_engine(async |db| {
        let link = sign_in("zoe@example.org");
        db.create_link(hash(1), &link).await.unwrap();
        for _ in 0..2 {
            assert_eq!(db.link(hash(1), noon()).await.unwrap(), Some(link.clone()));
        }
        assert_eq!(db.link(hash(2), noon()).await.unwrap(), None);
        assert_eq!(db.use_link(hash(2), noon()).await.unwrap(), None);
        assert_eq!(db.use_link(hash(1), noon()).await.unwrap(), Some(link));
        assert_eq!(db.use_link(hash(1), noon()).await.unwrap(), None);
        assert_eq!(db.link(hash(1), noon()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_stops_at_its_last_moment() {
    on_each_engine(async |db| {
        let link = sign_in("zoe@example.org");
        db.create_link(hash(1), &link).await.unwrap();
        assert_eq!(db.use_link(hash(1), link.expires_at).await.unwrap(), None);
        let before = link.expires_at - TimeDelta::microseconds(1);
        assert_eq!(db.use_link(hash(1), before).await.unwrap(), Some(link));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_last_first_steward_link_works() {
    on_each_engine(async |db| {
        let printed = Link {
            email: None,
            purpose: LinkPurpose::FirstSteward,
            ..sign_in("zoe@example.org")
        };
        db.create_link(hash(1), &printed).await.unwrap();
        db.create_link(hash(2), &sign_in("zoe@example.org"))
            .await
            .unwrap();
        db.create_link(hash(3), &printed).await.unwrap();
        assert_eq!(db.use_link(hash(1), noon()).await.unwrap(), None);
        assert_eq!(db.use_link(hash(3), noon()).await.unwrap(), Some(printed));
        assert!(db.use_link(hash(2), noon()).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_counted_by_address_and_forgotten_in_time() {
    on_each_engine(async |db| {
        let zoe = sign_in("zoe@example.org");
        db.create_link(hash(1), &zoe).await.unwrap();
        db.create_link(hash(2), &zoe).await.unwrap();
        db.create_link(hash(3), &sign_in("other@example.org"))
            .await
            .unwrap();
        let again = db.create_link(hash(3), &zoe).await;
        assert!(matches!(again, Err(DbError::Taken)), "{again:?}");

        let address = email("zoe@example.org");
        assert_eq!(db.links_since(&address, zoe.created_at).await.unwrap(), 2);
        let later = zoe.created_at + TimeDelta::seconds(1);
        assert_eq!(db.links_since(&address, later).await.unwrap(), 0);

        db.purge(noon(), days(14)).await.unwrap();
        assert_eq!(db.links_since(&address, zoe.created_at).await.unwrap(), 2);
        db.purge(zoe.expires_at, days(14)).await.unwrap();
        assert_eq!(db.links_since(&address, zoe.created_at).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn purging_forgets_dead_sessions_only() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let now = noon();
        db.create_session(zoe, hash(1), now, now + days(1))
            .await
            .unwrap(); // expires
        db.create_session(zoe, hash(2), now - days(20), now + days(10))
            .await
            .unwrap(); // idle
        db.create_session(zoe, hash(3), now, now + days(30))
            .await
            .unwrap();
        db.purge(now + days(2), days(14)).await.unwrap();
        assert_eq!(db.sessions(zoe, now - days(30)).await.unwrap().len(), 1);
        assert!(
            db.session(hash(3), now + days(2), days(14))
                .await
                .unwrap()
                .is_some()
        );
    })
    .await;
}
