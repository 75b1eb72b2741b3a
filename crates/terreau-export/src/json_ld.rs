//! A card in the words of schema.org.
//!
//! Source: schema.org 29; Creative Commons, "Marking Works Technical": the licence is its canonical address.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};

use terreau_card::{
    Attribution, Card, CommonsConfig, Kind, Language, Origin, Party, Rendered, Value, licence,
};

/// A card and what it does not know of itself.
pub struct Described<'a> {
    /// The card.
    pub card: &'a Card,
    /// What it is.
    pub kind: Kind,
    /// Its body, for the steps.
    pub rendered: &'a Rendered,
    /// Who made it and where it stands.
    pub attribution: &'a Attribution,
    /// The commons, for the words behind the codes.
    pub config: &'a CommonsConfig,
    /// When it last changed.
    pub modified: DateTime<Utc>,
    /// The commons' address, without a final slash.
    pub base_url: &'a str,
}

/// Returns the card as one JSON-LD object. Put it into HTML only after escaping `<`.
pub fn json_ld(described: &Described<'_>) -> String {
    let mut object = common(described);
    match described.kind {
        Kind::Method | Kind::Tool | Kind::Survey => how_to(described, &mut object),
        Kind::Action => cost(described, &mut object),
        Kind::Experience => report(described, &mut object),
        Kind::Pathway => list(described, &mut object),
        Kind::Organisation => put(&mut object, "sameAs", text(described, "website")),
        Kind::Territory | Kind::Exhibition | Kind::Episode | Kind::Page => {}
    }
    Json::Object(object).to_string()
}

/// The schema.org types of a kind.
fn types(kind: Kind) -> Json {
    match kind {
        Kind::Method | Kind::Tool => json!(["LearningResource", "HowTo"]),
        Kind::Action => json!(["CreativeWork", "HowTo"]),
        Kind::Survey => json!(["LearningResource", "DigitalDocument"]),
        Kind::Pathway => json!(["LearningResource", "ItemList"]),
        Kind::Experience => json!("Report"),
        Kind::Territory => json!("AdministrativeArea"),
        Kind::Organisation => json!("Organization"),
        Kind::Exhibition => json!("CreativeWork"),
        Kind::Episode => json!("PodcastEpisode"),
        Kind::Page => json!("Article"),
    }
}

fn common(described: &Described<'_>) -> Map<String, Json> {
    let Described {
        card,
        config,
        attribution,
        ..
    } = described;
    let mut object = Map::new();
    put(&mut object, "@context", Some("https://schema.org".into()));
    put(&mut object, "@type", Some(types(described.kind)));
    put(&mut object, "@id", Some(attribution.url.clone().into()));
    put(&mut object, "url", Some(attribution.url.clone().into()));
    put(&mut object, "name", Some(card.title().into()));
    put(
        &mut object,
        "description",
        Some(card.summary().into()).filter(|summary: &Json| summary != ""),
    );
    // A place or a body is no work: what follows says who made a work and how it may be used.
    if matches!(described.kind, Kind::Territory | Kind::Organisation) {
        return object;
    }
    let language = card.language().unwrap_or(config.default_language.code());
    put(&mut object, "inLanguage", Some(language.into()));
    put(
        &mut object,
        "dateModified",
        Some(described.modified.to_rfc3339().into()),
    );
    put(
        &mut object,
        "license",
        licence::find(&attribution.licence).map(|known| known.url.into()),
    );
    put(
        &mut object,
        "creditText",
        Some(attribution.text(language_of(described)).into()),
    );
    put(
        &mut object,
        "author",
        some(attribution.authors.iter().map(party).collect()),
    );
    let contributors = attribution
        .contributors
        .iter()
        .map(|name| json!({"@type": "Person", "name": name}));
    put(&mut object, "contributor", some(contributors.collect()));
    put(
        &mut object,
        "isBasedOn",
        some(attribution.origins.iter().map(origin).collect()),
    );
    put(&mut object, "keywords", some(keywords(described)));
    object
}

fn language_of(described: &Described<'_>) -> Language {
    let default = described.config.default_language;
    described
        .card
        .language()
        .and_then(Language::parse)
        .unwrap_or(default)
}

fn party(party: &Party) -> Json {
    let organisation = party
        .organisation
        .as_ref()
        .map(|name| json!({"@type": "Organization", "name": name}));
    match organisation {
        Some(organisation) => {
            json!({"@type": "Person", "name": party.name, "affiliation": organisation})
        }
        // A card credits persons and organisations alike and does not say which is which.
        None => json!({"name": party.name}),
    }
}

