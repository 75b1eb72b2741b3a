//! What fields are called and how to fill them.

use crate::Words;
use crate::facts::label_of;

/// Says what a field is called; `way` is the key of the card and, inside it, the key of its part.
pub fn label(words: Words, way: &[&str]) -> String {
    let dashed = |key: &str| key.replace('_', "-");
    match way {
        [key, part] if key != part => words
            .maybe(&format!("edit-part-{}-{}", dashed(key), dashed(part)))
            .or_else(|| words.maybe(&format!("edit-part-{}", dashed(part))))
            .unwrap_or_else(|| (*part).to_owned()),
        [key, ..] => words
            .maybe(&format!("edit-field-{}", dashed(key)))
            .unwrap_or_else(|| label_of(key, words)),
        [] => String::new(),
    }
}

/// Says how to fill a field, where it needs saying.
pub fn hint(words: Words, way: &[&str]) -> Option<String> {
    words.maybe(&format!("edit-hint-{}", way.join("-").replace('_', "-")))
}

/// Says a word of the format.
pub fn word(words: Words, word: &str) -> String {
    words
        .maybe(&format!("edit-word-{word}"))
        .unwrap_or_else(|| word.to_owned())
}
