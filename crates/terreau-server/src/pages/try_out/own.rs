//! The page of whoever sent a try-out, opened by the secret of their link: confirm, complete, take back, learn what was decided.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Form, Path, Query};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;
use terreau_card::{Card, render};
use terreau_commons::{TryOutRow, TryOutState};

use super::attachments::own_views;
use super::say_state;
use super::steps::ways;
use crate::layout::{page, see_other};
use crate::pages::media::MediaView;
use crate::{Answer, Layout, Reader, Site, url};

#[derive(Template)]
#[template(path = "try_out/own.html")]
struct OwnPage {
    layout: Layout,
    action: String,
    state: TryOutState,
    state_said: String,
    /// What was answered.
    answer: Option<String>,
    title: String,
    summary: String,
    /// The text of the report.
    html: String,
    /// What is attached.
    enclosed: Vec<MediaView>,
    about: (String, String),
    /// Addresses and titles of the steps of the full report.
    steps: Vec<(String, String)>,
    /// Where it is published.
    card: Option<String>,
    /// Where it is discussed.
    proposal: Option<String>,
}

/// What the sender just did.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    /// `completee`: a step of the full report was kept.
    #[serde(default)]
    fait: String,
}

/// Shows a try-out to its sender; nothing is done yet.
///
/// `GET /essais/{token}` → 200 · 410 when the link opens nothing
pub async fn show(
    reader: Reader,
    token: Path<String>,
    told: Query<Told>,
    site: Data<Site>,
) -> Answer {
    let row = site.commons.own_try_out(&token).await?;
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let card = Card::read(&row.text).0;
    let about = snapshot
        .head(&row.about)
        .map_or_else(|| row.about.to_string(), |head| head.title.clone());
    let here = url::own_try_out("", &token);
    let published = row
        .path
        .as_ref()
        .filter(|path| snapshot.head(path).is_some());
    let rendered = render(&card, &row.about, snapshot.config());
    let steps = match row.state.is_open() {
        true => ways(&token, "-", words),
        false => Vec::new(),
    };
    let enclosed = own_views(&site, &token, words).await?;
    let mut shown = OwnPage {
        layout: private_layout(&site, &reader, words.say("try-out-own-title")),
        state: row.state,
        state_said: say_state(words, row.state),
        title: card.title().to_owned(),
        summary: card.summary().to_owned(),
        html: rendered.html.as_str().to_owned(),
        about: (url::card(&row.about), about),
        steps: steps
            .into_iter()
            .map(|(href, title, _)| (href, title))
            .collect(),
        enclosed,
        card: published.map(url::card),
        proposal: row.proposal.map(url::proposal),
        answer: row.answer,
        action: here,
    };
    if told.fait == "completee" {
        shown.layout.notice = Some(words.say("try-out-done-completed"));
    }
    Ok(unreferred(page(StatusCode::OK, &shown)?))
}

/// What the sender wants.
#[derive(Deserialize)]
pub struct Wish {
    /// `confirmer` or `retirer`.
    geste: String,
}

/// Confirms a try-out or takes it back.
///
/// `POST /essais/{token}` → 303 to its page · 409 once it was decided · 410
pub async fn act(token: Path<String>, wish: Form<Wish>, site: Data<Site>) -> Answer {
    let now = Utc::now();
    match wish.geste.as_str() {
        "retirer" => site.commons.withdraw_try_out(&token, now).await?,
        _ => site.commons.confirm_try_out(&token, now).await?,
    }
    site.waiting.forget();
    Ok(see_other(url::own_try_out("", &token)))
}

/// Returns the layout of a page whose address is a secret: it goes into no other form and no link.
pub fn private_layout(site: &Site, reader: &Reader, title: String) -> Layout {
    let mut layout = Layout::new(site, reader, title).within("try-out");
    layout.here = url::TRY_OUT.to_owned();
    layout.sign_in = url::sign_in(url::TRY_OUT);
    layout
}

/// Keeps the address of a page from those that it links to.
pub fn unreferred(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    answer
}

/// Returns the card of a try-out that nobody decided.
///
/// # Errors
/// `Outdated` once it was decided.
pub fn open_card(row: &TryOutRow) -> Result<Card, terreau_commons::TryOutError> {
    if row.state.is_open() {
        Ok(Card::read(&row.text).0)
    } else {
        Err(terreau_commons::TryOutError::Outdated)
    }
}
