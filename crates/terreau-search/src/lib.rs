//! Cards found: an index that can always be rebuilt.
//!
//! The index is a projection: it remembers the commit that it shows ([`Index::shown`]), catches up by [`Index::update`]
//! and can be thrown away at any moment ([`Index::rebuild`]). Nothing that a reader types is ever an error.
//!
//! A query travels `intent` (filters that people write in words) → `parse` (text → what is wanted) → `plan` (each word with
//! all that may stand for it: its family, synonyms, English, slips, beginnings) → `soft` and `collect` (one pass: cards,
//! counts of facets, candidates) → `rank` (a second look at the best) → `group` → `snippet`. `analysis` reduces words, the
//! same way for cards and for queries; `schema` says what is indexed, `values` holds the facets of every card ready;
//! `lexicon` holds the words of the commons.
//!
//! What a text finds depends on the text alone; filters only narrow it.

mod alike;
mod analysis;
mod collect;
mod error;
mod find;
mod folder;
mod glossary;
mod group;
mod index;
mod intent;
mod lexicon;
mod make;
mod parse;
mod plan;
mod rank;
mod schema;
mod snippet;
mod soft;
mod spelling;
mod suggest;
mod types;
mod values;
mod ways_out;

pub use error::SearchError;
pub use index::Index;
pub use types::{
    Answer, Document, Dropped, Fragment, Hit, Lexicon, Query, Reason, Searched, Sort, SynonymGroup,
    Understood, WayOut, Where, Why,
};

#[cfg(test)]
mod tests;
