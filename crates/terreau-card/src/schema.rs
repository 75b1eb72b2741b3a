//! What the format knows about keys: the single home from which check, forms and pages are made.
//!
//! Source: the card format, "Keys of every card" and the lists of each kind.

use crate::Kind;

mod ground;
mod keys;
#[cfg(test)]
mod tests;

pub use keys::{COMMON, kind_fields};

/// A key of front matter, or of a mapping inside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// The key as written in the file.
    pub key: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// Whether a card (or the mapping) can't do without it.
    pub required: bool,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// One line of text, at most `max` characters.
    Text {
        /// The most characters.
        max: usize,
    },
    /// Text of several lines, Markdown or not, at most `max` characters.
    Paragraph {
        /// The most characters.
        max: usize,
    },
    /// A whole number between two bounds.
    Integer {
        /// The smallest.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number between two bounds.
    Decimal {
        /// The smallest.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// `true` or `false`.
    Bool,
    /// `2026-05-31`.
    Date,
    /// `2026-05-31`, `2026-05` or `2026`.
    PartialDate,
    /// The `id` of a card.
    Uuid,
    /// A BCP 47 tag.
    Language,
    /// An address that begins with `https://` or `http://`.
    Url,
    /// An SPDX licence expression.
    Licence,
    /// The path of a card, such as `methodes/enquete-collective`.
    CardPath,
    /// The path of a file of the commons, such as `images/carte.png`.
    FilePath,
    /// A code of a vocabulary of `commons.toml`.
    Code(&'static str),
    /// A step of a short scale; its labels are in a vocabulary whose codes are the numbers.
    Scale {
        /// The vocabulary that holds the labels.
        vocabulary: &'static str,
        /// The lowest step.
        min: i64,
        /// The highest step.
        max: i64,
    },
    /// One of the words of the format.
    OneOf(&'static [&'static str]),
    /// An ISO 8601 duration, such as `PT90M`.
    Duration,
    /// A list of values of one shape.
    List(&'static Shape),
    /// A mapping with keys of its own; `min` and `max` among them are in order.
    Map(&'static [Field]),
    /// The path of a card, or a mapping that describes what has no card yet.
    PathOr(&'static [Field]),
    /// A mapping from the path of a file to what it shows, who made it and its licence.
    MediaMap(&'static [Field]),
    /// A mapping from the code of a self-evaluation criterion to a mark.
    Marks {
        /// The lowest mark.
        min: i64,
        /// The highest mark.
        max: i64,
    },
}

impl Shape {
    /// Returns the keys of a mapping, or of the mappings of a list.
    pub fn fields(&self) -> &'static [Field] {
        match self {
            Shape::Map(fields) | Shape::PathOr(fields) | Shape::MediaMap(fields) => fields,
            Shape::List(item) => item.fields(),
            _ => &[],
        }
    }

    /// Says whether this is a mapping of `min` and `max`.
    pub fn is_range(&self) -> bool {
        matches!(self, Shape::Map(fields) if fields.first().is_some_and(|field| field.key == "min"))
    }
}

/// Returns the keys of every card, in the order of the format.
pub fn common_fields() -> &'static [Field] {
    COMMON
}

/// Returns what the format knows of a key in a card of a kind.
pub fn field_in(kind: Kind, key: &str) -> Option<&'static Field> {
    COMMON
        .iter()
        .chain(kind_fields(kind))
        .find(|field| field.key == key)
}

/// Says whether a card of this kind must have this key.
///
/// All kinds but `page` have a summary.
pub fn is_required(kind: Kind, field: &Field) -> bool {
    field.required && !(kind == Kind::Page && field.key == "summary")
}

/// Returns every key of a card of a kind, in the order in which a new card is written.
pub fn fields_of(kind: Kind) -> impl Iterator<Item = &'static Field> {
    COMMON.iter().chain(kind_fields(kind))
}
