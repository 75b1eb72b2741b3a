//! The second look at the best candidates: a score that a person can follow.
//!
//! ```text
//! score = ( Σ word: rarity × nature × how well the card has it          (fields, frequency, exactness)
//!         + words side by side as in the query
//!         + share of the query that the title has, more when the title says little else )
//!       × share of the query that the card has
//!       × preferences: kind, tried, reviewed, language                   (each small and bounded)
//! ```

mod nearness;
mod weights;

use std::collections::HashMap;

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};
use terreau_card::facets::Facet;

use self::weights::{WEIGHTS, Weights};
use crate::find::Finder;
use crate::plan::{Concept, Plan, What};
use crate::schema::{FACET, REVIEWED, TRIED, facet_value};
use crate::{Query, Reason, SearchError, Understood, Where, Why};

/// Fields that words are looked for in, the heaviest first.
const FIELDS: [Where; 5] = [
    Where::Title,
    Where::Tags,
    Where::Summary,
    Where::Labels,
    Where::Text,
];
/// Seconds in a year.
const YEAR: f32 = 365.25 * 86_400.0;

/// A card on its way to its place.
#[derive(Debug, Clone)]
pub(crate) struct Ranked {
    pub at: DocAddress,
    pub score: f32,
    pub why: Option<Why>,
}

/// What one concept finds in each candidate.
struct Match {
    /// How well each candidate has it, from 0 to 1.
    has: Vec<f32>,
    /// How much of the concept stands in the title.
    in_title: Vec<f32>,
    /// The field that counts most.
    best: Vec<Option<Where>>,
}

/// Puts candidates in order, best first.
pub(crate) fn ranked(
    finder: &Finder<'_>,
    plan: &Plan,
    candidates: &[(f32, DocAddress)],
    query: &Query,
    read: &[Understood],
) -> Result<Vec<Ranked>, SearchError> {
    let mut at: Vec<DocAddress> = candidates.iter().map(|(_, at)| *at).collect();
    at.sort_unstable();
    let ranking = Ranking {
        finder,
        weights: &WEIGHTS,
        lengths: Lengths::of(finder, &at)?,
        kinds: values(finder, Facet::Kind, &at)?,
        languages: values(finder, Facet::Language, &at)?,
        focus: focus(finder, read, &at)?,
        at: &at,
    };
    let concepts: Vec<&Concept> = plan.concepts.iter().chain(&plan.required).collect();
    let matches = concepts
        .iter()
        .map(|concept| ranking.matched(concept))
        .collect::<Result<Vec<_>, _>>()?;
    let near = nearness::near(finder, &plan.concepts, &at)?;
    let mut ranked = Vec::with_capacity(at.len());
    for (place, at) in at.iter().enumerate() {
        ranked.push(ranking.scored(*at, place, &concepts, &matches, &near, query)?);
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.at.cmp(&b.at)));
    Ok(ranked)
}

struct Ranking<'a> {
    finder: &'a Finder<'a>,
    weights: &'a Weights,
    lengths: Lengths,
    kinds: Vec<Option<String>>,
    languages: Vec<Option<String>>,
    /// How closely each candidate keeps to the filters read in the text, from 0 to 1; empty when none were.
    focus: Vec<f32>,
    /// The candidates in the order of the index.
    at: &'a [DocAddress],
}

