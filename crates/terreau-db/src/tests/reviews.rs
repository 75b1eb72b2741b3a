//! Reviews are of the present revision, and show their reviewers as they are now.

use chrono::TimeDelta;
use terreau_community::{AccountId, ProposalState, Role, Verdict};
use uuid::Uuid;

use super::history::{append, card, version};
use super::{days, kept, noon, on_each_engine, person, propose, second_revision, settle};
use crate::{DbError, Decision, NewReview, ReviewedFor, VersionRow};

/// An approval of revision `h1`.
fn approval(reviewer: AccountId) -> NewReview {
    NewReview {
        reviewer,
        organisation: person(1).organisation,
        verdict: Verdict::Approve,
        body: "Très clair.".to_owned(),
        head: "h1".to_owned(),
        base: "b1".to_owned(),
        rules: "r1".to_owned(),
        at: noon() + TimeDelta::hours(1),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_comes_back_with_its_reviewer_as_they_are_now() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let number = propose(&db, zoe).await;
        let id = db.add_review(number, approval(ali)).await.unwrap();

        let rows = db.reviews(number).await.unwrap();
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!((row.id, row.number), (id, number));
        assert_eq!(row.body, "Très clair.");
        assert_eq!(row.reviewer.name, Some(person(2).credit_name));
        let review = row.review();
        assert_eq!(review.reviewer, ali);
        assert_eq!(review.organisation, person(1).organisation);
        assert_eq!((review.role, review.suspended), (Role::Editor, false));
        assert_eq!(
            (&*review.head, &*review.base, &*review.rules),
            ("h1", "b1", "r1")
        );
        assert_eq!(review.at, kept(noon() + TimeDelta::hours(1)));
        assert_eq!(
            db.proposal(number).await.unwrap().unwrap().updated_at,
            review.at
        );

        db.set_role(ali, Role::Contributor).await.unwrap();
        db.set_suspended(ali, true).await.unwrap();
        let review = db.reviews(number).await.unwrap()[0].review();
        assert_eq!((review.role, review.suspended), (Role::Contributor, true));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_an_account_is_a_reader() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let gone = AccountId::new(Uuid::from_u128(9));
        let number = propose(&db, zoe).await;
        db.add_review(number, approval(gone)).await.unwrap();
        let row = db.reviews(number).await.unwrap().remove(0);
        assert_eq!((row.reviewer.id, row.reviewer.name), (gone, None));
        assert_eq!(row.reviewer.role, Role::Reader);

        let people = db.people(&[gone, zoe, gone]).await.unwrap();
        let ids: Vec<AccountId> = people.iter().map(|person| person.id).collect();
        assert_eq!(ids, [gone, zoe, gone]);
        assert_eq!(people[1].name, Some(person(1).credit_name));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_present_revision_of_an_open_proposal_is_reviewed() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let number = propose(&db, zoe).await;
        let missing = db.add_review(number + 1, approval(ali)).await;
        assert!(matches!(missing, Err(DbError::Missing)), "{missing:?}");

        db.add_revision(number, 1, second_revision(zoe))
            .await
            .unwrap();
        let stale = db.add_review(number, approval(ali)).await;
        assert!(matches!(stale, Err(DbError::Stale)), "{stale:?}");
        let of_second = NewReview {
            head: "h2".to_owned(),
            ..approval(ali)
        };
        db.add_review(number, of_second.clone()).await.unwrap();

        let decision = Decision {
            from: ProposalState::Open,
            head: "h2".to_owned(),
            to: ProposalState::Declined,
            by: zoe,
            reason: Some("Déjà dit ailleurs.".to_owned()),
            published: None,
            at: noon() + days(3),
        };
        assert!(db.decide(number, decision).await.unwrap());
        let closed = db.add_review(number, of_second).await;
        assert!(matches!(closed, Err(DbError::Stale)), "{closed:?}");
        assert_eq!(db.reviews(number).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_takes_back_all_that_a_person_had_said() {
    on_each_engine(async |db| {
        let (zoe, ali, lou) = (
            settle(&db, 1).await,
            settle(&db, 2).await,
            settle(&db, 3).await,
        );
        let number = propose(&db, zoe).await;
        let other = propose(&db, zoe).await;
        let asked = NewReview {
            verdict: Verdict::AskChanges,
            ..approval(ali)
        };
        db.add_review(number, approval(ali)).await.unwrap();
        let by_lou = db.add_review(number, approval(lou)).await.unwrap();
        let elsewhere = db.add_review(other, approval(ali)).await.unwrap();
        let last = db.add_review(number, asked).await.unwrap();

        let at = noon() + days(1);
        assert!(db.revoke_review(last, ali, at).await.unwrap());
        assert!(!db.revoke_review(last, ali, at).await.unwrap());
        assert!(!db.revoke_review(last + 100, ali, at).await.unwrap());
        let left: Vec<i64> = [
            db.reviews(number).await.unwrap(),
            db.reviews(other).await.unwrap(),
        ]
        .concat()
        .iter()
        .map(|row| row.id)
        .collect();
        assert_eq!(left, [by_lou, elsewhere]);

        let again = db.add_review(number, approval(ali)).await.unwrap();
        let left = db.reviews(number).await.unwrap();
        assert_eq!(left.last().unwrap().id, again, "one may review again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_and_a_revision_at_once_never_cross() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        for _ in 0..10 {
            let number = propose(&db, zoe).await;
            let (reviewed, revised) = tokio::join!(
                db.add_review(number, approval(ali)),
                db.add_revision(number, 1, second_revision(zoe)),
            );
            assert_eq!(revised.unwrap(), 2);
            let events = db.events(3, None).await.unwrap();
            let place = |what| events.iter().position(|event| event.what == what);
            match reviewed {
                // The newest comes first: what was reviewed was not yet revised.
                Ok(_) => assert!(place("review") > place("revise"), "{events:?}"),
                Err(DbError::Stale) => assert_eq!(db.reviews(number).await.unwrap(), []),
                Err(other) => panic!("{other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_organisations_reviewed_is_what_was_published_of_it() {
    on_each_engine(async |db| {
        let (zoe, ali, lou) = (
            settle(&db, 1).await,
            settle(&db, 2).await,
            settle(&db, 3).await,
        );
        let mut numbers = Vec::new();
        for _ in 0..6 {
            numbers.push(propose(&db, zoe).await);
        }
        let [both, asked, revoked, alone, waits, old] = numbers[..] else {
            panic!("six proposals");
        };
        let asks = NewReview {
            verdict: Verdict::AskChanges,
            ..approval(lou)
        };
        let nobody = NewReview {
            organisation: None,
            ..approval(ali)
        };
        db.add_review(both, approval(ali)).await.unwrap();
        db.add_review(both, approval(lou)).await.unwrap();
        db.add_review(asked, approval(lou)).await.unwrap();
        db.add_review(asked, asks).await.unwrap();
        let taken_back = db.add_review(revoked, approval(ali)).await.unwrap();
        assert!(db.revoke_review(taken_back, ali, noon()).await.unwrap());
        db.add_review(alone, nobody).await.unwrap();
        db.add_review(waits, approval(ali)).await.unwrap();
        db.add_review(old, approval(ali)).await.unwrap();

        let version = |commit: u32, number: u64| VersionRow {
            proposal: i64::try_from(number).ok(),
            ..version(commit, commit.into())
        };
        let published = [old, both, asked, revoked, alone];
        let rows = (1..)
            .zip(published)
            .map(|(commit, number)| version(commit, number));
        append(&db, rows.collect()).await;
        let mut found: Vec<_> = db.reviewed_for_organisations().await.unwrap();
        found.sort_by_key(|one| (std::cmp::Reverse(one.seq), one.reviewer.uuid()));
        let expected = [(2, ali), (2, lou), (1, ali)].map(|(seq, reviewer)| ReviewedFor {
            reviewer,
            organisation: person(1).organisation.expect("one").to_string(),
            seq,
            card: card(u128::try_from(seq).expect("a place")),
        });
        assert_eq!(found, expected);
    })
    .await;
}
