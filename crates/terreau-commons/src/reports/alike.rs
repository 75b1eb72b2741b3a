//! Reports that look like the same case: told twice, or by two people.

use std::collections::BTreeSet;
use std::sync::Arc;

use terreau_card::{Card, CardPath};
use terreau_experience::{Alike, Case, Report, alike, may_be_alike};
use terreau_store::{BlobId, CommitId, Snapshot, Store, StoreError};

use super::{Places, Reports};
use crate::blocking::blocking;
use crate::read::CardView;
use crate::{Commons, ReadError};

/// How many reports a new one is said to look like, at most.
const MOST_ALIKE: usize = 5;

/// Two reports that look like the same case.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The first of them, by its address.
    pub one: Arc<Report>,
    /// The other.
    pub other: Arc<Report>,
    /// How much they look alike, and why.
    pub alike: Alike,
}

/// One of two reports, to be looked at beside the other.
pub struct Side {
    /// The report.
    pub report: Arc<Report>,
    /// Its card.
    pub view: Arc<CardView>,
}

/// Two reports beside each other.
pub struct SideBySide {
    /// The first.
    pub one: Side,
    /// The other.
    pub other: Side,
    /// How much they look alike, and why.
    pub alike: Alike,
}

/// The pairs of a moment.
pub(crate) type PairsOf = (CommitId, Arc<Vec<Pair>>);

impl Commons {
    /// Returns the pairs of reports that look like the same case, the likeliest first; those that are linked are told of
    /// already and left out.
    ///
    /// # Errors
    /// `Unexpected` when the repository cannot give their texts.
    pub async fn alike_pairs(&self, snapshot: &Arc<Snapshot>) -> Result<Arc<Vec<Pair>>, ReadError> {
        if let Some(pairs) = self.reports.pairs_of(snapshot.commit()) {
            return Ok(pairs);
        }
        let reports = self.reports(snapshot).await?;
        let (kept, store, snapshot) = (
            Arc::clone(&self.reports),
            Arc::clone(&self.store),
            Arc::clone(snapshot),
        );
        Ok(blocking(move || {
            let pairs = Arc::new(pairs(&reports, &store)?);
            kept.keep_pairs((*snapshot.commit(), Arc::clone(&pairs)));
            Ok::<_, StoreError>(pairs)
        })
        .await??)
    }

    /// Returns the published reports that look like the same case as a report that may not be published yet, the likeliest
    /// first. The card at `path` itself is not among them.
    ///
    /// # Errors
    /// `Unexpected` when the repository cannot give their texts.
    pub async fn reports_alike(
        &self,
        snapshot: &Arc<Snapshot>,
        card: &Card,
        path: &CardPath,
    ) -> Result<Vec<(CardPath, Alike)>, ReadError> {
        let reports = self.reports(snapshot).await?;
        let (store, snapshot) = (Arc::clone(&self.store), Arc::clone(snapshot));
        let (card, path) = (card.clone(), path.clone());
        Ok(blocking(move || {
            let mut places = Places::new(&store, &snapshot);
            let report = Report::read(&path, &card, |path| {
                // A territory that can't be read says nothing of what is alike.
                places.at(path).ok().and_then(|(place, _)| place)
            });
            let case = Case::new(&report, card.body());
            let mut found = Vec::new();
            for read in reports.read.values() {
                if may_be_alike(&report, &read.report) {
                    let body = body(&store, &read.blob)?;
                    let alike = alike(&case, &Case::new(&read.report, &body));
                    if alike.is_likely() {
                        found.push((read.report.path.clone(), alike));
                    }
                }
            }
            found.sort_by(|(_, one), (_, two)| two.score.total_cmp(&one.score));
            found.truncate(MOST_ALIKE);
            Ok::<_, StoreError>(found)
        })
        .await??)
    }

    /// Returns two published reports beside each other.
    ///
    /// # Errors
    /// `Missing` when one of them is no report, or both are the same.
    pub async fn side_by_side(
        &self,
        snapshot: &Arc<Snapshot>,
        one: &CardPath,
        other: &CardPath,
    ) -> Result<SideBySide, ReadError> {
        let reports = self.reports(snapshot).await?;
        let one = self.side(snapshot, &reports, one).await?;
        let other = self.side(snapshot, &reports, other).await?;
        if one.report.path == other.report.path {
            return Err(ReadError::Missing);
        }
        let alike = alike(
            &Case::new(&one.report, one.view.card.body()),
            &Case::new(&other.report, other.view.card.body()),
        );
        Ok(SideBySide { one, other, alike })
    }

    async fn side(
        &self,
        snapshot: &Arc<Snapshot>,
        reports: &Reports,
        path: &CardPath,
    ) -> Result<Side, ReadError> {
        let report = reports.at(path).ok_or(ReadError::Missing)?;
        let head = snapshot.head(path).ok_or(ReadError::Missing)?;
        Ok(Side {
            report: Arc::clone(report),
            view: self.read_card(snapshot, head).await?,
        })
    }
}

fn pairs(reports: &Reports, store: &Store) -> Result<Vec<Pair>, StoreError> {
    let all: Vec<_> = reports.read.values().collect();
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    for (first, one) in all.iter().enumerate() {
        let others = all.iter().enumerate().skip(first + 1);
        let may = others.filter(|(_, other)| may_be_alike(&one.report, &other.report));
        candidates.extend(may.map(|(second, _)| (first, second)));
    }
    // Only the texts that are compared are read.
    let needed: BTreeSet<usize> = candidates.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let mut cases = vec![None; all.len()];
    for place in needed {
        let body = body(store, &all[place].blob)?;
        cases[place] = Some(Case::new(&all[place].report, &body));
    }
    let mut pairs: Vec<Pair> = candidates
        .into_iter()
        .filter_map(|(first, second)| {
            let alike = alike(cases[first].as_ref()?, cases[second].as_ref()?);
            alike.is_likely().then(|| Pair {
                one: Arc::clone(&all[first].report),
                other: Arc::clone(&all[second].report),
                alike,
            })
        })
        .collect();
    pairs.sort_by(|one, two| two.alike.score.total_cmp(&one.alike.score));
    Ok(pairs)
}

fn body(store: &Store, blob: &BlobId) -> Result<String, StoreError> {
    let (card, _) = Card::read(&store.text(blob)?);
    Ok(card.body().to_owned())
}
