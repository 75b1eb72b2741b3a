//! The facts of the pinned register: current communes with what they belong to, and the parts that keep a name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// All facts, each list in the order of its codes.
pub struct Facts {
    /// Regions and what stands for one overseas.
    pub regions: Vec<Area>,
    /// Departments and what stands for one overseas.
    pub departments: Vec<Area>,
    /// Groupings of communes that levy taxes of their own (EPCI à fiscalité propre).
    pub epcis: Vec<Epci>,
    /// Communes of today.
    pub communes: Vec<Commune>,
    /// Delegated and associated communes, municipal districts.
    pub parts: Vec<Commune>,
}

/// A region or a department.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Area {
    /// INSEE code.
    pub code: String,
    /// Name without its article.
    pub nom: String,
    /// INSEE's TNCC: which article the name takes.
    pub type_liaison: u8,
    /// INSEE code of the chief town.
    pub chef_lieu: String,
    /// `metro`, `drom` or `com`.
    pub zone: String,
    /// INSEE code of the region of a department.
    pub region: Option<String>,
}

/// A grouping of communes.
#[derive(Deserialize)]
pub struct Epci {
    /// SIREN.
    pub code: String,
    /// Name as registered.
    pub nom: String,
    /// CC, CA, CU, METRO or MET69.
    #[serde(rename = "type")]
    pub nature: String,
    /// Its communes.
    pub membres: Vec<Member>,
}

/// A commune in a grouping.
#[derive(Deserialize)]
pub struct Member {
    /// INSEE code.
    pub code: String,
}

/// A commune, or a part of one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Commune {
    /// INSEE code.
    pub code: String,
    /// Name with its article.
    pub nom: String,
    /// What it is.
    #[serde(rename = "type")]
    pub nature: String,
    /// INSEE code of the department.
    pub departement: String,
    /// Inhabitants (population municipale).
    pub population: Option<u32>,
    /// Postcodes.
    #[serde(default)]
    pub codes_postaux: Vec<String>,
    /// INSEE codes of the communes that became part of it, and its own in another department.
    #[serde(default)]
    pub anciens_codes: Vec<String>,
    /// For a delegated or associated commune: the commune it is part of.
    pub chef_lieu: Option<String>,
    /// For a municipal district: the commune it is part of.
    pub commune: Option<String>,
}

impl Commune {
    /// Returns the commune that a part is part of.
    pub fn whole(&self) -> Option<&str> {
        self.chef_lieu.as_deref().or(self.commune.as_deref())
    }
}

/// Reads the facts from the packages.
pub fn read(modules: &Path) -> anyhow::Result<Facts> {
    let data = modules.join("register/data");
    let mut regions: Vec<Area> = json(&data.join("regions.json"))?;
    let mut departments: Vec<Area> = json(&data.join("departements.json"))?;
    let mut epcis: Vec<Epci> = json(&data.join("epci.json"))?;
    let all: Vec<Commune> = json(&data.join("communes.json"))?;
    let (mut communes, mut parts): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|one| one.nature == "commune-actuelle");
    regions.sort_by(|a, b| a.code.cmp(&b.code));
    departments.sort_by(|a, b| a.code.cmp(&b.code));
    epcis.sort_by(|a, b| a.code.cmp(&b.code));
    communes.sort_by(|a, b| a.code.cmp(&b.code));
    parts.sort_by(|a, b| (&a.code, &a.nature).cmp(&(&b.code, &b.nature)));
    let facts = Facts {
        regions,
        departments,
        epcis,
        communes,
        parts,
    };
    check(&facts)?;
    Ok(facts)
}

/// Reads a JSON file of a package.
pub fn json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

impl Facts {
    /// Returns the place of each commune in the list, by code.
    pub fn places(&self) -> BTreeMap<&str, usize> {
        self.communes
            .iter()
            .enumerate()
            .map(|(place, one)| (one.code.as_str(), place))
            .collect()
    }
}

/// Refuses what the table could not say.
fn check(facts: &Facts) -> anyhow::Result<()> {
    for commune in &facts.communes {
        if !commune.code.starts_with(&commune.departement) {
            bail!(
                "{} {}: not a code of its department",
                commune.code,
                commune.nom
            );
        }
    }
    for commune in facts.communes.iter().chain(&facts.parts) {
        if commune.code.len() != 5 {
            bail!("{} {}: not a code", commune.code, commune.nom);
        }
        if commune.nom.contains(['\t', '\n']) {
            bail!("{}: a name of several lines", commune.code);
        }
        if commune.codes_postaux.iter().any(|code| code.len() != 5) {
            bail!("{} {}: a postcode that is none", commune.code, commune.nom);
        }
    }
    for department in &facts.departments {
        let region = department.region.as_deref().unwrap_or_default();
        if !facts.regions.iter().any(|one| one.code == region) {
            bail!("department {}: no region {region}", department.code);
        }
    }
    Ok(())
}
