//! A certified OpenID provider, npm's `oidc-provider`, started by the tests with node.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::blocking::{Client as Http, Response};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;

use crate::program::repository_root;

/// What the certified provider calls the site: this, a dash, and the provider's word in the settings.
pub const CERTIFIED_CLIENT: &str = "terreau";

/// The provider; it ends with the value.
pub struct CertifiedProvider {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    issuer: String,
}

impl CertifiedProvider {
    /// Starts it, installing its packages the first time; says loudly when node or the registry is missing.
    ///
    /// # Panics
    /// When everything is there and it does not start.
    pub fn start() -> Option<CertifiedProvider> {
        static INSTALLED: OnceLock<bool> = OnceLock::new();
        if !INSTALLED.get_or_init(install) {
            return None;
        }
        let mut child = Command::new("node")
            .arg("provider.mjs")
            .current_dir(folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let output = child.stdout.take().expect("piped");
        let mut provider = CertifiedProvider {
            child,
            lines: BufReader::new(output).lines(),
            issuer: String::new(),
        };
        provider.issuer = provider.line_after("issuer ");
        Some(provider)
    }

    /// Returns its address.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Tells it where the site is, and waits until it answers.
    ///
    /// # Panics
    /// When it ended.
    pub fn serve(&mut self, base: &str) {
        let input = self.child.stdin.as_mut().expect("piped");
        writeln!(input, "{base}").expect("it reads");
        self.line_after("ready");
    }

    fn line_after(&mut self, start: &str) -> String {
        loop {
            let line = self
                .lines
                .next()
                .expect("the provider ended before it was ready")
                .expect("its words are text");
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
        }
    }

    /// Does there what a person does: signs in as `login`, agrees; or gives up. Returns the address that it sends back to.
    ///
    /// # Panics
    /// When a page is not as expected.
    pub fn sign_in(&self, start: &str, login: &str, agrees: bool) -> String {
        let browser = Http::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .expect("a client of plain HTTP needs nothing");
        let mut answer = browser.get(start).send().expect("it answers");
        // A sign-in form, a consent form, and the redirects between them.
        for _ in 0..12 {
            if let Some(to) = location(&answer) {
                let to = if to.starts_with('/') {
                    format!("{}{to}", self.issuer)
                } else {
                    to
                };
                if !to.starts_with(&self.issuer) {
                    return to;
                }
                answer = browser.get(to).send().expect("it answers");
                continue;
            }
            let status = answer.status();
            let page = answer.text().expect("a page is text");
            let form = attribute(&page, "action=\"")
                .unwrap_or_else(|| panic!("no form in the page ({status}): {page}"));
            let prompt = if page.contains("name=\"login\"") {
                "login"
            } else {
                "consent"
            };
            answer = if agrees {
                let fields = [("prompt", prompt), ("login", login), ("password", "x")];
                browser
                    .post(absolute(&self.issuer, &form))
                    .form(&fields)
                    .send()
            } else {
                browser
                    .get(format!("{}/abort", absolute(&self.issuer, &form)))
                    .send()
            }
            .expect("it answers");
        }
        panic!("the provider never sent the person back");
    }
}

impl Drop for CertifiedProvider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn absolute(issuer: &str, address: &str) -> String {
    if address.starts_with('/') {
        format!("{issuer}{address}")
    } else {
        address.to_owned()
    }
}

fn location(answer: &Response) -> Option<String> {
    Some(answer.headers().get(LOCATION)?.to_str().ok()?.to_owned())
}

fn attribute(page: &str, start: &str) -> Option<String> {
    let rest = &page[page.find(start)? + start.len()..];
    Some(rest[..rest.find('"')?].replace("&amp;", "&"))
}

fn folder() -> PathBuf {
    repository_root().join("tests/oidc")
}

/// Installs the packages as locked, unless they are there; tells whether they are.
fn install() -> bool {
    let skipped = |why: &str| {
        // Written past the test harness, which would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: tests against a certified OpenID provider: {why}"
        );
        false
    };
    let answers = Command::new("node").arg("--version").output();
    if !answers.is_ok_and(|output| output.status.success()) {
        return skipped("node not found");
    }
    if folder()
        .join("node_modules/oidc-provider/package.json")
        .is_file()
    {
        return true;
    }
    let installed = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .args(["--loglevel", "error"])
        .current_dir(folder())
        .stdout(Stdio::null())
        .status();
    if installed.is_ok_and(|status| status.success()) {
        true
    } else {
        skipped("npm cannot install its packages")
    }
}
