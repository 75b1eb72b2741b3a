//! A real mail server, PyPI's `aiosmtpd`, started by the tests with Python.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::program::repository_root;

/// How long a letter may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The mail server; it ends with the value.
pub struct MailServer {
    child: Child,
    lines: Receiver<String>,
    port: u16,
}

/// A letter that the server took.
#[derive(Debug)]
pub struct ReceivedLetter {
    /// Who sends it, as the servers say.
    pub from: String,
    /// Whom it goes to, as the servers say.
    pub to: Vec<String>,
    /// The text as it came over the wire.
    pub wire: String,
}

impl MailServer {
    /// Starts it, installing its package the first time; says loudly when Python or the package index is missing.
    ///
    /// # Panics
    /// When everything is there and it does not start.
    pub fn start() -> Option<MailServer> {
        static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
        let python = PYTHON.get_or_init(install).as_ref()?;
        let mut child = Command::new(python)
            .arg(folder().join("server.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python starts");
        let output = child.stdout.take().expect("piped");
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        let first = lines.recv_timeout(PATIENCE).expect("it says its port");
        let port = first
            .strip_prefix("port ")
            .and_then(|port| port.parse().ok())
            .expect("a port is a number");
        Some(MailServer { child, lines, port })
    }

    /// Returns the settings of a node that sends its letters here.
    pub fn settings(&self, from: &str) -> Vec<(String, String)> {
        vec![
            (
                "TERREAU__SITE__SMTP__URL".to_owned(),
                format!("smtp://127.0.0.1:{}", self.port),
            ),
            ("TERREAU__SITE__SMTP__FROM".to_owned(), from.to_owned()),
        ]
    }

    /// Waits for the next letter.
    ///
    /// # Panics
    /// When none comes.
    pub fn letter(&self) -> ReceivedLetter {
        let line = self.lines.recv_timeout(PATIENCE).expect("a letter comes");
        let letter: Value = serde_json::from_str(&line).expect("letters are told as JSON");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        ReceivedLetter {
            from: text(&letter["from"]),
            to: letter["to"]
                .as_array()
                .expect("a list")
                .iter()
                .map(text)
                .collect(),
            wire: text(&letter["text"]),
        }
    }

    /// Tells whether no letter waits to be looked at.
    pub fn is_empty(&self) -> bool {
        self.lines.try_recv().is_err()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl ReceivedLetter {
    /// Returns the lines before the first empty one.
    pub fn headers(&self) -> Vec<&str> {
        self.wire
            .split("\r\n")
            .take_while(|line| !line.is_empty())
            .collect()
    }

    /// Returns the text as a person reads it: quoted-printable undone.
    ///
    /// # Panics
    /// When it is not UTF-8.
    pub fn text(&self) -> String {
        let (_, body) = self.wire.split_once("\r\n\r\n").unwrap_or_default();
        let joined = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            let coded = (*first == b'=' && after.len() >= 2)
                .then(|| std::str::from_utf8(&after[..2]).ok())
                .flatten()
                .and_then(|digits| u8::from_str_radix(digits, 16).ok());
            if let Some(byte) = coded {
                bytes.push(byte);
                rest = &after[2..];
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        String::from_utf8(bytes).expect("letters are UTF-8")
    }
}

fn folder() -> PathBuf {
    repository_root().join("tests/smtp")
}

/// Makes a Python of its own under the target folder, with the packages as pinned; returns it.
fn install() -> Option<PathBuf> {
    let skipped = |why: &str| {
        // Written past the test harness, which would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: tests against a real mail server: {why}"
        );
        None
    };
    // This test is <target>/debug/deps/it-…
    let test = std::env::current_exe().expect("a running test has a path");
    let target = test
        .ancestors()
        .nth(3)
        .expect("tests stand in a profile's deps/");
    let home = target.join("tests-smtp");
    let python = home.join("bin/python");
    if is_ready(&python) {
        return Some(python);
    }
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(&home)
        .stdout(Stdio::null())
        .status();
    if !made.is_ok_and(|status| status.success()) {
        return skipped("python3 with venv not found");
    }
    let installed = Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(folder().join("requirements.txt"))
        .stdout(Stdio::null())
        .status();
    if installed.is_ok_and(|status| status.success()) && is_ready(&python) {
        Some(python)
    } else {
        skipped("pip cannot install aiosmtpd")
    }
}

fn is_ready(python: &Path) -> bool {
    Command::new(python)
        .args(["-c", "import aiosmtpd"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
