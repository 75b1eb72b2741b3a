//! What moderators decide. Each form says what to do with one thing, and why when somebody will read it.

use actix_web::web::{Data, Form, Path};
use chrono::Utc;
use serde::Deserialize;
use terreau_commons::{CommentRow, ProposalError, TalkError};
use terreau_community::{CommentState, EmailAddress};

use super::{MODERATION, again};
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::pages::comments::{say_refusal, status_of};
use crate::{Answer, Failure, Reader, Site, url};

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    geste: String,
    mots: String,
    adresse: String,
}

/// Decides about a comment.
///
/// `POST /moderation/commentaires/{id}` → 303 · 403 · 404, 409 and 422 with the page · sign-in when nobody is
pub async fn comment(
    id: Path<i64>,
    reader: Reader,
    form: Form<DecideForm>,
    site: Data<Site>,
) -> Answer {
    reader.signed_in()?;
    let (commons, actor, now) = (&site.commons, &reader.actor, Utc::now());
    let (id, words) = (*id, form.mots.as_str());
    let done: Result<(Option<CommentRow>, &str), TalkError> = match form.geste.as_str() {
        "montrer" => commons
            .show_comment(actor, id, now)
            .await
            .map(|row| (Some(row), "montre")),
        "demander" => commons
            .ask_about_comment(actor, id, words, now)
            .await
            .map(|row| (Some(row), "demande")),
        "refuser" => commons
            .decline_comment(actor, id, words, now)
            .await
            .map(|row| (Some(row), "refuse")),
        "garder" => commons
            .keep_comment(actor, id, now)
            .await
            .map(|()| (None, "garde")),
        "bloquer" => block(&site, &reader, id, words).await,
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    if let Ok((Some(row), _)) = &done {
        let snapshot = site.commons.snapshot();
        if let Some(head) = snapshot.by_id(&row.card) {
            site.pages.forget(&url::card(&head.path));
        }
    }
    answer(&site, &reader, done.map(|(_, word)| word), words).await
}

/// Takes a comment away and blocks the account of its author.
async fn block<'a>(
    site: &Site,
    reader: &Reader,
    id: i64,
    words: &str,
) -> Result<(Option<CommentRow>, &'a str), TalkError> {
    let (commons, actor, now) = (&site.commons, &reader.actor, Utc::now());
    let row = commons.moderated_comment(actor, id).await?;
    commons
        .block_account(actor, row.author.id, words, now)
        .await?;
    // Those that wait went with the account.
    if row.state == CommentState::Shown {
        commons.decline_comment(actor, id, words, now).await?;
    }
    Ok((Some(row), "bloque"))
}

/// Decides whether a proposal may be seen.
///
/// `POST /moderation/propositions/{number}` → 303 · 403 · 404 · 422 with the page · sign-in when nobody is
pub async fn proposal(
    number: Path<u64>,
    reader: Reader,
    form: Form<DecideForm>,
    site: Data<Site>,
) -> Answer {
    reader.signed_in()?;
    let (commons, actor, now) = (&site.commons, &reader.actor, Utc::now());
    match form.geste.as_str() {
        "montrer" => {
            commons.show_proposal(actor, *number, now).await?;
            site.waiting.forget();
            let to = url::with_query(&url::proposal(*number), &[("fait", "montree")]);
            Ok(see_other(to))
        }
        "bloquer" => {
            let found = match commons.proposal(actor, *number).await {
                Err(ProposalError::Unexpected(cause)) => return Err(Failure::unexpected(cause)),
                found => found?,
            };
            let author = found.row.author;
            let done = commons.block_account(actor, author, &form.mots, now).await;
            answer(&site, &reader, done.map(|()| "bloque"), &form.mots).await
        }
        _ => Err(Failure::of(FailureKind::Malformed)),
    }
}

/// Settles what somebody told those who look after a card.
///
/// `POST /moderation/remarques/{id}` → 303 · 403 · 404 · sign-in when nobody is
pub async fn remark(
    id: Path<i64>,
    reader: Reader,
    form: Form<DecideForm>,
    site: Data<Site>,
) -> Answer {
    reader.signed_in()?;
    if form.geste != "regler" {
        return Err(Failure::of(FailureKind::Malformed));
    }
    let done = site
        .commons
        .settle_private_remark(&reader.actor, *id, Utc::now())
        .await;
    answer(&site, &reader, done.map(|()| "regle"), "").await
}

/// Blocks an address, or takes from it again.
///
/// `POST /moderation/adresses` → 303 · 403 · 422 with the page and what was typed · sign-in when nobody is
pub async fn address(reader: Reader, form: Form<DecideForm>, site: Data<Site>) -> Answer {
    reader.signed_in()?;
    let (commons, actor, now) = (&site.commons, &reader.actor, Utc::now());
    let Ok(email) = EmailAddress::parse(&form.adresse) else {
        let problem = reader.words().say("sign-in-ask-not-an-address");
        let status = actix_web::http::StatusCode::UNPROCESSABLE_ENTITY;
        return again(&site, &reader, status, problem, &form.mots).await;
    };
    let done = match form.geste.as_str() {
        "bloquer" => commons
            .block_address(actor, &email, &form.mots, now)
            .await
            .map(|()| "bloque"),
        "debloquer" => commons
            .unblock_address(actor, &email, now)
            .await
            .map(|()| "debloque"),
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    answer(&site, &reader, done, &form.mots).await
}

/// Goes back to the page, or shows it again with why nothing was done.
async fn answer(
    site: &Site,
    reader: &Reader,
    done: Result<&str, TalkError>,
    typed: &str,
) -> Answer {
    match done {
        Ok(word) => {
            site.waiting.forget();
            Ok(see_other(url::with_query(MODERATION, &[("fait", word)])))
        }
        Err(error @ (TalkError::Unexpected(_) | TalkError::SignIn | TalkError::NotAllowed(_))) => {
            Err(error.into())
        }
        Err(error) => {
            let problem = say_refusal(&error, reader.words());
            again(site, reader, status_of(&error), problem, typed).await
        }
    }
}
