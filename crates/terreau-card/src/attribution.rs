//! The sentence that credits a card: one sentence, the same on page, print, feed and API.
//!
//! « **Titre** » par *auteurs* (organisation), adresse, version du JJ/MM/AAAA, licence CC BY-SA 4.0 (adresse de la licence).
//! Adapté de « … » par … (licence …) ; modifications : …

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::{Card, Language, SafeHtml};

mod sentence;

/// What the card itself does not know about its own attribution.
#[derive(Clone, Debug)]
pub struct AttributionFacts {
    /// Address of the card on its instance.
    pub url: String,
    /// Date of the version shown.
    pub version_date: NaiveDate,
    /// Names credited by the history, those who did most first.
    pub credited: Vec<String>,
    /// Licence of the commons, for a card that names none.
    pub default_licence: String,
}

/// Who made a card, where it stands, under which licence, and from what it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Title of the card.
    pub title: String,
    /// The parties that the card names.
    pub authors: Vec<Party>,
    /// Names from the history that are not among the authors.
    pub contributors: Vec<String>,
    /// Address of the card.
    pub url: String,
    /// Date of the version.
    pub version_date: NaiveDate,
    /// SPDX expression.
    pub licence: String,
    /// The works that it was adapted or translated from.
    pub origins: Vec<Origin>,
}

/// A person or an organisation to credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// The organisation of a person.
    pub organisation: Option<String>,
    /// What it did, when that is not writing.
    pub role: Option<String>,
}

/// A work that a card was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its title.
    pub title: String,
    /// Who made it.
    pub authors: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its SPDX licence.
    pub licence: Option<String>,
    /// What was changed.
    pub changes: Option<String>,
    /// Whether it was translated rather than adapted.
    pub translated: bool,
}

impl Attribution {
    /// Gathers the attribution of a card.
    pub fn of(card: &Card, facts: AttributionFacts) -> Self {
        let authors: Vec<Party> = card
            .authors()
            .into_iter()
            .filter(|author| !author.name.trim().is_empty())
            .map(|author| Party {
                name: author.name,
                organisation: author.organisation.filter(|name| !name.trim().is_empty()),
                role: author.role.filter(|role| role != "author"),
            })
            .collect();
        let mut named: HashSet<String> = authors
            .iter()
            .map(|party| party.name.trim().to_lowercase())
            .collect();
        let contributors = facts
            .credited
            .into_iter()
            .filter(|name| !name.trim().is_empty() && named.insert(name.trim().to_lowercase()))
            .collect();
        let origins = card
            .sources()
            .into_iter()
            .filter(|source| matches!(source.usage.as_str(), "adapted-from" | "translated-from"))
            .map(|source| Origin {
                translated: source.usage == "translated-from",
                title: source.title,
                authors: source.authors,
                url: source.url,
                licence: source.licence,
                changes: source.changes,
            })
            .collect();
        Attribution {
            title: card.title().to_owned(),
            authors,
            contributors,
            url: facts.url,
            version_date: facts.version_date,
            licence: card.licence().map_or(facts.default_licence, str::to_owned),
            origins,
        }
    }

    /// Returns the sentence as plain text.
    pub fn text(&self, language: Language) -> String {
        sentence::text(&sentence::pieces(self, language))
    }

    /// Returns the sentence as HTML that machines read too (RDFa, ccREL).
    ///
    /// Source: Creative Commons, *Marking works technical*: `rel="license"` leads to the canonical address.
    pub fn html(&self, language: Language) -> SafeHtml {
        sentence::html(&sentence::pieces(self, language), &self.url)
    }

    /// Returns the sentence as Markdown.
    pub fn markdown(&self, language: Language) -> String {
        sentence::markdown(&sentence::pieces(self, language))
    }
}

#[cfg(test)]
mod tests;
