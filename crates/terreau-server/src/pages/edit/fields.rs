//! The fields of the form, finished for the template, whatever the inputs hold.

use terreau_card::schema::{Field, Shape, is_required};
use terreau_card::{CommonsConfig, Kind, licence};

use super::choices::{Choice, with_none};
use super::inputs::Inputs;
use super::{duration, labels};
use crate::Words;

/// How many empty rows wait at the end of a list; a script offers more, and so does saving.
const EMPTY_ROWS: usize = 2;

/// The lists whose rows may describe a territory.
const PLACES: &[&str] = &["territories", "part_of", "members"];

/// One field.
pub struct FieldView {
    /// The name of its input.
    pub name: String,
    /// Its `id`, which summaries of problems link to.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How to fill it.
    pub hint: Option<String>,
    /// Whether the card needs it.
    pub is_required: bool,
    /// What is wrong with it.
    pub problems: Vec<String>,
    /// How it is filled.
    pub control: Control,
}

/// How a field is filled.
pub enum Control {
    /// One line.
    Line {
        /// What it holds.
        value: String,
        /// The keyboard that phones show: `text`, `numeric`, `decimal`, `url`.
        mode: &'static str,
        /// The most characters.
        max: usize,
        /// The `id` of the list of words to offer; `territories` for those of the register.
        list: &'static str,
    },
    /// Several lines.
    Area {
        /// What it holds.
        value: String,
        /// How many lines are shown.
        rows: usize,
        /// The most characters.
        max: usize,
    },
    /// One of several.
    Choice {
        /// The choices, the empty one first.
        options: Vec<Choice>,
    },
    /// Some of several.
    Choices {
        /// The choices.
        options: Vec<Choice>,
    },
    /// A number and a unit.
    Duration {
        /// The number.
        value: String,
        /// The units.
        units: Vec<Choice>,
    },
    /// Fields that belong together.
    Group {
        /// The fields.
        fields: Vec<FieldView>,
        /// Whether they stand side by side: a least and a most.
        is_range: bool,
    },
    /// A list.
    Rows {
        /// Its rows, the empty ones last.
        rows: Vec<Row>,
    },
}

/// A row of a list.
pub struct Row {
    /// Which, from 1.
    pub number: usize,
    /// Whether nothing is in it yet.
    pub is_empty: bool,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// What the fields of a form are made from.
pub struct Making<'a> {
    /// The kind of card.
    pub kind: Kind,
    /// The vocabularies.
    pub config: &'a CommonsConfig,
    /// What the inputs hold.
    pub inputs: &'a Inputs,
    /// The reader's words.
    pub words: Words,
    /// What is wrong, by name of input.
    pub problems: &'a [(String, String)],
}

