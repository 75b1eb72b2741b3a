//! What stands around an organisation: what it carries, what credits it, what it reviewed, its mirror.

use std::collections::BTreeMap;
use std::sync::Arc;

use terreau_card::{CardPath, Kind};
use terreau_commons::{Head, OrganisationCard, Reviewed};
use terreau_experience::Experience;
use terreau_territory::fold;

use crate::pages::card::is_web;
use crate::pages::territory::Gathered;
use crate::{Words, url};

/// How many cards a list shows.
const MOST: usize = 30;

/// How many of the cards that it reviewed are shown.
const MOST_REVIEWED: usize = 10;

/// A card that names the organisation.
pub struct Line {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// What the organisation did there.
    pub meta: String,
}

/// What stands around an organisation.
#[derive(Default)]
pub struct Carried {
    /// The experiences that name it, with its part in them.
    pub reports: Vec<Line>,
    /// How many more there are.
    pub more_reports: usize,
    /// The cards that credit it.
    pub credited: Vec<Line>,
    /// How many more there are.
    pub more_credited: usize,
    /// The last published cards that its people reviewed.
    pub reviewed: Vec<Line>,
    /// How many more there are.
    pub more_reviewed: usize,
    /// Its copy of the commons.
    pub mirror: Option<String>,
}

impl Carried {
    /// Gathers what stands around an organisation.
    pub fn of(
        organisation: &OrganisationCard,
        gathered: &Gathered,
        reviewed: &Reviewed,
        words: Words,
    ) -> Carried {
        let names: Vec<String> = organisation.names().map(fold).collect();
        let snapshot = &gathered.snapshot;
        let mut parts: BTreeMap<&CardPath, Vec<&'static str>> = BTreeMap::new();
        for report in gathered.reports.all() {
            let found = parts_in(&report.experience, &names);
            if !found.is_empty() {
                parts.insert(&report.path, found);
            }
        }
        let mut reports: Vec<Line> = parts
            .into_iter()
            .filter_map(|(path, keys)| {
                let said: Vec<String> = keys.into_iter().map(|key| words.say(key)).collect();
                Some(Line {
                    title: snapshot.head(path)?.title.clone(),
                    href: url::card(path),
                    meta: said.join(", "),
                })
            })
            .collect();
        let line = |head: &Arc<Head>| Line {
            title: head.title.clone(),
            href: url::card(&head.path),
            meta: snapshot
                .config()
                .kind(head.kind)
                .label
                .get(words.language)
                .to_owned(),
        };
        let credited = gathered.atlas.credited(&organisation.path);
        let mut credited: Vec<Line> = credited
            .iter()
            .filter_map(|path| snapshot.head(path))
            .filter(|head| head.kind != Kind::Experience || !has(&reports, &head.path))
            .map(line)
            .collect();
        let reviewed = reviewed.by(organisation.names()).into_iter();
        let mut reviewed: Vec<Line> = reviewed
            .filter_map(|card| snapshot.by_id(&card))
            .filter(|head| !head.is_archived())
            .map(line)
            .collect();
        Carried {
            more_reports: shorten(&mut reports, MOST),
            more_credited: shorten(&mut credited, MOST),
            more_reviewed: shorten(&mut reviewed, MOST_REVIEWED),
            reports,
            credited,
            reviewed,
            mirror: organisation
                .mirror
                .clone()
                .filter(|address| is_web(address)),
        }
    }
}

/// Keeps the first lines, and returns how many there were more.
fn shorten(lines: &mut Vec<Line>, most: usize) -> usize {
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    more
}

fn has(lines: &[Line], path: &CardPath) -> bool {
    lines.iter().any(|line| line.href == url::card(path))
}

/// Returns what an organisation did in an experience: the keys of the words.
fn parts_in(experience: &Experience, names: &[String]) -> Vec<&'static str> {
    let is_it = |written: &String| names.contains(&fold(written));
    [
        (&experience.leads, "organisation-lead"),
        (&experience.partners, "organisation-partner"),
        (&experience.funders, "organisation-funder"),
    ]
    .into_iter()
    .filter(|(named, _)| named.iter().any(is_it))
    .map(|(_, key)| key)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_known_by_any_of_its_names() {
        let experience = Experience {
            leads: vec!["La Traverse".into(), "Mairie".into()],
            funders: vec!["la traverse".into()],
            partners: vec!["Les Traverses".into()],
            ..Experience::default()
        };
        let names = ["LA TRAVERSE", "Traverse"].map(fold).to_vec();
        assert_eq!(
            parts_in(&experience, &names),
            ["organisation-lead", "organisation-funder"]
        );
        assert!(parts_in(&experience, &[fold("Citego")]).is_empty());
    }
}
