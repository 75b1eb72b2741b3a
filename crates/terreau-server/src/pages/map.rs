//! The map of France: what a search finds, where it happens; the same places as a list, and for machines.

mod drawing;
mod geojson;
mod placed;

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::CardPath;
use terreau_commons::Query;
use terreau_territory::{Register, SOURCES};

pub use geojson::geojson;

use crate::layout::{kept_search, made_now};
use crate::pages::search::{Asked, Chip, Choosing, Group, MAP, View};
use crate::pages::territory::Gathered;
use crate::{Answer, Failure, Layout, Reader, Site, Words};
use drawing::{CLASSES, Drawing, Overseas};
use placed::{Placed, Section};

/// How many of the cards found are placed.
const MOST: usize = 10_000;
/// Where the file for machines is.
const GEOJSON: &str = "/carte.geojson";

#[derive(Template)]
#[template(path = "map/page.html")]
struct MapPage {
    layout: Layout,
    heading: String,
    text: String,
    /// The filters, for the form that changes the text.
    kept: Vec<(&'static str, String)>,
    chips: Vec<Chip>,
    clear: Option<String>,
    groups: Vec<Group>,
    more_groups: Vec<Group>,
    more_is_open: bool,
    list_href: String,
    geojson: String,
    drawing: Drawing,
    /// Classes of shading and what they say.
    legend: Vec<(usize, String)>,
    has_points: bool,
    has_counts: bool,
    overseas: Vec<Overseas>,
    credits: Vec<(String, Option<String>)>,
    sections: Vec<Section>,
    /// How many of the cards found say no place.
    nowhere: usize,
    is_cut: bool,
    most: usize,
}

/// Shows what a search finds on the map of France, and the same places as a list.
///
/// `GET /carte?q=&<facet>=` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let asked = asked(&request, &site);
    let words = reader.words();
    let found = Found::of(&asked, &reader, &site).await?;
    let Found {
        gathered, placed, ..
    } = &found;
    let choosing = Choosing {
        asked: &asked,
        answer: &found.answer,
        config: gathered.snapshot.config(),
        words,
    };
    let (groups, more_groups) = choosing.groups();
    let drawing = Drawing::of(placed, words);
    let heading = heading(&asked, placed.cards, words);
    let listed = asked.viewed(View::List);
    let page = MapPage {
        layout: Layout::new(&site, &reader, heading.clone())
            .described(words.say("map-lead"))
            .searching(None)
            .within("map"),
        text: asked.text.clone(),
        kept: asked
            .filters
            .iter()
            .map(|(facet, code)| (facet.as_str(), code.clone()))
            .collect(),
        chips: choosing.chips(),
        clear: (!asked.filters.is_empty()).then(|| asked.without_filters().url()),
        more_is_open: more_groups.iter().any(|group| group.is_chosen),
        groups,
        more_groups,
        list_href: listed.url(),
        geojson: listed.url_at(GEOJSON),
        legend: legend(words),
        has_points: !drawing.points.is_empty(),
        has_counts: drawing.departments.iter().any(|one| one.count.is_some()),
        overseas: drawing::overseas(placed),
        credits: credits(gathered, words),
        sections: placed.sections(gathered, words),
        nowhere: placed.nowhere,
        is_cut: found.is_cut,
        most: MOST,
        drawing,
        heading,
    };
    let mut page = page;
    if asked == Asked::of_view(View::Map) {
        page.layout = page.layout.at(&site, MAP);
    }
    if found.is_current {
        let commit = gathered.snapshot.commit();
        kept_search(&site, &request, &reader, commit, &page)
    } else {
        made_now(&site, &request, &reader, &page)
    }
}

/// What was found, and where it is.
struct Found {
    gathered: Gathered,
    answer: terreau_commons::Answer,
    placed: Placed,
    is_cut: bool,
    /// Whether it shows this very moment.
    is_current: bool,
}

impl Found {
    async fn of(asked: &Asked, reader: &Reader, site: &Site) -> Result<Found, Failure> {
        let snapshot = site.commons.snapshot();
        // Asked before searching: an index that is behind makes a page that is shown once and not kept.
        let is_current = site.commons.search_shows(snapshot.commit());
        let gathered = Gathered::of(site, &snapshot).await?;
        let asks_all = asked.text.is_empty() && asked.filters.is_empty();
        let query = Query {
            is_bare: true,
            // What happened everywhere is known without searching.
            limit: if asks_all { 0 } else { MOST },
            offset: 0,
            explain: false,
            ..asked.query(reader.language)
        };
        let answer = site.commons.search(query).await?;
        let paths: Vec<CardPath> = if asks_all {
            placed::everything(&gathered)
        } else {
            answer.hits.iter().map(|hit| hit.path.clone()).collect()
        };
        let mut placed = Placed::of(&paths, &gathered);
        if asks_all {
            placed.nowhere = 0;
        }
        Ok(Found {
            is_cut: !asks_all && answer.total > MOST,
            gathered,
            answer,
            placed,
            is_current,
        })
    }
}

fn asked(request: &HttpRequest, site: &Site) -> Asked {
    let query = request.uri().query().unwrap_or_default();
    let asked = Asked::read(query, site.commons.snapshot().config());
    asked.alone().viewed(View::Map)
}

fn heading(asked: &Asked, cards: usize, words: Words) -> String {
    let count = words.tell("map-count", "count", cards);
    if asked.text.is_empty() {
        count
    } else {
        words.tell_two("map-count-for", "count", &count, "text", &asked.text)
    }
}

fn legend(words: Words) -> Vec<(usize, String)> {
    (0..=CLASSES)
        .map(|class| {
            let key = match class {
                0 => "map-legend-none",
                1 => "map-legend-1",
                2 => "map-legend-2",
                3 => "map-legend-3",
                _ => "map-legend-4",
            };
            (class, words.say(key))
        })
        .collect()
}

/// Says whom outlines, names and positions come from.
fn credits(gathered: &Gathered, words: Words) -> Vec<(String, Option<String>)> {
    let [register, outlines] = SOURCES else {
        return Vec::new();
    };
    let licence = |spdx: &str| {
        terreau_card::licence::find(spdx).map_or(spdx.to_owned(), |known| known.name.to_owned())
    };
    let mut credits = vec![
        (
            words.tell_two(
                "map-credit-outlines",
                "credit",
                outlines.credit,
                "licence",
                licence(outlines.licence),
            ),
            Some(outlines.url.to_owned()),
        ),
        (
            words.tell_two(
                "map-credit-register",
                "credit",
                register.credit,
                "vintage",
                Register::load().vintage().to_string(),
            ),
            Some(register.url.to_owned()),
        ),
    ];
    if let Some(coordinates) = gathered.atlas.coordinates() {
        let source = coordinates.source();
        let url = source.url.clone();
        credits.push((
            words.tell_two(
                "map-credit-coordinates",
                "credit",
                &source.credit,
                "licence",
                licence(&source.licence),
            ),
            url.filter(|url| crate::pages::card::is_web(url)),
        ));
    }
    credits
}
