//! The map for machines: GeoJSON, with the licence of the cards and who is to be credited for positions.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, Data};
use serde_json::{Value as Json, json};
use terreau_experience::PlaceId;

use super::placed::PlaceCards;
use super::{Found, asked, credits};
use crate::cached::fresh;
use crate::pages::search::View;
use crate::pages::territory::href_of;
use crate::{Answer, Reader, Site, url};

/// Gives what a search finds, place by place; a place whose position nobody knows has no geometry.
///
/// `GET /carte.geojson?q=&<facet>=` → 200 · 304. Source: RFC 7946.
pub async fn geojson(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let asked = asked(&request, &site);
    let found = Found::of(&asked, &reader, &site).await?;
    let base = site.base_url();
    let config = found.gathered.snapshot.config();
    let licence = terreau_card::licence::find(&config.default_licence);
    let feature = |place: &PlaceCards| {
        let spot = &place.spot;
        let departments: Vec<&str> = spot.departments.iter().map(|one| one.code()).collect();
        let cards: Vec<Json> = place
            .cards
            .iter()
            .map(|head| {
                json!({
                    "title": head.title,
                    "kind": head.kind.as_str(),
                    "url": format!("{base}{}", url::card(&head.path)),
                })
            })
            .collect();
        let href = href_of(&place.id, &found.gathered.atlas);
        json!({
            "type": "Feature",
            // Longitude comes first. Source: RFC 7946 §3.1.1.
            "geometry": spot.point.map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]})),
            "properties": {
                "name": place.name,
                "code": code_of(&place.id),
                "departments": departments,
                "region": spot.region.map(terreau_territory::Region::code),
                "url": href.map(|href| format!("{base}{href}")),
                "cards": cards,
            },
        })
    };
    let features: Vec<Json> = found.placed.places.iter().map(feature).collect();
    let credit: Vec<Json> = credits(&found.gathered, reader.words())
        .into_iter()
        // Outlines are not in the file.
        .skip(1)
        .map(|(said, href)| json!({"text": said, "url": href}))
        .collect();
    let collection = json!({
        "type": "FeatureCollection",
        "name": config.name.get(reader.language),
        "url": format!("{base}{}", asked.viewed(View::Map).url()),
        "licence": licence.map_or(config.default_licence.as_str(), |known| known.url),
        "credit": credit,
        "commit": found.gathered.snapshot.commit().as_str(),
        "features": features,
    });
    Ok(fresh(
        &request,
        found.gathered.snapshot.commit().short(),
        Bytes::from(collection.to_string()),
        HeaderValue::from_static("application/geo+json"),
    ))
}

/// Returns the code of a place in the register.
fn code_of(id: &PlaceId) -> Option<&str> {
    match id {
        PlaceId::Commune(code)
        | PlaceId::Epci(code)
        | PlaceId::Department(code)
        | PlaceId::Region(code) => Some(code),
        PlaceId::Card(_) | PlaceId::Named(..) => None,
    }
}
