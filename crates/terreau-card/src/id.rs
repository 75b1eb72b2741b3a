//! The identity of a card, which outlives renames, forks and mirrors.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identity of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardId(pub Uuid);

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.as_hyphenated(), f)
    }
}

impl FromStr for CardId {
    type Err = uuid::Error;

    /// Reads the usual writing with hyphens, and no other.
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        let id = Uuid::parse_str(text)?;
        if text.len() == 36 {
            Ok(CardId(id))
        } else {
            Uuid::parse_str("").map(CardId)
        }
    }
}
