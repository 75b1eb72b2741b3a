//! Finished answers kept in memory: compressed once for each version, checked by the commit that they show.
//!
//! A page is known by its address and language. It answers as long as the published commit is the one that it was made from;
//! afterwards it is made again, and when nothing in it moved (most pages, after most saves) its compressed bytes stay.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use terreau_card::Language;
use terreau_commons::CommitId;

use crate::front::ANONYMOUS;

/// Bodies below this many bytes are sent as they are: compression would save less than its headers.
const SMALLEST_COMPRESSED: usize = 256;

/// How many headers an answer has at most.
const MOST_HEADERS: usize = 14;

/// What anonymous pages differ by.
const VARY: &str = "Accept-Encoding, Accept-Language, Cookie";

/// How long a page is kept at most.
const LONGEST_LIFE: Duration = Duration::from_secs(6 * 3600);

/// How hard a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Perhaps asked for once: quickly, and only in the encodings that are asked for.
    Once,
    /// Kept for many requests: small, in every encoding at once.
    Kept,
    /// Not compressible, or not worth it.
    None,
}

/// One body in the encodings that browsers ask for.
#[derive(Debug)]
pub struct Bodies {
    identity: Bytes,
    gzip: OnceLock<Encoded>,
    brotli: OnceLock<Encoded>,
    etag: HeaderValue,
    stem: String,
    effort: Effort,
}

/// A compressed body and its `ETag`; none when it is not worth it.
type Encoded = Option<(Bytes, HeaderValue)>;

impl Bodies {
    /// Compresses a body and names it: `label` (an object id) and the hash of its bytes make the `ETag`.
    pub fn prepare(body: impl Into<Bytes>, label: &str, effort: Effort) -> Bodies {
        let identity: Bytes = body.into();
        let stem = stem(label, &identity);
        let bodies = Bodies {
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            etag: named(&stem, ""),
            stem,
            effort: match identity.len() {
                0..SMALLEST_COMPRESSED => Effort::None,
                _ => effort,
            },
            identity,
        };
        if bodies.effort == Effort::Kept {
            bodies.gzip();
            bodies.brotli();
        }
        bodies
    }

    fn gzip(&self) -> &Encoded {
        self.gzip.get_or_init(|| {
            let bytes = gzip(&self.identity, self.effort)?;
            Some((bytes, named(&self.stem, "-gz")))
        })
    }

    fn brotli(&self) -> &Encoded {
        self.brotli.get_or_init(|| {
            let bytes = brotli(&self.identity, self.effort)?;
            Some((bytes, named(&self.stem, "-br")))
        })
    }

    /// Returns the body as it is, uncompressed.
    pub fn identity(&self) -> &Bytes {
        &self.identity
    }

    /// Returns the bytes, their encoding and their `ETag` for what a request accepts.
    pub fn choose(&self, headers: &HeaderMap) -> (&Bytes, Option<&'static str>, &HeaderValue) {
        let accepted = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        if accepts(accepted, "br")
            && let Some((bytes, etag)) = self.brotli()
        {
            return (bytes, Some("br"), etag);
        }
        if accepts(accepted, "gzip")
            && let Some((bytes, etag)) = self.gzip()
        {
            return (bytes, Some("gzip"), etag);
        }
        (&self.identity, None, &self.etag)
    }

    /// Tells whether the request already holds this very body.
    pub fn is_held(&self, headers: &HeaderMap) -> bool {
        headers
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|held| held.contains(self.stem.as_str()))
    }

    /// Answers 200 with the body, or 304 when the request holds it already.
    pub fn answer(
        &self,
        request: &HeaderMap,
        content_type: HeaderValue,
        cache_control: HeaderValue,
    ) -> HttpResponse {
        let (bytes, encoding, etag) = self.choose(request);
        let mut answer = if self.is_held(request) {
            HttpResponse::new(StatusCode::NOT_MODIFIED)
        } else {
            let mut answer = HttpResponse::with_body(StatusCode::OK, BoxBody::new(bytes.clone()));
            answer
                .headers_mut()
                .insert(header::CONTENT_TYPE, content_type);
            if let Some(encoding) = encoding {
                answer
                    .headers_mut()
                    .insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            answer
        };
        let headers = answer.headers_mut();
        // One allocation, or none when the framework lends a map that was used before.
        headers.reserve(MOST_HEADERS);
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CACHE_CONTROL, cache_control);
        headers.insert(header::VARY, HeaderValue::from_static(VARY));
        answer
    }

    fn weight(&self) -> usize {
        let held = |encoded: &OnceLock<Encoded>| match encoded.get() {
            Some(encoded) => encoded.as_ref().map_or(0, |(bytes, _)| bytes.len()),
            // Not asked for yet: about what it will be.
            None => self.identity.len() / 4,
        };
        self.identity.len() + held(&self.gzip) + held(&self.brotli) + 512
    }
}

