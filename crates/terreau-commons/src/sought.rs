//! Words that are looked for in what is not a card: proposals, comments, people. Cards have an index.

use terreau_territory::fold;

/// The longest text that is read of what somebody looks for, in characters.
const LONGEST: usize = 200;

/// The words that somebody looks for: each must begin a word of what is found. Capitals and accents make no difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sought(Vec<String>);

impl Sought {
    /// Reads what was typed; none when there is no word in it.
    pub(crate) fn read(typed: &str) -> Option<Sought> {
        let typed: String = typed.chars().take(LONGEST).collect();
        let words = fold(&typed);
        let mut words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        (!words.is_empty()).then_some(Sought(words))
    }

    /// Tells whether every word is in one or other of some texts.
    pub(crate) fn is_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        let mut missing: Vec<&String> = self.0.iter().collect();
        for text in texts {
            if missing.is_empty() {
                break;
            }
            let text = fold(text);
            missing.retain(|word| !text.split(' ').any(|other| other.starts_with(*word)));
        }
        missing.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_begin_a_word_of_one_of_the_texts() {
        let texts = ["L’école d’Été de Saint-Étienne", "Un cœur, 20 personnes"];
        for (typed, is_found) in [
            ("ecole", true),
            ("ÉCOLE été", true),
            ("éco coeur", true),
            ("cœur st etienne", true),
            ("20 écoles", false),
            ("cole", false),
            ("ecole absent", false),
            ("d'été", true),
        ] {
            let sought = Sought::read(typed).expect("there are words");
            assert_eq!(sought.is_in(texts), is_found, "{typed}");
        }
    }

    #[test]
    fn signs_alone_look_for_nothing() {
        for typed in ["", "  ", "%_*", "« … »", "\0"] {
            assert_eq!(Sought::read(typed), None, "{typed:?}");
        }
        let long = Sought::read(&"é".repeat(10_000)).expect("one word");
        assert_eq!(long, Sought(vec!["e".repeat(LONGEST)]));
    }
}
