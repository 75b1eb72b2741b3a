//! Try-outs wait within limits, change once at a time, and go with their address.

use terreau_card::{CardPath, Language};
use terreau_community::{CreditName, OrganisationName};
use uuid::Uuid;

use super::{days, email, hash, kept, noon, on_each_engine, person};
use crate::{
    Attached, AttachmentId, AttachmentRow, AttachmentWords, DbError, MAX_ATTACHED_BYTES,
    MAX_ATTACHED_BYTES_BY_SENDER, MAX_ATTACHMENTS, MAX_TRY_OUT_BYTES, MAX_TRY_OUTS_BY_SENDER,
    MAX_UNCONFIRMED_BY_ADDRESS, SecretHash, TryOutId, TryOutRow, TryOutState,
};

fn told(number: u8, address: &str) -> TryOutRow {
    TryOutRow {
        id: TryOutId::new(Uuid::from_u128(u128::from(number))),
        email: Some(email(address)),
        sender: Some(SecretHash::new([7; 32])),
        name: CreditName::parse("Zoé d’Été").expect("a name"),
        organisation: Some(OrganisationName::parse("Foyer rural").expect("a name")),
        language: Language::French,
        about: CardPath::parse("outils/porteur-de-parole").expect("a path"),
        text: "---\nkind: experience\n---\n".to_owned(),
        state: TryOutState::Unconfirmed,
        answer: None,
        proposal: None,
        path: None,
        created_at: kept(noon()),
        changed_at: kept(noon()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_out_is_kept_changed_once_and_listed() {
    on_each_engine(async |db| {
        let row = told(1, "zoe@example.org");
        db.add_try_out(hash(1), &row).await.unwrap();
        assert_eq!(db.try_out_of(hash(1)).await.unwrap(), Some(row.clone()));
        assert_eq!(db.try_out_of(hash(2)).await.unwrap(), None);
        assert_eq!(db.try_out(row.id).await.unwrap(), Some(row.clone()));

        let mut waiting = row.clone();
        waiting.state = TryOutState::Waiting;
        waiting.changed_at = kept(noon() + days(1));
        assert!(db.change_try_out(&row, &waiting).await.unwrap());
        assert!(
            !db.change_try_out(&row, &waiting).await.unwrap(),
            "whoever comes second finds it changed"
        );
        assert_eq!(db.count_try_outs(TryOutState::Waiting).await.unwrap(), 1);
        assert_eq!(
            db.try_outs(TryOutState::Waiting, 10).await.unwrap(),
            std::slice::from_ref(&waiting)
        );

        let mut accepted = waiting.clone();
        accepted.state = TryOutState::Accepted;
        accepted.email = None;
        accepted.sender = None;
        accepted.proposal = Some(12);
        accepted.path = Some(CardPath::parse("experiences/ici").expect("a path"));
        accepted.changed_at = kept(noon() + days(2));
        assert!(db.change_try_out(&waiting, &accepted).await.unwrap());
        assert_eq!(db.try_out(row.id).await.unwrap(), Some(accepted.clone()));

        let (early, late) = (noon(), noon() + days(1));
        db.purge_try_outs(late, early).await.unwrap();
        assert!(db.try_out(row.id).await.unwrap().is_some());
        db.purge_try_outs(early, noon() + days(3)).await.unwrap();
        assert_eq!(db.try_out(row.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn try_outs_have_limits_and_go_with_the_account_of_their_address() {
    on_each_engine(async |db| {
        let zoe = person(1);
        db.create_account(&zoe).await.unwrap();
        let mut long = told(1, zoe.email.as_str());
        long.text = "x".repeat(MAX_TRY_OUT_BYTES + 1);
        let refused = db.add_try_out(hash(1), &long).await;
        assert!(matches!(refused, Err(DbError::Full)), "{refused:?}");

        let most = u8::try_from(MAX_UNCONFIRMED_BY_ADDRESS).unwrap();
        for number in 1..=most {
            let row = told(number, zoe.email.as_str());
            db.add_try_out(hash(number), &row).await.unwrap();
        }
        let refused = db
            .add_try_out(hash(200), &told(200, zoe.email.as_str()))
            .await;
        assert!(
            matches!(refused, Err(DbError::Full)),
            "one address: {refused:?}"
        );

        let share = u8::try_from(MAX_TRY_OUTS_BY_SENDER).unwrap();
        for number in most + 1..=share {
            let row = told(number, &format!("robot{number}@example.org"));
            db.add_try_out(hash(number), &row).await.unwrap();
        }
        let mut more = told(201, "autre@example.org");
        let refused = db.add_try_out(hash(201), &more).await;
        assert!(
            matches!(refused, Err(DbError::Full)),
            "one sender: {refused:?}"
        );
        more.sender = Some(SecretHash::new([8; 32]));
        db.add_try_out(hash(201), &more).await.unwrap();

        assert_eq!(
            db.try_outs_by(&zoe.email).await.unwrap().len(),
            usize::from(most)
        );
        db.create_account(&terreau_community::Account {
            role: terreau_community::Role::Steward,
            ..person(2)
        })
        .await
        .unwrap();
        assert!(db.delete_account(zoe.id, noon()).await.unwrap());
        assert_eq!(db.try_outs_by(&zoe.email).await.unwrap(), []);
    })
    .await;
}

fn attached(number: u8, length: u64) -> AttachmentRow {
    AttachmentRow {
        id: AttachmentId::new(Uuid::from_u128(1_000 + u128::from(number))),
        format: "jpg".to_owned(),
        size: Some((640, 480)),
        words: AttachmentWords {
            alt: "La place un jour de marché".to_owned(),
            credit: "Zoé d’Été".to_owned(),
            licence: "CC-BY-SA-4.0".to_owned(),
        },
        hash: [number; 32],
        length,
        created_at: kept(noon() + days(i64::from(number))),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn attachments_wait_beside_their_try_out_and_go_with_it() {
    on_each_engine(async |db| {
        let row = told(1, "zoe@example.org");
        let other = told(2, "max@example.org");
        for (number, row) in [(1, &row), (2, &other)] {
            db.add_try_out(hash(number), row).await.unwrap();
        }
        let photo = attached(1, 3);
        let add = async |of: &TryOutRow, one: &AttachmentRow| {
            db.add_attachment(of.id, one, vec![1, 2, 3]).await
        };
        assert_eq!(add(&row, &photo).await.unwrap(), Attached::Kept);
        let again = AttachmentRow {
            id: AttachmentId::new(Uuid::from_u128(7)),
            ..attached(1, 3)
        };
        assert_eq!(add(&row, &again).await.unwrap(), Attached::Already);
        assert_eq!(
            db.attachments(row.id).await.unwrap(),
            std::slice::from_ref(&photo)
        );
        assert_eq!(
            db.attachment(row.id, photo.id).await.unwrap(),
            Some((photo.clone(), vec![1, 2, 3]))
        );
        assert_eq!(
            db.attachment(other.id, photo.id).await.unwrap(),
            None,
            "that of another opens with neither"
        );
        let changed = db.try_out(row.id).await.unwrap().unwrap();
        assert_eq!(changed.changed_at, photo.created_at, "its try-out changed");
        assert!(
            !db.change_try_out(&row, &changed).await.unwrap(),
            "whoever read it before looks again"
        );

        let words = AttachmentWords {
            alt: "Le marché".to_owned(),
            ..photo.words.clone()
        };
        let (now, later) = (noon() + days(20), noon() + days(21));
        let change =
            async |of: &TryOutRow, at| db.change_attachment(of.id, photo.id, &words, at).await;
        assert!(!change(&other, now).await.unwrap());
        assert!(change(&row, now).await.unwrap());
        assert_eq!(db.attachments(row.id).await.unwrap()[0].words, words);
        assert!(!db.remove_attachment(other.id, photo.id, now).await.unwrap());
        assert!(db.remove_attachment(row.id, photo.id, now).await.unwrap());
        assert_eq!(db.attachments(row.id).await.unwrap(), []);

        for number in 1..=u8::try_from(MAX_ATTACHMENTS).unwrap() {
            assert_eq!(
                add(&row, &attached(number, 3)).await.unwrap(),
                Attached::Kept
            );
        }
        let seventh = add(&row, &attached(100, 3)).await;
        assert!(matches!(seventh, Err(DbError::Full)), "{seventh:?}");
        let heavy = add(&other, &attached(101, MAX_ATTACHED_BYTES + 1)).await;
        assert!(matches!(heavy, Err(DbError::Full)), "{heavy:?}");
        // Their senders are one: those of its other try-outs count too.
        for number in
            20..20 + u8::try_from(MAX_ATTACHED_BYTES_BY_SENDER / MAX_ATTACHED_BYTES).unwrap()
        {
            let more = told(number, &format!("robot{number}@example.org"));
            db.add_try_out(hash(number), &more).await.unwrap();
            let sent = add(&more, &attached(number, MAX_ATTACHED_BYTES - 10)).await;
            assert_eq!(sent.unwrap(), Attached::Kept);
        }
        let heavy = add(&other, &attached(102, MAX_ATTACHED_BYTES - 10)).await;
        assert!(matches!(heavy, Err(DbError::Full)), "{heavy:?}");

        let before = db.try_out(row.id).await.unwrap().unwrap();
        let mut withdrawn = before.clone();
        withdrawn.state = TryOutState::Withdrawn;
        withdrawn.changed_at = kept(later);
        assert!(db.change_try_out(&before, &withdrawn).await.unwrap());
        assert_eq!(db.attachments(row.id).await.unwrap(), []);
        assert_eq!(
            add(&row, &attached(103, 3)).await.unwrap(),
            Attached::Closed
        );
        assert!(!change(&row, later).await.unwrap());

        assert_eq!(
            add(&other, &attached(104, 3)).await.unwrap(),
            Attached::Kept
        );
        // Nobody confirmed it: it expires, and what is attached with it.
        db.purge_try_outs(noon() + days(1), noon()).await.unwrap();
        assert_eq!(db.try_out(other.id).await.unwrap(), None);
        assert_eq!(db.attachments(other.id).await.unwrap(), []);
    })
    .await;
}
