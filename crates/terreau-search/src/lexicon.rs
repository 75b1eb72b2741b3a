//! The words of a commons, made ready for queries.

use std::collections::HashMap;

use terreau_card::facets::Facet;

use crate::Lexicon;
use crate::analysis::{Analyser, Form};
use crate::glossary;

/// Longest synonym or name, in words.
pub(crate) const MAX_WORDS: usize = 6;
/// Most other words that one brings.
const MAX_OTHERS: usize = 24;

/// Stems of the words that stand side by side.
pub(crate) type Stems = Box<[Box<str>]>;

/// Finds what words mean in this commons.
#[derive(Debug, Default)]
pub(crate) struct Meanings {
    /// By the stems of a word or of words: what else finds them.
    synonyms: HashMap<String, Vec<Stems>>,
    /// By an English word or by words: the stems of the French ones.
    english: HashMap<String, Vec<Stems>>,
    /// By the folded words of a name: the values that it names.
    names: HashMap<String, Vec<(Facet, String)>>,
}

impl Meanings {
    pub fn new(lexicon: &Lexicon, analyser: &Analyser) -> Meanings {
        let mut meanings = Meanings::default();
        for group in &lexicon.synonyms {
            let words: Vec<Stems> = group
                .words
                .iter()
                .filter_map(|word| stems(word, analyser))
                .collect();
            match &group.from {
                Some(from) => {
                    if let Some(from) = stems(from, analyser) {
                        add(&mut meanings.synonyms, &from, &words);
                    }
                }
                None => {
                    for word in &words {
                        add(&mut meanings.synonyms, word, &words);
                    }
                }
            }
        }
        for (english, french) in glossary::pairs() {
            let french: Vec<Stems> = french
                .split(", ")
                .filter_map(|word| stems(word, analyser))
                .collect();
            for word in english.split(", ") {
                // As queries see them: what is also a French stop word is not there.
                let found = analyser.found(word);
                let words = found
                    .iter()
                    .filter(|word| word.parts == 0 && word.form.stem.is_some());
                let key: Vec<&str> = words.map(|word| &*word.form.folded).collect();
                if !key.is_empty() {
                    let known = meanings.english.entry(key.join(" ")).or_default();
                    known.extend(french.iter().cloned());
                }
            }
        }
        for (facet, code, labels) in &lexicon.names {
            for label in labels {
                let name = folded(label, analyser);
                let values = meanings.names.entry(name).or_default();
                if !values
                    .iter()
                    .any(|(its, value)| its == facet && value == code)
                {
                    values.push((*facet, code.clone()));
                }
            }
        }
        meanings.names.remove("");
        meanings
    }

    /// Returns what else finds words of these stems.
    pub fn synonyms(&self, stems: &[&str]) -> &[Stems] {
        self.synonyms
            .get(&stems.join(" "))
            .map_or(&[], Vec::as_slice)
    }

    /// Returns the French for English words, folded, in the singular or the plural.
    pub fn french(&self, folded: &[&str]) -> &[Stems] {
        let words = folded.join(" ");
        let known = self.english.get(&words);
        let singular = || self.english.get(words.strip_suffix('s')?);
        known.or_else(singular).map_or(&[], Vec::as_slice)
    }

    /// Tells whether a word means something here, though no card may have it.
    pub fn knows(&self, form: &Form) -> bool {
        let word = &[&*form.folded];
        let stem = form.stem.as_deref();
        stem.is_some_and(|stem| !self.synonyms(&[stem]).is_empty())
            || !self.french(word).is_empty()
            || !self.named(word).is_empty()
    }

    /// Returns the values that folded words name.
    pub fn named(&self, folded: &[&str]) -> &[(Facet, String)] {
        self.names.get(&folded.join(" ")).map_or(&[], Vec::as_slice)
    }
}

fn add(known: &mut HashMap<String, Vec<Stems>>, word: &Stems, others: &[Stems]) {
    let entry = known.entry(word.join(" ")).or_default();
    for other in others {
        if other != word && !entry.contains(other) && entry.len() < MAX_OTHERS {
            entry.push(other.clone());
        }
    }
}

/// Returns the stems of a text, stop words aside; `None` when there are none or too many.
fn stems(text: &str, analyser: &Analyser) -> Option<Stems> {
    let found = analyser.found(text);
    let plain = found.iter().filter(|word| word.parts == 0);
    let stems: Stems = plain.filter_map(|word| word.form.stem.clone()).collect();
    (1..=MAX_WORDS).contains(&stems.len()).then_some(stems)
}

/// Returns the folded words of a text, articles with an apostrophe aside.
pub(crate) fn folded(text: &str, analyser: &Analyser) -> String {
    let found = analyser.found(text);
    let plain = found.iter().filter(|word| word.parts == 0);
    let words: Vec<&str> = plain.map(|word| &*word.form.folded).collect();
    words.join(" ")
}
