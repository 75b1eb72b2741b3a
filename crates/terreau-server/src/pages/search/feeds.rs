//! A search for machines: a feed of its newest answers, a table of all it finds.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, Data};
use terreau_commons::{Head, Query, Snapshot, Sort};
use terreau_export::{Entry, Feed};

use super::Asked;
use crate::cached::fresh;
use crate::{Answer, Reader, Site, url};

/// How many cards a feed holds.
const IN_FEED: usize = 50;
/// How many cards a table holds at most.
const IN_TABLE: usize = 10_000;

const ATOM: HeaderValue = HeaderValue::from_static("application/atom+xml; charset=utf-8");
const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8; header=present");

/// Gives the newest cards that a search finds as a feed.
///
/// `GET /recherche.atom?q=&<facet>=` → 200 · 304
pub async fn atom(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let words = reader.words();
    let asked = asked(&request, &snapshot);
    let query = Query {
        sort: Sort::Newest,
        is_bare: true,
        limit: IN_FEED,
        offset: 0,
        ..asked.query(reader.language)
    };
    let found = found(&site, query, &snapshot).await?;
    let base = site.base_url();
    let name = config.name.get(reader.language);
    let title = if asked.text.is_empty() {
        words.tell("search-feed", "commons", name)
    } else {
        words.tell_two("search-feed-for", "commons", name, "text", &asked.text)
    };
    let (here, page) = (
        format!("{base}{}", asked.url_at("/recherche.atom")),
        format!("{base}{}", asked.url()),
    );
    let licence = terreau_card::licence::find(&config.default_licence);
    let feed = Feed {
        id: &page,
        title: &title,
        here: &here,
        page: &page,
        language: reader.language.code(),
        author: name,
        rights: licence.map_or(config.default_licence.as_str(), |licence| licence.name),
        updated: found
            .iter()
            .map(|(head, _)| head.updated)
            .max()
            .unwrap_or_else(|| snapshot.date()),
        entries: found
            .iter()
            .map(|(head, _)| Entry {
                id: format!("urn:uuid:{}", head.id),
                title: &head.title,
                page: format!("{base}{}", url::card(&head.path)),
                updated: head.updated,
                summary: &head.summary,
                category: config.kind(head.kind).label.get(reader.language),
            })
            .collect(),
    };
    Ok(fresh(
        &request,
        snapshot.commit().short(),
        Bytes::from(terreau_export::atom(&feed)),
        ATOM,
    ))
}

/// Gives the cards that a search finds as a table.
///
/// `GET /recherche.csv?q=&<facet>=` → 200 · 304
pub async fn csv(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let asked = asked(&request, &snapshot);
    let query = Query {
        is_bare: true,
        limit: IN_TABLE,
        offset: 0,
        ..asked.query(reader.language)
    };
    let found = found(&site, query, &snapshot).await?;
    let base = site.base_url();
    let header = [
        "path",
        "id",
        "kind",
        "title",
        "summary",
        "language",
        "topics",
        "duration_min",
        "duration_max",
        "people_min",
        "people_max",
        "cost_eur_min",
        "cost_eur_max",
        "difficulty",
        "tried",
        "updated",
        "url",
    ];
    let default = snapshot.config().default_language;
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|(head, tried)| row(head, *tried, default, base))
        .collect();
    let lines = std::iter::once(header.to_vec()).chain(
        rows.iter()
            .map(|row| row.iter().map(String::as_str).collect()),
    );
    Ok(fresh(
        &request,
        snapshot.commit().short(),
        Bytes::from(terreau_export::csv(lines)),
        CSV,
    ))
}

fn row(head: &Head, tried: u32, default: terreau_card::Language, base: &str) -> Vec<String> {
    fn two<T: ToString>(range: Option<&(T, T)>) -> [String; 2] {
        range.map_or_else(Default::default, |(min, max)| {
            [min.to_string(), max.to_string()]
        })
    }
    let facts = &head.facts;
    let mut row = vec![
        head.path.to_string(),
        head.id.to_string(),
        head.kind.to_string(),
        head.title.clone(),
        head.summary.clone(),
        head.language_or(default).code().to_owned(),
        head.topics.join(" "),
    ];
    row.extend(two(facts.duration.as_ref()));
    row.extend(two(facts.participants.as_ref()));
    row.extend(two(facts.cost_eur.as_ref()));
    row.push(
        facts
            .difficulty
            .map_or_else(String::new, |step| step.to_string()),
    );
    row.push(tried.to_string());
    row.push(head.updated.format("%Y-%m-%d").to_string());
    row.push(format!("{base}{}", url::card(&head.path)));
    row
}

fn asked(request: &HttpRequest, snapshot: &Snapshot) -> Asked {
    let query = request.uri().query().unwrap_or_default();
    let asked = Asked::read(query, snapshot.config());
    Asked {
        sort: asked.sort,
        ..asked.alone()
    }
}

async fn found(
    site: &Site,
    query: Query,
    snapshot: &Snapshot,
) -> Result<Vec<(std::sync::Arc<Head>, u32)>, crate::Failure> {
    let answer = site.commons.search(query).await?;
    Ok(answer
        .hits
        .iter()
        .filter_map(|hit| Some((snapshot.head(&hit.path)?.clone(), hit.tried)))
        .collect())
}
