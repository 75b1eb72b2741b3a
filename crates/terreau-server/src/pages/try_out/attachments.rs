//! The last step of the full report: photos and documents, one file at a time, each with what its sender says of it.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::Utc;
use futures_util::TryStreamExt;
use serde::Deserialize;
use terreau_card::licence;
use terreau_commons::{
    AttachError, Attachment, AttachmentId, AttachmentWords, LONGEST_ALT, LONGEST_CREDIT,
    LONGEST_SIDE, MAX_ATTACHMENTS, MAX_FILE_BYTES, Refusal, TryOutError, TryOutId, TryOutRow,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::decide::credited;
use super::own::{private_layout, unreferred};
use super::steps::ways;
use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::pages::edit::{Choice, END, Inputs};
use crate::pages::media::{MediaView, private};
use crate::visitor::visitor;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// The input that holds the file.
const FILE: &str = "fichier";
/// How long any other input is at most, in bytes.
const MAX_INPUT_BYTES: usize = 4 << 10;
/// More inputs than the form has.
const MOST_INPUTS: usize = 16;
/// How much is read at most of what is too large, so that its sender still gets an answer.
const MAX_READ_BYTES: usize = 64 << 20;
/// How long a file may take to arrive.
const LONGEST_WAIT: Duration = Duration::from_secs(240);
/// How many files arrive at once: each is held in memory until it is looked at.
static ARRIVING: Semaphore = Semaphore::const_new(6);

#[derive(Template)]
#[template(path = "try_out/attachments.html")]
struct AttachmentsPage {
    layout: Layout,
    action: String,
    /// Back to the try-out.
    back: String,
    /// Addresses and titles of all steps, and whether each is shown.
    steps: Vec<(String, String, bool)>,
    attached: Vec<AttachedView>,
    /// Whether one more can be attached.
    has_room: bool,
    /// What can be attached, and how much of it.
    file_hint: String,
    most: u64,
    longest_alt: usize,
    longest_credit: usize,
    /// How long the longer side of a photo is kept, in pixels.
    longest_side: u32,
    typed: Inputs,
    wrong: Wrong,
    licences: Vec<Choice>,
}

/// What is wrong: at an input, or at all of them (`""`).
type Wrong = BTreeMap<&'static str, String>;

/// One attachment, with the form that corrects it.
struct AttachedView {
    number: usize,
    action: String,
    enclosed: Vec<MediaView>,
    alt: String,
    credit: String,
    licences: Vec<Choice>,
    problem: Option<String>,
}

/// What the sender just did.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    /// `jointe`, `corrigee` or `retiree`.
    #[serde(default)]
    fait: String,
}

/// Shows what is attached to a try-out, and the form to attach more.
///
/// `GET /essais/{token}/completer/photos` → 200 · 409 once it was decided · 410
pub async fn show(
    reader: Reader,
    token: Path<String>,
    told: Query<Told>,
    site: Data<Site>,
) -> Answer {
    let row = open_row(&site, &token).await?;
    let shown = Shown::new(started(&site, &row));
    let notice = ["jointe", "corrigee", "retiree"]
        .iter()
        .find(|word| **word == told.fait)
        .map(|word| reader.words().say(&format!("attachment-done-{word}")));
    show_page(&site, &reader, &token, shown, notice).await
}

async fn open_row(site: &Site, token: &str) -> Result<TryOutRow, TryOutError> {
    let row = site.commons.own_try_out(token).await?;
    match row.state.is_open() {
        true => Ok(row),
        false => Err(TryOutError::Outdated),
    }
}

/// Returns what the form begins with: the name that the try-out gives, the licence of the commons.
fn started(site: &Site, row: &TryOutRow) -> Inputs {
    let mut typed = Inputs::default();
    typed.add("credit", &credited(row));
    typed.add("licence", &site.commons.snapshot().config().default_licence);
    typed
}

