//! What a card names: other cards and images.

use crate::{Card, CardPath};

/// A card that names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The card that is named.
    pub to: CardPath,
    /// How: the relation of a link, the key (`parts`, `steps`, `about`, `territories` …), nothing for a link in the body.
    pub relation: Option<String>,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// An image that the body shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageMention {
    /// The file, from the root of the commons.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// Returns every card that a card names, in the order of the file.
pub fn card_links(_card: &Card, _path: &CardPath) -> Vec<Mention> {
    todo!()
}

/// Returns every image of the commons that the body shows, in the order of the file.
pub fn image_paths(_card: &Card, _path: &CardPath) -> Vec<ImageMention> {
    todo!()
}

/// Returns the card at `path` with every mention of `from` naming `to`, for when another card is renamed.
pub fn rename_mentions(_card: &Card, _path: &CardPath, _from: &CardPath, _to: &CardPath) -> Card {
    todo!()
}

/// Returns the card with its relative links mended for its own move; what it says of itself follows.
pub fn move_links(_card: &Card, _from: &CardPath, _to: &CardPath) -> Card {
    todo!()
}
