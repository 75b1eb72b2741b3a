//! Cards found: an index that can always be rebuilt.
//!
//! The index is a projection: it remembers the commit that it shows ([`Index::shown`]), catches up by [`Index::update`]
//! and can be thrown away at any moment ([`Index::rebuild`]). Nothing that a reader types is ever an error.

mod error;
mod index;
mod types;

pub use error::SearchError;
pub use index::Index;
pub use types::{Answer, Document, Fragment, Hit, Query};
