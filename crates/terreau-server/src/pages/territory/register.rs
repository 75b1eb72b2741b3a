//! What the register says of a territory: facts, what it lies in, what lies in it.

use terreau_territory::{Commune, EpciNature, Known, NameKind, OtherName, Register, SOURCES};

use super::{Gathered, href_of, id_of};
use crate::facts::{Fact, Piece, say};
use crate::{Words, url};

/// Where the register is published.
pub const SOURCE_URL: &str = SOURCES[0].url;

/// A wider territory.
pub struct Step {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
}

/// Territories that lie in one.
pub struct Below {
    /// What they are: « Communes ».
    pub heading: String,
    /// How many there are.
    pub count: usize,
    /// Each with its address, and how many reports tell of it.
    pub places: Vec<(String, String, usize)>,
}

/// What a page of the register is told from.
pub struct Telling<'a> {
    pub known: Known<'static>,
    pub gathered: &'a Gathered,
    pub words: Words,
}

impl Telling<'_> {
    /// Says what it is.
    pub fn kind(&self) -> String {
        self.words.say(match self.known {
            Known::Commune(_) => "territory-is-commune",
            Known::Epci(one) => match one.nature() {
                EpciNature::CommunauteDeCommunes => "territory-is-cc",
                EpciNature::CommunauteDAgglomeration => "territory-is-ca",
                EpciNature::CommunauteUrbaine => "territory-is-cu",
                EpciNature::Metropole => "territory-is-metropole",
            },
            Known::Department(_) => "territory-is-department",
            Known::Region(_) => "territory-is-region",
        })
    }

    /// Returns what it lies in, the widest first.
    pub fn steps(&self) -> Vec<Step> {
        let mut wider = Vec::new();
        match self.known {
            Known::Commune(one) => {
                wider.push(Known::Region(one.region()));
                wider.push(Known::Department(one.department()));
                wider.extend(one.epci().map(Known::Epci));
            }
            Known::Epci(one) => {
                let departments = one.departments();
                wider.extend(
                    departments
                        .first()
                        .map(|first| Known::Region(first.region())),
                );
                wider.extend(departments.into_iter().map(Known::Department));
            }
            Known::Department(one) => wider.push(Known::Region(one.region())),
            Known::Region(_) => {}
        }
        wider
            .into_iter()
            .map(|known| Step {
                label: known.name().to_owned(),
                href: self.href(known),
            })
            .collect()
    }

    /// Returns what decides, and the rest.
    pub fn facts(&self) -> (Vec<Fact>, Vec<Fact>) {
        let register = Register::load();
        let mut band = Vec::new();
        let mut details = Vec::new();
        let year = register.population_year();
        let mut population = |count: Option<u32>| {
            if let Some(count) = count {
                let mut fact = self.fact(
                    "territory-population",
                    vec![Piece::plain(say::count(
                        i64::from(count),
                        self.words.language,
                    ))],
                );
                fact.note = Some(self.words.tell(
                    "territory-population-year",
                    "year",
                    year.to_string(),
                ));
                band.push(fact);
            }
        };
        match self.known {
            Known::Commune(one) => {
                population(one.population());
                band.push(
                    self.link_fact("territory-department", Known::Department(one.department())),
                );
                band.push(self.link_fact("territory-region", Known::Region(one.region())));
                if let Some(epci) = one.epci() {
                    band.push(self.link_fact("territory-epci", Known::Epci(epci)));
                }
                details.extend(self.other_names(one));
                let postcodes: Vec<Piece> = one.postcodes().map(Piece::plain).collect();
                if !postcodes.is_empty() {
                    details.push(self.fact("territory-postcodes", postcodes));
                }
                details.push(self.fact("territory-insee", vec![Piece::plain(one.code())]));
            }
            Known::Epci(one) => {
                population(Some(one.population()).filter(|&count| count > 0));
                let departments = one.departments();
                let pieces = departments
                    .iter()
                    .map(|one| self.piece(Known::Department(*one)))
                    .collect();
                band.push(self.fact("territory-department", pieces));
                let count = one.communes().count();
                band.push(self.fact("territory-communes", vec![Piece::plain(count.to_string())]));
                details.push(self.fact("territory-siren", vec![Piece::plain(one.siren())]));
            }
            Known::Department(one) => {
                population(Some(one.communes().filter_map(Commune::population).sum()));
                band.push(self.link_fact("territory-region", Known::Region(one.region())));
                if let Some(town) = one.chief_town() {
                    band.push(self.link_fact("territory-chief-town", Known::Commune(town)));
                }
                let count = one.communes().len();
                band.push(self.fact("territory-communes", vec![Piece::plain(count.to_string())]));
                details.push(self.fact("territory-insee", vec![Piece::plain(one.code())]));
            }
            Known::Region(one) => {
                let communes = one
                    .departments()
                    .flat_map(terreau_territory::Department::communes);
                population(Some(communes.filter_map(Commune::population).sum()));
                if let Some(town) = one.chief_town() {
                    band.push(self.link_fact("territory-chief-town", Known::Commune(town)));
                }
                let count = one.departments().count();
                band.push(self.fact(
                    "territory-departments",
                    vec![Piece::plain(count.to_string())],
                ));
                details.push(self.fact("territory-insee", vec![Piece::plain(one.code())]));
            }
        }
        let vintage = register.vintage().to_string();
        details.push(self.fact("territory-vintage", vec![Piece::plain(vintage)]));
        (band, details)
    }

    /// Returns what lies in it.
    pub fn below(&self) -> Vec<Below> {
        let communes = |heading: &str, communes: Vec<Commune<'static>>| Below {
            heading: self.words.say(heading),
            count: communes.len(),
            places: communes
                .into_iter()
                .map(|one| self.below_one(Known::Commune(one), one.name()))
                .collect(),
        };
        match self.known {
            Known::Commune(_) => Vec::new(),
            Known::Epci(one) => vec![communes("territory-communes", by_name(one.communes()))],
            Known::Department(one) => {
                vec![communes("territory-communes", by_name(one.communes()))]
            }
            Known::Region(one) => vec![Below {
                heading: self.words.say("territory-departments"),
                count: one.departments().count(),
                places: one
                    .departments()
                    .map(|one| {
                        let known = Known::Department(one);
                        self.below_one(known, &known.label())
                    })
                    .collect(),
            }],
        }
    }

    /// Says where the facts come from.
    pub fn source(&self) -> String {
        let vintage = Register::load().vintage().to_string();
        self.words.tell_two(
            "territory-source",
            "credit",
            SOURCES[0].credit,
            "vintage",
            vintage,
        )
    }

    fn below_one(&self, known: Known<'static>, name: &str) -> (String, String, usize) {
        let reports = self.gathered.reports.at_place(&id_of(known)).len();
        (name.to_owned(), self.href(known), reports)
    }

    /// Returns the names of its parts and those that it had, each with what it is.
    fn other_names(&self, commune: Commune<'static>) -> Vec<Fact> {
        let named = |kinds: &[NameKind]| -> Vec<Piece> {
            let mut names: Vec<String> = commune
                .other_names()
                .filter(|other| kinds.contains(&other.kind()) && other.name() != commune.name())
                .map(|other| match other.until() {
                    Some(year) => self.words.tell_two(
                        "territory-name-until",
                        "name",
                        other.name(),
                        "year",
                        year.to_string(),
                    ),
                    None => OtherName::name(other).to_owned(),
                })
                .collect();
            names.dedup();
            names.into_iter().map(Piece::plain).collect()
        };
        [
            (
                "territory-parts",
                named(&[NameKind::Delegated, NameKind::Associated]),
            ),
            ("territory-districts", named(&[NameKind::District])),
            ("territory-former", named(&[NameKind::Former])),
        ]
        .into_iter()
        .filter(|(_, pieces)| !pieces.is_empty())
        .map(|(key, pieces)| self.fact(key, pieces))
        .collect()
    }

    fn fact(&self, key: &str, pieces: Vec<Piece>) -> Fact {
        Fact {
            label: self.words.say(key),
            pieces,
            note: None,
        }
    }

    fn link_fact(&self, key: &str, known: Known<'static>) -> Fact {
        self.fact(key, vec![self.piece(known)])
    }

    fn piece(&self, known: Known<'static>) -> Piece {
        Piece::link(known.name(), self.href(known))
    }

    fn href(&self, known: Known<'static>) -> String {
        let id = id_of(known);
        href_of(&id, &self.gathered.atlas)
            .or_else(|| url::place(&id))
            .unwrap_or_default()
    }
}

fn by_name(communes: impl Iterator<Item = Commune<'static>>) -> Vec<Commune<'static>> {
    let mut communes: Vec<_> = communes.collect();
    communes.sort_by_cached_key(|one| terreau_territory::fold(one.name()));
    communes
}
