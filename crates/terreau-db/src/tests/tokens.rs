//! Tokens open what their scopes say, until they are revoked.

use chrono::TimeDelta;
use terreau_community::{AccountId, Scope, TokenId};
use uuid::Uuid;

use super::{days, hash, noon, on_each_engine, person, settle};
use crate::{DbError, NewToken};

fn token(account: AccountId, number: u8) -> NewToken {
    NewToken {
        id: TokenId::new(Uuid::from_u128(number.into())),
        account,
        hash: hash(number),
        name: "bibliothèque\0 de Figeac".to_owned(),
        scopes: vec![Scope::CardWrite, Scope::ProposalWrite],
        created_at: "2026-11-02T10:00:00Z".parse().expect("a date"),
        expires_at: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_gives_its_person_and_its_scopes() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        db.create_token(&token(zoe, 1)).await.unwrap();
        db.create_token(&NewToken {
            scopes: vec![],
            ..token(zoe, 2)
        })
        .await
        .unwrap();

        let (account, scopes) = db.token(hash(1), noon()).await.unwrap().unwrap();
        assert_eq!(account, person(1));
        assert_eq!(scopes, [Scope::CardWrite, Scope::ProposalWrite]);
        let (_, scopes) = db.token(hash(2), noon()).await.unwrap().unwrap();
        assert_eq!(scopes, []);
        assert!(db.token(hash(3), noon()).await.unwrap().is_none());

        let listed = db.tokens(zoe).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[0].name, "bibliothèque de Figeac");
        assert!(listed[0].last_used_at.is_some());
        assert_eq!(db.all_tokens().await.unwrap(), listed);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_stops_when_revoked_expired_or_its_owner_suspended() {
    on_each_engine(async |db| {
        let (zoe, other) = (settle(&db, 1).await, settle(&db, 2).await);
        let now = noon();
        db.create_token(&token(zoe, 1)).await.unwrap();
        db.create_token(&NewToken {
            expires_at: Some(now),
            ..token(zoe, 2)
        })
        .await
        .unwrap();
        db.create_token(&token(zoe, 3)).await.unwrap();
        let opens = async |secret, moment| db.token(hash(secret), moment).await.unwrap().is_some();

        assert!(opens(2, now - TimeDelta::seconds(1)).await);
        assert!(!opens(2, now).await);

        let id = token(zoe, 1).id;
        let refused = db.revoke_token(other, id, now).await;
        assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
        assert!(opens(1, now).await);
        db.revoke_token(zoe, id, now).await.unwrap();
        assert!(!opens(1, now).await);
        let first = db.tokens(zoe).await.unwrap()[0].revoked_at;
        assert!(first.is_some());
        db.revoke_token(zoe, id, now + days(1)).await.unwrap();
        assert_eq!(db.tokens(zoe).await.unwrap()[0].revoked_at, first);

        db.set_suspended(zoe, true).await.unwrap();
        assert!(!opens(3, now).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_needs_an_account_and_a_secret_of_its_own() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let nobody = AccountId::new(Uuid::from_u128(9));
        let refused = db.create_token(&token(nobody, 1)).await;
        assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
        db.create_token(&token(zoe, 1)).await.unwrap();
        let refused = db
            .create_token(&NewToken {
                hash: hash(1),
                ..token(zoe, 2)
            })
            .await;
        assert!(matches!(refused, Err(DbError::Taken)), "{refused:?}");
    })
    .await;
}
