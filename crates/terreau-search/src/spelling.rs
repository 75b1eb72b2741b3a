//! Words as people misspell, join, split and begin them, against the words that cards have.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{FuzzyTermQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{TantivyDocument, Term};
use unicode_normalization::UnicodeNormalization;

use crate::SearchError;
use crate::analysis::{self, Form};
use crate::find::Finder;
use crate::lexicon::Stems;
use crate::parse::{Asked, Wanted, Word};
use crate::schema::stored;

mod sound;

/// Shortest words that one or two slips are forgiven in, in characters.
const MIN_CHARS: [(u8, usize); 2] = [(1, 4), (2, 6)];
/// Longest word that is looked at, in characters.
const MAX_CHARS: usize = 30;
/// Unknown words of one query that are looked at.
const MAX_UNKNOWN: usize = 5;
/// A word is meant rather than another family when it has more than so many times its cards.
const FAR_MORE: u64 = 2;
/// Cards read to learn how a word is written.
const SPELLING_CARDS: usize = 3;
/// Words of the dictionary looked at to complete one that is begun.
const MAX_LOOKED_AT: usize = 3_000;
/// Shortest part of a word written together with another, in characters.
const MIN_PART: usize = 3;

/// Returns the query as it may have been meant; `None` when every word is known or nothing is near.
///
/// `typed` is the whole text, in which every word stands where it stands in what is asked.
pub(crate) fn suggestion(
    finder: &Finder<'_>,
    asked: &Asked,
    typed: &str,
) -> Result<Option<String>, SearchError> {
    let mut replaced: Vec<(Range<usize>, String)> = Vec::new();
    for word in unknown(finder, asked)? {
        if let Some(folded) = nearest(finder, &word.form)? {
            replaced.push((word.range.clone(), spelling(finder, &folded)?));
        }
    }
    if replaced.is_empty() {
        return Ok(None);
    }
    let mut text = typed.to_owned();
    for (range, spelling) in replaced.into_iter().rev() {
        text.replace_range(range, &spelling);
    }
    Ok(Some(text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Returns how many cards have a word of this family, in either language.
pub(crate) fn cards_with(finder: &Finder<'_>, form: &Form) -> Result<u64, SearchError> {
    let mut most = 0;
    for stem in [&form.stem, &form.english].into_iter().flatten() {
        most = most.max(finder.cards(finder.fields.all, stem)?);
    }
    if form.stem.is_none() {
        most = most.max(finder.cards(finder.fields.words, &form.folded)?);
    }
    Ok(most)
}

/// Returns the words that an unknown one is made of ("debatmouvant"), stop words aside.
pub(crate) fn split(finder: &Finder<'_>, folded: &str) -> Result<Option<Stems>, SearchError> {
    if !folded.is_ascii() || folded.len() < 2 * MIN_PART || folded.len() > MAX_CHARS {
        return Ok(None);
    }
    let mut best: Option<(u64, Stems)> = None;
    let known = |word: &str| -> Result<Option<(u64, Box<str>)>, SearchError> {
        if word.len() < MIN_PART || finder.cards(finder.fields.words, word)? == 0 {
            return Ok(None);
        }
        let form = finder.analyser.form(word);
        let Some(stem) = form.and_then(|form| form.stem.clone()) else {
            return Ok(None);
        };
        Ok(Some((finder.cards(finder.fields.all, &stem)?, stem)))
    };
    for at in MIN_PART..=folded.len() - MIN_PART {
        let Some((first_cards, first)) = known(&folded[..at])? else {
            continue;
        };
        let rest = &folded[at..];
        // A little word may stand between: "porteurdeparole".
        for between in [
            "", "de", "d", "du", "des", "la", "le", "les", "a", "au", "en", "et", "l",
        ] {
            let Some(second) = rest.strip_prefix(between) else {
                continue;
            };
            if let Some((second_cards, second)) = known(second)? {
                let cards = first_cards.min(second_cards);
                if best.as_ref().is_none_or(|(most, _)| cards > *most) {
                    best = Some((cards, [first.clone(), second].into()));
                }
            }
        }
    }
    Ok(best.map(|(_, stems)| stems))
}

/// Returns the most frequent words that start so, with how many cards have them.
pub(crate) fn begun(
    finder: &Finder<'_>,
    start: &str,
    most: usize,
) -> Result<Vec<(String, u64)>, SearchError> {
    let mut words: HashMap<String, u64> = HashMap::new();
    for segment in finder.searcher.segment_readers() {
        let index = segment.inverted_index(finder.fields.words)?;
        let end = format!("{start}\u{10ffff}");
        let mut stream = index.terms().range().ge(start).lt(end).into_stream()?;
        for _ in 0..MAX_LOOKED_AT {
            let Some((word, info)) = stream.next() else {
                break;
            };
            if is_folded(word)
                && let Ok(word) = std::str::from_utf8(word)
            {
                *words.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(most);
    Ok(words)
}

/// Returns the typed words that no card writes so, in the order of the text.
fn unknown<'a>(finder: &Finder<'_>, asked: &'a Asked) -> Result<Vec<&'a Word>, SearchError> {
    let mut unknown = Vec::new();
    for wanted in &asked.wanted {
        if let Wanted::Compound { joined, .. } = wanted
            && cards_with(finder, joined)? > 0
        {
            continue;
        }
        for word in wanted.typed() {
            if word.form.stem.is_some()
                && finder.cards(finder.fields.words, &word.form.folded)? == 0
                && !finder.meanings.knows(&word.form)
            {
                unknown.push(word);
            }
        }
    }
    unknown.truncate(MAX_UNKNOWN);
    Ok(unknown)
}

/// Returns the word nearest to an unknown one: fewest slips, same sound, same first letter, most cards.
///
/// A slip may fall into another family by chance ("resiliance" into that of "Résilière"): words whose family is found are
/// looked at too, but only for one slip and a word that far more cards have. An ending that no card happens to use
/// ("participerez") is no mistake: some near word is of its family.
pub(crate) fn nearest(finder: &Finder<'_>, form: &Form) -> Result<Option<String>, SearchError> {
    let chars = form.folded.chars().count();
    let is_acronym = form.accented.as_deref().is_some_and(analysis::is_acronym);
    if chars > MAX_CHARS || is_acronym || form.folded.chars().any(char::is_numeric) {
        return Ok(None);
    }
    let family = cards_with(finder, form)?;
    let slips = MIN_CHARS
        .into_iter()
        .filter(|(slips, least)| chars >= *least && (family == 0 || *slips == 1));
    let sound = sound::of(&form.folded);
    for (slips, _) in slips {
        let near = within(finder, &form.folded, slips)?;
        if family > 0 && near.keys().any(|word| is_of_family(finder, word, form)) {
            return Ok(None);
        }
        let first = form.folded.chars().next();
        // Two slips, the first letter among them, are another word, unless it sounds the same.
        let is_near =
            |word: &str| slips < 2 || word.chars().next() == first || sound::of(word) == sound;
        let mut near: Vec<_> = near
            .into_iter()
            .filter(|(word, cards)| *cards > family * FAR_MORE && is_near(word))
            .collect();
        near.sort_by_cached_key(|(word, cards)| {
            let other_sound = sound::of(word) != sound;
            let other_start = word.chars().next() != first;
            (
                other_sound,
                other_start,
                std::cmp::Reverse(*cards),
                word.clone(),
            )
        });
        // Words of cards since removed may linger in the dictionary.
        for (word, _) in near {
            let query = TermQuery::new(
                Term::from_field_text(finder.fields.words, &word),
                IndexRecordOption::Basic,
            );
            if finder.searcher.search(&query, &Count)? > 0 {
                return Ok(Some(word));
            }
        }
    }
    Ok(None)
}

fn is_of_family(finder: &Finder<'_>, word: &str, form: &Form) -> bool {
    finder
        .analyser
        .found(word)
        .iter()
        .any(|found| found.form.stem == form.stem)
}

/// Returns the words of the dictionary within so many slips, with how many cards have them.
fn within(
    finder: &Finder<'_>,
    folded: &str,
    slips: u8,
) -> Result<HashMap<String, u64>, SearchError> {
    let term = Term::from_field_text(finder.fields.words, folded);
    let automaton = FuzzyTermQuery::new(term, slips, true).automaton()?;
    let mut words: HashMap<String, u64> = HashMap::new();
    for segment in finder.searcher.segment_readers() {
        let index = segment.inverted_index(finder.fields.words)?;
        let mut stream = index.terms().search(&automaton).into_stream()?;
        while let Some((word, info)) = stream.next() {
            if is_folded(word)
                && !word.iter().any(u8::is_ascii_digit)
                && let Ok(word) = std::str::from_utf8(word)
            {
                *words.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    Ok(words)
}

/// Tells whether a word of the dictionary is a folded one: accented ones and acronyms stand beside them.
fn is_folded(word: &[u8]) -> bool {
    word.iter()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Returns how cards write a folded word, most often; lower case when any card does.
fn spelling(finder: &Finder<'_>, folded: &str) -> Result<String, SearchError> {
    let term = Term::from_field_text(finder.fields.words, folded);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let top = TopDocs::with_limit(SPELLING_CARDS).order_by_score();
    let mut written: HashMap<String, usize> = HashMap::new();
    for (_, at) in finder.searcher.search(&query, &top)? {
        let document: TantivyDocument = finder.searcher.doc(at)?;
        for field in [
            finder.fields.title,
            finder.fields.summary,
            finder.fields.body,
        ] {
            let text = stored(&document, field);
            for found in finder
                .analyser
                .found(text)
                .iter()
                .filter(|found| found.parts == 0)
            {
                if *found.form.folded == *folded {
                    *written
                        .entry(text[found.from..found.word_to].nfc().collect())
                        .or_default() += 1;
                }
            }
        }
    }
    let is_lower = |word: &str| !word.chars().any(char::is_uppercase);
    let best = written.into_iter().max_by(|(a, a_times), (b, b_times)| {
        is_lower(a)
            .cmp(&is_lower(b))
            .then(a_times.cmp(b_times))
            .then_with(|| b.cmp(a))
    });
    // Tags and compounds are indexed but not stored: the folded word has to do.
    Ok(best.map_or_else(|| folded.to_owned(), |(word, _)| word))
}
