//! What is wrong in a file, where, and what to do about it.

mod english;
mod french;
mod rule;

pub use rule::{PrivateThing, QuestionFault, Rule, YamlFault};

use crate::Language;

/// Whether a problem keeps a card from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The card can't be published so.
    Error,
    /// The card can be published, someone should look.
    Warning,
}

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub rule: Rule,
    /// Whether it keeps the card from being published.
    pub severity: Severity,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl Problem {
    /// Tells a rule broken at a byte of a text.
    pub(crate) fn at(text: &str, byte: usize, rule: Rule) -> Problem {
        let (line, column) = line_and_column(text, byte);
        Problem {
            severity: rule.severity(),
            rule,
            line,
            column,
        }
    }

    /// Returns the stable name of the rule, for programs.
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// Says what is wrong, in one plain sentence.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::French => french::message(&self.rule),
            Language::English => english::message(&self.rule),
        }
    }

    /// Says what to do about it.
    pub fn help(&self, language: Language) -> String {
        match language {
            Language::French => french::help(&self.rule),
            Language::English => english::help(&self.rule),
        }
    }

    /// Says whether the problem keeps the card from being published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Returns the line and the column of a byte, both from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, byte: usize) -> (u32, u32) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |line_break| line_break + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[line_start..].chars().count() + 1;
    (
        u32::try_from(line).unwrap_or(u32::MAX),
        u32::try_from(column).unwrap_or(u32::MAX),
    )
}

/// Finds lines and columns of bytes in growing order, reading the text once.
pub(crate) struct Places<'a> {
    text: &'a str,
    byte: usize,
    line: u32,
    column: u32,
}

impl<'a> Places<'a> {
    pub fn new(text: &'a str) -> Places<'a> {
        Places {
            text,
            byte: 0,
            line: 1,
            column: 1,
        }
    }

    /// Returns the line and the column of a byte, both from 1, the column in characters.
    pub fn of(&mut self, byte: usize) -> (u32, u32) {
        if byte < self.byte {
            *self = Places::new(self.text);
        }
        for letter in self.text[self.byte..].chars() {
            if self.byte >= byte {
                break;
            }
            self.byte += letter.len_utf8();
            if letter == '\n' {
                self.line = self.line.saturating_add(1);
                self.column = 1;
            } else {
                self.column = self.column.saturating_add(1);
            }
        }
        (self.line, self.column)
    }
}

/// Returns the word among `words` that someone most probably meant.
pub(crate) fn near<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted: Vec<char> = word.to_lowercase().chars().take(MAX_NEAR).collect();
    let limit = (wanted.len() / 3).clamp(1, 4);
    words
        .filter(|candidate| candidate.len() <= MAX_NEAR * 2)
        .map(|candidate| (distance(&wanted, candidate, limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}

/// Longer words are not compared further.
const MAX_NEAR: usize = 80;

/// How many letters to add, drop, change or swap; more than `limit` when it is hopeless.
fn distance(wanted: &[char], candidate: &str, limit: usize) -> usize {
    let other: Vec<char> = candidate.to_lowercase().chars().collect();
    if wanted.len().abs_diff(other.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in wanted.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(line + 1);
        for (column, other_letter) in other.iter().enumerate() {
            let change = row[column] + usize::from(letter != other_letter);
            let mut best = change.min(row[column + 1] + 1).min(next[column] + 1);
            if line > 0
                && column > 0
                && *letter == other[column - 1]
                && wanted[line - 1] == *other_letter
            {
                best = best.min(before[column - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[other.len()]
}
