//! `synonymes.toml`: the words by which people look for the same thing.
//!
//! ```toml
//! format = 1
//!
//! [[groups]]                  # each finds the others
//! words = ["cantine", "restauration scolaire"]
//!
//! [[groups]]                  # the first finds the others, not the other way round
//! from = "potager"
//! words = ["jardin partagé"]
//! ```
//!
//! A mistake here keeps nothing from being published: it is told as a warning, and what can be read is used.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use toml::de::DeTable;

use crate::config::Reader;
use crate::{Problem, Rule, Severity};

/// The file of the synonyms, at the root of the commons.
pub const SYNONYMS_FILE: &str = "synonymes.toml";

/// The most groups that are read.
const MOST_GROUPS: usize = 5_000;
/// The most words of a group.
const MOST_WORDS: usize = 50;
/// The longest word, in characters.
const LONGEST: usize = 100;

/// Words that find each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonyms {
    /// With it, only this word finds the others; without, each finds all.
    pub from: Option<String>,
    /// The words, each of one or several.
    pub words: Vec<String>,
}

impl Synonyms {
    /// Reads `synonymes.toml`: every group that could be read, and what was wrong, all of it warnings.
    pub fn read(text: &str) -> (Vec<Synonyms>, Vec<Problem>) {
        let (groups, mut problems) = Reader::read(text, groups);
        for problem in &mut problems {
            problem.severity = Severity::Warning;
        }
        (groups, problems)
    }
}

fn groups(reader: &mut Reader<'_>, root: &DeTable<'_>) -> Vec<Synonyms> {
    reader.known(root, "", &["format", "groups"]);
    reader.format(root);
    let Some(value) = root.get("groups") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    // The first word of the group that each word belongs to.
    let mut members: HashMap<String, String> = HashMap::new();
    for (table, span) in reader.tables(value, "groups") {
        reader.known(table, "groups.", &["from", "words"]);
        let from = reader.text(table, "from").and_then(|word| good(&word));
        let mut words: Vec<String> = Vec::new();
        for (word, place) in reader.texts(table, "words", "groups.words") {
            let Some(word) = good(&word) else {
                reader.tell(place, Rule::BadSynonym { word });
                continue;
            };
            let key = word.to_lowercase();
            let is_twin = words.iter().any(|other| other.to_lowercase() == key);
            let elsewhere = members.get(&key).filter(|_| from.is_none() && !is_twin);
            if is_twin || elsewhere.is_some() {
                let with = elsewhere.or(words.first()).unwrap_or(&word).clone();
                reader.tell(
                    place,
                    Rule::SynonymTwice {
                        word: word.clone(),
                        with,
                    },
                );
            }
            if !is_twin && words.len() < MOST_WORDS {
                words.push(word);
            }
        }
        if words.len() + usize::from(from.is_some()) < 2 {
            reader.tell(span.start, Rule::SynonymAlone);
            continue;
        }
        if from.is_none() {
            for word in &words {
                members
                    .entry(word.to_lowercase())
                    .or_insert_with(|| words[0].clone());
            }
        }
        if found.len() < MOST_GROUPS {
            found.push(Synonyms { from, words });
        }
    }
    found
}

/// Returns a word without the space around it; none when it is empty or no word at all.
fn good(word: &str) -> Option<String> {
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_word = word.chars().any(char::is_alphanumeric) && word.chars().count() <= LONGEST;
    is_word.then_some(word)
}
