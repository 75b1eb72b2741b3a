//! Everyday English for French cards: what people who read English type, and the French that cards have.

/// One pair a line: English words, a bar, French words; several are parted by ", ".
const PAIRS: &str = include_str!("glossary/english.txt");

/// Returns the pairs: English words, French words.
pub(crate) fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAIRS.lines().filter_map(|line| line.split_once(" | "))
}

#[cfg(test)]
mod tests {
    use super::{PAIRS, pairs};

    #[test]
    fn every_line_is_a_pair_of_words() {
        assert_eq!(pairs().count(), PAIRS.lines().count());
        for (english, french) in pairs() {
            for word in english.split(", ").chain(french.split(", ")) {
                assert!(
                    !word.is_empty() && word.trim() == word,
                    "{english} | {french}"
                );
            }
        }
    }
}
