//! Guests: a suggestion is held, confirmed once, and becomes a proposal or a draft; nothing of it is lost or seen before.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use terreau_card::Language;
use terreau_community::{Actor, CreditName, EmailAddress, Role};

use super::{Scratch, actor, edit, now, path, text};
use crate::{
    Commons, Confirmed, DraftOf, GuestChange, GuestError, HELD_LIFE, PeopleError, ProposalError,
    ProposalFilter,
};

fn suggested(commons: &Commons, address: &str, change: impl Fn(&str) -> String) -> GuestChange {
    GuestChange {
        email: email(address),
        name: CreditName::parse("Zoé d’Été").unwrap(),
        language: Language::French,
        path: path(),
        base: *commons.snapshot().commit(),
        text: change(&text(commons, &path())),
        typed: vec![("t.body".to_owned(), "Un mot de plus.".to_owned())],
        reason: "Une coquille".to_owned(),
    }
}

fn email(address: &str) -> EmailAddress {
    EmailAddress::parse(address).unwrap()
}

async fn hold(commons: &Commons, change: GuestChange) -> SecretString {
    let held = commons.hold_change(&Actor::Anonymous, change, now()).await;
    held.expect("a guest suggests")
}

async fn total(commons: &Commons) -> usize {
    let list = commons
        .proposals(&Actor::Program, &ProposalFilter::default())
        .await;
    list.unwrap().total
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_confirmations_at_once_make_one_proposal_under_the_name_given() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let change = suggested(&commons, "zoe@example.org", |text| {
        format!("{text}\nUn mot rare.\n")
    });
    let token = hold(&commons, change).await;
    assert_eq!(total(&commons).await, 0, "nobody sees it yet");
    let known = commons.people().account(&email("zoe@example.org")).await;
    assert!(matches!(known, Err(PeopleError::Missing)));

    let presses: Vec<_> = (0..50)
        .map(|_| {
            let (commons, token) = (Arc::clone(&commons), token.clone());
            tokio::spawn(async move { commons.confirm_change(token.expose_secret(), now()).await })
        })
        .collect();
    let mut made = 0;
    for press in presses {
        match press.await.unwrap() {
            Ok(Confirmed::Held(number)) => {
                assert_eq!(number, 1);
                made += 1;
            }
            Err(GuestError::Person(PeopleError::DeadLink)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(made > 0);
    assert_eq!(total(&commons).await, 1);
    let hidden = commons.proposal(&Actor::Anonymous, 1).await;
    assert!(matches!(hidden, Err(ProposalError::Missing)));
    let proposal = commons.proposal(&Actor::Program, 1).await.unwrap();
    let author = &proposal.authors[0];
    assert_eq!(author.name.as_ref().unwrap().as_str(), "Zoé d’Été");
    assert_eq!(author.role, Role::Contributor);
    let again = commons.confirm_change(token.expose_secret(), now()).await;
    assert!(matches!(
        again,
        Err(GuestError::Person(PeopleError::DeadLink))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_name_here_keeps_it() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let known = actor(Role::Editor);
    let account = known.account().unwrap();
    commons.db().create_account(account).await.unwrap();
    let change = suggested(&commons, account.email.as_str(), |text| {
        format!("{text}\nUn mot rare.\n")
    });
    let token = hold(&commons, change.clone()).await;
    let confirmed = commons.confirm_change(token.expose_secret(), now()).await;
    assert_eq!(confirmed.unwrap(), Confirmed::Proposed(1));
    let proposal = commons.proposal(&Actor::Anonymous, 1).await.unwrap();
    assert_eq!(proposal.authors[0].id, account.id);
    assert_eq!(
        proposal.authors[0].name.as_ref(),
        Some(&account.credit_name)
    );

    // A suspended account confirms nothing; what it suggested goes in time.
    let token = hold(&commons, change.clone()).await;
    commons.db().set_suspended(account.id, true).await.unwrap();
    let refused = commons.confirm_change(token.expose_secret(), now()).await;
    assert!(matches!(
        refused,
        Err(GuestError::Person(PeopleError::Suspended))
    ));
    let later = commons
        .held_change(token.expose_secret(), now() + HELD_LIFE)
        .await;
    assert!(matches!(later, Err(PeopleError::DeadLink)));
    // Whoever is signed in proposes.
    let refused = commons.hold_change(&known, change, now()).await;
    assert!(matches!(refused, Err(GuestError::NotAsGuest)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_meets_another_change_waits_as_a_draft() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let first = |words: &str| {
        let words = words.to_owned();
        move |text: &str| text.replacen("title: ", &format!("title: \"{words}\" # "), 1)
    };
    let change = suggested(&commons, "zoe@example.org", first("Un titre"));
    let token = hold(&commons, change.clone()).await;
    let editor = actor(Role::Steward);
    commons
        .db()
        .create_account(editor.account().unwrap())
        .await
        .unwrap();
    let published = edit(&commons, first("Un autre titre"));
    commons.publish(&editor, published, now()).await.unwrap();
    let confirmed = commons.confirm_change(token.expose_secret(), now()).await;
    assert_eq!(confirmed.unwrap(), Confirmed::Kept);
    assert_eq!(total(&commons).await, 0);

    let zoe = commons.people().account(&email("zoe@example.org")).await;
    let zoe = Actor::person(Arc::new(zoe.unwrap()));
    let card = commons.snapshot().head(&path()).unwrap().id;
    let draft = commons.draft(&zoe, &DraftOf::Card(card)).await.unwrap();
    let draft = draft.expect("it is kept");
    assert_eq!(draft.typed, change.typed);
    assert_eq!(draft.base, Some(change.base));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_mended_is_told_before_a_letter_leaves() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let same = suggested(&commons, "zoe@example.org", str::to_owned);
    let refused = commons.hold_change(&Actor::Anonymous, same, now()).await;
    assert!(matches!(refused, Err(GuestError::Nothing)));
    let broken = suggested(&commons, "zoe@example.org", |text| {
        text.replacen("summary: ", "resume: ", 1)
    });
    let refused = commons.hold_change(&Actor::Anonymous, broken, now()).await;
    assert!(matches!(refused, Err(GuestError::Unpublishable(_))));
    for _ in 0..3 {
        let change = suggested(&commons, "zoe@example.org", |text| {
            format!("{text}\nUn mot rare.\n")
        });
        hold(&commons, change).await;
    }
    let more = suggested(&commons, "zoe@example.org", |text| {
        format!("{text}\nUn mot rare.\n")
    });
    let refused = commons.hold_change(&Actor::Anonymous, more, now()).await;
    assert!(matches!(refused, Err(GuestError::Full)));
}
