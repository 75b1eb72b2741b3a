//! The body in the form: one text for each section, those of the kind and those of this card, in their order.

use terreau_card::{Card, CommonsConfig, Kind, Language, Section};

use super::inputs::Inputs;

/// The place of a text in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of its input.
    pub name: String,
    /// What the section is.
    pub part: Part,
}

/// What a place holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A whole body, in kinds whose cards have no sections.
    Whole,
    /// What comes before the first heading.
    Lead,
    /// A section of the kind, by its code.
    Known(String),
    /// A section of this card alone, with a heading of its own.
    Own(String),
    /// A section that the editor may add.
    Added,
}

/// The texts of a card's form.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Every place, in the order of the form.
    pub places: Vec<Place>,
    sections: Vec<Section>,
    body: String,
}

impl Layout {
    /// Lays out the body of a card.
    pub fn of(card: &Card, kind: Kind, config: &CommonsConfig) -> Layout {
        let defs = &config.kind(kind).sections;
        let body = card.body().to_owned();
        if defs.is_empty() {
            let whole = Place {
                name: "t.body".to_owned(),
                part: Part::Whole,
            };
            return Layout {
                places: vec![whole],
                sections: Vec::new(),
                body,
            };
        }
        let sections = card.sections(config);
        let mut places: Vec<Place> = sections
            .iter()
            .enumerate()
            .map(|(index, section)| Place {
                name: format!("t.{index}"),
                part: match (&section.code, &section.heading) {
                    (Some(code), _) => Part::Known(code.clone()),
                    (None, Some(heading)) => Part::Own(heading.clone()),
                    (None, None) => Part::Lead,
                },
            })
            .collect();
        for (order, def) in defs.iter().enumerate() {
            let is_there = |place: &Place| place.part == Part::Known(def.code.clone());
            if places.iter().any(is_there) {
                continue;
            }
            // After the nearest section that comes before it in the order of the kind.
            let before = |place: &Place| match &place.part {
                Part::Known(code) => defs[..order].iter().any(|def| def.code == *code),
                Part::Lead => true,
                _ => false,
            };
            let at = places.iter().rposition(before).map_or(0, |last| last + 1);
            places.insert(
                at,
                Place {
                    name: format!("t.{}", def.code),
                    part: Part::Known(def.code.clone()),
                },
            );
        }
        places.push(Place {
            name: "t.added".to_owned(),
            part: Part::Added,
        });
        Layout {
            places,
            sections,
            body,
        }
    }

    /// Shows the texts.
    pub fn show(&self, inputs: &mut Inputs) {
        if self
            .places
            .first()
            .is_some_and(|place| place.part == Part::Whole)
        {
            inputs.add("t.body", self.body.trim_matches('\n'));
        }
        for (index, section) in self.sections.iter().enumerate() {
            inputs.add(format!("t.{index}"), &section.text);
            if let (None, Some(heading)) = (&section.code, &section.heading) {
                inputs.add(format!("t.{index}.heading"), heading);
            }
        }
    }

    /// Returns the card with the texts as typed; those that are as shown keep their bytes.
    pub fn read(
        &self,
        card: &Card,
        config: &CommonsConfig,
        shown: &Inputs,
        typed: &Inputs,
    ) -> Card {
        if self
            .places
            .first()
            .is_some_and(|place| place.part == Part::Whole)
        {
            return self.whole(card, shown, typed);
        }
        if self
            .places
            .iter()
            .all(|place| shown.is_same(typed, &place.name))
        {
            return card.clone();
        }
        let sections: Vec<Section> = self
            .places
            .iter()
            .filter_map(|place| self.section(place, shown, typed))
            .collect();
        card.with_sections(config, &sections)
    }

    fn whole(&self, card: &Card, shown: &Inputs, typed: &Inputs) -> Card {
        if shown.is_same(typed, "t.body") {
            return card.clone();
        }
        let text = typed.one("t.body").trim_matches('\n').trim_end();
        let lead = &self.body[..self.body.len() - self.body.trim_start_matches('\n').len()];
        let lead = if lead.is_empty() { "\n" } else { lead };
        card.with_body(&if text.is_empty() {
            String::new()
        } else {
            format!("{lead}{text}\n")
        })
    }

    fn section(&self, place: &Place, shown: &Inputs, typed: &Inputs) -> Option<Section> {
        let index = place
            .name
            .strip_prefix("t.")
            .and_then(|name| name.parse::<usize>().ok());
        let before = index.and_then(|index| self.sections.get(index));
        if let Some(section) = before
            && shown.is_same(typed, &place.name)
        {
            return Some(section.clone());
        }
        let text = typed
            .one(&place.name)
            .trim_matches('\n')
            .trim_end()
            .to_owned();
        let heading = typed
            .one(&format!("{}.heading", place.name))
            .trim()
            .to_owned();
        match &place.part {
            Part::Whole => None,
            Part::Lead => Some(Section {
                code: None,
                heading: None,
                text,
            }),
            Part::Known(code) if text.is_empty() && before.is_none() => {
                let _ = code;
                None
            }
            Part::Known(code) => Some(Section {
                code: Some(code.clone()),
                heading: before.and_then(|section| section.heading.clone()),
                text,
            }),
            // A section of one's own goes when its heading and its text are both taken away.
            Part::Own(_) | Part::Added if heading.is_empty() && text.is_empty() => None,
            Part::Own(old) => Some(Section {
                code: None,
                heading: Some(if heading.is_empty() {
                    old.clone()
                } else {
                    heading
                }),
                text,
            }),
            Part::Added => {
                let heading = if heading.is_empty() {
                    first_line(&text)
                } else {
                    heading
                };
                Some(Section {
                    code: None,
                    heading: Some(heading),
                    text,
                })
            }
        }
    }

    /// Returns the place of the section that a heading opens.
    pub fn place_of(&self, heading: &str, config: &CommonsConfig, kind: Kind) -> Option<&Place> {
        self.places.iter().find(|place| match &place.part {
            Part::Known(code) => config.kind(kind).section(code).is_some_and(|def| {
                Language::ALL
                    .into_iter()
                    .any(|language| def.label.get(language) == heading)
            }),
            Part::Own(own) => own == heading,
            Part::Whole => true,
            Part::Lead | Part::Added => false,
        })
    }
}

fn first_line(text: &str) -> String {
    text.lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches('#')
        .trim()
        .chars()
        .take(80)
        .collect()
}
