//! The use cases, on a real repository, index and database in a temporary folder.

mod accounts;
mod drafts;
mod guests;
mod identities;
mod proposals;
mod reports;
mod search;
mod talk;
mod try_outs;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Duration, TimeZone, Utc};
use secrecy::ExposeSecret;
use tempfile::TempDir;
use terreau_card::{CardPath, Language};
use terreau_community::{Account, AccountId, Actor, CreditName, EmailAddress, HowOften, Role};

use crate::{
    CardEdit, Commons, KindOfChange, LinkPurpose, PeopleError, PublishError, Query, Settings,
    new_commons, rebuild,
};

const COMMONS_TOML: &str = include_str!("../../../content/commons.toml");

struct Scratch {
    folder: TempDir,
}

impl Scratch {
    fn new() -> Scratch {
        Scratch {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            dir: self.folder.path().to_path_buf(),
            instance_host: "commun.example.org".to_owned(),
            instance_name: "Terreau".to_owned(),
            database: None,
        }
    }

    async fn open(&self) -> Arc<Commons> {
        let commons = Commons::open(self.settings(), || {
            new_commons(COMMONS_TOML, Language::French)
        })
        .await;
        let commons = commons.expect("a new commons opens");
        tokio::spawn(Arc::clone(&commons).follow());
        commons
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0)
        .single()
        .expect("a moment that exists")
}

fn actor(role: Role) -> Actor {
    Actor::person(Arc::new(Account {
        id: AccountId::new(uuid::Uuid::from_u128(7)),
        email: EmailAddress::parse("alice@example.org").expect("an address"),
        credit_name: CreditName::parse("Alice Martin").expect("a name"),
        organisation: None,
        role,
        language: Language::French,
        notices: HowOften::AtOnce,
        created_at: now(),
        suspended: false,
        hides_name: false,
        is_known: true,
    }))
}

fn path() -> CardPath {
    CardPath::parse("outils/exemple").expect("a path")
}

fn text(commons: &Commons, path: &CardPath) -> String {
    let snapshot = commons.snapshot();
    let head = snapshot.head(path).expect("the card is there");
    commons
        .store
        .text(&head.blob)
        .expect("its text reads")
        .to_string()
}

