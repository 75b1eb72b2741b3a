//! The language in which the program speaks to the person at the terminal.

use terreau_card::Language;

/// French unless the environment asks for English.
#[derive(Clone, Copy, Debug)]
pub struct Locale(pub Language);

impl Locale {
    /// Reads `LC_ALL`, `LC_MESSAGES` and `LANG`, in the order that POSIX gives them.
    pub fn of_the_environment() -> Locale {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        Locale(match set {
            Some(value) if value.starts_with("en") => Language::English,
            _ => Language::French,
        })
    }

    /// Returns the text of this locale.
    pub fn say<'a>(self, french: &'a str, english: &'a str) -> &'a str {
        match self.0 {
            Language::French => french,
            Language::English => english,
        }
    }
}
