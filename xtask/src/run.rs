//! Running other programs, in the open: each command is printed before it runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

/// Returns the root of the checkout: the one that cargo runs in now, for checkouts may share a target folder.
pub fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR");
    Path::new(&package.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()))
        .parent()
        .expect("xtask stands in the checkout")
        .to_path_buf()
}

/// Returns the cargo that runs this chore.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Runs a command in the open and fails when it fails.
///
/// # Errors
/// When the program is missing or ends with another code than 0.
pub fn run(title: &str, command: &mut Command) -> anyhow::Result<()> {
    let started = Instant::now();
    println!("\n── {title}");
    let status = command.status().with_context(|| {
        format!(
            "{title}: {} cannot be started",
            command.get_program().display()
        )
    })?;
    if !status.success() {
        bail!("{title}: {status}");
    }
    println!("── {title}: {} s", started.elapsed().as_secs());
    Ok(())
}
