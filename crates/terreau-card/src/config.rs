//! `commons.toml`: the words that belong to the commons.

mod governance;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{Kind, Language, Problem};

pub use governance::with_governance;
pub(crate) use read::{Reader, read};

/// A word in the languages of the commons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Labels {
    /// Returns the word in a language, in the other when it isn't translated.
    pub fn get(&self, language: Language) -> &str {
        let (asked, other) = match language {
            Language::French => (&self.fr, &self.en),
            Language::English => (&self.en, &self.fr),
        };
        if asked.is_empty() { other } else { asked }
    }
}

/// A word of a vocabulary, with the words under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What cards write.
    pub code: String,
    /// What people read.
    pub label: Labels,
    /// The terms under this one.
    pub terms: Vec<Term>,
}

/// A section that cards of a kind have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionDef {
    /// What programs call it; the steps are `deroule` in every kind that has steps.
    pub code: String,
    /// Its heading.
    pub label: Labels,
    /// What to write there.
    pub hint: Labels,
    /// Whether a card can't do without it.
    pub required: bool,
}

/// What the commons says of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindConfig {
    /// The folder in which a new card is created.
    pub folder: String,
    /// What people call one card of this kind.
    pub label: Labels,
    /// What people call several.
    pub plural: Labels,
    /// The sections of its body, in order.
    pub sections: Vec<SectionDef>,
}

impl KindConfig {
    /// Returns the section of a code.
    pub fn section(&self, code: &str) -> Option<&SectionDef> {
        self.sections.iter().find(|section| section.code == code)
    }
}

/// Who must agree before a change of some paths is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GovernanceRule {
    /// What people call the rule.
    pub name: String,
    /// Globs of files: `**`, `methodes/**`, `commons.toml`.
    pub paths: Vec<String>,
    /// How many approvals.
    pub approvals: u32,
    /// From how many different organisations.
    pub organisations: u32,
    /// The roles that may publish without asking.
    pub publishers: Vec<String>,
    /// Who looks after these paths.
    pub stewards: Vec<String>,
}

/// What `commons.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonsConfig {
    /// The version of the format, 1.
    pub format: i64,
    /// The name of the commons.
    pub name: Labels,
    /// What it is for.
    pub description: Labels,
    /// The address of the canonical instance.
    pub base_url: Option<String>,
    /// The language of cards that name none.
    pub default_language: Language,
    /// The licence of cards that name none.
    pub default_licence: String,
    /// Every kind, in the order of the format.
    pub kinds: BTreeMap<Kind, KindConfig>,
    /// The vocabularies by name, in the order of the file.
    pub vocabularies: BTreeMap<String, Vec<Term>>,
    /// The criteria of self-evaluation.
    pub criteria: Vec<Term>,
    /// Who must agree, in the order of the file.
    pub governance: Vec<GovernanceRule>,
}

impl CommonsConfig {
    /// Reads `commons.toml`.
    ///
    /// # Errors
    /// Every problem found, with its line and column.
    pub fn read(text: &str) -> Result<CommonsConfig, Vec<Problem>> {
        match read(text) {
            (config, problems) if !problems.iter().any(Problem::is_error) => Ok(config),
            (_, problems) => Err(problems),
        }
    }

    /// Returns what the commons says of a kind.
    pub fn kind(&self, kind: Kind) -> &KindConfig {
        self.kinds
            .get(&kind)
            .expect("every kind is filled in when the file is read")
    }

    /// Returns the terms of a vocabulary; none when the commons doesn't have it.
    pub fn terms(&self, vocabulary: &str) -> &[Term] {
        self.vocabularies.get(vocabulary).map_or(&[], Vec::as_slice)
    }

    /// Returns the term of a code, at any depth.
    pub fn term(&self, vocabulary: &str, code: &str) -> Option<&Term> {
        find(self.terms(vocabulary), code)
    }

    /// Returns the label of a code in a vocabulary, or the code itself when nobody has named it.
    pub fn label<'a>(&'a self, vocabulary: &str, code: &'a str, language: Language) -> &'a str {
        self.term(vocabulary, code)
            .map_or(code, |term| term.label.get(language))
    }
}

fn find<'a>(terms: &'a [Term], code: &str) -> Option<&'a Term> {
    terms.iter().find_map(|term| {
        if term.code == code {
            Some(term)
        } else {
            find(&term.terms, code)
        }
    })
}
