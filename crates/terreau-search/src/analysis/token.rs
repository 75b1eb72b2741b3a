//! The analyser as tantivy sees it.

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{Analyser, Form, Found};

/// Name of the tokenizer that gives stems, without stop words.
pub(crate) const STEMS: &str = "terreau_stems";
/// Name of the tokenizer that gives folded words, stop words included, and beside them the accented ones.
pub(crate) const WORDS: &str = "terreau_words";
/// Name of the tokenizer that gives stems of lines: positions tell the line, see [`line_of`].
pub(crate) const LINES: &str = "terreau_lines";

/// Positions of each line.
const LINE: usize = 64;

/// Returns the line of a position that [`LINES`] gave, from 0.
pub(crate) fn line_of(position: u32) -> usize {
    position as usize / LINE
}

/// What is handed out of the words of a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Given {
    Stems,
    Words,
    Lines,
}

#[derive(Clone)]
pub(super) struct FieldTokenizer {
    analyser: Analyser,
    given: Given,
}

impl FieldTokenizer {
    pub fn new(analyser: Analyser, given: Given) -> Self {
        FieldTokenizer { analyser, given }
    }
}

impl Tokenizer for FieldTokenizer {
    type TokenStream<'a> = FoundStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoundStream {
        let mut found = self.analyser.found(text);
        if self.given == Given::Lines {
            let bytes = text.bytes().enumerate();
            let ends: Vec<usize> = bytes
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(at, _)| at)
                .collect();
            for word in &mut found {
                word.position = LINE * ends.partition_point(|end| *end < word.from);
            }
        }
        FoundStream {
            found: found.into_iter(),
            stems: self.given != Given::Words,
            accented: None,
            token: Token::default(),
        }
    }
}

/// Words already found, handed out one by one.
pub(super) struct FoundStream {
    found: std::vec::IntoIter<Found>,
    stems: bool,
    /// The word just handed out, when its accented form is still to come.
    accented: Option<Arc<Form>>,
    token: Token,
}

impl TokenStream for FoundStream {
    fn advance(&mut self) -> bool {
        if let Some(form) = self.accented.take()
            && let Some(accented) = &form.accented
        {
            self.token.text.clear();
            self.token.text.push_str(accented);
            return true;
        }
        for found in self.found.by_ref() {
            let text = if self.stems {
                found.stem()
            } else {
                Some(&*found.form.folded)
            };
            let Some(text) = text else { continue };
            self.token.reset();
            self.token.text.push_str(text);
            self.token.offset_from = found.from;
            self.token.offset_to = found.to;
            self.token.position = found.position;
            if !self.stems && found.form.accented.is_some() {
                self.accented = Some(found.form);
            }
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
