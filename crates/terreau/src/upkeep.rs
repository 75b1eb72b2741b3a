//! `terreau rebuild --data DIR` and `terreau doctor --data DIR`

use std::process::ExitCode;

use terreau_commons::{Commons, Finding, OpenError};

use crate::config::Config;
use crate::locale::Locale;
use crate::serve;

/// Throws the projections away and makes them again.
pub fn rebuild(config: Config, locale: Locale) -> anyhow::Result<ExitCode> {
    serve::start_log(&config.log)?;
    let commons = serve::runtime()?.block_on(terreau_commons::rebuild(config.commons()))?;
    let cards = commons.snapshot().count();
    println!(
        "{} {cards}",
        locale.say(
            "Index et historique refaits. Fiches :",
            "Index and history made again. Cards:"
        )
    );
    Ok(ExitCode::SUCCESS)
}

/// Verifies everything; exit code 1 with what to do when something is wrong.
pub fn doctor(config: Config, locale: Locale) -> anyhow::Result<ExitCode> {
    serve::start_log(&config.log)?;
    let findings = serve::runtime()?.block_on(look(&config))?;
    if findings.is_empty() {
        println!(
            "{}",
            locale.say(
                "Tout va bien : git, base de données, historique et recherche concordent.",
                "All is well: git, database, history and search agree."
            )
        );
        return Ok(ExitCode::SUCCESS);
    }
    for finding in &findings {
        println!(
            "{}: {}\n    {} {}",
            finding.part,
            finding.what,
            locale.say("à faire :", "help:"),
            advice(finding.part, locale)
        );
    }
    Ok(ExitCode::FAILURE)
}

async fn look(config: &Config) -> anyhow::Result<Vec<Finding>> {
    let starter = || anyhow::bail!("there is no commons in this folder");
    match Commons::open(config.commons(), starter).await {
        Ok(commons) => commons.doctor().await,
        Err(OpenError::Damaged(what)) => Ok(vec![Finding { part: "git", what }]),
        Err(other) => Err(other.into()),
    }
}

/// Returns what to do about a finding in a part.
fn advice(part: &str, locale: Locale) -> &'static str {
    match part {
        "git" => locale.say(
            "reprenez commons.git d’un miroir ou d’une sauvegarde, puis lancez « terreau rebuild ».",
            "bring commons.git back from a mirror or a backup, then run `terreau rebuild`.",
        ),
        "database" => locale.say(
            "reprenez la base d’une sauvegarde ; les fiches publiées sont à l’abri dans commons.git.",
            "bring the database back from a backup; published cards are safe in commons.git.",
        ),
        "coordinates" => locale.say(
            "importez de nouveau le fichier : « terreau import coordinates ».",
            "import the file again: `terreau import coordinates`.",
        ),
        _ => locale.say("lancez « terreau rebuild ».", "run `terreau rebuild`."),
    }
}