/// Answers 200 with a body that is not kept, or 304 when the request holds it already; the front compresses it.
pub fn fresh(
    request: &HttpRequest,
    label: &str,
    body: Bytes,
    content_type: HeaderValue,
) -> HttpResponse {
    let stem = stem(label, &body);
    let is_held = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|held| held.contains(stem.as_str()));
    let mut answer = if is_held {
        HttpResponse::new(StatusCode::NOT_MODIFIED)
    } else {
        let mut answer = HttpResponse::with_body(StatusCode::OK, BoxBody::new(body));
        answer
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type);
        answer
    };
    let headers = answer.headers_mut();
    let etag = HeaderValue::from_str(&format!("W/\"{stem}\""))
        .expect("hexadecimal digits and dashes are a header value");
    headers.insert(header::ETAG, etag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(ANONYMOUS));
    headers.insert(header::VARY, HeaderValue::from_static(VARY));
    answer
}

/// Compresses an answer made for one request, quickly, as the request accepts.
pub fn compress_once(request: &HeaderMap, answer: HttpResponse) -> HttpResponse {
    let is_text = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| {
            kind.starts_with("text/")
                || kind.starts_with("application/json")
                || kind.contains("+json")
                || kind.contains("xml")
        });
    if !is_text || answer.headers().contains_key(header::CONTENT_ENCODING) {
        return answer;
    }
    let accepted = request
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let (answer, body) = answer.into_parts();
    let bytes = match body.try_into_bytes() {
        Ok(bytes) => bytes,
        Err(stream) => return answer.set_body(stream),
    };
    let compressed = match bytes.len() {
        0..SMALLEST_COMPRESSED => None,
        _ if accepts(accepted, "br") => brotli(&bytes, Effort::Once).map(|bytes| (bytes, "br")),
        _ if accepts(accepted, "gzip") => gzip(&bytes, Effort::Once).map(|bytes| (bytes, "gzip")),
        _ => None,
    };
    let Some((bytes, encoding)) = compressed else {
        return answer.set_body(BoxBody::new(bytes));
    };
    let mut answer = answer.set_body(BoxBody::new(bytes));
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    if !headers.contains_key(header::VARY) {
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    answer
}

fn stem(label: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut stem = String::with_capacity(64);
    stem.push_str(&label[..label.len().min(12)]);
    stem.push('-');
    for byte in &digest[..16] {
        use std::fmt::Write;
        write!(stem, "{byte:02x}").expect("writing to a String cannot fail");
    }
    stem
}

/// Tells whether an `Accept-Encoding` value allows an encoding: named, and not with a weight of zero.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        name.trim().eq_ignore_ascii_case(encoding)
            && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// Returns the `ETag` of a body in one encoding.
fn named(stem: &str, suffix: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{stem}{suffix}\""))
        .expect("hexadecimal digits and dashes are a header value")
}

