//! A small commons in a temporary folder, for the tests of this crate and of those that stand on it.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use terreau_card::CardPath;
use uuid::Uuid;

use crate::snapshot::CONFIG_FILE;
use crate::{Change, Credit, Edit, Published, Store, StoreSettings};

/// The configuration of the starter commons.
pub const CONFIG: &str = include_str!("../../../content/commons.toml");

/// Returns the settings of an instance at `commun.example`.
pub fn settings(dir: &Path) -> StoreSettings {
    StoreSettings {
        dir: dir.to_owned(),
        instance_host: "commun.example".to_owned(),
        instance_name: "Commun d’essai".to_owned(),
    }
}

/// Returns the path and the text of a page with its own identity.
pub fn page(number: u32, slug: &str, body: &str) -> (CardPath, String) {
    let path = CardPath::parse(&format!("pages/{slug}")).expect("tests use good slugs");
    let text = format!(
        "---\nid: 01890000-0000-7000-8000-{number:012}\nkind: page\ntitle: \"Page {number}\"\nsummary: \"La page {number} des essais.\"\nlanguage: fr\n---\n\n{body}\n"
    );
    (path, text)
}

/// Makes a commons of these cards.
///
/// # Panics
/// When the cards break a rule.
pub fn commons(dir: &Path, cards: &[(CardPath, String)]) -> Store {
    let mut files = vec![(CONFIG_FILE.to_owned(), CONFIG.as_bytes().to_vec())];
    files.extend(
        cards
            .iter()
            .map(|(path, text)| (path.file(), text.as_bytes().to_vec())),
    );
    Store::create(settings(dir), files, moment(0)).expect("the cards of a test are good")
}

/// Returns a moment, so many minutes after the commons was made.
pub fn moment(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).expect("a moment of 2026")
        + TimeDelta::minutes(minutes)
}

/// Returns a change by Ada.
pub fn change(message: &str, edits: Vec<Edit>) -> Change {
    Change {
        edits,
        author: Credit {
            name: "Ada".to_owned(),
            organisation: None,
            account: Uuid::from_u128(7),
        },
        message: message.to_owned(),
        trailers: Vec::new(),
    }
}

/// Publishes a text over what is published now.
///
/// # Panics
/// When it is refused.
pub fn put(store: &Store, path: &CardPath, text: &str, minutes: i64) -> Published {
    let base = store
        .snapshot()
        .head(path)
        .map(|_| *store.snapshot().commit());
    let edit = Edit::Put {
        path: path.clone(),
        text: text.to_owned(),
        base,
    };
    store
        .publish(change("Un essai", vec![edit]), moment(minutes))
        .expect("a good change is published")
}
