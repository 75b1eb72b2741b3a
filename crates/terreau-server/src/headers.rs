//! Headers that every answer carries, and the two questions asked of every request: which host, which origin.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};

/// What a page may load: only this site, and no script or style written in the page. JSON-LD blocks are data, not scripts.
/// Source: reliability.md §6.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; \
    manifest-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
/// What data may load: nothing.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// The security headers that all answers share.
const SECURE: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ),
];

/// Adds the security headers; what a handler set itself is kept.
pub fn secure(headers: &mut HeaderMap, over_https: bool) {
    let is_page = headers
        .get(header::CONTENT_TYPE)
        .is_none_or(|value| value.as_bytes().starts_with(b"text/html"));
    // What nobody said may be kept must not be.
    let closed = [(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    )];
    for (name, value) in security(is_page, over_https).chain(closed) {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
}

/// Returns the security headers of a page, or of anything else.
pub fn security(
    is_page: bool,
    over_https: bool,
) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let policy = if is_page { PAGE_POLICY } else { DATA_POLICY };
    let transport = over_https.then_some((
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=63072000; includeSubDomains"),
    ));
    SECURE.into_iter().chain(transport).chain([(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    )])
}

/// Tells whether a request names this site's host; with no public address, every host is ours.
pub fn is_our_host(headers: &HeaderMap, uri: &Uri, public_host: Option<&str>) -> bool {
    let Some(ours) = public_host else { return true };
    let asked = uri
        .authority()
        .map(|authority| authority.as_str().as_bytes())
        .or_else(|| headers.get(header::HOST).map(HeaderValue::as_bytes));
    asked.is_some_and(|asked| asked.eq_ignore_ascii_case(ours.as_bytes()))
}

/// Tells whether a request may change something: its page came from this site, or it is a program with a token.
///
/// `Sec-Fetch-Site` is believed when present, since no page can write it; else `Origin` must be ours. A request without either
/// passes only with no cookie, and with a bearer token or JSON: nothing a browser can be tricked into sending.
/// Source: reliability.md §3 row 8.
pub fn may_change(method: &Method, headers: &HeaderMap, origin: Option<&str>) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let told = text("origin");
    let is_ours = |told: &str| match (origin, text("host")) {
        (Some(origin), _) => told.eq_ignore_ascii_case(origin),
        (None, Some(host)) => told
            .strip_prefix("http://")
            .is_some_and(|told| told.eq_ignore_ascii_case(host)),
        (None, None) => false,
    };
    match (text(SEC_FETCH_SITE), told) {
        (Some("same-origin"), None | Some("null")) => true,
        (Some("same-origin") | None, Some(told)) => is_ours(told),
        (Some(_), _) => false,
        (None, None) => {
            let begins = |name: &str, with: &str| {
                let value = text(name).and_then(|value| value.get(..with.len()));
                value.is_some_and(|value| value.eq_ignore_ascii_case(with))
            };
            let is_program =
                begins("authorization", "bearer ") || begins("content-type", "application/json");
            is_program && !headers.contains_key(header::COOKIE)
        }
    }
}

#[cfg(test)]
mod tests;