fn origin(origin: &Origin) -> Json {
    let mut object = Map::new();
    put(&mut object, "@type", Some("CreativeWork".into()));
    put(&mut object, "name", Some(origin.title.clone().into()));
    put(&mut object, "url", origin.url.clone().map(Json::from));
    let known = origin.licence.as_deref().and_then(licence::find);
    put(&mut object, "license", known.map(|known| known.url.into()));
    Json::Object(object)
}

fn keywords(described: &Described<'_>) -> Vec<Json> {
    let language = language_of(described);
    let topics = described
        .card
        .topics()
        .into_iter()
        .map(|code| described.config.label("topics", code, language));
    topics
        .chain(described.card.tags())
        .map(Json::from)
        .collect()
}

fn how_to(described: &Described<'_>, object: &mut Map<String, Json>) {
    cost(described, object);
    put(
        object,
        "totalTime",
        described
            .card
            .value("duration")
            .and_then(|range| range.get("max")?.as_text())
            .map(Json::from),
    );
    let materials = described
        .card
        .value("materials")
        .and_then(Value::as_list)
        .unwrap_or_default();
    let supply = materials.iter().filter_map(|material| {
        let mut one = Map::new();
        put(&mut one, "@type", Some("HowToSupply".into()));
        put(
            &mut one,
            "name",
            Some(material.get("item")?.plain()?.into()),
        );
        put(
            &mut one,
            "requiredQuantity",
            material
                .get("quantity")
                .and_then(Value::plain)
                .map(Json::from),
        );
        Some(Json::Object(one))
    });
    put(object, "supply", some(supply.collect()));
    let url = &described.attribution.url;
    let steps = described
        .rendered
        .sections
        .iter()
        .flat_map(|section| &section.steps);
    let steps = steps.map(|step| json!({"@type": "HowToStep", "name": step.title, "url": format!("{url}#{}", step.anchor)}));
    put(object, "step", some(steps.collect()));
}

fn cost(described: &Described<'_>, object: &mut Map<String, Json>) {
    let Some(cost) = described.card.value("cost_eur") else {
        return;
    };
    let mut amount = Map::new();
    put(&mut amount, "@type", Some("MonetaryAmount".into()));
    put(&mut amount, "currency", Some("EUR".into()));
    put(
        &mut amount,
        "minValue",
        cost.get("min").and_then(Value::as_decimal).map(Json::from),
    );
    put(
        &mut amount,
        "maxValue",
        cost.get("max").and_then(Value::as_decimal).map(Json::from),
    );
    put(object, "estimatedCost", Some(Json::Object(amount)));
}

fn report(described: &Described<'_>, object: &mut Map<String, Json>) {
    let about = described
        .card
        .value("about")
        .and_then(Value::as_list)
        .unwrap_or_default();
    let about = about
        .iter()
        .filter_map(|used| Some(json!({"@id": address(described, used.get("card")?.as_text()?)})));
    put(object, "about", some(about.collect()));
    let places = described
        .card
        .value("territories")
        .and_then(Value::as_list)
        .unwrap_or_default();
    let places = places.iter().filter_map(|place| match place.as_text() {
        Some(path) => Some(json!({"@id": address(described, path)})),
        None => Some(json!({"@type": "AdministrativeArea", "name": place.get("name")?.as_text()?})),
    });
    put(object, "spatialCoverage", some(places.collect()));
    let moment = |key: &str| described.card.value(key).and_then(Value::plain);
    // ISO 8601-2 writes an end that is not known yet as two dots.
    let period = moment("start").map(|start| {
        format!(
            "{start}/{}",
            moment("end").unwrap_or_else(|| "..".to_owned())
        )
    });
    put(object, "temporalCoverage", period.map(Json::from));
}

fn list(described: &Described<'_>, object: &mut Map<String, Json>) {
    let steps = described
        .card
        .value("steps")
        .and_then(Value::as_list)
        .unwrap_or_default();
    let steps = steps.iter().enumerate().filter_map(|(place, step)| {
        Some(json!({"@type": "ListItem", "position": place + 1, "name": step.get("title")?.as_text()?}))
    });
    put(object, "itemListElement", some(steps.collect()));
}

fn address(described: &Described<'_>, path: &str) -> String {
    format!("{}/{path}", described.base_url)
}

fn text(described: &Described<'_>, key: &str) -> Option<Json> {
    described.card.value(key)?.as_text().map(Json::from)
}

fn some(list: Vec<Json>) -> Option<Json> {
    (!list.is_empty()).then_some(Json::Array(list))
}

fn put(object: &mut Map<String, Json>, key: &str, value: Option<Json>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value);
    }
}
