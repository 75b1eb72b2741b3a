//! Opening the database: the engine's settings, its checks, the migrations.

use std::path::PathBuf;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use secrecy::{ExposeSecret, SecretString};
use terreau_migrations::{Migrator, MigratorTrait};

use crate::error::fault;
use crate::{DbError, postgres, sqlite};

/// Where the database is.
#[derive(Debug, Clone)]
pub struct DbSettings {
    /// `postgres://…` or `sqlite://…`; by default `terreau.sqlite` in the data folder. Secret: it may hold a password.
    pub url: Option<SecretString>,
    /// The data folder; it must exist.
    pub dir: PathBuf,
}

/// The database of one node. Cheap to clone: the connections are shared.
#[derive(Debug, Clone)]
pub struct Db {
    /// Connections that only read; with PostgreSQL the same as `write`.
    pub(crate) read: DatabaseConnection,
    /// The connections that write; with SQLite a single one, so that writers queue here and not in the file.
    pub(crate) write: DatabaseConnection,
}

impl Db {
    /// Opens the database, makes it when it is not there, checks that it is sound and brings its schema up to date.
    ///
    /// # Errors
    /// `Unusable` when the address is wrong, the file is damaged or a newer Terreau made it; `Unavailable` when the
    /// server does not answer.
    pub async fn open(settings: DbSettings) -> Result<Db, DbError> {
        let url = settings.url.as_ref().map(ExposeSecret::expose_secret);
        let db = match url {
            None => sqlite::open(sqlite::in_dir(&settings.dir)).await?,
            Some(url) if url.starts_with("sqlite:") => sqlite::open(sqlite::at_url(url)?).await?,
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                postgres::open(url).await?
            }
            Some(_) => {
                return Err(DbError::unusable(
                    "the address must begin with sqlite:// or postgres://",
                ));
            }
        };
        db.migrate().await?;
        Ok(db)
    }

    /// Closes the connections after their work; with SQLite the write-ahead log is folded into the file.
    pub async fn close(self) -> Result<(), DbError> {
        self.read.close_by_ref().await.map_err(fault)?;
        self.write.close_by_ref().await.map_err(fault)
    }

    /// Begins a transaction that will write: SQLite takes its lock at once instead of failing half-way.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, DbError> {
        self.write
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await
            .map_err(fault)
    }

    /// Applies the missing migrations, all or none, one process at a time.
    async fn migrate(&self) -> Result<(), DbError> {
        let transaction = self.begin().await?;
        postgres::lock_migrations(&transaction).await?;
        Migrator::up(&transaction, None)
            .await
            .map_err(|error| match fault(error) {
                DbError::Unusable { reason } if reason.contains("is missing") => {
                    DbError::unusable(format!("a newer Terreau changed its schema ({reason})"))
                }
                other => other,
            })?;
        transaction.commit().await.map_err(fault)
    }
}

/// Returns a time as both engines keep it: whole microseconds.
pub(crate) fn stored(time: DateTime<Utc>) -> DateTime<Utc> {
    time.trunc_subsecs(6)
}

/// Returns a text as both engines keep it: PostgreSQL keeps no NUL, and git or a form may hand one over.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}
