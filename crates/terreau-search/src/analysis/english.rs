//! Reduces an English word: cards and queries in English.

use tantivy::tokenizer::Language;

/// Words too common to be asked for, folded and sorted.
const STOP_WORDS: &[&str] = &[
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
    "could", "d", "did", "do", "does", "for", "from", "get", "had", "has", "have", "he", "her",
    "his", "how", "i", "if", "in", "into", "is", "it", "its", "ll", "me", "my", "of", "on", "or",
    "our", "re", "s", "she", "should", "so", "some", "t", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "those", "to", "us", "ve", "was", "we", "were",
    "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// Returns the stem of a folded word; `None` for a stop word.
pub(super) fn stem_of(folded: &str) -> Option<String> {
    (!folded.is_empty() && !is_stop(folded)).then(|| {
        if folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            super::snowball(folded, Language::English)
        } else {
            folded.to_owned()
        }
    })
}

/// Tells whether a folded word says nothing in English.
pub(super) fn is_stop(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::STOP_WORDS;

    #[test]
    fn stop_words_are_sorted_for_the_binary_search() {
        assert!(STOP_WORDS.is_sorted_by(|a, b| a < b));
    }
}
