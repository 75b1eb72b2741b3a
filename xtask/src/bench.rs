//! `cargo xtask bench`: ratios to the raw limits, within one run.

use clap::Args;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Write the figures as JSON to this file too
    #[arg(long, value_name = "FILE")]
    json: Option<std::path::PathBuf>,
}

/// Measures and prints.
pub fn run(options: &Options) -> anyhow::Result<()> {
    anyhow::bail!("not measured yet: {:?}", options.json)
}
