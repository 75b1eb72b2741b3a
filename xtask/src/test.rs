//! `cargo xtask check` and `cargo xtask test`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::bail;
use clap::Args;
use serde_json::Value;

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
    let program = program()?;
    if !tools::node_packages(&tools::provider()) {
        println!("\nWithout Node.js and npm, sign-in is not tested against a certified provider.");
    }
    run("tests", cargo().args(["test", "--workspace", "--quiet"]))?;
    run(
        "the starter commons",
        Command::new(&program)
            .arg("check")
            .arg(root().join("content")),
    )?;
    advisories()?;
    if options.without_browser {
        println!("\nLeft out, as asked: scripts' types and the journeys in a browser.");
        return Ok(());
    }
    browser(&program)
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

fn browser(program: &Path) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    let packages = tools::node_packages(&tools::browser_tests());
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
        .env("TERREAU", program)
        .env("TERREAU_ROOT", root());
    run("journeys in a browser", &mut journeys)
}

/// Builds everything at once, so that each library is built with one set of features, and returns the path of the program.
fn program() -> anyhow::Result<PathBuf> {
    println!("\n── build");
    let output = cargo()
        .args(["build", "--workspace", "--all-targets", "--quiet"])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()?;
    anyhow::ensure!(output.status.success(), "build: {}", output.status);
    let lines = String::from_utf8(output.stdout)?;
    let messages = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let is_program = |message: &Value| {
        message["target"]["name"] == "terreau"
            && message["target"]["kind"][0] == "bin"
            && message["profile"]["test"] == false
    };
    let mut programs = messages
        .filter(is_program)
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs
        .next()
        .ok_or_else(|| anyhow::anyhow!("cargo names no executable"))
}
