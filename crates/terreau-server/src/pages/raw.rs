//! What stands beside a card's page: the file as stored, its data, and the images of the commons.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Number, Value as Json, json};
use terreau_card::{Card, Value, licence};
use terreau_commons::{BlobId, Head, Snapshot};

use crate::cached::fresh;
use crate::pages::media::{PDF, seal};
use crate::{Answer, Failure, Site, url};

/// Gives the file of a card as stored.
///
/// `GET /{path}.md` → 200 · 304
pub async fn source(
    request: &HttpRequest,
    site: &Site,
    snapshot: &Arc<Snapshot>,
    head: &Head,
) -> Answer {
    let view = site.commons.read_card(snapshot, head).await?;
    let text = Bytes::from(view.card.text().to_owned());
    Ok(fresh(
        request,
        head.blob.short(),
        text,
        HeaderValue::from_static("text/markdown; charset=utf-8"),
    ))
}

/// Gives the data of a card.
///
/// `GET /{path}.json` → 200 · 304
pub async fn data(
    request: &HttpRequest,
    site: &Site,
    snapshot: &Arc<Snapshot>,
    head: &Head,
) -> Answer {
    let view = site.commons.read_card(snapshot, head).await?;
    let card = &view.card;
    let attribution = site
        .commons
        .attribution(snapshot, head, &view, site.base_url())
        .await?;
    let language = snapshot.config().default_language;
    let expression = card.licence().unwrap_or(&snapshot.config().default_licence);
    let document = json!({
        "path": head.path,
        "id": head.id.to_string(),
        "kind": head.kind.as_str(),
        "commit": snapshot.commit().as_str(),
        "updated": head.updated,
        "url": format!("{}{}", site.base_url(), url::card(&head.path)),
        "meta": front_matter(card),
        "body": card.body(),
        "html": view.rendered.html.as_str(),
        "attribution": {
            "text": attribution.text(language),
            "html": attribution.html(language).as_str(),
            "markdown": attribution.markdown(language),
        },
        "licence": {
            "spdx": expression,
            "url": licence::find(expression).map(|known| known.url),
        },
        "history_url": format!("{}{}", site.base_url(), url::history(&head.path)),
    });
    Ok(fresh(
        request,
        head.blob.short(),
        Bytes::from(document.to_string()),
        HeaderValue::from_static("application/json"),
    ))
}

/// Returns the front matter of a card as JSON, keys in their order.
pub fn front_matter(card: &Card) -> Json {
    let entries: Map<String, Json> = card
        .keys()
        .filter_map(|key| Some((key.to_owned(), as_json(card.value(key)?))))
        .collect();
    Json::Object(entries)
}

/// Returns a value of front matter as JSON.
pub fn as_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(answer) => Json::Bool(*answer),
        Value::Integer(number) => Json::from(*number),
        Value::Decimal(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(as_json).collect()),
        Value::Map(entries) => Json::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), as_json(value)))
                .collect(),
        ),
    }
}

/// Gives an image or a document of the commons; other files are read with git.
///
/// `GET /{file}` → 200 · 304 · 404
pub async fn media(
    request: &HttpRequest,
    site: &Site,
    blob: &BlobId,
    media_type: &'static str,
    path: &str,
) -> Answer {
    if !media_type.starts_with("image/") && media_type != PDF {
        return Err(Failure::missing());
    }
    let etag = HeaderValue::from_str(&format!("\"{}\"", blob.as_str()))
        .expect("an object id is a header value");
    let is_held = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .is_some_and(|held| held.to_str().is_ok_and(|held| held.contains(blob.as_str())));
    let mut answer = if is_held {
        HttpResponse::NotModified().finish()
    } else {
        HttpResponse::Ok()
            .content_type(media_type)
            .body(site.commons.media(blob).await?)
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    seal(&mut answer, media_type, name);
    let headers = answer.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=3600"),
    );
    Ok(answer)
}
