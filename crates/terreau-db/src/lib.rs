//! People kept in SQL: accounts, sign-in links, sessions, tokens; and the history projection of git.
//!
//! SQLite in the data folder by default, PostgreSQL by its address: the same code and the same migrations.
//! No secret reaches this crate: callers hand in the SHA-256 of each. No sea-orm type leaves it.

mod account;
mod connect;
mod entity;
mod error;
mod health;
mod history;
mod link;
mod postgres;
mod secret;
mod session;
mod sqlite;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod token;

pub use account::Profile;
pub use connect::{Db, DbSettings};
pub use error::DbError;
pub use health::Engine;
pub use history::{Credited, HISTORY, KindOfChange, VersionRow};
pub use link::{Link, LinkPurpose};
pub use secret::SecretHash;
pub use session::SessionRow;
pub use token::{NewToken, TokenRow};
