//! What the commons tells of a territory: reports, organisations, territories like it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use terreau_card::CardPath;
use terreau_commons::{Head, OrganisationCard, Spot};
use terreau_experience::{Place, PlaceId, Report};
use terreau_territory::{Known, size_class};

use super::{Gathered, href_of, id_of, known_of, label_of};
use crate::{Words, facets, url};

/// How many reports a page lists.
const MOST_REPORTS: usize = 24;
/// How many organisations a page lists.
const MOST_ORGANISATIONS: usize = 24;
/// How many territories like this one a page lists.
const MOST_ALIKE: usize = 6;

/// A card that is listed.
pub struct Line {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// When and where.
    pub meta: String,
}

/// A territory like this one.
pub struct Alike {
    /// Its name with its department.
    pub label: String,
    /// Its address.
    pub href: String,
    /// What both have in common.
    pub why: String,
}

/// What the commons tells of a territory.
#[derive(Default)]
pub struct Around {
    /// What happened there, the latest first.
    pub reports: Vec<Line>,
    /// How many reports are not listed.
    pub more_reports: usize,
    /// Where all of them are found.
    pub all_reports: Option<String>,
    /// Who works there.
    pub organisations: Vec<Line>,
    /// The subjects of what is told there: label and address.
    pub topics: Vec<(String, String)>,
    /// Territories like it of which something is told.
    pub alike: Vec<Alike>,
}

impl Around {
    /// Gathers what is told of a territory of the register.
    pub fn of_known(known: Known<'static>, gathered: &Gathered, words: Words) -> Around {
        Self::of(&id_of(known), gathered, words)
    }

    /// Gathers what is told of a place.
    pub fn of(id: &PlaceId, gathered: &Gathered, words: Words) -> Around {
        let telling = Telling {
            id,
            gathered,
            words,
        };
        let mut reports = telling.reports();
        let topics = telling.topics(&reports);
        let total = reports.len();
        reports.sort_by_key(|(_, head)| std::cmp::Reverse((head.updated, head.path.clone())));
        reports.truncate(MOST_REPORTS);
        Around {
            organisations: telling.organisations(),
            more_reports: total - reports.len(),
            all_reports: telling.all_reports(),
            alike: telling.alike(),
            reports: reports
                .iter()
                .map(|(report, head)| telling.line(report, head))
                .collect(),
            topics,
        }
    }

    /// Says whether something is told there.
    pub fn says_something(&self) -> bool {
        !self.reports.is_empty() || !self.organisations.is_empty()
    }
}

struct Telling<'a> {
    id: &'a PlaceId,
    gathered: &'a Gathered,
    words: Words,
}

