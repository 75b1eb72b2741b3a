//! Year by year.

use std::collections::BTreeMap;

use terreau_card::CardPath;

use super::{AddedUp, index::Index};
use crate::{counted::Counted, experience::Mark};

/// Empty years are shown between reports unless there are more of them: a slip of the keyboard must not draw a
/// thousand.
const MOST_YEARS: i32 = 60;

/// How many reports there are of each year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trend {
    /// From the first year to the last; those without a report too, unless they are very many.
    pub years: Vec<YearCount>,
    /// The reports that have no date.
    pub undated: Vec<CardPath>,
}

/// How many reports there are of a year: that in which they began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearCount {
    /// The year.
    pub year: i32,
    /// Its reports.
    pub reports: Vec<CardPath>,
}

pub(super) fn trend(index: &Index) -> Trend {
    let reports = |year: Option<i32>| {
        let reports = index.years.get(&year);
        reports.map_or_else(Vec::new, |reports| reports.iter().cloned().collect())
    };
    let known: Vec<i32> = index.years.keys().filter_map(|year| *year).collect();
    let years: Vec<i32> = match (known.first(), known.last()) {
        (Some(&first), Some(&last)) if last - first < MOST_YEARS => (first..=last).collect(),
        _ => known,
    };
    Trend {
        years: years
            .into_iter()
            .map(|year| YearCount {
                year,
                reports: reports(Some(year)),
            })
            .collect(),
        undated: reports(None),
    }
}

pub(super) fn marks_by_year(added_up: &AddedUp, criterion: &str) -> Vec<(i32, Counted<Mark>)> {
    let mut years: BTreeMap<i32, Vec<(Mark, Vec<CardPath>)>> = BTreeMap::new();
    for report in added_up.reports() {
        let said = &report.experience;
        if let (Some(year), Some(mark)) = (said.period.year(), said.marks.get(criterion)) {
            let marks = years.entry(year).or_default();
            marks.push((*mark, vec![report.path.clone()]));
        }
    }
    years
        .into_iter()
        .map(|(year, marks)| (year, Counted::of_each(&Mark::ALL, marks)))
        .collect()
}
