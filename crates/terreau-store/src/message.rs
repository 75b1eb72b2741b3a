//! The words of a commit: who is credited, what was said of the change, and the trailers after it.

use chrono::{DateTime, Utc};
use git2::{Signature, Time};

use crate::{Change, Credit, StoreError, StoreSettings};

/// The most characters of a subject, and of everything that the author said.
const MAX_SUBJECT: usize = 200;
const MAX_SAID: usize = 4_000;
const MAX_NAME: usize = 120;
const MAX_VALUE: usize = 500;

/// The licence that a contributor grants by saving.
pub(crate) const LICENCE: &str = "CC-BY-SA-4.0";

/// Returns the author of a change: the name that they chose, and an address that is no mailbox.
pub(crate) fn author(
    change: &Change,
    settings: &StoreSettings,
    now: DateTime<Utc>,
) -> Result<Signature<'static>, StoreError> {
    signature(&change.author.name, &address(&change.author, settings), now)
}

/// Returns the address of an account, which is no mailbox.
pub(crate) fn address(credit: &Credit, settings: &StoreSettings) -> String {
    format!("{}@users.{}", credit.account, host(settings))
}

/// Writes a person as trailers do: `Name <address>`.
pub(crate) fn named(credit: &Credit, settings: &StoreSettings) -> String {
    let name = one_line(&credit.name.replace(['<', '>'], " "), MAX_NAME);
    format!("{name} <{}>", address(credit, settings))
}

/// Returns the committer: the instance.
pub(crate) fn committer(
    settings: &StoreSettings,
    now: DateTime<Utc>,
) -> Result<Signature<'static>, StoreError> {
    signature(
        &settings.instance_name,
        &format!("commons@{}", host(settings)),
        now,
    )
}

/// Writes the message of a commit: subject, the rest of what was said, trailers.
pub(crate) fn message(change: &Change, cards: &[String]) -> String {
    let mut trailers: Vec<(&str, String)> = Vec::new();
    for card in cards {
        trailers.push(("Card", card.clone()));
    }
    if let Some(organisation) = &change.author.organisation {
        trailers.push(("Organisation", one_line(organisation, MAX_VALUE)));
    }
    trailers.push(("Licence", LICENCE.to_owned()));
    for (key, value) in &change.trailers {
        if is_trailer_key(key) {
            trailers.push((key, one_line(value, MAX_VALUE)));
        }
    }

    let said = change
        .message
        .trim()
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let (first, rest) = said.split_once('\n').unwrap_or((&said, ""));
    let mut subject = one_line(first, MAX_SUBJECT);
    if subject.is_empty() {
        subject = cards
            .first()
            .cloned()
            .unwrap_or_else(|| "commons".to_owned());
    }
    let mut message = subject;
    let rest: Vec<String> = rest.lines().map(|line| one_line(line, MAX_SAID)).collect();
    let rest: String = rest.join("\n").trim().chars().take(MAX_SAID).collect();
    if !rest.is_empty() {
        message.push_str("\n\n");
        message.push_str(&rest);
    }
    // The trailers are the last paragraph, always there: nothing that was said can pass for one.
    message.push_str("\n\n");
    for (key, value) in trailers.iter().filter(|(_, value)| !value.is_empty()) {
        message.push_str(key);
        message.push_str(": ");
        message.push_str(value);
        message.push('\n');
    }
    message
}

/// Splits a message into its subject and its trailers, whoever wrote it.
pub(crate) fn read(message: &str) -> (String, Vec<(String, String)>) {
    let mut lines = message.trim_start_matches('\n').lines();
    let subject = one_line(lines.next().unwrap_or_default(), 2 * MAX_SUBJECT);
    let rest: Vec<&str> = lines.collect();
    let end = rest
        .iter()
        .rposition(|line| !line.trim().is_empty())
        .map_or(0, |last| last + 1);
    let start = rest[..end]
        .iter()
        .rposition(|line| line.trim().is_empty())
        .map_or(end, |blank| blank + 1);
    let mut trailers: Vec<(String, String)> = Vec::new();
    for line in &rest[start..end] {
        match (line.split_once(':'), trailers.last_mut()) {
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((key, value)), _) if is_trailer_key(key) => {
                trailers.push((key.to_owned(), value.trim().to_owned()));
            }
            _ => return (subject, Vec::new()),
        }
    }
    (subject, trailers)
}

fn signature(
    name: &str,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Signature<'static>, StoreError> {
    let plain = |text: &str, most| one_line(&text.replace(['<', '>'], " "), most);
    let mut name = plain(name, MAX_NAME);
    // Git trims these from both ends of a name and refuses one that has nothing else.
    if name
        .trim_matches(|letter: char| letter.is_ascii_punctuation() || letter == ' ')
        .is_empty()
    {
        name = "Anonyme".to_owned();
    }
    Ok(Signature::new(
        &name,
        &plain(address, 200),
        &Time::new(now.timestamp(), 0),
    )?)
}

fn host(settings: &StoreSettings) -> String {
    let host = settings.instance_host.split(':').next().unwrap_or_default();
    let host: String = host
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-'))
        .collect();
    if host.is_empty() {
        "localhost".to_owned()
    } else {
        host
    }
}

fn is_trailer_key(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.len() <= 60
        && key
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

/// Makes one line of a text: control and invisible formatting characters become spaces, runs of spaces one.
fn one_line(text: &str, most: usize) -> String {
    let spaced: String = text
        .chars()
        .map(|letter| if is_unseen(letter) { ' ' } else { letter })
        .collect();
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    words
        .join(" ")
        .chars()
        .take(most)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Returns the message of the first commit of a commons.
pub(crate) fn first() -> String {
    format!("Première version du commun\n\nLicence: {LICENCE}\n")
}
