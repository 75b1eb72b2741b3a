//! The life of accounts: what people are told and how, invitations, the read-only switch, the end.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use secrecy::ExposeSecret;
use terreau_card::Language;
use terreau_community::{
    Account, AccountId, Actor, CreditName, EmailAddress, HowOften, NoticeKind, ProposalState, Role,
};
use terreau_db::{EventFilter, NewNotice};

use super::{Scratch, edit, now, path, text};
use crate::{
    CardChange, Commons, NoticeLetter, PeopleError, ProposalError, PublishError, ReadOnly, Subject,
    Suggestion,
};

pub(super) async fn person(
    commons: &Commons,
    number: u128,
    role: Role,
    notices: HowOften,
) -> Actor {
    let account = Account {
        id: AccountId::new(uuid::Uuid::from_u128(number)),
        email: email(&format!("p{number}@example.org")),
        credit_name: CreditName::parse(&format!("Personne {number}")).expect("a name"),
        organisation: None,
        role,
        language: Language::French,
        notices,
        created_at: now(),
        suspended: false,
        hides_name: false,
        is_known: true,
    };
    let made = commons.db().create_account(&account).await;
    made.expect("an account is made");
    Actor::person(Arc::new(account))
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

fn id(actor: &Actor) -> AccountId {
    actor.account().expect("a person").id
}

fn notice(to: &Actor, what: NoticeKind, number: Option<u64>, at: DateTime<Utc>) -> NewNotice {
    NewNotice {
        account: id(to),
        what,
        number,
        card: None,
        by: None,
        at,
    }
}

async fn propose(commons: &Commons, author: &Actor, words: &str) -> u64 {
    let suggestion = Suggestion {
        changes: vec![CardChange::Write {
            path: path(),
            text: format!("{}\n{words}\n", text(commons, &path())),
            base: Some(*commons.snapshot().commit()),
        }],
        reason: words.to_owned(),
        request_key: None,
    };
    let proposed = commons.propose(author, suggestion, now()).await;
    proposed.expect("a contributor proposes")
}

async fn next(commons: &Commons, how: HowOften, at: DateTime<Utc>) -> Option<NoticeLetter> {
    let letter = commons.next_letter(how, &HashSet::new(), at).await;
    letter.expect("the database answers")
}

#[tokio::test(flavor = "multi_thread")]
async fn watchers_are_told_of_each_publication_once_whoever_made_it() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    commons.catch_up().await.unwrap();
    let watcher = person(&commons, 1, Role::Contributor, HowOften::AtOnce).await;
    let editor = person(&commons, 2, Role::Editor, HowOften::AtOnce).await;
    let card = commons.snapshot().head(&path()).unwrap().id;
    for one in [&watcher, &editor] {
        commons
            .watch(one, &Subject::Card(card), true)
            .await
            .unwrap();
    }
    commons
        .watch(&watcher, &Subject::Everything, true)
        .await
        .unwrap();
    let unknown = Subject::Topic("rien-de-tel".to_owned());
    assert!(matches!(
        commons.watch(&watcher, &unknown, true).await,
        Err(PeopleError::Missing)
    ));
    commons
        .publish(
            &editor,
            edit(&commons, |text| format!("{text}\nMot.\n")),
            now(),
        )
        .await
        .unwrap();
    for _ in 0..3 {
        commons.catch_up().await.unwrap();
    }
    let told = commons.notices(&watcher).await.unwrap();
    assert_eq!(told.len(), 1, "a card and everything are one piece of news");
    assert_eq!(told[0].row.what, NoticeKind::WatchedChange);
    assert_eq!(told[0].card.as_ref().unwrap().0, path());
    assert_eq!(told[0].row.by.as_ref().unwrap().id, id(&editor));
    assert!(commons.notices(&editor).await.unwrap().is_empty());

    commons.see_notices(&watcher, now()).await.unwrap();
    assert_eq!(commons.unseen_notices(id(&watcher)).await.unwrap(), 0);
    commons
        .watch(&watcher, &Subject::Everything, false)
        .await
        .unwrap();
    assert_eq!(
        commons.watches(&watcher).await.unwrap(),
        [Subject::Card(card)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn those_whose_proposals_no_longer_join_are_told_once() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    commons.catch_up().await.unwrap();
    let author = person(&commons, 1, Role::Contributor, HowOften::AtOnce).await;
    let editor = person(&commons, 2, Role::Editor, HowOften::AtOnce).await;
    let number = propose(&commons, &author, "La fin des uns").await;
    for (minutes, words) in [(1, "La fin des autres"), (2, "Et encore")] {
        let change = edit(&commons, |text| format!("{text}\n{words}\n"));
        let at = now() + Duration::minutes(minutes);
        commons.publish(&editor, change, at).await.unwrap();
        commons.catch_up().await.unwrap();
    }
    let told = commons.notices(&author).await.unwrap();
    let what: Vec<_> = told
        .iter()
        .map(|one| (one.row.what, one.row.number))
        .collect();
    assert_eq!(what, [(NoticeKind::Conflict, Some(number))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_written_until_it_left_and_to_those_who_want_it() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let ana = person(&commons, 1, Role::Contributor, HowOften::AtOnce).await;
    let bo = person(&commons, 2, Role::Contributor, HowOften::Daily).await;
    let cy = person(&commons, 3, Role::Contributor, HowOften::Never).await;
    let mut notices: Vec<NewNotice> = [&ana, &bo, &cy]
        .map(|one| notice(one, NoticeKind::Approved, None, now()))
        .into();
    notices.push(notice(&ana, NoticeKind::Published, None, now()));
    notices.push(notice(
        &ana,
        NoticeKind::Remark,
        None,
        now() - Duration::days(20),
    ));
    commons.db().add_notices(notices).await.unwrap();
    let later = now() + Duration::minutes(1);

    // As often as the mail server is down, the letter is written again.
    let first = next(&commons, HowOften::AtOnce, later).await.unwrap();
    let again = next(&commons, HowOften::AtOnce, later).await.unwrap();
    assert_eq!(first.account.id, id(&ana));
    let what = |letter: &NoticeLetter| -> Vec<NoticeKind> {
        letter
            .notices
            .iter()
            .map(|notice| notice.row.what)
            .collect()
    };
    assert_eq!(what(&first), [NoticeKind::Approved, NoticeKind::Published]);
    assert_eq!(what(&first), what(&again));
    let passed = HashSet::from([id(&ana)]);
    let other = commons.next_letter(HowOften::AtOnce, &passed, later).await;
    assert!(other.unwrap().is_none());
    commons.letter_left(&again, later).await.unwrap();
    assert!(next(&commons, HowOften::AtOnce, later).await.is_none());

    let daily = next(&commons, HowOften::Daily, later).await.unwrap();
    assert_eq!(daily.account.id, id(&bo));
    commons
        .people()
        .suspend(&Actor::Program, id(&bo), true, later)
        .await
        .unwrap();
    assert!(next(&commons, HowOften::Daily, later).await.is_none());
    assert!(next(&commons, HowOften::Never, later).await.is_none());

    // The link of either letter ends them, however often it is used, and opens nothing else.
    let stop = first.stop.expose_secret();
    for _ in 0..2 {
        commons.stop_letters(stop, later).await.unwrap();
    }
    let account = commons.db().account(id(&ana)).await.unwrap().unwrap();
    assert_eq!(account.notices, HowOften::Never);
    let entered = commons
        .people()
        .sign_in(stop, None, Language::French, later)
        .await;
    assert!(matches!(entered, Err(PeopleError::DeadLink)));
    let link = commons
        .people()
        .ask_sign_in(&account.email, later)
        .await
        .unwrap();
    let wrong = commons
        .stop_letters(link.token.expose_secret(), later)
        .await;
    assert!(matches!(wrong, Err(PeopleError::DeadLink)));
}

#[tokio::test(flavor = "multi_thread")]
async fn daily_letters_leave_once_a_day_in_the_morning() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let night: DateTime<Utc> = "2026-11-22T04:59:59Z".parse().unwrap();
    let morning = night + Duration::seconds(1);
    assert!(!commons.are_daily_letters_due(night).await.unwrap());
    assert!(commons.are_daily_letters_due(morning).await.unwrap());
    commons.daily_letters_left(morning).await.unwrap();
    let evening = morning + Duration::hours(15);
    assert!(!commons.are_daily_letters_due(evening).await.unwrap());
    let tomorrow = morning + Duration::days(1);
    assert!(commons.are_daily_letters_due(tomorrow).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_by_letter_for_a_review_that_is_no_longer_theirs() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let author = person(&commons, 1, Role::Contributor, HowOften::AtOnce).await;
    let editor = person(&commons, 2, Role::Editor, HowOften::AtOnce).await;
    let later = now() + Duration::minutes(1);
    let open = propose(&commons, &author, "Un mot").await;
    let closed = propose(&commons, &author, "Un autre").await;
    commons
        .withdraw(&author, closed, "Non", now())
        .await
        .unwrap();
    let letter = next(&commons, HowOften::AtOnce, later).await.unwrap();
    let numbers: Vec<_> = letter
        .notices
        .iter()
        .map(|notice| notice.row.number)
        .collect();
    assert_eq!(numbers, [Some(open)]);

    let people = commons.people();
    people
        .set_role(&Actor::Program, id(&editor), Role::Contributor, later)
        .await
        .unwrap();
    assert!(next(&commons, HowOften::AtOnce, later).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_read_only_nothing_is_written_and_all_is_read() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let steward = person(&commons, 1, Role::Steward, HowOften::AtOnce).await;
    let author = person(&commons, 2, Role::Contributor, HowOften::AtOnce).await;
    let refused = commons.switch_read_only(&author, true, now()).await;
    assert!(matches!(refused, Err(PeopleError::NotAllowed)));
    let number = propose(&commons, &author, "Avant").await;
    commons
        .switch_read_only(&steward, true, now())
        .await
        .unwrap();

    let change = edit(&commons, |text| format!("{text}\nNon.\n"));
    let before = *commons.snapshot().commit();
    match commons.publish(&steward, change.clone(), now()).await {
        Err(PublishError::Unexpected(cause)) => assert!(cause.is::<ReadOnly>(), "{cause:#}"),
        other => panic!("{other:?}"),
    }
    match commons.withdraw(&author, number, "Non", now()).await {
        Err(ProposalError::Unexpected(cause)) => assert!(cause.is::<ReadOnly>(), "{cause:#}"),
        other => panic!("{other:?}"),
    }
    match commons.delete_account(&author, "Fini", now()).await {
        Err(PeopleError::Unexpected(cause)) => assert!(cause.is::<ReadOnly>(), "{cause:#}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(*commons.snapshot().commit(), before);
    assert!(commons.proposal(&Actor::Anonymous, number).await.is_ok());

    commons
        .switch_read_only(&steward, false, now())
        .await
        .unwrap();
    commons
        .switch_read_only(&steward, false, now())
        .await
        .unwrap();
    commons.publish(&steward, change, now()).await.unwrap();
    let filter = EventFilter {
        what: vec!["switch-read-only".to_owned()],
        ..EventFilter::default()
    };
    let events = commons
        .people()
        .journal(&steward, &filter, 10)
        .await
        .unwrap();
    assert_eq!(events.len(), 2, "what changes nothing is no event");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_worth_what_its_steward_is_worth() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let people = commons.people();
    let steward = person(&commons, 1, Role::Steward, HowOften::AtOnce).await;
    let other = person(&commons, 2, Role::Steward, HowOften::AtOnce).await;
    let address = email("nouvelle@example.org");
    let invite = |role| people.invite(&steward, &address, role, now());
    let first = invite(Role::Editor).await.unwrap();
    let token = invite(Role::Editor).await.unwrap();
    let enter = |token: secrecy::SecretString| async move {
        people
            .sign_in(token.expose_secret(), None, Language::French, now())
            .await
    };
    assert!(matches!(enter(first).await, Err(PeopleError::DeadLink)));

    people
        .set_role(&other, id(&steward), Role::Editor, now())
        .await
        .unwrap();
    assert!(matches!(
        enter(token.clone()).await,
        Err(PeopleError::DeadLink)
    ));
    assert!(matches!(
        invite(Role::Editor).await,
        Err(PeopleError::NotAllowed)
    ));
    people
        .set_role(&other, id(&steward), Role::Steward, now())
        .await
        .unwrap();
    let entered = enter(token.clone()).await.unwrap();
    assert_eq!(entered.account.role, Role::Editor);
    assert!(matches!(enter(token).await, Err(PeopleError::DeadLink)));
    assert!(matches!(
        invite(Role::Editor).await,
        Err(PeopleError::Taken)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_leaves_no_open_work_and_holds_nobody_up() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let author = person(&commons, 1, Role::Contributor, HowOften::AtOnce).await;
    let editor = person(&commons, 2, Role::Editor, HowOften::AtOnce).await;
    let own = propose(&commons, &author, "À moi").await;
    let other = propose(&commons, &editor, "Aux autres").await;
    let data = commons.own_data(&author, now()).await.unwrap();
    assert_eq!(data.proposals.len(), 1);
    assert_eq!(data.events.len(), 1);

    commons
        .delete_account(&author, "Compte supprimé", now())
        .await
        .unwrap();
    let state = |page: crate::ProposalPage| (page.row.state, page.row.decision);
    let gone = commons.proposal(&Actor::Anonymous, own).await.unwrap();
    assert_eq!(gone.authors[0].name, None);
    assert_eq!(
        state(gone),
        (ProposalState::Withdrawn, Some("Compte supprimé".to_owned()))
    );
    let kept = commons.proposal(&Actor::Anonymous, other).await.unwrap();
    assert_eq!(state(kept).0, ProposalState::Open);
    assert!(matches!(
        commons.own_data(&author, now()).await,
        Err(PeopleError::NotAllowed)
    ));
    let again = commons.delete_account(&author, "Encore", now()).await;
    assert!(matches!(again, Err(PeopleError::NotAllowed)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_kept_a_year_once_seen_and_two_at_most() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let ana = person(&commons, 1, Role::Contributor, HowOften::Never).await;
    for at in [now(), now() + Duration::days(1)] {
        let told = notice(&ana, NoticeKind::Approved, None, at);
        commons.db().add_notices(vec![told]).await.expect("kept");
    }
    commons.see_notices(&ana, now()).await.expect("seen");
    for (days, left) in [(365, 2), (366, 1), (731, 1), (732, 0)] {
        let later = now() + Duration::days(days);
        commons.people().tidy(later).await.expect("tidied");
        let notices = commons.notices(&ana).await.expect("notices");
        assert_eq!(notices.len(), left, "after {days} days");
    }
}
