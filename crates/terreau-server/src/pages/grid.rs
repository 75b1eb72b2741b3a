//! The self-evaluation grid: the criteria of the commons, filled in the address and kept nowhere.

mod asked;
mod data;

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::{CommonsConfig, Kind};
use terreau_commons::{Reports, Snapshot};
use terreau_experience::{Counted, Mark};

pub use data::{csv, json};

use crate::dates::say_written;
use crate::facts::say;
use crate::layout::made_now;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};
use asked::{Asked, Column};

/// The address of the grid.
pub const GRID: &str = "/grille";
/// From how many marks on an average says something.
const FEW: usize = terreau_experience::FEW;

/// What is evaluated, at the head of a column.
struct Evaluated {
    /// The end of the names of its inputs: nothing for the first, 2 for the second.
    suffix: &'static str,
    name: String,
    date: String,
    /// « Notre enquête, mars 2026 ».
    heading: String,
    /// How many marks it has, and their average when they are enough.
    average: Option<String>,
}

/// A criterion with the marks given.
struct Row {
    label: String,
    /// Where each column gives its mark.
    scales: Vec<Scale>,
    /// The mark in each column.
    marks: Vec<Option<u8>>,
    /// How far the second is from the first.
    difference: Option<String>,
    /// What the reports of the card give it.
    reports: Option<String>,
}

/// The choice of a mark.
struct Scale {
    /// The name of its inputs.
    name: String,
    /// What is evaluated.
    heading: String,
    /// Every mark, and whether it is given.
    marks: Vec<(u8, bool)>,
    is_none: bool,
}

#[derive(Template)]
#[template(path = "grid/page.html")]
struct GridPage {
    layout: Layout,
    /// The card or the report that it began from.
    began: Option<(String, String)>,
    evaluated: Vec<Evaluated>,
    rows: Vec<Row>,
    is_filled: bool,
    has_reports: bool,
    /// What must not be lost when the form is sent.
    kept: Vec<(&'static str, String)>,
    /// Where a second column is filled, or taken away.
    add: Option<String>,
    remove: Option<String>,
    clear: String,
    csv: String,
    json: String,
}

/// Shows the grid as the address fills it.
///
/// `GET /grille?nom=&date=&m.<criterion>=&nom2=&date2=&m2.<criterion>=&fiche=&retour=&retour2=` → 200 · 304 · 404
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let reports = site.commons.reports(&snapshot).await?;
    let asked = read(&request, &snapshot, &reports)?;
    let page = page(&site, &reader, &snapshot, &reports, &asked);
    made_now(&site, &request, &reader, &page)
}

fn read(request: &HttpRequest, snapshot: &Snapshot, reports: &Reports) -> Result<Asked, Failure> {
    Asked::read(request.uri().query().unwrap_or_default(), snapshot, reports)
        .ok_or_else(|| Failure::missing().next("grid-next", GRID))
}

fn page(
    site: &Site,
    reader: &Reader,
    snapshot: &Snapshot,
    reports: &Reports,
    asked: &Asked,
) -> GridPage {
    let words = reader.words();
    let config = snapshot.config();
    let told = asked
        .card
        .as_ref()
        .and_then(|head| reports.of_card(&head.path));
    let marks = told
        .map(|told| told.marks(&config.criteria))
        .unwrap_or_default();
    let evaluated: Vec<Evaluated> = asked
        .columns
        .iter()
        .zip(["", "2"])
        .map(|(column, suffix)| evaluated(column, suffix, words))
        .collect();
    let rows: Vec<Row> = config
        .criteria
        .iter()
        .map(|criterion| {
            let given: Vec<Option<Mark>> = asked
                .columns
                .iter()
                .map(|column| column.marks.get(&criterion.code).copied())
                .collect();
            let its = marks.iter().find(|one| one.criterion == criterion.code);
            Row {
                scales: evaluated
                    .iter()
                    .zip(&given)
                    .map(|(one, given)| Scale {
                        name: format!("m{}.{}", one.suffix, criterion.code),
                        heading: one.heading.clone(),
                        marks: Mark::ALL
                            .iter()
                            .map(|mark| (mark.get(), *given == Some(*mark)))
                            .collect(),
                        is_none: given.is_none(),
                    })
                    .collect(),
                label: criterion.label.get(words.language).to_owned(),
                difference: match given.as_slice() {
                    [Some(one), Some(two)] => Some(difference(*one, *two)),
                    _ => None,
                },
                marks: given.iter().map(|mark| mark.map(Mark::get)).collect(),
                reports: its.and_then(|its| average_of(&its.marks, words)),
            }
        })
        .collect();
    GridPage {
        layout: Layout::new(site, reader, words.say("grid-title"))
            .described(words.say("grid-lead"))
            .at(site, GRID),
        began: asked
            .card
            .as_ref()
            .map(|head| (head.title.clone(), url::card(&head.path))),
        evaluated,
        is_filled: asked.columns.iter().any(|column| !column.marks.is_empty()),
        has_reports: rows.iter().any(|row| row.reports.is_some()),
        rows,
        kept: asked.kept(),
        add: (asked.columns.len() < 2).then(|| asked.with_second().url_at(GRID)),
        remove: (asked.columns.len() == 2).then(|| asked.without_second().url_at(GRID)),
        clear: GRID.to_owned(),
        csv: asked.url_at("/grille.csv"),
        json: asked.url_at("/grille.json"),
    }
}

fn evaluated(column: &Column, suffix: &'static str, words: Words) -> Evaluated {
    let name = match column.name.is_empty() {
        true => words.say(if suffix.is_empty() {
            "grid-first"
        } else {
            "grid-second"
        }),
        false => column.name.clone(),
    };
    let heading = match column.date.is_empty() {
        true => name,
        false => format!("{name}, {}", say_written(&column.date, words.language)),
    };
    let sum: u32 = column
        .marks
        .values()
        .map(|mark| u32::from(mark.get()))
        .sum();
    let count = column.marks.len();
    Evaluated {
        suffix,
        name: column.name.clone(),
        date: column.date.clone(),
        heading,
        average: (count >= FEW).then(|| say_average(f64::from(sum) / count as f64, count, words)),
    }
}

fn average_of(marks: &Counted<Mark>, words: Words) -> Option<String> {
    let average = marks.average()?;
    Some(say_average(average.value, average.number, words))
}

fn say_average(value: f64, count: usize, words: Words) -> String {
    let value = say::number((value * 10.0).round() / 10.0, words.language);
    words.tell_two("added-up-average-of", "value", value, "count", count)
}

fn difference(one: Mark, two: Mark) -> String {
    let by = i32::from(two.get()) - i32::from(one.get());
    match by {
        0 => "=".to_owned(),
        1.. => format!("+{by}"),
        _ => format!("\u{2212}{}", -by),
    }
}

/// Says whether the grid can begin from a card.
pub fn can_begin_from(kind: Kind) -> bool {
    crate::added_up::can_be_tried(kind) || kind == Kind::Experience
}

/// Returns where the grid of a card or of a report begins.
pub fn url_of(kind: Kind, path: &str) -> String {
    let name = if kind == Kind::Experience {
        "retour"
    } else {
        "fiche"
    };
    url::with_query(GRID, &[(name, path)])
}

/// Returns what a criterion is called.
fn label<'a>(config: &'a CommonsConfig, code: &'a str, words: Words) -> &'a str {
    let known = config.criteria.iter().find(|one| one.code == code);
    known.map_or(code, |one| one.label.get(words.language))
}
