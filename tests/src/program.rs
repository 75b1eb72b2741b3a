//! The programs under test: ours and git.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Returns the root of the checkout.
pub fn repository_root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests package stands in the checkout")
}

/// Returns the program, built by the same cargo profile as this test.
///
/// # Panics
/// When it can't be built.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            // The whole workspace: with fewer packages, cargo would choose other features and build everything again.
            .args(["build", "--quiet", "--workspace", "--all-targets"])
            .current_dir(repository_root())
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the program does not build");
        // This test is <target>/debug/deps/it-…, the program <target>/debug/terreau.
        let test = std::env::current_exe().expect("a running test has a path");
        let folder = test.ancestors().nth(2).expect("tests stand in deps/");
        folder.join(format!("terreau{}", std::env::consts::EXE_SUFFIX))
    })
}

/// Runs the real git client in `dir`, away from the settings of whoever runs the tests.
///
/// # Panics
/// When git cannot be started.
pub fn run_git(dir: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .args(arguments)
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .expect("git runs")
}
