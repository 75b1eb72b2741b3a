//! Territories: completing their names.

mod complete;

pub use complete::complete;
