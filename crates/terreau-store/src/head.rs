//! What lists, search and links need to know of a card without reading its text again.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use terreau_card::{Card, CardId, CardPath, Kind, Language, Status, Value};

use crate::BlobId;

/// A published card in short, read once from its front matter and links.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Where the card is.
    pub path: CardPath,
    /// The blob that holds its text.
    pub blob: BlobId,
    /// Its identity across renames.
    pub id: CardId,
    /// What it is.
    pub kind: Kind,
    /// Its title; its slug when it has none.
    pub title: String,
    /// Its summary; may be empty.
    pub summary: String,
    /// Its language as written, if it says so; see [`Head::language_or`].
    pub language: Option<String>,
    /// Whether it is current.
    pub status: Status,
    /// Topic codes.
    pub topics: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Paths it had before.
    pub aliases: Vec<CardPath>,
    /// Every card that it names, with the relation it gives; one entry for each pair.
    pub mentions: Vec<(CardPath, Option<String>)>,
    /// Whom it credits: the organisations of its authors, and authors that may be one.
    pub credited: Vec<String>,
    /// When a commit last changed its file.
    pub updated: DateTime<Utc>,
    /// When it should be read again.
    pub review_by: Option<NaiveDate>,
    /// The facts that lists show and sort by.
    pub facts: Facts,
}

/// The few facts of a card that lists show.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Shortest and longest duration, ISO 8601 (`PT90M`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<(String, String)>,
    /// Fewest and most participants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<(i64, i64)>,
    /// Lowest and highest cost in euros.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_eur: Option<(f64, f64)>,
    /// From 1 (easy) to 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<u8>,
}

impl Head {
    /// Reads the head of a card; `None` when it has no identity or no kind, so that it cannot take its place in the commons.
    pub(crate) fn read(
        path: &CardPath,
        blob: BlobId,
        card: &Card,
        updated: DateTime<Utc>,
    ) -> Option<Head> {
        let owned = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let mut mentions: Vec<(CardPath, Option<String>)> = terreau_card::card_links(card, path)
            .into_iter()
            .map(|mention| (mention.to, mention.relation))
            .collect();
        mentions.sort();
        mentions.dedup();
        let mut credited: Vec<String> = card
            .authors()
            .into_iter()
            .flat_map(|author| [Some(author.name), author.organisation])
            .flatten()
            .collect();
        credited.sort();
        credited.dedup();
        let title = match card.title() {
            "" => path.slug(),
            title => title,
        };
        Some(Head {
            path: path.clone(),
            blob,
            id: card.id()?,
            kind: card.kind()?,
            title: title.to_owned(),
            summary: card.summary().to_owned(),
            language: card.language().map(str::to_owned),
            status: card.status(),
            topics: owned(card.topics()),
            tags: owned(card.tags()),
            aliases: card.aliases(),
            mentions,
            credited,
            updated,
            review_by: card
                .value("review_by")
                .and_then(Value::as_text)
                .and_then(|text| text.parse().ok()),
            facts: Facts::read(card),
        })
    }

    /// Returns the language of the card, which is the commons' own when the card says nothing of it.
    pub fn language_or(&self, default: Language) -> Language {
        self.language
            .as_deref()
            .and_then(Language::parse)
            .unwrap_or(default)
    }

    /// Whether the card is kept for memory only.
    pub fn is_archived(&self) -> bool {
        self.status == Status::Archived
    }
}

impl Facts {
    fn read(card: &Card) -> Facts {
        Facts {
            duration: bounds(card, "duration", |value| value.as_text().map(str::to_owned)),
            participants: bounds(card, "participants", integer),
            cost_eur: bounds(card, "cost_eur", decimal),
            difficulty: card
                .value("difficulty")
                .and_then(integer)
                .and_then(|level| u8::try_from(level).ok()),
        }
    }
}

/// Reads `{min, max}`; when only one bound is written it stands for both.
fn bounds<T: Clone>(card: &Card, key: &str, read: impl Fn(&Value) -> Option<T>) -> Option<(T, T)> {
    let value = card.value(key)?;
    let min = value.get("min").and_then(&read);
    let max = value.get("max").and_then(&read);
    match (min, max) {
        (Some(min), Some(max)) => Some((min, max)),
        (Some(only), None) | (None, Some(only)) => Some((only.clone(), only)),
        (None, None) => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

fn decimal(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}
