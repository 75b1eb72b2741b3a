//! Entering through a provider: whose account it is, and who may change that.

use chrono::{DateTime, Duration, Utc};
use secrecy::ExposeSecret;
use terreau_card::Language;
use terreau_community::{Actor, EmailAddress, Role};
use terreau_db::Identity;

use super::{Scratch, now};
use crate::{Commons, Entered, Linked, PeopleError, SignedIn};

fn identity(subject: &str) -> Identity {
    Identity {
        issuer: "https://forge.example".to_owned(),
        subject: subject.to_owned(),
    }
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

async fn enter(
    commons: &Commons,
    subject: &str,
    address: Option<&str>,
) -> Result<Entered, PeopleError> {
    let address = address.map(email);
    let people = commons.people();
    people
        .enter(
            &identity(subject),
            address.as_ref(),
            Language::French,
            now(),
        )
        .await
}

async fn signed_in(commons: &Commons, subject: &str, address: &str) -> SignedIn {
    match enter(commons, subject, Some(address)).await {
        Ok(Entered::SignedIn(signed_in)) => signed_in,
        _ => panic!("{subject} gets in"),
    }
}

async fn actor(commons: &Commons, signed_in: &SignedIn) -> Actor {
    let session = signed_in.session.expose_secret();
    let found = commons.people().by_session(session, now()).await;
    found.expect("sessions read").expect("the session is open")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_makes_one_account_and_opens_it_again() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let first = signed_in(&commons, "17", "nadia@example.org").await;
    assert!(first.is_unnamed);
    assert_eq!(first.account.role, Role::Contributor);
    // What the provider says of the address later changes nothing here.
    let again = signed_in(&commons, "17", "nouvelle@example.org").await;
    assert_eq!(again.account.id, first.account.id);
    assert_eq!(again.account.email, email("nadia@example.org"));
    assert_ne!(again.session.expose_secret(), first.session.expose_secret());
    let unvouched = enter(&commons, "17", None).await;
    assert!(matches!(unvouched, Ok(Entered::SignedIn(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_alone_opens_and_makes_nothing() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let people = commons.people();
    people
        .grant(
            &Actor::Program,
            &email("nadia@example.org"),
            Role::Steward,
            now(),
        )
        .await
        .expect("the program may");
    let known = enter(&commons, "un-inconnu", Some("nadia@example.org")).await;
    assert!(
        matches!(known, Ok(Entered::KnownAddress(address)) if address == email("nadia@example.org"))
    );
    let none = enter(&commons, "un-inconnu", None).await;
    assert!(matches!(none, Ok(Entered::NoAddress)));
    let account = people.account(&email("nadia@example.org")).await.unwrap();
    let sessions = people.sessions(account.id, now()).await.unwrap();
    assert!(sessions.is_empty(), "nobody got in");
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_first_visits_at_once_make_one_account() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let visits: Vec<_> = (0..50)
        .map(|_| {
            let commons = std::sync::Arc::clone(&commons);
            tokio::spawn(async move { signed_in(&commons, "17", "nadia@example.org").await })
        })
        .collect();
    let mut accounts = std::collections::HashSet::new();
    for visit in visits {
        accounts.insert(visit.await.expect("a visit").account.id);
    }
    assert_eq!(accounts.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_links_and_removes() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let people = commons.people();
    let nadia = signed_in(&commons, "nadia", "nadia@example.org").await;
    let ali = signed_in(&commons, "ali", "ali@example.org").await;
    let (her, him) = (actor(&commons, &nadia).await, actor(&commons, &ali).await);
    let link = async |who: &Actor, owner: &SignedIn, subject: &str| {
        people
            .link_identity(who, owner.account.id, &identity(subject), now())
            .await
    };
    assert!(matches!(
        link(&him, &nadia, "autre").await,
        Err(PeopleError::NotAllowed)
    ));
    assert!(matches!(
        link(&Actor::Anonymous, &nadia, "autre").await,
        Err(PeopleError::NotAllowed)
    ));
    assert_eq!(link(&her, &nadia, "autre").await.unwrap(), Linked::Now);
    assert_eq!(link(&her, &nadia, "autre").await.unwrap(), Linked::Already);
    assert_eq!(link(&him, &ali, "autre").await.unwrap(), Linked::Elsewhere);

    let listed = people.identities(&her, nadia.account.id).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert!(matches!(
        people.identities(&him, nadia.account.id).await,
        Err(PeopleError::NotAllowed)
    ));
    let remove = async |who: &Actor, owner: &SignedIn, place: usize, mail_works: bool| {
        people
            .unlink_identity(who, owner.account.id, listed[place].id, mail_works)
            .await
    };
    assert!(matches!(
        remove(&him, &nadia, 0, true).await,
        Err(PeopleError::NotAllowed)
    ));
    assert!(matches!(
        remove(&him, &ali, 0, true).await,
        Err(PeopleError::Missing)
    ));
    assert!(remove(&her, &nadia, 0, false).await.unwrap());
    assert!(
        !remove(&her, &nadia, 1, false).await.unwrap(),
        "the last one stays"
    );
    assert!(remove(&her, &nadia, 1, true).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_person_gets_no_session() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let nadia = signed_in(&commons, "17", "nadia@example.org").await;
    commons
        .db()
        .set_suspended(nadia.account.id, true)
        .await
        .expect("it is suspended");
    for address in [None, Some("nadia@example.org"), Some("autre@example.org")] {
        let refused = enter(&commons, "17", address).await;
        assert!(
            matches!(refused, Err(PeopleError::Suspended)),
            "{address:?}"
        );
    }
    let sessions = commons
        .people()
        .sessions(nadia.account.id, now())
        .await
        .unwrap();
    assert!(sessions.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_comes_back_in_time() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let people = commons.people();
    let back = async |after: Duration, once_more: bool| {
        let left = people
            .leave_for_provider("forge", "/outils", None, now())
            .await
            .unwrap();
        let (state, browser) = (left.state.expose_secret(), left.browser.expose_secret());
        assert_eq!((state.len(), browser.len()), (64, 64));
        let at: DateTime<Utc> = now() + after;
        if once_more {
            people
                .come_back_from_provider(state, browser, at)
                .await
                .unwrap();
        }
        people.come_back_from_provider(state, browser, at).await
    };
    let good = back(Duration::minutes(9), false).await.unwrap();
    assert_eq!(
        (good.provider.as_str(), good.after.as_str()),
        ("forge", "/outils")
    );
    for (after, once_more) in [(Duration::minutes(10), false), (Duration::minutes(1), true)] {
        let dead = back(after, once_more).await;
        assert!(
            matches!(dead, Err(PeopleError::DeadLink)),
            "{after} {once_more}"
        );
    }
}
