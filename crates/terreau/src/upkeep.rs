//! `terreau rebuild --data DIR` and `terreau doctor --data DIR`

use std::process::ExitCode;

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
    let findings = serve::runtime()?.block_on(async {
        let commons = terreau_commons::Commons::open(config.commons(), || {
            anyhow::bail!("there is no commons in this folder")
        })
        .await?;
        commons.doctor().await
    })?;
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
            finding.advice
        );
    }
    Ok(ExitCode::FAILURE)
}