impl Telling<'_> {
    /// Returns the reports of the place, and of those that lie in it.
    fn reports(&self) -> Vec<(Arc<Report>, Arc<Head>)> {
        let Gathered {
            snapshot, reports, ..
        } = self.gathered;
        let mut found: BTreeMap<CardPath, Arc<Report>> = BTreeMap::new();
        let mut add = |id: &PlaceId| {
            for report in reports.at_place(id) {
                found.insert(report.path.clone(), Arc::clone(report));
            }
        };
        match known_of(self.id) {
            None | Some(Known::Commune(_)) => add(self.id),
            Some(wider) => {
                for (id, _) in reports.places() {
                    if id == self.id || self.lies_in(id, wider) {
                        add(id);
                    }
                }
            }
        }
        found
            .into_iter()
            .filter_map(|(path, report)| Some((report, Arc::clone(snapshot.head(&path)?))))
            .collect()
    }

    fn lies_in(&self, id: &PlaceId, wider: Known<'static>) -> bool {
        match wider {
            Known::Commune(_) => false,
            Known::Epci(epci) => {
                matches!(known_of(id), Some(Known::Commune(one)) if one.epci() == Some(epci))
            }
            Known::Department(department) => {
                // What is wider than the department lies around it.
                !matches!(id, PlaceId::Region(_)) && self.spot(id).departments.contains(&department)
            }
            Known::Region(region) => {
                let spot = self.spot(id);
                spot.region == Some(region)
                    || spot.departments.iter().any(|one| one.region() == region)
            }
        }
    }

    fn spot(&self, id: &PlaceId) -> Spot {
        self.gathered.atlas.spot(id)
    }

    fn line(&self, report: &Report, head: &Head) -> Line {
        let mut said = Vec::new();
        let period = &report.experience.period;
        said.extend(
            period
                .start
                .or(period.end)
                .map(|when| when.year().to_string()),
        );
        let elsewhere: Vec<String> = report
            .places
            .iter()
            .filter(|place| place.id != *self.id)
            .map(|place| place.name.clone())
            .take(4)
            .collect();
        if !elsewhere.is_empty() {
            said.push(elsewhere.join(", "));
        }
        Line {
            title: head.title.clone(),
            href: url::card(&head.path),
            meta: said.join(" · "),
        }
    }

    /// Returns where all reports are found, when a filter can say it.
    fn all_reports(&self) -> Option<String> {
        let node = match known_of(self.id)? {
            Known::Department(one) => format!("{}/{}", one.region().code(), one.code()),
            Known::Region(one) => one.code().to_owned(),
            _ => return None,
        };
        terreau_card::facets::place_name(&node)?;
        Some(url::with_query(
            "/recherche",
            &[("kind", "experience"), ("territory", &node)],
        ))
    }

    /// Returns who says they work there, and whom the reports of the place name.
    fn organisations(&self) -> Vec<Line> {
        let atlas = &self.gathered.atlas;
        let mut found: BTreeMap<CardPath, Arc<OrganisationCard>> = BTreeMap::new();
        for one in atlas.at_work_in(self.id) {
            found.insert(one.path.clone(), Arc::clone(one));
        }
        for report in self.gathered.reports.at_place(self.id) {
            for name in report.experience.organisations() {
                if let Some(one) = atlas.organisation_named(name) {
                    found.insert(one.path.clone(), Arc::clone(one));
                }
            }
        }
        let mut lines: Vec<Line> = found
            .into_values()
            .map(|one| Line {
                title: one.title.clone(),
                href: url::card(&one.path),
                meta: String::new(),
            })
            .collect();
        // Those of the wider territory come after: they may come here.
        if let Some(Known::Commune(commune)) = known_of(self.id) {
            let department = Known::Department(commune.department());
            let region = Known::Region(commune.region());
            for wider in [department, region] {
                for one in atlas.at_work_in(&id_of(wider)) {
                    let href = url::card(&one.path);
                    if !lines.iter().any(|line| line.href == href) {
                        lines.push(Line {
                            title: one.title.clone(),
                            href,
                            meta: wider.name().to_owned(),
                        });
                    }
                }
            }
        }
        lines.truncate(MOST_ORGANISATIONS);
        lines
    }

    fn topics(&self, reports: &[(Arc<Report>, Arc<Head>)]) -> Vec<(String, String)> {
        let codes: BTreeSet<&String> = reports.iter().flat_map(|(_, head)| &head.topics).collect();
        codes
            .into_iter()
            .map(|code| {
                let facet = terreau_card::facets::Facet::Topic;
                (
                    facets::label(facet, code, self.gathered.snapshot.config(), self.words),
                    url::with_query("/recherche", &[("topic", code)]),
                )
            })
            .collect()
    }

    /// Returns the territories of which something is told that are most like this one.
    fn alike(&self) -> Vec<Alike> {
        let Gathered { atlas, reports, .. } = self.gathered;
        let own = self.traits(self.id);
        let told = reports.places().map(|(id, _)| id);
        let carded = atlas.territories().map(|one| &one.place.id);
        let candidates: BTreeSet<&PlaceId> = told
            .chain(carded)
            .filter(|id| *id != self.id && same_kind(id, self.id))
            .collect();
        let mut alike: Vec<(u32, &PlaceId, Traits)> = candidates
            .into_iter()
            .map(|id| (id, self.traits(id)))
            .map(|(id, its)| (own.score(&its), id, its))
            .filter(|(score, ..)| *score >= 2)
            .collect();
        alike.sort_by_key(|(score, id, _)| (std::cmp::Reverse(*score), *id));
        alike
            .into_iter()
            .filter_map(|(_, id, its)| {
                Some(Alike {
                    label: label_of(id, atlas, reports),
                    href: href_of(id, atlas)?,
                    why: self.why(&own, &its),
                })
            })
            .take(MOST_ALIKE)
            .collect()
    }

    fn traits(&self, id: &PlaceId) -> Traits {
        let Gathered {
            snapshot,
            atlas,
            reports,
        } = self.gathered;
        let card = atlas.card_of(id);
        let known = known_of(id);
        let population = match known {
            Some(Known::Commune(one)) => one.population(),
            Some(Known::Epci(one)) => Some(one.population()),
            _ => None,
        };
        let written = card.and_then(|card: &Arc<terreau_commons::TerritoryCard>| {
            let place: &Place = &card.place;
            place.population.and_then(|count| u32::try_from(count).ok())
        });
        let told = reports.at_place(id).iter();
        let mut topics: BTreeSet<String> = told
            .filter_map(|report| snapshot.head(&report.path))
            .flat_map(|head| head.topics.iter().cloned())
            .collect();
        topics.extend(
            card.into_iter()
                .flat_map(|card| card.topics.iter().cloned()),
        );
        // Whatever is about everything is like everything.
        topics.remove("tous-sujets");
        let spot = atlas.spot(id);
        Traits {
            size: population.or(written).map(size_class),
            regions: spot
                .departments
                .iter()
                .map(|one| one.region().code())
                .chain(spot.region.map(terreau_territory::Region::code))
                .collect(),
            departments: spot.departments.iter().map(|one| one.code()).collect(),
            topics,
        }
    }

    fn why(&self, own: &Traits, its: &Traits) -> String {
        let mut said = Vec::new();
        if own.has_size_of(its) {
            said.push(self.words.say("territory-alike-size"));
        }
        if !own.departments.is_disjoint(&its.departments) {
            said.push(self.words.say("territory-alike-department"));
        } else if !own.regions.is_disjoint(&its.regions) {
            said.push(self.words.say("territory-alike-region"));
        }
        let config = self.gathered.snapshot.config();
        let topics: Vec<String> = own
            .topics
            .intersection(&its.topics)
            .take(3)
            .map(|code| {
                let facet = terreau_card::facets::Facet::Topic;
                facets::label(facet, code, config, self.words)
            })
            .collect();
        if !topics.is_empty() {
            said.push(topics.join(", "));
        }
        said.join(" · ")
    }
}