impl Ranking<'_> {
    fn field(&self, place: Where) -> Field {
        let fields = &self.finder.fields;
        match place {
            Where::Title => fields.title,
            Where::Tags => fields.tags,
            Where::Summary => fields.summary,
            Where::Labels => fields.labels,
            Where::Text => fields.all,
        }
    }

    /// Finds a concept in every candidate.
    fn matched(&self, concept: &Concept) -> Result<Match, SearchError> {
        let count = self.at.len();
        // By field: how often each candidate has it, by the weight of what stands for it.
        let mut often = vec![[0.0f32; FIELDS.len()]; count];
        // A value is had or not.
        let mut named = vec![0.0f32; count];
        for alternative in &concept.alternatives {
            match &alternative.what {
                What::Stem(stem) => {
                    for (place, field) in FIELDS.iter().enumerate() {
                        let found = frequencies(self.finder, self.field(*field), stem, self.at)?;
                        for (often, found) in often.iter_mut().zip(found) {
                            often[place] = often[place].max(found as f32 * alternative.weight);
                        }
                    }
                }
                What::Word(word) => {
                    let found = frequencies(self.finder, self.finder.fields.words, word, self.at)?;
                    let title =
                        frequencies(self.finder, self.finder.fields.title_words, word, self.at)?;
                    for (often, (found, title)) in often.iter_mut().zip(found.iter().zip(title)) {
                        often[4] = often[4].max(*found as f32 * alternative.weight);
                        often[0] = often[0].max(title as f32 * alternative.weight);
                    }
                }
                What::Phrase(stems) => {
                    let found = nearness::phrases(self.finder, stems, self.at)?;
                    let mut in_fields = vec![[true; 4]; count];
                    for stem in stems {
                        for (place, field) in FIELDS[..4].iter().enumerate() {
                            let has = frequencies(self.finder, self.field(*field), stem, self.at)?;
                            for (all, has) in in_fields.iter_mut().zip(has) {
                                all[place] &= has > 0;
                            }
                        }
                    }
                    for (often, (found, all)) in often.iter_mut().zip(found.iter().zip(in_fields)) {
                        often[4] = often[4].max(*found as f32 * alternative.weight);
                        for place in 0..4 {
                            if all[place] {
                                often[place] = often[place].max(alternative.weight);
                            }
                        }
                    }
                }
                What::Value(value) => {
                    let found = frequencies(self.finder, self.finder.fields.facet, value, self.at)?;
                    for (named, found) in named.iter_mut().zip(found) {
                        *named = named.max(found.min(1) as f32 * alternative.weight);
                    }
                }
            }
        }
        let exact = self.exactness(concept)?;
        let weights = &self.weights.fields;
        let mut found = Match {
            has: vec![0.0; count],
            in_title: vec![0.0; count],
            best: vec![None; count],
        };
        for (card, often) in often.iter().enumerate() {
            let mut sum = 0.0;
            let mut most = 0.0;
            for (place, often) in often.iter().enumerate() {
                let part = weights[place] * often / self.lengths.norm(place, card, self.weights);
                sum += part;
                if part > most {
                    most = part;
                    found.best[card] = Some(FIELDS[place]);
                }
            }
            found.has[card] = sum / (sum + self.weights.saturation) * exact[card];
            if named[card] > found.has[card] {
                found.has[card] = named[card];
                found.best[card] = Some(Where::Labels);
            }
            found.in_title[card] = often[0].min(1.0) * exact[card];
        }
        Ok(found)
    }

    /// Returns how exactly each candidate writes a word: 1 as typed, less in another form or with other accents.
    fn exactness(&self, concept: &Concept) -> Result<Vec<f32>, SearchError> {
        let Some(form) = &concept.exact else {
            return Ok(vec![1.0; self.at.len()]);
        };
        let fields = &self.finder.fields;
        let folded = frequencies(self.finder, fields.words, &form.folded, self.at)?;
        let accented = match &form.accented {
            Some(accented) => frequencies(self.finder, fields.words, accented, self.at)?,
            None => folded.clone(),
        };
        let pairs = folded.into_iter().zip(accented);
        Ok(pairs
            .map(|(folded, accented)| match (folded > 0, accented > 0) {
                (_, true) => 1.0,
                (true, false) => self.weights.other_accents,
                (false, false) => self.weights.other_form,
            })
            .collect())
    }

    fn scored(
        &self,
        at: DocAddress,
        place: usize,
        concepts: &[&Concept],
        matches: &[Match],
        near: &[f32],
        query: &Query,
    ) -> Result<Ranked, SearchError> {
        let weights = self.weights;
        let mut reasons = Vec::new();
        let (mut sum, mut all, mut had, mut title) = (0.0, 0.0, 0.0, 0.0);
        for (concept, found) in concepts.iter().zip(matches) {
            let has = found.has[place];
            if concept.is_optional && has == 0.0 {
                continue;
            }
            all += concept.weight;
            sum += concept.weight * has;
            title += concept.weight * found.in_title[place];
            if has > 0.0 {
                had += concept.weight * has.powf(weights.coverage_of_match);
                if let Some(field) = found.best[place].filter(|_| query.explain) {
                    let name = concept.name.clone();
                    reasons.push((Reason::Word(name, field), concept.weight * has));
                }
            }
        }
        let near = near[place] * weights.nearness;
        // How much of the title the query says.
        let said: f32 = matches
            .iter()
            .map(|found| found.in_title[place].ceil())
            .sum();
        let length = self.lengths.title[place].max(1.0);
        let precision = (said / length).min(1.0);
        let title =
            title * weights.title * (1.0 - weights.precision + weights.precision * precision);
        let coverage = if all > 0.0 {
            (had / all).powf(weights.coverage)
        } else {
            1.0
        };
        let base = if self.focus.is_empty() { 0.0 } else { 1.0 };
        let mut score = (sum + near + title) * coverage + base;
        if let Some(focus) = self.focus.get(place) {
            score *= 1.0 + weights.focus * focus;
            if query.explain {
                reasons.push((Reason::Focus, 1.0 + weights.focus * focus));
            }
        }
        if query.explain {
            if near > 0.0 {
                reasons.push((Reason::Together(query.text.clone()), near));
            }
            if title > 0.0 {
                reasons.push((Reason::WholeTitle, title));
            }
            reasons.push((Reason::Coverage, coverage));
        }
        for (reason, factor) in self.preferences(at, place, query)? {
            score *= factor;
            if query.explain {
                reasons.push((reason, factor));
            }
        }
        reasons.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(Ranked {
            at,
            score,
            why: query.explain.then_some(Why { reasons }),
        })
    }

    /// Returns the small preferences for a card that are not 1.
    fn preferences(
        &self,
        at: DocAddress,
        place: usize,
        query: &Query,
    ) -> Result<Vec<(Reason, f32)>, SearchError> {
        let segment = self.finder.searcher.segment_reader(at.segment_ord);
        let fast = segment.fast_fields();
        let mut factors = Vec::new();
        let tried = fast.u64(TRIED)?.first(at.doc_id).unwrap_or(0) as f32;
        if tried > 0.0 {
            let steps = (1.0 + tried).log2().min(4.0);
            factors.push((Reason::Tried, 1.0 + self.weights.tried * steps));
        }
        if let (Some(now), Some(reviewed)) = (query.now, fast.i64(REVIEWED)?.first(at.doc_id)) {
            let years = (now.saturating_sub(reviewed)) as f32 / YEAR;
            if years < 1.0 {
                factors.push((Reason::Reviewed, 1.0 + self.weights.reviewed));
            }
        }
        let factor = self
            .weights
            .kind(self.kinds[place].as_deref().unwrap_or_default());
        if factor != 1.0 {
            factors.push((Reason::Kind, factor));
        }
        if let Some(language) = query.language
            && let Some(its) = &self.languages[place]
            && its != language.code()
        {
            factors.push((Reason::Language, self.weights.other_language));
        }
        Ok(factors)
    }
}

