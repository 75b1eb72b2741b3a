//! Drafts: what somebody typed is kept in their account, by a button or by the form's script, and offered when they come back.

use actix_web::HttpResponse;
use actix_web::web::{Data, Form};
use chrono::Utc;
use serde::Deserialize;
use terreau_commons::{Draft, DraftOf, PeopleError};
use terreau_community::Act;

use super::{Desk, Inputs, Sent, blamed};
use crate::dates::Moment;
use crate::layout::see_other;
use crate::{Answer, Failure, Reader, Site, url};

/// Inputs that say nothing of the card.
const NOT_KEPT: [&str; 11] = [
    "accord", "base", "cle", "email", "fin", "geste", "id", "invite", "nom", "ouvert", "silence",
];

/// A draft that waits to be taken up again.
#[derive(Clone)]
pub struct Found {
    /// What it is of.
    pub key: String,
    /// When it was saved.
    pub saved: Moment,
    /// Where it is taken up again.
    pub href: String,
}

impl Found {
    /// Offers a draft.
    pub fn of(draft: &Draft, site: &Site, reader: &Reader) -> Found {
        Found {
            key: draft.of.to_string(),
            saved: Moment::with_time(draft.saved_at, reader.language),
            href: href(&draft.of, site).unwrap_or_else(|| "/compte#brouillons".to_owned()),
        }
    }
}

/// Returns where a draft is taken up again; nowhere when its card is gone.
pub fn href(of: &DraftOf, site: &Site) -> Option<String> {
    let taken = [("brouillon", "reprendre")];
    match of {
        DraftOf::Card(id) => {
            let snapshot = site.commons.snapshot();
            let head = snapshot.by_id(id)?;
            Some(url::with_query(&url::edit(&head.path), &taken))
        }
        DraftOf::New { kind, id } => Some(url::with_query(
            "/nouvelle-fiche",
            &[("genre", kind.as_str()), ("brouillon", &id.to_string())],
        )),
        DraftOf::Revision { number, path } => {
            Some(url::with_query(&url::revise(*number, path), &taken))
        }
    }
}

/// Tells whether drafts are kept for who writes: a person in a browser.
pub fn are_kept(site: &Site, reader: &Reader) -> bool {
    reader.account().is_some_and(|account| {
        let own = Act::SeeDraft { owner: account.id };
        site.commons.may(&reader.actor, &own).is_yes()
    })
}

/// Returns the draft of one thing, if there is one.
pub async fn find(site: &Site, reader: &Reader, of: &DraftOf) -> Result<Option<Draft>, Failure> {
    if !are_kept(site, reader) {
        return Ok(None);
    }
    Ok(site.commons.draft(&reader.actor, of).await?)
}

/// Returns what is on the table, as drafts call it.
pub fn subject(desk: &Desk) -> Option<DraftOf> {
    match (&desk.revised, &desk.head) {
        (Some(revised), _) => Some(DraftOf::Revision {
            number: revised.number,
            path: desk.path.clone(),
        }),
        (None, Some(head)) => Some(DraftOf::Card(head.id)),
        (None, None) => Some(DraftOf::New {
            kind: desk.work.kind,
            id: desk.work.card.id()?,
        }),
    }
}

/// Keeps what was typed.
pub async fn save(site: &Site, reader: &Reader, desk: &Desk, sent: &Sent) -> Answer {
    let Some(of) = subject(desk) else {
        return Err(Failure::missing());
    };
    let draft = Draft {
        typed: kept(&sent.typed),
        base: desk.base,
        saved_at: Utc::now(),
        of,
    };
    match site.commons.save_draft(&reader.actor, &draft).await {
        // The form's script asks for no page.
        Ok(()) if sent.typed.has("silence") => Ok(HttpResponse::NoContent().finish()),
        Ok(()) => {
            let back = href(&draft.of, site).unwrap_or_else(|| "/compte".to_owned());
            Ok(see_other(format!("{back}&fait=brouillon")))
        }
        Err(PeopleError::Full) => blamed(site, reader, desk, sent, "edit-draft-full"),
        Err(other) => Err(other.into()),
    }
}

/// Returns what a draft keeps of a form.
pub fn kept(typed: &Inputs) -> Vec<(String, String)> {
    typed
        .pairs()
        .filter(|(name, _)| !NOT_KEPT.contains(&name.as_str()))
        .flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone())))
        .collect()
}

/// Forgets the draft of what was just sent; what was sent stays sent, whatever becomes of the draft.
pub async fn forget(site: &Site, reader: &Reader, of: Option<DraftOf>) {
    let Some(of) = of.filter(|_| are_kept(site, reader)) else {
        return;
    };
    if let Err(error) = site.commons.drop_draft(&reader.actor, &of).await {
        tracing::warn!(
            error = format!("{error:#}"),
            "the draft of what was sent is still there"
        );
    }
}

/// What to forget.
#[derive(Debug, Deserialize)]
pub struct Dropped {
    /// What it is a draft of.
    #[serde(default)]
    cle: String,
    /// Where to go then.
    #[serde(default)]
    suite: String,
}

/// Forgets a draft.
///
/// `POST /compte/brouillons/abandonner` → 303 · 401 · 403 for a token · 404
pub async fn abandon(reader: Reader, form: Form<Dropped>, site: Data<Site>) -> Answer {
    reader.signed_in()?;
    let of: DraftOf = form.cle.parse().map_err(|()| Failure::missing())?;
    site.commons.drop_draft(&reader.actor, &of).await?;
    Ok(see_other(url::within_site(&form.suite)))
}
