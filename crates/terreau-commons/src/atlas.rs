//! The territories and organisations of a moment that have cards, read once, and where everything is.

mod spot;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use terreau_card::{Card, CardPath, Kind, Value};
use terreau_experience::{Place, PlaceId, Territory, WrittenPlace};
use terreau_store::{BlobId, CommitId, Head, Resolved, Snapshot, Store, StoreError};
use terreau_territory::fold;

use crate::blocking::blocking;
use crate::{Commons, Coordinates, ReadError};

pub use spot::Spot;

/// How far a place is followed to those that it is part of.
const MOST_STEPS: usize = 4;

/// The territories and organisations of a moment that have cards; archived ones are left out.
#[derive(Debug, Default)]
pub struct Atlas {
    territories: BTreeMap<CardPath, Arc<TerritoryCard>>,
    organisations: BTreeMap<CardPath, Arc<OrganisationCard>>,
    cards_of_places: BTreeMap<PlaceId, CardPath>,
    /// The places of each organisation, and the organisations of each place.
    working: BTreeMap<CardPath, Vec<Place>>,
    workers: BTreeMap<PlaceId, Vec<CardPath>>,
    /// Organisations by their folded names.
    names: BTreeMap<String, CardPath>,
    /// The cards that credit each organisation.
    credited: BTreeMap<CardPath, Vec<CardPath>>,
    coordinates: Option<Arc<Coordinates>>,
}

/// What the card of a territory says.
#[derive(Debug)]
pub struct TerritoryCard {
    /// Where it is.
    pub path: CardPath,
    /// Its title.
    pub title: String,
    /// What kind of territory it is: a code.
    pub nature: String,
    /// What makes it the same as another.
    pub place: Place,
    /// Codes of its topics.
    pub topics: Vec<String>,
    /// Latitude and longitude, in degrees, when the card says them.
    pub location: Option<(f64, f64)>,
    /// The territories that it is part of.
    pub part_of: Vec<Territory>,
    blob: BlobId,
}

/// What the card of an organisation says.
#[derive(Debug)]
pub struct OrganisationCard {
    /// Where it is.
    pub path: CardPath,
    /// Its title.
    pub title: String,
    /// Its short name.
    pub short_name: Option<String>,
    /// Where its mirror of the commons is.
    pub mirror: Option<String>,
    territories: Vec<Territory>,
    blob: BlobId,
}

impl Atlas {
    /// Returns the territories that have a card, in the order of their addresses.
    pub fn territories(&self) -> impl Iterator<Item = &Arc<TerritoryCard>> {
        self.territories.values()
    }

    /// Returns the territory of a card.
    pub fn territory(&self, path: &CardPath) -> Option<&Arc<TerritoryCard>> {
        self.territories.get(path)
    }

    /// Returns the card of a place.
    pub fn card_of(&self, place: &PlaceId) -> Option<&Arc<TerritoryCard>> {
        self.territories.get(self.cards_of_places.get(place)?)
    }

    /// Returns the organisation of a card.
    pub fn organisation(&self, path: &CardPath) -> Option<&Arc<OrganisationCard>> {
        self.organisations.get(path)
    }

    /// Returns the organisation that is called so, by its name or its short name.
    pub fn organisation_named(&self, name: &str) -> Option<&Arc<OrganisationCard>> {
        self.organisations.get(self.names.get(&fold(name))?)
    }

    /// Returns the organisations that say they work in a place.
    pub fn at_work_in(&self, place: &PlaceId) -> impl Iterator<Item = &Arc<OrganisationCard>> {
        let paths = self.workers.get(place).map_or(&[][..], Vec::as_slice);
        paths.iter().filter_map(|path| self.organisations.get(path))
    }

    /// Returns the cards that credit an organisation, in the order of their addresses.
    pub fn credited(&self, organisation: &CardPath) -> &[CardPath] {
        self.credited.get(organisation).map_or(&[], Vec::as_slice)
    }

    /// Returns the places of the card of a territory or an organisation.
    pub fn places_of(&self, path: &CardPath) -> Vec<&Place> {
        if let Some(territory) = self.territories.get(path) {
            return vec![&territory.place];
        }
        self.working.get(path).into_iter().flatten().collect()
    }

    /// Returns who is to be credited for the coordinates of communes, when some were imported.
    pub fn coordinates(&self) -> Option<&Coordinates> {
        self.coordinates.as_deref()
    }

    /// Returns the atlas of a moment, reading only what another doesn't know.
    fn next(
        &self,
        store: &Store,
        snapshot: &Snapshot,
        coordinates: Option<Arc<Coordinates>>,
    ) -> Result<Atlas, StoreError> {
        let mut atlas = Atlas {
            coordinates,
            ..Atlas::default()
        };
        for head in snapshot.heads().filter(|head| !head.is_archived()) {
            match head.kind {
                Kind::Territory => {
                    let known = self.territories.get(&head.path);
                    let read = match known.filter(|known| known.blob == head.blob) {
                        Some(known) => Arc::clone(known),
                        None => Arc::new(TerritoryCard::read(store, head)?),
                    };
                    atlas.territories.insert(head.path.clone(), read);
                }
                Kind::Organisation => {
                    let known = self.organisations.get(&head.path);
                    let read = match known.filter(|known| known.blob == head.blob) {
                        Some(known) => Arc::clone(known),
                        None => Arc::new(OrganisationCard::read(store, head)?),
                    };
                    atlas.organisations.insert(head.path.clone(), read);
                }
                _ => {}
            }
        }
        atlas.tie(snapshot);
        atlas.tie_credits(snapshot);
        Ok(atlas)
    }

