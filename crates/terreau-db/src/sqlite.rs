//! SQLite: one file in the data folder, durable and private by its settings.

use std::io;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions as _};
use sea_orm::{SqlxSqliteConnector, sqlx::Row as _};

use crate::error::{driver_fault, is_locked};
use crate::{Db, DbError};

/// The first version without the WAL-reset corruption race.
///
/// Source: <https://sqlite.org/releaselog/3_51_3.html>
const OLDEST_VERSION: (u32, u32, u32) = (3, 51, 3);
const BUSY_TIMEOUT: Duration = Duration::from_millis(5_000);
/// How long a request waits for its turn before it is told to try later.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

/// Returns the options of the default file.
pub(crate) fn in_dir(dir: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(dir.join("terreau.sqlite"))
        .create_if_missing(true)
}

/// Reads the options of an address such as `sqlite:///var/lib/terreau/people.sqlite?mode=rwc`.
pub(crate) fn at_url(url: &str) -> Result<SqliteConnectOptions, DbError> {
    let options = SqliteConnectOptions::from_str(url).map_err(|error| driver_fault(&error))?;
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(DbError::unusable(
            "a database in memory forgets its accounts: give a file",
        ));
    }
    Ok(options)
}

/// Opens the file: one connection that writes, a few that read.
pub(crate) async fn open(options: SqliteConnectOptions) -> Result<Db, DbError> {
    make_private(options.get_filename())
        .map_err(|error| DbError::unusable(format!("the database file: {error}")))?;
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("secure_delete", "ON")
        .pragma("mmap_size", "0")
        .pragma("journal_size_limit", "67108864")
        .disable_statement_logging();

    let write = connect(1, options.clone()).await?;
    refuse_old_version(&write).await?;
    refuse_damage(&write).await?;
    let read = connect(READERS, options.pragma("query_only", "ON")).await?;
    Ok(Db {
        read: SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
        write: SqlxSqliteConnector::from_sqlx_sqlite_pool(write),
    })
}

/// Opens a pool. A file that another process is just making answers "locked" at once, whatever the timeout says.
async fn connect(connections: u32, options: SqliteConnectOptions) -> Result<SqlitePool, DbError> {
    let patience = Instant::now() + BUSY_TIMEOUT;
    loop {
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false) // a file does not hang up
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await;
        match pool {
            Ok(pool) => return Ok(pool),
            Err(error) if is_locked(&error) && Instant::now() < patience => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(error) => return Err(driver_fault(&error)),
        }
    }
}

/// Makes the file, when it is not there, so that only its owner can read it; SQLite gives its log the same rights.
fn make_private(file: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options
            .mode(0o600)
            .open(file)?
            .set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    options.open(file)?;
    Ok(())
}

async fn refuse_old_version(pool: &SqlitePool) -> Result<(), DbError> {
    let version: String = scalar(pool, "SELECT sqlite_version()").await?;
    if is_recent(&version) {
        Ok(())
    } else {
        Err(DbError::unusable(format!(
            "SQLite {version} may corrupt its log: 3.51.3 or later is needed"
        )))
    }
}

pub(crate) fn is_recent(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|part| part.parse().ok());
    let mut next = || numbers.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST_VERSION
}

async fn refuse_damage(pool: &SqlitePool) -> Result<(), DbError> {
    let answer: String = scalar(pool, "PRAGMA quick_check(1)").await?;
    if answer == "ok" {
        Ok(())
    } else {
        Err(DbError::unusable(format!(
            "the file is damaged ({answer}): restore it from a backup"
        )))
    }
}

async fn scalar(pool: &SqlitePool, sql: &'static str) -> Result<String, DbError> {
    sqlx::query(sql)
        .fetch_one(pool)
        .await
        .and_then(|row| row.try_get(0))
        .map_err(|error| driver_fault(&error))
}
