//! A text as numbers and words; what stands between quotes or is excluded is left out.

use std::ops::Range;

use crate::analysis::fold;

/// A number, a word or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub range: Range<usize>,
    pub what: What,
    /// Starts with a capital letter.
    pub is_capital: bool,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Number(f64),
    /// Folded.
    Word(String),
    /// Between two numbers: "10-20".
    Dash,
}

impl Token {
    /// Returns the word, empty when it is none.
    pub fn word(&self) -> &str {
        match &self.what {
            What::Word(word) => word,
            What::Number(_) | What::Dash => "",
        }
    }
}

/// Cuts a text into tokens.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let before = text[..at].chars().next_back();
        let starts = before.is_none_or(char::is_whitespace);
        let length = if c.is_ascii_digit() {
            let (length, number) = number(rest);
            tokens.push(Token {
                range: at..at + length,
                what: What::Number(number),
                is_capital: false,
            });
            length
        } else if c.is_alphabetic() {
            let length = rest
                .find(|c: char| !c.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&c))
                .unwrap_or(rest.len());
            let is_elided = rest[length..].starts_with(['\'', '’'])
                && length <= 5
                && rest[length..]
                    .chars()
                    .nth(1)
                    .is_some_and(char::is_alphabetic);
            if !is_elided {
                tokens.push(Token {
                    range: at..at + length,
                    what: What::Word(fold(&rest[..length])),
                    is_capital: c.is_uppercase(),
                });
            }
            length
        } else if c == '€' {
            tokens.push(Token {
                range: at..at + c.len_utf8(),
                what: What::Word("euros".to_owned()),
                is_capital: false,
            });
            c.len_utf8()
        } else if matches!(c, '-' | '–') && starts {
            // Excluded: up to the next space, quotes included.
            let excluded = rest.trim_start_matches('-');
            let quoted = excluded.strip_prefix(['"', '«', '“']);
            let end = match quoted {
                Some(quoted) => quoted.find(['"', '»', '”']).map(|end| end + 1),
                None => None,
            };
            let skipped = rest.len() - excluded.len();
            skipped
                + end
                    .unwrap_or_else(|| excluded.find(char::is_whitespace).unwrap_or(excluded.len()))
        } else if matches!(c, '-' | '–') {
            if before.is_some_and(|c| c.is_ascii_digit())
                && rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
            {
                tokens.push(Token {
                    range: at..at + c.len_utf8(),
                    what: What::Dash,
                    is_capital: false,
                });
            }
            c.len_utf8()
        } else if matches!(c, '"' | '«' | '“' | '„') {
            let inner = &rest[c.len_utf8()..];
            let closing = inner.find(['"', '»', '”']);
            c.len_utf8() + closing.unwrap_or(0)
        } else {
            c.len_utf8()
        };
        at = text.ceil_char_boundary((at + length.max(1)).min(text.len()));
    }
    tokens
}

/// Reads a number: "1 500", "1,5", "20"; returns its length too.
fn number(text: &str) -> (usize, f64) {
    let digits = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let mut length = digits(text);
    let mut written = text[..length].to_owned();
    while let Some(space) = text[length..].chars().next()
        && matches!(space, ' ' | '\u{a0}' | '\u{202f}')
        && written.len() <= 6
    {
        let group = &text[length + space.len_utf8()..];
        if digits(group) != 3 {
            break;
        }
        written.push_str(&group[..3]);
        length += space.len_utf8() + 3;
    }
    if text[length..].starts_with(['.', ',']) {
        let decimals = digits(&text[length + 1..]);
        if (1..=2).contains(&decimals) {
            written.push('.');
            written.push_str(&text[length + 1..length + 1 + decimals]);
            length += 1 + decimals;
        }
    }
    (length, written.parse().unwrap_or(f64::MAX))
}
