//! The few words that a rendered card adds of its own, in the language of the card.

use crate::{Language, questions::QuestionKind};

/// The words of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(pub Language);

impl Words {
    fn pick(self, french: &'static str, english: &'static str) -> &'static str {
        match self.0 {
            Language::French => french,
            Language::English => english,
        }
    }

    pub fn notes(self) -> &'static str {
        "Notes"
    }

    pub fn note(self, number: usize) -> String {
        format!("Note {number}")
    }

    pub fn back_to_text(self) -> &'static str {
        self.pick("Retour au texte", "Back to the text")
    }

    pub fn table(self, columns: &str) -> String {
        match (self.0, columns.is_empty()) {
            (Language::French, true) => "Tableau".to_owned(),
            (Language::English, true) => "Table".to_owned(),
            (Language::French, false) => format!("Tableau\u{a0}: {columns}"),
            (Language::English, false) => format!("Table: {columns}"),
        }
    }

    pub fn task(self, done: bool) -> &'static str {
        match done {
            true => self.pick("Fait", "Done"),
            false => self.pick("À faire", "To do"),
        }
    }

    pub fn credit(self) -> &'static str {
        self.pick("Crédit\u{a0}: ", "Credit: ")
    }

    pub fn licence(self) -> &'static str {
        self.pick("licence ", "licence ")
    }

    pub fn and(self) -> &'static str {
        self.pick("et", "and")
    }

    pub fn or(self) -> &'static str {
        self.pick("ou", "or")
    }

    pub fn cut(self) -> &'static str {
        self.pick(
            "La suite n’est pas affichée ici\u{a0}: ce texte est trop long ou trop imbriqué.",
            "The rest is not shown here: this text is too long or too deeply nested.",
        )
    }

    pub fn required(self) -> &'static str {
        self.pick("réponse nécessaire", "answer needed")
    }

    pub fn sensitive(self) -> &'static str {
        self.pick("question sensible", "sensitive question")
    }

    pub fn probes(self) -> &'static str {
        self.pick("Relances", "Follow-up questions")
    }

    pub fn only_if(self) -> &'static str {
        self.pick("À poser seulement si\u{a0}: ", "Ask only if: ")
    }

    pub fn answer(self, kind: QuestionKind) -> Option<&'static str> {
        match kind {
            QuestionKind::Text => Some(self.pick("Réponse libre", "Free answer")),
            QuestionKind::Integer => Some(self.pick("Un nombre entier", "A whole number")),
            QuestionKind::Decimal => Some(self.pick("Un nombre", "A number")),
            QuestionKind::Date => Some(self.pick("Une date", "A date")),
            QuestionKind::SelectOne => Some(self.pick("Une seule réponse", "One answer")),
            QuestionKind::SelectMultiple => {
                Some(self.pick("Plusieurs réponses possibles", "Several answers possible"))
            }
            QuestionKind::Range | QuestionKind::Note => None,
        }
    }

    pub fn range(self, min: f64, max: f64, step: f64) -> String {
        let (min, max) = (self.number(min), self.number(max));
        let by = if step == 1.0 {
            String::new()
        } else {
            self.number(step)
        };
        match (self.0, by.is_empty()) {
            (Language::French, true) => format!("De {min} à {max}"),
            (Language::French, false) => format!("De {min} à {max}, de {by} en {by}"),
            (Language::English, true) => format!("From {min} to {max}"),
            (Language::English, false) => format!("From {min} to {max}, by {by}"),
        }
    }

    fn number(self, number: f64) -> String {
        match self.0 {
            Language::French => number.to_string().replace('.', ","),
            Language::English => number.to_string(),
        }
    }
}
