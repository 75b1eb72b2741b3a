//! The register of French territories: communes with their other names, EPCI, departments, regions; outlines for a map.
//!
//! Pure: the tables are part of the program, and unpacked once, on first use. `cargo xtask territories` makes them;
//! `data/NOTICE.md` says from what, of which year, under which licences, as [`SOURCES`] does for pages.
//!
//! A territory is known by its code and the vintage of the register, never by its name alone: two communes share a name
//! more often than one thinks. So [`Register::find`] gives communes, which know their department, and
//! [`Register::resolve`] takes a name for a commune only where the department is named too.

mod area;
mod commune;
mod find;
mod fold;
pub mod map;
mod names;
mod register;
mod resolve;
mod size;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod typed;

pub use area::{Department, Epci, EpciNature, Region, Zone};
pub use commune::{Commune, NameKind, OtherName};
pub use find::{Found, Place};
pub use fold::fold;
pub use register::{Matched, Register};
pub use resolve::Resolved;
pub use size::size_class;
pub use source::{SOURCES, Source};
pub use typed::{Known, Offer, Typed};
