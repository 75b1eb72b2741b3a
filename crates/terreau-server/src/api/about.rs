//! What the API says of itself: the OpenAPI document, made from the handlers, and a page for people made from the document.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr, Required};
use utoipa::{Modify, OpenApi};

use super::{answer, cards, commons, experiences, proposals, search, types, write};
use crate::failure::FailureKind;
use crate::{Answer, Failure, Layout, Reader, Site, layout};

/// The OpenAPI document of the API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Terreau",
        description = "Reads and writes the cards of a commons. Reading needs no leave; writing and proposing take a token made on the account page.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later"),
    ),
    paths(
        search::search,
        search::suggest,
        cards::list,
        cards::show,
        cards::history,
        write::put,
        commons::show,
        experiences::send,
        experiences::show,
        proposals::list,
        proposals::show,
        proposals::act::propose,
        proposals::act::revise,
        proposals::act::remark,
        proposals::act::review,
        proposals::act::publish,
        proposals::act::decline,
        proposals::act::withdraw,
    ),
    components(schemas(types::Problem, types::ConflictProblem, types::InvalidCardProblem)),
    modifiers(&Tokens),
)]
pub struct Description;

struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token made on the account page or by `terreau token create`; never in an address."))
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The document is the same for everyone and for ever, so it is made once.
static DOCUMENT: LazyLock<Document> = LazyLock::new(Description::openapi);

/// Gives the OpenAPI document.
///
/// `GET /api/v1/openapi.json` → 200 · 304
pub async fn openapi(request: HttpRequest, reader: Reader) -> Answer {
    answer::json(&request, &reader, &*DOCUMENT)
}

/// Sends from the address of a kind of problem to where it is explained.
///
/// `GET /api/problems/{kind}` → 303 · 404
pub async fn problem(kind: Path<String>) -> Answer {
    let known = FailureKind::ALL
        .into_iter()
        .find(|known| known.word() == kind.as_str())
        .ok_or_else(Failure::missing)?;
    Ok(HttpResponse::SeeOther()
        .insert_header(("location", format!("/api#probleme-{}", known.word())))
        .finish())
}

/// The page about the API.
#[derive(Template)]
#[template(path = "api/page.html")]
struct ApiPage {
    layout: Layout,
    base_url: String,
    example_path: String,
    calls: Vec<Call>,
    problems: Vec<ProblemKind>,
}

struct Call {
    method: &'static str,
    path: String,
    anchor: String,
    says: String,
    needs_token: bool,
    parameters: Vec<Parameter>,
    statuses: Vec<String>,
}

struct Parameter {
    name: String,
    place_says: String,
    is_required: bool,
    says: String,
}

struct ProblemKind {
    word: &'static str,
    status: u16,
    title: String,
}

/// Explains the API to people.
///
/// `GET /api` → 200
pub async fn page(reader: Reader, site: Data<Site>) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let example = snapshot
        .heads()
        .find(|head| !head.is_archived())
        .map(|head| head.path.to_string());
    let problems = FailureKind::ALL.into_iter().map(|kind| ProblemKind {
        word: kind.word(),
        status: kind.status().as_u16(),
        title: words.say(&format!("failure-{}-title", kind.word())),
    });
    let page = ApiPage {
        layout: Layout::new(&site, &reader, words.say("api-page-title"))
            .described(words.say("api-page-description"))
            .at(&site, "/api"),
        base_url: site.base_url().to_owned(),
        example_path: example.unwrap_or_else(|| "outils/exemple".to_owned()),
        calls: calls(&reader),
        problems: problems.collect(),
    };
    layout::page(StatusCode::OK, &page)
}

fn calls(reader: &Reader) -> Vec<Call> {
    let mut calls = Vec::new();
    for (path, item) in &DOCUMENT.paths.paths {
        for (method, operation) in [("GET", &item.get), ("PUT", &item.put), ("POST", &item.post)] {
            if let Some(operation) = operation {
                calls.push(call(reader, method, path, operation));
            }
        }
    }
    calls
}

fn call(reader: &Reader, method: &'static str, path: &str, operation: &Operation) -> Call {
    let words = reader.words();
    let id = operation.operation_id.clone().unwrap_or_default();
    let written = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        });
    let parameters = written.map(|parameter| Parameter {
        says: words
            .maybe(&format!("api-parameter-{}", parameter.name.to_lowercase()))
            .or_else(|| parameter.description.clone())
            .unwrap_or_default(),
        is_required: parameter.required == Required::True,
        place_says: words.say(match parameter.parameter_in {
            ParameterIn::Path => "api-page-place-path",
            ParameterIn::Header => "api-page-place-header",
            _ => "api-page-place-query",
        }),
        name: parameter.name.clone(),
    });
    // One way that asks for nothing is enough.
    let security = operation.security.as_ref();
    Call {
        method,
        path: path.to_owned(),
        says: words
            .maybe(&format!("api-call-{}", id.replace('_', "-")))
            .unwrap_or_else(|| operation.summary.clone().unwrap_or_default()),
        anchor: id,
        needs_token: security.is_some_and(|ways| !ways.contains(&SecurityRequirement::default())),
        parameters: parameters.collect(),
        statuses: operation.responses.responses.keys().cloned().collect(),
    }
}
