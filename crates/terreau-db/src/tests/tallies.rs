//! Tallies count what is done from one place in a day, and go with it.

use super::{hash, noon, on_each_engine};

#[tokio::test(flavor = "multi_thread")]
async fn of_many_from_one_place_twenty_pass() {
    on_each_engine(async |db| {
        let counting: Vec<_> = (0..200)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.tally(hash(1), "2026-11-22", 20).await })
            })
            .collect();
        let mut passed = 0;
        for counted in counting {
            passed += u32::from(counted.await.unwrap().unwrap());
        }
        assert_eq!(passed, 20);
        assert!(db.tally(hash(2), "2026-11-22", 1).await.unwrap());
        assert!(!db.tally(hash(2), "2026-11-22", 1).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_one_salt_that_goes_with_its_tallies() {
    on_each_engine(async |db| {
        let asking: Vec<_> = (0..20)
            .map(|number| {
                let db = db.clone();
                let fresh = format!("salt{number}");
                tokio::spawn(async move { db.salt_of_day("2026-11-22", &fresh).await })
            })
            .collect();
        let mut salts = std::collections::BTreeSet::new();
        for salt in asking {
            salts.insert(salt.await.unwrap().unwrap());
        }
        assert_eq!(salts.len(), 1, "{salts:?}");
        assert!(db.tally(hash(1), "2026-11-22", 1).await.unwrap());
        let next = db.salt_of_day("2026-11-23", "other").await.unwrap();
        assert_eq!(next, "other");
        assert!(
            db.tally(hash(1), "2026-11-22", 1).await.unwrap(),
            "it was forgotten"
        );
        db.purge(noon(), super::days(14)).await.unwrap();
        let again = db.salt_of_day("2026-11-23", "another").await.unwrap();
        assert_eq!(again, "another", "the salt of another day goes too");
    })
    .await;
}
