//! The `questions` block: a questionnaire in XLSForm's terms.
//!
//! ```yaml
//! - section: Vous et la commune
//!   intro: Merci de nous recevoir.
//!   questions:
//!     - name: satisfaction
//!       label: Êtes-vous content de vivre ici ?
//!       type: select_one
//!       choices: [Oui, Non]          # or {name: oui, label: Oui}
//!       hint: Laisser parler.
//!       probes: [Pourquoi ?]
//!       relevant: "${age} > 18"
//!       required: true
//!       sensitive: false
//! ```
//! A list of questions without sections is one section without title. A `range` has `min`, `max` and `step`.

use crate::{Card, Problem};

/// A questionnaire.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Questionnaire {
    /// Its sections, in order.
    pub sections: Vec<QuestionSection>,
}

/// Questions that go together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QuestionSection {
    /// Its title.
    pub title: Option<String>,
    /// What is said before the questions.
    pub intro: Option<String>,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What programs call it: letters, digits and `_`.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The answers to choose from.
    pub choices: Vec<Choice>,
    /// What helps to answer.
    pub hint: Option<String>,
    /// What the interviewer can add.
    pub probes: Vec<String>,
    /// The condition on which it is asked.
    pub relevant: Option<String>,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether the answer is private.
    pub sensitive: bool,
    /// The bounds and step of a range.
    pub range: Option<QuestionRange>,
}

/// The bounds of a `range` question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuestionRange {
    /// The lowest answer.
    pub min: f64,
    /// The highest answer.
    pub max: f64,
    /// From one answer to the next.
    pub step: f64,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What programs call it.
    pub name: String,
    /// What people read.
    pub label: String,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionKind {
    /// In words.
    Text,
    /// With a whole number.
    Integer,
    /// With a number.
    Decimal,
    /// With a date.
    Date,
    /// With one of the choices.
    SelectOne,
    /// With some of the choices.
    SelectMultiple,
    /// With a step of a range.
    Range,
    /// Not at all: a text to read.
    Note,
}

impl QuestionKind {
    /// Returns XLSForm's word.
    pub fn as_str(self) -> &'static str {
        match self {
            QuestionKind::Text => "text",
            QuestionKind::Integer => "integer",
            QuestionKind::Decimal => "decimal",
            QuestionKind::Date => "date",
            QuestionKind::SelectOne => "select_one",
            QuestionKind::SelectMultiple => "select_multiple",
            QuestionKind::Range => "range",
            QuestionKind::Note => "note",
        }
    }
}

impl Questionnaire {
    /// Reads the inside of a `questions` block, whose first line is at `line` in the file; what can't be read is left out.
    pub fn read(_yaml: &str, _line: u32) -> (Questionnaire, Vec<Problem>) {
        todo!()
    }

    /// Returns the questionnaire of a card: its first `questions` block.
    pub fn of(_card: &Card) -> Option<(Questionnaire, Vec<Problem>)> {
        todo!()
    }
}
