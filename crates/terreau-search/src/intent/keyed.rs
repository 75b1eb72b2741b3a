//! Filters written as such: "kind:outil", "sujet:eau", "durée:2h".

use terreau_card::Kind;
use terreau_card::facets::{Facet, cost_class, people_class, population_class};

use super::tokens::{What, tokens};
use super::{Nature, Span, measures};
use crate::SearchError;
use crate::analysis::fold;
use crate::find::Finder;
use crate::lexicon::folded;
use crate::schema::facet_value;

/// Keys, folded, and their facets.
const KEYS: &[(&str, Facet)] = &[
    ("kind", Facet::Kind),
    ("type", Facet::Kind),
    ("genre", Facet::Kind),
    ("intention", Facet::Intention),
    ("but", Facet::Intention),
    ("stage", Facet::Stage),
    ("etape", Facet::Stage),
    ("duration", Facet::Duration),
    ("duree", Facet::Duration),
    ("people", Facet::People),
    ("personnes", Facet::People),
    ("cost", Facet::Cost),
    ("cout", Facet::Cost),
    ("budget", Facet::Cost),
    ("difficulty", Facet::Difficulty),
    ("difficulte", Facet::Difficulty),
    ("population", Facet::Population),
    ("habitants", Facet::Population),
    ("topic", Facet::Topic),
    ("sujet", Facet::Topic),
    ("theme", Facet::Topic),
    ("axis", Facet::Axis),
    ("axe", Facet::Axis),
    ("audience", Facet::Audience),
    ("public", Facet::Audience),
    ("participation", Facet::Participation),
    ("format", Facet::Format),
    ("modalite", Facet::Format),
    ("tried", Facet::Tried),
    ("testee", Facet::Tried),
    ("language", Facet::Language),
    ("langue", Facet::Language),
    ("lang", Facet::Language),
    ("territory", Facet::Territory),
    ("territoire", Facet::Territory),
    ("lieu", Facet::Territory),
    ("departement", Facet::Territory),
    ("region", Facet::Territory),
];

/// Kinds by their French words, folded.
const KINDS: &[(&str, Kind)] = &[
    ("methode", Kind::Method),
    ("outil", Kind::Tool),
    ("action", Kind::Action),
    ("enquete", Kind::Survey),
    ("parcours", Kind::Pathway),
    ("retour", Kind::Experience),
    ("recit", Kind::Experience),
    ("experience", Kind::Experience),
    ("territoire", Kind::Territory),
    ("organisation", Kind::Organisation),
    ("exposition", Kind::Exhibition),
    ("episode", Kind::Episode),
    ("page", Kind::Page),
];

/// Returns the kind of card that a folded word names, whatever this commons calls its kinds.
pub(crate) fn kind_named(word: &str) -> Option<Kind> {
    let word = word.trim_end_matches('s');
    let mut kinds = KINDS.iter();
    let (_, kind) = kinds.find(|(its, _)| its.trim_end_matches('s') == word)?;
    Some(*kind)
}

/// Returns the filters that a text writes as such.
pub(super) fn spans(finder: &Finder<'_>, text: &str) -> Result<Vec<Span>, SearchError> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(colon) = text[from..].find(':').map(|at| from + at) {
        let start = text[from..colon]
            .rfind(|c: char| c.is_whitespace() || matches!(c, '"' | '-'))
            .map_or(from, |at| text.ceil_char_boundary(from + at + 1));
        let value = &text[colon + 1..];
        let quoted = value
            .strip_prefix(['"', '«', '“'])
            .map(|inner| value.len() - inner.len());
        let end = match quoted {
            Some(open) => value[open..].find(['"', '»', '”']).map(|at| open + at),
            None => Some(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        let is_free = start == 0 || text[..start].ends_with(char::is_whitespace);
        let facet = KEYS
            .iter()
            .find(|(key, _)| *key == fold(&text[start..colon]));
        if let (true, Some((_, facet)), Some(end)) = (is_free, facet, end) {
            let codes = codes(finder, *facet, &value[quoted.unwrap_or(0)..end])?;
            let closing =
                quoted.map_or(0, |_| value[end..].chars().next().map_or(0, char::len_utf8));
            if !codes.is_empty() {
                spans.push(Span {
                    range: start..colon + 1 + end + closing,
                    facet: *facet,
                    codes,
                    measure: None,
                    nature: Nature::Key,
                });
                from = colon + 1 + end + closing;
                continue;
            }
        }
        from = colon + 1;
    }
    Ok(spans)
}

/// Returns the codes that a value says in a facet: a code, a name, a measure.
fn codes(finder: &Finder<'_>, facet: Facet, value: &str) -> Result<Vec<String>, SearchError> {
    if value.trim().is_empty() {
        return Ok(Vec::new());
    }
    if finder.cards(finder.fields.facet, &facet_value(facet, value))? > 0
        || facet.classes().contains(&value)
    {
        return Ok(vec![value.to_owned()]);
    }
    let name = folded(value, finder.analyser);
    let words: Vec<&str> = name.split(' ').collect();
    let named = finder.meanings.named(&words).iter();
    let mut codes: Vec<String> = named
        .filter(|(its, _)| *its == facet)
        .map(|(_, code)| code.clone())
        .collect();
    if codes.is_empty() && facet == Facet::Kind {
        codes.extend(kind_named(&name).map(|kind| kind.to_string()));
        codes.extend(value.parse::<Kind>().ok().map(|kind| kind.to_string()));
    }
    if codes.is_empty() {
        let tokens = tokens(value);
        let measured = measures::spans(&tokens);
        if let Some(span) = measured.into_iter().find(|span| span.facet == facet) {
            codes = span.codes;
        } else if let [token] = &tokens[..]
            && let What::Number(number) = token.what
        {
            let whole = number.clamp(0.0, 1e9) as u64;
            let class = match facet {
                Facet::People => Some(people_class(whole)),
                Facet::Cost => Some(cost_class(number)),
                Facet::Population => Some(population_class(whole)),
                _ => None,
            };
            codes.extend(class.map(str::to_owned));
        }
    }
    codes.dedup();
    Ok(codes)
}
