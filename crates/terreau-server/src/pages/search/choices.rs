//! The filters beside the results: every value a link, with the number of cards that choosing it gives.

use std::collections::BTreeMap;

use terreau_card::CommonsConfig;
use terreau_card::facets::Facet;
use terreau_commons::{Answer, Understood};

use super::Asked;
use crate::{Words, facets};

/// How many facets are shown before one asks for more.
const FIRST: usize = 5;

/// A facet with its values.
pub struct Group {
    /// What it is called.
    pub heading: String,
    /// Its values.
    pub choices: Vec<Choice>,
    /// Whether a value of it is chosen.
    pub is_chosen: bool,
}

/// A value of a facet.
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// How many cards choosing it gives.
    pub count: usize,
    /// Where choosing it leads; none when it gives nothing.
    pub href: Option<String>,
    /// Whether it is chosen: the address then takes it away.
    pub chosen: bool,
    /// What stands under it, in a tree.
    pub under: Vec<Choice>,
}

/// A filter that is on.
pub struct Chip {
    /// What it is called.
    pub label: String,
    /// The words that it was read from, when nobody chose it.
    pub words: Option<String>,
    /// The address without it.
    pub href: String,
}

/// What choices are made from.
pub struct Choosing<'a> {
    /// What is asked.
    pub asked: &'a Asked,
    /// What was found.
    pub answer: &'a Answer,
    /// The vocabularies.
    pub config: &'a CommonsConfig,
    /// The reader's words.
    pub words: Words,
}

impl Choosing<'_> {
    /// Returns the facets that are shown at once, and the others.
    pub fn groups(&self) -> (Vec<Group>, Vec<Group>) {
        let mut first = Vec::new();
        let mut others = Vec::new();
        for (place, facet) in Facet::ALL.into_iter().enumerate() {
            let Some(group) = self.group(facet) else {
                continue;
            };
            if place < FIRST {
                first.push(group);
            } else {
                others.push(group);
            }
        }
        (first, others)
    }

    /// Returns the filters that are on: those chosen, then those understood.
    pub fn chips(&self) -> Vec<Chip> {
        let chosen = self.asked.filters.iter().map(|(facet, code)| Chip {
            label: self.said(*facet, code),
            words: None,
            href: self.asked.toggled(*facet, code).url(),
        });
        let understood = self.answer.understood.iter().map(|read| Chip {
            label: self.said(read.facet, &read.code),
            words: Some(read.words.clone()),
            href: self.asked.saying(&read.rest).url(),
        });
        chosen.chain(understood).collect()
    }

    fn said(&self, facet: Facet, code: &str) -> String {
        self.words.tell_two(
            "search-chip",
            "facet",
            facets::heading(facet, self.words),
            "value",
            facets::label(facet, code, self.config, self.words),
        )
    }

    fn group(&self, facet: Facet) -> Option<Group> {
        let counts: BTreeMap<&str, usize> = self
            .answer
            .counts
            .get(&facet)
            .into_iter()
            .flatten()
            .map(|(code, count)| (code.as_str(), *count))
            .collect();
        let mut values = facet.values(self.config);
        if values.is_empty() {
            // Languages and places are those of the cards, and those chosen.
            values.extend(counts.keys().map(|code| (*code).to_owned()));
            let chosen = self.asked.filters.iter();
            values.extend(
                chosen
                    .filter(|(its, _)| *its == facet)
                    .map(|(_, code)| code.clone()),
            );
            values.sort();
            values.dedup();
            // One language or none is no choice.
            if facet == Facet::Language && values.len() < 2 && !self.is_chosen(facet) {
                return None;
            }
        }
        let choices = if facet.is_tree() {
            self.branch(facet, &values, "", &counts)
        } else {
            values
                .iter()
                .map(|code| self.choice(facet, code, &counts))
                .collect()
        };
        // Where nothing is left to choose, nothing is shown.
        let is_useful = self.is_chosen(facet) || choices.iter().any(|choice| choice.count > 0);
        is_useful.then(|| Group {
            heading: facets::heading(facet, self.words),
            is_chosen: self.is_chosen(facet),
            choices,
        })
    }

    /// Returns the values directly under one, each opened when it or something under it is chosen.
    fn branch(
        &self,
        facet: Facet,
        values: &[String],
        above: &str,
        counts: &BTreeMap<&str, usize>,
    ) -> Vec<Choice> {
        let depth = above.matches('/').count();
        values
            .iter()
            .filter(|code| code.starts_with(above) && code.matches('/').count() == depth)
            .map(|code| {
                let mut choice = self.choice(facet, code, counts);
                let below = format!("{code}/");
                let is_open = self
                    .on(facet)
                    .any(|on| on == code || on.starts_with(&below));
                if is_open {
                    choice.under = self.branch(facet, values, &below, counts);
                }
                choice
            })
            .collect()
    }

    fn choice(&self, facet: Facet, code: &str, counts: &BTreeMap<&str, usize>) -> Choice {
        let count = counts.get(code).copied().unwrap_or(0);
        let read = self.read_in_text(facet, code);
        let chosen = self.asked.has(facet, code) || read.is_some();
        let href = match read {
            Some(read) if !self.asked.has(facet, code) => self.asked.saying(&read.rest).url(),
            _ => self.asked.toggled(facet, code).url(),
        };
        Choice {
            label: facets::label(facet, code, self.config, self.words),
            count,
            href: (count > 0 || chosen).then_some(href),
            chosen,
            under: Vec::new(),
        }
    }

    fn read_in_text(&self, facet: Facet, code: &str) -> Option<&Understood> {
        let mut understood = self.answer.understood.iter();
        understood.find(|read| read.facet == facet && read.code == code)
    }

    /// Iterates over the values of a facet that are on, chosen or understood.
    fn on(&self, facet: Facet) -> impl Iterator<Item = &String> {
        let chosen = self.asked.filters.iter().map(|(its, code)| (*its, code));
        let read = self
            .answer
            .understood
            .iter()
            .map(|read| (read.facet, &read.code));
        chosen
            .chain(read)
            .filter(move |(its, _)| *its == facet)
            .map(|(_, code)| code)
    }

    fn is_chosen(&self, facet: Facet) -> bool {
        self.on(facet).next().is_some()
    }
}
