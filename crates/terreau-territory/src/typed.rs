//! What somebody typed to say where: one territory, several to choose from, or none of the register.

use std::cmp::Reverse;

use crate::area::{Department, Epci, Region};
use crate::commune::{Commune, OtherName};
use crate::find::{Place, is_number};
use crate::fold::fold_whole;
use crate::register::Register;

/// How many territories wider than a commune are offered.
const MOST_WIDER: usize = 3;
/// How many communes of one name are offered to choose from; there are not that many.
const MOST_NAMESAKES: usize = 40;
/// How many territories are offered when none bears the very name.
const MOST_NEAR: usize = 10;
/// What stands before the code of a department, whose digits may be a region's, in the key of a territory.
const DEPARTMENT: &str = "departement-";
/// What stands before the code of a region, in the key of a territory.
const REGION: &str = "region-";

/// A territory of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<'r> {
    /// A commune of today.
    Commune(Commune<'r>),
    /// A grouping of communes.
    Epci(Epci<'r>),
    /// A department.
    Department(Department<'r>),
    /// A region.
    Region(Region<'r>),
}

/// A territory that fits what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'r> {
    /// The territory.
    pub known: Known<'r>,
    /// The other name that was typed, when it wasn't its own.
    pub as_name: Option<OtherName<'r>>,
    /// Whether it bears, or bore, the very name that was typed; or has the code.
    pub is_whole: bool,
}

/// What somebody typed to say where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed<'r> {
    /// Nothing.
    Nothing,
    /// The one territory that bears the name, or bore it.
    One(Known<'r>),
    /// Territories to choose from.
    Several(Vec<Offer<'r>>),
    /// Something that is not in the register: abroad, a hamlet, a grouping of its own.
    Unknown,
}

impl<'r> Known<'r> {
    /// Returns what stands for it in forms: `34144`, `200033579`, `departement-34`, `region-76`.
    pub fn key(self) -> String {
        match self {
            Known::Commune(one) => one.code().to_owned(),
            Known::Epci(one) => one.siren().to_owned(),
            Known::Department(one) => format!("{DEPARTMENT}{}", one.code()),
            Known::Region(one) => format!("{REGION}{}", one.code()),
        }
    }

    /// Returns its name.
    pub fn name(self) -> &'r str {
        match self {
            Known::Commune(one) => one.name(),
            Known::Epci(one) => one.name(),
            Known::Department(one) => one.name(),
            Known::Region(one) => one.name(),
        }
    }

    /// Returns its name with what tells it from its namesakes: `Lunas (24, Dordogne)`, `CC du Clermontais (34, Hérault)`,
    /// `Hérault (34)`, `Occitanie`.
    pub fn label(self) -> String {
        match self {
            Known::Commune(one) => one.label(),
            Known::Epci(one) => match &one.departments()[..] {
                [only] => format!("{} ({}, {})", one.name(), only.code(), only.name()),
                several => {
                    let codes: Vec<&str> = several.iter().map(|one| one.code()).collect();
                    format!("{} ({})", one.name(), codes.join(", "))
                }
            },
            Known::Department(one) => format!("{} ({})", one.name(), one.code()),
            Known::Region(one) => one.name().to_owned(),
        }
    }
}

impl<'r> From<Place<'r>> for Known<'r> {
    fn from(place: Place<'r>) -> Self {
        match place {
            Place::Epci(one) => Known::Epci(one),
            Place::Department(one) => Known::Department(one),
            Place::Region(one) => Known::Region(one),
        }
    }
}

impl Register {
    /// Returns the territory of a key ([`Known::key`]); an old code of a commune leads to that of today.
    pub fn by_key(&self, key: &str) -> Option<Known<'_>> {
        let key = key.trim();
        if let Some(code) = key.strip_prefix(DEPARTMENT) {
            return self.department(code).map(Known::Department);
        }
        if let Some(code) = key.strip_prefix(REGION) {
            return self.region(code).map(Known::Region);
        }
        match key.len() {
            5 => self
                .by_code(key)
                .map(|found| Known::Commune(found.commune())),
            9 => self.epci(key).map(Known::Epci),
            _ => None,
        }
    }

    /// Returns the territories that fit what was typed, to complete it: communes that bear the very name, then wider
    /// territories, then communes whose name begins so or holds the words.
    pub fn offers(&self, typed: &str, limit: usize) -> Vec<Offer<'_>> {
        let wider = self.wider_offers(typed);
        let room = limit.saturating_sub(wider.len());
        let (mut offers, others): (Vec<_>, Vec<_>) = self
            .commune_offers(typed, limit)
            .into_iter()
            .partition(|offer| offer.is_whole);
        offers.truncate(room);
        offers.extend(wider);
        offers.extend(others);
        offers.truncate(limit);
        offers
    }

    /// Reads what was typed: the one territory that bears the name, now or before; several when there are, or when none
    /// bears the very name but some come near; a department or a postcode beside the name narrows it.
    pub fn read_typed(&self, typed: &str) -> Typed<'_> {
        if fold_whole(typed).is_empty() {
            return Typed::Nothing;
        }
        let communes = self.commune_offers(typed, MOST_NAMESAKES);
        let wider = self.wider_offers(typed);
        let mut whole: Vec<Offer<'_>> = communes
            .iter()
            .filter(|offer| offer.is_whole)
            .copied()
            .collect();
        let one_department = |offers: &[Offer<'_>]| {
            let mut departments = offers.iter().map(|offer| match offer.known {
                Known::Commune(commune) => Some(commune.department()),
                _ => None,
            });
            let first = departments.next().flatten();
            first.is_some() && departments.all(|other| other == first)
        };
        // Within one department, whoever types a name means the commune that bears it today.
        if one_department(&whole) && whole.iter().any(|offer| offer.as_name.is_none()) {
            whole.retain(|offer| offer.as_name.is_none());
        }
        let wider_whole = wider.iter().filter(|offer| offer.is_whole);
        whole.extend(wider_whole.filter(|offer| !is_its_only_commune(offer.known, &communes)));
        match &whole[..] {
            [] => {}
            [only] => return Typed::One(only.known),
            _ => return Typed::Several(whole),
        }
        let mut near = wider;
        near.extend(communes);
        near.truncate(MOST_NEAR);
        if near.is_empty() {
            Typed::Unknown
        } else {
            Typed::Several(near)
        }
    }

    fn commune_offers(&self, typed: &str, limit: usize) -> Vec<Offer<'_>> {
        let folded = fold_whole(typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let found = self.find(typed, limit);
        let offers = found.into_iter().map(|one| Offer {
            is_whole: says(
                &words,
                one.as_name.map_or(one.commune.name(), OtherName::name),
                one.commune,
            ),
            known: Known::Commune(one.commune),
            as_name: one.as_name,
        });
        offers.collect()
    }

    fn wider_offers(&self, typed: &str) -> Vec<Offer<'_>> {
        // What labels add to a name is no word of it.
        let name = typed.split_once('(').map_or(typed, |(name, _)| name);
        let name = with_short_nature(&fold_whole(name));
        if name.is_empty() {
            return Vec::new();
        }
        let whole = fold_whole(typed);
        let mut offers: Vec<Offer<'_>> = self
            .find_wider(&name, 4 * MOST_WIDER)
            .into_iter()
            .map(Known::from)
            .filter(|known| !is_department_again(*known))
            .map(|known| Offer {
                known,
                as_name: None,
                is_whole: is_called(known, &name) || fold_whole(&known.label()) == whole,
            })
            .collect();
        if typed.contains('(') {
            // Somebody who says where it lies means that one only.
            offers.retain(|offer| fold_whole(&offer.known.label()) == whole);
        }
        offers.sort_by_key(|offer| Reverse(offer.is_whole));
        offers.truncate(MOST_WIDER);
        offers
    }
}

