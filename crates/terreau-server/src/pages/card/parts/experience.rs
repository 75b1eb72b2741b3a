//! What an experience adds to its text: figures with their nature, what helped and what hindered, what people said.

use terreau_card::Value;

use super::{CardLine, Content, Part, card_line, part};
use crate::dates::say_written;
use crate::facts::{Telling, label_of, say};

/// Something that was counted, or promised.
pub struct Figure {
    /// The value with its unit.
    pub value: String,
    /// What was counted.
    pub label: String,
    /// Observed, planned or estimated: a promise is no result.
    pub nature: String,
    /// The class of the nature, for its mark.
    pub nature_code: &'static str,
    /// When.
    pub date: Option<String>,
    /// Says who.
    pub source: Option<String>,
}

/// What somebody said.
pub struct Testimony {
    /// Their words.
    pub text: String,
    /// What they do; not their name, unless they agreed.
    pub role: String,
}

/// A mark of the self-evaluation.
pub struct Mark {
    /// The criterion.
    pub label: String,
    /// The mark, from 1 to 4.
    pub value: i64,
    /// The mark in words, for those who do not see it.
    pub said: String,
}

/// Returns the parts that follow the text of an experience.
pub fn parts(telling: &Telling<'_>) -> Vec<Option<Part>> {
    vec![
        used(telling),
        figures(telling),
        conflicting(telling),
        learnt(telling),
        adaptations(telling),
        testimonies(telling),
        marks(telling),
    ]
}

fn used(telling: &Telling<'_>) -> Option<Part> {
    let about = telling.value("about")?.as_list()?;
    let cards: Vec<CardLine> = about
        .iter()
        .filter_map(|item| item.get("card")?.as_text())
        .map(|path| card_line(path, telling))
        .collect();
    (!cards.is_empty()).then(|| part(super::USED, "about", telling, Content::Cards(cards)))
}

fn figures(telling: &Telling<'_>) -> Option<Part> {
    let language = telling.words.language;
    let figures: Vec<Figure> = telling
        .value("figures")?
        .as_list()?
        .iter()
        .filter_map(|figure| {
            let value = say::number(figure.get("value")?.as_decimal()?, language);
            let unit = figure.get("unit").and_then(Value::plain);
            let nature_code = match figure.get("nature")?.as_text()? {
                "observed" => "observed",
                "planned" => "planned",
                _ => "estimated",
            };
            Some(Figure {
                value: unit.map_or_else(|| value.clone(), |unit| format!("{value}\u{a0}{unit}")),
                label: figure.get("label")?.plain()?,
                nature: telling.words.say(&format!("card-nature-{nature_code}")),
                nature_code,
                date: figure
                    .get("date")
                    .and_then(Value::plain)
                    .map(|date| say_written(&date, language)),
                source: figure.get("source").and_then(Value::plain),
            })
        })
        .collect();
    (!figures.is_empty()).then(|| part("chiffres", "figures", telling, Content::Figures(figures)))
}

fn conflicting(telling: &Telling<'_>) -> Option<Part> {
    let text = telling.value("conflicting_facts")?.plain()?;
    Some(part(
        "faits-divergents",
        "conflicting_facts",
        telling,
        Content::Remark(text),
    ))
}

fn learnt(telling: &Telling<'_>) -> Option<Part> {
    let notes: Vec<(String, Vec<String>)> = ["satisfactions", "obstacles", "tips", "surprises"]
        .iter()
        .filter_map(|key| {
            let texts: Vec<String> = telling
                .value(key)?
                .as_list()?
                .iter()
                .filter_map(Value::plain)
                .collect();
            (!texts.is_empty()).then(|| (label_of(key, telling.words), texts))
        })
        .collect();
    (!notes.is_empty()).then(|| Part {
        anchor: "appris".into(),
        heading: Some(telling.words.say("card-learnt")),
        content: Content::Notes(notes),
    })
}

fn adaptations(telling: &Telling<'_>) -> Option<Part> {
    let list = telling.value("adaptations")?.as_list()?;
    let mut notes: Vec<(String, Vec<String>)> = Vec::new();
    for key in ["changed", "kept", "why"] {
        let texts: Vec<String> = list
            .iter()
            .filter_map(|item| item.get(key)?.plain())
            .collect();
        if !texts.is_empty() {
            notes.push((telling.words.say(&format!("card-adaptation-{key}")), texts));
        }
    }
    (!notes.is_empty()).then(|| part("adaptations", "adaptations", telling, Content::Notes(notes)))
}

fn testimonies(telling: &Telling<'_>) -> Option<Part> {
    let testimonies: Vec<Testimony> = telling
        .value("testimonies")?
        .as_list()?
        .iter()
        .filter_map(|item| {
            Some(Testimony {
                text: item.get("text")?.plain()?,
                role: item.get("role")?.plain()?,
            })
        })
        .collect();
    (!testimonies.is_empty()).then(|| {
        part(
            "temoignages",
            "testimonies",
            telling,
            Content::Testimonies(testimonies),
        )
    })
}

fn marks(telling: &Telling<'_>) -> Option<Part> {
    let given = telling.value("marks")?.as_map()?;
    let language = telling.words.language;
    let marks: Vec<Mark> = telling
        .snapshot
        .config()
        .criteria
        .iter()
        .filter_map(|criterion| {
            let (_, value) = given.iter().find(|(code, _)| *code == criterion.code)?;
            let value = value.as_integer()?.clamp(1, 4);
            Some(Mark {
                label: criterion.label.get(language).to_owned(),
                value,
                said: telling.words.tell("card-mark", "mark", value),
            })
        })
        .collect();
    (!marks.is_empty()).then(|| part("auto-evaluation", "marks", telling, Content::Marks(marks)))
}
