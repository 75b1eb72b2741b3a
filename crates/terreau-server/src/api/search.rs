//! Finding cards and completing words.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::web::Data;
use terreau_card::Kind;
use terreau_card::facets::Facet;
use terreau_commons::{Fragment, Hit, Query};

use super::types::{FacetValue, Problem, SearchAnswer, SearchHit, Suggestions};
use super::{Asked, Caller, answer, wrong};
use crate::{Answer, Site};

/// The most hits of one answer.
const MOST_HITS: usize = 100;
/// How far one may go into the hits of one question.
const FARTHEST: usize = 10_000;
/// The longest question, in characters.
const LONGEST_QUESTION: usize = 300;

/// Searches the cards.
///
/// `GET /api/v1/search` → 200 · 304 · 400
#[utoipa::path(
    get,
    path = "/api/v1/search",
    operation_id = "search",
    params(
        ("q" = Option<String>, Query, description = "The words to find; none finds every card, newest first"),
        ("kind" = Option<Vec<String>>, Query, description = "Only cards of these kinds"),
        ("topic" = Option<Vec<String>>, Query, description = "Only cards on these topics"),
        ("limit" = Option<usize>, Query, description = "How many hits, at most 100; usually 20"),
        ("offset" = Option<usize>, Query, description = "How many hits to leave out first"),
    ),
    responses(
        (status = 200, description = "The hits and what to narrow them with", body = SearchAnswer),
        (status = 400, description = "A parameter cannot be used", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn search(request: HttpRequest, caller: Caller, site: Data<Site>) -> Answer {
    let Caller(reader) = caller;
    let asked = Asked::of(&request)?;
    let text: String = asked
        .one("q")?
        .unwrap_or_default()
        .chars()
        .take(LONGEST_QUESTION)
        .collect();
    let kinds: Vec<Kind> = asked
        .all("kind")
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| wrong("kind"))?;
    let topics: Vec<String> = asked.all("topic").map(str::to_owned).collect();
    let query = Query {
        text: text.clone(),
        filters: filters(&kinds, &topics),
        limit: asked.number("limit", 20, MOST_HITS)?,
        offset: asked.number("offset", 0, FARTHEST)?,
        ..Query::default()
    };
    let found = site.commons.search(query).await?;
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let counts = |facet| found.counts.get(&facet).into_iter().flatten();
    let kind_values = counts(Facet::Kind).filter_map(|(code, count)| {
        let kind: Kind = code.parse().ok()?;
        Some(FacetValue {
            code: code.clone(),
            label: config.kind(kind).plural.get(reader.language).to_owned(),
            count: *count,
            selected: kinds.contains(&kind),
        })
    });
    let topic_values = counts(Facet::Topic).map(|(code, count)| FacetValue {
        code: code.clone(),
        label: config.label("topics", code, reader.language).to_owned(),
        count: *count,
        selected: topics.contains(code),
    });
    let body = SearchAnswer {
        query: text,
        total: found.total,
        suggestion: found.corrected,
        facets: BTreeMap::from([
            ("kind", kind_values.collect()),
            ("topic", topic_values.collect()),
        ]),
        hits: found.hits.into_iter().map(hit).collect(),
    };
    answer::json(&request, &reader, &body)
}

fn filters(kinds: &[Kind], topics: &[String]) -> Vec<(Facet, String)> {
    let kinds = kinds.iter().map(|kind| (Facet::Kind, kind.to_string()));
    let topics = topics.iter().map(|topic| (Facet::Topic, topic.clone()));
    kinds.chain(topics).collect()
}

fn hit(hit: Hit) -> SearchHit {
    SearchHit {
        path: hit.path.to_string(),
        id: hit.id.to_string(),
        kind: hit.kind.as_str(),
        title: hit.title,
        summary: hit.summary,
        snippet: snippet(&hit.snippet),
        score: hit.score,
    }
}

/// Writes a passage as HTML: escaped text, found words in `mark`.
pub(super) fn snippet(fragments: &[Fragment]) -> String {
    let mut html = String::new();
    for fragment in fragments {
        let escaped = fragment
            .text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        if fragment.marked {
            html.push_str("<mark>");
            html.push_str(&escaped);
            html.push_str("</mark>");
        } else {
            html.push_str(&escaped);
        }
    }
    html
}

/// Completes what somebody types.
///
/// `GET /api/v1/suggest` → 200 · 304 · 400
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    operation_id = "suggest",
    params(("q" = Option<String>, Query, description = "What was typed so far")),
    responses((status = 200, description = "At most eight completions", body = Suggestions))
)]
pub async fn suggest(request: HttpRequest, caller: Caller, site: Data<Site>) -> Answer {
    let Caller(reader) = caller;
    let asked = Asked::of(&request)?;
    let query: String = asked
        .one("q")?
        .unwrap_or_default()
        .chars()
        .take(LONGEST_QUESTION)
        .collect();
    let suggestions = if query.is_empty() {
        Vec::new()
    } else {
        site.commons.suggest(query.clone()).await?
    };
    answer::json(&request, &reader, &Suggestions { query, suggestions })
}
