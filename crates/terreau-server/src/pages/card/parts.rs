//! The body of a card's page: its sections, and what its front matter adds to them, in reading order.

use terreau_card::{Kind, Rendered, RenderedSection, Value};

use crate::dates::say_written;
use crate::facts::{Fact, Piece, Telling, label_of, say};
use crate::pages::card::is_web;

mod experience;
mod lists;

pub use experience::{Figure, Mark, Testimony};

use lists::{card_line, card_lines, panels, pathway};

/// The fragment of the cards that an experience used.
pub const USED: &str = "fiches-utilisees";

/// The code of the section in which steps stand.
const STEPS: &str = terreau_card::STEPS;

/// One part of the page.
pub struct Part {
    /// The fragment that leads to it.
    pub anchor: String,
    /// Its heading; none for what stands before the first one.
    pub heading: Option<String>,
    /// What it holds.
    pub content: Content,
}

/// What a part holds.
pub enum Content {
    /// Text, and steps when it has some.
    Text { html: String, steps: Vec<StepView> },
    /// Things to gather: what, how many.
    Materials(Vec<(String, Option<String>)>),
    /// Cards, with their summaries.
    Cards(Vec<CardLine>),
    /// Words to say as they are.
    Say(String),
    /// Labels and what is said of them.
    Facts(Vec<Fact>),
    /// Things, some of them on the web.
    List(Vec<Fact>),
    /// The steps of a pathway.
    Pathway(Vec<PathwayStep>),
    /// The panels of an exhibition.
    Panels(Vec<(String, Option<Piece>)>),
    /// Short texts under headings of their own.
    Notes(Vec<(String, Vec<String>)>),
    /// What was counted.
    Figures(Vec<Figure>),
    /// What people said.
    Testimonies(Vec<Testimony>),
    /// Self-evaluation.
    Marks(Vec<Mark>),
    /// A remark set apart.
    Remark(String),
    /// A sound file.
    Audio(String),
}

/// One step of a course of action.
pub struct StepView {
    /// The fragment that leads to it.
    pub anchor: String,
    /// What it is called.
    pub title: String,
    /// How long it takes, short.
    pub time: Option<String>,
    /// What to do.
    pub html: String,
}

/// A card in a list.
pub struct CardLine {
    /// Its title, with its address when it exists.
    pub title: Piece,
    /// Its summary.
    pub summary: String,
    /// The facts that decide.
    pub line: String,
    /// Which version an experience used.
    pub version: Option<Piece>,
}

/// One step of a pathway.
pub struct PathwayStep {
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub aim: Option<String>,
    /// How long it takes.
    pub time: Option<String>,
    /// The cards to follow.
    pub cards: Vec<CardLine>,
    /// The cards that may help too.
    pub options: Vec<Piece>,
    /// What one holds at its end.
    pub deliverable: Option<String>,
    /// When to go on.
    pub go_on_when: Option<String>,
}

/// Returns the parts of a card's page.
pub fn parts(kind: Kind, telling: &Telling<'_>, rendered: &Rendered) -> Vec<Part> {
    let mut parts = before(kind, telling);
    let mut materials = materials(telling);
    let mut consent = telling
        .value("consent")
        .and_then(Value::plain)
        .map(|text| part("consentement", "consent", telling, Content::Say(text)));
    for section in &rendered.sections {
        // Things to gather follow the preparation or open the course, what to say opens the questions: where they are needed.
        match section.code.as_deref() {
            Some(STEPS) => parts.extend(materials.take()),
            Some("questionnaire") => parts.extend(consent.take()),
            _ => {}
        }
        parts.push(text(section, rendered));
        if section.code.as_deref() == Some("preparation") {
            parts.extend(materials.take());
        }
    }
    parts.extend(materials);
    parts.extend(consent);
    parts.extend(after(kind, telling));
    parts
}

fn before(kind: Kind, telling: &Telling<'_>) -> Vec<Part> {
    let parts = match kind {
        Kind::Pathway => vec![pathway(telling)],
        Kind::Exhibition => vec![panels(telling)],
        Kind::Episode => vec![audio(telling)],
        Kind::Organisation => vec![
            telling
                .value("approach")
                .and_then(Value::plain)
                .map(|text| {
                    part(
                        "approche",
                        "approach",
                        telling,
                        Content::Notes(vec![(String::new(), vec![text])]),
                    )
                }),
        ],
        _ => Vec::new(),
    };
    parts.into_iter().flatten().collect()
}

fn after(kind: Kind, telling: &Telling<'_>) -> Vec<Part> {
    let parts = match kind {
        Kind::Method | Kind::Tool => vec![composition(telling)],
        Kind::Survey => vec![data(telling), composition(telling)],
        Kind::Action => vec![
            listed(telling, "actors", "acteurs", |item, _| {
                (item.get("organisation")?.plain())
                    .map(|name| (name, item.get("role").and_then(Value::plain)))
            }),
            listed(telling, "funding", "financements", funding),
            listed(telling, "indicators", "indicateurs", |item, _| {
                (item.get("label")?.plain())
                    .map(|label| (label, item.get("unit").and_then(Value::plain)))
            }),
            listed(telling, "regulation", "reglementation", |item, telling| {
                let date = item
                    .get("date")
                    .and_then(Value::plain)
                    .map(|date| say_written(&date, telling.words.language));
                Some((item.get("text")?.plain()?, date))
            }),
        ],
        Kind::Experience => experience::parts(telling),
        _ => Vec::new(),
    };
    parts.into_iter().flatten().collect()
}

