//! Shows why a card was found: the best passage of its text, in its own spelling, with the words marked.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::Fragment;
use crate::analysis::{Analyser, ENGLISH};
use crate::plan::{Plan, What};

/// Longest text that is searched for a passage, in bytes.
const MAX_TEXT_BYTES: usize = 200_000;
/// Length of a passage, in bytes, about.
const PASSAGE_BYTES: usize = 240;
/// The share of a query that a line has, to be shown as the question it answers.
const ENOUGH: f32 = 0.5;
/// Bytes between two words of a phrase: a space, a little word (" de la ").
const BETWEEN_BYTES: usize = 9;
/// How far before the first word found a passage may start, to begin with its sentence.
const LEAD_BYTES: usize = 90;

/// Marks the words of one query in texts.
pub(crate) struct Marker<'a> {
    analyser: &'a Analyser,
    stems: HashMap<Box<str>, Worth, RandomState>,
    words: HashSet<Box<str>, RandomState>,
    /// What all the words weigh together.
    all: f32,
    /// The letters that they begin with, each a bit.
    letters: u32,
}

/// What finding a stem is worth.
#[derive(Default)]
struct Worth {
    weight: f32,
    /// The phrases that it is a part of, by number; none when it is wanted by itself.
    phrases: Vec<usize>,
}

/// A word found in a text.
struct Mark<'a> {
    range: Range<usize>,
    /// Which word of the query, so that a passage with two of them beats one with the same word twice.
    key: Box<str>,
    weight: f32,
    phrases: &'a [usize],
}

impl Mark<'_> {
    /// Tells whether a word and one that follows it stand in one phrase, but for a little word between them.
    fn is_with(&self, next: &Mark<'_>) -> bool {
        next.range.start <= self.range.end + BETWEEN_BYTES
            && self.key != next.key
            && self.phrases.iter().any(|its| next.phrases.contains(its))
    }
}

impl<'a> Marker<'a> {
    /// Returns the marker of what is looked for.
    pub fn new(analyser: &'a Analyser, plan: &Plan) -> Self {
        let mut marker = Marker {
            analyser,
            stems: HashMap::default(),
            words: HashSet::default(),
            all: 0.0,
            letters: 0,
        };
        let mut alone: HashSet<&str> = HashSet::new();
        let mut phrases = 0;
        for concept in plan.concepts.iter().chain(&plan.required) {
            marker.all += concept.weight;
            for alternative in &concept.alternatives {
                let stems: &[Box<str>] = match &alternative.what {
                    What::Stem(stem) => std::slice::from_ref(stem),
                    What::Phrase(stems) => stems,
                    What::Word(word) => {
                        marker.words.insert(word.clone());
                        &[]
                    }
                    What::Value(_) => &[],
                };
                let worth =
                    concept.weight.max(0.1) * alternative.weight / stems.len().max(1) as f32;
                phrases += 1;
                for stem in stems {
                    let its = marker.stems.entry(stem.clone()).or_default();
                    its.weight = its.weight.max(worth);
                    if stems.len() > 1 {
                        its.phrases.push(phrases);
                    } else {
                        alone.insert(stem);
                    }
                }
            }
        }
        for stem in alone {
            if let Some(its) = marker.stems.get_mut(stem) {
                its.phrases.clear();
            }
        }
        for word in marker.stems.keys().chain(&marker.words) {
            marker.letters |= word.bytes().next().map_or(0, bit_of);
        }
        marker
    }

    /// Returns a whole text with the words marked.
    pub fn marked(&self, text: &str) -> Vec<Fragment> {
        fragments(text, 0..text.len(), &self.marks(text))
    }

    /// Returns the passage of a text that shows most of the words; `None` when it has none.
    pub fn passage(&self, text: &str) -> Option<Vec<Fragment>> {
        if self.stems.is_empty() && self.words.is_empty() {
            return None;
        }
        let text = &text[..floor(text, MAX_TEXT_BYTES)];
        let marks = self.marks(text);
        let best = best_window(&marks)?;
        let range = passage_around(text, best);
        let mut fragments = fragments(text, range.clone(), &marks);
        if let Some(first) = fragments.first_mut()
            && range.start > 0
            && !starts_sentence(text, range.start)
        {
            first.text.insert_str(0, "… ");
        }
        if let Some(last) = fragments.last_mut()
            && !text[range.end..].trim().is_empty()
            && !last.text.trim_end().ends_with(['.', '!', '?', '…'])
        {
            last.text.truncate(last.text.trim_end().len());
            last.text.push_str(" …");
        }
        Some(fragments)
    }

    /// Returns the line that has most of the words, when it has two at least and enough of what they say.
    pub fn nearest(&self, lines: &str) -> Option<Vec<Fragment>> {
        let is_english = lines.starts_with(ENGLISH);
        let mut best: Option<(f32, String, Vec<Mark<'_>>)> = None;
        for line in lines.trim_start_matches(ENGLISH).lines() {
            let mut told = if is_english {
                ENGLISH.to_string()
            } else {
                String::new()
            };
            told.push_str(line);
            let marks = self.marks(&told);
            let mut seen: HashMap<&str, f32> = HashMap::new();
            for mark in &marks {
                seen.insert(&mark.key, mark.weight);
            }
            let worth: f32 = seen.values().sum();
            let is_near = seen.len() > 1 && worth >= ENOUGH * self.all;
            if is_near && best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                best = Some((worth, told, marks));
            }
        }
        let (_, line, marks) = best?;
        let start = usize::from(is_english);
        Some(fragments(&line, start..line.len(), &marks))
    }

