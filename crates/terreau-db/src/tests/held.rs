//! What guests suggest is held within limits, for a while, and goes with its address.

use chrono::TimeDelta;
use terreau_card::{CardPath, Language};
use terreau_community::CreditName;

use super::{days, email, hash, kept, noon, on_each_engine, person, suggestion};
use crate::{DbError, HeldChange, MAX_HELD_BY_ADDRESS, MAX_HELD_BYTES};

fn held(address: &str) -> HeldChange {
    HeldChange {
        email: email(address),
        name: CreditName::parse("Zoé d’Été").expect("a name"),
        language: Language::French,
        path: CardPath::parse("methodes/enquete").expect("a path"),
        base: "b1".to_owned(),
        text: "---\n---\n".to_owned(),
        content: "[]".to_owned(),
        reason: "Une coquille".to_owned(),
        created_at: kept(noon()),
        expires_at: kept(noon() + days(7)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_change_waits_and_goes() {
    on_each_engine(async |db| {
        let change = held("zoe@example.org");
        db.hold_change(hash(1), &change).await.unwrap();
        let before = change.expires_at - TimeDelta::microseconds(1);
        assert_eq!(
            db.held_change(hash(1), before).await.unwrap(),
            Some(change.clone())
        );
        let at = change.expires_at;
        assert_eq!(db.held_change(hash(1), at).await.unwrap(), None);
        assert_eq!(db.held_change(hash(2), before).await.unwrap(), None);
        assert_eq!(
            db.held_for(&change.email).await.unwrap(),
            std::slice::from_ref(&change)
        );

        db.purge(before, days(14)).await.unwrap();
        assert!(db.held_change(hash(1), before).await.unwrap().is_some());
        db.purge(at, days(14)).await.unwrap();
        assert_eq!(db.held_for(&change.email).await.unwrap(), []);

        db.hold_change(hash(1), &change).await.unwrap();
        db.drop_held(hash(1)).await.unwrap();
        db.drop_held(hash(1)).await.unwrap();
        assert_eq!(db.held_change(hash(1), before).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn held_changes_have_limits_and_go_with_the_account_of_their_address() {
    on_each_engine(async |db| {
        let zoe = person(1);
        db.create_account(&zoe).await.unwrap();
        let change = held(zoe.email.as_str());
        let long = HeldChange {
            text: "x".repeat(MAX_HELD_BYTES),
            ..change.clone()
        };
        let refused = db.hold_change(hash(9), &long).await;
        assert!(matches!(refused, Err(DbError::Full)), "{refused:?}");
        let most = u8::try_from(MAX_HELD_BY_ADDRESS).unwrap();
        for secret in 1..=most {
            db.hold_change(hash(secret), &change).await.unwrap();
        }
        let refused = db.hold_change(hash(9), &change).await;
        assert!(matches!(refused, Err(DbError::Full)), "{refused:?}");
        let other = held("ali@example.org");
        db.hold_change(hash(9), &other).await.unwrap();
        // Those that went make room.
        let later = HeldChange {
            created_at: change.expires_at,
            expires_at: change.expires_at + days(7),
            ..change.clone()
        };
        db.hold_change(hash(8), &later).await.unwrap();

        db.delete_account(zoe.id, noon()).await.unwrap();
        assert_eq!(db.held_for(&zoe.email).await.unwrap(), []);
        assert_eq!(db.held_for(&other.email).await.unwrap(), [other]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_makes_one_proposal() {
    on_each_engine(async |db| {
        let zoe = person(1);
        db.create_account(&zoe).await.unwrap();
        let first = db.reserve_proposal(0).await.unwrap();
        let mut new = suggestion(first, zoe.id);
        new.request_key = Some("a key".to_owned());
        db.add_proposal(new.clone()).await.unwrap();
        assert_eq!(db.proposal_of_request("a key").await.unwrap(), Some(first));
        assert_eq!(db.proposal_of_request("another").await.unwrap(), None);
        new.number = db.reserve_proposal(0).await.unwrap();
        let again = db.add_proposal(new).await;
        assert!(matches!(again, Err(DbError::Taken)), "{again:?}");
    })
    .await;
}
