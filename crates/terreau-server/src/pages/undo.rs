//! Undoing one change: what it changed is taken back, and what was written since stays.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::Utc;
use terreau_card::{Card, Merged, merge, prose_diff};
use terreau_commons::{
    CardChange, CardEdit, CommitId, Head, ProposalError, PublishError, Suggestion,
};
use terreau_community::Act;

use crate::api::said as one_line;
use crate::dates::Moment;
use crate::layout::{page, see_other};
use crate::pages::compare::ChangeView;
use crate::pages::conflict;
use crate::pages::edit::{Doors, ReasonForm, Said, doors, publish_problem, sent_to_review};
use crate::pages::restore::version_asked;
use crate::{Answer, Failure, Layout, Reader, Site, url};

#[derive(Template)]
#[template(path = "archive/undo.html")]
struct UndoPage {
    layout: Layout,
    title: String,
    card_href: String,
    action: String,
    author: String,
    date: Moment,
    /// What would change; none when a choice must be made first.
    change: Option<ChangeView>,
    message: Said,
    doors: Doors,
    problem: Option<String>,
}

/// Shows what undoing a change would change, and asks why.
///
/// `GET /{path}/versions/{commit}/annuler` → 200 · 301 · 303 to sign in · 404 also for what made or moved the card
pub async fn show(
    request: HttpRequest,
    path: Path<(String, String)>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let (head, commit) = version_asked(&request, path, &reader, &snapshot, "annuler")?;
    let said = Said {
        text: reader.words().say("undo-message"),
        problem: None,
    };
    let shown = undo_page(&site, &reader, &head, &commit, said).await?;
    page(StatusCode::OK, &shown)
}

async fn undo_page(
    site: &Site,
    reader: &Reader,
    head: &Head,
    commit: &CommitId,
    message: Said,
) -> Result<UndoPage, Failure> {
    let snapshot = site.commons.snapshot();
    let words = reader.words();
    let before = site.commons.text_before(head, commit).await?;
    let undone = site.commons.old_version(&snapshot, head, commit).await?;
    let current = site.commons.read_card(&snapshot, head).await?;
    let becomes = match merge(undone.view.card.text(), current.card.text(), &before) {
        Merged::Clean(text) => Some(Card::read(&text).0),
        Merged::Conflicted(_) => None,
    };
    let has_no_effect = becomes
        .as_ref()
        .is_some_and(|becomes| becomes.text() == current.card.text());
    Ok(UndoPage {
        layout: Layout::new(site, reader, words.tell("undo-title", "title", &head.title))
            .within("history"),
        title: head.title.clone(),
        card_href: url::card(&head.path),
        action: format!("{}/annuler", url::version(&head.path, commit)),
        author: undone.version.author.clone(),
        date: Moment::with_time(undone.version.date, reader.language),
        change: becomes.map(|becomes| {
            ChangeView::of(
                &prose_diff(&current.card, &becomes),
                head.kind,
                snapshot.config(),
                words,
            )
        }),
        message,
        doors: doors(site, reader, &publishing(head)),
        problem: has_no_effect.then(|| words.say("undo-nothing")),
    })
}

fn publishing(head: &Head) -> Act<'_> {
    Act::Publish {
        path: head.path.as_str(),
    }
}

/// Undoes the change: at once for those who may publish, else as a proposal.
///
/// `POST /{path}/versions/{commit}/annuler` → 303 to the card or to the proposal · 404 · 409 page with the three texts · 422 form
pub async fn send(
    request: HttpRequest,
    path: Path<(String, String)>,
    reader: Reader,
    form: Form<ReasonForm>,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let (head, commit) = version_asked(&request, path, &reader, &snapshot, "annuler")?;
    let words = reader.words();
    let message = Said::of(form.into_inner().motif, words);
    let motif = message.text.clone();
    let mut problem = None;
    if let Some(said) = one_line(&motif) {
        let text = site.commons.text_before(&head, &commit).await?.to_string();
        let is_direct = site.commons.may(&reader.actor, &publishing(&head)).is_yes();
        let refused = if is_direct {
            let edit = CardEdit {
                path: head.path.clone(),
                text,
                base: Some(commit),
                message: said,
                request_key: None,
            };
            match site.commons.publish(&reader.actor, edit, Utc::now()).await {
                Ok(saved) if saved.unchanged => None,
                Ok(saved) => {
                    let card = url::card(&saved.path);
                    return Ok(see_other(url::with_query(&card, &[("fait", "annulee")])));
                }
                Err(PublishError::Conflict(met)) => {
                    return conflict::page(&site, &reader, &head.path, &met, &motif);
                }
                Err(error) => Some(error),
            }
        } else {
            let suggestion = Suggestion {
                changes: vec![CardChange::Write {
                    path: head.path.clone(),
                    text,
                    base: Some(commit),
                }],
                reason: said,
                request_key: None,
            };
            let proposed = site.commons.propose(&reader.actor, suggestion, Utc::now());
            match proposed.await {
                Ok(number) => return Ok(sent_to_review(&site, number, false)),
                Err(ProposalError::Unpublishable(PublishError::Conflict(met))) => {
                    return conflict::propose(&site, &reader, &head.path, &met, &motif);
                }
                Err(ProposalError::Nothing) => None,
                Err(ProposalError::Unpublishable(error)) => Some(error),
                Err(other) => return Err(other.into()),
            }
        };
        problem = match refused {
            None => Some(words.say("undo-nothing")),
            Some(error) => match publish_problem(&error, words) {
                Some(text) => Some(text),
                None => return Err(error.into()),
            },
        };
    }
    let mut shown = undo_page(&site, &reader, &head, &commit, message).await?;
    shown.problem = problem.or(shown.problem);
    page(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
