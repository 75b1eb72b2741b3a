//! Accounts come back as they were kept, and addresses are taken once.

use terreau_card::Language;
use terreau_community::{Account, AccountId, CreditName, HowOften, Role};
use uuid::Uuid;

use super::{days, email, hash, noon, on_each_engine, person, settle};
use crate::{DbError, Profile};

#[tokio::test(flavor = "multi_thread")]
async fn an_account_comes_back_as_it_was_kept() {
    on_each_engine(async |db| {
        let zoe = person(1);
        let bare = Account {
            organisation: None,
            language: Language::English,
            role: Role::Reader,
            notices: HowOften::Never,
            ..person(2)
        };
        db.create_account(&zoe).await.unwrap();
        db.create_account(&bare).await.unwrap();

        assert_eq!(db.account(zoe.id).await.unwrap(), Some(zoe.clone()));
        assert_eq!(
            db.account_by_email(&email(" PERSON2@example.org"))
                .await
                .unwrap(),
            Some(bare.clone())
        );
        assert_eq!(
            db.account_by_email(&email("no@example.org")).await.unwrap(),
            None
        );
        assert_eq!(db.accounts().await.unwrap(), [zoe, bare]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_one_account_however_many_ask_at_once() {
    on_each_engine(async |db| {
        let asking: Vec<_> = (1..=20)
            .map(|number| {
                let db = db.clone();
                let account = Account {
                    email: email("same@example.org"),
                    ..person(number)
                };
                tokio::spawn(async move { db.create_account(&account).await })
            })
            .collect();
        let mut made = 0;
        for answer in asking {
            match answer.await.unwrap() {
                Ok(()) => made += 1,
                Err(error) => assert!(matches!(error, DbError::Taken), "{error:?}"),
            }
        }
        assert_eq!(made, 1);
        assert_eq!(db.accounts().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_touch_what_they_name_and_nobody_else() {
    on_each_engine(async |db| {
        let (zoe, other) = (settle(&db, 1).await, settle(&db, 2).await);
        assert!(!db.has_steward().await.unwrap());
        db.set_role(zoe, Role::Steward).await.unwrap();
        assert!(db.has_steward().await.unwrap());

        let profile = Profile {
            credit_name: CreditName::parse("Zoé").unwrap(),
            organisation: None,
            language: Language::English,
            notices: HowOften::Daily,
        };
        db.set_profile(zoe, &profile).await.unwrap();
        let expected = Account {
            role: Role::Steward,
            credit_name: profile.credit_name,
            organisation: None,
            language: Language::English,
            notices: HowOften::Daily,
            ..person(1)
        };
        assert_eq!(db.account(zoe).await.unwrap(), Some(expected));
        assert_eq!(db.account(other).await.unwrap(), Some(person(2)));

        let nobody = AccountId::new(Uuid::from_u128(9));
        for answer in [
            db.set_role(nobody, Role::Steward).await,
            db.set_suspended(nobody, true).await,
        ] {
            assert!(matches!(answer, Err(DbError::Missing)), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn suspending_ends_what_was_open_and_lets_nothing_open() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let now = noon();
        db.create_session(zoe, hash(1), now, now + days(30))
            .await
            .unwrap();
        db.set_suspended(zoe, true).await.unwrap();

        assert!(db.session(hash(1), now, days(14)).await.unwrap().is_none());
        let again = db.create_session(zoe, hash(2), now, now + days(30)).await;
        assert!(matches!(again, Err(DbError::Missing)), "{again:?}");

        db.set_suspended(zoe, false).await.unwrap();
        assert!(
            db.session(hash(1), now, days(14)).await.unwrap().is_none(),
            "the old session must not come back to life"
        );
        db.create_session(zoe, hash(3), now, now + days(30))
            .await
            .unwrap();
        assert_eq!(
            db.session(hash(3), now, days(14)).await.unwrap(),
            Some(person(1))
        );
    })
    .await;
}