/// What the page shows beside what is attached.
struct Shown {
    typed: Inputs,
    wrong: Wrong,
    /// What was just typed of one attachment, and what is wrong with it.
    corrected: Option<(AttachmentId, Inputs, String)>,
}

impl Shown {
    fn new(typed: Inputs) -> Shown {
        Shown {
            typed,
            wrong: Wrong::new(),
            corrected: None,
        }
    }
}

async fn show_page(
    site: &Site,
    reader: &Reader,
    token: &str,
    shown: Shown,
    notice: Option<String>,
) -> Answer {
    let words = reader.words();
    let is_wrong = !shown.wrong.is_empty() || shown.corrected.is_some();
    let attached = site.commons.own_attachments(token).await?;
    let has_room = (attached.len() as u64) < MAX_ATTACHMENTS;
    let attached = attached
        .iter()
        .enumerate()
        .map(|(place, one)| attached_view(place + 1, one, token, shown.corrected.as_ref(), words));
    let mut view = AttachmentsPage {
        layout: private_layout(site, reader, words.say("media-title"))
            .with_script(site, "photo.js"),
        action: url::attachments(token),
        back: url::own_try_out("", token),
        steps: ways(token, "", words),
        attached: attached.collect(),
        has_room,
        file_hint: words.tell_two(
            "attachment-file-hint",
            "size",
            MAX_FILE_BYTES >> 20,
            "most",
            MAX_ATTACHMENTS,
        ),
        most: MAX_ATTACHMENTS,
        longest_alt: LONGEST_ALT,
        longest_credit: LONGEST_CREDIT,
        longest_side: LONGEST_SIDE,
        licences: licences(shown.typed.one("licence")),
        typed: shown.typed,
        wrong: shown.wrong,
    };
    view.layout.notice = notice;
    let status = match is_wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    Ok(unreferred(page(status, &view)?))
}

fn attached_view(
    number: usize,
    one: &Attachment,
    token: &str,
    corrected: Option<&(AttachmentId, Inputs, String)>,
    words: Words,
) -> AttachedView {
    let href = url::attachment(&url::own_try_out("", token), one.id);
    let said = &one.words;
    let corrected = corrected.filter(|(id, ..)| *id == one.id);
    let (alt, credit, spdx) = match corrected {
        Some((_, typed, _)) => (typed.one("alt"), typed.one("credit"), typed.one("licence")),
        None => (&*said.alt, &*said.credit, &*said.licence),
    };
    AttachedView {
        number,
        action: format!("{}/{}", url::attachments(token), one.id),
        enclosed: vec![MediaView::attached(one, href, words)],
        alt: alt.to_owned(),
        credit: credit.to_owned(),
        licences: licences(spdx),
        problem: corrected.map(|(.., problem)| problem.clone()),
    }
}

/// Returns the licences that may join the commons.
fn licences(chosen: &str) -> Vec<Choice> {
    let known = licence::all().iter().filter(|licence| licence.joins_by_sa);
    known
        .map(|licence| Choice {
            code: licence.spdx.to_owned(),
            label: licence.name.to_owned(),
            is_chosen: licence.spdx == chosen,
        })
        .collect()
}

/// Returns what is attached, for the page of the sender.
///
/// # Errors
/// `Missing` when the link opens nothing.
pub async fn own_views(
    site: &Site,
    token: &str,
    words: Words,
) -> Result<Vec<MediaView>, TryOutError> {
    let here = url::own_try_out("", token);
    let attached = site.commons.own_attachments(token).await?;
    let view = |one: &Attachment| MediaView::attached(one, url::attachment(&here, one.id), words);
    Ok(attached.iter().map(view).collect())
}

