//! People and their rules: accounts, roles, scopes, governance, reviews, and [`may`], the one question about rights.
//!
//! Pure: values in, values out. The caller brings identifiers, times and the governance rules of the snapshot it reads.

mod account;
mod comment;
mod glob;
mod id;
mod may;
mod names;
mod notice;
mod review;
mod role;
#[cfg(test)]
mod tests;
mod word;

pub use account::{Account, Actor};
pub use comment::{CommentState, is_stranger};
pub use id::{AccountId, NotAnId, TokenId};
pub use may::{Act, Answer, Reason, may};
pub use names::{
    CreditName, EmailAddress, NameRefusal, NotAnAddress, OrganisationName, hidden_name,
};
pub use notice::{HowOften, NoticeKind};
pub use review::{
    Need, ProposalState, Review, Reviewed, Stale, Standing, Verdict, rules_digest, standing,
};
pub use role::{Role, Scope};
pub use word::UnknownWord;
