//! Answers of the API: JSON with an `ETag`, compressed, open to every site when nobody is signed in.

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::cached::{Bodies, Effort};
use crate::{Answer, Failure, Reader};

/// How long relays may keep what anyone may read.
const OPEN: &str = "public, max-age=0, must-revalidate";
/// What is made for one person.
const OWN: &str = "private, no-cache";

/// Answers 200 with `body`, or 304 when the client holds it; its tag is its content.
pub(super) fn json(request: &HttpRequest, reader: &Reader, body: &impl Serialize) -> Answer {
    let bytes = serde_json::to_vec(body).map_err(Failure::unexpected)?;
    let bodies = Bodies::prepare(Bytes::from(bytes), "api", Effort::Once);
    let cache_control = HeaderValue::from_static(if reader.is_anonymous() { OPEN } else { OWN });
    let mut answer = bodies.answer(
        request.headers(),
        HeaderValue::from_static("application/json"),
        cache_control,
    );
    open(&mut answer, reader);
    Ok(answer)
}

/// Answers 304 when the client holds what `tag` names: a weak tag, made of object ids, so that nothing need be rendered.
pub(super) fn held(request: &HttpRequest, reader: &Reader, tag: &str) -> Option<HttpResponse> {
    let held = request
        .headers()
        .get(header::IF_NONE_MATCH)?
        .to_str()
        .ok()?;
    let names = held
        .split(',')
        .map(|item| item.trim().trim_start_matches("W/").trim_matches('"'));
    if !names.into_iter().any(|name| name == tag) {
        return None;
    }
    let mut answer = HttpResponse::NotModified().finish();
    label(answer.headers_mut(), tag, reader);
    open(&mut answer, reader);
    Some(answer)
}

/// Answers 200 with `body` under the weak tag `tag`.
pub(super) fn tagged(
    request: &HttpRequest,
    reader: &Reader,
    tag: &str,
    body: &impl Serialize,
) -> Answer {
    let mut answer = json(request, reader, body)?;
    label(answer.headers_mut(), tag, reader);
    Ok(answer)
}

/// Keeps an answer that a secret opened from relays, and from the pages of other sites.
pub(super) fn keep_private(answer: &mut HttpResponse) {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(OWN));
    headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
}

fn label(headers: &mut HeaderMap, tag: &str, reader: &Reader) {
    let tag = HeaderValue::from_str(&format!("W/\"{tag}\""))
        .expect("object ids and language codes are a header value");
    headers.insert(header::ETAG, tag);
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(if reader.is_anonymous() { OPEN } else { OWN }),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept-Encoding, Accept-Language, Cookie, Authorization"),
    );
}

/// Opens what anyone may read to the pages of other sites; what is answered to somebody stays here.
fn open(answer: &mut HttpResponse, reader: &Reader) {
    if reader.is_anonymous() {
        let headers = answer.headers_mut();
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("ETag, Link"),
        );
        headers.insert(
            header::HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
    }
}
