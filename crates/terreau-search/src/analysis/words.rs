//! Where words start and end: apostrophes, hyphens, combining accents, inclusive endings.

/// Elided words, dropped before an apostrophe.
const ELISIONS: [&str; 14] = [
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "z",
];
/// Endings that inclusive writing adds after a full stop, a hyphen, a slash or between brackets.
const ENDINGS: [&str; 14] = [
    "e", "es", "ne", "nes", "le", "les", "rice", "rices", "trice", "trices", "euse", "euses",
    "ère", "ères",
];
/// Longest ending after a middle dot, in characters ("acteur·trices").
const MAX_DOTTED_ENDING: usize = 7;

/// A word in a text, by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: usize,
    pub word_to: usize,
    pub to: usize,
    /// Follows the previous word after a hyphen.
    pub glued: bool,
    /// Stands before an apostrophe and says nothing by itself ("l’", "qu’").
    pub elided: bool,
}

/// Walks through the words of a text.
pub(super) struct Spans<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Spans<'a> {
    pub fn new(text: &'a str) -> Self {
        Spans { text, at: 0 }
    }
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = &self.text[self.at..];
        let from = self.at + rest.find(is_word_char)?;
        let word_to = from + word_length(&self.text[from..]);
        let word = &self.text[from..word_to];
        let to = word_to + endings_length(word, &self.text[word_to..]);

        let mut before = self.text[self.at..from].chars();
        let glued = from > 0
            && self.at > 0
            && before.next().is_some_and(is_hyphen)
            && before.next().is_none();
        let mut after = self.text[to..].chars();
        let elided = after.next().is_some_and(is_apostrophe)
            && after.next().is_some_and(is_word_char)
            && ELISIONS
                .iter()
                .any(|elision| elision.eq_ignore_ascii_case(word));
        self.at = to;
        Some(Span {
            from,
            word_to,
            to,
            glued,
            elided,
        })
    }
}

/// Tells whether a character belongs inside a word: letters, digits, their combining marks, invisible joiners.
pub(super) fn is_word_char(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '\0'..='\x7f' | '×' | '÷' => false,
        // Every other character of these blocks is a letter: most words stop here.
        'À'..='\u{24f}' => true,
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => true,
        '\u{2bc}' | '\u{2b9}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Tells whether a character is one of the apostrophes that people and word processors write.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '\u{2bc}' | '\u{2b9}' | '′' | '`' | '´'
    )
}

/// Tells whether a character joins the parts of a compound.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_middle_dot(c: char) -> bool {
    matches!(
        c,
        '·' | '•' | '\u{2027}' | '\u{22c5}' | '\u{2219}' | '\u{387}'
    )
}

fn word_length(text: &str) -> usize {
    text.find(|c| !is_word_char(c)).unwrap_or(text.len())
}

/// Returns the length of the inclusive endings that follow a word, 0 when there is none.
fn endings_length(word: &str, rest: &str) -> usize {
    // Most words are followed by a space: nothing more to look at.
    if !rest.starts_with(is_separator) {
        return 0;
    }
    let two_letters = word.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    if !two_letters || word.ends_with(|c: char| c.is_numeric()) {
        return 0;
    }
    let mut length = 0;
    while let Some(ending) = ending_length(&rest[length..], length > 0) {
        length += ending;
    }
    length
}

/// Tells whether a character may stand before an inclusive ending.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | '/' | '(') || is_hyphen(c) || is_middle_dot(c)
}

/// Returns the length of one ending with its separator: "·es", ".e", "-s" (after another ending), "(e)s".
fn ending_length(rest: &str, again: bool) -> Option<usize> {
    let separator = rest.chars().next()?;
    let start = separator.len_utf8();
    let letters = &rest[start..start + word_length(&rest[start..])];
    if letters.is_empty() {
        return None;
    }
    let known = || {
        let lower = letters.to_lowercase();
        ENDINGS.contains(&lower.as_str()) || lower == "s" && (again || separator == '(')
    };
    match separator {
        dot if is_middle_dot(dot) => {
            let short = letters.chars().count() <= MAX_DOTTED_ENDING
                && letters.chars().all(char::is_alphabetic);
            short.then_some(start + letters.len())
        }
        '.' | '/' if known() => Some(start + letters.len()),
        // "prends-les" is an order, "habitant-es" a plural: only endings that are no pronoun.
        hyphen if is_hyphen(hyphen) && known() && !matches!(letters, "le" | "les") => {
            Some(start + letters.len())
        }
        '(' if known() => {
            let after = rest[start + letters.len()..].strip_prefix(')')?;
            Some(start + letters.len() + 1 + word_length(after))
        }
        _ => None,
    }
}
