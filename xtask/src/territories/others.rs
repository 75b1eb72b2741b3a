//! The other names of each commune: of its parts, of the communes that became part of it, its own of yesterday.
//!
//! Parts are in the register of today. The names of what disappeared are in the history of communes since 1943, which an
//! earlier edition of the same package carries up to 2019.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::bail;
use serde::Deserialize;

use super::facts::{Facts, json};

/// A name by which people may still know a commune or a part of it.
pub struct Other {
    /// Place of the commune in the list of today.
    pub commune: usize,
    /// `d` delegated, `a` associated, `m` municipal district, `f` former.
    pub kind: char,
    /// The name.
    pub name: String,
    /// INSEE code that went with the name.
    pub code: String,
    /// The year in which a commune ceased to bear it, when known.
    pub until: Option<u16>,
}

/// A state of a commune in the history.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    code: String,
    nom: String,
    #[serde(rename = "type")]
    nature: String,
    date_fin: Option<String>,
}

/// What makes two names of a commune the same: its place, letters and digits only, and the code.
type Key = (usize, String, String);

/// Gathers the other names, in the order of communes.
pub fn gather(facts: &Facts, modules: &Path) -> anyhow::Result<Vec<Other>> {
    let places = facts.places();
    let mut wholes = places.clone();
    let mut others: BTreeMap<Key, Other> = BTreeMap::new();
    for part in &facts.parts {
        let kind = match part.nature.as_str() {
            "commune-deleguee" => 'd',
            "commune-associee" => 'a',
            "arrondissement-municipal" => 'm',
            other => bail!("{}: {other} is no known nature", part.code),
        };
        let Some(&commune) = part.whole().and_then(|whole| places.get(whole)) else {
            bail!("{} {}: part of no commune", part.code, part.nom);
        };
        wholes.entry(&part.code).or_insert(commune);
        insert(
            facts,
            &mut others,
            (commune, kind, &part.nom, &part.code, None),
        );
    }
    for (place, commune) in facts.communes.iter().enumerate() {
        for code in &commune.anciens_codes {
            // Where the two disagree, what a part says of itself is the fresher.
            wholes.entry(code).or_insert(place);
        }
    }
    let history: Vec<State> = json(&modules.join("history/data/historique-communes.json"))?;
    let has_been_whole: BTreeSet<&str> = history
        .iter()
        .filter(|state| state.nature == "COM")
        .map(|state| state.code.as_str())
        .collect();
    // Parts had a state each time their commune changed; their names count only where they were never a commune.
    for state in history
        .iter()
        .filter(|state| state.nature == "COM" || !has_been_whole.contains(state.code.as_str()))
    {
        let Some(&commune) = wholes.get(state.code.as_str()) else {
            bail!(
                "{} {}: nobody knows what became of it",
                state.code,
                state.nom
            );
        };
        let until = state
            .date_fin
            .as_deref()
            .and_then(|date| date.get(..4)?.parse().ok());
        insert(
            facts,
            &mut others,
            (commune, 'f', &state.nom, &state.code, until),
        );
    }
    for (code, place) in &wholes {
        let is_named = *code == facts.communes[*place].code
            || others
                .values()
                .any(|other| other.commune == *place && other.code == *code);
        if !is_named {
            bail!("{code}: a former code without a name");
        }
    }
    let mut others: Vec<Other> = others.into_values().collect();
    others.sort_by(|a, b| {
        (a.commune, &a.code, a.kind, &a.name).cmp(&(b.commune, &b.code, b.kind, &b.name))
    });
    Ok(others)
}

/// Adds a name that says more than those already there: a part keeps its nature and learns its year.
fn insert(
    facts: &Facts,
    others: &mut BTreeMap<Key, Other>,
    (commune, kind, name, code, until): (usize, char, &str, &str, Option<u16>),
) {
    let today = &facts.communes[commune];
    if today.code == code && plain(&today.nom) == plain(name) {
        return;
    }
    others
        .entry((commune, plain(name), code.to_owned()))
        .and_modify(|known| known.until = known.until.max(until))
        .or_insert_with(|| Other {
            commune,
            kind,
            name: name.to_owned(),
            code: code.to_owned(),
            until,
        });
}

/// Letters and digits alone, small.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
