//! Cards that answer the very question: several of its words in one question that people ask of the card.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::reading::{for_each_segment, seek};
use crate::SearchError;
use crate::analysis::line_of;
use crate::find::Finder;
use crate::plan::{Concept, What};

/// Questions of a card that are looked at.
const QUESTIONS: usize = 8;

/// Returns what each candidate's nearest question has of the query: its weight, times the
/// square of its share of the whole.
///
/// One word alone says nothing of a question.
pub(super) fn answers(
    finder: &Finder<'_>,
    concepts: &[Concept],
    at: &[DocAddress],
) -> Result<Vec<f32>, SearchError> {
    let mut sums = vec![[0.0f32; QUESTIONS]; at.len()];
    let mut words = vec![[0u8; QUESTIONS]; at.len()];
    for concept in concepts.iter().filter(|concept| concept.weight > 0.0) {
        let mut has = vec![[0.0f32; QUESTIONS]; at.len()];
        for alternative in &concept.alternatives {
            let stems: &[Box<str>] = match &alternative.what {
                What::Stem(stem) => std::slice::from_ref(stem),
                What::Phrase(stems) => stems,
                What::Word(_) | What::Value(_) => continue,
            };
            let mut lines = vec![u8::MAX; at.len()];
            for stem in stems {
                for (lines, its) in lines.iter_mut().zip(questions(finder, stem, at)?) {
                    *lines &= its;
                }
            }
            for (has, lines) in has.iter_mut().zip(lines) {
                for (question, has) in has.iter_mut().enumerate() {
                    if lines & 1 << question != 0 {
                        *has = has.max(alternative.weight);
                    }
                }
            }
        }
        for ((sums, words), has) in sums.iter_mut().zip(&mut words).zip(has) {
            for question in 0..QUESTIONS {
                sums[question] += concept.weight * has[question];
                words[question] += u8::from(has[question] > 0.0);
            }
        }
    }
    let all: f32 = concepts.iter().map(|concept| concept.weight).sum();
    let best = sums.iter().zip(words).map(|(sums, words)| {
        let told = sums.iter().zip(words).filter(|(_, words)| *words > 1);
        let most = told.map(|(sum, _)| *sum).fold(0.0, f32::max);
        most * (most / all.max(f32::MIN_POSITIVE)).powi(2)
    });
    Ok(best.collect())
}

/// Returns the questions of each candidate that have a stem, each a bit.
fn questions(finder: &Finder<'_>, stem: &str, at: &[DocAddress]) -> Result<Vec<u8>, SearchError> {
    let field = finder.fields.asked;
    let mut found = vec![0; at.len()];
    let term = Term::from_field_text(field, stem);
    let mut positions = Vec::new();
    for_each_segment(at, |segment, from, cards| {
        let index = finder
            .searcher
            .segment_reader(segment)
            .inverted_index(field)?;
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Some(mut postings) = index.read_postings(&term, option)? else {
            return Ok(());
        };
        for (place, card) in cards.iter().enumerate() {
            if seek(&mut postings, card.doc_id) {
                postings.positions(&mut positions);
                for position in &positions {
                    let question = line_of(*position);
                    if question < QUESTIONS {
                        found[from + place] |= 1 << question;
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(found)
}
