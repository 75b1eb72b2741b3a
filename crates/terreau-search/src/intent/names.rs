//! Names that are filters: kinds of card, difficulties, languages, places.

use terreau_card::facets::Facet;

use super::tokens::{Token, What};
use super::{Nature, Span, range};
use crate::find::Finder;
use crate::lexicon::MAX_WORDS;

/// Kinds as people name them in several words, whatever the commons calls them; folded, articles aside.
const KINDS: &[(&[&str], &str)] = &[
    (&["fiche", "action"], "action"),
    (&["fiches", "action"], "action"),
    (&["fiches", "actions"], "action"),
    (&["action", "sheet"], "action"),
    (&["action", "sheets"], "action"),
    (&["fiche", "methode"], "method"),
    (&["fiches", "methode"], "method"),
    (&["fiches", "methodes"], "method"),
    (&["fiche", "outil"], "tool"),
    (&["fiches", "outil"], "tool"),
    (&["fiches", "outils"], "tool"),
    (&["retour", "experience"], "experience"),
    (&["retours", "experience"], "experience"),
    (&["retours", "experiences"], "experience"),
    (&["retour", "de", "terrain"], "experience"),
    (&["field", "report"], "experience"),
    (&["field", "reports"], "experience"),
    (&["guide", "enquete"], "survey"),
    (&["guides", "enquete"], "survey"),
];

/// Places that are also words: they are places with a capital letter only.
const WORDS_TOO: &[&str] = &[
    "ain",
    "aisne",
    "aube",
    "aude",
    "cher",
    "creuse",
    "doubs",
    "drome",
    "eure",
    "gard",
    "gers",
    "indre",
    "jura",
    "landes",
    "loire",
    "lot",
    "manche",
    "marne",
    "mayenne",
    "meuse",
    "nord",
    "oise",
    "orne",
    "reunion",
    "rhone",
    "somme",
    "tarn",
    "var",
    "vienne",
    "vosges",
    "la reunion",
    "centre",
    "grand est",
    "allier",
    "savoie",
];

/// Returns the names of a text, the longest first.
pub(super) fn spans(finder: &Finder<'_>, text: &str, tokens: &[Token]) -> Vec<Span> {
    let shouts = !text.chars().any(char::is_lowercase);
    let mut spans = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let longest = (1..=MAX_WORDS.min(tokens.len() - at))
            .rev()
            .find_map(|length| {
                let span = &tokens[at..at + length];
                named(finder, tokens, at, span, shouts).map(|found| (length, found))
            });
        match longest {
            Some((length, (facet, codes))) => {
                spans.push(Span {
                    range: range(&tokens[at..at + length]),
                    facet,
                    codes,
                    measure: None,
                    nature: Nature::Name,
                });
                at += length;
            }
            None => at += 1,
        }
    }
    spans
}

fn named(
    finder: &Finder<'_>,
    tokens: &[Token],
    at: usize,
    span: &[Token],
    shouts: bool,
) -> Option<(Facet, Vec<String>)> {
    if span
        .iter()
        .any(|token| !matches!(token.what, What::Word(_)))
    {
        return None;
    }
    let words: Vec<&str> = span.iter().map(Token::word).collect();
    if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == words) {
        return Some((Facet::Kind, vec![(*kind).to_owned()]));
    }
    let named = finder.meanings.named(&words);
    let before = at.checked_sub(1).map_or("", |before| tokens[before].word());
    let is_filter = |facet: Facet| match facet {
        Facet::Kind => words.len() > 1,
        Facet::Difficulty | Facet::Tried => true,
        Facet::Language => matches!(before, "en" | "in"),
        Facet::Territory => {
            let is_word_too = WORDS_TOO.contains(&words.join(" ").as_str());
            !is_word_too || span[0].is_capital && !shouts
        }
        _ => false,
    };
    let (facet, _) = named.iter().find(|(facet, _)| is_filter(*facet))?;
    let codes = named.iter().filter(|(its, _)| its == facet);
    Some((*facet, codes.map(|(_, code)| code.clone()).collect()))
}