fn gzip(bytes: &[u8], effort: Effort) -> Option<Bytes> {
    let level = match effort {
        Effort::Once => 5,
        Effort::Kept => 9,
        Effort::None => return None,
    };
    let mut encoder = flate2::write::GzEncoder::new(
        Vec::with_capacity(bytes.len() / 3),
        flate2::Compression::new(level),
    );
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

fn brotli(bytes: &[u8], effort: Effort) -> Option<Bytes> {
    let quality = match effort {
        // A twentieth larger than the next, in half the time.
        Effort::Once => 3,
        Effort::Kept => 10,
        Effort::None => return None,
    };
    let mut compressed = Vec::with_capacity(bytes.len() / 3);
    let mut encoder = brotli::CompressorWriter::new(&mut compressed, 16 << 10, quality, 20);
    encoder.write_all(bytes).ok()?;
    drop(encoder);
    Some(Bytes::from(compressed))
}

/// A finished page and the commit that it shows.
#[derive(Clone, Debug)]
pub struct Page {
    commit: CommitId,
    /// Its bytes.
    pub bodies: Arc<Bodies>,
    /// Its `Content-Type`.
    pub content_type: HeaderValue,
}

impl Page {
    /// Answers with everything that an anonymous page says; a 304 leaves out what the reader holds already.
    /// Source: RFC 9110 §15.4.5.
    pub fn answer(&self, request: &HeaderMap, over_https: bool) -> HttpResponse {
        let mut answer = self.bodies.answer(
            request,
            self.content_type.clone(),
            HeaderValue::from_static(ANONYMOUS),
        );
        if answer.status() == StatusCode::OK {
            let is_page = self.content_type.as_bytes().starts_with(b"text/html");
            let headers = answer.headers_mut();
            for (name, value) in crate::headers::security(is_page, over_https) {
                headers.insert(name, value);
            }
        }
        answer
    }
}

/// The finished anonymous pages, by language and address.
pub struct PageCache {
    french: Cache<String, Arc<Page>>,
    english: Cache<String, Arc<Page>>,
    /// How often pages were forgotten, so that one that was under way meanwhile is not kept.
    forgotten: AtomicU64,
}

impl PageCache {
    /// Makes a cache that holds at most so many bytes.
    pub fn new(bytes: u64) -> PageCache {
        let cache = |bytes| {
            Cache::builder()
                .max_capacity(bytes)
                // Some pages say that a day has come: they are made again now and then even when nothing is published.
                .time_to_live(LONGEST_LIFE)
                .weigher(|address: &String, page: &Arc<Page>| {
                    u32::try_from(page.bodies.weight() + address.len()).unwrap_or(u32::MAX)
                })
                .build()
        };
        // Most readers read French; a quarter is enough for the others.
        PageCache {
            french: cache(bytes - bytes / 4),
            english: cache(bytes / 4),
            forgotten: AtomicU64::new(0),
        }
    }

    /// Returns how often pages were forgotten; to be asked before reading what a page says beside its commit.
    pub fn times_forgotten(&self) -> u64 {
        self.forgotten.load(Ordering::SeqCst)
    }

    /// Forgets the pages of a path: something that they say beside their commit has changed, and is written already.
    pub fn forget(&self, path: &str) {
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        self.drop_pages(path);
    }

    /// Forgets the pages of a path that were just kept, when any was forgotten since `times`: they may say what was so before.
    pub fn forget_unless_fresh(&self, path: &str, times: u64) {
        if self.times_forgotten() != times {
            self.drop_pages(path);
        }
    }

    fn drop_pages(&self, path: &str) {
        for cache in [&self.french, &self.english] {
            for query in ["", "?lang=fr", "?lang=en"] {
                cache.invalidate(&format!("{path}{query}"));
            }
        }
    }

    /// Returns the page of an address (path and query) if it still shows the published commit.
    pub fn get(&self, address: &str, language: Language, commit: &CommitId) -> Option<Arc<Page>> {
        self.of(language)
            .get(address)
            .filter(|page| page.commit == *commit)
    }

    /// Keeps a page, and returns it; when the page of an older commit had the same bytes, they are not compressed again.
    pub fn keep(
        &self,
        address: &str,
        language: Language,
        commit: CommitId,
        made: Made,
    ) -> Arc<Page> {
        let before = self
            .of(language)
            .get(address)
            .filter(|page| page.bodies.stem == stem(&made.label, &made.body));
        let bodies = match before {
            Some(page) => Arc::clone(&page.bodies),
            None => Arc::new(Bodies::prepare(made.body, &made.label, made.effort)),
        };
        let page = Arc::new(Page {
            commit,
            bodies,
            content_type: made.content_type,
        });
        self.of(language)
            .insert(address.to_owned(), Arc::clone(&page));
        page
    }

    fn of(&self, language: Language) -> &Cache<String, Arc<Page>> {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }
}

/// A page that was just made.
pub struct Made {
    /// Its bytes.
    pub body: Bytes,
    /// The object id that it shows, which begins its `ETag`.
    pub label: String,
    /// Its `Content-Type`.
    pub content_type: HeaderValue,
    /// How hard it is compressed.
    pub effort: Effort,
}

#[cfg(test)]
mod tests;
