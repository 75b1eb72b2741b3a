//! Talk: what is sent by script from one place is bounded by the database; watchers are told; nothing goes while read-only.

use std::net::{IpAddr, Ipv4Addr};

use terreau_community::{Account, Actor, CommentState, EmailAddress, NoticeKind, Role};
use terreau_db::Subject;

use super::{Scratch, actor, now, path};
use crate::{CommentWords, Commons, PrivateWords, SENT_A_DAY, TalkError};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

async fn settle(commons: &Commons, number: u128, role: Role, is_known: bool) -> Actor {
    let account = actor(role).account().unwrap().as_ref().clone();
    let account = Account {
        id: terreau_community::AccountId::new(uuid::Uuid::from_u128(number)),
        email: email(&format!("p{number}@example.org")),
        is_known,
        ..account
    };
    commons.db().create_account(&account).await.unwrap();
    Actor::person(std::sync::Arc::new(account))
}

fn email(address: &str) -> EmailAddress {
    EmailAddress::parse(address).unwrap()
}

fn words(commons: &Commons, body: &str) -> CommentWords {
    CommentWords {
        card: commons.snapshot().head(&path()).unwrap().id,
        thread: None,
        body: body.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_comments_and_remarks_from_one_place_twenty_wait() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let mut strangers = Vec::new();
    for number in 1..=8 {
        strangers.push(settle(&commons, number, Role::Contributor, false).await);
    }
    let mut kept = 0;
    for stranger in strangers.iter().cycle().take(160) {
        let sent = commons.comment(stranger, words(&commons, "Achetez !"), HERE, now());
        match sent.await {
            Ok((_, state)) => {
                assert_eq!(state, CommentState::Waiting);
                kept += 1;
            }
            Err(TalkError::Enough | TalkError::Full) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(kept, SENT_A_DAY);
    let card = words(&commons, "").card;
    for number in 0..60 {
        let remark = PrivateWords {
            card,
            name: String::new(),
            email: Some(email(&format!("r{number}@example.org"))),
            body: "Achetez !".to_owned(),
        };
        let sent = commons.tell_stewards(&Actor::Anonymous, remark, HERE, now());
        assert_eq!(sent.await.is_ok(), number < SENT_A_DAY, "{number}");
    }
    let editor = settle(&commons, 99, Role::Editor, true).await;
    let waits = commons.moderation(&editor).await.unwrap();
    assert_eq!((waits.comments.len(), waits.remarks.len()), (20, 20));
    let count = commons.moderation_count(&editor).await.unwrap();
    assert_eq!(count, Some(40));
    let count = commons.moderation_count(&strangers[0]).await.unwrap();
    assert_eq!(count, None);
    let refused = commons.moderation(&strangers[0]).await;
    assert!(matches!(refused, Err(TalkError::NotAllowed(_))));
    let refused = commons.moderation(&Actor::Anonymous).await;
    assert!(matches!(refused, Err(TalkError::SignIn)));
    // Blocking one of them takes what waits of theirs.
    let id = strangers[0].account().unwrap().id;
    commons
        .block_account(&editor, id, "Publicité", now())
        .await
        .unwrap();
    let waits = commons.moderation(&editor).await.unwrap();
    assert!(waits.comments.iter().all(|row| row.author.id != id));
    let more = commons.comment(&strangers[0], words(&commons, "Encore"), HERE, now());
    assert!(matches!(more.await, Err(TalkError::NotAllowed(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn watchers_and_those_who_are_answered_are_told_once() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let zoe = settle(&commons, 1, Role::Contributor, true).await;
    let ali = settle(&commons, 2, Role::Contributor, true).await;
    let lea = settle(&commons, 3, Role::Contributor, true).await;
    let card = words(&commons, "").card;
    for who in [&zoe, &lea] {
        let subject = Subject::Card(card);
        commons.watch(who, &subject, true).await.unwrap();
    }
    let first = commons.comment(&zoe, words(&commons, "Combien ?"), HERE, now());
    let (first, state) = first.await.unwrap();
    assert_eq!(state, CommentState::Shown);
    let answer = CommentWords {
        thread: Some(first),
        ..words(&commons, "Une heure.")
    };
    commons.comment(&ali, answer, HERE, now()).await.unwrap();
    let told = async |who: &Actor| -> Vec<NoticeKind> {
        let notices = commons.notices(who).await.unwrap();
        notices.iter().map(|notice| notice.row.what).collect()
    };
    assert_eq!(told(&zoe).await, [NoticeKind::CommentAnswered]);
    assert_eq!(told(&lea).await, [NoticeKind::Comment, NoticeKind::Comment]);
    assert_eq!(told(&ali).await, []);
}
