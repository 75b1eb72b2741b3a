//! Filters that people write in plain words: durations, numbers of people, budgets, populations, kinds, places.
//!
//! What is read is blanked in the text and becomes a filter that the page shows and that can be removed. Nothing is read
//! when the text is the title of a card, nor when it would leave nothing.

mod keyed;
mod measures;
mod names;
mod numbers;
mod tokens;

#[cfg(test)]
mod tests;

pub(crate) use self::keyed::kind_named;

use std::ops::Range;

use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use terreau_card::facets::Facet;

use self::tokens::{Token, tokens};
use crate::find::Finder;
use crate::parse::{Wanted, parse};
use crate::{SearchError, Understood};

/// Characters that are looked at.
const MAX_CHARS: usize = 300;
/// Filters that are read at most.
const MAX_SPANS: usize = 8;

/// A text with what was read in it.
pub(crate) struct Read {
    /// The text; what was read is blank, and every other word stands where it stood.
    pub text: String,
    pub understood: Vec<Understood>,
    /// The measures among it, from and to.
    pub measures: Vec<Measure>,
}

/// A facet, from so much to so much.
pub(crate) type Measure = (Facet, f64, f64);

/// A stretch of the text that says a filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub range: Range<usize>,
    pub facet: Facet,
    /// Any of these.
    pub codes: Vec<String>,
    /// When it is a measure: from, to.
    pub measure: Option<(f64, f64)>,
    pub nature: Nature,
}

/// How surely a stretch of text says a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Written as one: "kind:outil".
    Key,
    /// A number with its unit.
    Measure,
    /// A name that is a filter beside other words only.
    Name,
}

impl Read {
    /// Returns a text in which nothing is read.
    pub fn nothing(text: &str) -> Read {
        Read {
            text: text.to_owned(),
            understood: Vec::new(),
            measures: Vec::new(),
        }
    }

    /// Returns the filters that were read.
    pub fn filters(&self) -> impl Iterator<Item = (Facet, String)> {
        let filters = self.understood.iter();
        filters.map(|its| (its.facet, its.code.clone()))
    }
}

/// Reads a text.
pub(crate) fn read(finder: &Finder<'_>, text: &str) -> Result<Read, SearchError> {
    let end = text
        .char_indices()
        .nth(MAX_CHARS)
        .map_or(text.len(), |(at, _)| at);
    let tokens = tokens(&text[..end]);
    let mut spans = keyed::spans(finder, &text[..end])?;
    let free = |range: &Range<usize>, spans: &[Span]| {
        spans
            .iter()
            .all(|its| its.range.end <= range.start || range.end <= its.range.start)
    };
    let read = measures::spans(&tokens).into_iter();
    for span in read.chain(names::spans(finder, text, &tokens)) {
        if free(&span.range, &spans) && spans.len() < MAX_SPANS {
            spans.push(span);
        }
    }
    let is_plain = spans.iter().any(|span| span.nature != Nature::Key);
    if is_plain && is_title(finder, text)? {
        spans.retain(|span| span.nature == Nature::Key);
    }
    if !has_other_words(finder, text, &spans) {
        // A place alone is what is looked for.
        spans.retain(|span| span.nature != Nature::Name || span.facet == Facet::Kind);
    }
    spans = that_leave_something(finder, text, spans)?;
    spans.sort_by_key(|span| span.range.start);
    Ok(finished(text, &spans))
}

/// Tells whether some card has all the words of the text in its title.
fn is_title(finder: &Finder<'_>, text: &str) -> Result<bool, SearchError> {
    let asked = parse(text, finder.analyser);
    let stems: Vec<&str> = asked
        .wanted
        .iter()
        .flat_map(Wanted::typed)
        .filter_map(|word| word.form.stem.as_deref())
        .collect();
    if stems.len() < 2 {
        return Ok(false);
    }
    let all = stems.iter().map(|stem| {
        let term = Term::from_field_text(finder.fields.title, stem);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
    });
    let all = BooleanQuery::intersection(all.collect());
    Ok(finder.searcher.search(&all, &Count)? > 0)
}

fn has_other_words(finder: &Finder<'_>, text: &str, spans: &[Span]) -> bool {
    let rest = parse(&blanked(text, spans), finder.analyser);
    rest.wanted.iter().any(|wanted| !wanted.is_common())
}

/// Keeps the spans under which the rest of the text still finds something.
fn that_leave_something(
    finder: &Finder<'_>,
    text: &str,
    spans: Vec<Span>,
) -> Result<Vec<Span>, SearchError> {
    let finds = |spans: &[Span]| -> Result<bool, SearchError> {
        let filters: Vec<_> = spans.iter().flat_map(Span::filters).collect();
        Ok(finder.count(&finished(text, spans), &filters)? > 0)
    };
    if spans.iter().all(|span| span.nature == Nature::Key) || finds(&spans)? {
        return Ok(spans);
    }
    let (mut kept, others): (Vec<Span>, Vec<Span>) = spans
        .into_iter()
        .partition(|span| span.nature == Nature::Key);
    for span in others {
        kept.push(span);
        if !finds(&kept)? {
            kept.pop();
        }
    }
    Ok(kept)
}

impl Span {
    fn filters(&self) -> impl Iterator<Item = (Facet, String)> {
        self.codes.iter().map(|code| (self.facet, code.clone()))
    }
}

/// Returns the text with spaces where the spans are, byte for byte.
fn blanked(text: &str, spans: &[Span]) -> String {
    let mut blanked = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if spans.iter().any(|span| span.range.contains(&at)) {
            blanked.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            blanked.push(c);
        }
    }
    blanked
}

fn finished(text: &str, spans: &[Span]) -> Read {
    let mut understood = Vec::new();
    for span in spans {
        let rest = blanked(text, std::slice::from_ref(span));
        let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        for code in &span.codes {
            understood.push(Understood {
                facet: span.facet,
                code: code.clone(),
                words: text[span.range.clone()].trim().to_owned(),
                rest: rest.clone(),
            });
        }
    }
    let measures = spans
        .iter()
        .filter_map(|span| span.measure.map(|(from, to)| (span.facet, from, to)));
    Read {
        text: blanked(text, spans),
        understood,
        measures: measures.collect(),
    }
}

/// Returns the stretch from one token to another.
fn range(tokens: &[Token]) -> Range<usize> {
    let first = tokens.first().map_or(0, |token| token.range.start);
    first..tokens.last().map_or(first, |token| token.range.end)
}
