//! The one analyser, for what is indexed and for what is asked: text → words → folded form and stem.
//!
//! Both sides go through [`Analyser::found`], so whatever it decides, they meet. Tantivy sees it through two
//! tokenizers: stems for finding, folded words for exactness and spelling.

mod english;
mod french;
mod token;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use foldhash::fast::RandomState;
use tantivy::tokenizer::{
    Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream, TokenizerManager,
};

pub(crate) use self::french::fold;
use self::token::{FieldTokenizer, Given};
pub(crate) use self::token::{LINES, STEMS, WORDS, line_of};
use self::words::{Spans, is_word_char};

/// Longest word looked at, in bytes; longer ones (keys, scrambled data) are passed over.
const MAX_WORD_BYTES: usize = 60;
/// Longest acronym, in bytes.
const MAX_ACRONYM: usize = 7;
/// Words remembered: the common ones come first, the long tail is worked out each time.
const MEMO_WORDS: usize = 40_000;
/// Longest compound also indexed as one word ("co-construire" → "coconstruire"), in characters.
const MAX_JOINED_CHARS: usize = 30;

/// First character of texts in English: nobody types it, and no page shows it.
pub(crate) const ENGLISH: char = '\u{1}';

/// What a word is reduced to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// Lower case, without accents, ligatures opened.
    pub folded: Box<str>,
    /// What families of French words share; `None` for a stop word.
    pub stem: Option<Box<str>>,
    /// What families of English words share; `None` for a stop word.
    pub english: Option<Box<str>>,
    /// As written, when that says more than the folded word: lower case with its accents, or an acronym in capitals.
    pub accented: Option<Box<str>>,
}

/// A word found in a text.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Byte where the word starts.
    pub from: usize,
    /// Byte after the word, without its inclusive ending.
    pub word_to: usize,
    /// Byte after the word and its inclusive ending ("habitant·es").
    pub to: usize,
    /// Rank among the words that are not stop words, so that phrases close over "de la".
    pub position: usize,
    /// Zero for a plain word; for a compound written as one word, how many of the next words are its parts.
    pub parts: usize,
    /// What the word is reduced to.
    pub form: Arc<Form>,
    /// Found in an English text.
    pub is_english: bool,
}

impl Found {
    /// Returns the stem in the language of the text; `None` for a stop word.
    pub fn stem(&self) -> Option<&str> {
        self.form.stem_in(self.is_english)
    }
}

impl Form {
    /// Returns what families of words share in a text of this language.
    pub fn stem_in(&self, is_english: bool) -> Option<&str> {
        if is_english {
            self.english.as_deref()
        } else {
            self.stem.as_deref()
        }
    }
}

/// Reduces a word as it is written.
fn form(word: &str) -> Form {
    let folded = fold(word);
    let accented = if is_acronym(word) {
        Some(word.to_owned())
    } else {
        (!word.is_ascii())
            .then(|| french::lowered(word))
            .filter(|lowered| *lowered != folded)
    };
    Form {
        stem: french::stem_of(&folded).map(String::into_boxed_str),
        english: english::stem_of(&folded).map(String::into_boxed_str),
        accented: accented.map(String::into_boxed_str),
        folded: folded.into_boxed_str(),
    }
}

