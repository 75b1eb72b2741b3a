//! The table as `terreau-territory` reads it: sections of lines, columns of communes one after the other.
//!
//! Columns compress a quarter better than rows. `crates/terreau-territory/src/table.rs` says what each holds.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::facts::{Area, Facts};
use super::others::Other;
use super::{POPULATION_YEAR, VINTAGE};

/// Returns the table.
pub fn write(facts: &Facts, others: &[Other]) -> String {
    let mut table = String::with_capacity(2_000_000);
    line(&mut table, &format!("# vintage {VINTAGE}"));
    line(&mut table, &format!("# population {POPULATION_YEAR}"));
    section(
        &mut table,
        "regions",
        facts.regions.iter().map(|one| area(one, "")),
    );
    section(
        &mut table,
        "departments",
        facts
            .departments
            .iter()
            .map(|one| area(one, one.region.as_deref().unwrap_or_default())),
    );
    let ranks = epci_ranks(facts);
    let mut epcis: Vec<_> = facts
        .epcis
        .iter()
        .filter(|one| ranks.contains_key(one.code.as_str()))
        .collect();
    epcis.sort_by_key(|one| ranks[one.code.as_str()]);
    section(
        &mut table,
        "epcis",
        epcis
            .iter()
            .map(|one| format!("{}\t{}\t{}", one.code, one.nature, one.nom)),
    );
    communes(&mut table, facts, &ranks);
    let mut before = 0;
    section(
        &mut table,
        "others",
        others.iter().map(|other| {
            let step = other.commune - std::mem::replace(&mut before, other.commune);
            let code = if other.code == facts.communes[other.commune].code {
                ""
            } else {
                &other.code
            };
            let until = other.until.map(|year| year.to_string()).unwrap_or_default();
            format!("{step}\t{}\t{}\t{code}\t{until}", other.kind, other.name)
        }),
    );
    table
}

fn communes(table: &mut String, facts: &Facts, ranks: &BTreeMap<&str, usize>) {
    let epci_of: BTreeMap<&str, usize> = facts
        .epcis
        .iter()
        .filter_map(|epci| Some((epci, *ranks.get(epci.code.as_str())?)))
        .flat_map(|(epci, rank)| {
            epci.membres
                .iter()
                .map(move |member| (member.code.as_str(), rank))
        })
        .collect();
    let mut before = ("", 0);
    section(
        table,
        "numbers",
        facts.communes.iter().map(|one| {
            let number: u32 = one.code[one.departement.len()..]
                .parse()
                .unwrap_or_default();
            let (department, last) = std::mem::replace(&mut before, (&one.departement, number));
            if department == one.departement {
                (number - last).to_string()
            } else {
                format!("{} {number}", one.departement)
            }
        }),
    );
    section(
        table,
        "names",
        facts.communes.iter().map(|one| one.nom.clone()),
    );
    section(
        table,
        "populations",
        facts.communes.iter().map(|one| {
            one.population
                .map(|count| count.to_string())
                .unwrap_or_default()
        }),
    );
    section(
        table,
        "postcodes",
        facts.communes.iter().map(|one| {
            let usual = one.departement[..2].replace(['A', 'B'], "0");
            let short = |code: &String| code.strip_prefix(&usual).unwrap_or(code).to_owned();
            one.codes_postaux
                .iter()
                .map(short)
                .collect::<Vec<_>>()
                .join(" ")
        }),
    );
    section(
        table,
        "members",
        facts.communes.iter().map(|one| {
            epci_of
                .get(one.code.as_str())
                .map(ToString::to_string)
                .unwrap_or_default()
        }),
    );
}

/// Ranks groupings by their first commune, so that neighbours have near numbers.
fn epci_ranks(facts: &Facts) -> BTreeMap<&str, usize> {
    let mut first: Vec<(&str, &str)> = facts
        .epcis
        .iter()
        .filter_map(|epci| {
            Some((
                epci.membres
                    .iter()
                    .map(|member| member.code.as_str())
                    .min()?,
                epci.code.as_str(),
            ))
        })
        .collect();
    first.sort_unstable();
    first
        .into_iter()
        .enumerate()
        .map(|(rank, (_, code))| (code, rank))
        .collect()
}

fn area(area: &Area, region: &str) -> String {
    format!(
        "{}\t{}\t{}\t{}\t{}\t{region}",
        area.code, area.nom, area.type_liaison, area.chef_lieu, area.zone
    )
}

fn section(table: &mut String, name: &str, lines: impl ExactSizeIterator<Item = String>) {
    line(table, &format!("# {name} {}", lines.len()));
    lines.for_each(|one| line(table, &one));
}

fn line(table: &mut String, text: &str) {
    writeln!(table, "{text}").expect("a string takes what it is given");
}
