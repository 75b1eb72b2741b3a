//! Every test runs against a fresh SQLite file and, where it is installed, against a fresh PostgreSQL database.

mod accounts;
mod comments;
mod drafts;
mod entrust;
mod events;
mod held;
mod history;
mod identities;
mod links;
mod notices;
mod opening;
mod proposals;
mod remarks;
mod reviews;
mod sessions;
mod tallies;
mod tokens;
mod try_outs;
mod watches;

use chrono::{DateTime, TimeDelta, Utc};
use terreau_card::Language;
use terreau_community::{
    Account, AccountId, CreditName, EmailAddress, HowOften, OrganisationName, Role,
};
use uuid::Uuid;

use crate::testing::Scratch;
use crate::{Db, KindOfChange, NewProposal, NewRevision, ProposalFile, SecretHash};

/// Runs a test on each engine, each time with an empty database.
async fn on_each_engine(test: impl AsyncFn(Db)) {
    for scratch in Scratch::each() {
        println!("on {scratch:?}");
        let db = scratch.open().await;
        test(db.clone()).await;
        assert_eq!(
            db.integrity().await.expect("it can be looked at"),
            Vec::<String>::new(),
            "integrity on {scratch:?}"
        );
        db.close().await.expect("it closes");
    }
}

/// A moment in the life of the tests, with more digits than PostgreSQL keeps.
fn noon() -> DateTime<Utc> {
    "2026-11-02T12:00:00.123456789Z"
        .parse()
        .expect("a date is a date")
}

fn days(days: i64) -> TimeDelta {
    TimeDelta::days(days)
}

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("a plain address")
}

fn hash(secret: u8) -> SecretHash {
    SecretHash::new([secret; 32])
}

/// An editor whose identifier and address are made from a number.
fn person(number: u128) -> Account {
    Account {
        id: AccountId::new(Uuid::from_u128(number)),
        email: email(&format!("person{number}@example.org")),
        credit_name: CreditName::parse("Zoé d’Été").expect("a name"),
        organisation: Some(OrganisationName::parse("Les Lieux en transition").expect("a name")),
        role: Role::Editor,
        language: Language::French,
        notices: HowOften::AtOnce,
        created_at: "2026-11-01T08:00:00.000001Z".parse().expect("a date"),
        suspended: false,
        hides_name: false,
        is_known: true,
    }
}

/// Keeps a person and returns their identifier.
async fn settle(db: &Db, number: u128) -> AccountId {
    let account = person(number);
    db.create_account(&account).await.expect("a new person");
    account.id
}

/// A change of one method, made on commit `b1` and kept in commit `h1`.
fn suggestion(number: u64, author: AccountId) -> NewProposal {
    NewProposal {
        number,
        author,
        title: "Enquête collective".to_owned(),
        reason: "Une étape manquait.".to_owned(),
        base: "b1".to_owned(),
        head: "h1".to_owned(),
        files: vec![touched("methodes/enquete-collective.md")],
        request_key: None,
        held: false,
        at: noon(),
    }
}

fn touched(path: &str) -> ProposalFile {
    ProposalFile {
        path: path.to_owned(),
        old_path: None,
        change: KindOfChange::Changed,
    }
}

/// The second revision of [`suggestion`], at commit `h2`.
fn second_revision(author: AccountId) -> NewRevision {
    NewRevision {
        author,
        base: "b2".to_owned(),
        head: "h2".to_owned(),
        files: vec![touched("methodes/enquete-collective.md")],
        message: "Mieux dit.".to_owned(),
        at: noon() + days(1),
    }
}

/// Keeps a proposal of this author and returns its number.
async fn propose(db: &Db, author: AccountId) -> u64 {
    let number = db.reserve_proposal(0).await.expect("a number");
    db.add_proposal(suggestion(number, author))
        .await
        .expect("a new proposal");
    number
}

/// What the other engine makes of a time: no more than microseconds.
fn kept(time: DateTime<Utc>) -> DateTime<Utc> {
    crate::connect::stored(time)
}
