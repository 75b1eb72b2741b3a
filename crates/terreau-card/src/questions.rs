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

mod read;
#[cfg(test)]
mod tests;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

pub(crate) use read::{inside, read};

use crate::{Card, Problem, markdown};

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
    /// Every kind of question.
    pub const ALL: [QuestionKind; 8] = [
        QuestionKind::Text,
        QuestionKind::Integer,
        QuestionKind::Decimal,
        QuestionKind::Date,
        QuestionKind::SelectOne,
        QuestionKind::SelectMultiple,
        QuestionKind::Range,
        QuestionKind::Note,
    ];

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

    /// Returns the kind of XLSForm's word.
    pub fn parse(word: &str) -> Option<QuestionKind> {
        QuestionKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }

    /// Says whether the question is answered with choices.
    pub fn has_choices(self) -> bool {
        matches!(self, QuestionKind::SelectOne | QuestionKind::SelectMultiple)
    }
}

impl Questionnaire {
    /// Reads the inside of a `questions` block, whose first line is at `line` in the file; what can't be read is left out.
    pub fn read(yaml: &str, line: u32) -> (Questionnaire, Vec<Problem>) {
        let (questionnaire, mut problems) = read(yaml, 0..yaml.len());
        for problem in &mut problems {
            problem.line = problem.line.saturating_add(line.saturating_sub(1));
        }
        (questionnaire, problems)
    }

    /// Returns the questionnaire of a card: its first `questions` block.
    pub fn of(card: &Card) -> Option<(Questionnaire, Vec<Problem>)> {
        let base = card.body_start();
        let events = Parser::new_ext(card.body(), markdown::options()).into_offset_iter();
        let place = events
            .filter_map(|(event, place)| match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if is_questions(&info) =>
                {
                    Some(place)
                }
                _ => None,
            })
            .next()?;
        Some(read(
            card.text(),
            inside(card.text(), base + place.start..base + place.end),
        ))
    }

    /// Returns every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }
}

/// Says whether an info string announces a questionnaire.
pub(crate) fn is_questions(info: &str) -> bool {
    info.split_whitespace().next() == Some("questions")
}