    fn marks(&self, text: &str) -> Vec<Mark<'_>> {
        if self.stems.is_empty() && self.words.is_empty() {
            return Vec::new();
        }
        let mut marks: Vec<Mark<'_>> = Vec::new();
        // Reducing a word keeps its first letter.
        let may_be = |word: &str| bit_of(word.as_bytes()[0]) & self.letters != 0;
        for found in self.analyser.found_if(text, may_be) {
            let stem = found.stem().and_then(|stem| self.stems.get_key_value(stem));
            let (key, weight, phrases) = match stem {
                Some((stem, its)) => (stem, its.weight, &*its.phrases),
                None if self.words.contains(&found.form.folded) => {
                    (&found.form.folded, 1.0, [].as_slice())
                }
                None => continue,
            };
            let range = found.from..found.to;
            match marks.last_mut() {
                // The parts of a compound already marked as one word.
                Some(last) if range.start < last.range.end => {
                    last.range.end = last.range.end.max(range.end);
                }
                _ => marks.push(Mark {
                    range,
                    key: key.clone(),
                    weight,
                    phrases,
                }),
            }
        }
        whole_phrases(marks)
    }
}

/// Keeps the words that are wanted by themselves, and of phrases those that stand together: "peu bavard" is no "peu".
fn whole_phrases(marks: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    let is_kept: Vec<bool> = (0..marks.len())
        .map(|at| {
            let mark = &marks[at];
            let before = at.checked_sub(1).map(|before| &marks[before]);
            mark.phrases.is_empty()
                || before.is_some_and(|before| before.is_with(mark))
                || marks.get(at + 1).is_some_and(|next| mark.is_with(next))
        })
        .collect();
    let kept = marks.into_iter().zip(is_kept);
    kept.filter_map(|(mark, is_kept)| is_kept.then_some(mark))
        .collect()
}

/// Returns the bit of a letter; whatever is no plain letter may be any.
fn bit_of(byte: u8) -> u32 {
    match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => 1 << (letter - b'a'),
        _ => u32::MAX,
    }
}

/// Returns the stretch of marks, no longer than a passage, that says most; the first when several do.
fn best_window(marks: &[Mark<'_>]) -> Option<Range<usize>> {
    let mut best: Option<(f32, Range<usize>)> = None;
    for (at, first) in marks.iter().enumerate() {
        let limit = first.range.start + PASSAGE_BYTES - LEAD_BYTES;
        let mut seen: Vec<&str> = Vec::new();
        let mut worth = 0.0;
        let mut end = first.range.end;
        for mark in marks[at..]
            .iter()
            .take_while(|mark| mark.range.end <= limit || mark.range == first.range)
        {
            let new = !seen.contains(&&*mark.key);
            worth += if new { mark.weight } else { mark.weight * 0.1 };
            seen.push(&mark.key);
            end = mark.range.end;
        }
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, first.range.start..end));
        }
    }
    best.map(|(_, range)| range)
}

/// Returns the words found with what surrounds them: from the start of their sentence when it is near.
fn passage_around(text: &str, found: Range<usize>) -> Range<usize> {
    let earliest = floor(text, found.start.saturating_sub(LEAD_BYTES));
    let before = &text[earliest..found.start];
    let sentence = before
        .rmatch_indices(['.', '!', '?', '\n'])
        .find_map(|(at, mark)| {
            let next = earliest + at + mark.len();
            (mark == "\n" || text[next..].starts_with(char::is_whitespace)).then_some(next)
        });
    let word = || {
        before
            .find(char::is_whitespace)
            .map_or(found.start, |at| earliest + at)
    };
    let start = match sentence {
        Some(start) => start,
        None if earliest == 0 => 0,
        None => word(),
    };
    let latest = floor(text, (start + PASSAGE_BYTES).max(found.end));
    let end = if latest == text.len() {
        latest
    } else {
        let after = &text[found.end..latest];
        after
            .rfind(char::is_whitespace)
            .map_or(found.end, |at| found.end + at)
    };
    start..end
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '\u{a0}']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n'])
}

/// Cuts a range of a text at its marks; spaces and line ends become one space each.
fn fragments(text: &str, range: Range<usize>, marks: &[Mark<'_>]) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut push = |text: &str, marked: bool| {
        let space = fragments.last().is_none_or(|last| last.text.ends_with(' '));
        let text = one_spaced(text, space);
        match fragments.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.marked == marked => last.text.push_str(&text),
            _ => fragments.push(Fragment { text, marked }),
        }
    };
    let mut at = range.start;
    for mark in marks
        .iter()
        .filter(|mark| mark.range.start >= range.start && mark.range.end <= range.end)
    {
        push(&text[at..mark.range.start], false);
        push(&text[mark.range.clone()], true);
        at = mark.range.end;
    }
    push(&text[at..range.end], false);
    if let Some(last) = fragments.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    fragments.retain(|fragment| !fragment.text.is_empty());
    fragments
}

/// Returns a text with runs of white space as one space; none at its start when a space precedes it.
fn one_spaced(text: &str, mut after_space: bool) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text
        .chars()
        .filter(|c| !c.is_control() || c.is_whitespace())
    {
        // No-break spaces hold French punctuation to its word: they stay.
        let space = c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
        if !space {
            spaced.push(c);
        } else if !after_space {
            spaced.push(' ');
        }
        after_space = space;
    }
    spaced
}

/// Returns the nearest character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
