//! Writing a card by program.

use actix_web::http::header::HeaderName;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Utc;
use terreau_card::CardPath;
use terreau_commons::{CardEdit, CommitId, PublishError, Resolved};

use super::types::{
    CardPut, CardSaved, ConflictProblem, InvalidCardProblem, Problem, ProblemInCard,
};
use super::{Caller, wrong};
use crate::failure::FailureKind;
use crate::{Answer, Failure, Site, Words};

/// The longest word on a change, in characters.
pub const LONGEST_MESSAGE: usize = 300;
/// The header by which a client says that it sends a request again.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The longest `Idempotency-Key`.
const LONGEST_KEY: usize = 200;

/// Publishes a new card, or a change of one.
///
/// `PUT /api/v1/cards/{path}` → 200 · 201 · 400 · 401 · 403 · 409 with the three texts · 413 · 422 with the problems
#[utoipa::path(
    put,
    path = "/api/v1/cards/{path}",
    operation_id = "put_card",
    params(
        ("path" = String, Path, description = "Where the card is, or will be"),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key, a request publishes nothing twice"),
    ),
    request_body = CardPut,
    responses(
        (status = 200, description = "Published", body = CardSaved),
        (status = 201, description = "Published as a new card", body = CardSaved),
        (status = 401, description = "No token, or one that opens nothing", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The account or the scopes of the token do not allow it", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody published another change of the same words", body = ConflictProblem, content_type = "application/problem+json"),
        (status = 422, description = "The card breaks rules of the format", body = InvalidCardProblem, content_type = "application/problem+json"),
    ),
    security(("token" = ["card:write"]))
)]
pub async fn put(
    request: HttpRequest,
    path: Path<String>,
    caller: Caller,
    site: Data<Site>,
    body: Json<CardPut>,
) -> Answer {
    let reader = caller.signed_in()?;
    let request_key = request_key(&request)?;
    let CardPut {
        content,
        message,
        base,
    } = body.into_inner();
    let path = CardPath::parse(&path).map_err(|_| invalid_path(&path))?;
    // An old address of a card is the card: programs need not know that it moved.
    let path = match site.commons.snapshot().resolve(path.as_str()) {
        Resolved::Moved(to) if base.is_some() => to,
        _ => path,
    };
    let base = base
        .map(|base| CommitId::parse(&base))
        .transpose()
        .map_err(|_| wrong("base"))?;
    let message = said(&message).ok_or_else(|| wrong("message"))?;
    let edit = CardEdit {
        path,
        text: content,
        base,
        message,
        request_key,
    };
    let saved = site
        .commons
        .publish(&reader.actor, edit, Utc::now())
        .await
        .map_err(|error| refused(error, reader.words()))?;
    let mut answer = if saved.created {
        HttpResponse::Created()
    } else {
        HttpResponse::Ok()
    };
    Ok(answer
        .insert_header(("location", format!("/api/v1/cards/{}", saved.path)))
        .json(CardSaved {
            path: saved.path.to_string(),
            commit: saved.commit.to_string(),
            merged: saved.merged,
            unchanged: saved.unchanged,
        }))
}

/// Returns the key by which the client repeats a request.
fn request_key(request: &HttpRequest) -> Result<Option<String>, Failure> {
    let mut values = request.headers().get_all(&IDEMPOTENCY_KEY);
    let (first, second) = (values.next(), values.next());
    let Some(value) = first else { return Ok(None) };
    let key = value
        .to_str()
        .ok()
        .filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY && second.is_none());
    key.map(|key| Some(key.to_owned()))
        .ok_or_else(|| wrong("Idempotency-Key"))
}

/// Reads what somebody says of a change: one line that is not empty and not too long.
pub fn said(message: &str) -> Option<String> {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !line.is_empty()
        && line.chars().count() <= LONGEST_MESSAGE
        && !line.chars().any(char::is_control);
    fits.then_some(line)
}

pub(super) fn invalid_path(path: &str) -> Failure {
    Failure::of(FailureKind::Invalid)
        .message("api-wrong-path")
        .with("path", path)
}

/// Tells a program why nothing was published, with all it needs to try again.
pub(super) fn refused(error: PublishError, words: Words) -> Failure {
    match error {
        PublishError::Conflict(conflict) => Failure::of(FailureKind::Conflict)
            .message("api-conflict")
            .detail("merged_with_markers", conflict.conflicts.with_markers())
            .detail("base", conflict.base)
            .detail("ours", conflict.published)
            .detail("theirs", conflict.sent)
            .detail("head", conflict.head.to_string()),
        PublishError::Invalid(problems) => {
            let problems: Vec<ProblemInCard> = problems
                .iter()
                .map(|problem| ProblemInCard::of(problem, words))
                .collect();
            match serde_json::to_value(problems) {
                Ok(problems) => Failure::of(FailureKind::Invalid)
                    .message("api-invalid-card")
                    .detail("problems", problems),
                Err(error) => Failure::unexpected(error),
            }
        }
        other => other.into(),
    }
}
