//! `terreau import coordinates FILE --credit TEXT --licence SPDX`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use terreau_commons::{Coordinates, CoordinatesError, CoordinatesSource};

use crate::config::{Config, Overrides};
use crate::locale::Locale;

/// What to bring into the data folder.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Where communes are: a table of code, latitude and longitude in degrees (tab, semicolon or comma; plain or gzip)
    Coordinates {
        /// The file
        file: PathBuf,
        /// Who is to be credited for it, as it will be shown under the map
        #[arg(long, value_name = "TEXT")]
        credit: String,
        /// Its licence, as an SPDX expression: etalab-2.0, CC-BY-4.0 …
        #[arg(long, value_name = "SPDX")]
        licence: String,
        /// Where it is published
        #[arg(long, value_name = "URL")]
        url: Option<String>,
        /// The year of its communes
        #[arg(long, value_name = "YEAR")]
        vintage: Option<i32>,
        /// The data folder (default: data)
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
}

impl Arguments {
    /// Returns the options shared with other commands.
    pub fn overrides(&self) -> Overrides {
        let What::Coordinates { data, .. } = &self.what;
        Overrides {
            data: data.clone(),
            ..Overrides::default()
        }
    }
}

/// Runs beside a server as well as without one, which shows what was imported once it is started again.
pub fn run(arguments: &Arguments, config: &Config, locale: Locale) -> anyhow::Result<ExitCode> {
    let What::Coordinates {
        file,
        credit,
        licence,
        url,
        vintage,
        ..
    } = &arguments.what;
    anyhow::ensure!(!credit.trim().is_empty(), "--credit says nobody");
    terreau_card::licence::find(licence)
        .with_context(|| format!("“{licence}” is no licence that the commons knows"))?;
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    anyhow::ensure!(url.as_ref().is_none_or(is_web), "--url is no web address");
    let source = CoordinatesSource {
        credit: credit.clone(),
        licence: licence.clone(),
        url: url.clone(),
        vintage: *vintage,
    };
    let dir = &config.commons.data;
    anyhow::ensure!(
        dir.is_dir(),
        "{} is no data folder: run `terreau serve` once",
        dir.display()
    );
    match Coordinates::import(file, source, dir) {
        Ok(coordinates) => {
            println!(
                "{} {}",
                locale.say("Communes placées :", "Communes placed:"),
                coordinates.len()
            );
            let unknown = coordinates.unknown();
            if unknown > 0 {
                println!(
                    "{} {unknown}",
                    locale.say(
                        "Codes que le registre ne connaît pas :",
                        "Codes that the register doesn't know:"
                    )
                );
            }
            println!(
                "{}",
                locale.say(
                    "La carte les montrera au prochain démarrage de « terreau serve ».",
                    "The map will show them when `terreau serve` is started next."
                )
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(CoordinatesError::Wrong { first, count }) => {
            for (line, wrong) in &first {
                eprintln!("{}:{line}: {wrong}", file.display());
            }
            eprintln!(
                "{count} {}",
                locale.say(
                    "ligne(s) à corriger ; rien n’a été importé.",
                    "line(s) to mend; nothing was imported."
                )
            );
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}
