//! Every rule of the format, told in the manner of a good compiler.

mod among;
mod body;
mod commons;
mod front;
mod meaning;
mod private;
#[cfg(test)]
mod tests;
mod text;
mod values;

pub use among::{Neighbours, check_among};
pub use commons::check_commons;
pub use private::private_things;
pub(crate) use text::is_bidi_control;
pub use values::duration_minutes;
pub(crate) use values::is_web_address;

use crate::{Card, CardPath, CommonsConfig, Problem, Rule};

/// Returns the text of a file.
///
/// # Errors
/// The problem of a file that isn't UTF-8, at its first wrong byte.
pub fn text_of(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        Problem::at(good, good.len(), Rule::NotUtf8)
    })
}

/// Checks one card alone, in the order of its lines. The problems of reading it are among those returned.
pub fn check_card(path: &CardPath, card: &Card, config: &CommonsConfig) -> Vec<Problem> {
    let mut told = Told {
        card,
        problems: card.reading_problems().to_vec(),
    };
    text::check(&mut told);
    if card.is_readable() {
        front::check(&mut told, config);
        meaning::check(&mut told, config);
    }
    body::check(&mut told, path, config);
    private::check(&mut told);
    in_order(told.problems)
}

/// Nobody reads more problems of one card, and a hostile one could have a hundred thousand.
const MOST: usize = 200;

fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| (problem.line, problem.column, problem.severity));
    problems.dedup();
    problems
}

/// A card, and what has been told of it.
pub(crate) struct Told<'a> {
    pub card: &'a Card,
    pub problems: Vec<Problem>,
}

impl Told<'_> {
    /// Tells a rule broken at a byte of the card.
    pub fn tell(&mut self, byte: usize, rule: Rule) {
        if self.problems.len() >= MOST {
            return;
        }
        self.problems
            .push(Problem::at(self.card.text(), byte, rule));
    }
}
