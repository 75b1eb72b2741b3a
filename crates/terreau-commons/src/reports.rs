//! Every report of a moment, read once: by card and by place. The next moment is derived from the one before.

mod alike;
mod settle;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use terreau_card::{Card, CardPath, Kind};
use terreau_experience::{AddedUp, Place, PlaceId, Report};
use terreau_store::{BlobId, CommitId, Head, Snapshot, Store, StoreError};

use crate::blocking::blocking;
use crate::{Commons, ReadError};

pub use alike::{Pair, Side, SideBySide};
pub use settle::Settling;

/// Every report of a moment: the experiences that are not archived, those of what is only planned too.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(PartialEq))]
pub struct Reports {
    read: BTreeMap<CardPath, Read>,
    cards: HashMap<CardPath, Arc<AddedUp>>,
    places: BTreeMap<PlaceId, Vec<Arc<Report>>>,
}

/// A card where it stands now, and its text.
type Standing = (CardPath, BlobId);

/// A report with all that it was read from: while that stays, it stays.
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(PartialEq))]
struct Read {
    report: Arc<Report>,
    blob: BlobId,
    /// The cards that it tells of, at their present addresses.
    about: BTreeSet<CardPath>,
    /// The cards of its territories, as it names them: what stands there now.
    territories: Vec<(CardPath, Option<Standing>)>,
}

impl Reports {
    /// Returns every report, in the order of their addresses.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Report>> {
        self.read.values().map(|read| &read.report)
    }

    /// Returns the report at an address.
    pub fn at(&self, path: &CardPath) -> Option<&Arc<Report>> {
        self.read.get(path).map(|read| &read.report)
    }

    /// Returns what the reports of a card say together; none when nobody told of it.
    pub fn of_card(&self, path: &CardPath) -> Option<&Arc<AddedUp>> {
        self.cards.get(path)
    }

    /// Returns the cards that reports tell of, with what these say together, in no order.
    pub fn cards(&self) -> impl Iterator<Item = (&CardPath, &Arc<AddedUp>)> {
        self.cards.iter()
    }

    /// Returns the reports of a place, in the order of their addresses.
    pub fn at_place(&self, id: &PlaceId) -> &[Arc<Report>] {
        self.places.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns every place that reports name, with its reports.
    pub fn places(&self) -> impl Iterator<Item = (&PlaceId, &[Arc<Report>])> {
        self.places
            .iter()
            .map(|(id, reports)| (id, reports.as_slice()))
    }

    /// Returns the reports of a moment, reading only what the reports of another don't know; none when both are the same.
    fn next(&self, store: &Store, snapshot: &Snapshot) -> Result<Option<Reports>, StoreError> {
        let mut read = BTreeMap::new();
        let mut come: Vec<CardPath> = Vec::new();
        let mut places = Places::new(store, snapshot);
        let told = |head: &&Arc<Head>| head.kind == Kind::Experience && !head.is_archived();
        for head in snapshot.heads().filter(told) {
            let known = self.read.get(&head.path);
            let one = match known.filter(|known| known.stays(head, snapshot)) {
                Some(known) => known.clone(),
                None => {
                    come.push(head.path.clone());
                    Read::of(head, &mut places)?
                }
            };
            read.insert(head.path.clone(), one);
        }
        let goes = |(path, known): &(&CardPath, &Read)| {
            let stays = |now: &Read| Arc::ptr_eq(&now.report, &known.report);
            !read.get(*path).is_some_and(stays)
        };
        let gone: Vec<&Read> = self.read.iter().filter(goes).map(|(_, one)| one).collect();
        if come.is_empty() && gone.is_empty() {
            return Ok(None);
        }
        let mut next = self.clone();
        for one in gone {
            next.take_out(one);
        }
        next.read = read;
        for path in come {
            if let Some(one) = next.read.get(&path).cloned() {
                next.put_in(&one);
            }
        }
        Ok(Some(next))
    }

    fn put_in(&mut self, read: &Read) {
        for card in &read.about {
            let its = self.cards.entry(card.clone()).or_default();
            Arc::make_mut(its).put(Arc::clone(&read.report));
        }
        for place in &read.report.places {
            let its = self.places.entry(place.id.clone()).or_default();
            let after = its.partition_point(|other| other.path < read.report.path);
            its.insert(after, Arc::clone(&read.report));
        }
    }

    fn take_out(&mut self, read: &Read) {
        for card in &read.about {
            if let Some(its) = self.cards.get_mut(card) {
                Arc::make_mut(its).take(&read.report.path);
                if its.is_empty() {
                    self.cards.remove(card);
                }
            }
        }
        for place in &read.report.places {
            if let Some(its) = self.places.get_mut(&place.id) {
                its.retain(|other| other.path != read.report.path);
                if its.is_empty() {
                    self.places.remove(&place.id);
                }
            }
        }
    }
}

