//! Cards for machines: JSON-LD of one, Atom feeds and tables of many; reports as data.
//!
//! Pure: the caller gives cards, their addresses and their dates, and gets text back.

mod atom;
mod csv;
mod json_ld;
mod reports;
#[cfg(test)]
mod tests;

pub use atom::{Entry, Feed, atom};
pub use csv::csv;
pub use json_ld::{Described, json_ld};
pub use reports::{COLUMNS, Dataset, Told};