/// How long the fields of the candidates are, beside the usual.
struct Lengths {
    /// By field and candidate: length over average length.
    relative: Vec<[f32; FIELDS.len()]>,
    title: Vec<f32>,
}

impl Lengths {
    fn of(finder: &Finder<'_>, at: &[DocAddress]) -> Result<Lengths, SearchError> {
        let fields = &finder.fields;
        let mut lengths = Lengths {
            relative: vec![[1.0; FIELDS.len()]; at.len()],
            title: vec![1.0; at.len()],
        };
        let cards = (finder.searcher.num_docs() as f32).max(1.0);
        for (place, field) in [
            fields.title,
            fields.tags,
            fields.summary,
            fields.labels,
            fields.all,
        ]
        .into_iter()
        .enumerate()
        {
            let mut words = 0;
            for segment in finder.searcher.segment_readers() {
                words += segment.inverted_index(field)?.total_num_tokens();
            }
            let usual = (words as f32 / cards).max(1.0);
            let mut reader = None;
            for (card, at) in at.iter().enumerate() {
                if reader
                    .as_ref()
                    .is_none_or(|(ord, _)| *ord != at.segment_ord)
                {
                    let segment = finder.searcher.segment_reader(at.segment_ord);
                    reader = Some((at.segment_ord, segment.get_fieldnorms_reader(field)?));
                }
                if let Some((_, reader)) = &reader {
                    let length = reader.fieldnorm(at.doc_id) as f32;
                    lengths.relative[card][place] = length / usual;
                    if place == 0 {
                        lengths.title[card] = length;
                    }
                }
            }
        }
        Ok(lengths)
    }

