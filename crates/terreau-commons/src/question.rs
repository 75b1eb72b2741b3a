//! A search that can be kept: what is asked of the cards, written as in the address of the search page.

use std::fmt::Write;

use terreau_card::facets::Facet;
use terreau_search::{Query, Sort};

/// The longest question that is kept, in bytes.
const LONGEST: usize = 1_000;

/// What is asked of the cards, whatever the page and the order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The words.
    pub text: String,
    /// The filters.
    pub filters: Vec<(Facet, String)>,
    /// Whether the words are taken as they are.
    pub as_typed: bool,
}

impl Question {
    /// Reads a question; none when nothing is asked, or too much.
    pub fn read(written: &str) -> Option<Question> {
        if written.len() > LONGEST {
            return None;
        }
        let mut question = Question::default();
        for pair in written.split('&') {
            let (name, value) = pair.split_once('=')?;
            let value = decoded(value)?;
            match name {
                "q" => question.text = value,
                "as_typed" => question.as_typed = value == "1",
                _ => question.filters.push((name.parse().ok()?, value)),
            }
        }
        question.filters.sort();
        question.filters.dedup();
        let asks = !question.text.trim().is_empty() || !question.filters.is_empty();
        asks.then_some(question)
    }

    /// Writes the question; the same question is always written the same way.
    pub fn written(&self) -> String {
        let mut written = String::new();
        let mut add = |name: &str, value: &str| {
            if !written.is_empty() {
                written.push('&');
            }
            written.push_str(name);
            written.push('=');
            encode(value, &mut written);
        };
        if !self.text.is_empty() {
            add("q", &self.text);
        }
        for (facet, code) in &self.filters {
            add(facet.as_str(), code);
        }
        if self.as_typed {
            add("as_typed", "1");
        }
        written
    }

    /// Returns what the index is asked for the newest answers.
    pub(crate) fn newest(&self, limit: usize) -> Query {
        Query {
            text: self.text.clone(),
            filters: self.filters.clone(),
            as_typed: self.as_typed,
            sort: Sort::Newest,
            is_bare: true,
            limit,
            ..Query::default()
        }
    }
}

fn encode(value: &str, written: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
    }
}

fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let hex = std::str::from_utf8(after.get(..2)?).ok()?;
                bytes.push(u8::from_str_radix(hex, 16).ok()?);
                rest = &after[2..];
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_written_one_way() {
        let question = Question::read("topic=eau&q=l%E2%80%99eau+vive&kind=tool&topic=eau")
            .expect("a question");
        assert_eq!(question.text, "l’eau vive");
        assert_eq!(
            question.written(),
            "q=l%E2%80%99eau%20vive&topic=eau&kind=tool"
        );
        assert_eq!(Question::read(&question.written()), Some(question));
    }

    #[test]
    fn what_asks_nothing_is_no_question() {
        let long = format!("q={}", "a".repeat(2_000));
        for written in ["", "q=", "q=%20", "colour=red", "q=%F", "q=%ff", "q", &long] {
            assert_eq!(Question::read(written), None, "{written}");
        }
    }
}