impl Read {
    fn of(head: &Head, places: &mut Places<'_>) -> Result<Read, StoreError> {
        let (card, _) = Card::read(&places.store.text(&head.blob)?);
        let mut territories = Vec::new();
        let mut failed = None;
        let report = Report::read(&head.path, &card, |path| match places.at(path) {
            Ok((place, card)) => {
                territories.push((path.clone(), card));
                place
            }
            Err(error) => {
                failed = Some(error);
                None
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        Ok(Read {
            about: about(&report, places.snapshot),
            report: Arc::new(report),
            blob: head.blob,
            territories,
        })
    }

    /// Says whether reading it again would give the same.
    fn stays(&self, head: &Head, snapshot: &Snapshot) -> bool {
        self.blob == head.blob
            && self.about == about(&self.report, snapshot)
            && self
                .territories
                .iter()
                .all(|(named, card)| *card == card_at(named, snapshot))
    }
}

/// The territories that reports name by their cards, each read once.
struct Places<'a> {
    store: &'a Store,
    snapshot: &'a Snapshot,
    read: HashMap<BlobId, Place>,
}

impl<'a> Places<'a> {
    fn new(store: &'a Store, snapshot: &'a Snapshot) -> Places<'a> {
        Places {
            store,
            snapshot,
            read: HashMap::new(),
        }
    }

    /// Returns the place of a territory's card, and the card that stands at this address.
    fn at(&mut self, path: &CardPath) -> Result<(Option<Place>, Option<Standing>), StoreError> {
        let Some((path, blob)) = card_at(path, self.snapshot) else {
            return Ok((None, None));
        };
        if let Some(place) = self.read.get(&blob) {
            return Ok((Some(place.clone()), Some((path, blob))));
        }
        let (card, _) = Card::read(&self.store.text(&blob)?);
        let place = Place::of_card(&path, &card);
        self.read.insert(blob, place.clone());
        Ok((Some(place), Some((path, blob))))
    }
}

/// Returns the cards that a report tells of, at their present addresses.
fn about(report: &Report, snapshot: &Snapshot) -> BTreeSet<CardPath> {
    let used = report.experience.about.iter();
    used.map(|used| present(&used.card, snapshot)).collect()
}

/// Returns where a card is now: what names it by an old address means it too.
fn present(path: &CardPath, snapshot: &Snapshot) -> CardPath {
    let moved = snapshot
        .alias(path)
        .filter(|_| snapshot.head(path).is_none());
    moved.unwrap_or(path).clone()
}

fn card_at(path: &CardPath, snapshot: &Snapshot) -> Option<Standing> {
    let path = present(path, snapshot);
    let blob = snapshot.head(&path)?.blob;
    Some((path, blob))
}

/// The reports of the moment that was asked for last.
#[derive(Default)]
pub(crate) struct Kept {
    latest: Mutex<Option<(CommitId, Arc<Reports>)>>,
    pairs: Mutex<Option<alike::PairsOf>>,
    /// Held while one is derived, so that nobody derives the same beside; never by async code.
    turn: Mutex<()>,
}

impl Kept {
    fn of(&self, commit: &CommitId) -> Option<Arc<Reports>> {
        let latest = self.latest();
        latest
            .filter(|(its, _)| its == commit)
            .map(|(_, reports)| reports)
    }

    fn latest(&self) -> Option<(CommitId, Arc<Reports>)> {
        self.latest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn pairs_of(&self, commit: &CommitId) -> Option<Arc<Vec<Pair>>> {
        let pairs = self.pairs.lock().unwrap_or_else(PoisonError::into_inner);
        let known = pairs.as_ref().filter(|(its, _)| its == commit);
        known.map(|(_, pairs)| Arc::clone(pairs))
    }

    fn keep_pairs(&self, pairs: alike::PairsOf) {
        *self.pairs.lock().unwrap_or_else(PoisonError::into_inner) = Some(pairs);
    }

    /// Returns the reports of a moment, derived from those known last.
    fn derive(&self, store: &Store, snapshot: &Snapshot) -> Result<Arc<Reports>, StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = match self.latest() {
            Some((commit, reports)) if commit == *snapshot.commit() => return Ok(reports),
            Some((_, reports)) => reports,
            None => Arc::default(),
        };
        let reports = latest.next(store, snapshot)?.map_or(latest, Arc::new);
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((*snapshot.commit(), Arc::clone(&reports)));
        Ok(reports)
    }
}

impl Commons {
    /// Returns every report of a moment. Only those that changed since it was asked last are read.
    ///
    /// # Errors
    /// `Unexpected` when the repository cannot give their texts.
    pub async fn reports(&self, snapshot: &Arc<Snapshot>) -> Result<Arc<Reports>, ReadError> {
        if let Some(reports) = self.reports.of(snapshot.commit()) {
            return Ok(reports);
        }
        let (kept, store, snapshot) = (
            Arc::clone(&self.reports),
            Arc::clone(&self.store),
            Arc::clone(snapshot),
        );
        Ok(blocking(move || kept.derive(&store, &snapshot)).await??)
    }
}

#[cfg(test)]
pub(crate) fn from_scratch(store: &Store, snapshot: &Snapshot) -> Result<Reports, StoreError> {
    let all = Reports::default().next(store, snapshot)?;
    Ok(all.unwrap_or_default())
}
