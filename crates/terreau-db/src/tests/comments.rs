//! Comments wait, are shown, answered, reported, closed and taken back; what waits is bounded; private remarks go once settled.

use terreau_card::CardId;
use terreau_community::{AccountId, CommentState, ProposalState, Role};
use uuid::Uuid;

use super::{days, email, kept, noon, on_each_engine, person, propose, settle, suggestion};
use crate::{
    BlockedAddress, CommentDecision, Db, DbError, Decision, EventFilter, Held, MAX_COMMENTS_A_DAY,
    MAX_PRIVATE_REMARKS_BY_ADDRESS, MAX_REPORTS, MAX_WAITING_BY_PERSON, NewComment, NewReport,
    PrivateRemark, ProposalFilter,
};

const CARD: CardId = CardId(Uuid::from_u128(77));

fn comment(author: AccountId, state: CommentState) -> NewComment {
    NewComment {
        card: CARD,
        thread: None,
        author,
        body: "Chez nous,\0 une heure suffit.".to_owned(),
        state,
        at: noon(),
    }
}

fn decision(from: CommentState, to: CommentState, by: AccountId) -> CommentDecision {
    CommentDecision {
        from,
        to,
        note: None,
        by,
        at: noon() + days(1),
    }
}

/// Keeps somebody of whom nobody has looked at anything yet.
async fn stranger(db: &Db, number: u128) -> AccountId {
    let mut account = person(number);
    account.role = Role::Contributor;
    account.is_known = false;
    db.create_account(&account).await.unwrap();
    account.id
}

