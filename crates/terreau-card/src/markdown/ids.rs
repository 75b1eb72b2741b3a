//! The ids that a rendered card gives, each once.

use std::collections::{HashMap, HashSet};

use crate::slug_of;

/// Gives every heading and question an id of its own.
#[derive(Default)]
pub(crate) struct Ids {
    taken: HashSet<String>,
    /// How often each id was asked for, so that many equal headings cost no search.
    asked: HashMap<String, usize>,
}

impl Ids {
    /// Returns `word-name`, with a number behind it when something else has that id.
    pub fn give(&mut self, word: &str, name: &str) -> String {
        let name = if name.contains(char::is_alphanumeric) {
            slug_of(name)
        } else {
            "partie".to_owned()
        };
        let wanted = format!("{word}-{name}");
        loop {
            let count = self.asked.entry(wanted.clone()).or_default();
            *count += 1;
            let id = if *count == 1 {
                wanted.clone()
            } else {
                format!("{wanted}-{count}")
            };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Footnotes in the order of their first mention.
#[derive(Default)]
pub(crate) struct Notes {
    numbers: HashMap<String, usize>,
    /// How often each note is mentioned so far, by number.
    mentions: HashMap<usize, usize>,
    /// Notes mentioned and not written yet.
    pub waiting: std::collections::VecDeque<(usize, String)>,
}

impl Notes {
    /// Returns the number of a note and the rank of this mention of it.
    pub fn mention(&mut self, label: &str) -> (usize, usize) {
        let number = self.number(label);
        let rank = self.mentions.entry(number).or_default();
        *rank += 1;
        (number, *rank)
    }

    /// Returns the number of a note, which waits to be written when it is new.
    pub fn number(&mut self, label: &str) -> usize {
        let label = label.to_lowercase();
        let next = self.numbers.len() + 1;
        *self.numbers.entry(label.clone()).or_insert_with(|| {
            self.waiting.push_back((next, label));
            next
        })
    }

    /// Returns how often a note is mentioned so far.
    pub fn mentions(&self, number: usize) -> usize {
        self.mentions.get(&number).copied().unwrap_or_default()
    }
}

/// Returns the id of a mention.
pub(crate) fn mention_id(number: usize, rank: usize) -> String {
    if rank == 1 {
        format!("noteref-{number}")
    } else {
        format!("noteref-{number}-{rank}")
    }
}
