//! Finds, counts and shows cards.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as TantivyQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Order, Searcher, TantivyDocument, Term};
use terreau_card::facets::Facet;
use terreau_card::{CardPath, Kind};

use crate::analysis::{Analyser, Form};
use crate::parse::{Asked, Wanted, parse};
use crate::schema::{Fields, TRIED, UPDATED, facet_value, stored};
use crate::snippet::Marker;
use crate::{Answer, Hit, Query, SearchError, Searched, Sort, facets, spelling};

/// Weight of a word found exactly as typed, beside what its family weighs.
const EXACT_WEIGHT: f32 = 0.6;
/// Weight of a word of the title exactly as typed.
const EXACT_TITLE_WEIGHT: f32 = 1.5;

type AnyQuery = Box<dyn TantivyQuery>;

/// One search on one moment of the index.
pub(crate) struct Finder<'a> {
    pub searcher: Searcher,
    pub fields: Fields,
    pub analyser: &'a Analyser,
}

impl Finder<'_> {
    /// Answers a question.
    pub fn answer(&self, query: &Query) -> Result<Answer, SearchError> {
        let asked = parse(&query.text, self.analyser);
        if !asked.blank && asked.wanted.is_empty() && asked.excluded.is_empty() {
            return Ok(Answer::default());
        }
        // Widening looks at the words only: a filter never adds cards.
        let all_words = self.base(&asked, Occur::Must);
        let widened = asked.wanted.len() > 1 && self.searcher.search(&all_words, &Count)? == 0;
        let base = if widened {
            self.base(&asked, Occur::Should)
        } else {
            all_words
        };

        let found = self
            .searcher
            .search(&base, &facets::Counting::new(&query.filters))?;
        let filtered = self.filtered(&base, &query.filters);
        Ok(Answer {
            total: found.total,
            hits: self.hits(&asked, &filtered, query)?,
            counts: found.counts(),
            corrected: if query.as_typed {
                None
            } else {
                spelling::suggestion(self, &asked)?
            },
            searched: if widened {
                Searched::SomeWords
            } else {
                Searched::AsTyped
            },
            ..Answer::default()
        })
    }

    /// Returns the query narrowed by filters: or within a facet, and across.
    fn filtered(&self, base: &AnyQuery, filters: &[(Facet, String)]) -> AnyQuery {
        let mut by_facet: BTreeMap<Facet, Vec<Term>> = BTreeMap::new();
        for (facet, code) in filters {
            let term = Term::from_field_text(self.fields.facet, &facet_value(*facet, code));
            by_facet.entry(*facet).or_default().push(term);
        }
        if by_facet.is_empty() {
            return base.box_clone();
        }
        let any = |terms| -> AnyQuery {
            let any = Box::new(BooleanQuery::new_multiterms_query(terms));
            Box::new(ConstScoreQuery::new(any, 0.0))
        };
        let all = std::iter::once(base.box_clone()).chain(by_facet.into_values().map(any));
        Box::new(BooleanQuery::intersection(all.collect()))
    }

    /// Returns the query for the words alone; `occur` tells whether all are needed.
    fn base(&self, asked: &Asked, occur: Occur) -> AnyQuery {
        let excluded = asked
            .excluded
            .iter()
            .map(|wanted| (Occur::MustNot, self.wanted(wanted)));
        let wanted: AnyQuery = if asked.wanted.is_empty() {
            Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
        } else {
            Box::new(BooleanQuery::new(
                asked
                    .wanted
                    .iter()
                    .map(|wanted| (occur, self.wanted(wanted)))
                    .collect(),
            ))
        };
        if asked.excluded.is_empty() {
            return wanted;
        }
        Box::new(BooleanQuery::new(
            std::iter::once((Occur::Must, wanted))
                .chain(excluded)
                .collect(),
        ))
    }

    fn wanted(&self, wanted: &Wanted) -> AnyQuery {
        match wanted {
            Wanted::Word(word) => self.word(&word.form),
            Wanted::Exact(form) => {
                let exact = self.term(self.fields.words, &form.folded, 1.0);
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, exact),
                    (Occur::Should, self.word(form)),
                ]))
            }
            Wanted::Compound { joined, parts } if parts.is_empty() => self.word(joined),
            Wanted::Compound { joined, parts } => {
                let parts = parts.iter().map(|part| self.word(&part.form)).collect();
                union(vec![
                    self.word(joined),
                    Box::new(BooleanQuery::intersection(parts)),
                ])
            }
            Wanted::Phrase(forms) => {
                let phrase = |(field, weight): (Field, f32)| {
                    let stems = forms.iter().filter_map(|form| form.stem.as_deref());
                    let terms = stems
                        .map(|stem| Term::from_field_text(field, stem))
                        .collect();
                    Box::new(BoostQuery::new(Box::new(PhraseQuery::new(terms)), weight)) as AnyQuery
                };
                union(self.fields.weighted().map(phrase).into())
            }
        }
    }

    /// Returns the query for a word: its family in every field, better when it is written as typed.
    fn word(&self, form: &Form) -> AnyQuery {
        let Some(stem) = &form.stem else {
            return self.term(self.fields.words, &form.folded, 1.0);
        };
        let mut fields: Vec<_> = self
            .fields
            .weighted()
            .map(|(field, weight)| self.term(field, stem, weight))
            .into();
        fields.push(self.term(self.fields.words, &form.folded, EXACT_WEIGHT));
        fields.push(self.term(self.fields.title_words, &form.folded, EXACT_TITLE_WEIGHT));
        union(fields)
    }

    fn term(&self, field: Field, text: &str, weight: f32) -> AnyQuery {
        let term = Term::from_field_text(field, text);
        Box::new(BoostQuery::new(
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
            weight,
        ))
    }

    fn hits(
        &self,
        asked: &Asked,
        filtered: &AnyQuery,
        query: &Query,
    ) -> Result<Vec<Hit>, SearchError> {
        // The collector reserves room for all it may return: never more than there are cards.
        let cards = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX);
        let limit = query.limit.min(cards.saturating_sub(query.offset));
        if limit == 0 {
            return Ok(Vec::new());
        }
        let top = TopDocs::with_limit(limit).and_offset(query.offset);
        let unscored = |at: DocAddress| (0.0, at);
        let found: Vec<(f32, DocAddress)> = match query.sort {
            Sort::MostTried => {
                let tried = top.order_by_fast_field::<u64>(TRIED, Order::Desc);
                let found = self.searcher.search(filtered, &tried)?;
                found.into_iter().map(|(_, at)| unscored(at)).collect()
            }
            Sort::Relevance if !asked.wanted.is_empty() => {
                self.searcher.search(filtered, &top.order_by_score())?
            }
            Sort::Relevance | Sort::Newest => {
                let newest = top.order_by_fast_field::<i64>(UPDATED, Order::Desc);
                let found = self.searcher.search(filtered, &newest)?;
                found.into_iter().map(|(_, at)| unscored(at)).collect()
            }
        };
        let marker = Marker::new(self.analyser, &asked.wanted, &self.rarities(&asked.wanted)?);
        let hits = found
            .into_iter()
            .map(|(score, at)| self.hit(at, score, &marker));
        Ok(hits
            .collect::<Result<Vec<_>, SearchError>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    /// Returns a card found; `None` when what is stored of it cannot be read, which a new schema would explain.
    fn hit(
        &self,
        at: DocAddress,
        score: f32,
        marker: &Marker<'_>,
    ) -> Result<Option<Hit>, SearchError> {
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
        let snippet = marker
            .passage(text(self.fields.body))
            .unwrap_or_else(|| marker.marked(summary));
        Ok(Some(Hit {
            id,
            path,
            kind,
            title: title.to_owned(),
            marked_title: marker.marked(title),
            summary: summary.to_owned(),
            snippet,
            score,
            tried: document
                .get_first(self.fields.tried)
                .and_then(|value| value.as_u64())
                .and_then(|tried| tried.try_into().ok())
                .unwrap_or_default(),
            alike: Vec::new(),
            why: None,
        }))
    }

    /// Returns how much finding each stem says: rare words say more.
    fn rarities(&self, wanted: &[Wanted]) -> Result<HashMap<Box<str>, f32>, SearchError> {
        let cards = self.searcher.num_docs() as f32;
        let forms = wanted.iter().flat_map(|wanted| match wanted {
            Wanted::Word(word) => vec![&word.form],
            Wanted::Compound { joined, parts } => parts
                .iter()
                .map(|part| &part.form)
                .chain([joined])
                .collect(),
            Wanted::Exact(form) => vec![form],
            Wanted::Phrase(forms) => forms.iter().collect(),
        });
        let mut rarities = HashMap::new();
        for stem in forms.filter_map(|form| form.stem.as_ref()) {
            let with = self
                .searcher
                .doc_freq(&Term::from_field_text(self.fields.body, stem))?
                as f32;
            rarities.insert(stem.clone(), (1.0 + cards / (1.0 + with)).ln());
        }
        Ok(rarities)
    }
}

fn union(queries: Vec<AnyQuery>) -> AnyQuery {
    Box::new(BooleanQuery::union(queries))
}
