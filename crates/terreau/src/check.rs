//! `terreau check PATH [--format json]`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use terreau_card::{Problem, Severity};

use crate::locale::Locale;

/// What to check and how to say it.
#[derive(Args)]
pub struct Arguments {
    /// A commons on disk, or a bare repository
    path: PathBuf,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Reports every problem; exit code 1 when one is an error.
pub fn run(arguments: &Arguments, locale: Locale) -> anyhow::Result<ExitCode> {
    let problems = terreau_commons::check(&arguments.path)?;
    match arguments.format {
        Format::Text => problems
            .iter()
            .for_each(|(file, problem)| print_text(file, problem, locale)),
        Format::Json => println!(
            "{}",
            serde_json::to_string_pretty(&json(&problems, locale))?
        ),
    }
    let errors = problems
        .iter()
        .filter(|(_, problem)| problem.severity == Severity::Error)
        .count();
    if !problems.is_empty() && matches!(arguments.format, Format::Text) {
        let warnings = problems.len() - errors;
        eprintln!(
            "{errors} {}, {warnings} {}",
            locale.say("erreur(s)", "error(s)"),
            locale.say("avertissement(s)", "warning(s)")
        );
    }
    Ok(if errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Writes a problem in the manner of compilers: `file:line:column`, what is wrong, what to do.
pub fn print_text(file: &str, problem: &Problem, locale: Locale) {
    let severity = match problem.severity {
        Severity::Error => locale.say("erreur", "error"),
        Severity::Warning => locale.say("avertissement", "warning"),
    };
    println!(
        "{file}:{}:{}: {severity}[{}] {}",
        problem.line,
        problem.column,
        problem.code(),
        problem.message(locale.0)
    );
    println!(
        "    {} {}",
        locale.say("à faire :", "help:"),
        problem.help(locale.0)
    );
}

fn json(problems: &[(String, Problem)], locale: Locale) -> serde_json::Value {
    let one = |(file, problem): &(String, Problem)| {
        serde_json::json!({
            "file": file,
            "line": problem.line,
            "column": problem.column,
            "severity": match problem.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "code": problem.code(),
            "message": problem.message(locale.0),
            "help": problem.help(locale.0),
        })
    };
    problems.iter().map(one).collect()
}
