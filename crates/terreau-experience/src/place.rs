//! Where it was: a territory with a card of its own, or one that a report describes; and when two are the same.

use terreau_card::{Card, CardPath, Value};
use terreau_territory::{Commune, Register, Resolved, fold};

/// A territory as an experience names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Territory {
    /// By the path of its card.
    Card(CardPath),
    /// Described where it is named.
    Written(WrittenPlace),
}

/// A territory that has no card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenPlace {
    /// Its name as written.
    pub name: String,
    /// The INSEE code of a commune, a department; the SIREN of an EPCI.
    pub insee: Option<String>,
    /// The year of the register that has this code.
    pub vintage: Option<i64>,
    /// Inhabitants.
    pub population: Option<u64>,
    /// The year of this population.
    pub population_year: Option<i64>,
    /// The department, by name or code.
    pub department: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The country, when it isn't France.
    pub country: Option<String>,
}

/// What makes two territories the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceId {
    /// A commune of today by its INSEE code: those of its parts, and of communes that became part of it, lead here.
    Commune(String),
    /// An EPCI by its SIREN.
    Epci(String),
    /// A department by its INSEE code.
    Department(String),
    /// A region by its INSEE code.
    Region(String),
    /// A territory without a code, by its card.
    Card(CardPath),
    /// A territory without code nor card, by its folded name and what it lies in.
    Named(String, String),
}

/// A territory where something was tried, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What makes it the same as another.
    pub id: PlaceId,
    /// Its name.
    pub name: String,
    /// Its card.
    pub card: Option<CardPath>,
    /// Inhabitants: as written, or as the register counts them for a commune.
    pub population: Option<u64>,
    /// The year of this population.
    pub population_year: Option<i64>,
}

impl Place {
    /// Returns the place that a territory card describes.
    pub fn of_card(path: &CardPath, card: &Card) -> Place {
        let text = |key: &str| card.value(key).and_then(Value::plain);
        let number = |key: &str| card.value(key).and_then(Value::as_integer);
        let code = text("code").unwrap_or_default();
        let id = match text("nature").as_deref() {
            Some("commune" | "commune-deleguee") => commune_id(&code),
            Some("epci") => epci_id(&code),
            Some("departement") => department_id(&code),
            Some("region") => region_id(&code),
            _ => None,
        };
        Place {
            id: id.unwrap_or_else(|| PlaceId::Card(path.clone())),
            name: card.title().to_owned(),
            card: Some(path.clone()),
            population: number("population").and_then(|count| u64::try_from(count).ok()),
            population_year: number("population_year"),
        }
        .counted_by_the_register()
    }

    /// Returns the place of a card that can't be read: its address is all that is known.
    pub fn of_path(path: &CardPath) -> Place {
        Place {
            id: PlaceId::Card(path.clone()),
            name: path.slug().replace('-', " "),
            card: Some(path.clone()),
            population: None,
            population_year: None,
        }
    }

    /// Returns the place that a report describes: by its code, else by its name where the department is known too.
    pub fn of_written(written: &WrittenPlace) -> Place {
        let is_french = written
            .country
            .as_deref()
            .is_none_or(|country| matches!(fold(country).as_str(), "france" | "fr" | ""));
        let id = is_french.then(|| known(written)).flatten();
        let within = [&written.department, &written.region, &written.country];
        let within = within.into_iter().flatten().next();
        Place {
            id: id.unwrap_or_else(|| {
                PlaceId::Named(
                    fold(&written.name),
                    within.map(|name| fold(name)).unwrap_or_default(),
                )
            }),
            name: written.name.clone(),
            card: None,
            population: written.population,
            population_year: written.population_year,
        }
        .counted_by_the_register()
    }

    /// Says whether two places are called the same, whatever is known besides.
    pub fn is_namesake(&self, other: &Place) -> bool {
        let name = fold(&self.name);
        !name.is_empty() && name == fold(&other.name)
    }

    /// Takes the population of a commune from the register when nobody wrote one; not for what is only a part of the
    /// commune today, which bears another name.
    fn counted_by_the_register(mut self) -> Place {
        if let (None, PlaceId::Commune(code)) = (self.population, &self.id) {
            let register = Register::load();
            let count = register
                .commune(code)
                .filter(|one| fold(one.name()) == fold(&self.name))
                .and_then(Commune::population);
            self.population = count.map(u64::from);
            self.population_year = count.map(|_| i64::from(register.population_year()));
        }
        self
    }
}

/// Returns what a described territory is in the register: a region or a department named twice, as itself and as what it
/// lies in; else what its code stands for; else the commune that bears the name in its department.
fn known(written: &WrittenPlace) -> Option<PlaceId> {
    let register = Register::load();
    let name = fold(&written.name);
    let is_itself = |within: &Option<String>| within.as_deref().is_some_and(|it| fold(it) == name);
    if is_itself(&written.region) && written.department.is_none() {
        let region = register.regions().find(|one| fold(one.name()) == name)?;
        return Some(PlaceId::Region(region.code().to_owned()));
    }
    let by_code = |code: &str| {
        commune_id(code)
            .or_else(|| epci_id(code))
            .or_else(|| department_id(code))
    };
    if let Some(id) = written.insee.as_deref().and_then(by_code) {
        return Some(id);
    }
    match register.resolve(&written.name, Some(written.department.as_deref()?)) {
        Resolved::Commune(commune) => Some(PlaceId::Commune(commune.code().to_owned())),
        Resolved::Unknown if is_itself(&written.department) => {
            let mut departments = register.departments();
            let department = departments.find(|one| fold(one.name()) == name)?;
            Some(PlaceId::Department(department.code().to_owned()))
        }
        Resolved::Ambiguous(_) | Resolved::Unknown => None,
    }
}

fn commune_id(code: &str) -> Option<PlaceId> {
    let code = code.trim().to_ascii_uppercase();
    if code.len() != 5 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let today = Register::load()
        .by_code(&code)
        .map(|found| found.commune().code().to_owned());
    Some(PlaceId::Commune(today.unwrap_or(code)))
}

fn epci_id(code: &str) -> Option<PlaceId> {
    let code: String = code.split_whitespace().collect();
    let is_siren = code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit());
    is_siren.then_some(PlaceId::Epci(code))
}

fn department_id(code: &str) -> Option<PlaceId> {
    let department = Register::load().department(code.trim())?;
    Some(PlaceId::Department(department.code().to_owned()))
}

fn region_id(code: &str) -> Option<PlaceId> {
    let region = Register::load().region(code.trim())?;
    Some(PlaceId::Region(region.code().to_owned()))
}
