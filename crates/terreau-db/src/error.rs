//! What can go wrong, by what the caller can do about it.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr, sqlx};

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// It exists already: choose another, or read what is there.
    #[error("it exists already")]
    Taken,
    /// There is no such thing, or no longer.
    #[error("there is no such thing")]
    Missing,
    /// It changed meanwhile, or is closed: read it again before deciding anew.
    #[error("it changed meanwhile")]
    Stale,
    /// It is too long, or there are too many already.
    #[error("there is no room for it")]
    Full,
    /// The database did not answer, or was too busy: try again later.
    #[error("the database is not available: {reason}")]
    Unavailable {
        /// What the database said, without any value of a row.
        reason: String,
    },
    /// Whoever runs the node must act: the file is damaged, foreign, or made by a newer Terreau, or a setting is wrong.
    #[error("the database can't be used: {reason}")]
    Unusable {
        /// What is wrong.
        reason: String,
    },
}

impl DbError {
    pub(crate) fn unusable(reason: impl Into<String>) -> Self {
        DbError::Unusable {
            reason: reason.into(),
        }
    }
}

/// Translates an error of the library. Only the server's own words are kept: its details may quote a row.
pub(crate) fn fault(error: DbErr) -> DbError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => return DbError::Taken,
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => return DbError::Missing,
        _ => {}
    }
    match &error {
        DbErr::RecordNotFound(_) | DbErr::RecordNotUpdated => DbError::Missing,
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => DbError::Unavailable {
            reason: "no connection became free in time".to_owned(),
        },
        DbErr::Conn(RuntimeErr::SqlxError(source))
        | DbErr::Exec(RuntimeErr::SqlxError(source))
        | DbErr::Query(RuntimeErr::SqlxError(source)) => driver_fault(source),
        DbErr::TryIntoErr { .. } | DbErr::Type(_) | DbErr::Migration(_) | DbErr::Custom(_) => {
            DbError::unusable(error.to_string())
        }
        _ => DbError::Unavailable {
            reason: error.to_string(),
        },
    }
}

/// Translates an error of the driver.
pub(crate) fn driver_fault(error: &sqlx::Error) -> DbError {
    let reason = error.to_string();
    match error {
        sqlx::Error::Database(database) if is_damage(database.as_ref()) => {
            DbError::Unusable { reason }
        }
        sqlx::Error::Configuration(_)
        | sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::ColumnNotFound(_) => DbError::Unusable { reason },
        _ => DbError::Unavailable { reason },
    }
}

/// Tells whether SQLite reports damage: `SQLITE_CORRUPT` (11) or `SQLITE_NOTADB` (26).
fn is_damage(error: &dyn DatabaseError) -> bool {
    matches!(sqlite_code(error), Some(11 | 26))
}

/// Tells whether SQLite reports that another connection holds the file: `SQLITE_BUSY` (5).
pub(crate) fn is_locked(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error) if sqlite_code(error.as_ref()) == Some(5))
}

/// Returns SQLite's primary result code, without the extension in its upper bits.
fn sqlite_code(error: &dyn DatabaseError) -> Option<u32> {
    error
        .try_downcast_ref::<sqlx::sqlite::SqliteError>()
        .and_then(DatabaseError::code)
        .and_then(|code| code.parse::<u32>().ok())
        .map(|code| code & 0xff)
}
