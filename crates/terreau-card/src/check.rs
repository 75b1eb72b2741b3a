//! Every rule of the format, told in the manner of a good compiler.

use crate::{Card, CardId, CardPath, CommonsConfig, Problem};

/// What a card needs to know of the commons around it.
pub trait Neighbours {
    /// Says whether there is a card at this path.
    fn has_card(&self, path: &CardPath) -> bool;
    /// Says whether there is a file, an image for example.
    fn has_file(&self, path: &str) -> bool;
    /// Returns where a card that lived here has gone.
    fn moved(&self, path: &CardPath) -> Option<CardPath>;
    /// Returns another card than the one at `but` that holds this identity.
    fn other_with_id(&self, id: CardId, but: &CardPath) -> Option<CardPath>;
    /// Returns another card than the one at `but` that has this alias.
    fn other_with_alias(&self, alias: &CardPath, but: &CardPath) -> Option<CardPath>;
    /// Returns the paths among which a misspelt one is looked for.
    fn paths(&self) -> Box<dyn Iterator<Item = &CardPath> + '_>;
}

/// Returns the text of a file.
///
/// # Errors
/// The problem of a file that isn't UTF-8, at its first wrong byte.
pub fn text_of(_bytes: &[u8]) -> Result<&str, Problem> {
    todo!()
}

/// Checks one card alone.
pub fn check_card(_path: &CardPath, _card: &Card, _config: &CommonsConfig) -> Vec<Problem> {
    todo!()
}

/// Checks what a card says of others: links, parts, images, identity, aliases.
pub fn check_among(_path: &CardPath, _card: &Card, _neighbours: &dyn Neighbours) -> Vec<Problem> {
    todo!()
}

/// Checks a whole commons; the problems stand beside the file they are in, in the order of files and lines.
///
/// `files` are all the files of the commons. Only the text of `.md` files is read: others may come with an empty text.
pub fn check_commons(_config_text: &str, _files: &[(String, &str)]) -> Vec<(String, Problem)> {
    todo!()
}

/// Characters that turn the direction of reading without being seen.
pub(crate) fn is_bidi_control(letter: char) -> bool {
    matches!(letter, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Says whether a text is a plain address of the web.
pub(crate) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && !host.contains(['@', '\\']) && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
    })
}
