//! Values of front matter as people say them: codes by their labels, ranges as ranges.

use terreau_card::schema::{Field, Shape};
use terreau_card::{CommonsConfig, Value};

use super::{label_of, say};
use crate::Words;
use crate::dates::say_written;

/// What values are said with.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    /// The commons, for the words behind the codes.
    pub config: &'a CommonsConfig,
    /// The words of the reader.
    pub words: Words,
}

impl Speaker<'_> {
    /// Says a value of a shape; nothing for what is empty. A value of an unknown key is said as it is written.
    pub fn say(&self, value: &Value, shape: Option<&Shape>) -> Option<String> {
        if value.is_empty() {
            return None;
        }
        match (value, shape) {
            (Value::List(items), shape) => self.list(items, shape),
            (Value::Map(entries), Some(shape)) if shape.is_range() => {
                self.range(value, shape.fields(), entries)
            }
            (Value::Map(entries), shape) => self.map(entries, shape.map_or(&[], Shape::fields)),
            (scalar, Some(shape)) => self.scalar(scalar, shape),
            (scalar, None) => scalar.plain(),
        }
    }

    fn list(&self, items: &[Value], shape: Option<&Shape>) -> Option<String> {
        let inner = match shape {
            Some(Shape::List(inner)) => Some(*inner),
            _ => None,
        };
        let said: Vec<String> = items
            .iter()
            .filter_map(|item| self.say(item, inner))
            .collect();
        let are_short = items
            .iter()
            .all(|item| item.plain().is_some_and(|text| text.chars().count() < 60));
        (!said.is_empty()).then(|| said.join(if are_short { " · " } else { "\n" }))
    }

    fn map(&self, entries: &[(String, Value)], fields: &[Field]) -> Option<String> {
        let said: Vec<String> = entries
            .iter()
            .filter_map(|(key, value)| {
                let shape = fields
                    .iter()
                    .find(|field| field.key == key)
                    .map(|field| &field.shape);
                let said = self.say(value, shape)?;
                Some(self.words.tell_two(
                    "facts-labelled",
                    "label",
                    label_of(key, self.words),
                    "value",
                    said,
                ))
            })
            .collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    fn range(
        &self,
        value: &Value,
        fields: &[Field],
        entries: &[(String, Value)],
    ) -> Option<String> {
        let is_duration = fields
            .iter()
            .any(|field| matches!(field.shape, Shape::Duration));
        let said = if is_duration {
            let (min, max) = say::duration_range(value);
            say::durations(min, max, self.words)
        } else {
            let (min, max) = say::amount_range(value);
            say::numbers(min, max, self.words)
        };
        let rest: Vec<String> = entries
            .iter()
            .filter(|(key, _)| key != "min" && key != "max")
            .filter_map(|(_, value)| value.plain())
            .collect();
        let all: Vec<String> = said.into_iter().chain(rest).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }

    fn scalar(&self, value: &Value, shape: &Shape) -> Option<String> {
        let plain = value.plain()?;
        let language = self.words.language;
        Some(match shape {
            Shape::Code(vocabulary) | Shape::Scale { vocabulary, .. } => {
                self.config.label(vocabulary, &plain, language).to_owned()
            }
            Shape::Duration => say::duration(&plain, self.words),
            Shape::Date | Shape::PartialDate => say_written(&plain, language),
            Shape::Integer { .. } | Shape::Decimal { .. } => match value.as_decimal() {
                // A year is no quantity.
                Some(number) if !(1000.0..3000.0).contains(&number) => {
                    say::number(number, language)
                }
                _ => plain,
            },
            Shape::OneOf(_) => self
                .words
                .maybe(&format!("facts-word-{plain}"))
                .unwrap_or(plain),
            _ => plain,
        })
    }
}
