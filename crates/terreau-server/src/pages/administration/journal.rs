//! The journal: who did what, when.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;
use serde_json::Value;
use terreau_commons::{EventFilter, EventRow, Person};
use terreau_community::{AccountId, Act, CreditName};

use super::accounts::address;
use super::steward;
use crate::dates::Moment;
use crate::layout::page;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// How many events one page lists.
const PER_PAGE: usize = 50;
const JOURNAL: &str = "/administration/journal";

/// The groups that one can look at, with the words of their events.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "propositions",
        &[
            "propose",
            "revise",
            "review",
            "revoke-review",
            "publish-proposal",
            "decline-proposal",
            "withdraw-proposal",
            "reopen-proposal",
            "show-proposal",
            "settle-thread",
            "reopen-thread",
        ],
    ),
    (
        "comptes",
        &[
            "set-role",
            "suspend",
            "lift-suspension",
            "invite",
            "accept-invitation",
            "delete-account",
            "hide-name",
            "show-name",
        ],
    ),
    (
        "moderation",
        &[
            "accept-try-out",
            "ask-try-out",
            "decline-try-out",
            "show-comment",
            "ask-comment",
            "decline-comment",
            "remove-comment",
            "keep-comment",
            "close-comments",
            "reopen-comments",
            "settle-private-remark",
            "block-address",
            "unblock-address",
        ],
    ),
    ("commun", &["publish-rules", "switch-read-only"]),
];

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    quoi: String,
    qui: String,
    avant: String,
}

#[derive(Template)]
#[template(path = "administration/journal.html")]
struct JournalPage {
    layout: Layout,
    groups: Vec<(&'static str, String, bool)>,
    of: Option<String>,
    qui: String,
    lines: Vec<Line>,
    older: Option<String>,
    newest: Option<String>,
}

struct Line {
    at: Moment,
    who: String,
    what: String,
    about: Option<(String, Option<String>)>,
}

/// Shows who did what.
///
/// `GET /administration/journal?quoi=&qui=&avant=` → 200 · 403 · sign-in when nobody is
pub async fn show(reader: Reader, asked: Query<Asked>, site: Data<Site>) -> Answer {
    steward(&reader, &site, &Act::SeeAudit)?;
    let words = reader.words();
    let group = GROUPS.iter().find(|(name, _)| *name == asked.quoi);
    let of: Option<AccountId> = asked.qui.parse().ok();
    let filter = EventFilter {
        what: group.map_or_else(Vec::new, |(_, events)| {
            events.iter().map(ToString::to_string).collect()
        }),
        by: of,
        about: None,
        before: asked.avant.parse().ok(),
    };
    let limit = PER_PAGE as u64 + 1;
    let people = site.commons.people();
    let mut events = people.journal(&reader.actor, &filter, limit).await?;
    let has_more = events.len() > PER_PAGE;
    events.truncate(PER_PAGE);
    let named = named(&site, &events, of).await?;
    let to = |before: &str| {
        url::with_query(
            JOURNAL,
            &[
                ("quoi", &asked.quoi),
                ("qui", &asked.qui),
                ("avant", before),
            ],
        )
    };
    let shown = JournalPage {
        layout: Layout::new(&site, &reader, words.say("administration-journal")).within("account"),
        groups: GROUPS
            .iter()
            .map(|(name, _)| {
                let label = words.say(&format!("administration-group-{name}"));
                (*name, label, *name == asked.quoi)
            })
            .collect(),
        of: of.map(|id| {
            let name = say_name(named.get(&id), words);
            words.tell("administration-journal-by", "name", name)
        }),
        qui: of.map(|id| id.to_string()).unwrap_or_default(),
        older: events
            .last()
            .filter(|_| has_more)
            .map(|event| to(&event.id.to_string())),
        newest: filter.before.map(|_| to("")),
        lines: events
            .iter()
            .map(|event| line(event, &named, &reader))
            .collect(),
    };
    page(StatusCode::OK, &shown)
}

/// Returns everyone whom the events speak of.
async fn named(
    site: &Site,
    events: &[EventRow],
    of: Option<AccountId>,
) -> Result<HashMap<AccountId, Person>, Failure> {
    let ids: Vec<AccountId> = events
        .iter()
        .filter_map(|event| event.about.strip_prefix("account:")?.parse().ok())
        .chain(of)
        .collect();
    let people = site.commons.people().named(&ids).await?;
    Ok(people
        .into_iter()
        .map(|person| (person.id, person))
        .collect())
}

fn say_name(person: Option<&Person>, words: Words) -> String {
    let name = person.and_then(|person| person.name.as_ref());
    name.map(CreditName::to_string)
        .unwrap_or_else(|| words.say("notices-who-gone"))
}

fn line(event: &EventRow, named: &HashMap<AccountId, Person>, reader: &Reader) -> Line {
    let words = reader.words();
    let about = match event.about.split_once(':') {
        Some(("proposal", number)) => number.parse().ok().map(|number: u64| {
            let said = words.tell("notices-proposal", "number", number);
            (said, Some(url::proposal(number)))
        }),
        Some(("account", id)) => id
            .parse()
            .ok()
            // Whoever did it to themselves is named already.
            .filter(|id: &AccountId| event.by.as_ref().is_none_or(|by| by.id != *id))
            .map(|id| {
                let person = named.get(&id);
                let is_here = person.is_some_and(|person| person.name.is_some());
                (say_name(person, words), is_here.then(|| address(id)))
            }),
        _ => None,
    };
    Line {
        at: Moment::with_time(event.at, reader.language),
        who: match &event.by {
            Some(person) => say_name(Some(person), words),
            None => words.say("administration-by-program"),
        },
        what: say_event(event, words),
        about,
    }
}

/// Says what was done; a word that this version does not know is said as it is.
fn say_event(event: &EventRow, words: Words) -> String {
    let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
    let role = |name: &str| {
        let role = detail[name].as_str().unwrap_or_default();
        words
            .maybe(&format!("account-role-{role}"))
            .unwrap_or_else(|| role.to_owned())
    };
    match event.what.as_str() {
        "set-role" => words.tell_two(
            "administration-event-set-role",
            "from",
            role("from"),
            "to",
            role("to"),
        ),
        "invite" => words.tell("administration-event-invite", "role", role("role")),
        "accept-invitation" => words.tell(
            "administration-event-accept-invitation",
            "role",
            role("role"),
        ),
        "review" if detail["verdict"] == "approve" => words.say("administration-event-approve"),
        "review" => words.say("administration-event-ask-changes"),
        "switch-read-only" if detail["on"] == true => {
            words.say("administration-event-read-only-on")
        }
        "switch-read-only" => words.say("administration-event-read-only-off"),
        other => words
            .maybe(&format!("administration-event-{other}"))
            .unwrap_or_else(|| other.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terreau_card::Language;

    #[test]
    fn every_event_has_its_words() {
        for (_, events) in GROUPS {
            for what in events {
                let event = EventRow {
                    id: 1,
                    at: chrono::DateTime::UNIX_EPOCH,
                    by: None,
                    what: (*what).to_owned(),
                    about: "node".to_owned(),
                    detail: "{\"from\":\"editor\",\"to\":\"steward\",\"role\":\"editor\"}"
                        .to_owned(),
                };
                for language in Language::ALL {
                    let said = say_event(&event, Words::of(language));
                    assert!(said.contains(' '), "{what} in {}: {said}", language.code());
                    assert!(!said.contains("administration-"), "{said}");
                }
            }
        }
    }
}