impl Making<'_> {
    /// Makes a field of the card.
    pub fn field(&self, field: &Field) -> FieldView {
        let name = format!("f.{}", field.key);
        let mut view = self.view(&field.shape, &name, &[field.key]);
        view.is_required = is_required(self.kind, field);
        view
    }

    fn view(&self, shape: &Shape, name: &str, way: &[&str]) -> FieldView {
        let problems = self
            .problems
            .iter()
            .filter(|(named, _)| named == name)
            .map(|(_, problem)| problem.clone());
        FieldView {
            id: id_of(name),
            name: name.to_owned(),
            label: labels::label(self.words, way),
            hint: labels::hint(self.words, way),
            is_required: false,
            problems: problems.collect(),
            control: self.control(shape, name, way),
        }
    }

    fn control(&self, shape: &Shape, name: &str, way: &[&str]) -> Control {
        let key = way.last().copied().unwrap_or_default();
        match shape {
            Shape::Paragraph { max } => self.area(name, 3, *max),
            // The two that everybody reads deserve room.
            Shape::Text { max } if key == "summary" => self.area(name, 3, *max),
            // The name of a place described where it is named: the register completes it.
            Shape::Text { max } if key == "name" && PLACES.contains(&way[0]) => {
                self.line(name, "text", *max, "territories")
            }
            Shape::Text { max } => self.line(name, "text", *max, ""),
            Shape::Integer { .. } => self.line(name, "numeric", 20, ""),
            Shape::Decimal { .. } => self.line(name, "decimal", 20, ""),
            Shape::Url => self.line(name, "url", 2_000, ""),
            Shape::Licence => self.line(name, "text", 120, "licences"),
            Shape::Bool => self.words_choice(name, &["true", "false"]),
            Shape::Date | Shape::PartialDate => self.line(name, "text", 10, ""),
            Shape::Uuid => self.line(name, "text", 36, ""),
            Shape::Language => self.language(name),
            Shape::CardPath | Shape::FilePath => self.line(name, "text", 300, ""),
            Shape::Code(vocabulary) => Control::Choice {
                options: with_none(self.terms(vocabulary, key, &[self.inputs.one(name).trim()])),
            },
            Shape::Scale { vocabulary, .. } => Control::Choice {
                options: with_none(self.terms(vocabulary, key, &[self.inputs.one(name).trim()])),
            },
            Shape::OneOf(words) => self.words_choice(name, words),
            Shape::Duration => self.duration(name),
            Shape::List(item) => self.list(item, name, way),
            Shape::Map(fields) => Control::Group {
                fields: self.fields(fields, name, way),
                is_range: shape.is_range() && fields.len() == 2,
            },
            Shape::PathOr(fields) => Control::Group {
                fields: self.path_or(fields, name, way),
                is_range: false,
            },
            Shape::MediaMap(fields) => self.rows(name, |row| {
                let mut views =
                    vec![self.view(&Shape::FilePath, &format!("{row}.path"), &[way[0], "path"])];
                views.extend(self.fields(fields, row, way));
                views
            }),
            Shape::Marks { min, max } => Control::Group {
                fields: self.marks(name, *min, *max),
                is_range: false,
            },
        }
    }

    fn list(&self, item: &Shape, name: &str, way: &[&str]) -> Control {
        match item {
            Shape::Code(vocabulary) => {
                let chosen: Vec<&str> = self.inputs.all(name).collect();
                Control::Choices {
                    options: self.terms(
                        vocabulary,
                        way.last().copied().unwrap_or_default(),
                        &chosen,
                    ),
                }
            }
            Shape::Map(fields) => self.rows(name, |row| self.fields(fields, row, way)),
            Shape::PathOr(fields) => self.rows(name, |row| self.path_or(fields, row, way)),
            Shape::Paragraph { .. } => {
                self.rows(name, |row| vec![self.view(item, row, &[way[0], "item"])])
            }
            _ => self.area(name, 2, 4_000),
        }
    }

    fn rows(&self, name: &str, fields: impl Fn(&str) -> Vec<FieldView>) -> Control {
        let filled = self
            .inputs
            .rows(name)
            .into_iter()
            .filter(|row| !self.inputs.is_blank(&format!("{name}.{row}")))
            .max();
        let first_empty = filled.map_or(0, |last| last + 1);
        let rows = (0..first_empty + EMPTY_ROWS).map(|row| {
            let row_name = format!("{name}.{row}");
            Row {
                number: row + 1,
                is_empty: row >= first_empty,
                fields: fields(&row_name),
            }
        });
        Control::Rows {
            rows: rows.collect(),
        }
    }

    fn fields(&self, fields: &[Field], name: &str, way: &[&str]) -> Vec<FieldView> {
        let views = fields.iter().map(|field| {
            let mut view = self.view(
                &field.shape,
                &format!("{name}.{}", field.key),
                &[way[0], field.key],
            );
            view.is_required = field.required;
            view
        });
        views.collect()
    }

    fn path_or(&self, fields: &[Field], name: &str, way: &[&str]) -> Vec<FieldView> {
        let mut views =
            vec![self.view(&Shape::CardPath, &format!("{name}.path"), &[way[0], "path"])];
        views.extend(self.fields(fields, name, way));
        for view in &mut views {
            // The card's path alone is enough, so nothing else can be asked for.
            view.is_required = false;
        }
        views
    }

    fn marks(&self, name: &str, min: i64, max: i64) -> Vec<FieldView> {
        let views = self.config.criteria.iter().map(|criterion| {
            let name = format!("{name}.{}", criterion.code);
            let chosen = self.inputs.one(&name).trim().to_owned();
            let options = (min..=max).map(|mark| {
                let code = mark.to_string();
                Choice {
                    label: format!("{mark} / {max}"),
                    is_chosen: code == chosen,
                    code,
                }
            });
            FieldView {
                id: id_of(&name),
                label: criterion.label.get(self.words.language).to_owned(),
                hint: None,
                is_required: false,
                problems: Vec::new(),
                control: Control::Choice {
                    options: with_none(options.collect()),
                },
                name,
            }
        });
        views.collect()
    }

    fn line(&self, name: &str, mode: &'static str, max: usize, list: &'static str) -> Control {
        let value = self.inputs.one(name).to_owned();
        // A browser would drop the line ends of a one-line input.
        if value.contains('\n') {
            self.area(name, 3, max)
        } else {
            Control::Line {
                value,
                mode,
                max,
                list,
            }
        }
    }

    fn area(&self, name: &str, least_rows: usize, max: usize) -> Control {
        let value = self.inputs.one(name).to_owned();
        let rows: usize = value
            .lines()
            .map(|line| 1 + line.chars().count() / 70)
            .sum();
        Control::Area {
            rows: rows.clamp(least_rows, 12),
            value,
            max,
        }
    }

    fn duration(&self, name: &str) -> Control {
        let unit = self.inputs.one(&format!("{name}.unit"));
        let value = self.inputs.one(name).to_owned();
        let mut units: Vec<Choice> = duration::units()
            .map(|word| Choice {
                code: word.to_owned(),
                label: self.words.say(&format!("edit-unit-{word}")),
                is_chosen: if unit.is_empty() {
                    word == "hour"
                } else {
                    word == unit
                },
            })
            .collect();
        if unit == "iso" {
            units.push(Choice {
                code: "iso".to_owned(),
                label: "ISO 8601".to_owned(),
                is_chosen: true,
            });
        }
        Control::Duration { value, units }
    }
}

/// Returns the `id` of the input of a name.
pub fn id_of(name: &str) -> String {
    name.replace('.', "-")
}

/// Returns the licences to offer: code and name.
pub fn licences() -> Vec<(&'static str, &'static str)> {
    licence::all()
        .iter()
        .map(|licence| (licence.spdx, licence.name))
        .collect()
}
