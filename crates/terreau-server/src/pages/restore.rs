//! Coming back to an old version: it is published again, as a new one, and nothing is erased.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::Utc;
use terreau_card::prose_diff;
use terreau_commons::{CardChange, CommitId, Head, OldVersion, Snapshot};
use terreau_community::Act;

use crate::api::said as one_line;
use crate::dates::Moment;
use crate::layout::{page, see_other};
use crate::pages::card::find;
use crate::pages::compare::ChangeView;
use crate::pages::edit::{Doors, ReasonForm, Said, doors, propose_change, publish_problem};
use crate::{Answer, Failure, Layout, Reader, Site, url};

/// Returns the card and the version that somebody who is signed in asks for.
pub fn version_asked(
    request: &HttpRequest,
    path: Path<(String, String)>,
    reader: &Reader,
    snapshot: &Snapshot,
    act: &str,
) -> Result<(Arc<Head>, CommitId), Failure> {
    let (path, commit) = path.into_inner();
    let action = format!("/versions/{commit}/{act}");
    let head = find(snapshot, &path, &action, request.uri().query())?;
    reader.signed_in()?;
    let commit = CommitId::parse(&commit).map_err(|_| Failure::missing())?;
    Ok((head, commit))
}

#[derive(Template)]
#[template(path = "archive/restore.html")]
struct RestorePage {
    layout: Layout,
    title: String,
    card_href: String,
    action: String,
    author: String,
    date: Moment,
    change: ChangeView,
    message: Said,
    doors: Doors,
    problem: Option<String>,
}

/// Shows what coming back would change, and asks why.
///
/// `GET /{path}/versions/{commit}/restaurer` → 200 · 301 · 303 to sign in · 404
pub async fn show(
    request: HttpRequest,
    path: Path<(String, String)>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let (head, commit) = version_asked(&request, path, &reader, &snapshot, "restaurer")?;
    let said = Said {
        text: reader.words().say("restore-message"),
        problem: None,
    };
    page(
        StatusCode::OK,
        &restore_page(&site, &reader, &head, &commit, said).await?,
    )
}

async fn restore_page(
    site: &Site,
    reader: &Reader,
    head: &Head,
    commit: &CommitId,
    message: Said,
) -> Result<RestorePage, Failure> {
    let snapshot = site.commons.snapshot();
    let old: OldVersion = site.commons.old_version(&snapshot, head, commit).await?;
    let current = site.commons.read_card(&snapshot, head).await?;
    let words = reader.words();
    // The addresses that the card had since then go on redirecting.
    let becomes = old
        .view
        .card
        .with("aliases", current.card.value("aliases").cloned());
    Ok(RestorePage {
        layout: Layout::new(
            site,
            reader,
            words.tell("restore-title", "title", &head.title),
        )
        .within("history"),
        title: head.title.clone(),
        card_href: url::card(&head.path),
        action: format!("{}/restaurer", url::version(&head.path, commit)),
        author: old.version.author.clone(),
        date: Moment::with_time(old.version.date, reader.language),
        change: ChangeView::of(
            &prose_diff(&current.card, &becomes),
            head.kind,
            snapshot.config(),
            words,
        ),
        message,
        doors: doors(
            site,
            reader,
            &Act::Restore {
                path: head.path.as_str(),
            },
        ),
        problem: None,
    })
}

/// Publishes the old version again.
///
/// `POST /{path}/versions/{commit}/restaurer` → 303 to the card · 403 · 404 · 422 form with its problems
pub async fn send(
    request: HttpRequest,
    path: Path<(String, String)>,
    reader: Reader,
    form: Form<ReasonForm>,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let (head, commit) = version_asked(&request, path, &reader, &snapshot, "restaurer")?;
    let words = reader.words();
    let message = Said::of(form.into_inner().motif, words);
    let mut problem = None;
    let restore = Act::Restore {
        path: head.path.as_str(),
    };
    let said = one_line(&message.text);
    if let Some(said) = said.clone()
        && !site.commons.may(&reader.actor, &restore).is_yes()
    {
        let change = CardChange::Restore {
            path: head.path.clone(),
            commit,
        };
        match propose_change(&site, &reader, change, said).await? {
            Ok(answer) => return Ok(answer),
            Err(text) => problem = Some(text),
        }
    } else if let Some(said) = said {
        match site
            .commons
            .restore(&reader.actor, &head.path, &commit, said, Utc::now())
            .await
        {
            Ok(saved) => {
                let done = if saved.unchanged {
                    "inchangee"
                } else {
                    "restauree"
                };
                return Ok(see_other(url::with_query(
                    &url::card(&saved.path),
                    &[("fait", done)],
                )));
            }
            Err(error) => match publish_problem(&error, words) {
                Some(text) => problem = Some(text),
                None => return Err(error.into()),
            },
        }
    }
    let mut shown = restore_page(&site, &reader, &head, &commit, message).await?;
    shown.problem = problem;
    page(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
