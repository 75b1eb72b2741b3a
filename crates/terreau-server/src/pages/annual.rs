//! The annual report: what a year brought, on one page to be read or printed.

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use askama::Template;
use terreau_commons::Annual;
use terreau_experience::{Measure, Nature, Said, Spread};

use crate::added_up::{Drawing, lying, measure_label, say_amount, say_range};
use crate::facts::{Fact, Piece, say};
use crate::layout::kept_search;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// The address of the latest one.
const ANNUAL: &str = "/bilan";
/// How many of each thing the page names.
const MOST_NAMED: usize = 10;
/// How many of the cards of one kind it names.
const MOST_CARDS: usize = 12;

/// New cards of one kind.
struct NewCards {
    label: String,
    count: usize,
    cards: Vec<(String, String)>,
    more: Option<String>,
}

#[derive(Template)]
#[template(path = "annual/page.html")]
struct AnnualPage {
    layout: Layout,
    years: Vec<(i32, Option<String>)>,
    band: Vec<Fact>,
    drawing: Option<Drawing>,
    new: Vec<NewCards>,
    contributors: Vec<(String, String)>,
    more_contributors: Option<String>,
    reuse: Vec<(Piece, String)>,
    adapted: Vec<Piece>,
    /// What the reports of the year measured, together.
    measures: Vec<(String, String)>,
    named: Vec<(String, Vec<(String, String)>)>,
    reports: Vec<Piece>,
}

/// Shows the latest annual report.
///
/// `GET /bilan` → 200 · 304 · 404 before anything was published
pub async fn latest(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    shown(request, reader, site, None).await
}

/// Shows the report of a year.
///
/// `GET /bilan/{year}` → 200 · 304 · 404
pub async fn show(
    request: HttpRequest,
    year: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let missing = || Failure::missing().next("annual-next", ANNUAL);
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let year = year.parse().ok().filter(|_| is_year).ok_or_else(missing)?;
    shown(request, reader, site, Some(year)).await
}

async fn shown(
    request: HttpRequest,
    reader: Reader,
    site: Data<Site>,
    year: Option<i32>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let annual = site.commons.annual(&snapshot, year).await?;
    let annual = annual.ok_or_else(|| Failure::missing().next("annual-next", ANNUAL))?;
    let page = page(&site, &reader, &annual);
    kept_search(&site, &request, &reader, snapshot.commit(), &page)
}

fn page(site: &Site, reader: &Reader, annual: &Annual) -> AnnualPage {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let title = words.tell("annual-title", "year", annual.year.to_string());
    let counts = annual.new.iter().map(|(kind, heads)| {
        let label = config.kind(*kind).plural.get(words.language).to_owned();
        (label, heads.len())
    });
    let counts: Vec<(String, usize)> = counts.collect();
    AnnualPage {
        layout: Layout::new(site, reader, title)
            .described(words.say("annual-lead"))
            .at(site, &year_url(annual.year)),
        years: annual
            .years
            .iter()
            .map(|year| (*year, (*year != annual.year).then(|| year_url(*year))))
            .collect(),
        band: band(annual, words),
        drawing: (!counts.is_empty()).then(|| lying(counts)),
        new: annual
            .new
            .iter()
            .map(|(kind, heads)| NewCards {
                label: config.kind(*kind).plural.get(words.language).to_owned(),
                count: heads.len(),
                cards: heads
                    .iter()
                    .take(MOST_CARDS)
                    .map(|head| (head.title.clone(), url::card(&head.path)))
                    .collect(),
                more: (heads.len() > MOST_CARDS)
                    .then(|| words.tell("annual-more", "count", heads.len() - MOST_CARDS)),
            })
            .collect(),
        contributors: annual
            .contributors
            .iter()
            .take(MOST_NAMED * 3)
            .map(|one| {
                let name = match &one.organisation {
                    Some(organisation) => format!("{} ({organisation})", one.name),
                    None => one.name.clone(),
                };
                (name, words.tell("annual-versions", "count", one.versions))
            })
            .collect(),
        more_contributors: (annual.contributors.len() > MOST_NAMED * 3).then(|| {
            let more = annual.contributors.len() - MOST_NAMED * 3;
            words.tell("annual-more", "count", more)
        }),
        reuse: annual
            .reuse
            .iter()
            .take(MOST_NAMED)
            .map(|one| {
                let reports = (one.reports > 0)
                    .then(|| words.tell("annual-reuse-reports", "count", one.reports));
                let cards =
                    (one.cards > 0).then(|| words.tell("annual-reuse-cards", "count", one.cards));
                let said: Vec<String> = reports.into_iter().chain(cards).collect();
                let link = Piece::link(one.head.title.clone(), url::card(&one.head.path));
                (link, said.join(", "))
            })
            .collect(),
        adapted: annual
            .adapted
            .iter()
            .take(MOST_NAMED)
            .map(|head| Piece::link(head.title.clone(), url::card(&head.path)))
            .collect(),
        measures: measures(annual, words),
        named: named(annual, words),
        reports: annual
            .reports
            .reports()
            .take(MOST_CARDS)
            .map(|report| Piece::link(report.experience.title.clone(), url::card(&report.path)))
            .collect(),
    }
}

fn year_url(year: i32) -> String {
    format!("{ANNUAL}/{year}")
}

fn band(annual: &Annual, words: Words) -> Vec<Fact> {
    let cards: usize = annual.new.iter().map(|(_, heads)| heads.len()).sum();
    let organisations: std::collections::BTreeSet<&str> = annual
        .contributors
        .iter()
        .filter_map(|one| one.organisation.as_deref())
        .collect();
    let organisations = (!organisations.is_empty())
        .then(|| words.tell("annual-organisations", "count", organisations.len()));
    [
        ("annual-new-cards", cards, None),
        (
            "annual-all-versions",
            annual.versions,
            Some(words.tell("annual-changed", "count", annual.changed)),
        ),
        ("annual-reports", annual.reports.reports().count(), None),
        (
            "annual-contributors",
            annual.contributors.len(),
            organisations,
        ),
        ("annual-reused", annual.reuse.len(), None),
    ]
    .into_iter()
    .map(|(key, count, note)| Fact {
        label: words.say(key),
        pieces: vec![Piece::plain(say::number(count as f64, words.language))],
        note,
    })
    .collect()
}

fn measures(annual: &Annual, words: Words) -> Vec<(String, String)> {
    Measure::ALL
        .into_iter()
        .filter_map(
            |measure| match annual.reports.spread(measure, Nature::Observed) {
                Spread::Few(_) => None,
                Spread::Many(many) => {
                    let said = words.tell_two(
                        "added-up-spread",
                        "range",
                        say_range(measure, many.min, many.max, words),
                        "median",
                        say_amount(measure, many.median, words),
                    );
                    let count = words.tell("added-up-reports", "count", many.reports);
                    Some((measure_label(measure, words), format!("{said} ({count})")))
                }
            },
        )
        .collect()
}

fn named(annual: &Annual, words: Words) -> Vec<(String, Vec<(String, String)>)> {
    [
        (Said::Obstacle, "added-up-named-obstacles"),
        (Said::Satisfaction, "added-up-named-satisfactions"),
        (Said::Tip, "added-up-named-tips"),
    ]
    .into_iter()
    .map(|(said, key)| {
        let named = annual.reports.named(said).into_iter().take(MOST_NAMED);
        let lines = named.map(|one| {
            let count = words.tell("added-up-reports", "count", one.reports.len());
            (one.text, count)
        });
        (words.say(key), lines.collect::<Vec<_>>())
    })
    .filter(|(_, lines)| !lines.is_empty())
    .collect()
}
