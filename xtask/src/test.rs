//! `cargo xtask check` and `cargo xtask test`.

use std::process::Command;

use anyhow::bail;
use clap::Args;

use crate::run::{cargo, root, run};
use crate::tools;

/// What to leave out.
#[derive(Args)]
pub struct Options {
    /// Leave out what needs Node.js and Chromium
    #[arg(long)]
    without_browser: bool,
}

/// Format, lints and the map: what every commit passes.
pub fn check() -> anyhow::Result<()> {
    run("format", cargo().args(["fmt", "--all", "--check"]))?;
    run(
        "clippy",
        cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--",
            "--deny",
            "warnings",
        ]),
    )
}

/// Everything that must pass before a change lands.
pub fn everything(options: &Options) -> anyhow::Result<()> {
    check()?;
    run(
        "docs",
        cargo()
            .args(["doc", "--workspace", "--no-deps", "--quiet"])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )?;
    run(
        "the program",
        cargo().args(["build", "--quiet", "--package", "terreau"]),
    )?;
    run("tests", cargo().args(["test", "--workspace", "--quiet"]))?;
    run(
        "the starter commons",
        cargo().args([
            "run",
            "--quiet",
            "--package",
            "terreau",
            "--",
            "check",
            "content",
        ]),
    )?;
    advisories()?;
    if options.without_browser {
        println!("\nLeft out, as asked: scripts' types and the journeys in a browser.");
        return Ok(());
    }
    browser()
}

/// Known vulnerabilities and licences, where cargo-deny is at hand: it is not a part of Rust.
fn advisories() -> anyhow::Result<()> {
    if tools::answers("cargo-deny") {
        return run("cargo deny", cargo().args(["deny", "check"]));
    }
    println!(
        "\nNot run: cargo-deny is not installed (`cargo install cargo-deny`). Licences were checked by tests/it/layers.rs."
    );
    Ok(())
}

fn browser() -> anyhow::Result<()> {
    let mut missing = Vec::new();
    let packages = tools::node_packages();
    if !packages {
        missing.push(
            "Node.js 20 or later with npm, and the npm registry, for the packages of tests/browser",
        );
    }
    let chromium = tools::chromium();
    if chromium.is_none() {
        missing.push(
            "Chromium (Debian: apt-get install chromium; elsewhere: set CHROMIUM to its path)",
        );
    }
    let (true, Some(chromium)) = (packages, chromium) else {
        bail!(
            "the browser tests need:\n  - {}\nor `cargo xtask test --without-browser`",
            missing.join("\n  - ")
        );
    };
    let folder = tools::browser_tests();
    run(
        "types of the scripts",
        Command::new("npx")
            .args(["--no-install", "tsc", "--project", "."])
            .current_dir(&folder),
    )?;
    let mut journeys = Command::new("node");
    journeys
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .current_dir(&folder);
    journeys
        .env("CHROMIUM", chromium)
        .env("TERREAU", program()?)
        .env("TERREAU_ROOT", root());
    run("journeys in a browser", &mut journeys)
}

/// Returns the path of the program that `cargo build` made.
fn program() -> anyhow::Result<std::path::PathBuf> {
    let output = cargo()
        .args([
            "build",
            "--quiet",
            "--package",
            "terreau",
            "--message-format=json",
        ])
        .output()?;
    let lines = String::from_utf8(output.stdout)?;
    let built = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let executable = built
        .filter_map(|message| message["executable"].as_str().map(Into::into))
        .last();
    executable.ok_or_else(|| anyhow::anyhow!("cargo names no executable"))
}
