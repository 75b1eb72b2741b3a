//! Moving a proposal by program: propose, revise, remark, review, publish, decline, withdraw.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json, Path};
use chrono::Utc;
use terreau_card::CardPath;
use terreau_commons::{CardChange, CommitId, NewRemark, ProposalError, PublishError, Suggestion};

use super::types::{
    CardPost, ProposalMoved, ProposalPost, PublishPost, ReasonPost, RemarkKept, RemarkPost,
    ReviewPost, RevisionPost,
};
use crate::api::types::{ConflictProblem, InvalidCardProblem, Problem};
use crate::api::write::{invalid_path, refused};
use crate::api::{Caller, wrong};
use crate::{Answer, Failure, Reader, Site, Words};

/// Proposes a change of one or several cards, or new ones.
///
/// `POST /api/v1/proposals` → 201 · 400 · 401 · 403 · 409 with the three texts · 422 with the problems
#[utoipa::path(
    post,
    path = "/api/v1/proposals",
    operation_id = "propose",
    request_body = ProposalPost,
    responses(
        (status = 201, description = "Proposed", body = ProposalMoved),
        (status = 401, description = "No token, or one that opens nothing", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The account or the scopes of the token do not allow it", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody published another change of the same words", body = ConflictProblem, content_type = "application/problem+json"),
        (status = 422, description = "A card breaks rules of the format", body = InvalidCardProblem, content_type = "application/problem+json"),
    ),
    security(("token" = ["proposal:write"]))
)]
pub async fn propose(caller: Caller, site: Data<Site>, body: Json<ProposalPost>) -> Answer {
    let reader = caller.signed_in()?;
    let body = body.into_inner();
    let suggestion = suggestion(body.cards, body.reason)?;
    let number = site
        .commons
        .propose(&reader.actor, suggestion, Utc::now())
        .await
        .map_err(|error| why_not(error, reader.words()))?;
    moved(&site, &reader, number, StatusCode::CREATED).await
}

/// Adds a revision to a proposal.
///
/// `POST /api/v1/proposals/{number}/revisions` → 201 · 400 · 401 · 403 · 404 · 409 · 422 with the problems
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{number}/revisions",
    operation_id = "revise",
    params(("number" = u64, Path, description = "The number of the proposal")),
    request_body = RevisionPost,
    responses(
        (status = 201, description = "Revised", body = ProposalMoved),
        (status = 403, description = "The account or the scopes of the token do not allow it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such proposal", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There is a newer revision, the proposal is closed, or the same words were published otherwise", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A card breaks rules of the format", body = InvalidCardProblem, content_type = "application/problem+json"),
    ),
    security(("token" = ["proposal:write"]))
)]
pub async fn revise(
    number: Path<u64>,
    caller: Caller,
    site: Data<Site>,
    body: Json<RevisionPost>,
) -> Answer {
    let reader = caller.signed_in()?;
    let body = body.into_inner();
    let suggestion = suggestion(body.cards, body.reason)?;
    site.commons
        .revise(&reader.actor, *number, body.after, suggestion, Utc::now())
        .await
        .map_err(|error| why_not(error, reader.words()))?;
    moved(&site, &reader, *number, StatusCode::CREATED).await
}

/// Says something of a proposal, of one of its paragraphs, or in a thread.
///
/// `POST /api/v1/proposals/{number}/remarks` → 201 · 400 · 401 · 403 · 404 · 422
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{number}/remarks",
    operation_id = "remark",
    params(("number" = u64, Path, description = "The number of the proposal")),
    request_body = RemarkPost,
    responses(
        (status = 201, description = "Kept", body = RemarkKept),
        (status = 403, description = "The account or the scopes of the token do not allow it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such proposal, thread or paragraph", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Nothing is said", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["proposal:write"]))
)]
pub async fn remark(
    number: Path<u64>,
    caller: Caller,
    site: Data<Site>,
    body: Json<RemarkPost>,
) -> Answer {
    let reader = caller.signed_in()?;
    let body = body.into_inner();
    let place = match (body.file, body.paragraph) {
        (Some(file), Some(paragraph)) => Some((file, paragraph)),
        (None, None) => None,
        (Some(_), None) => return Err(wrong("paragraph")),
        (None, Some(_)) => return Err(wrong("file")),
    };
    let remark = NewRemark {
        thread: body.thread,
        place,
        body: body.words,
    };
    let id = site
        .commons
        .remark(&reader.actor, *number, remark, Utc::now())
        .await?;
    site.waiting.forget();
    Ok(HttpResponse::Created().json(RemarkKept {
        id,
        thread: body.thread.unwrap_or(id),
    }))
}

