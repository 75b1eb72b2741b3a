//! The body of a negotiation, inflated when the client compressed it, and never longer than its limit.

use std::io::{self, Write};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::{Bytes, Payload};
use flate2::write::MultiGzDecoder;
use futures_util::StreamExt;

/// The longest negotiation, after inflation: about 80,000 object ids.
const MAX_BYTES: usize = 4 << 20;
/// How long a client may take to send it.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// Why a request's body is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyRefusal {
    /// It does not end, or does not come.
    Slow,
    /// It is longer than any honest negotiation.
    TooLong,
    /// It is broken, or packed in a way that git clients don't use.
    Broken,
}

impl BodyRefusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            BodyRefusal::Slow => StatusCode::REQUEST_TIMEOUT,
            BodyRefusal::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            BodyRefusal::Broken => StatusCode::BAD_REQUEST,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            BodyRefusal::Slow => {
                "La demande n’est pas arrivée à temps.\nThe request did not arrive in time.\n"
            }
            BodyRefusal::TooLong => "La demande est trop longue.\nThe request is too long.\n",
            BodyRefusal::Broken => "La demande est illisible.\nThe request cannot be read.\n",
        }
    }
}

/// Reads the whole body.
///
/// # Errors
/// When it is too slow, too long or broken.
pub(super) async fn read(headers: &HeaderMap, payload: Payload) -> Result<Bytes, BodyRefusal> {
    let sink = match headers
        .get(header::CONTENT_ENCODING)
        .map(HeaderValue::as_bytes)
    {
        None | Some(b"identity") => Sink::Plain(Limited::default()),
        Some(b"gzip" | b"x-gzip") => {
            Sink::Packed(Box::new(MultiGzDecoder::new(Limited::default())))
        }
        Some(_) => return Err(BodyRefusal::Broken),
    };
    tokio::time::timeout(MAX_WAIT, collect(payload, sink))
        .await
        .unwrap_or(Err(BodyRefusal::Slow))
}

async fn collect(mut payload: Payload, mut sink: Sink) -> Result<Bytes, BodyRefusal> {
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| BodyRefusal::Broken)?;
        sink.write(&chunk)?;
    }
    sink.finish()
}

enum Sink {
    Plain(Limited),
    Packed(Box<MultiGzDecoder<Limited>>),
}

impl Sink {
    fn write(&mut self, chunk: &[u8]) -> Result<(), BodyRefusal> {
        match self {
            Sink::Plain(limited) => limited.write_all(chunk).map_err(|_| BodyRefusal::TooLong),
            Sink::Packed(decoder) => decoder
                .write_all(chunk)
                .map_err(|_| reason(decoder.get_ref())),
        }
    }

    fn finish(self) -> Result<Bytes, BodyRefusal> {
        let limited = match self {
            Sink::Plain(limited) => limited,
            Sink::Packed(mut decoder) => {
                decoder
                    .try_finish()
                    .map_err(|_| reason(decoder.get_ref()))?;
                decoder.finish().map_err(|_| BodyRefusal::Broken)?
            }
        };
        Ok(limited.bytes.into())
    }
}

fn reason(limited: &Limited) -> BodyRefusal {
    if limited.full {
        BodyRefusal::TooLong
    } else {
        BodyRefusal::Broken
    }
}

/// Bytes that refuse to grow past the limit, so that a small packed body cannot become a large one in memory.
#[derive(Default)]
struct Limited {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Limited {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + chunk.len() > MAX_BYTES {
            self.full = true;
            return Err(io::Error::other("longer than the limit"));
        }
        self.bytes.extend_from_slice(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
