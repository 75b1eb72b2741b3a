//! The program: `terreau serve | init | check | rebuild | doctor | token | account | import`.

mod account;
mod check;
mod config;
mod import;
mod init;
mod locale;
mod serve;
mod starter;
mod token;
mod upkeep;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Config, Overrides};
use crate::locale::Locale;

/// Terreau: a federated commons wiki for transition methods.
#[derive(Parser)]
#[command(version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A settings file; default: `terreau.toml` in the current folder, when there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a commons; makes it from the starter commons when the data folder is empty
    Serve(Overrides),
    /// Checks a commons on disk or in a bare repository
    Check(check::Arguments),
    /// Writes a new commons with its settings, its charter and one example card of each kind
    Init(init::Arguments),
    /// Throws index and history table away and makes them again
    Rebuild(Overrides),
    /// Verifies git objects, refs, locks, the database and the projections
    Doctor(Overrides),
    /// Makes, lists and revokes API tokens
    Token(token::Arguments),
    /// Gives an account a role
    Account(account::Arguments),
    /// Brings an open file into the data folder: where communes are
    Import(import::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let locale = Locale::of_the_environment();
    match run(cli, locale) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{} {error:#}", locale.say("erreur :", "error:"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli, locale: Locale) -> anyhow::Result<ExitCode> {
    let config = |overrides: &Overrides| Config::load(cli.config.as_deref(), overrides);
    match &cli.command {
        None => serve::run(config(&Overrides::default())?, locale),
        Some(Command::Serve(overrides)) => serve::run(config(overrides)?, locale),
        Some(Command::Check(arguments)) => check::run(arguments, locale),
        Some(Command::Init(arguments)) => init::run(arguments, locale),
        Some(Command::Rebuild(overrides)) => upkeep::rebuild(config(overrides)?, locale),
        Some(Command::Doctor(overrides)) => upkeep::doctor(config(overrides)?, locale),
        Some(Command::Token(arguments)) => {
            token::run(arguments, config(&arguments.overrides())?, locale)
        }
        Some(Command::Account(arguments)) => {
            account::run(arguments, config(&arguments.overrides())?, locale)
        }
        Some(Command::Import(arguments)) => {
            import::run(arguments, &config(&arguments.overrides())?, locale)
        }
    }
}
