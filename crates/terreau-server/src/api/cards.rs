//! Cards: the list, one card, its versions.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value as Json};
use terreau_card::{CardPath, Kind, Status};
use terreau_commons::{Head, Resolved, Snapshot};

use super::types::{
    CardList, CardSummary, Credit, History, HistoryVersion, LicenceName, Problem, WholeCard,
    json_of,
};
use super::{Asked, Caller, answer, wrong};
use crate::{Answer, Failure, Site, url};

/// The most cards of one answer.
const MOST_CARDS: usize = 500;

/// Lists cards in the order of their paths.
///
/// `GET /api/v1/cards` → 200 · 304 · 400
#[utoipa::path(
    get,
    path = "/api/v1/cards",
    operation_id = "list_cards",
    params(
        ("kind" = Option<Vec<String>>, Query, description = "Only cards of these kinds"),
        ("since" = Option<String>, Query, description = "Only cards that changed since this day or moment (RFC 3339)"),
        ("cursor" = Option<String>, Query, description = "Where to go on: `next` of the answer before"),
        ("limit" = Option<usize>, Query, description = "How many cards, at most 500; usually 100"),
    ),
    responses(
        (status = 200, description = "Some cards, and where to go on", body = CardList),
        (status = 400, description = "A parameter cannot be used", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(request: HttpRequest, caller: Caller, site: Data<Site>) -> Answer {
    let Caller(reader) = caller;
    let asked = Asked::of(&request)?;
    let kinds: Vec<Kind> = asked
        .all("kind")
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| wrong("kind"))?;
    let since = asked.one("since")?.map(moment).transpose()?;
    let after = asked
        .one("cursor")?
        .map(CardPath::parse)
        .transpose()
        .map_err(|_| wrong("cursor"))?;
    let limit = asked.number("limit", 100, MOST_CARDS)?.max(1);

    let snapshot = site.commons.snapshot();
    let chosen: Vec<&Arc<Head>> = snapshot
        .heads()
        .filter(|head| kinds.is_empty() || kinds.contains(&head.kind))
        .filter(|head| since.is_none_or(|since| head.updated >= since))
        .collect();
    let total = chosen.len();
    let mut following = chosen
        .into_iter()
        .filter(|head| after.as_ref().is_none_or(|after| head.path > *after));
    let cards: Vec<CardSummary> = following
        .by_ref()
        .take(limit)
        .map(|head| summary(&snapshot, head))
        .collect();
    let next = following
        .next()
        .and(cards.last())
        .map(|card| card.path.clone());
    let body = CardList {
        commit: snapshot.commit().to_string(),
        total,
        cards,
        next,
    };
    answer::json(&request, &reader, &body)
}

/// Reads a day or a moment.
fn moment(text: &str) -> Result<DateTime<Utc>, Failure> {
    // In a query string `+` stands for a space: `+01:00` comes as ` 01:00`.
    if let Ok(moment) = DateTime::parse_from_rfc3339(&text.replace(' ', "+")) {
        return Ok(moment.to_utc());
    }
    let day: NaiveDate = text.parse().map_err(|_| wrong("since"))?;
    Ok(day.and_time(chrono::NaiveTime::MIN).and_utc())
}

fn summary(snapshot: &Snapshot, head: &Head) -> CardSummary {
    CardSummary {
        path: head.path.to_string(),
        id: head.id.to_string(),
        kind: head.kind.as_str(),
        title: head.title.clone(),
        summary: head.summary.clone(),
        language: head
            .language_or(snapshot.config().default_language)
            .code()
            .to_owned(),
        status: match head.status {
            Status::Active => "active",
            Status::ToReview => "to-review",
            Status::Archived => "archived",
        },
        topics: head.topics.clone(),
        updated: head.updated,
        blob: head.blob.to_string(),
    }
}

/// Gives a whole card.
///
/// `GET /api/v1/cards/{path}` → 200 · 304 · 308 to its present address · 404
#[utoipa::path(
    get,
    path = "/api/v1/cards/{path}",
    operation_id = "card",
    params(("path" = String, Path, description = "Where the card is, such as `outils/porteur-de-parole`")),
    responses(
        (status = 200, description = "The card", body = WholeCard),
        (status = 308, description = "The card has another address now"),
        (status = 404, description = "There is no such card", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    caller: Caller,
    site: Data<Site>,
) -> Answer {
    let Caller(reader) = caller;
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "")?;
    let tag = format!(
        "{}-{}-{}",
        head.blob,
        head.updated.timestamp(),
        reader.language.code()
    );
    if let Some(answer) = answer::held(&request, &reader, &tag) {
        return Ok(answer);
    }
    let view = site.commons.read_card(&snapshot, &head).await?;
    let attribution = site
        .commons
        .attribution(&snapshot, &head, &view, site.base_url())
        .await?;
    let card = &view.card;
    let meta: Map<String, Json> = card
        .keys()
        .map(|key| (key.to_owned(), card.value(key).map_or(Json::Null, json_of)))
        .collect();
    let body = WholeCard {
        path: head.path.to_string(),
        id: head.id.to_string(),
        kind: head.kind.as_str(),
        commit: snapshot.commit().to_string(),
        blob: head.blob.to_string(),
        updated: head.updated,
        meta: Json::Object(meta),
        body: card.body().to_owned(),
        content: card.text().to_owned(),
        html: view.rendered.html.as_str().to_owned(),
        attribution: Credit {
            text: attribution.text(reader.language),
            html: attribution.html(reader.language).as_str().to_owned(),
            markdown: attribution.markdown(reader.language),
        },
        licence: LicenceName::of(card.licence().unwrap_or(&snapshot.config().default_licence)),
        url: format!("{}{}", site.base_url(), url::card(&head.path)),
        history_url: format!("{}/api/v1/cards/{}/history", site.base_url(), head.path),
    };
    answer::tagged(&request, &reader, &tag, &body)
}

/// Lists the versions of a card.
///
/// `GET /api/v1/cards/{path}/history` → 200 · 304 · 308 · 400 · 404
#[utoipa::path(
    get,
    path = "/api/v1/cards/{path}/history",
    operation_id = "card_history",
    params(
        ("path" = String, Path, description = "Where the card is"),
        ("cursor" = Option<String>, Query, description = "Where to go on: `next` of the answer before"),
    ),
    responses(
        (status = 200, description = "Versions, newest first", body = History),
        (status = 404, description = "There is no such card", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn history(
    request: HttpRequest,
    path: Path<String>,
    caller: Caller,
    site: Data<Site>,
) -> Answer {
    let Caller(reader) = caller;
    let page = Asked::of(&request)?.number("cursor", 1, usize::MAX)?;
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/history")?;
    let versions = site
        .commons
        .versions(&head, page)
        .await
        .map_err(|error| match error {
            terreau_commons::ReadError::Missing => wrong("cursor"),
            other => other.into(),
        })?;
    let body = History {
        path: head.path.to_string(),
        id: head.id.to_string(),
        total: versions.total,
        next: (versions.page < versions.pages).then(|| (versions.page + 1).to_string()),
        versions: versions
            .versions
            .into_iter()
            .map(HistoryVersion::from)
            .collect(),
    };
    answer::json(&request, &reader, &body)
}

fn find(snapshot: &Snapshot, path: &str, end: &str) -> Result<Arc<Head>, Failure> {
    match snapshot.resolve(path) {
        Resolved::Card(head) => Ok(head),
        Resolved::Moved(to) => Err(Failure::moved(format!("/api/v1/cards/{to}{end}"))),
        Resolved::File(..) | Resolved::Missing => Err(Failure::missing()),
    }
}
