//! Archiving: a card stays at its address, marked and no longer proposed; the same page takes it out of the archive.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::Utc;
use terreau_commons::{CardChange, Head};
use terreau_community::Act;

use crate::api::said as one_line;
use crate::layout::{page, see_other};
use crate::pages::card::find;
use crate::pages::edit::{Doors, ReasonForm, Said, doors, propose_change, publish_problem};
use crate::{Answer, Layout, Reader, Site, url};

#[derive(Template)]
#[template(path = "archive/page.html")]
struct ArchivePage {
    layout: Layout,
    title: String,
    card_href: String,
    action: String,
    is_archived: bool,
    message: Said,
    doors: Doors,
    problem: Option<String>,
}

/// Shows the form.
///
/// `GET /{path}/archiver` → 200 · 301 · 303 to sign in · 404
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/archiver", request.uri().query())?;
    reader.signed_in()?;
    page(
        StatusCode::OK,
        &archive_page(&site, &reader, &head, Said::default()),
    )
}

fn archive_page(site: &Site, reader: &Reader, head: &Head, message: Said) -> ArchivePage {
    let key = if head.is_archived() {
        "archive-title-back"
    } else {
        "archive-title"
    };
    ArchivePage {
        layout: Layout::new(site, reader, reader.words().tell(key, "title", &head.title))
            .within("edit"),
        title: head.title.clone(),
        card_href: url::card(&head.path),
        action: format!("/{}/archiver", head.path),
        is_archived: head.is_archived(),
        message,
        doors: doors(
            site,
            reader,
            &Act::Archive {
                path: head.path.as_str(),
            },
        ),
        problem: None,
    }
}

/// Archives the card, or takes it out of the archive.
///
/// `POST /{path}/archiver` → 303 to the card · 403 · 422 form with its problems
pub async fn send(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    form: Form<ReasonForm>,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/archiver", request.uri().query())?;
    reader.signed_in()?;
    let words = reader.words();
    let message = Said::of(form.into_inner().motif, words);
    let mut shown = archive_page(&site, &reader, &head, message);
    if let Some(said) = one_line(&shown.message.text) {
        let archived = !head.is_archived();
        if !shown.doors.publish {
            let change = CardChange::Archive {
                path: head.path.clone(),
                archived,
            };
            match propose_change(&site, &reader, change, said).await? {
                Ok(answer) => return Ok(answer),
                Err(problem) => shown.problem = Some(problem),
            }
            return page(StatusCode::UNPROCESSABLE_ENTITY, &shown);
        }
        match site
            .commons
            .archive(&reader.actor, &head.path, archived, said, Utc::now())
            .await
        {
            Ok(saved) => {
                let done = if archived { "archivee" } else { "desarchivee" };
                return Ok(see_other(url::with_query(
                    &url::card(&saved.path),
                    &[("fait", done)],
                )));
            }
            Err(error) => match publish_problem(&error, words) {
                Some(problem) => shown.problem = Some(problem),
                None => return Err(error.into()),
            },
        }
    }
    page(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
