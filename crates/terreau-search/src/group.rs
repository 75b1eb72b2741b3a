//! Cards that say nearly the same are shown once; experiences of a method follow it and are not many.

use std::collections::HashMap;

use tantivy::DocAddress;
use terreau_card::facets::Facet;

use crate::SearchError;
use crate::alike::are_alike;
use crate::find::Finder;
use crate::rank::{Ranked, numbers, texts, values};
use crate::schema::{ABOUT, FINGERPRINT};

/// Experiences of one method that stand where their words put them; each further one falls back.
const EXPERIENCES: usize = 2;
/// How far it falls back.
const FALLS: f32 = 0.8;

/// A card with those that say nearly the same.
pub(crate) struct Group {
    pub first: Ranked,
    pub alike: Vec<DocAddress>,
}

impl Group {
    /// Returns a card that stands alone.
    pub fn of(first: Ranked) -> Group {
        Group {
            first,
            alike: Vec::new(),
        }
    }

    /// Returns a card that stands alone and was not looked at a second time.
    pub fn alone((score, at): (f32, DocAddress)) -> Group {
        Group::of(Ranked {
            at,
            score,
            why: None,
        })
    }
}

/// Groups ranked cards.
pub(crate) fn groups(
    finder: &Finder<'_>,
    mut ranked: Vec<Ranked>,
) -> Result<Vec<Group>, SearchError> {
    let mut at: Vec<DocAddress> = ranked.iter().map(|card| card.at).collect();
    at.sort_unstable();
    let kinds = values(finder, Facet::Kind, &at);
    let about = texts(finder, ABOUT, &at)?;
    let prints = numbers(finder, |fast| fast.u64(FINGERPRINT), &at)?;
    let places: HashMap<DocAddress, usize> = at.into_iter().zip(0..).collect();
    let mut told: HashMap<&str, usize> = HashMap::new();
    for card in &mut ranked {
        let methods = about[places[&card.at]].iter();
        let most = methods
            .map(|method| {
                let times = told.entry(method).or_default();
                *times += 1;
                *times
            })
            .max();
        if let Some(more) = most.and_then(|most| most.checked_sub(EXPERIENCES)) {
            card.score *= FALLS.powi(i32::try_from(more).unwrap_or(i32::MAX));
        }
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.at.cmp(&b.at)));

    let mut groups: Vec<(Option<u64>, Group)> = Vec::new();
    for card in ranked {
        let print = prints[places[&card.at]];
        let twin = print.and_then(|print| {
            groups.iter_mut().find(|(its, group)| {
                its.is_some_and(|its| are_alike(its, print))
                    && kinds[places[&group.first.at]] == kinds[places[&card.at]]
            })
        });
        match twin {
            Some((_, group)) => group.alike.push(card.at),
            None => groups.push((print, Group::of(card))),
        }
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}
