//! A node: the real program on a folder and a port of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::client::Client;
use crate::program::program;

/// How long a node may take to do what a test waits for, before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a node is started.
#[derive(Clone, Debug, Default)]
pub struct NodeOptions {
    /// The commons to start from; `None` is the starter commons.
    pub content: Option<PathBuf>,
    /// `TERREAU__…` settings.
    pub settings: Vec<(String, String)>,
    /// More options of `terreau serve`.
    pub arguments: Vec<String>,
}

/// A running node; it ends, and its folder goes, with the value.
pub struct TestNode {
    folder: Arc<TempDir>,
    options: NodeOptions,
    child: Child,
    output: Arc<Lines>,
    base: String,
}

/// The lines that a node wrote so far.
#[derive(Default)]
struct Lines {
    lines: Mutex<Vec<String>>,
    more: Condvar,
}

impl TestNode {
    /// Starts a node on the starter commons.
    pub fn start() -> TestNode {
        TestNode::with(NodeOptions::default())
    }

    /// Starts a node.
    ///
    /// # Panics
    /// When it does not start.
    pub fn with(options: NodeOptions) -> TestNode {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder can be made"));
        TestNode::on(folder, options)
    }

    fn on(folder: Arc<TempDir>, options: NodeOptions) -> TestNode {
        let mut command = Command::new(program());
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path().join("data"))
            .args(&options.arguments)
            .env("LANG", "fr_FR.UTF-8")
            .env_remove("LC_ALL")
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(content) = &options.content {
            command.arg("--content").arg(content);
        }
        for (key, value) in &options.settings {
            command.env(key, value);
        }
        let mut child = command.spawn().expect("the program starts");
        let output = Arc::new(Lines::default());
        follow(child.stdout.take().expect("piped"), Arc::clone(&output));
        follow(child.stderr.take().expect("piped"), Arc::clone(&output));
        let line = output.wait_for("Terreau écoute sur ", 0);
        let base = line
            .rsplit(' ')
            .next()
            .expect("a line has a last word")
            .to_owned();
        let address = base.clone();
        TestNode {
            folder,
            options,
            child,
            output,
            base: address,
        }
    }

    /// Returns the address of the node, without a final slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Returns the data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Returns a folder for the test's own files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns a browser without scripts, signed in as nobody.
    pub fn client(&self) -> Client {
        Client::new(&self.base)
    }

    /// Runs another command of the program on this node's data folder.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Output {
        run(&self.data(), &self.options, arguments)
    }

    /// Makes an account with a role, and an API token that may write cards.
    ///
    /// # Panics
    /// When a command fails.
    pub fn token(&self, email: &str, role: &str) -> String {
        let granted = self.run(&["account", "grant", email, role]);
        assert!(
            granted.status.success(),
            "{}",
            String::from_utf8_lossy(&granted.stderr)
        );
        let made = self.run(&[
            "token",
            "create",
            "--account",
            email,
            "--scope",
            "card:write",
        ]);
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        String::from_utf8(made.stdout)
            .expect("tokens are ASCII")
            .trim()
            .to_owned()
    }

    /// Waits for a line of output that contains `part`, and returns it.
    ///
    /// # Panics
    /// When no such line comes.
    pub fn line_with(&self, part: &str) -> String {
        self.output.wait_for(part, 0)
    }

    /// Asks for a sign-in link, and returns the line of output that holds it: not that of a letter before, whose link opens
    /// nothing any more.
    ///
    /// # Panics
    /// When no link is sent.
    pub fn sign_in_line(&self, client: &Client, email: &str) -> String {
        let before = self.output.count();
        let asked = client.post("/connexion", &[("email", email)]);
        assert!(asked.status < 300, "{}", asked.body);
        let letter = format!("the letter to {email} would hold");
        self.output.wait_for(&letter, before)
    }

    /// Returns everything the node wrote so far.
    pub fn log(&self) -> String {
        self.output
            .lines
            .lock()
            .expect("no test panics while it holds the lines")
            .join("\n")
    }

    /// Kills the node at once, as a power cut would end its process, and returns what is left of it.
    pub fn kill(mut self) -> StoppedNode {
        let _ = self.child.kill();
        let _ = self.child.wait();
        StoppedNode {
            folder: Arc::clone(&self.folder),
            options: self.options.clone(),
        }
    }

    /// Asks the node to end (SIGTERM), waits for it, and returns what is left of it with its exit code.
    ///
    /// # Panics
    /// When it does not end.
    pub fn stop(mut self) -> (StoppedNode, Option<i32>) {
        let ended = Command::new("kill")
            .arg(self.child.id().to_string())
            .status()
            .expect("kill runs");
        assert!(ended.success(), "the node had ended before it was asked to");
        let status = self.child.wait().expect("a child can be waited for");
        (
            StoppedNode {
                folder: Arc::clone(&self.folder),
                options: self.options.clone(),
            },
            status.code(),
        )
    }
}

impl Drop for TestNode {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder of a node that ended.
pub struct StoppedNode {
    folder: Arc<TempDir>,
    options: NodeOptions,
}

impl StoppedNode {
    /// Starts the program again on the same folder.
    pub fn start(self) -> TestNode {
        TestNode::on(self.folder, self.options)
    }

    /// Returns the data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs a command of the program on the data folder.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Output {
        run(&self.data(), &self.options, arguments)
    }
}

fn run(data: &Path, options: &NodeOptions, arguments: &[&str]) -> Output {
    Command::new(program())
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env("LANG", "fr_FR.UTF-8")
        .envs(options.settings.iter().cloned())
        .output()
        .expect("the program starts")
}

impl Lines {
    fn count(&self) -> usize {
        self.lines.lock().expect("no reader panics").len()
    }

    /// Waits for a line that contains `part`, the first `before` of them aside.
    fn wait_for(&self, part: &str, before: usize) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut lines = self.lines.lock().expect("no reader panics");
        loop {
            if let Some(line) = lines[before..]
                .iter()
                .rev()
                .find(|line| line.contains(part))
            {
                return line.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "the node never wrote “{part}”; it wrote:\n{}",
                lines.join("\n")
            );
            lines = self
                .more
                .wait_timeout(lines, left)
                .expect("no reader panics")
                .0;
        }
    }
}

fn follow(stream: impl std::io::Read + Send + 'static, into: Arc<Lines>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            into.lines.lock().expect("no reader panics").push(line);
            into.more.notify_all();
        }
    });
}
