//! The facts of a card, said as people say them: a band of what decides, then the details, kind by kind.
//!
//! Pure: values in, words out.

mod band;
mod details;
pub mod say;
pub mod spoken;

use terreau_card::{Card, CardPath, CommonsConfig, Kind, Value};
use terreau_commons::{Facts, Snapshot};

use crate::{Words, url};

pub use band::band;
pub use details::{details, label_of};

/// One fact: a label and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about: « Durée ».
    pub label: String,
    /// What is said: « 2 à 3 heures », or several things, some of them links.
    pub pieces: Vec<Piece>,
    /// A remark below, in smaller letters.
    pub note: Option<String>,
}

/// Words of a fact, and where they lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// The address of the card that they name.
    pub href: Option<String>,
}

impl Piece {
    /// Makes words that lead nowhere.
    pub fn plain(text: impl Into<String>) -> Piece {
        Piece {
            text: text.into(),
            href: None,
        }
    }

    /// Makes words that lead somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Piece {
        Piece {
            text: text.into(),
            href: Some(href.into()),
        }
    }
}

/// What facts are said from.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// The card.
    pub card: &'a Card,
    /// The commons around it: titles of other cards.
    pub snapshot: &'a Snapshot,
    /// The words to say them with.
    pub words: Words,
}

impl<'a> Telling<'a> {
    fn config(&self) -> &'a CommonsConfig {
        self.snapshot.config()
    }

    /// Returns the value of a key, when it says something.
    pub fn value(&self, key: &str) -> Option<&'a Value> {
        self.card.value(key).filter(|value| !value.is_empty())
    }

    /// Returns the label of the codes of a key, in their order.
    pub fn labels(&self, key: &str, vocabulary: &str) -> Vec<Piece> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let codes: Vec<String> = match value {
            Value::List(items) => items.iter().filter_map(Value::plain).collect(),
            one => one.plain().into_iter().collect(),
        };
        codes
            .iter()
            .map(|code| Piece::plain(self.config().label(vocabulary, code, self.words.language)))
            .collect()
    }

    /// Returns the title of a card as a link, or its path when nobody has it.
    pub fn card_link(&self, path: &str) -> Piece {
        match CardPath::parse(path)
            .ok()
            .and_then(|path| self.snapshot.head(&path).cloned())
        {
            Some(head) => Piece::link(head.title.clone(), url::card(&head.path)),
            None => Piece::plain(path),
        }
    }

    /// Returns the places of a key: cards, or places described inline.
    pub fn places(&self, key: &str) -> Vec<Piece> {
        let Some(items) = self.value(key).and_then(Value::as_list) else {
            return Vec::new();
        };
        items.iter().filter_map(|item| self.place(item)).collect()
    }

    fn place(&self, item: &Value) -> Option<Piece> {
        if let Some(path) = item.as_text() {
            return Some(self.card_link(path));
        }
        let name = item.get("name")?.plain()?;
        let around: Vec<String> = ["department", "region", "country"]
            .iter()
            .filter_map(|key| item.get(key)?.plain())
            .take(1)
            .collect();
        Some(Piece::plain(if around.is_empty() {
            name
        } else {
            format!("{name} ({})", around.join(", "))
        }))
    }

    /// Returns one text of a mapping in a list, for each item: the organisations of `leads`, for instance.
    pub fn texts(&self, key: &str, inner: &str) -> Vec<Piece> {
        let Some(items) = self.value(key).and_then(Value::as_list) else {
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| item.get(inner).unwrap_or(item).plain())
            .map(Piece::plain)
            .collect()
    }

    /// Makes a fact of some pieces; none when there is nothing to say.
    pub fn fact(&self, key: &str, pieces: Vec<Piece>) -> Option<Fact> {
        (!pieces.is_empty()).then(|| Fact {
            label: label_of(key, self.words),
            pieces,
            note: None,
        })
    }

    /// Makes a fact of one text; none when there is nothing to say.
    pub fn text_fact(&self, key: &str, text: Option<String>) -> Option<Fact> {
        self.fact(key, text.map(Piece::plain).into_iter().collect())
    }
}

/// Remarks longer than this leave the band for the details.
const LONG_NOTE: usize = 48;

/// Returns the band and the details of a card; long remarks of the band stand among the details.
pub fn both(kind: Kind, telling: &Telling<'_>) -> (Vec<Fact>, Vec<Fact>) {
    let mut band = band(kind, telling);
    let mut details = details(kind, telling);
    let remarks: Vec<Fact> = band
        .iter_mut()
        .filter(|fact| {
            fact.note
                .as_ref()
                .is_some_and(|note| note.chars().count() > LONG_NOTE)
        })
        .filter_map(|fact| {
            Some(Fact {
                label: fact.label.clone(),
                pieces: vec![Piece::plain(fact.note.take()?)],
                note: None,
            })
        })
        .collect();
    details.splice(0..0, remarks);
    (band, details)
}

/// Says the few facts that help to choose a card in a list: « 2 à 3 heures · 10 à 40 personnes · gratuit ».
pub fn line(facts: &Facts, difficulty: Option<&str>, words: Words) -> String {
    let mut said = Vec::new();
    if let Some((min, max)) = &facts.duration {
        said.extend(say::durations(Some(min), Some(max), words));
    }
    if let Some((min, max)) = facts.participants {
        said.extend(say::people(Some(min), Some(max), words));
    }
    if let Some((min, max)) = facts.cost_eur {
        said.extend(say::cost(Some(min), Some(max), words));
    }
    said.extend(difficulty.map(str::to_lowercase));
    said.join(" · ")
}

#[cfg(test)]
mod tests;
