//! Notices reach whom they are for, once, in the way that they chose.

use terreau_card::CardId;
use terreau_community::{AccountId, HowOften, NoticeKind};
use uuid::Uuid;

use super::{days, kept, noon, on_each_engine, person, settle};
use crate::{Db, NewNotice, Profile};

fn notice(account: AccountId, what: NoticeKind) -> NewNotice {
    NewNotice {
        account,
        what,
        number: Some(12),
        card: None,
        by: None,
        at: noon(),
    }
}

async fn choose(db: &Db, account: AccountId, notices: HowOften) {
    let zoe = person(1);
    let profile = Profile {
        credit_name: zoe.credit_name,
        organisation: zoe.organisation,
        language: zoe.language,
        notices,
    };
    db.set_profile(account, &profile).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_come_newest_first_and_are_seen() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let gone = AccountId::new(Uuid::from_u128(9));
        let card = CardId(Uuid::from_u128(77));
        let watched = NewNotice {
            card: Some(card),
            number: None,
            by: Some(ali),
            at: noon() + days(1),
            ..notice(zoe, NoticeKind::WatchedChange)
        };
        db.add_notices(vec![
            notice(zoe, NoticeKind::Approved),
            notice(gone, NoticeKind::Approved),
            notice(ali, NoticeKind::ReviewAsked),
            watched,
        ])
        .await
        .unwrap();
        db.add_notices(vec![notice(gone, NoticeKind::Remark)])
            .await
            .unwrap();
        db.add_notices(Vec::new()).await.unwrap();

        let rows = db.notices(zoe, 10).await.unwrap();
        let kinds: Vec<NoticeKind> = rows.iter().map(|row| row.what).collect();
        assert_eq!(kinds, [NoticeKind::WatchedChange, NoticeKind::Approved]);
        assert_eq!((rows[0].card, rows[0].number), (Some(card), None));
        assert_eq!(rows[0].by.as_ref().map(|by| by.id), Some(ali));
        assert_eq!(
            (rows[1].number, rows[1].at, rows[1].seen_at),
            (Some(12), kept(noon()), None)
        );
        assert_eq!(db.notices(zoe, 1).await.unwrap(), rows[..1]);

        assert_eq!(db.unseen(zoe).await.unwrap(), 2);
        db.see_notices(zoe, noon()).await.unwrap();
        assert_eq!(
            db.unseen(zoe).await.unwrap(),
            1,
            "what came later is unseen"
        );
        assert_eq!(db.unseen(ali).await.unwrap(), 1);
        let seen = db.notices(zoe, 10).await.unwrap()[1].seen_at;
        assert_eq!(seen, Some(kept(noon())));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_notices_go_those_that_were_seen_first() {
    on_each_engine(async |db| {
        let (reads, never) = (settle(&db, 1).await, settle(&db, 2).await);
        for account in [reads, never] {
            let made = [0, 10, 20].map(|after| NewNotice {
                at: noon() + days(after),
                ..notice(account, NoticeKind::Approved)
            });
            db.add_notices(made.to_vec()).await.unwrap();
        }
        db.see_notices(reads, noon() + days(10)).await.unwrap();
        let left = async |account| {
            let rows = db.notices(account, 10).await.unwrap();
            let at = rows.iter().map(|row| (row.at - kept(noon())).num_days());
            at.collect::<Vec<_>>()
        };
        let none = noon() - days(1);
        for (seen, any, of_reader, of_other) in [
            (none, none, vec![20, 10, 0], vec![20, 10, 0]),
            (noon(), none, vec![20, 10, 0], vec![20, 10, 0]),
            (noon() + days(5), noon(), vec![20, 10], vec![20, 10, 0]),
            (noon() + days(30), noon() + days(5), vec![20], vec![20, 10]),
            (noon() + days(30), noon() + days(30), vec![], vec![]),
        ] {
            db.purge_notices(seen, any).await.unwrap();
            assert_eq!(left(reads).await, of_reader, "{seen} {any}");
            assert_eq!(left(never).await, of_other, "{seen} {any}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_mailed_once_to_those_who_want_it() {
    on_each_engine(async |db| {
        let mut people = Vec::new();
        for number in 1..=6 {
            people.push(settle(&db, number).await);
        }
        let [at_once, daily, never, suspended, saw_it, later] = people[..] else {
            panic!("six people");
        };
        choose(&db, daily, HowOften::Daily).await;
        choose(&db, never, HowOften::Never).await;
        let notices = people.iter().map(|account| NewNotice {
            at: if *account == later {
                noon() + days(1)
            } else {
                noon()
            },
            ..notice(*account, NoticeKind::Published)
        });
        db.add_notices(notices.collect()).await.unwrap();
        db.set_suspended(suspended, true).await.unwrap();
        db.see_notices(saw_it, noon()).await.unwrap();

        let soon = noon() + days(1);
        let to_mail = async |how| {
            let rows = db.notices_to_mail(how, soon, 10).await.unwrap();
            rows.iter()
                .map(|row| (row.account, row.id))
                .collect::<Vec<_>>()
        };
        let due = to_mail(HowOften::AtOnce).await;
        assert_eq!(
            due.iter().map(|(who, _)| *who).collect::<Vec<_>>(),
            [at_once]
        );
        assert_eq!(to_mail(HowOften::Daily).await.len(), 1);
        assert_eq!(to_mail(HowOften::Never).await, []);

        let ids: Vec<i64> = due.iter().map(|(_, id)| *id).collect();
        assert_eq!(db.mailed(&ids, soon).await.unwrap(), 1);
        assert_eq!(db.mailed(&ids, soon).await.unwrap(), 0, "not twice");
        assert_eq!(db.mailed(&[], soon).await.unwrap(), 0);
        assert_eq!(to_mail(HowOften::AtOnce).await, []);

        choose(&db, daily, HowOften::AtOnce).await;
        let after = db
            .notices_to_mail(HowOften::AtOnce, soon + days(1), 1)
            .await;
        let after = after.unwrap();
        assert_eq!(after.len(), 1, "at most so many");
        assert_eq!(
            after[0].account, daily,
            "who changes their mind misses nothing"
        );
    })
    .await;
}
