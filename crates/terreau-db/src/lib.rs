//! People kept in SQL: accounts, sign-in links, sessions, tokens; what they propose, say, review and watch; and the history
//! projection of git.
//!
//! SQLite in the data folder by default, PostgreSQL by its address: the same code and the same migrations.
//! No secret reaches this crate: callers hand in the SHA-256 of each. No sea-orm type leaves it.

mod account;
mod connect;
mod draft;
mod entity;
mod error;
mod event;
mod health;
mod held;
mod history;
mod identity;
mod link;
mod notice;
mod person;
mod postgres;
mod proposal;
mod remark;
mod review;
mod secret;
mod session;
mod setting;
mod sign_in_attempt;
mod sqlite;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod token;
mod told;
mod watch;

pub use account::Profile;
pub use connect::{Db, DbSettings};
pub use draft::{DraftRow, MAX_DRAFT_BYTES, MAX_DRAFTS};
pub use error::DbError;
pub use event::{EventFilter, EventRow, NewEvent};
pub use health::Engine;
pub use held::{HeldChange, MAX_HELD, MAX_HELD_BY_ADDRESS, MAX_HELD_BYTES};
pub use history::{Credited, HISTORY, KindOfChange, VersionRow};
pub use identity::{Identity, IdentityId, IdentityRow};
pub use link::{Link, LinkPurpose};
pub use notice::{NewNotice, NoticeRow};
pub use person::Person;
pub use proposal::{
    Decision, NewProposal, NewRevision, ProposalFile, ProposalFilter, ProposalRow, RevisionRow,
};
pub use remark::{NewRemark, Place, RemarkRow};
pub use review::{NewReview, ReviewRow};
pub use secret::SecretHash;
pub use session::SessionRow;
pub use sign_in_attempt::SignInAttempt;
pub use token::{NewToken, TokenRow};
pub use watch::Subject;