fn edit(commons: &Commons, change: impl Fn(&str) -> String) -> CardEdit {
    CardEdit {
        path: path(),
        text: change(&text(commons, &path())),
        base: Some(*commons.snapshot().commit()),
        message: "Un mot plus juste".to_owned(),
        request_key: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_commons_passes_its_own_check() {
    let scratch = Scratch::new();
    for language in [Language::French, Language::English] {
        let dir = scratch.folder.path().join(language.code());
        for (path, bytes) in
            new_commons(COMMONS_TOML, language).expect("the starter's settings read")
        {
            let file: PathBuf = dir.join(path);
            std::fs::create_dir_all(file.parent().expect("files stand in folders"))
                .expect("folders can be made");
            std::fs::write(file, bytes).expect("files can be written");
        }
        let problems: Vec<String> = crate::check(&dir)
            .expect("it is a commons")
            .iter()
            .map(|(file, problem)| format!("{file}: {}", problem.message(language)))
            .collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_becomes_a_version_and_is_found() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let saved = commons
        .publish(
            &actor(Role::Editor),
            edit(&commons, |text| {
                format!("{text}\nUn mot rare : callipyge.\n")
            }),
            now(),
        )
        .await;
    let saved = saved.expect("an editor publishes");
    assert!(!saved.created && !saved.merged && !saved.unchanged);
    let snapshot = commons.snapshot();
    let head = snapshot.head(&path()).expect("the card is there");
    let versions = commons
        .versions(head, 1)
        .await
        .expect("history reads")
        .versions;
    assert_eq!(versions.len(), 2);
    assert_eq!(
        (versions[0].commit, versions[0].author.as_str()),
        (saved.commit, "Alice Martin")
    );
    assert_eq!(
        (versions[0].change, versions[1].change),
        (KindOfChange::Changed, KindOfChange::Created)
    );
    let compared = commons
        .compare(head, &versions[1].commit, &versions[0].commit)
        .await
        .expect("two versions compare");
    assert!(!compared.prose.is_empty());
    commons.catch_up().await.expect("projections follow");
    let found = commons
        .search(Query {
            text: "callipyge".to_owned(),
            ..Query::default()
        })
        .await
        .expect("search answers");
    assert_eq!(found.hits.first().map(|hit| &hit.path), Some(&path()));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_hold_whoever_asks() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let try_as = |actor: Actor| {
        let (commons, edit) = (
            Arc::clone(&commons),
            edit(&commons, |text| format!("{text}\nEncore.\n")),
        );
        async move { commons.publish(&actor, edit, now()).await }
    };
    assert!(matches!(
        try_as(Actor::Anonymous).await,
        Err(PublishError::SignIn)
    ));
    assert!(matches!(
        try_as(actor(Role::Contributor)).await,
        Err(PublishError::NotAllowed(_))
    ));
    assert!(try_as(actor(Role::Steward)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_gives_the_three_texts_back() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let editor = actor(Role::Editor);
    let first = edit(&commons, |text| {
        text.replacen("summary: \"", "summary: \"Premier, ", 1)
    });
    let second = edit(&commons, |text| {
        text.replacen("summary: \"", "summary: \"Second, ", 1)
    });
    let (sent, base) = (second.text.clone(), text(&commons, &path()));
    let published = first.text.clone();
    let first = commons
        .publish(&editor, first, now())
        .await
        .expect("the first lands");
    let Err(PublishError::Conflict(conflict)) = commons.publish(&editor, second, now()).await
    else {
        panic!("both changed the summary")
    };
    assert_eq!(
        (&conflict.base, &conflict.published, &conflict.sent),
        (&base, &published, &sent)
    );
    assert_eq!(conflict.head, first.commit);
    assert_eq!(text(&commons, &path()), published);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_repeated_is_answered_the_same() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let again = CardEdit {
        request_key: Some("clef".to_owned()),
        ..edit(&commons, |text| format!("{text}\nUne fois.\n"))
    };
    let first = commons
        .publish(&actor(Role::Editor), again.clone(), now())
        .await
        .expect("it lands");
    let second = commons
        .publish(&actor(Role::Editor), again, now())
        .await
        .expect("it is answered again");
    assert_eq!(first.commit, second.commit);
    assert_eq!(text(&commons, &path()).matches("Une fois.").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_archives_and_restorations_are_versions_too() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let editor = actor(Role::Editor);
    let to = CardPath::parse("outils/autre-nom").expect("a path");
    let first = *commons.snapshot().commit();
    commons
        .rename(&editor, &path(), &to, "Un nom plus clair".to_owned(), now())
        .await
        .expect("renamed");
    commons
        .archive(&editor, &to, true, "Dépassée".to_owned(), now())
        .await
        .expect("archived");
    let restored = commons
        .restore(&editor, &to, &first, "Elle sert encore".to_owned(), now())
        .await
        .expect("restored");
    let snapshot = commons.snapshot();
    let head = snapshot.head(&to).expect("the card is at its new address");
    assert!(!head.is_archived());
    assert_eq!(
        head.aliases,
        [path()],
        "the old address still redirects after an older text came back"
    );
    let changes: Vec<KindOfChange> = commons
        .versions(head, 1)
        .await
        .expect("history reads")
        .versions
        .iter()
        .map(|version| version.change)
        .collect();
    assert_eq!(
        changes,
        [
            KindOfChange::Restored,
            KindOfChange::Archived,
            KindOfChange::Renamed,
            KindOfChange::Created
        ]
    );
    assert_eq!(restored.commit, *snapshot.commit());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_shows_the_same_and_the_doctor_is_content() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    for number in 0..3 {
        let one = edit(&commons, |text| format!("{text}\nLigne {number}.\n"));
        commons
            .publish(&actor(Role::Editor), one, now())
            .await
            .expect("it lands");
    }
    let (before, head) = everything(&commons).await;
    commons.catch_up().await.expect("projections follow");
    assert_eq!(commons.doctor().await.expect("the doctor looks"), []);
    // The follower holds the commons: a second scratch of the same folder stands for the next process.
    let copy = Scratch::new();
    copy_folder(scratch.folder.path(), copy.folder.path());
    let again = rebuild(copy.settings())
        .await
        .expect("projections are made again");
    assert_eq!(everything(&again).await, (before, head));
    assert_eq!(again.doctor().await.expect("the doctor looks"), []);
}

async fn everything(commons: &Commons) -> (Vec<String>, String) {
    let snapshot = commons.snapshot();
    let head = snapshot.head(&path()).expect("the card is there");
    let versions = commons
        .versions(head, 1)
        .await
        .expect("history reads")
        .versions;
    (
        versions
            .iter()
            .map(|version| format!("{version:?}"))
            .collect(),
        snapshot.commit().to_string(),
    )
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .arg(from.join("."))
        .arg(to)
        .status()
        .expect("cp runs");
    assert!(copied.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_one_session_once() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let people = commons.people();
    let email = EmailAddress::parse("nadia@example.org").expect("an address");
    let mail = people
        .ask_sign_in(&email, now())
        .await
        .expect("anyone may ask");
    let token = mail.token.expose_secret();
    assert_eq!(
        people.link_purpose(token, now()).await.expect("it lives"),
        LinkPurpose::SignIn
    );
    let signed_in = people
        .sign_in(token, None, Language::French, now())
        .await
        .expect("the link opens");
    assert!(signed_in.is_unnamed);
    assert!(
        !signed_in.account.credit_name.as_str().contains("nadia"),
        "an address says nothing in public"
    );
    assert!(matches!(
        people.sign_in(token, None, Language::French, now()).await,
        Err(PeopleError::DeadLink)
    ));
    let session = signed_in.session.expose_secret();
    assert!(
        people
            .by_session(session, now())
            .await
            .expect("sessions read")
            .is_some()
    );
    assert!(
        people
            .by_session(session, now() + Duration::days(31))
            .await
            .expect("sessions read")
            .is_none()
    );
    people.sign_out(session).await.expect("a session ends");
    assert!(
        people
            .by_session(session, now())
            .await
            .expect("sessions read")
            .is_none()
    );
    let late = people
        .ask_sign_in(&email, now())
        .await
        .expect("anyone may ask")
        .token;
    let late = people
        .sign_in(
            late.expose_secret(),
            None,
            Language::French,
            now() + Duration::minutes(16),
        )
        .await;
    assert!(matches!(late, Err(PeopleError::DeadLink)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_stewards_link_is_for_one_person() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let people = commons.people();
    let link = people
        .first_steward_link(now())
        .await
        .expect("links are kept")
        .expect("there is no steward yet");
    let email = EmailAddress::parse("maire@example.org").expect("an address");
    let signed_in = people
        .sign_in(link.expose_secret(), Some(&email), Language::French, now())
        .await
        .expect("the link opens");
    assert_eq!(signed_in.account.role, Role::Steward);
    assert!(
        people
            .first_steward_link(now())
            .await
            .expect("accounts read")
            .is_none()
    );
    assert!(
        people
            .sign_in(link.expose_secret(), Some(&email), Language::French, now())
            .await
            .is_err()
    );
}
