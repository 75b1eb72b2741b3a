//! How much finding a word says.

use super::{Concept, What};
use crate::SearchError;
use crate::find::Finder;

/// Returns how much finding something says: rare words say more. What no card has says nothing.
pub(super) fn rarity(finder: &Finder<'_>, concept: &Concept) -> Result<f32, SearchError> {
    let cards = finder.searcher.num_docs() as f32;
    let mut most = 0;
    let best = concept
        .alternatives
        .iter()
        .map(|its| its.weight)
        .fold(0.0, f32::max);
    for alternative in &concept.alternatives {
        let with = match &alternative.what {
            What::Stem(stem) => finder.cards(finder.fields.all, stem)?,
            What::Word(word) => finder.cards(finder.fields.words, word)?,
            What::Phrase(stems) => {
                let mut fewest = u64::MAX;
                for stem in stems {
                    fewest = fewest.min(finder.cards(finder.fields.all, stem)?);
                }
                // Those that have all of them side by side are fewer; one is not none.
                fewest.div_ceil(2)
            }
            What::Value(value) => finder.cards(finder.fields.facet, value)?,
        };
        // The word typed says how rare it is; what stands for it only when no card has it.
        if with > 0 && alternative.weight >= best - 0.01 {
            return Ok(inverse(cards, with as f32));
        }
        most = most.max(with);
    }
    Ok(if most == 0 {
        0.0
    } else {
        inverse(cards, most as f32)
    })
}

fn inverse(cards: f32, with: f32) -> f32 {
    (1.0 + (cards - with + 0.5).max(0.5) / (with + 0.5))
        .ln()
        .max(0.15)
}
