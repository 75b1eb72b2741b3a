//! The people whom the published history credits, and those whose name holds some words.

use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;

use crate::dates::Moment;
use crate::layout::kept_search;
use crate::{Answer, Layout, Reader, Site, url};

/// The last page that is answered: nobody reads that far, and crawlers should not.
const LAST_PAGE: usize = 500;

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    page: String,
}

/// Somebody.
struct Line {
    name: String,
    organisation: Option<String>,
    /// The card of the organisation.
    organisation_href: Option<String>,
    versions: String,
    last: Moment,
    /// The card that they changed last: its title and its address.
    card: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "credited/page.html")]
struct CreditedPage {
    layout: Layout,
    /// What is looked for.
    text: String,
    count: String,
    lines: Vec<Line>,
    place: String,
    previous: Option<String>,
    next: Option<String>,
}

/// Shows who published versions, under the names that they chose; nobody who hid theirs.
///
/// `GET /personnes?q=&page=` → 200 · 304
pub async fn show(
    request: HttpRequest,
    asked: Query<Asked>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let text = url::sought(&asked.q);
    let page = asked.page.parse().unwrap_or(1).clamp(1, LAST_PAGE);
    let found = site.commons.credited(&snapshot, &text, page).await?;
    let atlas = site.commons.atlas(&snapshot).await?;
    let address = |page: usize| {
        let page = if page > 1 {
            page.to_string()
        } else {
            String::new()
        };
        url::with_query(url::PEOPLE, &[("q", &text), ("page", &page)])
    };
    let lines = found.people.into_iter().map(|(one, head)| Line {
        organisation_href: one
            .organisation
            .as_deref()
            .and_then(|name| atlas.organisation_named(name))
            .map(|organisation| url::card(&organisation.path)),
        name: one.name,
        organisation: one.organisation,
        versions: words.tell("annual-versions", "count", one.versions),
        last: Moment::of(one.last, reader.language),
        card: head.map(|head| (head.title.clone(), url::card(&head.path))),
    });
    let page = CreditedPage {
        layout: Layout::new(&site, &reader, words.say("credited-title")),
        lines: lines.collect(),
        count: words.tell("credited-count", "count", found.total),
        place: words.tell_two("search-place", "page", found.page, "pages", found.pages),
        previous: (found.page > 1).then(|| address(found.page.min(found.pages + 1) - 1)),
        next: (found.page < found.pages).then(|| address(found.page + 1)),
        text,
    };
    kept_search(&site, &request, &reader, snapshot.commit(), &page)
}
