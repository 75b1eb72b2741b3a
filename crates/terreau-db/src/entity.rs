//! The tables as sea-orm sees them, one module each; private to this crate.

pub(crate) mod account;
pub(crate) mod counter;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod held;
pub(crate) mod identity;
pub(crate) mod link;
pub(crate) mod notice;
pub(crate) mod projection;
pub(crate) mod proposal;
pub(crate) mod proposal_file;
pub(crate) mod remark;
pub(crate) mod review;
pub(crate) mod revision;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod sign_in_attempt;
pub(crate) mod token;
pub(crate) mod version;
pub(crate) mod watch;
