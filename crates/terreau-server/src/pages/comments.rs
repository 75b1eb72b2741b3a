//! Comments: the page of those on a card, what people do there, the latest of all cards, and all of them to take away.

mod act;
mod export;
mod foot;
mod latest;
mod said;
mod show;

use terreau_commons::TalkError;

use crate::Failure;
use crate::failure::FailureKind;

pub use act::{close, delete, report, rewrite, send, tell_stewards, useful};
pub use export::export;
pub use foot::TalkFoot;
pub use latest::latest;
pub use said::{paragraphs, private_line};
pub use show::{say_refusal, show, status_of};

/// Returns the address of the comments on a card.
pub fn address(path: impl std::fmt::Display) -> String {
    format!("/{path}/commentaires")
}

/// Returns the key that says why something was not done.
pub fn refusal_key(error: &TalkError) -> &'static str {
    match error {
        TalkError::SignIn => "comments-refused-sign-in",
        TalkError::NotAllowed(terreau_community::Reason::Suspended) => "comments-refused-suspended",
        TalkError::NotAllowed(_) => "comments-refused",
        TalkError::Missing => "comments-refused-missing",
        TalkError::Closed => "comments-refused-closed",
        TalkError::NeedsWords => "comments-refused-words",
        TalkError::TooLong => "comments-refused-long",
        TalkError::Full => "comments-refused-full",
        TalkError::Enough => "comments-refused-enough",
        TalkError::Already => "comments-refused-already",
        TalkError::Blocked => "comments-refused-blocked",
        TalkError::Unexpected(_) => "failure-unexpected-message",
    }
}

impl From<TalkError> for Failure {
    fn from(error: TalkError) -> Failure {
        let kind = match &error {
            TalkError::SignIn => FailureKind::Anonymous,
            TalkError::NotAllowed(_) | TalkError::Blocked => FailureKind::Refused,
            TalkError::Missing => FailureKind::Missing,
            TalkError::Closed | TalkError::Already => FailureKind::Conflict,
            TalkError::NeedsWords | TalkError::TooLong => FailureKind::Invalid,
            TalkError::Full | TalkError::Enough => FailureKind::TooMany,
            TalkError::Unexpected(_) => FailureKind::Unexpected,
        };
        let key = refusal_key(&error);
        match error {
            TalkError::Unexpected(source) => Failure::unexpected(source),
            _ => Failure::of(kind).message(key),
        }
    }
}
