//! What reports name: satisfactions, obstacles, tips, surprises; those that say nearly the same are one.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use terreau_card::CardPath;

use super::index::Index;
use crate::{experience::Experience, words::Gist};

/// What kind of thing a report names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Said {
    /// What went well.
    Satisfaction,
    /// What got in the way.
    Obstacle,
    /// Advice to the next ones.
    Tip,
    /// What nobody expected.
    Surprise,
}

impl Said {
    /// Every kind, in the order of the format.
    pub const ALL: [Said; 4] = [
        Said::Satisfaction,
        Said::Obstacle,
        Said::Tip,
        Said::Surprise,
    ];

    /// Returns all that an experience names.
    pub(super) fn all_of(experience: &Experience) -> impl Iterator<Item = (Said, &str)> {
        [
            (Said::Satisfaction, &experience.satisfactions),
            (Said::Obstacle, &experience.obstacles),
            (Said::Tip, &experience.tips),
            (Said::Surprise, &experience.surprises),
        ]
        .into_iter()
        .flat_map(|(said, texts)| texts.iter().map(move |text| (said, text.as_str())))
    }
}

/// The words of one report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wording {
    pub text: String,
    pub report: CardPath,
}

/// What one or several reports name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// In the words that most of them use; of those, the shortest.
    pub text: String,
    /// Each report with its own words, in the order of their addresses. A report may say it twice.
    pub wordings: Vec<(CardPath, String)>,
    /// The reports, each once.
    pub reports: Vec<CardPath>,
}

/// One group in the making: its leader and who joined.
struct Group<'a> {
    leader: &'a Gist,
    wordings: Vec<&'a Wording>,
}

pub(super) fn named(index: &Index, said: Said) -> Vec<Named> {
    let Some(by_gist) = index.said.get(&said) else {
        return Vec::new();
    };
    let mut named: Vec<Named> = groups(by_gist).into_iter().map(Group::named).collect();
    named.sort_by(|one, two| {
        (Reverse(one.reports.len()), &one.text, &one.reports).cmp(&(
            Reverse(two.reports.len()),
            &two.text,
            &two.reports,
        ))
    });
    named
}

/// Joins what is near. What most reports say leads: each text joins the first leader that it is near to, or leads itself.
/// The order is that of what is said, never that in which reports came.
fn groups(by_gist: &BTreeMap<Gist, BTreeSet<Wording>>) -> Vec<Group<'_>> {
    let mut gists: Vec<(&Gist, &BTreeSet<Wording>)> = by_gist.iter().collect();
    gists.sort_by_key(|(gist, wordings)| (Reverse(wordings.len()), *gist));
    let mut groups: Vec<Group<'_>> = Vec::new();
    // Leaders by each of their words: only those that share a word are looked at.
    let mut leaders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (gist, wordings) in gists {
        let candidates: BTreeSet<usize> = gist
            .words()
            .filter_map(|word| leaders.get(word))
            .flatten()
            .copied()
            .collect();
        let near = candidates
            .into_iter()
            .find(|&place| groups[place].leader.is_near(gist));
        if let Some(place) = near {
            groups[place].wordings.extend(wordings);
            continue;
        }
        for word in gist.words() {
            leaders.entry(word).or_default().push(groups.len());
        }
        groups.push(Group {
            leader: gist,
            wordings: wordings.iter().collect(),
        });
    }
    groups
}

impl Group<'_> {
    fn named(self) -> Named {
        let mut reports_of: BTreeMap<&str, BTreeSet<&CardPath>> = BTreeMap::new();
        let mut reports: BTreeSet<&CardPath> = BTreeSet::new();
        for wording in &self.wordings {
            reports_of
                .entry(&wording.text)
                .or_default()
                .insert(&wording.report);
            reports.insert(&wording.report);
        }
        let text = reports_of
            .iter()
            .min_by_key(|(text, reports)| (Reverse(reports.len()), text.chars().count(), **text))
            .map(|(text, _)| (*text).to_owned())
            .unwrap_or_default();
        let mut wordings: Vec<(CardPath, String)> = self
            .wordings
            .iter()
            .map(|wording| (wording.report.clone(), wording.text.clone()))
            .collect();
        wordings.sort();
        Named {
            text,
            wordings,
            reports: reports.into_iter().cloned().collect(),
        }
    }
}
