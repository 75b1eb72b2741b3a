//! One try-out before somebody who decides: as it would be published, with what to look at, and four ways to answer.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use terreau_card::{Card, Kind, check_card, render};
use terreau_commons::{PublishError, TryOutError, TryOutId, TryOutRow};

use super::say_state;
use crate::dates::Moment;
use crate::facts::{self, Fact, Telling};
use crate::layout::{page, see_other};
use crate::mail::{Mailer, TryOutLetter};
use crate::pages::card::parts::{self, Content, Part};
use crate::pages::duplicates::reasons;
use crate::pages::media::MediaView;
use crate::pages::new_card::somewhere;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// A try-out in the list of what waits for moderation.
pub struct TryOutLine {
    /// Where it is decided.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Its beginning.
    pub summary: String,
    /// Who sent it.
    pub name: String,
    /// When.
    pub sent: Moment,
}

/// Returns the try-outs that wait, the oldest first.
///
/// # Errors
/// `NotAllowed` but for those who decide.
pub async fn lines(site: &Site, reader: &Reader) -> Result<Vec<TryOutLine>, TryOutError> {
    let rows = site.commons.try_outs(&reader.actor).await?;
    let lines = rows.into_iter().map(|row| {
        let card = Card::read(&row.text).0;
        TryOutLine {
            href: url::moderated_try_out(row.id),
            title: card.title().to_owned(),
            summary: card.summary().to_owned(),
            name: credited(&row),
            sent: Moment::of(row.created_at, reader.language),
        }
    });
    Ok(lines.collect())
}

/// Returns the name that a try-out gives, with the organisation.
pub fn credited(row: &TryOutRow) -> String {
    match &row.organisation {
        Some(organisation) => format!("{} ({organisation})", row.name),
        None => row.name.to_string(),
    }
}

#[derive(Template)]
#[template(path = "try_out/decide.html")]
struct DecidePage {
    layout: Layout,
    action: String,
    is_open: bool,
    state: String,
    name: String,
    sent: Moment,
    about: (String, String),
    title: String,
    summary: String,
    band: Vec<Fact>,
    details: Vec<Fact>,
    parts: Vec<Part>,
    enclosed: Vec<MediaView>,
    /// The moment of the last change that is shown: nothing else is accepted.
    seen: String,
    /// What the checks say: what keeps it from being published, and what to look at.
    faults: Vec<String>,
    advice: Vec<String>,
    /// Published reports that look like the same case: title, address, and why.
    alike: Vec<(String, String, String)>,
    /// What was typed for its sender.
    words_typed: String,
    problem: Option<String>,
    proposal: Option<String>,
}

/// Shows a try-out to somebody who decides.
///
/// `GET /moderation/essais/{id}` → 200 · 401 · 403 · 404
pub async fn look(reader: Reader, id: Path<uuid::Uuid>, site: Data<Site>) -> Answer {
    reader.signed_in()?;
    let id = TryOutId::new(*id);
    let row = site.commons.try_out(&reader.actor, id).await;
    decide_page(
        &site,
        &reader,
        &row.map_err(failed)?,
        "",
        None,
        StatusCode::OK,
    )
    .await
}

fn failed(error: TryOutError) -> Failure {
    match error {
        TryOutError::Missing => Failure::missing(),
        other => other.into(),
    }
}

async fn decide_page(
    site: &Site,
    reader: &Reader,
    row: &TryOutRow,
    typed: &str,
    problem: Option<String>,
    status: StatusCode,
) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let card = Card::read(&row.text).0;
    let place = somewhere(config, Kind::Experience);
    let found = check_card(&place, &card, config);
    let (faults, advice): (Vec<_>, Vec<_>) = found.iter().partition(|one| one.is_error());
    let said = |one: &&terreau_card::Problem| one.message(words.language);
    let telling = Telling {
        card: &card,
        snapshot: &snapshot,
        words,
    };
    let (band, details) = facts::both(Kind::Experience, &telling);
    let about = snapshot.head(&row.about);
    let alike = match row.state.is_open() {
        true => site.commons.reports_alike(&snapshot, &card, &place).await?,
        false => Vec::new(),
    };
    let alike = alike.iter().filter_map(|(path, alike)| {
        let title = snapshot.head(path)?.title.clone();
        Some((title, url::card(path), reasons(alike, words).join(" ")))
    });
    let action = url::moderated_try_out(row.id);
    let attached = site.commons.attachments(&reader.actor, row.id).await;
    let enclosed = attached.map_err(failed)?.into_iter().map(|attachment| {
        let href = url::attachment(&action, attachment.id);
        MediaView::attached(&attachment, href, words)
    });
    let shown = DecidePage {
        enclosed: enclosed.collect(),
        seen: row.changed_at.timestamp_micros().to_string(),
        layout: Layout::new(site, reader, words.say("try-out-decide-title")).within("moderation"),
        action,
        is_open: row.state.is_open(),
        state: say_state(words, row.state),
        name: credited(row),
        sent: Moment::of(row.created_at, reader.language),
        about: (
            url::card(&row.about),
            about.map_or_else(|| row.about.to_string(), |head| head.title.clone()),
        ),
        title: card.title().to_owned(),
        summary: card.summary().to_owned(),
        band,
        details,
        parts: parts::parts(Kind::Experience, &telling, &render(&card, &place, config)),
        faults: faults.iter().map(said).collect(),
        advice: advice.iter().map(said).collect(),
        alike: alike.collect(),
        words_typed: typed.to_owned(),
        problem,
        proposal: row.proposal.map(url::proposal),
    };
    page(status, &shown)
}

