//! Territories: the pages of those that have no card, what stands around each, and their names completed.

pub mod around;
mod complete;
mod gathered;
mod register;

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use askama::Template;
use terreau_commons::{Atlas, Reports};
use terreau_experience::PlaceId;
use terreau_territory::{Known, Matched, Register};

pub use complete::complete;
pub use gathered::Gathered;

use crate::facts::{Fact, say};
use crate::layout::{kept_search, see_other};
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};
use around::Around;
use register::{Below, Step};

/// The page of a territory that has no card.
#[derive(Template)]
#[template(path = "territory/page.html")]
struct TerritoryPage {
    layout: Layout,
    /// What it lies in, the widest first.
    steps: Vec<Step>,
    kind: String,
    name: String,
    band: Vec<Fact>,
    details: Vec<Fact>,
    around: Around,
    /// What lies in it.
    below: Vec<Below>,
    /// The register, its year and who is to be credited.
    source: String,
    source_url: &'static str,
    /// Where a card of it begins.
    begin: String,
}

/// Shows a commune by its INSEE code.
///
/// `GET /territoires/insee/{code}` → 200 page · 303 to its card · 301 from an old code · 304 · 404
pub async fn commune(
    request: HttpRequest,
    code: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let found = Register::load().by_code(&code).ok_or_else(nowhere)?;
    let commune = found.commune();
    // A code that went with a commune, or a small letter in it, leads to the code of today.
    if matches!(found, Matched::Within(..)) || commune.code() != code.as_str() {
        let id = PlaceId::Commune(commune.code().to_owned());
        return Err(Failure::moved(url::place(&id).unwrap_or_default()));
    }
    show(&request, &reader, &site, Known::Commune(commune)).await
}

/// Shows an EPCI by its SIREN.
///
/// `GET /territoires/siren/{siren}` → 200 page · 303 to its card · 304 · 404
pub async fn epci(
    request: HttpRequest,
    siren: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let found = Register::load().epci(&siren).ok_or_else(nowhere)?;
    show(&request, &reader, &site, Known::Epci(found)).await
}

/// Shows a department by its INSEE code.
///
/// `GET /territoires/departement/{code}` → 200 page · 303 to its card · 301 from small letters · 304 · 404
pub async fn department(
    request: HttpRequest,
    code: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let found = Register::load().department(&code).ok_or_else(nowhere)?;
    if found.code() != code.as_str() {
        let id = PlaceId::Department(found.code().to_owned());
        return Err(Failure::moved(url::place(&id).unwrap_or_default()));
    }
    show(&request, &reader, &site, Known::Department(found)).await
}

/// Shows a region by its INSEE code.
///
/// `GET /territoires/region/{code}` → 200 page · 303 to its card · 304 · 404
pub async fn region(
    request: HttpRequest,
    code: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let found = Register::load().region(&code).ok_or_else(nowhere)?;
    show(&request, &reader, &site, Known::Region(found)).await
}

async fn show(
    request: &HttpRequest,
    reader: &Reader,
    site: &Data<Site>,
    known: Known<'static>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let gathered = Gathered::of(site, &snapshot).await?;
    let id = id_of(known);
    if let Some(card) = gathered.atlas.card_of(&id) {
        // A card may come and go: nothing is promised for ever.
        return Ok(see_other(url::card(&card.path)));
    }
    let words = reader.words();
    let around = Around::of_known(known, &gathered, words);
    let telling = register::Telling {
        known,
        gathered: &gathered,
        words,
    };
    let name = known.name().to_owned();
    let address = url::place(&id).unwrap_or_default();
    let mut layout = Layout::new(site, reader, known.label())
        .described(words.tell("territory-page-description", "name", known.label()))
        .within("map");
    // Of tens of thousands of communes, those of which something is told are worth finding.
    if around.says_something() || !matches!(known, Known::Commune(_)) {
        layout = layout.at(site, &address);
    }
    let (band, details) = telling.facts();
    let page = TerritoryPage {
        layout,
        steps: telling.steps(),
        kind: telling.kind(),
        band,
        details,
        below: telling.below(),
        source: telling.source(),
        source_url: register::SOURCE_URL,
        begin: url::with_query("/nouvelle-fiche", &[("kind", "territory")]),
        around,
        name,
    };
    kept_search(site, request, reader, snapshot.commit(), &page)
}

/// Returns what makes a territory of the register the same as another.
pub fn id_of(known: Known<'_>) -> PlaceId {
    match known {
        Known::Commune(one) => PlaceId::Commune(one.code().to_owned()),
        Known::Epci(one) => PlaceId::Epci(one.siren().to_owned()),
        Known::Department(one) => PlaceId::Department(one.code().to_owned()),
        Known::Region(one) => PlaceId::Region(one.code().to_owned()),
    }
}

/// Returns the territory of the register that a place is.
pub fn known_of(id: &PlaceId) -> Option<Known<'static>> {
    let register = Register::load();
    match id {
        PlaceId::Commune(code) => register.commune(code).map(Known::Commune),
        PlaceId::Epci(siren) => register.epci(siren).map(Known::Epci),
        PlaceId::Department(code) => register.department(code).map(Known::Department),
        PlaceId::Region(code) => register.region(code).map(Known::Region),
        PlaceId::Card(_) | PlaceId::Named(..) => None,
    }
}

/// Returns the address of a place: its card, else its page in the register.
pub fn href_of(id: &PlaceId, atlas: &Atlas) -> Option<String> {
    match atlas.card_of(id) {
        Some(card) => Some(url::card(&card.path)),
        None if known_of(id).is_some() => url::place(id),
        None => None,
    }
}

/// Returns what a place is called: by its card, else by the register, else as reports name it.
pub fn label_of(id: &PlaceId, atlas: &Atlas, reports: &Reports) -> String {
    if let Some(known) = known_of(id) {
        return known.label();
    }
    if let Some(card) = atlas.card_of(id) {
        return card.title.clone();
    }
    let mut places = reports
        .at_place(id)
        .iter()
        .flat_map(|report| &report.places);
    places
        .find(|place| place.id == *id)
        .map(|place| place.name.clone())
        .unwrap_or_default()
}

/// Says what the register knows of the place of a card today: its name, its inhabitants; and where that is shown.
pub fn today(id: &PlaceId, words: Words) -> Option<String> {
    let known = known_of(id)?;
    let vintage = Register::load().vintage().to_string();
    let said = words.tell_two("territory-today", "vintage", vintage, "name", known.label());
    let population = match known {
        Known::Commune(one) => one.population(),
        Known::Epci(one) => Some(one.population()),
        Known::Department(_) | Known::Region(_) => None,
    };
    Some(match population {
        Some(count) => {
            let year = Register::load().population_year();
            let said_count = say::inhabitants_count(i64::from(count), words);
            format!("{said}, {said_count} ({year})")
        }
        None => said,
    })
}

fn nowhere() -> Failure {
    Failure::missing()
        .message("territory-unknown")
        .next("territory-unknown-map", "/carte")
        .next("failure-next-search", "/recherche")
}
