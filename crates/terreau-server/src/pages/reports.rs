//! The reports: all of them or those of a card, what each says of one thing, and the same as data.

mod data;

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::CardPath;
use terreau_commons::{Head, Resolved, Snapshot};
use terreau_export::COLUMNS;

pub use data::{csv, json_ld, json_lines};

use crate::added_up::{Aspect, ReportLine, Saying, looked_at};
use crate::layout::kept_search;
use crate::pages::search::pairs;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// The address of the page.
pub const REPORTS: &str = "/retours";
/// How many reports one page lists.
const PER_PAGE: usize = 50;

/// What is asked.
struct Asked {
    card: Option<Arc<Head>>,
    aspect: Aspect,
    page: usize,
}

#[derive(Template)]
#[template(path = "reports/page.html")]
struct ReportsPage {
    layout: Layout,
    /// The card that they tell of: its title and its address.
    card: Option<(String, String)>,
    /// What is looked at, when it is not all that they say.
    looked_at: Option<String>,
    /// Where all of them are, when one thing is looked at.
    all: Option<String>,
    count: String,
    groups: Vec<(Option<String>, Vec<ReportLine>)>,
    previous: Option<String>,
    next: Option<String>,
    place: String,
    csv: String,
    json_lines: String,
    json_ld: String,
    /// Whether the reader settles duplicates.
    is_editor: bool,
    /// The columns with what they hold.
    columns: Vec<(&'static str, String)>,
}

/// Lists the reports, those of a card, or those that say one thing of it.
///
/// `GET /retours?fiche=&voir=&page=` → 200 · 301 when the card moved · 304 · 404
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let words = reader.words();
    let asked = read(&request, &snapshot)?;
    let reports = site.commons.reports(&snapshot).await?;
    let groups = match &asked.card {
        None => {
            let mut all: Vec<_> = reports.all().collect();
            all.sort_by_key(|report| std::cmp::Reverse(report.experience.period.start));
            let lines = all
                .into_iter()
                .map(|report| ReportLine::of(report, None, words));
            vec![(None, lines.collect())]
        }
        Some(head) => {
            let added_up = reports.of_card(&head.path).cloned().unwrap_or_default();
            let (reports, snapshot) = (Arc::clone(&reports), snapshot.clone());
            let (path, aspect) = (head.path.clone(), asked.aspect.clone());
            actix_web::web::block(move || {
                let saying = Saying {
                    card: &path,
                    added_up: &added_up,
                    reports: &reports,
                    snapshot: &snapshot,
                    words,
                };
                let heading = (aspect != Aspect::All).then(|| aspect.heading(&saying));
                let mut groups = looked_at(&aspect, &saying).groups;
                if let (Some(heading), true) = (heading, groups.is_empty()) {
                    groups.push((Some(heading), Vec::new()));
                }
                groups
            })
            .await
            .map_err(Failure::unexpected)?
        }
    };
    let looked = asked.card.as_ref().filter(|_| asked.aspect != Aspect::All);
    let looked = looked.map(|head| {
        let none = terreau_experience::AddedUp::default();
        let saying = Saying {
            card: &head.path,
            added_up: reports.of_card(&head.path).map_or(&none, |its| its),
            reports: &reports,
            snapshot: &snapshot,
            words,
        };
        asked.aspect.heading(&saying)
    });
    let page = page(&site, &reader, &asked, groups, looked);
    kept_search(&site, &request, &reader, snapshot.commit(), &page)
}