/// Attaches a file.
///
/// `POST /essais/{token}/completer/photos` → 303 to the step · 409 once it was decided · 410 · 413 · 422 the step · 503
pub async fn attach(
    request: HttpRequest,
    reader: Reader,
    token: Path<String>,
    site: Data<Site>,
    sent: Multipart,
) -> Answer {
    // The body of somebody whose link opens nothing is not read.
    open_row(&site, &token).await?;
    let Ok(_place) = ARRIVING.try_acquire() else {
        return Err(Failure::of(FailureKind::Unavailable).retry_after(30));
    };
    let received = tokio::time::timeout(LONGEST_WAIT, receive(sent)).await;
    let received = received.map_err(|_| Failure::of(FailureKind::Malformed))??;
    if !received.typed.has(END) {
        return Err(Failure::of(FailureKind::Malformed));
    }
    let words = reader.words();
    let mut shown = Shown::new(received.typed);
    shown.wrong = wrong(&shown.typed, words);
    if shown.typed.one("accord") != "oui" {
        let why = words.say("attachment-needs-consent");
        shown.wrong.insert("accord", why);
    }
    if received.is_too_large {
        let why = words.say(key_of(Refusal::TooLarge));
        shown.wrong.insert(FILE, why);
    } else if received.file.is_empty() {
        shown.wrong.insert(FILE, words.say("attachment-needs-file"));
    }
    if !shown.wrong.is_empty() {
        return show_page(&site, &reader, &token, shown, None).await;
    }
    let said = said(&shown.typed);
    let kept = site
        .commons
        .attach(&token, received.file, said, visitor(&request), Utc::now())
        .await;
    let (name, key) = match kept {
        Ok(()) => return Ok(done(&token, "jointe")),
        Err(AttachError::TryOut(error)) => return Err(error.into()),
        Err(AttachError::Refused(refusal)) => (FILE, key_of(refusal)),
        Err(AttachError::Already) => (FILE, "attachment-already"),
        Err(AttachError::Full) => ("", "attachment-full"),
        Err(AttachError::TooMany) => ("", "attachment-too-many"),
        Err(AttachError::Words) => ("", "attachment-words"),
    };
    shown.wrong.insert(name, words.say(key));
    show_page(&site, &reader, &token, shown, None).await
}

fn done(token: &str, word: &str) -> HttpResponse {
    see_other(url::with_query(&url::attachments(token), &[("fait", word)]))
}

fn said(typed: &Inputs) -> AttachmentWords {
    AttachmentWords {
        alt: typed.one("alt").trim().to_owned(),
        credit: typed.one("credit").trim().to_owned(),
        licence: typed.one("licence").to_owned(),
    }
}

/// Returns what is wrong with what is said of an attachment.
fn wrong(typed: &Inputs, words: Words) -> Wrong {
    let mut wrong = Wrong::new();
    let said = said(typed);
    let mut tell = |name, key| wrong.insert(name, words.say(key));
    if said.alt.is_empty() {
        tell("alt", "attachment-needs-alt");
    } else if said.alt.chars().count() > LONGEST_ALT {
        tell("alt", "attachment-long");
    }
    if said.credit.chars().count() > LONGEST_CREDIT {
        tell("credit", "attachment-long");
    }
    if !licence::find(&said.licence).is_some_and(|licence| licence.joins_by_sa) {
        tell("licence", "attachment-needs-licence");
    }
    wrong
}

/// Says why a file is not kept.
fn key_of(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => "attachment-needs-file",
        Refusal::TooLarge => "attachment-too-large",
        Refusal::TooManyPixels => "attachment-too-many-pixels",
        Refusal::Unknown => "attachment-unknown",
        Refusal::Damaged => "attachment-damaged",
        Refusal::Protected => "attachment-protected",
        Refusal::Active => "attachment-active",
    }
}

/// What arrived.
#[derive(Default)]
struct Received {
    typed: Inputs,
    file: Vec<u8>,
    is_too_large: bool,
}

