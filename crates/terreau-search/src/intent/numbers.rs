//! Numbers as people write them: in figures, in words, by the dozen.

use super::tokens::{Token, What};

/// Numbers in words, folded.
const NUMBERS: &[(&str, f64)] = &[
    ("un", 1.0),
    ("une", 1.0),
    ("one", 1.0),
    ("deux", 2.0),
    ("two", 2.0),
    ("trois", 3.0),
    ("three", 3.0),
    ("quatre", 4.0),
    ("four", 4.0),
    ("cinq", 5.0),
    ("five", 5.0),
    ("six", 6.0),
    ("sept", 7.0),
    ("seven", 7.0),
    ("huit", 8.0),
    ("eight", 8.0),
    ("neuf", 9.0),
    ("dix", 10.0),
    ("ten", 10.0),
    ("onze", 11.0),
    ("douze", 12.0),
    ("twelve", 12.0),
    ("treize", 13.0),
    ("quatorze", 14.0),
    ("quinze", 15.0),
    ("seize", 16.0),
    ("vingt", 20.0),
    ("twenty", 20.0),
    ("trente", 30.0),
    ("thirty", 30.0),
    ("quarante", 40.0),
    ("cinquante", 50.0),
    ("fifty", 50.0),
    ("soixante", 60.0),
    ("cent", 100.0),
    ("hundred", 100.0),
    ("mille", 1_000.0),
    ("thousand", 1_000.0),
];

/// Numbers by the group: "une dizaine de".
const GROUPS: &[(&str, f64)] = &[
    ("dizaine", 10.0),
    ("douzaine", 12.0),
    ("quinzaine", 15.0),
    ("vingtaine", 20.0),
    ("trentaine", 30.0),
    ("quarantaine", 40.0),
    ("cinquantaine", 50.0),
    ("soixantaine", 60.0),
    ("centaine", 100.0),
    ("millier", 1_000.0),
];

/// Reads a number at the start of tokens; returns how many tokens it takes.
pub(super) fn number(tokens: &[Token]) -> Option<(usize, f64)> {
    let in_words = |word: &str, list: &[(&str, f64)]| {
        list.iter()
            .find(|(name, _)| *name == word)
            .map(|(_, number)| *number)
    };
    match &tokens.first()?.what {
        What::Number(number) => Some((1, *number)),
        What::Dash => None,
        What::Word(word) => {
            let (taken, at) = match word.as_str() {
                "un" | "une" => (1, 1),
                _ => (0, 0),
            };
            if let Some(group) = tokens.get(at)
                && let Some(number) = in_words(group.word().trim_end_matches('s'), GROUPS)
            {
                return Some((taken + 1, number));
            }
            let first = in_words(word, NUMBERS)?;
            let next = tokens.get(1).map(Token::word).unwrap_or_default();
            Some(match next {
                "cent" | "cents" if first < 10.0 && first > 1.0 => (2, first * 100.0),
                "mille" if first < 100.0 && first > 1.0 => (2, first * 1_000.0),
                _ => (1, first),
            })
        }
    }
}
