//! Watching a card, a topic, everything.

use actix_web::web::{Data, Form};
use serde::Deserialize;
use terreau_card::CardId;
use terreau_commons::{PeopleError, Question, Subject};

use super::NOTICES;
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::pages::account::own_account;
use crate::{Answer, Failure, Reader, Site, url};

/// What the forms send.
#[derive(Debug, Deserialize)]
pub struct WatchForm {
    sujet: String,
    #[serde(default)]
    suivre: String,
    #[serde(default)]
    suite: String,
}

/// The button of a card's page, for those who are signed in.
pub struct WatchButton {
    /// What the form names.
    pub subject: String,
    /// Whether they watch it already.
    pub is_on: bool,
}

impl WatchButton {
    /// Makes the button; none for anonymous readers, and no page fails for it.
    pub async fn of(card: CardId, reader: &Reader, site: &Site) -> Option<WatchButton> {
        WatchButton::on(Subject::Card(card), reader, site).await
    }

    /// Makes the button of a search; none when nothing is asked.
    pub async fn of_search(
        question: &Question,
        reader: &Reader,
        site: &Site,
    ) -> Option<WatchButton> {
        let written = question.written();
        Question::read(&written)?;
        WatchButton::on(Subject::Search(written), reader, site).await
    }

    async fn on(subject: Subject, reader: &Reader, site: &Site) -> Option<WatchButton> {
        own_account(reader, site).ok()?;
        match site.commons.watches(&reader.actor).await {
            Ok(watches) => Some(WatchButton {
                subject: named(&subject),
                is_on: watches.contains(&subject),
            }),
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "watches cannot be read");
                None
            }
        }
    }
}

/// Begins to watch something, or stops.
///
/// `POST /compte/suivis` → 303 · 404 when there is no such card or topic · 409 when too much is watched
pub async fn watch(reader: Reader, form: Form<WatchForm>, site: Data<Site>) -> Answer {
    own_account(&reader, &site)?;
    let subject = subject(&form.sujet).ok_or_else(|| Failure::of(FailureKind::Malformed))?;
    let on = match form.suivre.as_str() {
        "oui" => true,
        "non" => false,
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    site.commons
        .watch(&reader.actor, &subject, on)
        .await
        .map_err(|error| match error {
            PeopleError::NotAllowed => Failure::of(FailureKind::Conflict)
                .message("notices-watch-too-much")
                .next("notices-next", NOTICES),
            other => other.into(),
        })?;
    Ok(see_other(match form.suite.as_str() {
        "" => format!("{NOTICES}#suivis"),
        suite => url::within_site(suite).to_owned(),
    }))
}

/// Names a subject in forms.
pub(super) fn named(subject: &Subject) -> String {
    match subject {
        Subject::Card(card) => format!("fiche:{card}"),
        Subject::Topic(code) => format!("theme:{code}"),
        Subject::Search(question) => format!("recherche:{question}"),
        Subject::Everything => "tout".to_owned(),
    }
}

fn subject(named: &str) -> Option<Subject> {
    match named.split_once(':') {
        Some(("fiche", id)) => id.parse().ok().map(Subject::Card),
        Some(("recherche", question)) => {
            Question::read(question).map(|question| Subject::Search(question.written()))
        }
        Some(("theme", code)) => Some(Subject::Topic(code.to_owned())),
        None if named == "tout" => Some(Subject::Everything),
        _ => None,
    }
}
