//! What one year brought to the commons.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike, TimeZone, Utc};
use terreau_card::{Card, CardId, CardPath, Kind};
use terreau_db::KindOfChange;
use terreau_experience::AddedUp;
use terreau_store::{Head, Snapshot, StoreError};

use crate::blocking::blocking;
use crate::{Commons, Contributor, ReadError};

/// The relations by which a new card takes another one up.
const TAKES_UP: [&str; 7] = [
    "uses",
    "part-of",
    "variant-of",
    "illustrates",
    "parts",
    "steps",
    "panels",
];
/// The uses of a source by which a card comes from another text.
const COMES_FROM: [&str; 2] = ["adapted-from", "translated-from"];

/// What one year brought. Cards that were archived or are gone since are not in it; versions are those of all cards.
pub struct Annual {
    /// The year.
    pub year: i32,
    /// Every year of the history, the latest first.
    pub years: Vec<i32>,
    /// The cards that are new, by kind, in the order of the format; reports among them.
    pub new: Vec<(Kind, Vec<Arc<Head>>)>,
    /// How many versions were published.
    pub versions: usize,
    /// How many cards they changed.
    pub changed: usize,
    /// Who made them, most versions first; the instance itself left out.
    pub contributors: Vec<Contributor>,
    /// What the new reports say together.
    pub reports: AddedUp,
    /// The cards that new ones tell of or take up, most first.
    pub reuse: Vec<Reuse>,
    /// The new cards that adapt or translate something.
    pub adapted: Vec<Arc<Head>>,
}

/// How new cards take a card up.
pub struct Reuse {
    /// The card.
    pub head: Arc<Head>,
    /// How many new reports tell of its use.
    pub reports: usize,
    /// How many other new cards are built on it.
    pub cards: usize,
}

impl Commons {
    /// Returns what a year brought; none for a year before the history or after it. Without a year, the latest one.
    ///
    /// # Errors
    /// `Unexpected` when history or repository cannot be read.
    pub async fn annual(
        &self,
        snapshot: &Arc<Snapshot>,
        year: Option<i32>,
    ) -> Result<Option<Annual>, ReadError> {
        self.history_caught_up().await?;
        let Some((first, last)) = self.db().history_span().await? else {
            return Ok(None);
        };
        let years: Vec<i32> = (first.year()..=last.year()).rev().collect();
        let year = year.unwrap_or(last.year());
        let (true, Some(from), Some(until)) =
            (years.contains(&year), new_year(year), new_year(year + 1))
        else {
            return Ok(None);
        };
        let changes = self.db().changes_between(from, until).await?;
        let changed: HashSet<CardId> = changes.iter().map(|(card, _)| *card).collect();
        let created = changes
            .iter()
            .filter(|(_, kind)| *kind == KindOfChange::Created)
            .filter_map(|(card, _)| snapshot.by_id(card))
            .filter(|head| !head.is_archived());
        let mut new: BTreeMap<CardPath, Arc<Head>> = BTreeMap::new();
        new.extend(created.map(|head| (head.path.clone(), Arc::clone(head))));
        let all = self.reports(snapshot).await?;
        let reports = AddedUp::of(new.keys().filter_map(|path| all.at(path)).cloned());
        let adapted = self.adapted(new.values().cloned().collect()).await?;
        let names = self.mailmap().await?;
        let credited = names.credited(self.db().credited_between(from, until).await?);
        Ok(Some(Annual {
            year,
            years,
            versions: changes.len(),
            changed: changed.len(),
            contributors: credited
                .into_iter()
                .filter(|one| one.name != self.instance_name)
                .map(|one| Contributor {
                    name: one.name,
                    organisation: one.organisation,
                    versions: one.versions,
                    last: one.last,
                })
                .collect(),
            reports,
            reuse: reuse(&new, snapshot),
            adapted,
            new: by_kind(new),
        }))
    }

    /// Returns those of some cards whose sources say that they come from another text.
    async fn adapted(&self, heads: Vec<Arc<Head>>) -> Result<Vec<Arc<Head>>, ReadError> {
        let store = Arc::clone(&self.store);
        Ok(blocking(move || {
            let mut adapted = Vec::new();
            for head in heads {
                let (card, _) = Card::read(&store.text(&head.blob)?);
                let comes_from = |usage: &str| COMES_FROM.contains(&usage);
                if card
                    .sources()
                    .iter()
                    .any(|source| comes_from(&source.usage))
                {
                    adapted.push(head);
                }
            }
            Ok::<_, StoreError>(adapted)
        })
        .await??)
    }
}

fn new_year(year: i32) -> Option<DateTime<Utc>> {
    Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).single()
}

fn by_kind(new: BTreeMap<CardPath, Arc<Head>>) -> Vec<(Kind, Vec<Arc<Head>>)> {
    let heads: Vec<Arc<Head>> = new.into_values().collect();
    Kind::ALL
        .into_iter()
        .map(|kind| {
            let its = heads.iter().filter(|head| head.kind == kind);
            (kind, its.cloned().collect::<Vec<_>>())
        })
        .filter(|(_, its)| !its.is_empty())
        .collect()
}

fn reuse(new: &BTreeMap<CardPath, Arc<Head>>, snapshot: &Snapshot) -> Vec<Reuse> {
    let mut reports: BTreeMap<&CardPath, BTreeSet<&CardPath>> = BTreeMap::new();
    let mut cards: BTreeMap<&CardPath, BTreeSet<&CardPath>> = BTreeMap::new();
    for head in new.values() {
        for (to, relation) in &head.mentions {
            let Some(relation) = relation.as_deref() else {
                continue;
            };
            if relation == "about" && head.kind == Kind::Experience {
                reports.entry(to).or_default().insert(&head.path);
            } else if TAKES_UP.contains(&relation) && head.kind != Kind::Experience {
                cards.entry(to).or_default().insert(&head.path);
            }
        }
    }
    let named: BTreeSet<&CardPath> = reports.keys().chain(cards.keys()).copied().collect();
    let count =
        |of: &BTreeMap<&CardPath, BTreeSet<&CardPath>>, path| of.get(path).map_or(0, BTreeSet::len);
    let mut reuse: Vec<Reuse> = named
        .into_iter()
        .filter_map(|path| {
            let head = snapshot.head(path).filter(|head| !head.is_archived())?;
            Some(Reuse {
                head: Arc::clone(head),
                reports: count(&reports, path),
                cards: count(&cards, path),
            })
        })
        .collect();
    // Stable: those that are taken up equally often stay in the order of their addresses.
    reuse.sort_by_key(|one| std::cmp::Reverse((one.reports + one.cards, one.reports)));
    reuse
}
