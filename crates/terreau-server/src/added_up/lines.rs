//! A report in one line: its title, where, when.

use terreau_card::CardPath;
use terreau_commons::Reports;
use terreau_experience::{Period, Report};

use crate::dates::say_written;
use crate::facts::Piece;
use crate::{Words, url};

/// How many places a line names.
const MOST_PLACES: usize = 3;
/// The longest title that stands for a report without a place.
const MOST_LETTERS: usize = 48;

/// A report in a list.
pub struct ReportLine {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Where, when, how far.
    pub meta: String,
    /// What it says of what is looked at.
    pub says: Option<String>,
}

impl ReportLine {
    /// Says a report in a line.
    pub fn of(report: &Report, says: Option<String>, words: Words) -> ReportLine {
        let said = &report.experience;
        let state = said
            .state
            .map(|state| words.say(&format!("facts-state-{}", state.as_str())));
        let meta: Vec<String> = [places(report, words), say_period(said.period, words), state]
            .into_iter()
            .flatten()
            .collect();
        ReportLine {
            title: said.title.clone(),
            href: url::card(&report.path),
            meta: meta.join(" · "),
            says,
        }
    }

    /// Says the report at an address in a line.
    pub(super) fn at(
        path: &CardPath,
        says: Option<String>,
        reports: &Reports,
        words: Words,
    ) -> Option<ReportLine> {
        Some(ReportLine::of(reports.at(path)?, says, words))
    }
}

fn places(report: &Report, words: Words) -> Option<String> {
    let names: Vec<&str> = report
        .places
        .iter()
        .take(MOST_PLACES)
        .map(|place| place.name.as_str())
        .collect();
    let more = report.places.len().saturating_sub(MOST_PLACES);
    match (names.is_empty(), more) {
        (true, _) => None,
        (_, 0) => Some(names.join(", ")),
        _ => Some(words.tell_two(
            "added-up-places-more",
            "names",
            names.join(", "),
            "count",
            more,
        )),
    }
}

/// Says when something was: « mai 2017 – 2021 », « depuis octobre 2020 ».
pub fn say_period(period: Period, words: Words) -> Option<String> {
    let say = |when: terreau_experience::When| say_written(&when.to_string(), words.language);
    Some(match (period.start.map(say), period.end.map(say)) {
        (Some(start), Some(end)) if start == end => start,
        (Some(start), Some(end)) => words.tell_two("facts-period", "start", &start, "end", &end),
        (Some(start), None) => words.tell("facts-since", "start", &start),
        (None, Some(end)) => words.tell("facts-until", "end", &end),
        (None, None) => return None,
    })
}

/// Returns a few words that stand for a report, with its address: where and in which year, else its title.
pub fn source_label(path: &CardPath, reports: &Reports) -> Piece {
    let Some(report) = reports.at(path) else {
        return Piece::link(path.slug().replace('-', " "), url::card(path));
    };
    let label = match report.places.first() {
        Some(place) => {
            let year = report.experience.period.year();
            year.map_or_else(
                || place.name.clone(),
                |year| format!("{}, {year}", place.name),
            )
        }
        None => shortened(&report.experience.title),
    };
    Piece::link(label, url::card(path))
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= MOST_LETTERS {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MOST_LETTERS).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{whole}…")
}
