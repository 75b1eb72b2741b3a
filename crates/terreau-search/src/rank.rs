//! The second look at the best candidates: a score that a person can follow.
//!
//! ```text
//! score = ( Σ word: rarity × nature × how well the card has it          (fields, frequency, exactness)
//!         + words side by side as in the query
//!         + share of the query that the title has, more when the title says little else
//!         + share of the query that one of its questions has )
//!       × share of the query that the card has
//!       × preferences: kind, tried, reviewed, language                   (each small and bounded)
//!       + a share of the score of the best answers that name the card, or that it names
//! ```

mod answers;
mod company;
mod focus;
mod lengths;
mod nearness;
mod reading;
mod weights;

use tantivy::DocAddress;
use tantivy::schema::Field;
use terreau_card::facets::Facet;

use self::focus::{focus, wished};
use self::lengths::Lengths;
use self::reading::frequencies;
pub(crate) use self::reading::{numbers, texts, values};
use self::weights::{WEIGHTS, Weights};
use crate::find::{Finder, Ready};
use crate::plan::{Concept, What};
use crate::schema::{REVIEWED, TRIED};
use crate::{Query, Reason, SearchError, Understood, Where, Why};

/// Fields that words are looked for in, the heaviest first.
const FIELDS: [Where; 6] = [
    Where::Title,
    Where::Tags,
    Where::Summary,
    Where::Labels,
    Where::Asked,
    Where::Text,
];
const TITLE: usize = 0;
/// Everything that a card says: the last field.
const TEXT: usize = FIELDS.len() - 1;
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

/// What weighs the same for a concept: by candidate and field, how often it stands there.
struct Tier {
    weight: f32,
    often: Vec<[f32; FIELDS.len()]>,
}

/// Puts candidates in order, best first.
pub(crate) fn ranked(
    finder: &Finder<'_>,
    ready: &Ready,
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
        kinds: values(finder, Facet::Kind, &at),
        languages: values(finder, Facet::Language, &at),
        tried: numbers(finder, |fast| fast.u64(TRIED), &at)?,
        reviewed: numbers(finder, |fast| fast.i64(REVIEWED), &at)?,
        focus: focus(finder, read, ready, &at)?,
        wished: wished(finder, read, ready, &at),
        at: &at,
    };
    let plan = &ready.plan;
    let concepts: Vec<&Concept> = plan.concepts.iter().chain(&plan.required).collect();
    let matches = concepts
        .iter()
        .map(|concept| ranking.matched(concept))
        .collect::<Result<Vec<_>, _>>()?;
    let near = nearness::near(finder, &plan.concepts, &at)?;
    let answers = answers::answers(finder, &plan.concepts, &at)?;
    let mut ranked = Vec::with_capacity(at.len());
    for (place, at) in at.iter().enumerate() {
        ranked.push(ranking.scored(*at, place, &concepts, &matches, (&near, &answers), query));
    }
    sort(&mut ranked);
    company::company(finder, &mut ranked, query.explain)?;
    Ok(ranked)
}

/// Puts the best first.
fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.at.cmp(&b.at)));
}

