//! Where to begin: from a few answers to one pathway, three methods and one experience, each with the answers it suits.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use terreau_card::facets::Facet;
use terreau_card::{CardId, Kind};
use terreau_search::{Index, Query, SearchError, Sort};
use terreau_store::{Head, Snapshot};

use crate::blocking::blocking;
use crate::{Commons, ReadError};

/// The questions, in the order of the page, and what an answer weighs.
///
/// The subject and the stage say what is looked for; the rest says whether it is possible.
pub const QUESTIONS: [(Facet, i32); 6] = [
    (Facet::Audience, 2),
    (Facet::Population, 2),
    (Facet::Stage, 5),
    (Facet::People, 3),
    (Facet::Duration, 4),
    (Facet::Topic, 6),
];

/// How many methods are offered.
const METHODS: usize = 3;
/// How many cards are looked at for each answer.
const LOOKED_AT: usize = 200;
/// The topic of cards that suit every subject: half an answer.
const EVERY_TOPIC: &str = "tous-sujets";
/// What the size of the commune weighs for an experience: a neighbour that looks like us is believed.
const SAME_SIZE: i32 = 8;

/// What somebody answered: at most one value for each question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub Vec<(Facet, String)>);

/// What is offered to somebody who begins.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    /// The way through.
    pub pathway: Option<Pick>,
    /// What to do first.
    pub methods: Vec<Pick>,
    /// What happened elsewhere.
    pub experience: Option<Pick>,
}

/// A card that is offered.
#[derive(Clone, Debug)]
pub struct Pick {
    /// The card.
    pub head: Arc<Head>,
    /// The answers that it suits, in the order of the questions.
    pub because: Vec<(Facet, String)>,
    /// How many experiences tell of it.
    pub tried: u32,
}

impl Commons {
    /// Returns where somebody should begin, from what they answered.
    ///
    /// # Errors
    /// `Unexpected` when the index cannot be read.
    pub async fn begin(&self, answers: Answers) -> Result<Beginning, ReadError> {
        let (index, snapshot) = (Arc::clone(&self.index), self.snapshot());
        let beginning = blocking(move || -> Result<Beginning, SearchError> {
            let chooser = Chooser {
                index: &index,
                snapshot: &snapshot,
                answers: &answers,
            };
            Ok(Beginning {
                pathway: chooser.best(&[Kind::Pathway], 1)?.pop(),
                methods: chooser.best(&[Kind::Method, Kind::Tool, Kind::Survey], METHODS)?,
                experience: chooser.best(&[Kind::Experience], 1)?.pop(),
            })
        })
        .await?;
        beginning.map_err(|error| ReadError::Unexpected(error.into()))
    }
}

struct Chooser<'a> {
    index: &'a Index,
    snapshot: &'a Snapshot,
    answers: &'a Answers,
}

/// How well a card suits the answers.
#[derive(Default)]
struct Fit {
    score: i32,
    tried: u32,
    because: Vec<(Facet, String)>,
}

impl Chooser<'_> {
    /// Returns the cards of these kinds that suit the answers best; of equals, those tried most often, then by address.
    fn best(&self, kinds: &[Kind], count: usize) -> Result<Vec<Pick>, SearchError> {
        let mut fits: HashMap<CardId, Fit> = HashMap::new();
        // Everything of the kind stands in line, so that somebody who answers nothing gets something.
        for (id, tried) in self.cards(kinds, None)? {
            fits.entry(id).or_default().tried = tried;
        }
        for (facet, weight) in QUESTIONS {
            let Some((_, code)) = self.answers.0.iter().find(|(its, _)| *its == facet) else {
                continue;
            };
            let is_place = facet == Facet::Population && kinds == [Kind::Experience];
            let weight = if is_place { SAME_SIZE } else { weight };
            for (id, tried) in self.cards(kinds, Some((facet, code)))? {
                let fit = fits.entry(id).or_default();
                fit.score += 2 * weight;
                fit.tried = tried;
                fit.because.push((facet, code.clone()));
            }
            let mut almost: HashSet<CardId> = HashSet::new();
            let is_bound = is_bound(facet) && kinds.contains(&Kind::Method);
            for (near, share) in nearby(facet, code) {
                for (id, _) in self.cards(kinds, Some((facet, near)))? {
                    let fit = fits.entry(id).or_default();
                    let suits = fit.because.iter().any(|(its, _)| *its == facet);
                    // The nearest comes first, and counts alone.
                    if !suits && almost.insert(id) {
                        fit.score += 2 * weight / share;
                    }
                }
            }
            if is_bound {
                // Four months are no answer to two hours, whatever the subject.
                for (id, fit) in &mut fits {
                    let suits = fit.because.iter().any(|(its, _)| *its == facet);
                    if !suits && !almost.contains(id) {
                        fit.score -= 3 * weight;
                    }
                }
            }
        }
        let mut picks: Vec<(Fit, Arc<Head>)> = fits
            .into_iter()
            .filter_map(|(id, fit)| Some((fit, Arc::clone(self.snapshot.by_id(&id)?))))
            .collect();
        picks.sort_by(|(one, first), (two, second)| {
            (two.score, two.tried)
                .cmp(&(one.score, one.tried))
                .then_with(|| begins(second).cmp(&begins(first)))
                .then_with(|| first.path.cmp(&second.path))
        });
        Ok(picks
            .into_iter()
            .take(count)
            .map(|(fit, head)| Pick {
                head,
                because: fit.because,
                tried: fit.tried,
            })
            .collect())
    }

    fn cards(
        &self,
        kinds: &[Kind],
        answer: Option<(Facet, &str)>,
    ) -> Result<Vec<(CardId, u32)>, SearchError> {
        let mut filters: Vec<(Facet, String)> = kinds
            .iter()
            .map(|kind| (Facet::Kind, kind.as_str().to_owned()))
            .collect();
        filters.extend(answer.map(|(facet, code)| (facet, code.to_owned())));
        let answer = self.index.search(&Query {
            filters,
            sort: Sort::MostTried,
            is_bare: true,
            limit: LOOKED_AT,
            ..Query::default()
        })?;
        Ok(answer
            .hits
            .into_iter()
            .map(|hit| (hit.id, hit.tried))
            .collect())
    }
}

/// Returns the values that suit an answer almost, with the share of its weight by which they count less.
fn nearby(facet: Facet, code: &str) -> Vec<(&'static str, i32)> {
    if facet == Facet::Topic {
        return vec![(EVERY_TOPIC, 3)];
    }
    let classes = facet.classes();
    let Some(place) = classes.iter().position(|class| *class == code) else {
        return Vec::new();
    };
    // The nearest size first: a commune a little larger tells more than a city.
    let mut near: Vec<(usize, &'static str)> = classes
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != place)
        .map(|(other, class)| (other.abs_diff(place), *class))
        .collect();
    near.sort_unstable();
    let farthest = if is_bound(facet) { 1 } else { 2 };
    near.into_iter()
        .filter(|(distance, _)| *distance <= farthest)
        .map(|(distance, class)| (class, if distance == 1 { 3 } else { 8 }))
        .collect()
}

/// Tells whether an answer is a bound that one has, rather than a wish.
const fn is_bound(facet: Facet) -> bool {
    matches!(facet, Facet::Duration | Facet::People)
}

/// Tells whether a card was made for those who begin.
fn begins(head: &Head) -> bool {
    head.path.slug().contains("commencer")
}
