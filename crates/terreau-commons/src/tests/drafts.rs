//! Drafts come back as they were typed, to their owner in a browser and to nobody else.

use std::sync::Arc;

use terreau_card::{CardId, CardPath, Kind};
use terreau_community::{Actor, Role, Scope};

use super::{Scratch, actor, now};
use crate::{Draft, DraftOf, PeopleError};

#[test]
fn what_a_draft_is_of_reads_back() {
    let id = CardId(uuid::Uuid::from_u128(7));
    for of in [
        DraftOf::Card(id),
        DraftOf::New {
            kind: Kind::Method,
            id,
        },
        DraftOf::Revision {
            number: 12,
            path: CardPath::parse("pages/a-b").unwrap(),
        },
    ] {
        assert_eq!(of.to_string().parse::<DraftOf>(), Ok(of));
    }
    for odd in [
        "",
        "card:",
        "card:7",
        "new:method",
        "proposal:1:",
        "proposal:x:pages/a",
        "autre:1",
    ] {
        assert!(odd.parse::<DraftOf>().is_err(), "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_owners_alone() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let zoe = actor(Role::Contributor);
    let account = zoe.account().unwrap();
    commons.db().create_account(account).await.unwrap();
    let draft = Draft {
        of: DraftOf::Card(CardId(uuid::Uuid::from_u128(7))),
        typed: vec![
            ("f.title".to_owned(), "L’été\n".to_owned()),
            ("f.topics".to_owned(), "a".to_owned()),
            ("f.topics".to_owned(), "b".to_owned()),
        ],
        base: Some(*commons.snapshot().commit()),
        saved_at: now(),
    };
    commons.save_draft(&zoe, &draft).await.unwrap();
    assert_eq!(
        commons.draft(&zoe, &draft.of).await.unwrap(),
        Some(draft.clone())
    );
    assert_eq!(
        commons.drafts(&zoe).await.unwrap(),
        std::slice::from_ref(&draft)
    );
    let token = Actor::token(Arc::clone(account), Scope::ALL.to_vec());
    for other in [Actor::Anonymous, token] {
        let refused = commons.draft(&other, &draft.of).await;
        assert!(matches!(refused, Err(PeopleError::NotAllowed)));
        let refused = commons.save_draft(&other, &draft).await;
        assert!(matches!(refused, Err(PeopleError::NotAllowed)));
    }
    commons.drop_draft(&zoe, &draft.of).await.unwrap();
    assert_eq!(commons.drafts(&zoe).await.unwrap(), []);
}
