//! Finding cards: words, filters that are links, and help when nothing is found.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::Kind;
use terreau_card::facets::Facet;
use terreau_commons::{Fragment, Hit, Query, Snapshot};

use crate::layout::made_now;
use crate::{Answer, Layout, Reader, Site, Words, facts, url};

/// How many cards a page of results shows.
const PER_PAGE: usize = 12;
/// The longest text that is searched for; more is cut.
const LONGEST: usize = 200;
/// The last page that is answered: nobody reads that far, and crawlers should not.
const LAST_PAGE: usize = 500;

/// What is asked, as the address says it. Unknown kinds and topics are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    text: String,
    kinds: Vec<Kind>,
    topics: Vec<String>,
    page: usize,
}

impl Asked {
    fn read(query: &str, snapshot: &Snapshot) -> Asked {
        let mut asked = Asked {
            page: 1,
            ..Asked::default()
        };
        for (name, value) in pairs(query) {
            match name.as_str() {
                "q" => asked.text = value.trim().chars().take(LONGEST).collect(),
                "kind" => asked.kinds.extend(
                    value
                        .parse::<Kind>()
                        .ok()
                        .filter(|kind| !asked.kinds.contains(kind)),
                ),
                "topic" => {
                    let is_known = snapshot.config().term("topics", &value).is_some()
                        && !asked.topics.contains(&value);
                    asked.topics.extend(is_known.then_some(value));
                }
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                _ => {}
            }
        }
        asked
    }

    /// Returns the address that asks this.
    fn url(&self) -> String {
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        let mut pairs = vec![("q", self.text.as_str())];
        pairs.extend(self.kinds.iter().map(|kind| ("kind", kind.as_str())));
        pairs.extend(self.topics.iter().map(|topic| ("topic", topic.as_str())));
        pairs.push(("page", &page));
        url::with_query("/recherche", &pairs)
    }

    fn with_kind(&self, kind: Kind) -> Asked {
        let mut other = Asked {
            page: 1,
            ..self.clone()
        };
        match other.kinds.iter().position(|its| *its == kind) {
            Some(index) => drop(other.kinds.remove(index)),
            None => other.kinds.push(kind),
        }
        other
    }

    fn with_topic(&self, topic: &str) -> Asked {
        let mut other = Asked {
            page: 1,
            ..self.clone()
        };
        match other.topics.iter().position(|its| its == topic) {
            Some(index) => drop(other.topics.remove(index)),
            None => other.topics.push(topic.to_owned()),
        }
        other
    }

    fn saying(&self, text: &str) -> Asked {
        Asked {
            text: text.to_owned(),
            page: 1,
            ..self.clone()
        }
    }

    fn without_filters(&self) -> Asked {
        Asked {
            text: self.text.clone(),
            page: 1,
            ..Asked::default()
        }
    }

    fn at(&self, page: usize) -> Asked {
        Asked {
            page,
            ..self.clone()
        }
    }

    fn query(&self) -> Query {
        let kinds = self
            .kinds
            .iter()
            .map(|kind| (Facet::Kind, kind.to_string()));
        let topics = self
            .topics
            .iter()
            .map(|topic| (Facet::Topic, topic.clone()));
        Query {
            text: self.text.clone(),
            filters: kinds.chain(topics).collect(),
            limit: PER_PAGE,
            offset: (self.page - 1) * PER_PAGE,
            ..Query::default()
        }
    }
}

/// Reads the pairs of a query; what is not UTF-8 is read as well as can be.
fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    actix_web::web::Query::<Vec<(String, String)>>::from_query(query)
        .map(actix_web::web::Query::into_inner)
        .unwrap_or_default()
        .into_iter()
}

/// A choice of a filter.
struct Choice {
    label: String,
    count: usize,
    href: String,
    chosen: bool,
}

/// A filter that is on, and the address without it.
struct Chip {
    label: String,
    href: String,
}

/// A card found.
struct Found {
    kind: String,
    title: Vec<Fragment>,
    href: String,
    snippet: Vec<Fragment>,
    line: String,
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    layout: Layout,
    heading: String,
    widened: bool,
    suggestion: Option<(String, String)>,
    chips: Vec<Chip>,
    clear: String,
    kinds: Vec<Choice>,
    topics: Vec<Choice>,
    found: Vec<Found>,
    /// Addresses of the pages around this one.
    previous: Option<String>,
    next: Option<String>,
    place: String,
    /// What to drop when nothing is found, with how many cards that gives.
    ways_out: Vec<(String, String)>,
}

/// Shows what a search finds.
///
/// `GET /recherche?q=&kind=&topic=&page=` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let asked = Asked::read(request.uri().query().unwrap_or_default(), &snapshot);
    let answer = site.commons.search(asked.query()).await?;
    let words = reader.words();
    let heading = heading(&asked, answer.total, words);
    let pages = answer.total.div_ceil(PER_PAGE).max(1);
    let ways_out = if answer.total == 0 {
        ways_out(&site, &asked, &snapshot, &reader).await?
    } else {
        Vec::new()
    };
    let counts = |facet| answer.counts.get(&facet).map_or(&[][..], Vec::as_slice);
    let page = SearchPage {
        layout: Layout::new(&site, &reader, heading.clone())
            .searching(Some(asked.text.clone()))
            .within("search"),
        heading,
        widened: answer.searched != Default::default(),
        suggestion: answer
            .corrected
            .map(|text| (asked.saying(&text).url(), text)),
        chips: chips(&asked, &snapshot, &reader),
        clear: url::with_query("/recherche", &[("q", &asked.text)]),
        kinds: kinds(&asked, counts(Facet::Kind), &snapshot, &reader),
        topics: topics(&asked, counts(Facet::Topic), &snapshot, &reader),
        found: answer
            .hits
            .into_iter()
            .map(|hit| found(hit, &snapshot, &reader))
            .collect(),
        previous: (asked.page > 1).then(|| asked.at(asked.page.min(pages + 1) - 1).url()),
        next: (asked.page < pages).then(|| asked.at(asked.page + 1).url()),
        place: words.tell_two("search-place", "page", asked.page, "pages", pages),
        ways_out,
    };
    made_now(&site, &request, &reader, &page)
}