    fn norm(&self, place: usize, card: usize, weights: &Weights) -> f32 {
        let share = weights.lengths[place];
        (1.0 - share + share * self.relative[card][place]).max(0.1)
    }
}

/// Returns how often each candidate has a term, candidates in the order of the index.
fn frequencies(
    finder: &Finder<'_>,
    field: Field,
    text: &str,
    at: &[DocAddress],
) -> Result<Vec<u32>, SearchError> {
    let mut found = vec![0; at.len()];
    let term = Term::from_field_text(field, text);
    for_each_segment(at, |segment, from, cards| {
        let reader = finder.searcher.segment_reader(segment);
        let index = reader.inverted_index(field)?;
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? else {
            return Ok(());
        };
        for (place, card) in cards.iter().enumerate() {
            if seek(&mut postings, card.doc_id) {
                found[from + place] = postings.term_freq();
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// Returns how closely each candidate keeps to the filters that were read: a card for 15 to 25 people more than one for
/// 2 to 200.
fn focus(
    finder: &Finder<'_>,
    read: &[Understood],
    at: &[DocAddress],
) -> Result<Vec<f32>, SearchError> {
    let mut facets: Vec<Facet> = read.iter().map(|its| its.facet).collect();
    facets.dedup();
    if facets.is_empty() {
        return Ok(Vec::new());
    }
    let mut focus = vec![0.0; at.len()];
    for facet in &facets {
        let start = facet_value(*facet, "");
        let codes: Vec<&str> = read
            .iter()
            .filter(|its| its.facet == *facet)
            .map(|its| its.code.as_str())
            .collect();
        for_each_segment(at, |segment, from, cards| {
            let fast = finder.searcher.segment_reader(segment).fast_fields();
            let Some(column) = fast.str(FACET)? else {
                return Ok(());
            };
            let mut asked = HashMap::new();
            let mut stream = column.dictionary().prefix_range(&start).into_stream()?;
            while stream.advance() {
                let is_asked = codes
                    .iter()
                    .any(|code| code.as_bytes() == &stream.key()[start.len()..]);
                asked.insert(stream.term_ord(), is_asked);
            }
            for (place, card) in cards.iter().enumerate() {
                let (mut all, mut kept) = (0.0, 0.0);
                for ord in column.ords().values_for_doc(card.doc_id) {
                    if let Some(is_asked) = asked.get(&ord) {
                        all += 1.0;
                        kept += f32::from(u8::from(*is_asked));
                    }
                }
                if all > 0.0 {
                    focus[from + place] += kept / all / facets.len() as f32;
                }
            }
            Ok(())
        })?;
    }
    Ok(focus)
}

/// Returns the first value that each candidate has in a facet.
pub(crate) fn values(
    finder: &Finder<'_>,
    facet: Facet,
    at: &[DocAddress],
) -> Result<Vec<Option<String>>, SearchError> {
    let mut found = vec![None; at.len()];
    let start = facet_value(facet, "");
    for_each_segment(at, |segment, from, cards| {
        let fast = finder.searcher.segment_reader(segment).fast_fields();
        let Some(column) = fast.str(FACET)? else {
            return Ok(());
        };
        let mut codes = HashMap::new();
        let mut stream = column.dictionary().prefix_range(&start).into_stream()?;
        while stream.advance() {
            let code = String::from_utf8_lossy(&stream.key()[start.len()..]).into_owned();
            codes.insert(stream.term_ord(), code);
        }
        for (place, card) in cards.iter().enumerate() {
            let mut ords = column.ords().values_for_doc(card.doc_id);
            found[from + place] = ords.find_map(|ord| codes.get(&ord).cloned());
        }
        Ok(())
    })?;
    Ok(found)
}

/// Moves to a card; tells whether it is there.
fn seek(postings: &mut impl DocSet, card: DocId) -> bool {
    if postings.doc() < card {
        postings.seek(card);
    }
    postings.doc() == card && card != TERMINATED
}

/// Walks through candidates segment by segment.
fn for_each_segment(
    at: &[DocAddress],
    mut each: impl FnMut(u32, usize, &[DocAddress]) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    let mut from = 0;
    for cards in at.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        each(cards[0].segment_ord, from, cards)?;
        from += cards.len();
    }
    Ok(())
}
