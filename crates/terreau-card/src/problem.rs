//! What is wrong in a file, where, and what to do about it.

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

/// A rule of the format that a file breaks.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// The file isn't UTF-8.
    NotUtf8,
}

impl Problem {
    /// Returns the stable name of the rule, for programs.
    pub fn code(&self) -> &'static str {
        todo!()
    }

    /// Says what is wrong, in one plain sentence.
    pub fn message(&self, _language: Language) -> String {
        todo!()
    }

    /// Says what to do about it; empty when the message says all.
    pub fn help(&self, _language: Language) -> String {
        todo!()
    }

    /// Says whether the problem keeps the card from being published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