    /// Ties what was read: a place to its card, organisations to their places.
    fn tie(&mut self, snapshot: &Snapshot) {
        // A part of a commune leads to the commune of today, whose own card stands first.
        let mut by_weight: Vec<&Arc<TerritoryCard>> = self.territories.values().collect();
        by_weight.sort_by_key(|one| (one.nature == "commune-deleguee", &one.path));
        for one in by_weight {
            let id = one.place.id.clone();
            self.cards_of_places
                .entry(id)
                .or_insert_with(|| one.path.clone());
        }
        for (path, organisation) in &self.organisations {
            for name in organisation.names() {
                self.names.entry(fold(name)).or_insert_with(|| path.clone());
            }
            let mut seen = BTreeSet::new();
            let places: Vec<Place> = organisation
                .territories
                .iter()
                .map(|territory| self.place_of(territory, snapshot))
                .filter(|place| seen.insert(place.id.clone()))
                .collect();
            for place in &places {
                let workers = self.workers.entry(place.id.clone()).or_default();
                workers.push(path.clone());
            }
            self.working.insert(path.clone(), places);
        }
    }

    /// Ties organisations to the cards that credit them by their name.
    fn tie_credits(&mut self, snapshot: &Snapshot) {
        // Few names stand in many cards: each is looked up once.
        let mut known: HashMap<&str, Option<&CardPath>> = HashMap::new();
        for head in snapshot.heads().filter(|head| !head.is_archived()) {
            for name in &head.credited {
                let look_up = || self.names.get(&fold(name));
                let found = *known.entry(name.as_str()).or_insert_with(look_up);
                if let Some(organisation) = found.filter(|path| **path != head.path) {
                    let its = self.credited.entry(organisation.clone()).or_default();
                    if its.last() != Some(&head.path) {
                        its.push(head.path.clone());
                    }
                }
            }
        }
    }

    fn place_of(&self, territory: &Territory, snapshot: &Snapshot) -> Place {
        match territory {
            Territory::Written(written) => Place::of_written(written),
            Territory::Card(path) => {
                let present = match snapshot.resolve(path.as_str()) {
                    Resolved::Moved(path) => path,
                    _ => path.clone(),
                };
                self.territories
                    .get(&present)
                    .map_or_else(|| Place::of_path(&present), |card| card.place.clone())
            }
        }
    }
}

impl TerritoryCard {
    fn read(store: &Store, head: &Head) -> Result<TerritoryCard, StoreError> {
        let (card, _) = Card::read(&store.text(&head.blob)?);
        let degrees = |key: &str| card.value("location")?.get(key)?.as_decimal();
        Ok(TerritoryCard {
            path: head.path.clone(),
            title: head.title.clone(),
            nature: card
                .value("nature")
                .and_then(Value::plain)
                .unwrap_or_default(),
            place: Place::of_card(&head.path, &card),
            topics: head.topics.clone(),
            location: degrees("lat").zip(degrees("lon")),
            part_of: territories(&card, "part_of"),
            blob: head.blob,
        })
    }
}

impl OrganisationCard {
    fn read(store: &Store, head: &Head) -> Result<OrganisationCard, StoreError> {
        let (card, _) = Card::read(&store.text(&head.blob)?);
        Ok(OrganisationCard {
            path: head.path.clone(),
            title: head.title.clone(),
            short_name: card.value("short_name").and_then(Value::plain),
            mirror: card
                .value("mirror")
                .and_then(|mirror| mirror.get("url")?.plain()),
            territories: territories(&card, "territories"),
            blob: head.blob,
        })
    }

    /// Returns what it is called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [Some(self.title.as_str()), self.short_name.as_deref()]
            .into_iter()
            .flatten()
            .filter(|name| !name.trim().is_empty())
    }
}

/// Reads a list of territories: paths of cards, or places described where they are named.
fn territories(card: &Card, key: &str) -> Vec<Territory> {
    let items = card.value(key).and_then(Value::as_list).unwrap_or_default();
    items.iter().filter_map(WrittenPlace::read).collect()
}

/// The atlas of the moment that was asked for last.
#[derive(Default)]
pub(crate) struct Kept {
    latest: Mutex<Option<(CommitId, Arc<Atlas>)>>,
    /// Held while one is derived, so that nobody derives the same beside; never by async code.
    turn: Mutex<()>,
}

impl Kept {
    fn latest(&self) -> Option<(CommitId, Arc<Atlas>)> {
        self.latest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn derive(
        &self,
        store: &Store,
        snapshot: &Snapshot,
        coordinates: Option<Arc<Coordinates>>,
    ) -> Result<Arc<Atlas>, StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = match self.latest() {
            Some((commit, atlas)) if commit == *snapshot.commit() => return Ok(atlas),
            Some((_, atlas)) => atlas,
            None => Arc::default(),
        };
        let atlas = Arc::new(latest.next(store, snapshot, coordinates)?);
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((*snapshot.commit(), Arc::clone(&atlas)));
        Ok(atlas)
    }
}

impl Commons {
    /// Returns the territories and organisations of a moment. Only the cards that changed since it was asked last are read.
    ///
    /// # Errors
    /// `Unexpected` when the repository cannot give their texts.
    pub async fn atlas(&self, snapshot: &Arc<Snapshot>) -> Result<Arc<Atlas>, ReadError> {
        if let Some((commit, atlas)) = self.atlas.latest()
            && commit == *snapshot.commit()
        {
            return Ok(atlas);
        }
        let (kept, store, snapshot) = (
            Arc::clone(&self.atlas),
            Arc::clone(&self.store),
            Arc::clone(snapshot),
        );
        let coordinates = self.coordinates.clone();
        Ok(blocking(move || kept.derive(&store, &snapshot, coordinates)).await??)
    }
}
