//! How many reports say what: from three on; below, what each says.

use std::collections::{BTreeMap, BTreeSet};

use terreau_card::CardPath;

use crate::{FEW, experience::Mark};

/// How many say one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count<K> {
    /// What they say.
    pub of: K,
    /// How many.
    pub number: usize,
    /// The reports that it comes from, in the order of their addresses.
    pub reports: Vec<CardPath>,
}

/// How many say each thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted<K> {
    /// None, one or two: each for itself, its number 1.
    Few(Vec<Count<K>>),
    /// Three or more in all: one entry for each thing that can be said, in order, also those that nobody says.
    Many(Vec<Count<K>>),
}

/// An average, never without the number of those that it is the average of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Average {
    /// The average.
    pub value: f64,
    /// Of how many: three or more.
    pub number: usize,
}

impl<K: Copy + Ord> Counted<K> {
    /// Counts what each report says; `all` is what can be said, in order.
    pub(crate) fn of_reports(all: &[K], said: &BTreeMap<K, BTreeSet<CardPath>>) -> Counted<K> {
        let each = said.iter().flat_map(|(of, reports)| {
            reports
                .iter()
                .map(move |report| (*of, vec![report.clone()]))
        });
        Counted::of_each(all, each)
    }

    /// Counts things, each with the reports that it comes from.
    pub(crate) fn of_each(
        all: &[K],
        each: impl IntoIterator<Item = (K, Vec<CardPath>)>,
    ) -> Counted<K> {
        let mut each: Vec<(K, Vec<CardPath>)> = each.into_iter().collect();
        each.sort();
        if each.len() < FEW {
            let few = each.into_iter().map(|(of, reports)| Count {
                of,
                number: 1,
                reports,
            });
            return Counted::Few(few.collect());
        }
        let count = |of: K| {
            let its: Vec<_> = each.iter().filter(|(its, _)| *its == of).collect();
            let reports: BTreeSet<&CardPath> = its.iter().flat_map(|(_, from)| from).collect();
            Count {
                of,
                number: its.len(),
                reports: reports.into_iter().cloned().collect(),
            }
        };
        Counted::Many(all.iter().map(|of| count(*of)).collect())
    }
}

impl<K> Counted<K> {
    /// Returns the same counts of other names.
    pub(crate) fn map<L>(self, name: impl Fn(K) -> L) -> Counted<L> {
        let rename = |counts: Vec<Count<K>>| {
            let counts = counts.into_iter().map(|count| Count {
                of: name(count.of),
                number: count.number,
                reports: count.reports,
            });
            counts.collect()
        };
        match self {
            Counted::Few(counts) => Counted::Few(rename(counts)),
            Counted::Many(counts) => Counted::Many(rename(counts)),
        }
    }

    /// Returns the counts, whether few or many.
    pub fn counts(&self) -> &[Count<K>] {
        match self {
            Counted::Few(counts) | Counted::Many(counts) => counts,
        }
    }

    /// Returns how many there are in all.
    pub fn total(&self) -> usize {
        self.counts().iter().map(|count| count.number).sum()
    }

    /// Says whether nobody says anything.
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }
}

impl Counted<Mark> {
    /// Returns the average mark with its number; none below three.
    pub fn average(&self) -> Option<Average> {
        let Counted::Many(counts) = self else {
            return None;
        };
        let number = self.total();
        let sum: usize = counts
            .iter()
            .map(|count| usize::from(count.of.get()) * count.number)
            .sum();
        Some(Average {
            value: sum as f64 / number as f64,
            number,
        })
    }
}