/// What territories are compared by.
struct Traits {
    size: Option<&'static str>,
    departments: BTreeSet<&'static str>,
    regions: BTreeSet<&'static str>,
    topics: BTreeSet<String>,
}

impl Traits {
    fn has_size_of(&self, other: &Traits) -> bool {
        self.size.is_some() && self.size == other.size
    }

    /// The size counts as much as the department; a region half, and each shared subject, up to three, as well.
    fn score(&self, other: &Traits) -> u32 {
        let near = if !self.departments.is_disjoint(&other.departments) {
            2
        } else {
            u32::from(!self.regions.is_disjoint(&other.regions))
        };
        let shared = self.topics.intersection(&other.topics).take(3).count();
        2 * u32::from(self.has_size_of(other)) + near + u32::try_from(shared).unwrap_or(3)
    }
}

/// Says whether two places may be compared: communes with communes, regions with regions.
fn same_kind(one: &PlaceId, other: &PlaceId) -> bool {
    let is_free = |id: &PlaceId| matches!(id, PlaceId::Card(_) | PlaceId::Named(..));
    is_free(one) && is_free(other) || std::mem::discriminant(one) == std::mem::discriminant(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(size: &'static str, department: &'static str, topics: &[&str]) -> Traits {
        Traits {
            size: Some(size).filter(|size| !size.is_empty()),
            departments: BTreeSet::from([department]),
            regions: BTreeSet::from([if department == "86" { "75" } else { "76" }]),
            topics: topics.iter().map(|&topic| topic.to_owned()).collect(),
        }
    }

    #[test]
    fn size_and_department_weigh_more_than_a_shared_subject() {
        let own = traits("under-500", "34", &["eau", "energie"]);
        for (other, score) in [
            (traits("under-500", "34", &["eau", "energie"]), 6),
            (traits("under-500", "34", &[]), 4),
            (traits("under-500", "86", &[]), 2),
            (traits("500-to-2000", "34", &["eau"]), 3),
            // Another department of the region.
            (traits("500-to-2000", "30", &[]), 1),
            (traits("500-to-2000", "86", &["sante"]), 0),
            // A size that nobody knows is not the same as another.
            (traits("", "86", &[]), 0),
        ] {
            assert_eq!(own.score(&other), score);
            assert_eq!(other.score(&own), score);
        }
        assert!(!traits("", "34", &[]).has_size_of(&traits("", "34", &[])));
    }

    #[test]
    fn communes_are_compared_with_communes() {
        let commune = |code: &str| PlaceId::Commune(code.to_owned());
        let free = PlaceId::Named("la vallee".to_owned(), String::new());
        assert!(same_kind(&commune("34144"), &commune("86116")));
        assert!(!same_kind(
            &commune("34144"),
            &PlaceId::Department("34".to_owned())
        ));
        assert!(!same_kind(&commune("34144"), &free));
        let card = CardPath::parse("territoires/massif-central").expect("a path");
        assert!(same_kind(&free, &PlaceId::Card(card)));
    }
}