/// Tells whether a word is written as an acronym: a few capitals and nothing else.
pub(crate) fn is_acronym(word: &str) -> bool {
    (2..=MAX_ACRONYM).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns what the Snowball stemmer of a language makes of a word.
fn snowball(word: &str, language: Language) -> String {
    let mut analyser = TextAnalyzer::builder(RawTokenizer::default())
        .filter(Stemmer::new(language))
        .build();
    let mut stream = analyser.token_stream(word);
    if stream.advance() {
        stream.token().text.clone()
    } else {
        word.to_owned()
    }
}

/// Words as they are written, with what each is reduced to.
type Memo = HashMap<Box<str>, Arc<Form>, RandomState>;

/// Reduces words; clones share what they learnt.
#[derive(Clone, Default)]
pub(crate) struct Analyser {
    memo: Arc<RwLock<Memo>>,
}

impl Analyser {
    /// Returns the words of a text in order, elided articles left out, stop words included.
    ///
    /// A text that starts with [`ENGLISH`] is read as English.
    pub fn found(&self, text: &str) -> Vec<Found> {
        self.found_if(text, |_| true)
    }

    /// Returns the words of a text that may be wanted, told by the word as it is written; others are passed over.
    pub fn found_if(&self, text: &str, may_be: impl Fn(&str) -> bool) -> Vec<Found> {
        let is_english = text.starts_with(ENGLISH);
        let mut found = Vec::new();
        let mut position = 0;
        let mut spans = Spans::new(text).peekable();
        let mut compound = Vec::new();
        while let Some(span) = spans.next() {
            compound.clear();
            compound.push(span);
            while let Some(next) = spans.next_if(|next| next.glued) {
                compound.push(next);
            }
            let is_wanted = |span: &words::Span| may_be(&text[span.from..span.word_to]);
            if is_wanted(&compound[0])
                && let Some(form) = self.joined(text, &compound)
            {
                let (first, last) = (compound[0], compound[compound.len() - 1]);
                let (from, word_to, to, parts) =
                    (first.from, last.word_to, last.to, compound.len());
                found.push(Found {
                    from,
                    word_to,
                    to,
                    position,
                    parts,
                    form,
                    is_english,
                });
            }
            for part in compound.iter().filter(|part| !part.elided) {
                if is_wanted(part)
                    && let Some(form) = self.form(&text[part.from..part.word_to])
                {
                    let kept = form.stem_in(is_english).is_some();
                    let (from, word_to, to) = (part.from, part.word_to, part.to);
                    found.push(Found {
                        from,
                        word_to,
                        to,
                        position,
                        parts: 0,
                        form,
                        is_english,
                    });
                    position += usize::from(kept);
                }
            }
        }
        found
    }

    /// Returns the tokenizers of the index, named [`STEMS`], [`WORDS`] and [`LINES`].
    pub fn tokenizers(&self) -> TokenizerManager {
        let manager = TokenizerManager::default();
        manager.register(STEMS, FieldTokenizer::new(self.clone(), Given::Stems));
        manager.register(WORDS, FieldTokenizer::new(self.clone(), Given::Words));
        manager.register(LINES, FieldTokenizer::new(self.clone(), Given::Lines));
        manager
    }

    /// Returns what a word is reduced to; `None` when nothing of it can be searched.
    pub fn form(&self, word: &str) -> Option<Arc<Form>> {
        if word.len() > MAX_WORD_BYTES {
            return None;
        }
        let known = self
            .memo
            .read()
            .ok()
            .and_then(|memo| memo.get(word).cloned());
        let form = known.unwrap_or_else(|| {
            let form = Arc::new(form(word));
            if let Ok(mut memo) = self.memo.write()
                && memo.len() < MEMO_WORDS
            {
                memo.insert(word.into(), form.clone());
            }
            form
        });
        (!form.folded.is_empty()).then_some(form)
    }

    /// Returns the form of a compound written as one word, when it is one that people also write so.
    fn joined(&self, text: &str, compound: &[words::Span]) -> Option<Arc<Form>> {
        if !(2..=3).contains(&compound.len()) {
            return None;
        }
        let mut word = String::new();
        for part in compound {
            let part = &text[part.from..part.word_to];
            if !part.chars().all(|c| is_word_char(c) && !c.is_numeric()) || part.chars().count() < 2
            {
                return None;
            }
            word.push_str(part);
        }
        if word.chars().count() > MAX_JOINED_CHARS {
            return None;
        }
        self.form(&word).filter(|form| form.stem.is_some())
    }
}
