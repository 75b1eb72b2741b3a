//! People kept in SQL: accounts, sign-in links, sessions, tokens; what they propose, comment, review and watch; and the history
//! projection of git.
//!
//! SQLite in the data folder by default, PostgreSQL by its address: the same code and the same migrations.
//! No secret reaches this crate: callers hand in the SHA-256 of each. No sea-orm type leaves it.

mod account;
mod attachment;
mod block;
mod comment;
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
mod private_remark;
mod proposal;
mod remark;
mod review;
mod secret;
mod session;
mod setting;
mod sign_in_attempt;
mod sqlite;
mod tally;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod token;
mod told;
mod try_out;
mod useful;
mod watch;

pub use account::Profile;
pub use attachment::{
    Attached, AttachmentId, AttachmentRow, AttachmentWords, MAX_ATTACHED_BYTES,
    MAX_ATTACHED_BYTES_BY_SENDER, MAX_ATTACHED_BYTES_IN_ALL, MAX_ATTACHMENTS,
};
pub use block::BlockedAddress;
pub use comment::{
    CommentDecision, CommentRow, MAX_COMMENTS_A_DAY, MAX_REPORTS, MAX_WAITING,
    MAX_WAITING_BY_PERSON, NewComment, NewReport, ReportRow,
};
pub use connect::{Db, DbSettings};
pub use draft::{DraftRow, MAX_DRAFT_BYTES, MAX_DRAFTS};
pub use error::DbError;
pub use event::{EventFilter, EventRow, NewEvent};
pub use health::Engine;
pub use held::{HeldChange, MAX_HELD, MAX_HELD_BY_ADDRESS, MAX_HELD_BYTES};
pub use history::{Credited, HISTORY, KindOfChange, ReviewedFor, VersionRow};
pub use identity::{Identity, IdentityId, IdentityRow};
pub use link::{Link, LinkPurpose};
pub use notice::{NewNotice, NoticeRow};
pub use person::Person;
pub use private_remark::{MAX_PRIVATE_REMARKS, MAX_PRIVATE_REMARKS_BY_ADDRESS, PrivateRemark};
pub use proposal::{
    Decision, Held, NewProposal, NewRevision, ProposalFile, ProposalFilter, ProposalRow,
    RevisionRow,
};
pub use remark::{NewRemark, Place, RemarkRow};
pub use review::{NewReview, ReviewRow};
pub use secret::SecretHash;
pub use session::SessionRow;
pub use sign_in_attempt::SignInAttempt;
pub use token::{NewToken, TokenRow};
pub use try_out::{
    MAX_TRY_OUT_BYTES, MAX_TRY_OUTS, MAX_TRY_OUTS_BY_SENDER, MAX_UNCONFIRMED_BY_ADDRESS, TryOutId,
    TryOutRow, TryOutState,
};
pub use watch::Subject;
