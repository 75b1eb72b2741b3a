//! What the tests need beside Rust: installed when that is possible, named plainly when it isn't.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{root, run};

/// Where Debian and others put Chromium.
const CHROMIUM: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];

/// The folder of the browser tests, with their own `package-lock.json`.
pub fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}

/// Returns the browser, installing Debian's when this machine lets us.
pub fn chromium() -> Option<PathBuf> {
    if let Some(chosen) = std::env::var_os("CHROMIUM") {
        return Some(chosen.into());
    }
    found_chromium().or_else(|| {
        install_debian(&["chromium"]);
        found_chromium()
    })
}

fn found_chromium() -> Option<PathBuf> {
    CHROMIUM
        .iter()
        .map(PathBuf::from)
        .find(|path| path.is_file())
}

/// Installs Debian packages when we are root on a Debian; says what it did.
fn install_debian(packages: &[&str]) {
    let root_user = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout == b"0\n");
    if !root_user || !Path::new("/usr/bin/apt-get").is_file() {
        return;
    }
    let mut update = Command::new("apt-get");
    update.args(["update", "--quiet=2"]);
    let mut install = Command::new("apt-get");
    install
        .args(["install", "--yes", "--quiet=2", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    let done = run("apt-get update", &mut update).and_then(|()| {
        run(
            &format!("apt-get install {}", packages.join(" ")),
            &mut install,
        )
    });
    if let Err(error) = done {
        eprintln!("{error:#}");
    }
}

/// Tells whether a program answers to `--version`.
pub fn answers(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// The folder of the certified OpenID provider that sign-in is tested against, with its own `package-lock.json`.
pub fn provider() -> PathBuf {
    root().join("tests/oidc")
}

/// Installs the node packages of a folder of tests, as locked; returns whether they are there.
pub fn node_packages(folder: &Path) -> bool {
    if !answers("node") || !answers("npm") {
        return false;
    }
    let mut install = Command::new("npm");
    install
        .args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ])
        .current_dir(folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    let title = format!("npm ci ({})", folder.display());
    let done = run(&title, &mut install);
    if let Err(error) = &done {
        eprintln!("{error:#}");
    }
    done.is_ok()
}
