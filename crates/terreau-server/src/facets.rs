//! Facets and their values, in the words of readers.

use terreau_card::facets::{Facet, place_name};
use terreau_card::{CommonsConfig, Kind, Language};

use crate::Words;

/// The longest code that is taken from an address.
const LONGEST_CODE: usize = 160;

/// Returns what a facet is called.
pub fn heading(facet: Facet, words: Words) -> String {
    words.say(&format!("facets-{facet}"))
}

/// Returns what a value is called; its code when nobody has named it.
pub fn label(facet: Facet, code: &str, config: &CommonsConfig, words: Words) -> String {
    let named = match facet {
        Facet::Kind => code
            .parse::<Kind>()
            .ok()
            .map(|kind| config.kind(kind).plural.get(words.language).to_owned()),
        Facet::Territory => place_name(code),
        Facet::Language => words.maybe(&format!("facets-language-{code}")),
        _ => match facet.vocabulary() {
            Some(vocabulary) => {
                let leaf = code.rsplit('/').next().unwrap_or(code);
                Some(config.label(vocabulary, leaf, words.language).to_owned())
            }
            None => words.maybe(&format!("facets-{facet}-{code}")),
        },
    };
    named.unwrap_or_else(|| code.to_owned())
}

/// Tells whether a code may be a value of a facet in this commons.
pub fn is_value(facet: Facet, code: &str, config: &CommonsConfig) -> bool {
    if code.len() > LONGEST_CODE {
        return false;
    }
    match facet {
        Facet::Kind => code.parse::<Kind>().is_ok(),
        Facet::Territory => place_name(code).is_some(),
        Facet::Language => {
            Language::parse(code).is_some()
                || ((2..=3).contains(&code.len())
                    && code.bytes().all(|byte| byte.is_ascii_lowercase()))
        }
        Facet::Axis => facet.values(config).iter().any(|value| value == code),
        _ => match facet.vocabulary() {
            Some(vocabulary) => config.term(vocabulary, code).is_some(),
            None => facet.classes().contains(&code),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> CommonsConfig {
        CommonsConfig::read(include_str!("../../../content/commons.toml"))
            .expect("the starter commons is right")
    }

    #[test]
    fn every_facet_and_every_value_has_words_in_both_languages() {
        let config = config();
        for language in Language::ALL {
            let words = Words::of(language);
            for facet in Facet::ALL {
                assert!(words.maybe(&format!("facets-{facet}")).is_some(), "{facet}");
                for code in facet.values(&config) {
                    let key = format!("facets-{facet}-{code}");
                    let is_named = match facet.classes() {
                        [] => label(facet, &code, &config, words) != code,
                        _ => words.maybe(&key).is_some(),
                    };
                    assert!(is_named, "{facet} {code} in {language}");
                    assert!(is_value(facet, &code, &config), "{facet} {code}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_value_is_known() {
        let config = config();
        for (facet, code) in [
            (Facet::Kind, "methods"),
            (Facet::Topic, ""),
            (Facet::Axis, "bien-manger-pour-tous"),
            (Facet::Territory, "75/99"),
            (Facet::Language, "<b>"),
            (Facet::Duration, "2h"),
        ] {
            assert!(!is_value(facet, code, &config), "{facet} {code}");
        }
        assert!(is_value(Facet::Territory, "75/86", &config));
        assert!(is_value(Facet::Language, "br", &config));
    }
}
