//! The chores: `cargo xtask check | test | bench | territories`.

mod bench;
mod run;
mod territories;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The chores of the project.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Before each commit: format, clippy, the map of the crates
    Check,
    /// Everything: format, clippy, docs, unit and whole-node tests, the starter commons, scripts, journeys in a browser
    Test(test::Options),
    /// Measures against the raw limits, as ratios within one run
    Bench(bench::Options),
    /// Makes the register of territories and the outlines of departments anew, from the packages that hold the facts
    Territories(territories::Options),
}

fn main() -> ExitCode {
    let done = match Cli::parse().chore {
        Chore::Check => test::check(),
        Chore::Test(options) => test::everything(&options),
        Chore::Bench(options) => bench::run(&options),
        Chore::Territories(options) => territories::make(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
