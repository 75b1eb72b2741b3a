//! A temporary PostgreSQL cluster that cannot outlive the process that started it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(60);

/// Makes the cluster, serves it, and when its standard input closes (because the test process ended, even by SIGKILL)
/// stops and removes it. `$1` is the folder, `$2` where PostgreSQL's programs are.
const KEEPER: &str = r#"
cd "$1" || exit 1
"$2/initdb" -D "$1/data" -A trust -U postgres -E UTF8 --locale=C --no-sync >"$1/log" 2>&1 || exit 1
"$2/postgres" -D "$1/data" -k "$1" -c listen_addresses='' -c fsync=off -c full_page_writes=off \
    -c max_connections=300 -c shared_buffers=32MB >>"$1/log" 2>&1 </dev/null &
server=$!
read -r _
while kill -INT $server 2>/dev/null; do sleep 0.1; done # again, if it was not yet listening to signals
cd / && rm -rf "$1"
"#;

/// A running cluster.
pub(super) struct Cluster {
    /// Where its socket is.
    dir: PathBuf,
    programs: PathBuf,
    databases: AtomicU32,
    /// Holds the standard input whose end stops the cluster.
    _keeper: Child,
}

impl Cluster {
    /// Starts a cluster; nothing when PostgreSQL is not installed.
    pub(super) fn start() -> Option<Cluster> {
        let programs = programs()?;
        let dir = tempfile::Builder::new()
            .prefix("terreau-pg-")
            .tempdir()
            .expect("a temporary folder can be made")
            .keep(); // the keeper removes it
        let mut keeper = Command::new("/bin/sh");
        keeper
            .args(["-c", KEEPER, "terreau-postgres"])
            .args([&dir, &programs])
            .env("LC_ALL", "C")
            .env("HOME", &dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        become_ordinary(&mut keeper, &dir);
        let mut keeper = keeper.spawn().expect("sh runs");

        let patience = Instant::now() + START_LIMIT;
        while !is_ready(&programs, &dir) {
            let ended = keeper.try_wait().expect("the keeper can be asked");
            assert!(
                ended.is_none() && Instant::now() < patience,
                "PostgreSQL did not start: {}",
                std::fs::read_to_string(dir.join("log")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(Cluster {
            dir,
            programs,
            databases: AtomicU32::new(0),
            _keeper: keeper,
        })
    }

    /// Makes an empty database and returns its address.
    pub(super) fn new_database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("scratch_{number}");
        let made = Command::new(self.programs.join("createdb"))
            .arg("-h")
            .arg(&self.dir)
            .args(["-U", "postgres", "-T", "template0", &name])
            .output()
            .expect("createdb runs");
        assert!(
            made.status.success(),
            "createdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        format!(
            "postgres://postgres@localhost/{name}?host={}",
            self.dir.display()
        )
    }
}

fn is_ready(programs: &Path, dir: &Path) -> bool {
    Command::new(programs.join("pg_isready"))
        .arg("-q")
        .arg("-h")
        .arg(dir)
        .status()
        .is_ok_and(|status| status.success())
}

/// Returns where PostgreSQL's programs are: the newest installed version's, else those on the path.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_unstable();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    versions
        .into_iter()
        .rev()
        .map(|(_, programs)| programs)
        .chain(std::env::split_paths(&on_path))
        .find(|programs| programs.join("initdb").is_file() && programs.join("postgres").is_file())
}

/// PostgreSQL refuses to run as root: then the keeper becomes `postgres`, or `nobody`, and owns the folder. It also gets
/// a process group of its own, so that Ctrl-C ends the tests and leaves it time to clean up.
#[cfg(unix)]
fn become_ordinary(keeper: &mut Command, dir: &Path) {
    use std::os::unix::process::CommandExt;

    keeper.process_group(0);
    if id(&["-u"]) != Some(0) {
        return;
    }
    let (user, group) = ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some((id(&["-u", name])?, id(&["-g", name])?)))
        .expect("root has an ordinary user to become: postgres or nobody");
    std::os::unix::fs::chown(dir, Some(user), Some(group)).expect("root gives its folder away");
    keeper.uid(user).gid(group);
}

#[cfg(not(unix))]
fn become_ordinary(_keeper: &mut Command, _dir: &Path) {}

#[cfg(unix)]
fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