fn page(
    site: &Site,
    reader: &Reader,
    asked: &Asked,
    groups: Vec<(Option<String>, Vec<ReportLine>)>,
    looked_at: Option<String>,
) -> ReportsPage {
    let words = reader.words();
    let total: usize = groups.iter().map(|(_, lines)| lines.len()).sum();
    let pages = total.div_ceil(PER_PAGE).max(1);
    let at = asked.page.min(pages);
    let title = match &asked.card {
        None => words.say("reports-title"),
        Some(head) => words.tell("reports-title-of", "card", &head.title),
    };
    let address = |page: usize| {
        let page = if page > 1 {
            page.to_string()
        } else {
            String::new()
        };
        url::with_query(
            REPORTS,
            &[
                ("fiche", path_of(asked)),
                ("voir", &asked.aspect.code()),
                ("page", &page),
            ],
        )
    };
    let data = |ending: &str| {
        url::with_query(&format!("{REPORTS}.{ending}"), &[("fiche", path_of(asked))])
    };
    let layout = Layout::new(site, reader, title).described(words.say("reports-lead"));
    ReportsPage {
        // A list of one thing is a way to read, no page to find.
        layout: if asked.card.is_none() && asked.page == 1 {
            layout.at(site, REPORTS)
        } else {
            layout
        },
        card: asked
            .card
            .as_ref()
            .map(|head| (head.title.clone(), url::card(&head.path))),
        all: looked_at
            .as_ref()
            .map(|_| url::with_query(REPORTS, &[("fiche", path_of(asked))])),
        looked_at,
        count: words.tell("reports-count", "count", total),
        groups: cut(groups, (at - 1) * PER_PAGE, PER_PAGE),
        previous: (at > 1).then(|| address(at - 1)),
        next: (at < pages).then(|| address(at + 1)),
        place: words.tell_two("search-place", "page", at, "pages", pages),
        csv: data("csv"),
        json_lines: data("jsonl"),
        json_ld: data("jsonld"),
        is_editor: crate::pages::duplicates::editor(reader, site).is_ok(),
        columns: columns(words),
    }
}

fn path_of(asked: &Asked) -> &str {
    asked.card.as_ref().map_or("", |head| head.path.as_str())
}

/// Returns what each column of the data holds.
fn columns(words: Words) -> Vec<(&'static str, String)> {
    COLUMNS
        .iter()
        .map(|column| {
            (
                *column,
                words.say(&format!("reports-column-{}", column.replace('_', "-"))),
            )
        })
        .collect()
}

/// Keeps the lines of one page, each group under its words.
fn cut(
    groups: Vec<(Option<String>, Vec<ReportLine>)>,
    from: usize,
    count: usize,
) -> Vec<(Option<String>, Vec<ReportLine>)> {
    let mut rank = 0;
    let mut kept = Vec::new();
    for (says, lines) in groups {
        let is_empty = lines.is_empty();
        let lines: Vec<ReportLine> = lines
            .into_iter()
            .filter(|_| {
                rank += 1;
                rank > from && rank <= from + count
            })
            .collect();
        if is_empty || !lines.is_empty() {
            kept.push((says, lines));
        }
    }
    kept
}

fn read(request: &HttpRequest, snapshot: &Snapshot) -> Result<Asked, Failure> {
    let mut asked = Asked {
        card: None,
        aspect: Aspect::All,
        page: 1,
    };
    for (name, value) in pairs(request.uri().query().unwrap_or_default()) {
        match name.as_str() {
            "fiche" if !value.is_empty() => asked.card = Some(card_of(&value, snapshot)?),
            "voir" => asked.aspect = Aspect::read(&value).ok_or_else(Failure::missing)?,
            "page" => asked.page = value.parse().unwrap_or(1).clamp(1, 10_000),
            _ => {}
        }
    }
    if asked.card.is_none() {
        asked.aspect = Aspect::All;
    }
    Ok(asked)
}

/// Returns the card that an address names, under its present path.
fn card_of(path: &str, snapshot: &Snapshot) -> Result<Arc<Head>, Failure> {
    let missing = || Failure::missing().next("reports-next", REPORTS);
    let path: CardPath = match snapshot.resolve(path.trim()) {
        Resolved::Card(head) => return Ok(head),
        Resolved::Moved(path) => path,
        _ => return Err(missing()),
    };
    snapshot.head(&path).cloned().ok_or_else(missing)
}
