//! Scratch databases for tests, on both engines: a SQLite file, or a database of a temporary PostgreSQL cluster.
//!
//! The cluster is started once per test process, listens on a Unix socket in a temporary folder only, and is stopped and
//! removed when the process ends, however it ends. Where PostgreSQL is not installed, its tests are skipped loudly.

mod cluster;

use std::fmt;
use std::io::Write;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::{Db, DbSettings, Engine};
use cluster::Cluster;

static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();

/// An empty database of a test's own; its file goes away with it.
pub struct Scratch {
    engine: Engine,
    settings: DbSettings,
    dir: TempDir,
}

impl fmt::Debug for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Scratch({:?} in {})",
            self.engine,
            self.dir.path().display()
        )
    }
}

impl Scratch {
    /// Makes a place for a SQLite file.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    pub fn sqlite() -> Scratch {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        Scratch {
            engine: Engine::Sqlite,
            settings: DbSettings {
                url: None,
                dir: dir.path().to_owned(),
            },
            dir,
        }
    }

    /// Makes an empty PostgreSQL database, or says loudly that PostgreSQL is not installed and returns nothing.
    ///
    /// # Panics
    /// When PostgreSQL is installed but does not work.
    pub fn postgres() -> Option<Scratch> {
        let cluster = CLUSTER.get_or_init(start).as_ref()?;
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        Some(Scratch {
            engine: Engine::Postgres,
            settings: DbSettings {
                url: Some(cluster.new_database().into()),
                dir: dir.path().to_owned(),
            },
            dir,
        })
    }

    /// Makes one scratch database on each engine that is here.
    pub fn each() -> Vec<Scratch> {
        [Some(Scratch::sqlite()), Scratch::postgres()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Returns which engine it is, for the messages of tests.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Returns what opens it, also in a node of its own.
    pub fn settings(&self) -> DbSettings {
        self.settings.clone()
    }

    /// Opens it.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn open(&self) -> Db {
        Db::open(self.settings())
            .await
            .expect("a scratch database opens")
    }
}

fn start() -> Option<Cluster> {
    let cluster = Cluster::start();
    if cluster.is_none() {
        // Written past the test harness, which would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: PostgreSQL tests: initdb not found"
        );
    }
    cluster
}