async fn is_known(db: &Db, id: AccountId) -> bool {
    db.account(id).await.unwrap().unwrap().is_known
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_waits_is_shown_and_answered() {
    on_each_engine(async |db| {
        let (zoe, ali) = (stranger(&db, 1).await, settle(&db, 2).await);
        let first = db.add_comment(comment(zoe, CommentState::Waiting)).await;
        let first = first.unwrap();
        assert_eq!(db.count_comments(CARD).await.unwrap(), 0);
        assert_eq!(db.public_comments(0, 9).await.unwrap(), []);
        let waiting = db.waiting_comments(9).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].body, "Chez nous,\u{FFFD} une heure suffit.");
        assert_eq!(waiting[0].at, kept(noon()));
        let answer = NewComment {
            thread: Some(first),
            ..comment(ali, CommentState::Shown)
        };
        let early = db.add_comment(answer.clone()).await;
        assert!(matches!(early, Err(DbError::Missing)), "{early:?}");

        assert!(!is_known(&db, zoe).await);
        let mut asked = decision(CommentState::Waiting, CommentState::Waiting, ali);
        asked.note = Some("Où était-ce ?".to_owned());
        assert!(db.decide_comment(first, asked).await.unwrap());
        let row = db.comment(first).await.unwrap().unwrap();
        assert_eq!(row.note.as_deref(), Some("Où était-ce ?"));
        assert!(!is_known(&db, zoe).await, "asking approves of nothing");
        assert!(
            db.rewrite_comment(first, "À Liré, une heure.")
                .await
                .unwrap()
        );
        let show = decision(CommentState::Waiting, CommentState::Shown, ali);
        assert!(db.decide_comment(first, show.clone()).await.unwrap());
        assert!(!db.decide_comment(first, show).await.unwrap());
        assert!(!db.rewrite_comment(first, "Autre chose.").await.unwrap());
        assert!(is_known(&db, zoe).await);

        let second = db.add_comment(answer.clone()).await.unwrap();
        let deep = NewComment {
            thread: Some(second),
            ..answer.clone()
        };
        let elsewhere = NewComment {
            card: CardId(Uuid::from_u128(78)),
            ..answer.clone()
        };
        for wrong in [deep, elsewhere] {
            let refused = db.add_comment(wrong).await;
            assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
        }
        let ids = |rows: Vec<crate::CommentRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(db.comments_on(CARD, 9).await.unwrap()), [first, second]);
        assert_eq!(ids(db.public_comments(first, 9).await.unwrap()), [second]);
        assert_eq!(ids(db.comments_by(zoe).await.unwrap()), [first]);
        assert_eq!(db.count_comments(CARD).await.unwrap(), 2);

        assert!(!db.close_comments(second, ali, noon(), true).await.unwrap());
        assert!(db.close_comments(first, ali, noon(), true).await.unwrap());
        assert!(!db.close_comments(first, ali, noon(), true).await.unwrap());
        let late = db.add_comment(answer.clone()).await;
        assert!(matches!(late, Err(DbError::Stale)), "{late:?}");
        assert!(db.close_comments(first, ali, noon(), false).await.unwrap());

        // A comment that its author takes back leaves its answers; one that a moderator takes away hides them.
        assert!(db.delete_comment(first).await.unwrap());
        assert!(!db.delete_comment(first).await.unwrap());
        assert_eq!(ids(db.public_comments(0, 9).await.unwrap()), [second]);
        let events = db.journal(&EventFilter::default(), 9).await.unwrap();
        let told: Vec<&str> = events.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(
            told,
            [
                "reopen-comments",
                "close-comments",
                "show-comment",
                "ask-comment"
            ]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_bounded_also_when_sent_at_once() {
    on_each_engine(async |db| {
        let zoe = stranger(&db, 1).await;
        let sending: Vec<_> = (0..40)
            .map(|_| {
                let db = db.clone();
                let new = comment(zoe, CommentState::Waiting);
                tokio::spawn(async move { db.add_comment(new).await })
            })
            .collect();
        let mut kept = 0;
        for sent in sending {
            match sent.await.unwrap() {
                Ok(_) => kept += 1,
                Err(DbError::Full) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(kept, MAX_WAITING_BY_PERSON);
        assert_eq!(db.count_waiting_comments().await.unwrap(), kept);
        let ali = settle(&db, 2).await;
        for _ in 0..MAX_COMMENTS_A_DAY {
            db.add_comment(comment(ali, CommentState::Shown))
                .await
                .unwrap();
        }
        let more = db.add_comment(comment(ali, CommentState::Shown)).await;
        assert!(matches!(more, Err(DbError::Full)), "{more:?}");
        let tomorrow = NewComment {
            at: noon() + days(1),
            ..comment(ali, CommentState::Shown)
        };
        db.add_comment(tomorrow).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_kept_until_a_moderator_looked() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let id = db
            .add_comment(comment(zoe, CommentState::Shown))
            .await
            .unwrap();
        let answer = NewComment {
            thread: Some(id),
            ..comment(ali, CommentState::Shown)
        };
        db.add_comment(answer).await.unwrap();
        let report = |account| NewReport {
            comment: id,
            account,
            reason: "Une publicité".to_owned(),
            at: noon(),
        };
        db.report_comment(report(Some(ali))).await.unwrap();
        let again = db.report_comment(report(Some(ali))).await;
        assert!(matches!(again, Err(DbError::Taken)), "{again:?}");
        for _ in 1..MAX_REPORTS {
            db.report_comment(report(None)).await.unwrap();
        }
        let more = db.report_comment(report(None)).await;
        assert!(matches!(more, Err(DbError::Full)), "{more:?}");
        assert_eq!(db.count_reported_comments().await.unwrap(), 1);
        let reported = db.reported_comments(9).await.unwrap();
        assert_eq!(reported.len(), 1);
        assert_eq!((reported[0].0.id, reported[0].1.len()), (id, 20));
        assert_eq!(reported[0].1[0].account, Some(ali));

        assert!(db.keep_comment(id, ali, noon()).await.unwrap());
        assert!(!db.keep_comment(id, ali, noon()).await.unwrap());
        assert_eq!(db.reported_comments(9).await.unwrap(), []);
        db.report_comment(report(None)).await.unwrap();
        let away = decision(CommentState::Shown, CommentState::Declined, ali);
        assert!(db.decide_comment(id, away).await.unwrap());
        assert_eq!(db.count_reported_comments().await.unwrap(), 0);
        assert_eq!(
            db.count_comments(CARD).await.unwrap(),
            0,
            "answers go with it"
        );
        let gone = db.report_comment(report(None)).await;
        assert!(matches!(gone, Err(DbError::Missing)), "{gone:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_saw_goes_with_its_author_and_the_rest_stays_nameless() {
    on_each_engine(async |db| {
        let (zoe, ali) = (stranger(&db, 1).await, settle(&db, 2).await);
        let shown = db
            .add_comment(comment(zoe, CommentState::Shown))
            .await
            .unwrap();
        db.add_comment(comment(zoe, CommentState::Waiting))
            .await
            .unwrap();
        let own = person(1).email;
        for (account, address) in [
            (Some(zoe), own.clone()),
            (None, own),
            (None, email("b@b.fr")),
        ] {
            let remark = PrivateRemark {
                card: CARD,
                account,
                name: "Zoé".to_owned(),
                email: address,
                body: "Le numéro a changé.".to_owned(),
                at: kept(noon()),
            };
            db.add_private_remark(&remark).await.unwrap();
        }
        db.mark_useful(CARD, zoe, true).await.unwrap();
        assert!(db.delete_account(zoe, noon()).await.unwrap());
        assert_eq!(db.waiting_comments(9).await.unwrap(), []);
        let rows = db.public_comments(0, 9).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].id, &rows[0].author.name), (shown, &None));
        assert_eq!(db.private_remarks(9).await.unwrap().len(), 1);
        assert_eq!(db.count_useful(CARD).await.unwrap(), 0);

        let (id, _) = db.private_remarks(9).await.unwrap().remove(0);
        assert!(db.settle_private_remark(id, ali, noon()).await.unwrap());
        assert!(!db.settle_private_remark(id, ali, noon()).await.unwrap());
        assert_eq!(db.count_private_remarks().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn private_remarks_of_one_address_are_few() {
    on_each_engine(async |db| {
        let remark = |address: &str| PrivateRemark {
            card: CARD,
            account: None,
            name: String::new(),
            email: email(address),
            body: "Un lien est mort.".to_owned(),
            at: kept(noon()),
        };
        for _ in 0..MAX_PRIVATE_REMARKS_BY_ADDRESS {
            db.add_private_remark(&remark("a@a.fr")).await.unwrap();
        }
        let more = db.add_private_remark(&remark("a@a.fr")).await;
        assert!(matches!(more, Err(DbError::Full)), "{more:?}");
        db.add_private_remark(&remark("b@b.fr")).await.unwrap();
        let own = db.private_remarks_of(&email("b@b.fr")).await.unwrap();
        assert_eq!(own, [remark("b@b.fr")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_useful_once_to_each_person_and_visitors_are_a_number() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        assert_eq!(db.count_useful(CARD).await.unwrap(), 0);
        for _ in 0..2 {
            db.mark_useful(CARD, zoe, true).await.unwrap();
            db.count_useful_visitor(CARD).await.unwrap();
        }
        assert_eq!(db.count_useful(CARD).await.unwrap(), 3);
        assert!(db.is_useful_to(CARD, zoe).await.unwrap());
        assert_eq!(db.useful_to(zoe).await.unwrap(), [CARD]);
        db.mark_useful(CARD, zoe, false).await.unwrap();
        db.mark_useful(CARD, zoe, false).await.unwrap();
        assert_eq!(db.count_useful(CARD).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_blocked_and_taken_from_again() {
    on_each_engine(async |db| {
        let ali = settle(&db, 2).await;
        let blocked = BlockedAddress {
            email: email("spam@example.org"),
            by: ali,
            reason: "Publicités".to_owned(),
            at: kept(noon()),
        };
        assert!(!db.is_blocked(&blocked.email).await.unwrap());
        db.block_address(&blocked).await.unwrap();
        db.block_address(&blocked).await.unwrap();
        assert!(db.is_blocked(&blocked.email).await.unwrap());
        assert_eq!(
            db.blocked_addresses().await.unwrap(),
            std::slice::from_ref(&blocked)
        );
        assert!(
            db.unblock_address(&blocked.email, ali, noon())
                .await
                .unwrap()
        );
        assert!(
            !db.unblock_address(&blocked.email, ali, noon())
                .await
                .unwrap()
        );
        assert!(!db.is_blocked(&blocked.email).await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn held_proposals_are_in_no_list_that_does_not_ask_for_them() {
    on_each_engine(async |db| {
        let (zoe, ali) = (stranger(&db, 1).await, settle(&db, 2).await);
        let open = propose(&db, ali).await;
        let number = db.reserve_proposal(0).await.unwrap();
        let mut held = suggestion(number, zoe);
        held.held = true;
        db.add_proposal(held).await.unwrap();
        let numbers = async |held| {
            let filter = ProposalFilter {
                held,
                oldest_first: true,
                ..ProposalFilter::default()
            };
            let (rows, total) = db.proposals(&filter).await.unwrap();
            assert_eq!(rows.len() as u64, total);
            rows.iter().map(|row| row.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(Held::default()).await, [open]);
        assert_eq!(numbers(Held::By(ali)).await, [open]);
        assert_eq!(numbers(Held::By(zoe)).await, [open, number]);
        assert_eq!(numbers(Held::All).await, [open, number]);
        assert_eq!(numbers(Held::Only).await, [number]);

        assert!(db.show_proposal(number, ali, noon()).await.unwrap());
        assert!(!db.show_proposal(number, ali, noon()).await.unwrap());
        assert_eq!(numbers(Held::None).await, [open, number]);
        assert!(is_known(&db, zoe).await);

        let next = db.reserve_proposal(0).await.unwrap();
        let mut held = suggestion(next, zoe);
        held.held = true;
        db.add_proposal(held).await.unwrap();
        let published = Decision {
            from: ProposalState::Open,
            head: "h1".to_owned(),
            to: ProposalState::Published,
            by: ali,
            reason: None,
            published: Some("c1".to_owned()),
            at: noon(),
        };
        assert!(db.decide(next, published).await.unwrap());
        assert!(numbers(Held::Only).await.is_empty());
    })
    .await;
}
