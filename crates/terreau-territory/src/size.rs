//! Sizes of communes.

use terreau_card::facets::population_class;

/// Returns the class of a population, one of those by which cards are filtered: `under-500`, `500-to-2000`…
pub fn size_class(population: u32) -> &'static str {
    population_class(u64::from(population))
}