fn heading(asked: &Asked, total: usize, words: Words) -> String {
    let count = words.tell("search-count", "count", total);
    if asked.text.is_empty() {
        count
    } else {
        words.tell_two("search-count-for", "count", &count, "text", &asked.text)
    }
}

fn kind_label(kind: Kind, snapshot: &Snapshot, reader: &Reader) -> String {
    snapshot
        .config()
        .kind(kind)
        .label
        .get(reader.language)
        .to_owned()
}

fn chips(asked: &Asked, snapshot: &Snapshot, reader: &Reader) -> Vec<Chip> {
    let kinds = asked.kinds.iter().map(|kind| Chip {
        label: kind_label(*kind, snapshot, reader),
        href: asked.with_kind(*kind).url(),
    });
    let topics = asked.topics.iter().map(|topic| Chip {
        label: snapshot
            .config()
            .label("topics", topic, reader.language)
            .to_owned(),
        href: asked.with_topic(topic).url(),
    });
    kinds.chain(topics).collect()
}

/// Every kind that would give something, and the chosen ones even when they give nothing.
fn kinds(
    asked: &Asked,
    counts: &[(String, usize)],
    snapshot: &Snapshot,
    reader: &Reader,
) -> Vec<Choice> {
    Kind::ALL
        .into_iter()
        .filter_map(|kind| {
            let count = counts
                .iter()
                .find(|(its, _)| its == kind.as_str())
                .map_or(0, |(_, count)| *count);
            let chosen = asked.kinds.contains(&kind);
            (count > 0 || chosen).then(|| Choice {
                label: snapshot
                    .config()
                    .kind(kind)
                    .plural
                    .get(reader.language)
                    .to_owned(),
                count,
                href: asked.with_kind(kind).url(),
                chosen,
            })
        })
        .collect()
}

fn topics(
    asked: &Asked,
    counts: &[(String, usize)],
    snapshot: &Snapshot,
    reader: &Reader,
) -> Vec<Choice> {
    let chosen_without = asked
        .topics
        .iter()
        .filter(|topic| !counts.iter().any(|(code, _)| code == *topic))
        .map(|topic| (topic.clone(), 0));
    counts
        .iter()
        .cloned()
        .chain(chosen_without)
        .map(|(code, count)| Choice {
            label: snapshot
                .config()
                .label("topics", &code, reader.language)
                .to_owned(),
            count,
            href: asked.with_topic(&code).url(),
            chosen: asked.topics.contains(&code),
        })
        .collect()
}

fn found(hit: Hit, snapshot: &Snapshot, reader: &Reader) -> Found {
    let line = snapshot.head(&hit.path).map(|head| {
        let difficulty = head.facts.difficulty.map(|step| step.to_string());
        let label = difficulty.as_deref().map(|step| {
            snapshot
                .config()
                .label("difficulties", step, reader.language)
        });
        facts::line(&head.facts, label, reader.words())
    });
    Found {
        kind: kind_label(hit.kind, snapshot, reader),
        title: hit.marked_title,
        href: url::card(&hit.path),
        snippet: hit.snippet,
        line: line.unwrap_or_default(),
    }
}

/// Returns what to drop for something to be found, with the count that it gives.
async fn ways_out(
    site: &Site,
    asked: &Asked,
    snapshot: &Snapshot,
    reader: &Reader,
) -> Result<Vec<(String, String)>, crate::Failure> {
    let words = reader.words();
    let mut ways = Vec::new();
    let without_kinds = asked
        .kinds
        .iter()
        .map(|kind| (kind_label(*kind, snapshot, reader), asked.with_kind(*kind)));
    let without_topics = asked.topics.iter().map(|topic| {
        (
            snapshot
                .config()
                .label("topics", topic, reader.language)
                .to_owned(),
            asked.with_topic(topic),
        )
    });
    let mut tries: Vec<(Option<String>, Asked)> = without_kinds
        .chain(without_topics)
        .take(4)
        .map(|(label, other)| (Some(label), other))
        .collect();
    if !asked.kinds.is_empty() || !asked.topics.is_empty() {
        tries.push((None, asked.without_filters()));
    }
    for (label, other) in tries {
        let query = Query {
            limit: 0,
            ..other.query()
        };
        let total = site.commons.search(query).await?.total;
        if total > 0 {
            let count = words.tell("search-count", "count", total);
            let way = match label {
                Some(label) => words.tell_two("search-without", "filter", &label, "count", &count),
                None => words.tell("search-without-all", "count", &count),
            };
            ways.push((way, other.url()));
        }
    }
    Ok(ways)
}

#[cfg(test)]
mod tests;
