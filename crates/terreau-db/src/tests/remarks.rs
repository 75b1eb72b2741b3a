//! Remarks hang together in threads, which are settled and opened again.

use terreau_community::AccountId;

use super::{days, kept, noon, on_each_engine, person, propose, settle};
use crate::{DbError, NewRemark, Place};

fn remark(number: u64, author: AccountId) -> NewRemark {
    NewRemark {
        number,
        thread: None,
        revision: 1,
        place: None,
        author,
        body: "Combien de temps faut-il ?".to_owned(),
        at: noon(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn remarks_come_back_in_their_order_and_place() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let number = propose(&db, zoe).await;
        let place = Place {
            file: "methodes/enquete-collective.md".to_owned(),
            excerpt: "Réunir le groupe".to_owned(),
            hash: "a1".to_owned(),
        };
        let on_paragraph = NewRemark {
            place: Some(place.clone()),
            ..remark(number, ali)
        };
        let root = db.add_remark(on_paragraph).await.unwrap();
        let answer = NewRemark {
            thread: Some(root),
            body: "Une\0 heure.".to_owned(),
            at: noon() + days(1),
            ..remark(number, zoe)
        };
        let answer = db.add_remark(answer).await.unwrap();
        let whole = db.add_remark(remark(number, zoe)).await.unwrap();

        let rows = db.remarks(number).await.unwrap();
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        assert_eq!(ids, [root, answer, whole]);
        assert_eq!(rows[0].place, Some(place));
        assert_eq!(rows[0].author.name, Some(person(2).credit_name));
        assert_eq!(rows[0].author.organisation, person(2).organisation);
        assert_eq!((rows[1].thread, rows[1].place.clone()), (Some(root), None));
        assert_eq!(rows[1].body, "Une\u{FFFD} heure.");
        assert_eq!(rows[1].at, kept(noon() + days(1)));
        assert_eq!(rows[2].thread, None);
        assert_eq!(db.remark(answer).await.unwrap().as_ref(), Some(&rows[1]));
        assert_eq!(db.remark(whole + 1).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_needs_a_thread_of_its_own_proposal() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let (number, other) = (propose(&db, zoe).await, propose(&db, zoe).await);
        let root = db.add_remark(remark(number, zoe)).await.unwrap();
        let answer = NewRemark {
            thread: Some(root),
            ..remark(number, zoe)
        };
        let answer = db.add_remark(answer).await.unwrap();
        for (number, thread) in [
            (other, Some(root)),      // a thread of another proposal
            (number, Some(answer)),   // an answer is no thread
            (number, Some(root + 9)), // no such remark
            (other + 1, None),        // no such proposal
        ] {
            let new = NewRemark {
                thread,
                ..remark(number, zoe)
            };
            let refused = db.add_remark(new).await;
            assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
        }
        assert_eq!(db.remarks(other).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_settle_a_thread_one_does() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let number = propose(&db, zoe).await;
        let root = db.add_remark(remark(number, zoe)).await.unwrap();
        let answer = NewRemark {
            thread: Some(root),
            ..remark(number, zoe)
        };
        let answer = db.add_remark(answer).await.unwrap();
        assert!(!db.resolve(root, zoe, noon(), false).await.unwrap());
        assert!(!db.resolve(answer, zoe, noon(), true).await.unwrap());

        let settling: Vec<_> = (0..20)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.resolve(root, zoe, noon(), true).await })
            })
            .collect();
        let mut settled = 0;
        for answer in settling {
            settled += u32::from(answer.await.unwrap().unwrap());
        }
        assert_eq!(settled, 1);
        let row = db.remark(root).await.unwrap().unwrap();
        assert_eq!(
            (row.resolved_at, row.resolved_by),
            (Some(kept(noon())), Some(zoe))
        );
        assert!(db.resolve(root, zoe, noon(), false).await.unwrap());
        let row = db.remark(root).await.unwrap().unwrap();
        assert_eq!((row.resolved_at, row.resolved_by), (None, None));
    })
    .await;
}
