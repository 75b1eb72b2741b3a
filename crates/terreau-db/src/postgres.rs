//! PostgreSQL: a server at an address, with limits on what one statement may take.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, SqlxPostgresConnector};

use crate::error::{driver_fault, fault};
use crate::{Db, DbError};

/// How long a request waits for its turn before it is told to try later.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 10;

/// Opens a pool of connections.
pub(crate) async fn open(url: &str) -> Result<Db, DbError> {
    let mut options = PgConnectOptions::from_str(url)
        .map_err(|error| driver_fault(&error))?
        .application_name("terreau")
        .options([
            ("synchronous_commit", "on"),
            ("statement_timeout", "10s"),
            ("lock_timeout", "3s"),
            // Databases live on SSDs; the default of 4 makes the planner walk the whole history for one card's page.
            ("random_page_cost", "1.1"),
            ("idle_in_transaction_session_timeout", "30s"),
        ])
        .disable_statement_logging();
    if !is_local(&options) && !url.contains("sslmode=") && !url.contains("ssl-mode=") {
        options = options.ssl_mode(PgSslMode::VerifyFull);
    }
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await
        .map_err(|error| driver_fault(&error))?;
    let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    Ok(Db {
        read: pool.clone(),
        write: pool,
    })
}

/// Keeps other processes from migrating until the transaction ends; nothing to do with SQLite, whose lock is held.
pub(crate) async fn lock_migrations(transaction: &DatabaseTransaction) -> Result<(), DbError> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        // Any number will do; this one reads "terr".
        transaction
            .execute_unprepared("SELECT pg_advisory_xact_lock(1952805490)")
            .await
            .map_err(fault)?;
    }
    Ok(())
}

fn is_local(options: &PgConnectOptions) -> bool {
    options.get_socket().is_some()
        || matches!(
            options.get_host(),
            "localhost" | "127.0.0.1" | "::1" | "[::1]"
        )
        || options.get_host().starts_with('/')
}
