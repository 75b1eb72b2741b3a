//! What people do under a card. What is refused comes back as it was typed, with its reason.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use chrono::Utc;
use serde::Deserialize;
use terreau_commons::{CommentWords, Head, PrivateWords, TalkError};
use terreau_community::{CommentState, EmailAddress};

use super::address;
use super::said::private_line;
use super::show::{again, say_refusal, status_of};
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::pages::card::find;
use crate::pages::edit::robotic;
use crate::visitor::visitor;
use crate::{Answer, Failure, Reader, Site, Words, url};

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TalkForm {
    mots: String,
    fil: String,
    geste: String,
    averti: String,
    ouvert: String,
    nom: String,
    email: String,
    relais: String,
}

/// What somebody wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// To comment, or to answer.
    Comment,
    /// To write a comment anew.
    Rewrite,
    /// To speak against a comment.
    Report,
    /// To tell the stewards something.
    Private,
}

/// Why it was not done.
#[derive(Debug)]
pub enum Why {
    /// The commons refused.
    Refused(TalkError),
    /// Something looks private: it is said once.
    Private(String),
    /// It looks like a robot's doing.
    Robotic(&'static str),
    /// The address is none.
    NotAnAddress,
}

/// What somebody sent that was not done: it is shown again.
pub struct Tried {
    /// What they wanted.
    pub what: What,
    /// About which comment; 0 for none.
    pub id: i64,
    /// In their words.
    pub words: String,
    /// How they call themselves.
    pub name: String,
    /// Where they can be answered, as typed.
    pub email: String,
    /// When they first saw the form.
    pub opened: Option<i64>,
    /// Why it was not done.
    pub why: Why,
}

impl Tried {
    fn of(what: What, id: i64, form: TalkForm, why: Why) -> Tried {
        Tried {
            what,
            id,
            words: form.mots.replace("\r\n", "\n"),
            name: form.nom,
            email: form.email,
            opened: form.ouvert.parse().ok(),
            why,
        }
    }

