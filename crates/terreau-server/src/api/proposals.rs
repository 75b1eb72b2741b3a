//! Proposals by program: reading them here, moving them in [`act`].

pub(super) mod act;
pub(super) mod types;

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use terreau_commons::{ProposalFilter, Queue};
use terreau_community::ProposalState;

use super::types::Problem;
use super::{Asked, Caller, answer, wrong};
use crate::{Answer, Site};
use types::{ProposalSummaries, ProposalSummary, WholeProposal};

/// The most proposals of one answer.
const MOST_PROPOSALS: usize = 100;

/// Lists proposals, newest first.
///
/// `GET /api/v1/proposals` → 200 · 304 · 400
#[utoipa::path(
    get,
    path = "/api/v1/proposals",
    operation_id = "list_proposals",
    params(
        ("state" = Option<String>, Query, description = "Only those that are `open`, `published`, `declined` or `withdrawn`"),
        ("cursor" = Option<String>, Query, description = "Where to go on: `next` of the answer before"),
        ("limit" = Option<usize>, Query, description = "How many proposals, at most 100; usually 25"),
    ),
    responses(
        (status = 200, description = "Some proposals, and where to go on", body = ProposalSummaries),
        (status = 400, description = "A parameter cannot be used", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(request: HttpRequest, caller: Caller, site: Data<Site>) -> Answer {
    let Caller(reader) = caller;
    let asked = Asked::of(&request)?;
    let state: Option<ProposalState> = asked
        .one("state")?
        .map(str::parse)
        .transpose()
        .map_err(|_| wrong("state"))?;
    let page = asked
        .one("cursor")?
        .map_or(Ok(1), str::parse::<usize>)
        .ok()
        .filter(|page| *page > 0)
        .ok_or_else(|| wrong("cursor"))?;
    let filter = ProposalFilter {
        queue: Queue::Any(state),
        page,
        limit: asked.number("limit", 25, MOST_PROPOSALS)?.max(1),
        ..ProposalFilter::default()
    };
    let found = site.commons.proposals(&reader.actor, &filter).await?;
    let body = ProposalSummaries {
        total: found.total,
        proposals: found
            .lines
            .iter()
            .map(|line| ProposalSummary::of_line(line, site.base_url()))
            .collect(),
        next: (found.page < found.pages).then(|| (found.page + 1).to_string()),
    };
    answer::json(&request, &reader, &body)
}

/// Gives a proposal with all that was said of it.
///
/// `GET /api/v1/proposals/{number}` → 200 · 304 · 404
#[utoipa::path(
    get,
    path = "/api/v1/proposals/{number}",
    operation_id = "proposal",
    params(("number" = u64, Path, description = "The number of the proposal")),
    responses(
        (status = 200, description = "The proposal", body = WholeProposal),
        (status = 404, description = "There is no such proposal", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    request: HttpRequest,
    number: Path<u64>,
    caller: Caller,
    site: Data<Site>,
) -> Answer {
    let Caller(reader) = caller;
    let found = site.commons.proposal(&reader.actor, *number).await?;
    let body = WholeProposal::of(&found, site.base_url());
    answer::json(&request, &reader, &body)
}
