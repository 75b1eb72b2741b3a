//! What the search index knows of a card: its words, its facets, and what other cards say of it.

use std::collections::{BTreeSet, HashMap};

use terreau_card::facets::{
    Facet, facets_of, place_name, place_of_code, place_of_name, place_of_region, population_class,
};
use terreau_card::{Card, CardId, CardPath, Kind, Value};
use terreau_search::Document;
use terreau_store::{Head, Resolved, Snapshot, Store};

use crate::Reports;

/// The key by which an experience names what it tells of, and that by which a card names its places.
const ABOUT: &str = "about";
const TERRITORIES: &str = "territories";
const PART_OF: &str = "part_of";

/// How far a place is followed to those that it is part of.
const MOST_STEPS: usize = 4;

/// Makes the documents of cards, as one moment shows them.
pub(crate) struct Documents<'a> {
    pub store: &'a Store,
    pub snapshot: &'a Snapshot,
    /// What happened when cards were tried.
    pub reports: &'a Reports,
    /// When cards were last published through a reading by others.
    pub reviewed: &'a HashMap<CardId, i64>,
}

impl Documents<'_> {
    /// Returns the document of a card; none for an archived one, which is kept for memory only.
    pub fn of(&self, head: &Head) -> anyhow::Result<Option<Document>> {
        if head.is_archived() {
            return Ok(None);
        }
        let (card, _) = Card::read(&self.store.text(&head.blob)?);
        let config = self.snapshot.config();
        let mut facets = facets_of(&card, config);
        let places = self.places(&card, head);
        facets.extend(
            places
                .populations
                .iter()
                .map(|class| (Facet::Population, (*class).to_owned())),
        );
        facets.extend(
            places
                .nodes
                .iter()
                .map(|node| (Facet::Territory, node.clone())),
        );
        let added_up = self.reports.of_card(&head.path);
        let tried = added_up.map(|its| its.tried()).unwrap_or_default();
        if can_be_tried(head.kind) {
            facets.extend(
                tried
                    .classes()
                    .into_iter()
                    .map(|class| (Facet::Tried, class.to_owned())),
            );
        }
        facets.sort();
        facets.dedup();
        let about = named(head, ABOUT)
            .filter_map(|path| Some(self.at(path)?.id))
            .collect();
        let updated = head.updated.timestamp();
        let own = Document::of(&card, config, head.id, head.path.clone(), updated);
        let mut labels = own.labels;
        labels.extend(places.nodes.iter().filter_map(|node| place_name(node)));
        labels.extend(places.names);
        Ok(Some(Document {
            kind: head.kind,
            title: head.title.clone(),
            labels,
            facets,
            tried: u32::try_from(tried.reports).unwrap_or(u32::MAX),
            reviewed: self.reviewed.get(&head.id).copied(),
            named: head.mentions.iter().map(|(to, _)| to.clone()).collect(),
            about: if head.kind == Kind::Experience {
                about
            } else {
                Vec::new()
            },
            ..own
        }))
    }

    /// Returns where a card is at home: its own territory, those that it names, and what they are part of.
    fn places(&self, card: &Card, head: &Head) -> Places {
        let mut places = Places::default();
        if head.kind == Kind::Territory {
            self.add_place(card, &mut places, MOST_STEPS);
        } else {
            for item in list(card, TERRITORIES) {
                self.add_named(item, &mut places, MOST_STEPS);
            }
        }
        places
    }

    /// Adds a place that is named by the path of its card, or described where it is named.
    fn add_named(&self, item: &Value, places: &mut Places, steps: usize) {
        if let Some(path) = item.as_text() {
            let Some(head) = CardPath::parse(path).ok().and_then(|path| self.at(&path)) else {
                return;
            };
            places.names.push(head.title.clone());
            if let Ok(text) = self.store.text(&head.blob) {
                self.add_place(&Card::read(&text).0, places, steps);
            }
            return;
        }
        let text = |key: &str| item.get(key).and_then(Value::plain);
        places.names.extend(text("name"));
        let node = text("insee")
            .filter(|code| code.len() == 5)
            .and_then(|code| place_of_code(&code))
            .or_else(|| text("department").and_then(|name| place_of_name(&name)))
            .or_else(|| text("region").and_then(|name| place_of_name(&name)));
        places.add(node);
    }

    /// Adds what the card of a territory says; when it says no code, what its wider territories say.
    fn add_place(&self, card: &Card, places: &mut Places, steps: usize) {
        let text = |key: &str| card.value(key).and_then(Value::plain);
        let code = text("code").unwrap_or_default();
        let nature = text("nature").unwrap_or_default();
        let node = match nature.as_str() {
            "commune" | "commune-deleguee" | "quartier" if code.len() == 5 => place_of_code(&code),
            "departement" if code.len() <= 3 => place_of_code(&code),
            "region" => place_of_region(&code),
            _ => None,
        };
        let inhabitants = card.value("population").and_then(Value::as_integer);
        if let ("commune", Some(count)) = (nature.as_str(), inhabitants) {
            let count = u64::try_from(count).unwrap_or_default();
            places.populations.insert(population_class(count));
        }
        if node.is_none() && steps > 0 {
            for item in list(card, PART_OF) {
                let known = places.names.len();
                self.add_named(item, places, steps - 1);
                // Only the places that a card names are words to find it by.
                places.names.truncate(known);
            }
        }
        places.add(node);
    }

    fn at(&self, path: &CardPath) -> Option<Head> {
        match self.snapshot.resolve(path.as_str()) {
            Resolved::Card(head) => Some((*head).clone()),
            Resolved::Moved(path) => self.snapshot.head(&path).map(|head| (**head).clone()),
            _ => None,
        }
    }
}

