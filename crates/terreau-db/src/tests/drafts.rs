//! Drafts replace one another under their key, within limits, each for its owner alone.

use chrono::{DateTime, Utc};
use terreau_community::AccountId;
use uuid::Uuid;

use super::{days, kept, noon, on_each_engine, settle};
use crate::{DbError, DraftRow, MAX_DRAFT_BYTES, MAX_DRAFTS};

fn draft(key: &str, content: &str, updated_at: DateTime<Utc>) -> DraftRow {
    DraftRow {
        key: key.to_owned(),
        content: content.to_owned(),
        base: Some("b1".to_owned()),
        updated_at: kept(updated_at),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_draft_of_a_key_is_kept() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let first = draft("methodes/enquete", "{\"a\":1}", noon());
        let second = DraftRow {
            base: None,
            ..draft("methodes/enquete", "{\"a\":2}", noon() + days(1))
        };
        let other = draft("nouvelle", "{}", noon() + days(2));
        for draft in [&first, &second, &other] {
            db.save_draft(zoe, draft).await.unwrap();
        }
        db.save_draft(ali, &first).await.unwrap();
        assert_eq!(
            db.drafts(zoe).await.unwrap(),
            [other.clone(), second.clone()]
        );
        assert_eq!(db.draft(zoe, &second.key).await.unwrap(), Some(second));
        assert_eq!(db.draft(zoe, "autre\0").await.unwrap(), None);

        db.drop_draft(zoe, &first.key).await.unwrap();
        db.drop_draft(zoe, &first.key).await.unwrap(); // twice does no harm
        assert_eq!(db.drafts(zoe).await.unwrap(), [other]);
        assert_eq!(
            db.drafts(ali).await.unwrap(),
            std::slice::from_ref(&first),
            "hers stays"
        );

        let nobody = AccountId::new(Uuid::from_u128(9));
        let refused = db.save_draft(nobody, &first).await;
        assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_have_limits() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let long = "x".repeat(MAX_DRAFT_BYTES - 1);
        db.save_draft(zoe, &draft("l", &long, noon()))
            .await
            .unwrap();
        let longer = db.save_draft(zoe, &draft("ll", &long, noon())).await;
        assert!(matches!(longer, Err(DbError::Full)), "{longer:?}");

        let saving: Vec<_> = (0..MAX_DRAFTS + 20)
            .map(|place| {
                let db = db.clone();
                let draft = draft(&format!("k{place}"), "{}", noon());
                tokio::spawn(async move { db.save_draft(zoe, &draft).await })
            })
            .collect();
        let mut full = 0;
        for answer in saving {
            match answer.await.unwrap() {
                Ok(()) => {}
                Err(DbError::Full) => full += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(full, 21, "the long one counts");
        let kept = db.drafts(zoe).await.unwrap();
        assert_eq!(kept.len() as u64, MAX_DRAFTS);
        db.save_draft(zoe, &draft(&kept[7].key, "{\"b\":1}", noon()))
            .await
            .expect("what is there can still be saved");
    })
    .await;
}
