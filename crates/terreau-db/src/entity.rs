//! The tables as sea-orm sees them, one module each; private to this crate.

pub(crate) mod account;
pub(crate) mod link;
pub(crate) mod projection;
pub(crate) mod session;
pub(crate) mod token;
pub(crate) mod version;
