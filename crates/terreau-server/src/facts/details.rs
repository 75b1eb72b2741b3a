//! The details of a card: what its front matter says beyond the band.

use terreau_card::{Kind, Value};

use super::{Fact, Piece, Telling, say};
use crate::Words;

/// Returns the label of a key: « Durée » for `duration`.
pub fn label_of(key: &str, words: Words) -> String {
    words
        .maybe(&format!("facts-label-{}", key.replace('_', "-")))
        .unwrap_or_else(|| key.replace('_', " "))
}

/// Returns the details of a card, in the order of its kind.
pub fn details(kind: Kind, telling: &Telling<'_>) -> Vec<Fact> {
    let listed: &[(&str, &str)] = match kind {
        Kind::Method | Kind::Tool | Kind::Survey => &[
            ("intentions", "intentions"),
            ("stages", "stages"),
            ("participation", "participation"),
            ("audiences", "audiences"),
            ("initiators", "initiators"),
            ("formats", "formats"),
            ("places", "places"),
            ("skill", "skills"),
            ("scales", "scales"),
            ("axes", "axes"),
        ],
        Kind::Action => &[("benefits", "benefits")],
        Kind::Experience => &[("participation", "participation")],
        Kind::Territory => &[("programmes", "programmes")],
        _ => &[],
    };
    let mut facts: Vec<Fact> = listed
        .iter()
        .filter_map(|(key, vocabulary)| telling.fact(key, telling.labels(key, vocabulary)))
        .collect();
    facts.extend(others(kind, telling));
    facts.extend(telling.fact("topics", telling.topics()));
    facts.extend(telling.fact("tags", telling.texts("tags", "")));
    facts
}

fn others(kind: Kind, telling: &Telling<'_>) -> Vec<Fact> {
    let facts = match kind {
        Kind::Method | Kind::Tool => vec![telling.effort(), telling.population_range()],
        Kind::Survey => vec![
            telling.people("participants"),
            telling.people("facilitators"),
            telling.effort(),
            telling.population_range(),
        ],
        Kind::Experience => vec![
            telling.fact("leads", telling.texts("leads", "organisation")),
            telling.fact("partners", telling.texts("partners", "organisation")),
            telling.fact("funders", telling.texts("funders", "organisation")),
            telling.audiences_reached(),
            telling.told("again"),
            telling.told("independence"),
        ],
        Kind::Territory => vec![
            telling.text_fact("vintage", telling.value("vintage").and_then(Value::plain)),
            telling.fact("former_names", telling.texts("former_names", "")),
            telling.fact("members", telling.places("members")),
            telling.fact("challenges", telling.texts("challenges", "")),
            telling.location(),
        ],
        _ => Vec::new(),
    };
    facts.into_iter().flatten().collect()
}

impl Telling<'_> {
    /// Topics lead to the cards that share them.
    fn topics(&self) -> Vec<Piece> {
        let language = self.words.language;
        self.card
            .topics()
            .into_iter()
            .map(|code| {
                let label = self.config().label("topics", code, language);
                Piece::link(
                    label,
                    crate::url::with_query("/recherche", &[("topic", code)]),
                )
            })
            .collect()
    }

    fn effort(&self) -> Option<Fact> {
        let (min, max) = say::amount_range(self.value("effort_days")?);
        self.text_fact("effort_days", say::person_days(min, max, self.words))
    }

    fn audiences_reached(&self) -> Option<Fact> {
        let codes = self.value("participants")?.get("audiences")?.as_list()?;
        let language = self.words.language;
        let pieces = codes
            .iter()
            .filter_map(Value::as_text)
            .map(|code| Piece::plain(self.config().label("audiences", code, language)))
            .collect();
        self.fact("audiences", pieces)
    }

    /// A word of the format, said: `again: as-is` is « oui, telle quelle ».
    fn told(&self, key: &str) -> Option<Fact> {
        let code = self.value(key)?.plain()?;
        self.text_fact(
            key,
            Some(
                self.words
                    .maybe(&format!("facts-{key}-{code}"))
                    .unwrap_or(code),
            ),
        )
    }

    fn location(&self) -> Option<Fact> {
        let place = self.value("location")?;
        let (lat, lon) = (
            place.get("lat")?.as_decimal()?,
            place.get("lon")?.as_decimal()?,
        );
        let language = self.words.language;
        let said = format!(
            "{} ; {}",
            say::number(lat, language),
            say::number(lon, language)
        );
        let mut fact = self.text_fact("location", Some(said))?;
        fact.note = place.get("source").and_then(Value::plain);
        Some(fact)
    }
}