/// Reads what a form with a file holds, never more of it in memory than is kept.
async fn receive(mut sent: Multipart) -> Result<Received, Failure> {
    let malformed = |_| Failure::of(FailureKind::Malformed);
    let mut received = Received::default();
    let mut left = MAX_READ_BYTES;
    for _ in 0..MOST_INPUTS {
        let Some(mut field) = sent.try_next().await.map_err(malformed)? else {
            return Ok(received);
        };
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = name == FILE;
        let most = if is_file {
            MAX_FILE_BYTES
        } else {
            MAX_INPUT_BYTES
        };
        let content = read_field(&mut field, most, &mut left).await?;
        match (content, is_file) {
            (Some(bytes), true) => received.file = bytes,
            (None, true) => received.is_too_large = true,
            (Some(bytes), false) => {
                let text = String::from_utf8(bytes);
                let text = text.map_err(|_| Failure::of(FailureKind::Malformed))?;
                received.typed.add(name, &text);
            }
            (None, false) => return Err(Failure::of(FailureKind::TooLarge)),
        }
    }
    Err(Failure::of(FailureKind::Malformed))
}

/// Reads a field to its end; `None` when it is larger than it may be.
async fn read_field(
    field: &mut Field,
    most: usize,
    left: &mut usize,
) -> Result<Option<Vec<u8>>, Failure> {
    let malformed = |_| Failure::of(FailureKind::Malformed);
    let mut bytes = Some(Vec::new());
    while let Some(piece) = field.try_next().await.map_err(malformed)? {
        *left = left
            .checked_sub(piece.len())
            .ok_or_else(|| Failure::of(FailureKind::TooLarge))?;
        bytes = bytes.filter(|read| read.len() + piece.len() <= most);
        if let Some(read) = &mut bytes {
            read.extend_from_slice(&piece);
        }
    }
    Ok(bytes)
}

/// Corrects what is said of an attachment, or takes it away.
///
/// `POST /essais/{token}/completer/photos/{id}` → 303 to the step · 409 once it was decided · 410 · 422 the step
pub async fn change(
    reader: Reader,
    path: Path<(String, Uuid)>,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
) -> Answer {
    let (token, id) = path.into_inner();
    let (id, now) = (AttachmentId::new(id), Utc::now());
    let typed = Inputs::from_pairs(form.into_inner());
    if typed.one("geste") == "retirer" {
        site.commons.detach(&token, id, now).await?;
        return Ok(done(&token, "retiree"));
    }
    let row = open_row(&site, &token).await?;
    let words = reader.words();
    let problem = match wrong(&typed, words).into_values().next() {
        Some(problem) => problem,
        None => {
            let kept = site
                .commons
                .describe_attachment(&token, id, said(&typed), now);
            match kept.await {
                Ok(()) => return Ok(done(&token, "corrigee")),
                Err(AttachError::TryOut(error)) => return Err(error.into()),
                Err(_) => words.say("attachment-words"),
            }
        }
    };
    let mut shown = Shown::new(started(&site, &row));
    shown.corrected = Some((id, typed, problem));
    show_page(&site, &reader, &token, shown, None).await
}

/// Gives an attachment to its sender.
///
/// `GET /essais/{token}/pieces/{id}` → 200 · 410
pub async fn own(path: Path<(String, Uuid)>, site: Data<Site>) -> Answer {
    let (token, id) = path.into_inner();
    let found = site.commons.own_attachment(&token, AttachmentId::new(id));
    let (attachment, bytes) = found.await?;
    Ok(private(attachment.format, bytes, "piece-jointe"))
}

/// Gives an attachment to somebody who decides.
///
/// `GET /moderation/essais/{id}/pieces/{piece}` → 200 · 401 · 403 · 404
pub async fn moderated(reader: Reader, path: Path<(Uuid, Uuid)>, site: Data<Site>) -> Answer {
    reader.signed_in()?;
    let (id, piece) = path.into_inner();
    let (id, piece) = (TryOutId::new(id), AttachmentId::new(piece));
    match site.commons.attachment(&reader.actor, id, piece).await {
        Ok((attachment, bytes)) => Ok(private(attachment.format, bytes, "piece-jointe")),
        Err(TryOutError::Missing) => Err(Failure::missing()),
        Err(other) => Err(other.into()),
    }
}
