//! A query that needs most of its words: each weighs what it says, and a card needs so much of the weight.
//!
//! Words whose weights together stay below what is needed cannot find a card alone: they only add to what the others
//! find, so that frequent words cost little.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// How much a score falls with the share of the query that a card lacks.
const COVERAGE: f32 = 1.0;

/// Parts, each with its weight, and the weight that a card needs.
#[derive(Debug)]
pub(crate) struct Soft {
    pub parts: Vec<(Box<dyn Query>, f32)>,
    pub need: f32,
}

impl Clone for Soft {
    fn clone(&self) -> Self {
        let parts = self.parts.iter();
        Soft {
            parts: parts
                .map(|(part, weight)| (part.box_clone(), *weight))
                .collect(),
            need: self.need,
        }
    }
}

impl Query for Soft {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let parts = self.parts.iter();
        let parts = parts
            .map(|(part, weight)| Ok((part.weight(scoring)?, *weight)))
            .collect::<tantivy::Result<_>>()?;
        Ok(Box::new(SoftWeight {
            parts,
            need: self.need,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for (part, _) in &self.parts {
            part.query_terms(visitor);
        }
    }
}

struct SoftWeight {
    parts: Vec<(Box<dyn Weight>, f32)>,
    need: f32,
}

impl Weight for SoftWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for (part, weight) in &self.parts {
            parts.push((part.scorer(reader, boost)?, *weight));
        }
        // The most frequent first: the first ones that together stay below the need lead nowhere alone.
        parts.sort_by_key(|(part, _)| std::cmp::Reverse(part.size_hint()));
        let mut sum = 0.0;
        let followers = parts
            .iter()
            .take_while(|(_, weight)| {
                sum += weight;
                sum < self.need - f32::EPSILON * 16.0
            })
            .count();
        let mut scorer = SoftScorer {
            total: parts
                .iter()
                .map(|(_, weight)| weight)
                .sum::<f32>()
                .max(1e-6),
            parts,
            followers,
            need: self.need,
            at: 0,
            have: 0.0,
        };
        scorer.at = scorer.lowest_leader();
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("most of the words", 0.0))
    }
}

struct SoftScorer {
    parts: Vec<(Box<dyn Scorer>, f32)>,
    /// How many parts, from the first, only follow.
    followers: usize,
    need: f32,
    total: f32,
    at: DocId,
    have: f32,
}

impl SoftScorer {
    fn lowest_leader(&self) -> DocId {
        let leaders = self.parts[self.followers..].iter();
        leaders
            .map(|(part, _)| part.doc())
            .min()
            .unwrap_or(TERMINATED)
    }

    /// Moves on from the present card, itself included, to one that has enough.
    fn settle(&mut self) {
        while self.at != TERMINATED {
            self.have = 0.0;
            for (part, weight) in &self.parts[self.followers..] {
                if part.doc() == self.at {
                    self.have += weight;
                }
            }
            let mut missing: f32 = self.parts[..self.followers]
                .iter()
                .map(|(_, weight)| weight)
                .sum();
            let need = self.need - f32::EPSILON * 16.0;
            for (part, weight) in &mut self.parts[..self.followers] {
                if self.have + missing < need {
                    break;
                }
                missing -= *weight;
                if part.doc() < self.at {
                    part.seek(self.at);
                }
                if part.doc() == self.at {
                    self.have += *weight;
                }
            }
            if self.have >= need {
                return;
            }
            self.leave();
        }
    }

    /// Moves the leaders past the present card.
    fn leave(&mut self) {
        for (part, _) in &mut self.parts[self.followers..] {
            if part.doc() == self.at {
                part.advance();
            }
        }
        self.at = self.lowest_leader();
    }
}

impl DocSet for SoftScorer {
    fn advance(&mut self) -> DocId {
        if self.at != TERMINATED {
            self.leave();
            self.settle();
        }
        self.at
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.at < target {
            for (part, _) in &mut self.parts[self.followers..] {
                if part.doc() < target {
                    part.seek(target);
                }
            }
            self.at = self.lowest_leader();
            self.settle();
        }
        self.at
    }

    fn doc(&self) -> DocId {
        self.at
    }

    fn size_hint(&self) -> u32 {
        let leaders = self.parts[self.followers..].iter();
        leaders.map(|(part, _)| part.size_hint()).sum()
    }
}

impl Scorer for SoftScorer {
    fn score(&mut self) -> Score {
        let mut score = 0.0;
        for (part, _) in &mut self.parts {
            if part.doc() == self.at {
                score += part.score();
            }
        }
        score * (self.have / self.total).powf(COVERAGE)
    }
}