/// Where a card is at home.
#[derive(Default)]
struct Places {
    nodes: BTreeSet<String>,
    populations: BTreeSet<&'static str>,
    names: Vec<String>,
}

impl Places {
    /// Adds a node and the region above it.
    fn add(&mut self, node: Option<String>) {
        if let Some(node) = node {
            if let Some((region, _)) = node.split_once('/') {
                self.nodes.insert(region.to_owned());
            }
            self.nodes.insert(node);
        }
    }
}

/// Returns the cards whose documents change with the one at `path`, whose old and new heads or texts name `named`: what
/// an experience tells of, and what is told of at a territory.
pub(crate) fn touched_by(
    snapshot: &Snapshot,
    path: &CardPath,
    named: &[(CardPath, Option<String>)],
) -> BTreeSet<CardPath> {
    let mut touched: BTreeSet<CardPath> = named
        .iter()
        .filter(|(_, relation)| relation.as_deref() == Some(ABOUT))
        .map(|(to, _)| snapshot.alias(to).unwrap_or(to).clone())
        .collect();
    let mut wider = vec![path.clone()];
    let mut seen: BTreeSet<CardPath> = wider.iter().cloned().collect();
    while let Some(place) = wider.pop() {
        for link in snapshot.links_to(&place) {
            match link.relation.as_deref() {
                Some(TERRITORIES) => {
                    touched.insert(link.from);
                }
                Some(PART_OF) if seen.insert(link.from.clone()) => {
                    touched.insert(link.from.clone());
                    wider.push(link.from);
                }
                _ => {}
            }
        }
    }
    touched
}

fn named<'a>(head: &'a Head, relation: &'a str) -> impl Iterator<Item = &'a CardPath> {
    head.mentions
        .iter()
        .filter(move |(_, its)| its.as_deref() == Some(relation))
        .map(|(to, _)| to)
}

fn list<'a>(card: &'a Card, key: &str) -> &'a [Value] {
    card.value(key).and_then(Value::as_list).unwrap_or_default()
}

const fn can_be_tried(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Method | Kind::Tool | Kind::Action | Kind::Survey | Kind::Pathway | Kind::Exhibition
    )
}
