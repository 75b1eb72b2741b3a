//! Whether two experiences look like the same case: told by two people, or twice, often with different figures.

use terreau_card::CardPath;
use terreau_territory::fold;

use crate::{
    place::{Place, PlaceId},
    report::Report,
    when::{Meeting, Period},
    words::Gist,
};

/// From which score on an editor should look at both side by side.
pub const LIKELY: f64 = 0.6;

/// What each likeness weighs; the difference of what should be alike weighs against it.
mod weight {
    pub const TERRITORY: f64 = 0.35;
    pub const TERRITORY_BY_NAME: f64 = 0.25;
    pub const OTHER_TERRITORIES: f64 = -0.15;
    pub const SAME_START: f64 = 0.2;
    pub const OVERLAP: f64 = 0.1;
    pub const APART: f64 = -0.3;
    pub const ORGANISATIONS: f64 = 0.2;
    pub const CARDS: f64 = 0.15;
    pub const OTHER_CARDS: f64 = -0.2;
    pub const TEXT: f64 = 0.4;
}

/// Two texts on the same subject share this much of their words, as a Dice coefficient: it says nothing yet.
const TEXT_FROM: f64 = 0.25;
/// From this share on, one was written with the other at hand.
const TEXT_TO: f64 = 0.6;
/// Texts of fewer words than this say too little to be compared.
const TEXT_WORDS: usize = 12;

/// A report with the words of its text, ready to be compared with others.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    report: &'a Report,
    text: Gist,
}

impl<'a> Case<'a> {
    /// Prepares a report and the body of its card (Markdown).
    pub fn new(report: &'a Report, body: &str) -> Case<'a> {
        let said = &report.experience;
        let mut text = Gist::of(&said.title);
        text.add(&said.summary);
        text.add(body);
        for list in [&said.satisfactions, &said.obstacles, &said.tips] {
            list.iter().for_each(|one| text.add(one));
        }
        Case { report, text }
    }
}

/// By what two territories were found to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// By an INSEE code, or a SIREN.
    Code,
    /// By the card that both name.
    Card,
    /// Only by their name: there may be another one.
    Name,
}

/// Why two experiences look like the same case, or don't.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// They name the same territories.
    SameTerritories {
        /// The names of those that they share.
        names: Vec<String>,
        /// The weakest of the ways in which they were matched.
        by: Matched,
        /// How much they share of all that both name, from 0 to 1.
        share: f64,
    },
    /// Both name territories, none the same.
    OtherTerritories,
    /// They begin at the same time, or have days in common.
    SamePeriod {
        /// When one was.
        one: Period,
        /// When the other was.
        two: Period,
        /// [`Meeting::SameStart`] or [`Meeting::Overlap`].
        meeting: Meeting,
    },
    /// One was over before the other began.
    OtherPeriod {
        /// When one was.
        one: Period,
        /// When the other was.
        two: Period,
    },
    /// They name the same organisations.
    SameOrganisations {
        /// Their names, as the first writes them.
        names: Vec<String>,
        /// How much of the shorter list is in the other, from 0 to 1.
        share: f64,
    },
    /// They tell of the same cards.
    SameCards {
        /// These cards.
        cards: Vec<CardPath>,
    },
    /// Both say what they tell of, and it is not the same.
    OtherCards,
    /// They tell it in the same words.
    SimilarText {
        /// How much of their words they share, stop words apart, from 0 to 1.
        share: f64,
        /// How many words that is.
        words: usize,
    },
}

/// A reason with what it adds to the score, or takes from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The reason.
    pub reason: Reason,
    /// Between -0.3 and 0.4.
    pub weight: f64,
}

/// How much two experiences look like the same case.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// From 0, nothing in common, to 1.
    pub score: f64,
    /// Why: what weighs most first, what speaks against it last.
    pub reasons: Vec<Weighed>,
    /// Whether one links to the other: somebody has said already how they stand to each other.
    pub is_linked: bool,
}

impl Alike {
    /// Says whether an editor should look at both side by side.
    pub fn is_likely(&self) -> bool {
        !self.is_linked && self.score >= LIKELY
    }
}

/// Says whether two reports may be likely, before anybody reads the text of their cards: of many, few remain to be
/// compared by [`alike`].
pub fn may_be_alike(one: &Report, two: &Report) -> bool {
    if one.path == two.path {
        return false;
    }
    let needed = LIKELY - weight::TEXT;
    let weight = |found: Option<(Reason, f64)>| found.map_or(0.0, |(_, weight)| weight);
    let (ours, theirs) = (&one.experience, &two.experience);
    // What costs least comes first: of many reports, most are told apart by when it was and of what they tell.
    let most_of_places = match one.places.is_empty() || two.places.is_empty() {
        true => 0.0,
        false => weight::TERRITORY,
    };
    let mut sum = weight(periods(ours.period, theirs.period)) + weight(cards(one, two));
    if sum + most_of_places + weight::ORGANISATIONS < needed {
        return false;
    }
    sum += weight(territories(&one.places, &two.places));
    if sum >= needed || sum + weight::ORGANISATIONS < needed {
        return sum >= needed;
    }
    sum + weight(organisations(one, two)) >= needed
}

/// Compares two experiences. The score is the same in either order; two versions of one card are not asked about.
pub fn alike(one: &Case<'_>, two: &Case<'_>) -> Alike {
    let mut reasons: Vec<Weighed> = apart_from_text(one.report, two.report)
        .chain(texts(&one.text, &two.text))
        .map(|(reason, weight)| Weighed { reason, weight })
        .collect();
    reasons.sort_by(|one, two| two.weight.total_cmp(&one.weight));
    let sum: f64 = reasons.iter().map(|one| one.weight).sum();
    let links = |from: &Report, to: &Report| from.experience.links.contains(&to.path);
    Alike {
        score: sum.clamp(0.0, 1.0),
        reasons,
        is_linked: links(one.report, two.report) || links(two.report, one.report),
    }
}

