//! Roles, suspensions and ends of accounts, with their events; invitations; what was told.

use terreau_community::{AccountId, HowOften, NoticeKind, Role, Scope, TokenId};
use uuid::Uuid;

use super::{days, email, hash, noon, on_each_engine, propose, settle};
use crate::{
    Db, DbError, DraftRow, EventFilter, Link, LinkPurpose, NewNotice, NewRemark, NewToken, Subject,
};

async fn steward(db: &Db, number: u128) -> AccountId {
    let id = settle(db, number).await;
    assert!(db.entrust(id, Role::Steward, None, noon()).await.unwrap());
    id
}

async fn what_happened(db: &Db, about: AccountId) -> Vec<String> {
    let filter = EventFilter {
        about: Some(format!("account:{about}")),
        ..EventFilter::default()
    };
    let events = db.journal(&filter, 100).await.unwrap();
    events.into_iter().rev().map(|event| event.what).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_takes_the_last_steward_away() {
    on_each_engine(async |db| {
        let (zoe, ali) = (steward(&db, 1).await, settle(&db, 2).await);
        assert!(
            !db.entrust(zoe, Role::Editor, Some(ali), noon())
                .await
                .unwrap()
        );
        assert!(!db.suspend(zoe, true, Some(ali), noon()).await.unwrap());
        assert!(!db.delete_account(zoe, noon()).await.unwrap());
        assert_eq!(what_happened(&db, zoe).await, ["set-role"]);

        // A suspended steward looks after nothing.
        let max = steward(&db, 3).await;
        assert!(db.suspend(max, true, Some(zoe), noon()).await.unwrap());
        assert!(!db.delete_account(zoe, noon()).await.unwrap());
        assert!(db.suspend(max, false, Some(zoe), noon()).await.unwrap());
        assert!(db.delete_account(zoe, noon()).await.unwrap());
        assert!(matches!(
            db.delete_account(zoe, noon()).await,
            Err(DbError::Missing)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_stewards_who_take_each_others_role_one_stays() {
    on_each_engine(async |db| {
        let (zoe, ali) = (steward(&db, 1).await, steward(&db, 2).await);
        let (one, other) = tokio::join!(
            db.entrust(zoe, Role::Editor, Some(ali), noon()),
            db.entrust(ali, Role::Editor, Some(zoe), noon()),
        );
        assert_ne!(one.unwrap(), other.unwrap());
        assert!(db.has_steward().await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_ends_sessions_and_tokens_for_good() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let later = noon() + days(30);
        db.create_session(zoe, hash(1), noon(), later)
            .await
            .unwrap();
        db.create_token(&NewToken {
            id: TokenId::new(Uuid::from_u128(5)),
            account: zoe,
            hash: hash(2),
            name: "import".to_owned(),
            scopes: vec![Scope::CardWrite],
            created_at: noon(),
            expires_at: None,
        })
        .await
        .unwrap();
        assert!(db.suspend(zoe, true, Some(ali), noon()).await.unwrap());
        assert_eq!(db.session(hash(1), noon(), days(14)).await.unwrap(), None);
        assert!(db.token(hash(2), noon()).await.unwrap().is_none());
        assert!(db.suspend(zoe, true, Some(ali), noon()).await.unwrap());
        assert!(db.suspend(zoe, false, Some(ali), noon()).await.unwrap());
        assert!(db.token(hash(2), noon()).await.unwrap().is_none());
        assert_eq!(
            what_happened(&db, zoe).await,
            ["suspend", "lift-suspension"],
            "what changes nothing is no event"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_account_leaves_what_others_need_with_nobodys_name() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        let number = propose(&db, ali).await;
        let remark = NewRemark {
            number,
            thread: None,
            revision: 1,
            place: None,
            author: zoe,
            body: "Et les enfants ?".to_owned(),
            at: noon(),
        };
        db.add_remark(remark).await.unwrap();
        db.watch(zoe, &Subject::Everything).await.unwrap();
        let draft = DraftRow {
            key: "card:new".to_owned(),
            content: "{}".to_owned(),
            base: None,
            updated_at: noon(),
        };
        db.save_draft(zoe, &draft).await.unwrap();
        let address = email("person1@example.org");
        let link = Link {
            email: Some(address.clone()),
            purpose: LinkPurpose::SignIn,
            created_at: noon(),
            expires_at: noon() + days(1),
        };
        db.create_link(hash(1), &link).await.unwrap();
        assert_eq!(db.remarks_by(zoe).await.unwrap().len(), 1);

        assert!(db.delete_account(zoe, noon()).await.unwrap());
        assert!(db.account_by_email(&address).await.unwrap().is_none());
        assert!(db.link(hash(1), noon()).await.unwrap().is_none());
        assert_eq!(db.drafts(zoe).await.unwrap(), []);
        assert_eq!(db.watches(zoe).await.unwrap(), []);
        assert!(!db.is_watched().await.unwrap());
        let said = db.remarks(number).await.unwrap();
        assert_eq!(said[0].body, "Et les enfants ?");
        assert_eq!(said[0].author.name, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_takes_the_place_of_the_one_before() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let invitation = |role| Link {
            email: Some(email("nouvelle@example.org")),
            purpose: LinkPurpose::Invitation { role, by: zoe },
            created_at: noon(),
            expires_at: noon() + days(7),
        };
        db.create_link(hash(1), &invitation(Role::Editor))
            .await
            .unwrap();
        db.create_link(hash(2), &invitation(Role::Contributor))
            .await
            .unwrap();
        assert!(db.use_link(hash(1), noon()).await.unwrap().is_none());
        let open = db.invitations(noon()).await.unwrap();
        assert_eq!(
            open,
            [invitation(Role::Contributor)].map(|link| Link {
                created_at: super::kept(link.created_at),
                expires_at: super::kept(link.expires_at),
                ..link
            })
        );
        assert!(db.invitations(noon() + days(7)).await.unwrap().is_empty());
        assert!(db.use_link(hash(2), noon()).await.unwrap().is_some());
        assert!(db.invitations(noon()).await.unwrap().is_empty());
        assert!(
            !db.withdraw_invitation(&email("nouvelle@example.org"))
                .await
                .unwrap()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publication_is_told_once() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let notice = NewNotice {
            account: zoe,
            what: NoticeKind::WatchedChange,
            number: None,
            card: None,
            by: None,
            at: noon(),
        };
        assert_eq!(db.told().await.unwrap(), None);
        let notices = [notice];
        assert!(db.tell(None, "c1", &notices, Vec::new()).await.unwrap());
        assert!(!db.tell(None, "c1", &notices, Vec::new()).await.unwrap());
        assert!(
            !db.tell(Some("c0"), "c1", &notices, Vec::new())
                .await
                .unwrap()
        );
        assert_eq!(db.told().await.unwrap().as_deref(), Some("c1"));
        let waiting = db
            .notices_to_mail(HowOften::AtOnce, noon() + days(1), 10)
            .await
            .unwrap();
        assert_eq!(waiting.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_session_ends_or_all_the_others() {
    on_each_engine(async |db| {
        let (zoe, ali) = (settle(&db, 1).await, settle(&db, 2).await);
        for (account, secret) in [(zoe, 1), (zoe, 2), (zoe, 3), (ali, 4)] {
            db.create_session(account, hash(secret), noon(), noon() + days(1))
                .await
                .unwrap();
        }
        assert!(!db.end_session_of(ali, &hash(1).short()).await.unwrap());
        assert!(db.end_session_of(zoe, &hash(1).short()).await.unwrap());
        assert_eq!(db.sessions(zoe, noon()).await.unwrap().len(), 2);
        db.end_others(zoe, hash(3)).await.unwrap();
        let left = db.sessions(zoe, noon()).await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].id, hash(3).short());
        assert_eq!(db.sessions(ali, noon()).await.unwrap().len(), 1);
    })
    .await;
}