struct Ranking<'a> {
    finder: &'a Finder<'a>,
    weights: &'a Weights,
    lengths: Lengths,
    kinds: Vec<Option<&'a str>>,
    languages: Vec<Option<&'a str>>,
    tried: Vec<Option<u64>>,
    reviewed: Vec<Option<i64>>,
    /// How closely each candidate keeps to the filters read in the text, from 0 to 1; empty when none were.
    focus: Vec<f32>,
    /// How closely each candidate keeps to what is wished, from 0 to 1.
    wished: Vec<f32>,
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
            Where::Asked => fields.asked,
            Where::Text => fields.all,
        }
    }

    /// Finds a concept in every candidate.
    fn matched(&self, concept: &Concept) -> Result<Match, SearchError> {
        let count = self.at.len();
        // What weighs the same stands together: forms of the word, its synonyms, what is further away.
        let mut tiers: Vec<Tier> = Vec::new();
        // A value is had or not.
        let mut named = vec![0.0f32; count];
        for alternative in &concept.alternatives {
            let often = match tiers
                .iter()
                .position(|tier| tier.weight == alternative.weight)
            {
                Some(known) => &mut tiers[known].often,
                None => {
                    tiers.push(Tier {
                        weight: alternative.weight,
                        often: vec![[0.0; FIELDS.len()]; count],
                    });
                    let last = tiers.len() - 1;
                    &mut tiers[last].often
                }
            };
            match &alternative.what {
                What::Stem(stem) => {
                    for (place, field) in FIELDS.iter().enumerate() {
                        let found = frequencies(self.finder, self.field(*field), stem, self.at)?;
                        for (often, found) in often.iter_mut().zip(found) {
                            often[place] = often[place].max(found as f32);
                        }
                    }
                }
                What::Word(word) => {
                    let found = frequencies(self.finder, self.finder.fields.words, word, self.at)?;
                    let title =
                        frequencies(self.finder, self.finder.fields.title_words, word, self.at)?;
                    for (often, (found, title)) in often.iter_mut().zip(found.iter().zip(title)) {
                        often[TEXT] = often[TEXT].max(*found as f32);
                        often[TITLE] = often[TITLE].max(title as f32);
                    }
                }
                What::Phrase(stems) => {
                    let found = nearness::phrases(self.finder, stems, self.at)?;
                    let mut in_fields = vec![[true; TEXT]; count];
                    for stem in stems {
                        for (place, field) in FIELDS[..TEXT].iter().enumerate() {
                            let has = frequencies(self.finder, self.field(*field), stem, self.at)?;
                            for (all, has) in in_fields.iter_mut().zip(has) {
                                all[place] &= has > 0;
                            }
                        }
                    }
                    for (often, (found, all)) in often.iter_mut().zip(found.iter().zip(in_fields)) {
                        often[TEXT] = often[TEXT].max(*found as f32);
                        for place in 0..TEXT {
                            if all[place] {
                                often[place] = often[place].max(1.0);
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
        for (card, exact) in exact.into_iter().enumerate() {
            // However often a card has a synonym, it is one: what stands for a word never counts as much as the word.
            let (mut best, mut rest) = (0.0f32, 1.0f32);
            for tier in &tiers {
                let often = &tier.often[card];
                let mut sum = 0.0;
                let mut most: (f32, Option<Where>) = (0.0, None);
                for (place, often) in often.iter().enumerate() {
                    let part =
                        weights[place] * often / self.lengths.norm(place, card, self.weights);
                    sum += part;
                    if part > most.0 {
                        most = (part, Some(FIELDS[place]));
                    }
                }
                let has = sum / (sum + self.weights.saturation) * tier.weight;
                if has > best {
                    rest *= 1.0 - best * self.weights.besides;
                    best = has;
                    found.best[card] = most.1;
                } else {
                    rest *= 1.0 - has * self.weights.besides;
                }
                found.in_title[card] =
                    found.in_title[card].max(often[TITLE].min(1.0) * tier.weight * exact);
            }
            found.has[card] = (1.0 - (1.0 - best) * rest) * exact;
            if named[card] > found.has[card] {
                found.has[card] = named[card];
                found.best[card] = Some(Where::Labels);
            }
        }
        self.acronyms(concept, &mut found)?;
        Ok(found)
    }

    /// Lets a card that writes an acronym have it, though once in a long text: it means nothing else.
    fn acronyms(&self, concept: &Concept, found: &mut Match) -> Result<(), SearchError> {
        if let Some(acronym) = &concept.acronym {
            let written = frequencies(self.finder, self.finder.fields.words, acronym, self.at)?;
            for (card, written) in written.into_iter().enumerate() {
                if written > 0 && found.has[card] < self.weights.acronym {
                    found.has[card] = self.weights.acronym;
                    found.best[card].get_or_insert(Where::Text);
                }
            }
        }
        Ok(())
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
        (near, answers): (&[f32], &[f32]),
        query: &Query,
    ) -> Ranked {
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
        let answers = answers[place] * weights.answers;
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
        let mut score = (sum + near + title + answers) * coverage + base;
        if let Some(focus) = self.focus.get(place) {
            score *= 1.0 + weights.focus * focus;
            if query.explain {
                reasons.push((Reason::Focus, 1.0 + weights.focus * focus));
            }
        }
        let wished = 1.0 + weights.wished * self.wished[place];
        score *= wished;
        if query.explain && wished > 1.0 {
            reasons.push((Reason::Focus, wished));
        }
        if query.explain {
            if near > 0.0 {
                reasons.push((Reason::Together(query.text.clone()), near));
            }
            if title > 0.0 {
                reasons.push((Reason::WholeTitle, title));
            }
            if answers > 0.0 {
                reasons.push((Reason::Answers, answers));
            }
            reasons.push((Reason::Coverage, coverage));
        }
        for (reason, factor) in self.preferences(place, query) {
            score *= factor;
            if query.explain {
                reasons.push((reason, factor));
            }
        }
        reasons.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ranked {
            at,
            score,
            why: query.explain.then_some(Why { reasons }),
        }
    }

    /// Returns the small preferences for a card that are not 1.
    fn preferences(&self, place: usize, query: &Query) -> Vec<(Reason, f32)> {
        let mut factors = Vec::new();
        let tried = self.tried[place].unwrap_or(0) as f32;
        if tried > 0.0 {
            let steps = (1.0 + tried).log2().min(4.0);
            factors.push((Reason::Tried, 1.0 + self.weights.tried * steps));
        }
        if let (Some(now), Some(reviewed)) = (query.now, self.reviewed[place]) {
            let years = (now.saturating_sub(reviewed)) as f32 / YEAR;
            if years < 1.0 {
                factors.push((Reason::Reviewed, 1.0 + self.weights.reviewed));
            }
        }
        let factor = self.weights.kind(self.kinds[place].unwrap_or_default());
        if factor != 1.0 {
            factors.push((Reason::Kind, factor));
        }
        if let Some(language) = query.language
            && let Some(its) = self.languages[place]
            && its != language.code()
        {
            factors.push((Reason::Language, self.weights.other_language));
        }
        factors
    }
}
