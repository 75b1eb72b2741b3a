//! Proposals come back as they were kept, and of many who change one at once exactly one wins.

use terreau_card::CardPath;
use terreau_community::{AccountId, ProposalState};
use uuid::Uuid;

use super::{
    days, kept, noon, on_each_engine, propose, second_revision, settle, suggestion, touched,
};
use crate::{
    Db, DbError, Decision, KindOfChange, NewProposal, NewRevision, ProposalFile, ProposalFilter,
    ProposalRow, RevisionRow,
};

/// The publication of revision `h1`.
fn publication(by: AccountId) -> Decision {
    Decision {
        from: ProposalState::Open,
        head: "h1".to_owned(),
        to: ProposalState::Published,
        by,
        reason: None,
        published: Some("p1".to_owned()),
        at: noon() + days(2),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_comes_back_as_it_was_kept() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let number = db.reserve_proposal(0).await.unwrap();
        let files = vec![
            ProposalFile {
                path: "outils/trame.md".to_owned(),
                old_path: Some("methodes/trame.md".to_owned()),
                change: KindOfChange::Renamed,
            },
            touched("methodes/enquete-collective.md"),
        ];
        let new = NewProposal {
            title: "Un titre\0 d’été".to_owned(),
            files: files.clone(),
            ..suggestion(number, zoe)
        };
        db.add_proposal(new).await.unwrap();
        let expected = ProposalRow {
            held: false,
            number,
            author: zoe,
            title: "Un titre\u{FFFD} d’été".to_owned(),
            reason: "Une étape manquait.".to_owned(),
            state: ProposalState::Open,
            base: "b1".to_owned(),
            head: "h1".to_owned(),
            revision: 1,
            created_at: kept(noon()),
            updated_at: kept(noon()),
            decided_at: None,
            decided_by: None,
            decision: None,
            published: None,
            files: files.into_iter().rev().collect(),
        };
        assert_eq!(db.proposal(number).await.unwrap(), Some(expected));
        assert_eq!(
            db.revisions(number).await.unwrap(),
            [RevisionRow {
                revision: 1,
                author: zoe,
                base: "b1".to_owned(),
                head: "h1".to_owned(),
                message: "Une étape manquait.".to_owned(),
                at: kept(noon()),
            }]
        );
        for unknown in [0, number + 1, u64::MAX] {
            assert_eq!(db.proposal(unknown).await.unwrap(), None);
            assert_eq!(db.revisions(unknown).await.unwrap(), []);
            assert_eq!(db.authors(unknown).await.unwrap(), []);
        }
        let again = db.add_proposal(suggestion(number, zoe)).await;
        assert!(matches!(again, Err(DbError::Taken)), "{again:?}");
        assert_eq!(db.revisions(number).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_number_is_given_twice() {
    on_each_engine(async |db| {
        let asking: Vec<_> = (0..50)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { db.reserve_proposal(0).await })
            })
            .collect();
        let mut given = Vec::new();
        for answer in asking {
            given.push(answer.await.unwrap().unwrap());
        }
        given.sort_unstable();
        assert_eq!(given, (1..=50).collect::<Vec<u64>>());

        assert_eq!(
            db.reserve_proposal(70).await.unwrap(),
            71,
            "the repository knows 70"
        );
        assert_eq!(db.reserve_proposal(3).await.unwrap(), 72);
        let beyond = db.reserve_proposal(u64::MAX).await;
        assert!(
            matches!(beyond, Err(DbError::Unusable { .. })),
            "{beyond:?}"
        );
        assert_eq!(db.reserve_proposal(0).await.unwrap(), 73);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_follows_the_one_that_its_author_saw() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let number = propose(&db, zoe).await;
        let revision = NewRevision {
            files: vec![touched("methodes/autre.md")],
            ..second_revision(ali)
        };
        for after in [0, 2, u32::MAX] {
            let stale = db.add_revision(number, after, revision.clone()).await;
            assert!(matches!(stale, Err(DbError::Stale)), "{after}: {stale:?}");
        }
        let missing = db.add_revision(number + 1, 1, revision.clone()).await;
        assert!(matches!(missing, Err(DbError::Missing)), "{missing:?}");

        assert_eq!(
            db.add_revision(number, 1, revision.clone()).await.unwrap(),
            2
        );
        let row = db.proposal(number).await.unwrap().unwrap();
        assert_eq!(
            (row.revision, row.base.as_str(), row.head.as_str()),
            (2, "b2", "h2")
        );
        assert_eq!(row.author, zoe, "the proposal stays hers");
        assert_eq!(row.files, revision.files);
        assert_eq!(row.updated_at, kept(noon() + days(1)));

        let third = NewRevision {
            head: "h3".to_owned(),
            ..second_revision(zoe)
        };
        assert_eq!(db.add_revision(number, 2, third).await.unwrap(), 3);
        assert_eq!(db.authors(number).await.unwrap(), [zoe, ali]);
        let heads: Vec<_> = db.revisions(number).await.unwrap();
        let heads: Vec<_> = heads.iter().map(|row| row.head.as_str()).collect();
        assert_eq!(heads, ["h1", "h2", "h3"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_decisions_at_once_make_one() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let number = propose(&db, zoe).await;
        let deciding: Vec<_> = (0..50_u128)
            .map(|place| {
                let db = db.clone();
                let decision = Decision {
                    by: AccountId::new(Uuid::from_u128(place)),
                    to: [
                        ProposalState::Published,
                        ProposalState::Declined,
                        ProposalState::Withdrawn,
                    ][place as usize % 3],
                    ..publication(zoe)
                };
                let by = decision.by;
                tokio::spawn(async move { (by, db.decide(number, decision).await) })
            })
            .collect();
        let mut winners = Vec::new();
        for answer in deciding {
            let (by, decided) = answer.await.unwrap();
            if decided.unwrap() {
                winners.push(by);
            }
        }
        assert_eq!(winners.len(), 1);
        let row = db.proposal(number).await.unwrap().unwrap();
        assert_ne!(row.state, ProposalState::Open);
        assert_eq!(row.decided_by, Some(winners[0]));
        let decisions = db.events(100, None).await.unwrap();
        let decisions = decisions.iter().filter(|event| event.what != "propose");
        assert_eq!(decisions.count(), 1, "who lost left no trace");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_revisions_at_once_make_one() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let number = propose(&db, zoe).await;
        let revising: Vec<_> = (0..50)
            .map(|place| {
                let db = db.clone();
                let revision = NewRevision {
                    head: format!("h2-{place}"),
                    ..second_revision(zoe)
                };
                tokio::spawn(async move { db.add_revision(number, 1, revision).await })
            })
            .collect();
        let mut kept = 0;
        for answer in revising {
            match answer.await.unwrap() {
                Ok(2) => kept += 1,
                Err(DbError::Stale) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(kept, 1);
        let row = db.proposal(number).await.unwrap().unwrap();
        let revisions = db.revisions(number).await.unwrap();
        assert_eq!(revisions.len(), 2);
        assert_eq!(revisions[1].head, row.head);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_about_what_was_read() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let number = propose(&db, zoe).await;
        db.add_revision(number, 1, second_revision(zoe))
            .await
            .unwrap();
        assert!(
            !db.decide(number, publication(ali)).await.unwrap(),
            "h1 is no longer the present revision"
        );
        assert!(!db.decide(number + 1, publication(ali)).await.unwrap());
        let of_second = Decision {
            head: "h2".to_owned(),
            reason: Some("Merci !".to_owned()),
            ..publication(ali)
        };
        assert!(db.decide(number, of_second.clone()).await.unwrap());
        assert!(!db.decide(number, of_second).await.unwrap(), "only once");

        let row = db.proposal(number).await.unwrap().unwrap();
        assert_eq!(row.state, ProposalState::Published);
        assert_eq!(row.decided_at, Some(kept(noon() + days(2))));
        assert_eq!(row.decided_by, Some(ali));
        assert_eq!(row.decision.as_deref(), Some("Merci !"));
        assert_eq!(row.published.as_deref(), Some("p1"));

        let late = db.add_revision(number, 2, second_revision(zoe)).await;
        assert!(
            matches!(late, Err(DbError::Stale)),
            "what is decided is not revised: {late:?}"
        );
    })
    .await;
}

/// Proposes a change of these files.
async fn propose_files(db: &Db, author: AccountId, files: &[(&str, Option<&str>)]) -> u64 {
    let number = db.reserve_proposal(0).await.unwrap();
    let files = files.iter().map(|(path, old_path)| ProposalFile {
        old_path: old_path.map(str::to_owned),
        ..touched(path)
    });
    let new = NewProposal {
        files: files.collect(),
        ..suggestion(number, author)
    };
    db.add_proposal(new).await.unwrap();
    number
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_narrowed_and_paged() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let method = "methodes/enquete.md";
        let one = propose_files(&db, zoe, &[(method, None), ("methodes/b.md", None)]).await;
        let two = propose_files(&db, ali, &[("outils/enquete.md", Some(method))]).await;
        let three = propose_files(&db, ali, &[("methodes_/a%.md", None)]).await;
        let four = propose_files(&db, zoe, &[("Methodes/été.md", None)]).await;
        db.decide(one, publication(zoe)).await.unwrap();

        let all = ProposalFilter::default;
        let under = |prefix: &str| ProposalFilter {
            path_prefix: Some(prefix.to_owned()),
            ..all()
        };
        let touching = |path: &str| ProposalFilter {
            touching: Some(CardPath::parse(path).unwrap()),
            ..all()
        };
        for (filter, expected, total) in [
            (all(), vec![four, three, two, one], 4),
            (
                ProposalFilter {
                    limit: 2,
                    offset: 1,
                    ..all()
                },
                vec![three, two],
                4,
            ),
            (ProposalFilter { limit: 0, ..all() }, vec![], 4),
            (
                ProposalFilter {
                    states: vec![ProposalState::Open],
                    ..all()
                },
                vec![four, three, two],
                3,
            ),
            (
                ProposalFilter {
                    states: vec![ProposalState::Open],
                    author: Some(zoe),
                    ..all()
                },
                vec![four],
                1,
            ),
            (
                ProposalFilter {
                    states: vec![ProposalState::Published, ProposalState::Declined],
                    ..all()
                },
                vec![one],
                1,
            ),
            (
                ProposalFilter {
                    oldest_first: true,
                    limit: 2,
                    offset: 1,
                    ..all()
                },
                vec![two, three],
                4,
            ),
            (under("methodes/"), vec![two, one], 2),
            (under("methodes"), vec![three, two, one], 3),
            (under("methodes_/a%"), vec![three], 1),
            (under("Methodes/été"), vec![four], 1),
            (under("%"), vec![], 0),
            (under("\0"), vec![], 0),
            (under(""), vec![four, three, two, one], 4),
            (touching("methodes/enquete"), vec![two, one], 2),
            (touching("methodes/enque"), vec![], 0),
            (
                ProposalFilter {
                    author: Some(ali),
                    ..touching("outils/enquete")
                },
                vec![two],
                1,
            ),
        ] {
            let (rows, found) = db.proposals(&filter).await.unwrap();
            let numbers: Vec<u64> = rows.iter().map(|row| row.number).collect();
            assert_eq!((numbers, found), (expected, total), "{filter:?}");
        }
        let (rows, _) = db.proposals(&all()).await.unwrap();
        let files: Vec<usize> = rows.iter().map(|row| row.files.len()).collect();
        assert_eq!(files, [1, 1, 1, 2], "each with its own files");
    })
    .await;
}
