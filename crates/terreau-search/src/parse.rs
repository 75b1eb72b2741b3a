//! What a reader typed → what is wanted. There is no grammar to get wrong: quotes make a phrase, a leading hyphen
//! excludes, everything else is words.

use std::ops::Range;
use std::sync::Arc;

use crate::analysis::{Analyser, Form, Found};

/// Characters of a query that are looked at.
const MAX_CHARS: usize = 1_000;
/// Words or phrases that are looked for.
const MAX_WANTED: usize = 32;

/// Words of a phrase that are looked for.
const MAX_PHRASE: usize = 20;

/// A query, understood.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The text that was looked at.
    pub text: String,
    /// True when nothing was typed at all.
    pub blank: bool,
    /// What cards should have.
    pub wanted: Vec<Wanted>,
    /// What cards must not have.
    pub excluded: Vec<Wanted>,
}

/// Something to find in a card.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    /// A word, in any form of its family; a stop word as it is.
    Word(Word),
    /// A compound: as one word, or all its parts.
    Compound { joined: Arc<Form>, parts: Vec<Word> },
    /// A word between quotes: as it is, accents aside.
    Exact(Arc<Form>, Range<usize>),
    /// Words between quotes: in this order, stop words aside.
    Phrase(Vec<Arc<Form>>, Range<usize>),
}

/// A word and where it was typed.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub form: Arc<Form>,
    pub range: Range<usize>,
}

impl Wanted {
    /// Tells whether it is only a stop word.
    pub fn is_common(&self) -> bool {
        matches!(self, Wanted::Word(word) if word.form.stem.is_none())
    }

    /// Returns the words with their place in the query, those that a spelling mistake may sit in.
    pub fn typed(&self) -> &[Word] {
        match self {
            Wanted::Word(word) => std::slice::from_ref(word),
            Wanted::Compound { parts, .. } => parts,
            Wanted::Exact(..) | Wanted::Phrase(..) => &[],
        }
    }
}

impl Asked {
    /// Tells whether there is a word to find.
    pub fn has_words(&self) -> bool {
        !self.wanted.is_empty()
    }
}

/// Returns the piece of a text around a range, its quotes and hyphen included, and the text without it.
pub(crate) fn without(text: &str, range: &Range<usize>) -> Option<(String, String)> {
    let piece = pieces(text)
        .into_iter()
        .find(|piece| piece.range.start <= range.start && range.end <= piece.range.end)?;
    if range.is_empty() {
        return None;
    }
    // A word of a longer piece goes alone; a quoted or excluded piece goes whole.
    let range = if piece.quoted || piece.excluded {
        let quote = |c: Option<char>| c.filter(|c| is_quote(*c)).map_or(0, char::len_utf8);
        let mut from = piece.range.start - quote(text[..piece.range.start].chars().next_back());
        from = text[..from].trim_end_matches('-').len();
        from..piece.range.end + quote(text[piece.range.end..].chars().next())
    } else {
        range.clone()
    };
    let rest = format!("{} {}", &text[..range.start], &text[range.end..]);
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    Some((text[range].to_owned(), rest))
}

/// Understands a query.
pub(crate) fn parse(text: &str, analyser: &Analyser) -> Asked {
    let text: String = text.chars().take(MAX_CHARS).collect();
    let mut asked = Asked {
        blank: text.trim().is_empty(),
        ..Asked::default()
    };
    let mut common = Vec::new();
    for piece in pieces(&text) {
        let mut found = analyser.found(&text[piece.range.clone()]);
        for word in &mut found {
            word.from += piece.range.start;
            word.word_to += piece.range.start;
        }
        let list = if piece.excluded {
            &mut asked.excluded
        } else {
            &mut asked.wanted
        };
        let mut stop_words = if piece.quoted {
            phrase(&found, piece.range.clone(), list)
        } else {
            words(&found, list)
        };
        if piece.excluded {
            // "-les" alone means it.
            if list.is_empty() {
                list.append(&mut stop_words);
            }
        } else {
            common.append(&mut stop_words);
        }
    }
    if asked.wanted.is_empty() {
        asked.wanted = common;
    }
    asked.wanted.truncate(MAX_WANTED);
    asked.excluded.truncate(MAX_WANTED);
    asked.text = text;
    asked
}

/// Adds the words of an unquoted piece; returns its stop words.
fn words(found: &[Found], list: &mut Vec<Wanted>) -> Vec<Wanted> {
    let mut common = Vec::new();
    let mut at = 0;
    while let Some(first) = found.get(at) {
        let parts = &found[at..found.len().min(at + 1 + first.parts)];
        at += parts.len();
        if first.parts > 0 {
            let parts = parts[1..]
                .iter()
                .filter(|part| part.form.stem.is_some())
                .map(Word::from)
                .collect();
            list.push(Wanted::Compound {
                joined: first.form.clone(),
                parts,
            });
        } else if first.form.stem.is_none() {
            common.push(Wanted::Word(first.into()));
        } else if !has_word(list, &first.form) {
            list.push(Wanted::Word(first.into()));
        }
    }
    common
}

/// Adds a quoted piece; returns its words when they are all stop words.
fn phrase(found: &[Found], range: Range<usize>, list: &mut Vec<Wanted>) -> Vec<Wanted> {
    let plain = || found.iter().filter(|word| word.parts == 0);
    let kept: Vec<_> = plain()
        .filter(|word| word.form.stem.is_some())
        .map(|word| word.form.clone())
        .take(MAX_PHRASE)
        .collect();
    match kept.len() {
        0 => return plain().map(|word| Wanted::Word(word.into())).collect(),
        1 => list.extend(
            kept.into_iter()
                .map(|form| Wanted::Exact(form, range.clone())),
        ),
        _ => list.push(Wanted::Phrase(kept, range)),
    }
    Vec::new()
}

fn has_word(list: &[Wanted], form: &Form) -> bool {
    list.iter()
        .any(|wanted| matches!(wanted, Wanted::Word(word) if *word.form == *form))
}

impl From<&Found> for Word {
    fn from(found: &Found) -> Self {
        Word {
            form: found.form.clone(),
            range: found.from..found.word_to,
        }
    }
}

/// A stretch of the query between spaces, or between quotes.
struct Piece {
    range: Range<usize>,
    quoted: bool,
    excluded: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()) {
        let start = at + start;
        let inner = start
            + text[start..]
                .find(|c| c != '-')
                .unwrap_or(text.len() - start);
        let excluded =
            inner > start && !text[inner..].starts_with(char::is_whitespace) && inner < text.len();
        let rest = &text[inner..];
        let opening = rest
            .chars()
            .next()
            .filter(|c| is_quote(*c))
            .map_or(0, char::len_utf8);
        let closing = if opening > 0 {
            rest[opening..].find(is_quote)
        } else {
            None
        };
        if let Some(length) = closing {
            let range = inner + opening..inner + opening + length;
            at = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
            pieces.push(Piece {
                range,
                quoted: true,
                excluded,
            });
        } else {
            // A quote that is never closed separates words, no more.
            let from = inner + opening;
            let length = text[from..].find(|c: char| c.is_whitespace() || is_quote(c));
            at = from + length.unwrap_or(text.len() - from);
            pieces.push(Piece {
                range: from..at,
                quoted: false,
                excluded,
            });
        }
    }
    pieces
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„')
}
