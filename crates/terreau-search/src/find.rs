//! Finds, counts and shows cards.

use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery,
    Query as TantivyQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{Searcher, TantivyDocument, Term};
use terreau_card::facets::Facet;
use terreau_card::{CardPath, Kind};

use crate::analysis::Analyser;
use crate::collect::{Collected, Collecting, Order};
use crate::group::Group;
use crate::intent::{Measure, Read};
use crate::lexicon::Meanings;
use crate::parse::{Asked, Wanted, parse};
use crate::plan::{Alternative, Concept, Plan, What, plan};
use crate::rank::{Ranked, ranked};
use crate::schema::{Fields, stored, told};
use crate::snippet::Marker;
use crate::soft::Soft;
use crate::values::Values;
use crate::{
    Answer, Hit, Query, SearchError, Searched, Understood, group, intent, spelling, ways_out,
};

/// Candidates that are looked at a second time.
const CANDIDATES: usize = 100;
/// With so many cards that have every word, none are shown that lack some.
const ENOUGH: usize = 40;
/// The share of what a query says that a card needs when few have all.
const NEEDED: f32 = 0.4;
/// With fewer cards than this, any word that says something will do.
const FEW: usize = 10;
/// What the fields weigh in the first look: title, labels, everything; the second look is finer.
const FIRST_LOOK: [f32; 3] = [2.0, 0.4, 1.0];

pub(crate) type AnyQuery = Box<dyn TantivyQuery>;
/// Facets with the values wanted in them.
type Filters = Vec<(Facet, String)>;

/// One search on one moment of the index.
pub(crate) struct Finder<'a> {
    pub searcher: Searcher,
    /// The values of the cards, by segment.
    pub values: Vec<Arc<Values>>,
    pub fields: Fields,
    pub analyser: &'a Analyser,
    pub meanings: &'a Meanings,
}

/// A text made ready: what it asks for, and the query that finds it.
pub(crate) struct Ready {
    pub asked: Asked,
    pub plan: Plan,
    /// The measures read in the text.
    pub measures: Vec<Measure>,
    /// Filters were read in the text.
    is_narrowed: bool,
}

impl Ready {
    /// Tells whether no card has any of the words.
    fn knows_nothing(&self) -> bool {
        let concepts = &self.plan.concepts;
        !concepts.is_empty() && concepts.iter().all(|concept| concept.weight == 0.0)
    }

    /// Tells whether there is nothing to find nor to leave out.
    fn is_about_nothing(&self) -> bool {
        !self.asked.blank && self.asked.wanted.is_empty() && self.asked.excluded.is_empty()
    }
}