/// Approves a proposal, or asks for changes.
///
/// `POST /api/v1/proposals/{number}/reviews` → 201 · 400 · 401 · 403 · 404 · 409 · 422
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{number}/reviews",
    operation_id = "review",
    params(("number" = u64, Path, description = "The number of the proposal")),
    request_body = ReviewPost,
    responses(
        (status = 201, description = "Reviewed", body = ProposalMoved),
        (status = 403, description = "The account or the scopes of the token do not allow it, or it is one's own work", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such proposal", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There is a newer revision, or the proposal is closed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Changes are asked without saying which", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["review:write"]))
)]
pub async fn review(
    number: Path<u64>,
    caller: Caller,
    site: Data<Site>,
    body: Json<ReviewPost>,
) -> Answer {
    let reader = caller.signed_in()?;
    let body = body.into_inner();
    let verdict = body.verdict.parse().map_err(|_| wrong("verdict"))?;
    let head = commit(&body.head, "head")?;
    site.commons
        .review(
            &reader.actor,
            *number,
            &head,
            verdict,
            &body.words,
            Utc::now(),
        )
        .await?;
    moved(&site, &reader, *number, StatusCode::CREATED).await
}

/// Publishes a proposal.
///
/// `POST /api/v1/proposals/{number}/publish` → 200 · 400 · 401 · 403 · 404 · 409 · 422
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{number}/publish",
    operation_id = "publish_proposal",
    params(("number" = u64, Path, description = "The number of the proposal")),
    request_body = PublishPost,
    responses(
        (status = 200, description = "Published", body = ProposalMoved),
        (status = 403, description = "The account or the scopes of the token do not allow it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such proposal", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Approvals are missing, there is a newer revision, the proposal is closed, or the same words were published otherwise", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A card breaks rules of the format", body = InvalidCardProblem, content_type = "application/problem+json"),
    ),
    security(("token" = ["review:write"]))
)]
pub async fn publish(
    number: Path<u64>,
    caller: Caller,
    site: Data<Site>,
    body: Json<PublishPost>,
) -> Answer {
    let reader = caller.signed_in()?;
    let head = commit(&body.head, "head")?;
    site.commons
        .publish_proposal(&reader.actor, *number, &head, Utc::now())
        .await
        .map_err(|error| why_not(error, reader.words()))?;
    moved(&site, &reader, *number, StatusCode::OK).await
}

/// Decides against a proposal.
///
/// `POST /api/v1/proposals/{number}/decline` → 200 · 400 · 401 · 403 · 404 · 409 · 422
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{number}/decline",
    operation_id = "decline",
    params(("number" = u64, Path, description = "The number of the proposal")),
    request_body = ReasonPost,
    responses(
        (status = 200, description = "Declined", body = ProposalMoved),
        (status = 403, description = "The account or the scopes of the token do not allow it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such proposal", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The proposal is closed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No reason is given", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["review:write"]))
)]
pub async fn decline(
    number: Path<u64>,
    caller: Caller,
    site: Data<Site>,
    body: Json<ReasonPost>,
) -> Answer {
    let reader = caller.signed_in()?;
    site.commons
        .decline(&reader.actor, *number, &body.reason, Utc::now())
        .await?;
    moved(&site, &reader, *number, StatusCode::OK).await
}

/// Takes a proposal back.
///
/// `POST /api/v1/proposals/{number}/withdraw` → 200 · 400 · 401 · 403 · 404 · 409 · 422
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{number}/withdraw",
    operation_id = "withdraw",
    params(("number" = u64, Path, description = "The number of the proposal")),
    request_body = ReasonPost,
    responses(
        (status = 200, description = "Withdrawn", body = ProposalMoved),
        (status = 403, description = "The account or the scopes of the token do not allow it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such proposal", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The proposal is closed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No reason is given", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["proposal:write"]))
)]
pub async fn withdraw(
    number: Path<u64>,
    caller: Caller,
    site: Data<Site>,
    body: Json<ReasonPost>,
) -> Answer {
    let reader = caller.signed_in()?;
    site.commons
        .withdraw(&reader.actor, *number, &body.reason, Utc::now())
        .await?;
    moved(&site, &reader, *number, StatusCode::OK).await
}

fn suggestion(cards: Vec<CardPost>, reason: String) -> Result<Suggestion, Failure> {
    let changes = cards
        .into_iter()
        .map(change)
        .collect::<Result<Vec<_>, _>>()?;
    if changes.is_empty() {
        return Err(wrong("cards"));
    }
    Ok(Suggestion {
        changes,
        reason,
        request_key: None,
    })
}

fn change(card: CardPost) -> Result<CardChange, Failure> {
    Ok(CardChange::Write {
        path: CardPath::parse(&card.path).map_err(|_| invalid_path(&card.path))?,
        text: card.content,
        base: card.base.map(|base| commit(&base, "base")).transpose()?,
    })
}

fn commit(name: &str, parameter: &str) -> Result<CommitId, Failure> {
    CommitId::parse(name).map_err(|_| wrong(parameter))
}

/// Answers with where the proposal is now.
async fn moved(site: &Site, reader: &Reader, number: u64, status: StatusCode) -> Answer {
    site.waiting.forget();
    let found = site.commons.proposal(&reader.actor, number).await?;
    Ok(HttpResponse::build(status)
        .insert_header(("location", format!("/api/v1/proposals/{number}")))
        .json(ProposalMoved::of(&found.row, site.base_url())))
}

/// Tells a program why nothing moved; a card that breaks rules comes with its problems.
fn why_not(error: ProposalError, words: Words) -> Failure {
    match error {
        ProposalError::Unpublishable(error @ PublishError::Invalid(_)) => refused(error, words),
        other => other.into(),
    }
}
