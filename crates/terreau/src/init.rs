//! `terreau init DIR`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use crate::locale::Locale;
use crate::starter;

/// Where to write the new commons.
#[derive(Args)]
pub struct Arguments {
    /// A new or empty folder
    dir: PathBuf,
}

/// Writes `commons.toml`, the charter and one example card of each kind.
pub fn run(arguments: &Arguments, locale: Locale) -> anyhow::Result<ExitCode> {
    let dir = &arguments.dir;
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    anyhow::ensure!(
        std::fs::read_dir(dir)?.next().is_none(),
        "{} is not empty",
        dir.display()
    );
    let files = terreau_commons::new_commons(&starter::commons_toml(), locale.0)?;
    for (path, bytes) in &files {
        let file = dir.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(dir))?;
        std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
    }
    println!(
        "{}",
        locale.say(
            "Le commun est prêt. Relisez commons.toml et la charte, puis :",
            "The commons is ready. Read commons.toml and the charter, then:"
        )
    );
    println!(
        "    terreau check {0}\n    terreau serve --content {0}",
        dir.display()
    );
    Ok(ExitCode::SUCCESS)
}