/// Says whether words are a name of a commune, and besides nothing but where it lies: its department, its postcode.
fn says(words: &[&str], name: &str, commune: Commune<'_>) -> bool {
    if !words.is_empty() && words.iter().all(|word| is_number(word)) {
        return words.iter().any(|word| word.len() == 5);
    }
    let name = fold_whole(name);
    let name: Vec<&str> = name.split(' ').collect();
    let without_article = match &name[..] {
        ["le" | "la" | "les" | "l", rest @ ..] if !rest.is_empty() => Some(rest),
        _ => None,
    };
    let department = commune.department();
    let its_name = fold_whole(department.name());
    let tells_where = |word: &&str| {
        department.code().eq_ignore_ascii_case(word)
            || its_name.split(' ').any(|its| its == *word)
            || commune.code().eq_ignore_ascii_case(word)
            || commune.postcodes().any(|code| code == *word)
    };
    [Some(&name[..]), without_article]
        .into_iter()
        .flatten()
        .any(|name| {
            words.windows(name.len()).enumerate().any(|(at, part)| {
                part == name
                    && words[..at].iter().all(tells_where)
                    && words[at + name.len()..].iter().all(tells_where)
            })
        })
}

/// Says whether a wider territory has this name or this code.
fn is_called(known: Known<'_>, folded: &str) -> bool {
    let name = fold_whole(known.name());
    let code = match known {
        Known::Epci(one) => one.siren(),
        Known::Department(one) => one.code(),
        _ => "",
    };
    let article = |prefix: &&str| name.strip_prefix(*prefix) == Some(folded);
    name == folded
        || code.eq_ignore_ascii_case(folded)
        || ["le ", "la ", "les ", "l "].iter().any(article)
}

/// Says whether a region is a department under another title, as overseas: whoever types the name means the land.
fn is_department_again(known: Known<'_>) -> bool {
    let Known::Region(region) = known else {
        return false;
    };
    let mut departments = region.departments();
    let first = departments.next();
    departments.next().is_none() && first.is_some_and(|one| one.name() == region.name())
}

/// Says whether a department is nothing but one of these communes: Paris.
fn is_its_only_commune(known: Known<'_>, offers: &[Offer<'_>]) -> bool {
    let Known::Department(department) = known else {
        return false;
    };
    let mut communes = department.communes();
    match (communes.next(), communes.next()) {
        (Some(only), None) => offers
            .iter()
            .any(|offer| offer.is_whole && offer.known == Known::Commune(only)),
        _ => false,
    }
}

/// Writes what an EPCI is as the register does: `communauté de communes` is `CC`.
fn with_short_nature(folded: &str) -> String {
    let natures = [
        ("communaute de communes", "cc"),
        ("communaute d agglomeration", "ca"),
        ("communaute urbaine", "cu"),
    ];
    for (long, short) in natures {
        if let Some(rest) = folded.strip_prefix(long) {
            return format!("{short}{rest}");
        }
    }
    folded.to_owned()
}
