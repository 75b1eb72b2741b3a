//! One card on the table: what its form shows, and the card that comes of what was typed.

use terreau_card::schema::fields_of;
use terreau_card::{Card, CommonsConfig, Kind};

use super::inputs::Inputs;
use super::typed::{Mistyped, Reading};
use super::{is_edited, shown, text};

/// A card being edited, as it was when its form was made.
pub struct Work {
    /// The card.
    pub card: Card,
    /// Its kind.
    pub kind: Kind,
    /// The texts of its form.
    pub texts: text::Layout,
    /// What its form showed.
    pub shown: Inputs,
}

/// The card that was typed.
pub struct Composed {
    /// The card.
    pub card: Card,
    /// What could not be read, and stays as it was in the card.
    pub mistyped: Vec<Mistyped>,
}

impl Work {
    /// Puts a card on the table.
    pub fn on(card: Card, kind: Kind, config: &CommonsConfig) -> Work {
        let texts = text::Layout::of(&card, kind, config);
        let shown = shown::inputs_of(&card, kind, &texts);
        Work {
            card,
            kind,
            texts,
            shown,
        }
    }

    /// Returns the card with what was typed; what is as shown keeps its bytes.
    pub fn compose(&self, typed: &Inputs, config: &CommonsConfig, base_url: &str) -> Composed {
        let mut reading = Reading {
            shown: &self.shown,
            typed,
            base_url,
            mistyped: Vec::new(),
        };
        let mut card = self.card.clone();
        for field in fields_of(self.kind).filter(|field| is_edited(field.key)) {
            let before = self.card.value(field.key);
            let now = reading.value(&field.shape, &format!("f.{}", field.key), before);
            if now.as_ref() != before {
                card = card.with(field.key, now);
            }
        }
        let card = self.texts.read(&card, config, &self.shown, typed);
        Composed {
            card,
            mistyped: reading.mistyped,
        }
    }
}
