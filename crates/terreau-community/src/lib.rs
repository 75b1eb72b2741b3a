//! People and their rules: accounts, roles, scopes, governance, and [`may`], the one question about rights.
//!
//! Pure: values in, values out. The caller brings identifiers, times and the governance rules of the snapshot it reads.

mod account;
mod glob;
mod id;
mod may;
mod names;
mod role;
#[cfg(test)]
mod tests;

pub use account::{Account, Actor};
pub use id::{AccountId, NotAnId, TokenId};
pub use may::{Act, Answer, Reason, may};
pub use names::{CreditName, EmailAddress, NameRefusal, NotAnAddress, OrganisationName};
pub use role::{Role, Scope, UnknownWord};
