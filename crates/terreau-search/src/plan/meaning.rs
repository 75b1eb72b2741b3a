//! What words mean in this commons, alone and together.

use std::sync::Arc;

use terreau_card::Kind;
use terreau_card::facets::Facet;

use super::{Concept, LIGHT, Slot, What};
use crate::analysis::{self, Form};
use crate::find::Finder;
use crate::lexicon::Stems;
use crate::schema::facet_value;
use crate::{SearchError, intent, spelling};

/// What a synonym weighs beside the word typed.
const SYNONYM: f32 = 0.7;
/// What a synonym of a synonym weighs, when no card has the first.
const FURTHER: f32 = 0.5;
/// What the words of a known expression weigh when they stand apart.
const SCATTERED: f32 = 0.9;
/// What a value of a facet weighs that the word names.
const NAMED: f32 = 0.45;
/// What a kind of card weighs that the first word names.
const LEADING: f32 = 0.9;
/// What the French for an English word weighs.
const TRANSLATION: f32 = 0.8;

/// Lets a kind of card named before other words mean that kind: "outil pour décider".
pub(super) fn lead(finder: &Finder<'_>, slots: &[Slot], concepts: &mut [Concept]) {
    let (Some(first), Some(concept)) = (slots.first(), concepts.first_mut()) else {
        return;
    };
    if slots.len() > 1 {
        let word = &*first.form.folded;
        let named = finder.meanings.named(&[word]).iter();
        let mut kinds: Vec<&str> = named
            .filter(|(facet, _)| *facet == Facet::Kind)
            .map(|(_, code)| code.as_str())
            .collect();
        if kinds.is_empty() {
            kinds.extend(intent::kind_named(word).map(Kind::as_str));
        }
        for code in kinds {
            concept.add(What::Value(facet_value(Facet::Kind, code)), LEADING);
        }
    }
}

/// Adds what words together mean to each of them; tells whether they mean something.
pub(super) fn span_means(
    finder: &Finder<'_>,
    slots: &[Slot],
    concepts: &mut [Concept],
) -> Result<bool, SearchError> {
    let stems: Vec<&str> = slots
        .iter()
        .filter_map(|slot| slot.form.stem.as_deref())
        .collect();
    let folded: Vec<&str> = slots.iter().map(|slot| &*slot.form.folded).collect();
    let synonyms = finder.meanings.synonyms(&stems);
    let french = finder.meanings.french(&folded);
    let named = finder.meanings.named(&folded);
    let mut stand_in: Vec<(&Stems, f32)> = Vec::new();
    for synonym in synonyms {
        if finder.has_all(synonym)? {
            stand_in.push((synonym, SYNONYM));
            continue;
        }
        // A word that no card has passes on to its own synonyms.
        let words: Vec<&str> = synonym.iter().map(AsRef::as_ref).collect();
        for further in finder.meanings.synonyms(&words) {
            if further.iter().map(AsRef::as_ref).ne(stems.iter().copied()) {
                stand_in.push((further, FURTHER));
            }
        }
    }
    if slots.len() > 1 && !synonyms.is_empty() {
        // The words are one thing: scattered, they say less; together, light ones say something too.
        let together: Stems = stems.iter().map(|stem| (*stem).into()).collect();
        for concept in &mut *concepts {
            let share = if concept.is_light { LIGHT } else { SCATTERED };
            for alternative in &mut concept.alternatives {
                alternative.weight *= share;
            }
            concept.weight = 1.0;
            concept.is_light = false;
            concept.add_stems(&together, 1.0);
        }
    }
    for concept in &mut *concepts {
        for (synonym, weight) in &stand_in {
            concept.add_stems(synonym, *weight);
        }
        for word in french {
            concept.add_stems(word, TRANSLATION);
        }
        for (facet, code) in named {
            concept.add(What::Value(facet_value(*facet, code)), NAMED);
        }
    }
    let means = !(synonyms.is_empty() && french.is_empty() && named.is_empty());
    Ok(slots.len() > 1 && means)
}

/// Returns the acronym that a word is, in whatever case it was typed, when cards write it so.
pub(super) fn acronym(finder: &Finder<'_>, form: &Form) -> Result<Option<Box<str>>, SearchError> {
    let capitals = form.folded.to_uppercase();
    let is_acronym = form.stem.is_some() && analysis::is_acronym(&capitals);
    let is_written = is_acronym && finder.cards(finder.fields.words, &capitals)? > 0;
    Ok(is_written.then(|| capitals.into_boxed_str()))
}

/// Returns two words typed apart as the one word that cards have.
pub(super) fn joined(
    finder: &Finder<'_>,
    first: &Slot,
    second: &Slot,
) -> Result<Option<Arc<Form>>, SearchError> {
    let is_near = second.range.start <= first.range.end + 1;
    let is_word = |slot: &Slot| slot.form.folded.chars().all(char::is_alphabetic);
    if !is_near || !is_word(first) || !is_word(second) {
        return Ok(None);
    }
    let word = format!("{}{}", first.form.folded, second.form.folded);
    let Some(form) = finder.analyser.form(&word) else {
        return Ok(None);
    };
    Ok((spelling::cards_with(finder, &form)? > 0).then_some(form))
}
