//! From front matter to types, forgiving.

use std::{collections::BTreeMap, str::FromStr};

use terreau_card::{Card, CardPath, Value, facets::duration_minutes};

use super::{
    About, Adaptation, Cost, Experience, Figure, Mark, Participants, Range, Staff, Testimony,
};
use crate::{
    place::{Territory, WrittenPlace},
    when::{Period, When},
};

pub(super) fn read(card: &Card) -> Experience {
    let key = |key: &str| card.value(key);
    let list = |key: &str| items(card.value(key));
    let texts = |key: &str| list(key).iter().filter_map(said).collect::<Vec<_>>();
    let organisations = |key: &str| {
        list(key)
            .iter()
            .filter_map(|item| said(item).or_else(|| text(item, "organisation")))
            .collect::<Vec<_>>()
    };
    Experience {
        id: card.id(),
        title: card.title().to_owned(),
        summary: card.summary().to_owned(),
        credit: credit(card),
        licence: card.licence().map(str::to_owned),
        links: card.links().into_iter().map(|link| link.to).collect(),
        about: list("about").iter().filter_map(about).collect(),
        territories: list("territories").iter().filter_map(territory).collect(),
        period: Period {
            start: key("start").and_then(when),
            end: key("end").and_then(when),
        },
        state: key("state").and_then(word),
        leads: organisations("leads"),
        partners: organisations("partners"),
        funders: organisations("funders"),
        participants: key("participants").map(participants).unwrap_or_default(),
        participation: key("participation").and_then(said),
        duration: key("duration").and_then(|value| range(value, minutes)),
        cost: key("cost").and_then(cost),
        staff: key("staff").map(staff).unwrap_or_default(),
        figures: list("figures").iter().filter_map(figure).collect(),
        satisfactions: texts("satisfactions"),
        obstacles: texts("obstacles"),
        tips: texts("tips"),
        surprises: texts("surprises"),
        testimonies: list("testimonies").iter().filter_map(testimony).collect(),
        adaptations: list("adaptations").iter().filter_map(adaptation).collect(),
        again: key("again").and_then(word),
        marks: key("marks").map(marks).unwrap_or_default(),
        independence: key("independence").and_then(word),
        conflicting_facts: key("conflicting_facts").and_then(said),
    }
}

fn credit(card: &Card) -> Option<String> {
    let authors = card.authors().into_iter();
    let names: Vec<String> = authors
        .map(|author| match author.organisation {
            Some(organisation) => format!("{} ({organisation})", author.name),
            None => author.name,
        })
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Reads `{min, max}` where one bound, or one value, stands for both; bounds in the wrong order are put right.
pub(crate) fn range(value: &Value, read: impl Fn(&Value) -> Option<f64>) -> Option<Range> {
    if value.as_map().is_none() {
        let one = read(value)?;
        return Some(Range { min: one, max: one });
    }
    let bound = |key: &str| value.get(key).and_then(&read);
    let (min, max) = (bound("min"), bound("max"));
    let (min, max) = (min.or(max)?, max.or(min)?);
    Some(Range {
        min: min.min(max),
        max: min.max(max),
    })
}

/// Reads an ISO 8601 duration in minutes.
pub(crate) fn minutes(value: &Value) -> Option<f64> {
    duration_minutes(value.as_text()?.trim())
}

/// Reads a number of something: not negative, `1 200,5` allowed.
pub(crate) fn amount(value: &Value) -> Option<f64> {
    number(value).filter(|number| *number >= 0.0)
}

fn items(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::List(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

fn said(value: &Value) -> Option<String> {
    let text = value.plain()?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(said)
}

fn word<W: FromStr>(value: &Value) -> Option<W> {
    value.as_text()?.parse().ok()
}

fn when(value: &Value) -> Option<When> {
    When::parse(&value.plain()?)
}

fn number(value: &Value) -> Option<f64> {
    let written = || {
        let text: String = value
            .as_text()?
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        text.replace(',', ".").parse().ok()
    };
    let number: f64 = value.as_decimal().or_else(written)?;
    // So that -0 and 0 are one.
    number.is_finite().then_some(number + 0.0)
}

fn count(value: &Value) -> Option<u64> {
    let number = amount(value)?;
    // Beyond, it is no count of people; and every such number is exact in 64 bits.
    (number <= 1e12).then_some(number.round() as u64)
}

fn path(value: &Value) -> Option<CardPath> {
    let written = value.as_text()?.trim();
    CardPath::parse(written.strip_suffix(".md").unwrap_or(written)).ok()
}

fn about(value: &Value) -> Option<About> {
    Some(About {
        card: path(value).or_else(|| path(value.get("card")?))?,
        commit: text(value, "commit"),
    })
}

pub(crate) fn territory(value: &Value) -> Option<Territory> {
    if let Some(name) = value.as_text() {
        return match path(value) {
            Some(path) => Some(Territory::Card(path)),
            None if name.trim().is_empty() => None,
            None => Some(Territory::Written(WrittenPlace {
                name: name.trim().to_owned(),
                ..WrittenPlace::default()
            })),
        };
    }
    let whole = |key: &str| value.get(key).and_then(Value::as_integer);
    Some(Territory::Written(WrittenPlace {
        name: text(value, "name")?,
        insee: text(value, "insee"),
        vintage: whole("vintage"),
        population: value.get("population").and_then(count),
        population_year: whole("population_year"),
        department: text(value, "department"),
        region: text(value, "region"),
        country: text(value, "country"),
    }))
}

fn participants(value: &Value) -> Participants {
    Participants {
        count: value.get("count").or(Some(value)).and_then(count),
        is_exact: value.get("exact").and_then(Value::as_bool),
        audiences: items(value.get("audiences"))
            .iter()
            .filter_map(said)
            .collect(),
    }
}

fn cost(value: &Value) -> Option<Cost> {
    Some(Cost {
        amount_eur: amount(value.get("amount_eur")?)?,
        per: value.get("per").and_then(word),
        includes: text(value, "includes"),
    })
}

fn staff(value: &Value) -> Staff {
    Staff {
        fte: value.get("fte").and_then(amount),
        people: value.get("people").and_then(count),
        days: value.get("days").and_then(amount),
    }
}

/// A number whose nature nobody says is left out: it could be a promise.
fn figure(value: &Value) -> Option<Figure> {
    Some(Figure {
        value: number(value.get("value")?)?,
        unit: text(value, "unit"),
        label: text(value, "label")?,
        date: value.get("date").and_then(when),
        nature: value.get("nature").and_then(word)?,
        source: text(value, "source"),
    })
}

fn testimony(value: &Value) -> Option<Testimony> {
    Some(Testimony {
        text: said(value).or_else(|| text(value, "text"))?,
        role: text(value, "role"),
        consent_date: value.get("consent_date").and_then(when),
    })
}

fn adaptation(value: &Value) -> Option<Adaptation> {
    Some(Adaptation {
        kept: text(value, "kept"),
        changed: said(value).or_else(|| text(value, "changed"))?,
        why: text(value, "why"),
    })
}

fn marks(value: &Value) -> BTreeMap<String, Mark> {
    let entries = value.as_map().unwrap_or_default();
    entries
        .iter()
        .filter_map(|(criterion, mark)| {
            let mark = number(mark).filter(|mark| mark.fract() == 0.0)?;
            Some((criterion.clone(), Mark::new(mark as i64)?))
        })
        .collect()
}