/// What somebody decides.
#[derive(Deserialize)]
pub struct Decision {
    /// `publier`, `demander`, `refuser` or `bloquer`.
    geste: String,
    /// What is said to its sender.
    #[serde(default)]
    mots: String,
    /// The moment of the last change that the page showed.
    #[serde(default)]
    vu: String,
}

/// Decides, and writes to its sender.
///
/// `POST /moderation/essais/{id}` → 303 to the card, the proposal or the list · 401 · 403 · 404 · 409 decided meanwhile · 422
pub async fn decide(
    reader: Reader,
    id: Path<uuid::Uuid>,
    form: Form<Decision>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    reader.signed_in()?;
    let id = TryOutId::new(*id);
    let row = site.commons.try_out(&reader.actor, id).await;
    let row = row.map_err(failed)?;
    match settle(&site, &reader, &mailer, &row, &form).await {
        Ok(next) => {
            site.waiting.forget();
            Ok(see_other(next))
        }
        Err(error) => {
            let now = site.commons.try_out(&reader.actor, id).await;
            let now = now.map_err(failed)?;
            let Some(problem) = said(&error, now.state.is_open(), reader.words()) else {
                return Err(failed(error));
            };
            // What changed meanwhile is shown as it is now.
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            decide_page(&site, &reader, &now, &form.mots, Some(problem), status).await
        }
    }
}

async fn settle(
    site: &Site,
    reader: &Reader,
    mailer: &Mailer,
    row: &TryOutRow,
    form: &Decision,
) -> Result<String, TryOutError> {
    let (actor, now) = (&reader.actor, Utc::now());
    let title = Card::read(&row.text).0.title().to_owned();
    let letter = |row: &TryOutRow, what: &str, said: &str, link: &str| {
        let Some(to) = row.email.clone() else {
            return;
        };
        let words = Words::of(row.language);
        match TryOutLetter::answer(words, to, what, &title, said, link) {
            Ok(letter) => drop(mailer.send(letter)),
            Err(error) => tracing::error!(%error, "a letter could not be written"),
        }
    };
    match form.geste.as_str() {
        "publier" => {
            let words = Words::of(row.language);
            let reason = words.tell("try-out-published-reason", "title", &title);
            let accepted = site
                .commons
                .accept_try_out(actor, row.id, seen(form), &reason, now)
                .await?;
            let next = url::proposal(accepted.number);
            let link = format!("{}{next}", site.base_url());
            let what = if accepted.is_published {
                "published"
            } else {
                "proposed"
            };
            letter(&accepted.row, what, "", &link);
            Ok(next)
        }
        "demander" => {
            let row = site
                .commons
                .ask_try_out(actor, row.id, &form.mots, now)
                .await?;
            letter(&row, "asked", form.mots.trim(), "");
            Ok(url::MODERATION.to_owned())
        }
        "bloquer" => {
            let row = site
                .commons
                .decline_try_out(actor, row.id, &form.mots, now)
                .await?;
            if let Some(email) = &row.email {
                let blocked = site.commons.block_address(actor, email, &form.mots, now);
                blocked.await.map_err(anyhow::Error::from)?;
            }
            letter(&row, "declined", form.mots.trim(), "");
            Ok(url::MODERATION.to_owned())
        }
        _ => {
            let row = site
                .commons
                .decline_try_out(actor, row.id, &form.mots, now)
                .await?;
            letter(&row, "declined", form.mots.trim(), "");
            Ok(url::MODERATION.to_owned())
        }
    }
}

fn seen(form: &Decision) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(form.vu.parse().ok()?)
}

/// Says what kept a decision from being made, when somebody can do something about it.
fn said(error: &TryOutError, is_open: bool, words: Words) -> Option<String> {
    match error {
        TryOutError::NeedsWords => Some(words.say("try-out-decide-needs-words")),
        TryOutError::Outdated if is_open => Some(words.say("attachment-decide-changed")),
        TryOutError::Unpublishable(PublishError::Invalid(problems)) => {
            Some(problems.first()?.message(words.language))
        }
        _ => None,
    }
}