fn apart_from_text(one: &Report, two: &Report) -> impl Iterator<Item = (Reason, f64)> {
    let (ours, theirs) = (&one.experience, &two.experience);
    [
        territories(&one.places, &two.places),
        periods(ours.period, theirs.period),
        organisations(one, two),
        cards(one, two),
    ]
    .into_iter()
    .flatten()
}

fn territories(one: &[Place], two: &[Place]) -> Option<(Reason, f64)> {
    if one.is_empty() || two.is_empty() {
        return None;
    }
    let (ours, theirs) = (matches(one, two), matches(two, one));
    let Some(by) = ours.iter().chain(&theirs).map(|(_, by)| *by).max() else {
        return Some((Reason::OtherTerritories, weight::OTHER_TERRITORIES));
    };
    // By name, several here may be one there: they count once.
    let shared = ours.len().min(theirs.len());
    let share = shared as f64 / (one.len() + two.len() - shared) as f64;
    let full = match by {
        Matched::Code | Matched::Card => weight::TERRITORY,
        Matched::Name => weight::TERRITORY_BY_NAME,
    };
    let names = ours.iter().map(|(place, _)| place.name.clone()).collect();
    Some((Reason::SameTerritories { names, by, share }, full * share))
}

/// Returns the places that are among others too, each with the best way in which it was matched.
fn matches<'a>(places: &'a [Place], others: &[Place]) -> Vec<(&'a Place, Matched)> {
    let best = |place: &Place| others.iter().filter_map(|other| same(place, other)).min();
    places
        .iter()
        .filter_map(|place| Some((place, best(place)?)))
        .collect()
}

fn same(one: &Place, two: &Place) -> Option<Matched> {
    if one.id == two.id {
        return Some(match one.id {
            PlaceId::Card(_) => Matched::Card,
            PlaceId::Named(..) => Matched::Name,
            _ => Matched::Code,
        });
    }
    // Two codes that differ are two territories, and so are two cards, whatever their names.
    let has_code = |place: &Place| !matches!(place.id, PlaceId::Card(_) | PlaceId::Named(..));
    let have_codes = has_code(one) && has_code(two);
    let have_cards = one.card.is_some() && two.card.is_some();
    (!have_codes && !have_cards && one.is_namesake(two)).then_some(Matched::Name)
}

fn periods(one: Period, two: Period) -> Option<(Reason, f64)> {
    let meeting = one.meets(two);
    let weight = match meeting {
        Meeting::SameStart => weight::SAME_START,
        Meeting::Overlap => weight::OVERLAP,
        Meeting::Apart => return Some((Reason::OtherPeriod { one, two }, weight::APART)),
        Meeting::Unknown => return None,
    };
    Some((Reason::SamePeriod { one, two, meeting }, weight))
}

fn organisations(one: &Report, two: &Report) -> Option<(Reason, f64)> {
    let ours = distinct(one.experience.organisations());
    let theirs = distinct(two.experience.organisations());
    let has = |list: &[(String, Gist, &str)], its: &(String, Gist, &str)| {
        list.iter().any(|other| is_same_name(its, other))
    };
    let names: Vec<String> = ours
        .iter()
        .filter(|its| has(&theirs, its))
        .map(|(_, _, name)| (*name).to_owned())
        .collect();
    let back = theirs.iter().filter(|its| has(&ours, its)).count();
    let fewer = ours.len().min(theirs.len());
    let share = names.len().min(back) as f64 / fewer as f64;
    (!names.is_empty()).then_some((
        Reason::SameOrganisations { names, share },
        weight::ORGANISATIONS * share,
    ))
}

/// Returns names, each once, with what they fold to and their words.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(String, Gist, &'a str)> {
    let mut found: Vec<(String, Gist, &str)> = Vec::new();
    for name in names {
        let folded = fold(name);
        if !folded.is_empty() && !found.iter().any(|(its, _, _)| *its == folded) {
            found.push((folded, Gist::of(name), name));
        }
    }
    found
}

/// Names are the same when they fold to the same, or when two words or more make up the whole of one and part of the
/// other: `Région Bretagne`, `Région Bretagne, direction de la mer`.
fn is_same_name(one: &(String, Gist, &str), two: &(String, Gist, &str)) -> bool {
    let (few, many) = (one.1.words().count(), two.1.words().count());
    let fewer = few.min(many);
    one.0 == two.0 || (fewer >= 2 && one.1.shared(&two.1) == fewer)
}

fn cards(one: &Report, two: &Report) -> Option<(Reason, f64)> {
    let (ours, theirs) = (&one.experience.about, &two.experience.about);
    if ours.is_empty() || theirs.is_empty() {
        return None;
    }
    let mut cards: Vec<CardPath> = ours
        .iter()
        .filter(|used| theirs.iter().any(|other| other.card == used.card))
        .map(|used| used.card.clone())
        .collect();
    cards.sort();
    cards.dedup();
    Some(if cards.is_empty() {
        (Reason::OtherCards, weight::OTHER_CARDS)
    } else {
        (Reason::SameCards { cards }, weight::CARDS)
    })
}

fn texts(one: &Gist, two: &Gist) -> Option<(Reason, f64)> {
    if one.words().count().min(two.words().count()) < TEXT_WORDS {
        return None;
    }
    let share = one.dice(two);
    let strength = ((share - TEXT_FROM) / (TEXT_TO - TEXT_FROM)).clamp(0.0, 1.0);
    (strength > 0.0).then(|| {
        let words = one.shared(two);
        (
            Reason::SimilarText { share, words },
            weight::TEXT * strength,
        )
    })
}
