//! The sentence that credits a card: one sentence, the same on page, print, feed and API.

use chrono::NaiveDate;

use crate::{Card, Language, SafeHtml};

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
    /// Address of the card.
    pub url: String,
    /// Date of the version.
    pub version_date: NaiveDate,
}

impl Attribution {
    /// Gathers the attribution of a card.
    pub fn of(_card: &Card, _facts: AttributionFacts) -> Self {
        todo!()
    }

    /// Returns the sentence as plain text.
    pub fn text(&self, _language: Language) -> String {
        todo!()
    }

    /// Returns the sentence as HTML that machines read too (RDFa, ccREL).
    pub fn html(&self, _language: Language) -> SafeHtml {
        todo!()
    }

    /// Returns the sentence as Markdown.
    pub fn markdown(&self, _language: Language) -> String {
        todo!()
    }
}
