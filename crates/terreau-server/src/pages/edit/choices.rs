//! The choices of a field: words of the format, terms of a vocabulary, whatever the card already says.

use terreau_card::{Language, Term};

use super::fields::{Control, Making};
use super::labels;

/// One choice.
pub struct Choice {
    /// What is sent.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

impl Making<'_> {
    pub(super) fn language(&self, name: &str) -> Control {
        let chosen = self.inputs.one(name).trim();
        let mut options: Vec<Choice> = [
            (Language::French, "Français"),
            (Language::English, "English"),
        ]
        .into_iter()
        .map(|(language, label)| Choice {
            code: language.code().to_owned(),
            label: label.to_owned(),
            is_chosen: language.code() == chosen,
        })
        .collect();
        keep_unknown(&mut options, &[chosen]);
        Control::Choice {
            options: with_none(options),
        }
    }

    pub(super) fn words_choice(&self, name: &str, words: &[&str]) -> Control {
        let chosen = self.inputs.one(name).trim();
        let mut options: Vec<Choice> = words
            .iter()
            .map(|word| Choice {
                code: (*word).to_owned(),
                label: labels::word(self.words, word),
                is_chosen: *word == chosen,
            })
            .collect();
        keep_unknown(&mut options, &[chosen]);
        Control::Choice {
            options: with_none(options),
        }
    }

    /// Lists a vocabulary; of the tree of axes, the level that the key wants, each term after those above it.
    pub(super) fn terms(&self, vocabulary: &str, key: &str, chosen: &[&str]) -> Vec<Choice> {
        let level = match key {
            "orientation" => 1,
            "objective" => 2,
            _ => 0,
        };
        let mut options = Vec::new();
        self.gather(
            self.config.terms(vocabulary),
            level,
            "",
            chosen,
            &mut options,
        );
        if key == "axes" {
            // A card may stand under an axis or, more closely, under one of its orientations.
            self.gather(self.config.terms(vocabulary), 1, "", chosen, &mut options);
        }
        keep_unknown(&mut options, chosen);
        for option in options
            .iter_mut()
            .filter(|option| option.label == option.code)
        {
            option.label = self
                .config
                .label(vocabulary, &option.code, self.words.language)
                .to_owned();
        }
        options
    }

    fn gather(
        &self,
        terms: &[Term],
        level: usize,
        above: &str,
        chosen: &[&str],
        options: &mut Vec<Choice>,
    ) {
        for term in terms {
            let own = term.label.get(self.words.language);
            let label = if above.is_empty() {
                own.to_owned()
            } else {
                format!("{above} › {own}")
            };
            if level == 0 {
                let is_chosen = chosen.contains(&term.code.as_str());
                options.push(Choice {
                    code: term.code.clone(),
                    label,
                    is_chosen,
                });
            } else {
                self.gather(&term.terms, level - 1, &label, chosen, options);
            }
        }
    }
}

/// Keeps what is chosen among the choices, even when the commons has no such word.
fn keep_unknown(options: &mut Vec<Choice>, chosen: &[&str]) {
    for code in chosen.iter().filter(|code| !code.is_empty()) {
        if !options.iter().any(|option| option.code == *code) {
            options.push(Choice {
                code: (*code).to_owned(),
                label: (*code).to_owned(),
                is_chosen: true,
            });
        }
    }
}

pub(super) fn with_none(mut options: Vec<Choice>) -> Vec<Choice> {
    let is_chosen = !options.iter().any(|option| option.is_chosen);
    options.insert(
        0,
        Choice {
            code: String::new(),
            label: "—".to_owned(),
            is_chosen,
        },
    );
    options
}
