//! Finding cards and completing words.

use actix_web::HttpRequest;
use actix_web::web::Data;
use chrono::Utc;
use terreau_card::Kind;
use terreau_card::facets::Facet;
use terreau_commons::{Fragment, Hit, Query, Searched, Sort};

use super::types::{FacetValue, Problem, ReadFilter, SearchAnswer, SearchHit, Suggestions};
use super::{Asked, Caller, answer, wrong};
use crate::pages::search::sort_of;
use crate::{Answer, Site, facets};

/// The most hits of one answer.
const MOST_HITS: usize = 100;
/// How far one may go into the hits of one question.
const FARTHEST: usize = 10_000;
/// The longest question, in characters.
const LONGEST_QUESTION: usize = 300;
/// The longest code of a filter, in bytes.
const LONGEST_CODE: usize = 160;
/// The most filters of one question.
const MOST_FILTERS: usize = 100;

/// Searches the cards.
///
/// `GET /api/v1/search` → 200 · 304 · 400
#[utoipa::path(
    get,
    path = "/api/v1/search",
    operation_id = "search",
    params(
        ("q" = Option<String>, Query, description = "The words to find; none finds every card, newest first. Durations, numbers of people, amounts, kinds and places written in it become filters"),
        ("as_typed" = Option<u8>, Query, description = "1 takes the words as they are: nothing is corrected, no filter is read in them"),
        ("sort" = Option<String>, Query, description = "`relevance` (usual), `tried` (most often tried first), `newest`"),
        ("intention" = Option<Vec<String>>, Query, description = "What one wants to do. Values of one facet add up, facets combine"),
        ("stage" = Option<Vec<String>>, Query, description = "Where one stands"),
        ("duration" = Option<Vec<String>>, Query, description = "under-1h, 1-to-3h, half-day, day, 2-to-5-days, weeks, months, over-a-year"),
        ("people" = Option<Vec<String>>, Query, description = "1-2, 3-8, 9-20, 21-50, 51-150, over-150"),
        ("cost" = Option<Vec<String>>, Query, description = "free, under-100, 100-to-1000, 1000-to-10000, over-10000, in euros"),
        ("difficulty" = Option<Vec<String>>, Query, description = "From 1, the easiest, to 3"),
        ("population" = Option<Vec<String>>, Query, description = "Size of the communes it suits or happened in: under-500, 500-to-2000, 2000-to-3500, 3500-to-10000, 10000-to-50000, over-50000"),
        ("topic" = Option<Vec<String>>, Query, description = "Only cards on these topics"),
        ("axis" = Option<Vec<String>>, Query, description = "`axis`, `axis/orientation` or `axis/orientation/objective`"),
        ("audience" = Option<Vec<String>>, Query, description = "With whom"),
        ("participation" = Option<Vec<String>>, Query, description = "The step on the ladder of participation"),
        ("format" = Option<Vec<String>>, Query, description = "Face to face, remote …"),
        ("kind" = Option<Vec<String>>, Query, description = "Only cards of these kinds"),
        ("tried" = Option<Vec<String>>, Query, description = "never, once, several (territories), evaluated"),
        ("language" = Option<Vec<String>>, Query, description = "The language of the card, such as `fr`"),
        ("territory" = Option<Vec<String>>, Query, description = "INSEE codes: `region` or `region/department`"),
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
    let snapshot = site.commons.snapshot();
    let text: String = asked
        .one("q")?
        .unwrap_or_default()
        .chars()
        .take(LONGEST_QUESTION)
        .collect();
    let filters = filters(&asked)?;
    let query = Query {
        text: text.clone(),
        filters: filters.clone(),
        as_typed: asked.one("as_typed")? == Some("1"),
        sort: match asked.one("sort")? {
            None | Some("relevance") => Sort::Relevance,
            Some(word) => sort_of(word).ok_or_else(|| wrong("sort"))?,
        },
        language: Some(reader.language),
        now: Some(Utc::now().timestamp()),
        limit: asked.number("limit", 20, MOST_HITS)?,
        offset: asked.number("offset", 0, FARTHEST)?,
        ..Query::default()
    };
    let found = site.commons.search(query).await?;
    let config = snapshot.config();
    let words = reader.words();
    let value = |facet: Facet, code: &String, count: usize| FacetValue {
        code: code.clone(),
        label: facets::label(facet, code, config, words),
        count,
        selected: filters.contains(&(facet, code.clone())),
    };
    let values = |facet: Facet| {
        let counts = found.counts.get(&facet).into_iter().flatten();
        let found_here = counts.map(|(code, count)| value(facet, code, *count));
        // What was asked for is told even when it gives nothing.
        let chosen = filters.iter().filter(|(its, code)| {
            let mut counts = found.counts.get(&facet).into_iter().flatten();
            *its == facet && !counts.any(|(known, _)| known == code)
        });
        let empty = chosen.map(|(_, code)| value(facet, code, 0));
        found_here.chain(empty).collect::<Vec<_>>()
    };
    let body = SearchAnswer {
        query: text,
        total: found.total,
        suggestion: found.corrected.clone(),
        searched: match &found.searched {
            Searched::AsTyped => None,
            Searched::Corrected(text) => Some(text.clone()),
            Searched::SomeWords => Some(String::new()),
        },
        understood: found
            .understood
            .iter()
            .map(|read| ReadFilter {
                facet: read.facet.as_str(),
                code: read.code.clone(),
                label: facets::label(read.facet, &read.code, config, words),
                words: read.words.clone(),
                rest: read.rest.clone(),
            })
            .collect(),
        facets: Facet::ALL
            .into_iter()
            .map(|facet| (facet.as_str(), values(facet)))
            .collect(),
        hits: found.hits.into_iter().map(hit).collect(),
    };
    answer::json(&request, &reader, &body)
}

/// Reads every facet; a kind that does not exist is a mistake, as are codes that look like none.
fn filters(asked: &Asked) -> Result<Vec<(Facet, String)>, crate::Failure> {
    let mut filters = Vec::new();
    for facet in Facet::ALL {
        for code in asked.all(facet.as_str()) {
            let is_code = code.len() <= LONGEST_CODE
                && match facet {
                    Facet::Kind => code.parse::<Kind>().is_ok(),
                    _ if !facet.classes().is_empty() => facet.classes().contains(&code),
                    _ => true,
                };
            if !is_code || filters.len() >= MOST_FILTERS {
                return Err(wrong(facet.as_str()));
            }
            filters.push((facet, code.to_owned()));
        }
    }
    Ok(filters)
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
        tried: hit.tried,
        alike: hit.alike.iter().map(ToString::to_string).collect(),
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
