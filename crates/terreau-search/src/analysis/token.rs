//! The analyser as tantivy sees it.

use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{Analyser, Form, Found};

/// Name of the tokenizer that gives stems, without stop words.
pub(crate) const STEMS: &str = "terreau_stems";
/// Name of the tokenizer that gives folded words, stop words included, and beside them the accented ones.
pub(crate) const WORDS: &str = "terreau_words";

#[derive(Clone)]
pub(super) struct FieldTokenizer {
    analyser: Analyser,
    stems: bool,
}

impl FieldTokenizer {
    pub fn stems(analyser: Analyser) -> Self {
        FieldTokenizer {
            analyser,
            stems: true,
        }
    }

    pub fn words(analyser: Analyser) -> Self {
        FieldTokenizer {
            analyser,
            stems: false,
        }
    }
}

impl Tokenizer for FieldTokenizer {
    type TokenStream<'a> = FoundStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoundStream {
        let found = self.analyser.found(text).into_iter();
        FoundStream {
            found,
            stems: self.stems,
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
