//! Cards at their places, and places in their departments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use terreau_card::{CardPath, Kind};
use terreau_commons::{Head, Spot};
use terreau_experience::{Place, PlaceId};
use terreau_territory::{Known, fold};

use crate::pages::territory::{Gathered, href_of, label_of};
use crate::{Words, url};

/// How many cards of a place are listed.
const MOST_LISTED: usize = 12;

/// The cards of a place.
pub struct PlaceCards {
    /// The place.
    pub id: PlaceId,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub spot: Spot,
    /// The cards, in the order in which they were found.
    pub cards: Vec<Arc<Head>>,
}

/// Cards at their places.
#[derive(Default)]
pub struct Placed {
    /// The places, by what makes them different.
    pub places: Vec<PlaceCards>,
    /// How many cards have a place.
    pub cards: usize,
    /// How many have none.
    pub nowhere: usize,
}

/// Places that are listed together.
pub struct Section {
    /// Where the map leads to.
    pub anchor: String,
    /// What they have in common: a department.
    pub name: String,
    /// Its address.
    pub href: Option<String>,
    /// How many cards they have.
    pub total: usize,
    /// The places.
    pub places: Vec<Listed>,
}

/// A place in the list.
pub struct Listed {
    /// What it is called.
    pub name: String,
    /// Its address.
    pub href: Option<String>,
    /// The first cards: title, address and kind.
    pub cards: Vec<ListedCard>,
    /// How many there are besides.
    pub more: usize,
}

/// A card in the list.
pub struct ListedCard {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Its kind.
    pub kind: String,
}

/// Returns every card that has a place: experiences, territories, organisations.
pub fn everything(gathered: &Gathered) -> Vec<CardPath> {
    let experiences = gathered.reports.all().map(|report| report.path.clone());
    let others = gathered
        .snapshot
        .heads()
        .filter(|head| matches!(head.kind, Kind::Territory | Kind::Organisation));
    let others = others.filter(|head| !head.is_archived());
    experiences
        .chain(others.map(|head| head.path.clone()))
        .collect()
}

impl Placed {
    /// Places cards: an experience where it happened, an organisation where it works, a territory where it is, and what
    /// can be tried where it was.
    pub fn of(paths: &[CardPath], gathered: &Gathered) -> Placed {
        let mut placed = Placed::default();
        let mut known: BTreeMap<PlaceId, usize> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for path in paths {
            let Some(head) = gathered.snapshot.head(path).filter(|_| seen.insert(path)) else {
                continue;
            };
            let places = places_of(head, gathered);
            if places.is_empty() {
                placed.nowhere += 1;
                continue;
            }
            placed.cards += 1;
            for place in places {
                let at = *known.entry(place.id.clone()).or_insert_with(|| {
                    let name = label_of(&place.id, &gathered.atlas, &gathered.reports);
                    placed.places.push(PlaceCards {
                        name: if name.is_empty() { place.name } else { name },
                        spot: gathered.atlas.spot(&place.id),
                        id: place.id,
                        cards: Vec::new(),
                    });
                    placed.places.len() - 1
                });
                placed.places[at].cards.push(Arc::clone(head));
            }
        }
        placed
            .places
            .sort_by_cached_key(|place| (fold(&place.name), place.id.clone()));
        placed
    }

    /// Returns how many cards there are in each department, and how many of them have no nearer place.
    pub fn by_department(&self) -> BTreeMap<&'static str, (usize, usize)> {
        let mut cards: BTreeMap<&'static str, (BTreeSet<&CardPath>, BTreeSet<&CardPath>)> =
            BTreeMap::new();
        for place in &self.places {
            for department in &place.spot.departments {
                let (all, far) = cards.entry(department.code()).or_default();
                all.extend(place.cards.iter().map(|head| &head.path));
                if place.spot.point.is_none() {
                    far.extend(place.cards.iter().map(|head| &head.path));
                }
            }
        }
        cards
            .into_iter()
            .map(|(code, (all, far))| (code, (all.len(), far.len())))
            .collect()
    }

    /// Returns the places as a list: by department, then whole regions, then what lies elsewhere.
    pub fn sections(&self, gathered: &Gathered, words: Words) -> Vec<Section> {
        let mut departments: BTreeMap<(String, &'static str), Vec<&PlaceCards>> = BTreeMap::new();
        let (mut regions, mut elsewhere) = (Vec::new(), Vec::new());
        for place in &self.places {
            for one in &place.spot.departments {
                let key = (fold(one.name()), one.code());
                departments.entry(key).or_default().push(place);
            }
            if place.spot.departments.is_empty() {
                match place.spot.region {
                    Some(_) => regions.push(place),
                    None => elsewhere.push(place),
                }
            }
        }
        let listing = Listing { gathered, words };
        let mut sections: Vec<Section> = departments
            .into_iter()
            .filter_map(|((_, code), places)| {
                let department = terreau_territory::Register::load().department(code)?;
                let id = PlaceId::Department(code.to_owned());
                Some(listing.section(
                    anchor_of(code),
                    Known::Department(department).label(),
                    href_of(&id, &gathered.atlas),
                    &places,
                ))
            })
            .collect();
        for (anchor, key, places) in [
            ("regions", "map-regions", regions),
            ("ailleurs", "map-elsewhere", elsewhere),
        ] {
            if !places.is_empty() {
                sections.push(listing.section(anchor.to_owned(), words.say(key), None, &places));
            }
        }
        sections
    }
}

/// Returns where the list of a department stands in the page.
pub fn anchor_of(code: &str) -> String {
    format!("d-{}", code.to_ascii_lowercase())
}

struct Listing<'a> {
    gathered: &'a Gathered,
    words: Words,
}

impl Listing<'_> {
    fn section(
        &self,
        anchor: String,
        name: String,
        href: Option<String>,
        places: &[&PlaceCards],
    ) -> Section {
        let cards: BTreeSet<&CardPath> = places
            .iter()
            .flat_map(|place| place.cards.iter().map(|head| &head.path))
            .collect();
        Section {
            anchor,
            name,
            href,
            total: cards.len(),
            places: places.iter().map(|place| self.listed(place)).collect(),
        }
    }

    fn listed(&self, place: &PlaceCards) -> Listed {
        let config = self.gathered.snapshot.config();
        let cards: Vec<ListedCard> = place
            .cards
            .iter()
            .take(MOST_LISTED)
            .map(|head| ListedCard {
                title: head.title.clone(),
                href: url::card(&head.path),
                kind: config
                    .kind(head.kind)
                    .label
                    .get(self.words.language)
                    .to_owned(),
            })
            .collect();
        Listed {
            name: place.name.clone(),
            href: href_of(&place.id, &self.gathered.atlas),
            more: place.cards.len() - cards.len(),
            cards,
        }
    }
}

/// Returns the places of a card.
fn places_of(head: &Head, gathered: &Gathered) -> Vec<Place> {
    match head.kind {
        Kind::Experience => gathered
            .reports
            .at(&head.path)
            .map(|report| report.places.clone())
            .unwrap_or_default(),
        Kind::Territory | Kind::Organisation => gathered
            .atlas
            .places_of(&head.path)
            .into_iter()
            .cloned()
            .collect(),
        _ => gathered
            .reports
            .of_card(&head.path)
            .map(|together| together.territories())
            .unwrap_or_default()
            .into_iter()
            .map(|tested| tested.place)
            .collect(),
    }
}
