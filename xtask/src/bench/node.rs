//! The programs that take part: the site, the bare handler, the bare commit.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::generate::HOT_CARD;
use super::load::{Connection, Response, get};
use super::quietly;

/// A site that is measured.
pub struct BenchNode {
    child: Child,
    program: PathBuf,
    data: PathBuf,
    /// Where it listens.
    pub address: String,
    /// When its process was started.
    pub started: Instant,
}

/// Another server beside it.
pub struct BareServer {
    child: Child,
    /// Where it listens.
    pub address: String,
}

impl BenchNode {
    /// Starts the site and waits until it listens.
    ///
    /// # Errors
    /// When it does not.
    pub fn start(program: &Path, data: &Path) -> anyhow::Result<BenchNode> {
        let started = Instant::now();
        let mut command = Command::new(program);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("TERREAU__LOG__FILTER", "warn");
        let (child, address) = start(&mut command)?;
        Ok(BenchNode {
            child,
            program: program.to_path_buf(),
            data: data.to_path_buf(),
            address,
            started,
        })
    }

    /// Waits until its projections show what is published.
    ///
    /// # Errors
    /// When they do not within half an hour.
    pub fn wait_until_ready(self) -> anyhow::Result<BenchNode> {
        let deadline = Instant::now() + Duration::from_secs(1_800);
        while self.get("/readyz")?.status != 200 {
            anyhow::ensure!(Instant::now() < deadline, "the site is never ready");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(self)
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// When the site does not answer.
    pub fn get(&self, path: &str) -> anyhow::Result<Response> {
        Connection::open(&self.address)?.send(get(&self.address, path, None).as_bytes())
    }

    /// Asks for a page that is not compressed.
    ///
    /// # Errors
    /// When the site does not answer.
    pub fn get_plain(&self, path: &str) -> anyhow::Result<Response> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        Connection::open(&self.address)?.send(request.as_bytes())
    }

    /// Returns the bare repository.
    pub fn repository(&self) -> PathBuf {
        self.data.join("commons.git")
    }

    /// Returns the resident memory of the process, in megabytes. Source: proc_pid_status(5), `VmRSS`.
    ///
    /// # Errors
    /// Where there is no `/proc`.
    pub fn resident_megabytes(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .context("no VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// Saves the hot card `count` times, one after the other, and returns how long each save took, in milliseconds.
    ///
    /// # Errors
    /// When a save is not acknowledged.
    pub fn saves(&self, from: usize, count: usize) -> anyhow::Result<Vec<f64>> {
        let token = self.token()?;
        let mut connection = Connection::open(&self.address)?;
        let saves = (from..from + count).map(|number| {
            let last = format!("Version s{number}.");
            self.save(&mut connection, &token, &last)
        });
        saves.collect()
    }

    /// Saves the hot card with a word at its end.
    ///
    /// # Errors
    /// When the save is not acknowledged.
    pub fn save_with(&self, word: &str) -> anyhow::Result<()> {
        let mut connection = Connection::open(&self.address)?;
        let last = format!("Version {word}.");
        self.save(&mut connection, &self.token()?, &last)?;
        Ok(())
    }

    /// Saves the hot card with this last line and returns how long the save took, in milliseconds.
    fn save(&self, connection: &mut Connection, token: &str, last: &str) -> anyhow::Result<f64> {
        let card = connection
            .send(get(&self.address, &format!("/api/v1/cards/{HOT_CARD}"), None).as_bytes())?;
        anyhow::ensure!(card.status == 200, "reading the card: {}", card.status);
        let text = String::from_utf8(self.get_plain(&format!("/{HOT_CARD}.md"))?.body)?;
        let head = self.get_plain("/api/v1/commons")?;
        let head: serde_json::Value = serde_json::from_slice(&head.body)?;
        let (kept, _) = text
            .rsplit_once("Version ")
            .context("the generated card ends with its version")?;
        let body = serde_json::json!({
            "content": format!("{kept}{last}\n"),
            "message": format!("Mesure : {last}"),
            "base": head["head"],
        })
        .to_string();
        let request = format!(
            "PUT /api/v1/cards/{HOT_CARD} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let started = Instant::now();
        let answer = connection.send(request.as_bytes())?;
        let time = started.elapsed().as_secs_f64() * 1000.0;
        anyhow::ensure!(
            answer.status == 200,
            "save: {} {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        Ok(time)
    }

    fn token(&self) -> anyhow::Result<String> {
        let email = "mesure@example.org";
        let mut grant = Command::new(&self.program);
        quietly(
            grant
                .args(["account", "grant", email, "editor", "--data"])
                .arg(&self.data),
        )?;
        let mut create = Command::new(&self.program);
        let token = quietly(
            create
                .args([
                    "token",
                    "create",
                    "--account",
                    email,
                    "--scope",
                    "card:write",
                    "--data",
                ])
                .arg(&self.data),
        )?;
        Ok(String::from_utf8(token)?.trim().to_owned())
    }

    /// Ends the site cleanly.
    ///
    /// # Errors
    /// When it does not end with code 0.
    pub fn stop(self) -> anyhow::Result<()> {
        stop(self.child)
    }
}

impl BareServer {
    /// Ends the server.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub fn stop(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

/// Starts a bare actix-web handler that returns these bytes from memory.
///
/// # Errors
/// When it does not start.
pub fn bare_server(program: &Path, body: &[u8], etag: &str) -> anyhow::Result<BareServer> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(body)?;
    let (child, address) = start(Command::new(program).arg(file.path()).arg(etag))?;
    Ok(BareServer { child, address })
}

/// Makes durable one-card commits in a copy of the repository, directly with libgit2; returns each duration in milliseconds.
///
/// # Errors
/// When the program fails.
pub fn bare_commits(program: &Path, repository: &Path, count: usize) -> anyhow::Result<Vec<f64>> {
    let folder = tempfile::tempdir_in(
        repository
            .parent()
            .context("a repository stands in a folder")?,
    )?;
    let copy = folder.path().join("copy.git");
    quietly(Command::new("cp").arg("-r").arg(repository).arg(&copy))?;
    let output = quietly(
        Command::new(program)
            .arg(&copy)
            .arg(count.to_string())
            .arg(format!("{HOT_CARD}.md")),
    )?;
    let told: BareCommits = serde_json::from_slice(&output)?;
    let milliseconds = told.microseconds.into_iter().map(|time| time / 1000.0);
    Ok(milliseconds.collect())
}

/// What the example `bare_commit` prints.
#[derive(serde::Deserialize)]
struct BareCommits {
    microseconds: Vec<f64>,
}

/// Starts a server and returns the address that its first line of output ends with.
fn start(command: &mut Command) -> anyhow::Result<(Child, String)> {
    let mut child = command
        .stdout(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("piped")?).lines();
    let line = lines.next().context("the server wrote nothing")??;
    // What follows must be read too, or the server would wait for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    let url = line.rsplit(' ').next().context("a line has a last word")?;
    Ok((child, url.trim_start_matches("http://").to_owned()))
}

fn stop(mut child: Child) -> anyhow::Result<()> {
    quietly(Command::new("kill").arg(child.id().to_string()))?;
    let status = child.wait()?;
    anyhow::ensure!(status.success(), "the site ended with {status}");
    Ok(())
}