impl Finder<'_> {
    /// Answers a question.
    pub fn answer(&self, query: &Query) -> Result<Answer, SearchError> {
        let (mut answer, ready, filters) = self.understood(query)?;
        if !ready.is_about_nothing() {
            let has_words = ready.asked.has_words() || !answer.understood.is_empty();
            let order = Order::of(query.sort, has_words);
            let keep = self.kept(query, order);
            let (collected, is_whole) = self.collected(
                &ready,
                &Collecting::new(&self.values, &filters, order, keep),
            )?;
            if !is_whole && !ready.knows_nothing() && answer.searched == Searched::AsTyped {
                answer.searched = Searched::SomeWords;
            }
            answer.total = collected.total;
            answer.counts = collected.counts();
            answer.hits = self.hits(&ready, collected, order, query, &answer.understood)?;
        }
        if answer.total == 0 {
            answer.ways_out = ways_out::ways_out(self, query, &answer, &ready)?;
        }
        Ok(answer)
    }

    /// Returns how many cards a question finds.
    pub fn total(&self, query: &Query) -> Result<usize, SearchError> {
        let (_, ready, filters) = self.understood(query)?;
        self.counted(&ready, &filters)
    }

    /// Returns how many cards a text finds under filters.
    pub fn count(&self, read: &Read, filters: &[(Facet, String)]) -> Result<usize, SearchError> {
        self.counted(&self.ready(read)?, filters)
    }

    fn counted(&self, ready: &Ready, filters: &[(Facet, String)]) -> Result<usize, SearchError> {
        if ready.is_about_nothing() {
            return Ok(0);
        }
        let counting = Collecting::new(&self.values, filters, Order::Newest, 0);
        Ok(self.collected(ready, &counting)?.0.total)
    }

    /// Collects the cards that have every word; when they are few, those that have most of them, or any that says
    /// something. Tells whether some card has every word.
    ///
    /// How many are few is told before filters, so that a filter never adds cards.
    fn collected(
        &self,
        ready: &Ready,
        collecting: &Collecting<'_>,
    ) -> Result<(Collected, bool), SearchError> {
        let plan = &ready.plan;
        let needed = plan.concepts.iter().filter(|its| !its.is_optional);
        let known: f32 = needed.map(|concept| concept.weight).sum();
        let mut collected = self.searcher.search(&self.base(plan, known), collecting)?;
        let mut is_whole = plan.concepts.iter().all(|concept| concept.weight > 0.0);
        // Stop words alone are what is looked for: all of them.
        let is_soft = plan.concepts.len() > 1 && !ready.asked.wanted.iter().all(Wanted::is_common);
        if !is_soft {
            return Ok((collected, is_whole));
        }
        is_whole &= collected.seen > 0;
        if collected.seen < ENOUGH {
            let least = known.min(plan.least());
            // Filters that were read narrow enough: any word that says something will do.
            let mut need = known * NEEDED;
            if ready.is_narrowed {
                need = need.min(least);
            }
            collected = self.searcher.search(&self.base(plan, need), collecting)?;
            // Then any word that says something, then any word at all: a question has few that do.
            for next in [least, plan.lightest()] {
                if collected.seen < FEW && next < need {
                    need = next;
                    collected = self.searcher.search(&self.base(plan, need), collecting)?;
                }
            }
        }
        Ok((collected, is_whole))
    }

    /// Understands a question: what the answer says of its text, the text made ready, all filters.
    fn understood(&self, query: &Query) -> Result<(Answer, Ready, Filters), SearchError> {
        let read = if query.as_typed {
            Read::nothing(&query.text)
        } else {
            intent::read(self, &query.text)?
        };
        let mut filters = query.filters.clone();
        filters.extend(read.filters());
        let mut ready = self.ready(&read)?;
        let mut answer = Answer {
            understood: read.understood,
            ..Answer::default()
        };
        if !query.as_typed {
            answer.corrected = spelling::suggestion(self, &ready.asked, &query.text)?;
            if let Some(corrected) = answer.corrected.clone()
                && ready.knows_nothing()
            {
                ready = self.ready(&intent::read(self, &corrected)?)?;
                answer.searched = Searched::Corrected(corrected);
            }
        }
        Ok((answer, ready, filters))
    }

    /// Makes a text ready. What it finds depends on the text alone, so that a filter never adds cards.
    pub fn ready(&self, read: &Read) -> Result<Ready, SearchError> {
        let asked = parse(&read.text, self.analyser);
        let plan = plan(self, &asked, !read.understood.is_empty())?;
        Ok(Ready {
            asked,
            plan,
            measures: read.measures.clone(),
            is_narrowed: !read.understood.is_empty(),
        })
    }

    /// Returns the query for the words alone.
    fn base(&self, plan: &Plan, need: f32) -> AnyQuery {
        let mut clauses: Vec<(Occur, AnyQuery)> = Vec::new();
        let (optional, needed): (Vec<&Concept>, Vec<&Concept>) =
            plan.concepts.iter().partition(|its| its.is_optional);
        let parts: Vec<(AnyQuery, f32)> = needed
            .iter()
            .filter(|concept| concept.weight > 0.0)
            .map(|concept| (self.concept(concept), concept.weight))
            .collect();
        if !parts.is_empty() {
            clauses.push((Occur::Must, Box::new(Soft { parts, need })));
        } else if !needed.is_empty() {
            clauses.push((Occur::Must, Box::new(EmptyQuery)));
        }
        for required in &plan.required {
            clauses.push((Occur::Must, self.concept(required)));
        }
        for concept in optional {
            clauses.push((Occur::Should, self.concept(concept)));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::Should) {
            clauses.push((
                Occur::Must,
                Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
            ));
        }
        for excluded in &plan.excluded {
            clauses.push((Occur::MustNot, self.concept(excluded)));
        }
        if clauses.len() == 1 {
            return clauses.remove(0).1;
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Returns the query for all that may stand for one thing.
    fn concept(&self, concept: &Concept) -> AnyQuery {
        let mut any: Vec<AnyQuery> = Vec::new();
        for Alternative { what, weight } in &concept.alternatives {
            match what {
                What::Stem(stem) => {
                    let fields = &self.fields;
                    let fields = [fields.title, fields.labels, fields.all];
                    for (field, share) in fields.into_iter().zip(FIRST_LOOK) {
                        // What merely stands for a word is looked for where it counts most.
                        if *weight >= 1.0 || share >= 1.0 {
                            any.push(self.term(field, stem, share * weight));
                        }
                    }
                }
                What::Word(word) => any.push(self.term(self.fields.words, word, *weight)),
                What::Phrase(stems) => {
                    let terms: Vec<(usize, Term)> = stems
                        .iter()
                        .map(|stem| Term::from_field_text(self.fields.all, stem))
                        .enumerate()
                        .collect();
                    // Typed between quotes, nothing may slip in.
                    let slop = u32::from(*weight < 1.0);
                    let phrase = PhraseQuery::new_with_offset_and_slop(terms, slop);
                    any.push(Box::new(BoostQuery::new(Box::new(phrase), weight * 2.0)));
                }
                What::Value(value) => {
                    let value = self.term(self.fields.facet, value, 1.0);
                    any.push(Box::new(ConstScoreQuery::new(value, *weight)));
                }
            }
        }
        if any.len() == 1 {
            return any.remove(0);
        }
        Box::new(BooleanQuery::union(any))
    }

    fn term(&self, field: Field, text: &str, weight: f32) -> AnyQuery {
        let term = Term::from_field_text(field, text);
        let term = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        if weight == 1.0 {
            return term;
        }
        Box::new(BoostQuery::new(term, weight))
    }

    /// Returns how many cards to keep for a page: never more than there are.
    fn kept(&self, query: &Query, order: Order) -> usize {
        if query.limit == 0 {
            return 0;
        }
        let cards = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX);
        let wanted = query.offset.saturating_add(query.limit);
        let wanted = match order {
            Order::Score => wanted.saturating_add(CANDIDATES).max(CANDIDATES),
            Order::Tried | Order::Newest => wanted,
        };
        wanted.min(cards)
    }

    /// Returns the hits of one page.
    fn hits(
        &self,
        ready: &Ready,
        collected: Collected,
        order: Order,
        query: &Query,
        read: &[Understood],
    ) -> Result<Vec<Hit>, SearchError> {
        let mut best = collected.best;
        let groups = if order == Order::Score {
            let rest = best.split_off(CANDIDATES.min(best.len()));
            let ranked = ranked(self, ready, &best, query, read)?;
            let mut groups = if query.is_bare {
                ranked.into_iter().map(Group::of).collect()
            } else {
                group::groups(self, ranked)?
            };
            groups.extend(rest.into_iter().map(Group::alone));
            groups
        } else {
            best.into_iter()
                .map(|(_, at)| Group::alone((0.0, at)))
                .collect()
        };
        let marker = (!query.is_bare).then(|| Marker::new(self.analyser, &ready.plan));
        let page = groups.into_iter().skip(query.offset).take(query.limit);
        let hits: Vec<Option<Hit>> = page
            .map(|group| self.hit(group, marker.as_ref()))
            .collect::<Result<_, SearchError>>()?;
        Ok(hits.into_iter().flatten().collect())
    }

    /// Returns a card found; `None` when what is stored of it cannot be read, which a new schema would explain.
    fn hit(&self, group: Group, marker: Option<&Marker<'_>>) -> Result<Option<Hit>, SearchError> {
        let Ranked { at, score, why } = group.first;
        let document: TantivyDocument = self.searcher.doc(at)?;
        let text = |field| stored(&document, field);
        let (Ok(id), Ok(path), Ok(kind)) = (
            text(self.fields.id).parse(),
            CardPath::parse(text(self.fields.path)),
            text(self.fields.kind).parse::<Kind>(),
        ) else {
            tracing::warn!(
                path = text(self.fields.path),
                "a card of the search index cannot be read"
            );
            return Ok(None);
        };
        let (title, summary) = (text(self.fields.title), text(self.fields.summary));
        let (marked_title, snippet, asked) = match marker {
            Some(marker) => (
                marker.marked(told(&document, self.fields.title)),
                marker
                    .passage(told(&document, self.fields.body))
                    .unwrap_or_else(|| marker.marked(told(&document, self.fields.summary))),
                marker.nearest(told(&document, self.fields.asked)),
            ),
            None => Default::default(),
        };
        let mut alike = Vec::new();
        for other in group.alike {
            let other: TantivyDocument = self.searcher.doc(other)?;
            alike.extend(CardPath::parse(stored(&other, self.fields.path)));
        }
        let tried = document.get_first(self.fields.tried);
        Ok(Some(Hit {
            id,
            path,
            kind,
            title: title.to_owned(),
            marked_title,
            summary: summary.to_owned(),
            snippet,
            asked,
            score,
            tried: tried
                .and_then(|value| value.as_u64())
                .and_then(|tried| tried.try_into().ok())
                .unwrap_or_default(),
            alike,
            why,
        }))
    }
}