/// Makes a part whose heading is the label of a key.
fn part(anchor: &str, key: &str, telling: &Telling<'_>, content: Content) -> Part {
    Part {
        anchor: anchor.to_owned(),
        heading: Some(label_of(key, telling.words)),
        content,
    }
}

/// Makes the part of a section; the time of a step is said as its heading says it: « 4 à 8 semaines » is more than minutes.
fn text(section: &RenderedSection, rendered: &Rendered) -> Part {
    let steps = section
        .steps
        .iter()
        .map(|step| {
            let heading = rendered
                .contents
                .iter()
                .find(|entry| entry.anchor == step.anchor);
            let (title, told) =
                told_time(heading.map_or(step.title.as_str(), |entry| entry.text.as_str()));
            StepView {
                anchor: step.anchor.clone(),
                title: if told.is_some() {
                    title.to_owned()
                } else {
                    step.title.clone()
                },
                time: told
                    .map(str::to_owned)
                    .or_else(|| step.minutes.map(say::minutes)),
                html: step.html.as_str().to_owned(),
            }
        })
        .collect();
    Part {
        anchor: section.anchor.clone(),
        heading: section.heading.clone(),
        content: Content::Text {
            html: section.html.as_str().to_owned(),
            steps,
        },
    }
}

/// Parts a step's title from the time that it says: « Former (une demi-journée) ».
fn told_time(title: &str) -> (&str, Option<&str>) {
    let inner = title
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("));
    match inner {
        Some((before, time)) if time.chars().count() <= 28 && speaks_of_time(time) => {
            (before.trim_end(), Some(time))
        }
        _ => (title, None),
    }
}

fn speaks_of_time(text: &str) -> bool {
    const UNITS: [&str; 21] = [
        "min",
        "h",
        "heure",
        "heures",
        "jour",
        "jours",
        "journée",
        "demi-journée",
        "soirée",
        "soirées",
        "semaine",
        "semaines",
        "mois",
        "an",
        "ans",
        "week",
        "weeks",
        "hour",
        "hours",
        "day",
        "days",
    ];
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .any(|word| UNITS.contains(&word))
}

fn materials(telling: &Telling<'_>) -> Option<Part> {
    let items: Vec<_> = telling
        .value("materials")?
        .as_list()?
        .iter()
        .filter_map(|item| {
            Some((
                item.get("item")?.plain()?,
                item.get("quantity").and_then(Value::plain),
            ))
        })
        .collect();
    (!items.is_empty()).then(|| part("materiel", "materials", telling, Content::Materials(items)))
}

fn composition(telling: &Telling<'_>) -> Option<Part> {
    let cards = card_lines(telling.value("parts"), telling);
    (!cards.is_empty()).then(|| part("composition", "parts", telling, Content::Cards(cards)))
}

fn data(telling: &Telling<'_>) -> Option<Part> {
    let value = telling.value("data")?;
    let facts: Vec<Fact> = ["collected", "retention", "anonymisation"]
        .iter()
        .filter_map(|key| {
            let said = value.get(key)?.plain()?;
            Some(Fact {
                label: telling.words.say(&format!("card-data-{key}")),
                pieces: vec![Piece::plain(said)],
                note: None,
            })
        })
        .collect();
    (!facts.is_empty()).then(|| {
        part(
            "donnees-recueillies",
            "data",
            telling,
            Content::Facts(facts),
        )
    })
}

fn listed(
    telling: &Telling<'_>,
    key: &str,
    anchor: &str,
    said: impl Fn(&Value, &Telling<'_>) -> Option<(String, Option<String>)>,
) -> Option<Part> {
    let facts: Vec<Fact> = telling
        .value(key)?
        .as_list()?
        .iter()
        .filter_map(|item| {
            let (label, note) = said(item, telling)?;
            let href = item
                .get("url")
                .and_then(Value::as_text)
                .filter(|url| is_web(url))
                .map(str::to_owned);
            Some(Fact {
                label: String::new(),
                pieces: vec![Piece { text: label, href }],
                note,
            })
        })
        .collect();
    (!facts.is_empty()).then(|| part(anchor, key, telling, Content::List(facts)))
}

fn funding(item: &Value, telling: &Telling<'_>) -> Option<(String, Option<String>)> {
    let checked = item.get("checked_on").and_then(Value::plain);
    let note = checked.map(|day| {
        telling.words.tell(
            "card-checked-on",
            "day",
            say_written(&day, telling.words.language),
        )
    });
    Some((item.get("name")?.plain()?, note))
}

fn audio(telling: &Telling<'_>) -> Option<Part> {
    let address = telling
        .value("audio")?
        .as_text()
        .filter(|address| is_web(address))?;
    Some(Part {
        anchor: "ecouter".into(),
        heading: None,
        content: Content::Audio(address.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::told_time;

    #[test]
    fn times_in_titles_go_to_the_margin_and_nothing_else_does() {
        for (title, parted) in [
            (
                "Former (une demi-journée)",
                ("Former", Some("une demi-journée")),
            ),
            (
                "Écouter (4 à 8 semaines)",
                ("Écouter", Some("4 à 8 semaines")),
            ),
            (
                "Décider des suites (2 h, dans le mois)",
                ("Décider des suites", Some("2 h, dans le mois")),
            ),
            ("Voter (à main levée)", ("Voter (à main levée)", None)),
            ("Accueillir", ("Accueillir", None)),
        ] {
            assert_eq!(told_time(title), parted);
        }
    }
}
