//! A card for machines: JSON-LD.
//!
//! Pure: the caller gives the card, its address and its dates, and gets text back.

mod json_ld;
#[cfg(test)]
mod tests;

pub use json_ld::{Described, json_ld};