    /// Returns the status of the page that says so.
    pub fn status(&self) -> StatusCode {
        match &self.why {
            Why::Refused(error) => status_of(error),
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Tells whether what looks private was said: the next time it is taken.
    pub fn is_warned(&self) -> bool {
        matches!(self.why, Why::Private(_))
    }

    /// Says what is wrong.
    pub fn problems(&self, words: Words) -> Vec<String> {
        vec![match &self.why {
            Why::Refused(error) => say_refusal(error, words),
            Why::Private(found) => words.tell("comments-private", "found", found),
            Why::Robotic(key) => words.say(key),
            Why::NotAnAddress => words.say("sign-in-ask-not-an-address"),
        }]
    }
}

fn head_of(site: &Site, path: &str) -> Result<Arc<Head>, Failure> {
    find(&site.commons.snapshot(), path, "/commentaires", None)
}

/// Says what looks private in what was typed, unless it was said already.
fn warned(form: &TalkForm, words: Words) -> Option<Why> {
    if form.averti == "oui" {
        return None;
    }
    private_line(&form.mots, words).map(Why::Private)
}

/// Comments on a card, or answers a comment.
///
/// `POST /{path}/commentaires` → 303 to the comment · 401, 403, 404, 409, 422 and 429 with the page and what was typed
pub async fn send(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    form: Form<TalkForm>,
    site: Data<Site>,
) -> Answer {
    let (head, form) = (head_of(&site, &path)?, form.into_inner());
    let thread: Option<i64> = match form.fil.as_str() {
        "" => None,
        id => Some(
            id.parse()
                .map_err(|_| Failure::of(FailureKind::Malformed))?,
        ),
    };
    let refused = |form, why| Tried::of(What::Comment, thread.unwrap_or(0), form, why);
    if reader.is_anonymous() {
        let why = Why::Refused(TalkError::SignIn);
        return again(&site, &reader, &head, refused(form, why)).await;
    }
    if let Some(why) = warned(&form, reader.words()) {
        return again(&site, &reader, &head, refused(form, why)).await;
    }
    let words = CommentWords {
        card: head.id,
        thread,
        body: form.mots.clone(),
    };
    let sent = site
        .commons
        .comment(&reader.actor, words, visitor(&request), Utc::now());
    match sent.await {
        Ok((id, state)) => {
            changed(&site, &head);
            let word = match state {
                CommentState::Waiting => "attend",
                _ => "publie",
            };
            Ok(to_comment(&head, word, id))
        }
        Err(error) => refuse(&site, &reader, &head, error, |why| refused(form, why)).await,
    }
}

/// Writes a comment that waits anew.
///
/// `POST /{path}/commentaires/{id}/reprendre` → 303 to the comment · 401, 403, 404 and 422 with the page and what was typed
pub async fn rewrite(
    path: Path<(String, i64)>,
    reader: Reader,
    form: Form<TalkForm>,
    site: Data<Site>,
) -> Answer {
    let ((path, id), form) = (path.into_inner(), form.into_inner());
    let head = head_of(&site, &path)?;
    let refused = |form, why| Tried::of(What::Rewrite, id, form, why);
    if let Some(why) = warned(&form, reader.words()).filter(|_| !reader.is_anonymous()) {
        return again(&site, &reader, &head, refused(form, why)).await;
    }
    match site
        .commons
        .rewrite_comment(&reader.actor, id, &form.mots)
        .await
    {
        Ok(_) => {
            changed(&site, &head);
            Ok(to_comment(&head, "attend", id))
        }
        Err(error) => refuse(&site, &reader, &head, error, |why| refused(form, why)).await,
    }
}

/// Takes a comment back.
///
/// `POST /{path}/commentaires/{id}/supprimer` → 303 to the comments · 401 · 403 · 404
pub async fn delete(path: Path<(String, i64)>, reader: Reader, site: Data<Site>) -> Answer {
    let (path, id) = path.into_inner();
    let head = head_of(&site, &path)?;
    site.commons.delete_comment(&reader.actor, id).await?;
    changed(&site, &head);
    Ok(told(&head, "supprime"))
}

/// Says that a comment should not be here.
///
/// `POST /{path}/commentaires/{id}/signaler` → 303 to the comments · 404, 409, 422 and 429 with the page and what was typed
pub async fn report(
    request: HttpRequest,
    path: Path<(String, i64)>,
    reader: Reader,
    form: Form<TalkForm>,
    site: Data<Site>,
) -> Answer {
    let ((path, id), form) = (path.into_inner(), form.into_inner());
    let head = head_of(&site, &path)?;
    let refused = |form, why| Tried::of(What::Report, id, form, why);
    if reader.is_anonymous() && !form.relais.is_empty() {
        let why = Why::Robotic("edit-guest-trapped");
        return again(&site, &reader, &head, refused(form, why)).await;
    }
    let reported =
        site.commons
            .report_comment(&reader.actor, id, &form.mots, visitor(&request), Utc::now());
    match reported.await {
        Ok(_) => {
            site.waiting.forget();
            Ok(told(&head, "signale"))
        }
        Err(error) => refuse(&site, &reader, &head, error, |why| refused(form, why)).await,
    }
}

/// Closes a thread to answers, or opens it again.
///
/// `POST /{path}/commentaires/{id}/fermer` → 303 to the thread · 401 · 403 · 404
pub async fn close(
    path: Path<(String, i64)>,
    reader: Reader,
    form: Form<TalkForm>,
    site: Data<Site>,
) -> Answer {
    let (path, id) = path.into_inner();
    let head = head_of(&site, &path)?;
    let (closed, word) = match form.geste.as_str() {
        "fermer" => (true, "ferme"),
        "rouvrir" => (false, "rouvert"),
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    site.commons
        .close_comments(&reader.actor, id, closed, Utc::now())
        .await?;
    Ok(to_comment(&head, word, id))
}

/// Tells those who look after a card something that only they read.
///
/// `POST /{path}/commentaires/intendance` → 303 to the comments · 403, 422 and 429 with the page and what was typed · 404
pub async fn tell_stewards(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    form: Form<TalkForm>,
    site: Data<Site>,
) -> Answer {
    let (head, form) = (head_of(&site, &path)?, form.into_inner());
    let refused = |form, why| Tried::of(What::Private, 0, form, why);
    let email = EmailAddress::parse(&form.email).ok();
    if reader.is_anonymous() {
        if let Some(key) = robotic(&form.relais, &form.ouvert) {
            let why = Why::Robotic(key);
            return again(&site, &reader, &head, refused(form, why)).await;
        }
        if email.is_none() {
            return again(&site, &reader, &head, refused(form, Why::NotAnAddress)).await;
        }
    }
    if let Some(why) = warned(&form, reader.words()) {
        return again(&site, &reader, &head, refused(form, why)).await;
    }
    let words = PrivateWords {
        card: head.id,
        name: form.nom.trim().chars().take(80).collect(),
        email,
        body: form.mots.clone(),
    };
    let sent = site
        .commons
        .tell_stewards(&reader.actor, words, visitor(&request), Utc::now());
    match sent.await {
        Ok(()) => {
            site.waiting.forget();
            Ok(told(&head, "prive"))
        }
        Err(error) => refuse(&site, &reader, &head, error, |why| refused(form, why)).await,
    }
}

/// Says that a card was useful, or takes it back.
///
/// `POST /{path}/utile` → 303 to the card · 403 · 404
pub async fn useful(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    form: Form<TalkForm>,
    site: Data<Site>,
) -> Answer {
    let head = find(&site.commons.snapshot(), &path, "/utile", None)?;
    let (useful, word) = match form.geste.as_str() {
        "oui" => (true, url::USEFUL),
        "non" => (false, "inutile"),
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    let (now, from) = (Utc::now(), visitor(&request));
    let marked = site
        .commons
        .mark_useful(&reader.actor, head.id, useful, from, now);
    if marked.await? {
        site.pages.forget(&url::card(&head.path));
    }
    let to = url::with_query(&url::card(&head.path), &[("fait", word)]);
    Ok(see_other(format!("{to}#utile")))
}

/// Makes the pages that count comments anew.
fn changed(site: &Site, head: &Head) {
    site.waiting.forget();
    site.pages.forget(&url::card(&head.path));
}

fn told(head: &Head, word: &str) -> actix_web::HttpResponse {
    see_other(url::with_query(&address(&head.path), &[("fait", word)]))
}

fn to_comment(head: &Head, word: &str, id: i64) -> actix_web::HttpResponse {
    let to = url::with_query(&address(&head.path), &[("fait", word)]);
    see_other(format!("{to}#commentaire-{id}"))
}

/// Shows the page again, unless there is nothing to show or to mend.
async fn refuse(
    site: &Site,
    reader: &Reader,
    head: &Head,
    error: TalkError,
    tried: impl FnOnce(Why) -> Tried,
) -> Answer {
    match error {
        TalkError::Unexpected(source) => Err(Failure::unexpected(source)),
        error => again(site, reader, head, tried(Why::Refused(error))).await,
    }
}
