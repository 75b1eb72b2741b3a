//! The API: JSON under `/api/v1`, described by the OpenAPI document that is made from these very handlers.
//!
//! Reading needs nobody's leave and may be done from any site; writing takes a token, or a session of this site.

mod about;
mod answer;
mod cards;
mod commons;
mod experiences;
mod proposals;
mod search;
#[cfg(test)]
mod tests;
mod types;
mod write;

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, HttpRequest};

use crate::failure::FailureKind;
use crate::routes::{act, read};
use crate::{Failure, Reader};

pub use about::Description;
pub use write::said;

/// Registers every address of the API and the page about it.
pub fn routes(app: &mut ServiceConfig) {
    app.service(read("/api", about::page))
        .service(read("/api/problems/{kind}", about::problem))
        .service(read("/api/v1/openapi.json", about::openapi))
        .service(read("/api/v1/search", search::search))
        .service(read("/api/v1/suggest", search::suggest))
        .service(read("/api/v1/commons", commons::show))
        .service(read("/api/v1/cards", cards::list))
        .service(read("/api/v1/cards/{path:.+}/history", cards::history))
        .service(
            web::resource("/api/v1/cards/{path:.+}")
                .route(web::get().to(cards::show))
                .route(web::head().to(cards::show))
                .route(web::put().to(write::put)),
        )
        .service(act("/api/v1/experiences", experiences::send))
        .service(read("/api/v1/experiences/{token}", experiences::show))
        .service(
            read("/api/v1/proposals", proposals::list)
                .route(web::post().to(proposals::act::propose)),
        )
        .service(read("/api/v1/proposals/{number}", proposals::show))
        .service(act(
            "/api/v1/proposals/{number}/revisions",
            proposals::act::revise,
        ))
        .service(act(
            "/api/v1/proposals/{number}/remarks",
            proposals::act::remark,
        ))
        .service(act(
            "/api/v1/proposals/{number}/reviews",
            proposals::act::review,
        ))
        .service(act(
            "/api/v1/proposals/{number}/publish",
            proposals::act::publish,
        ))
        .service(act(
            "/api/v1/proposals/{number}/decline",
            proposals::act::decline,
        ))
        .service(act(
            "/api/v1/proposals/{number}/withdraw",
            proposals::act::withdraw,
        ));
}

/// Words under which tokens travel in addresses, where logs and histories keep them.
const TOKEN_WORDS: [&str; 6] = [
    "access_token",
    "token",
    "api_key",
    "apikey",
    "bearer",
    "authorization",
];

/// The person behind a request to the API, whose address holds no secret.
pub(crate) struct Caller(pub(crate) Reader);

impl FromRequest for Caller {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Caller, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let shows_secret = holds_token(request.query_string());
        let reader = Reader::from_request(request, payload);
        Box::pin(async move {
            if shows_secret {
                return Err(Failure::of(FailureKind::Malformed).message("api-token-in-address"));
            }
            Ok(Caller(reader.await?))
        })
    }
}

impl Caller {
    /// Returns the reader behind the request, who is signed in.
    fn signed_in(self) -> Result<Reader, Failure> {
        self.0.signed_in()?;
        Ok(self.0)
    }
}

fn holds_token(query: &str) -> bool {
    query.split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or(pair);
        TOKEN_WORDS
            .iter()
            .any(|word| name.eq_ignore_ascii_case(word))
            || pair.contains("terreau_")
    })
}

/// What a query string asks, name by name; a name that stands for one thing is refused when it comes twice.
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    pub(crate) fn of(request: &HttpRequest) -> Result<Asked, Failure> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
        pairs
            .map(|pairs| Asked(pairs.into_inner()))
            .map_err(|_| Failure::of(FailureKind::Malformed))
    }

    /// Returns every value of a name, split at commas: `kind=tool&kind=action` is `kind=tool,action`.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(asked, _)| asked == name)
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// Returns the one value of a name, whole.
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, Failure> {
        let mut values = self
            .0
            .iter()
            .filter(|(asked, _)| asked == name)
            .map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (value, None) => Ok(value.filter(|value| !value.trim().is_empty())),
            _ => Err(wrong(name)),
        }
    }

    /// Returns a number between zero and `most`, or `usual` when none is asked; more than the most is the most.
    pub(crate) fn number(&self, name: &str, usual: usize, most: usize) -> Result<usize, Failure> {
        let Some(value) = self.one(name)? else {
            return Ok(usual);
        };
        value
            .trim()
            .parse::<usize>()
            .map(|number| number.min(most))
            .map_err(|_| wrong(name))
    }
}

/// A parameter that cannot be used.
pub(crate) fn wrong(name: &str) -> Failure {
    Failure::of(FailureKind::Malformed)
        .message("api-wrong-parameter")
        .with("name", name)
        .detail("parameter", name)
}
