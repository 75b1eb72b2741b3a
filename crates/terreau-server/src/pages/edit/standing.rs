//! What keeps somebody from publishing, and how it is told.

use terreau_commons::PublishError;
use terreau_community::{Act, Answer as Permission, Reason};

use super::Desk;
use super::page::Standing;
use crate::failure::FailureKind;
use crate::{Failure, Reader, Site, Words, url};

/// Says what keeps the person from publishing, if anything does: the button stays, and so does what they typed.
pub(super) fn of(site: &Site, reader: &Reader, desk: &Desk) -> Option<Standing> {
    let words = reader.words();
    let file = desk.path.file();
    let act = if desk.base.is_some() {
        Act::Publish { path: &file }
    } else {
        Act::CreateCard { path: &file }
    };
    match site.commons.may(&reader.actor, &act) {
        Permission::Yes => None,
        Permission::SignIn => Some(Standing {
            title: words.say("edit-standing-signed-out-title"),
            text: words.say("edit-standing-signed-out"),
            next: Some((url::sign_in(&reader.here), words.say("layout-nav-sign-in"))),
        }),
        Permission::No(_) => Some(Standing {
            title: words.say("edit-standing-contributor-title"),
            text: words.say("edit-standing-contributor"),
            next: None,
        }),
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Failure {
        match error {
            PublishError::SignIn => Failure::of(FailureKind::Anonymous),
            PublishError::NotAllowed(reason) => {
                Failure::of(FailureKind::Refused).message(refusal_words(&reason))
            }
            PublishError::Missing => Failure::missing(),
            PublishError::Exists => Failure::of(FailureKind::Conflict).message("edit-exists"),
            PublishError::Conflict(_) => Failure::of(FailureKind::Conflict),
            PublishError::Invalid(_) => Failure::of(FailureKind::Invalid),
            PublishError::Unacceptable(reason) => Failure::of(FailureKind::Invalid)
                .message("edit-unacceptable")
                .detail("reason", reason),
            PublishError::Unexpected(source) => Failure::unexpected(source),
        }
    }
}

/// Returns the key of the words that tell why somebody may not.
fn refusal_words(reason: &Reason) -> &'static str {
    match reason {
        Reason::Suspended => "sign-in-suspended",
        Reason::NeedsScope(_) | Reason::NotByToken => "edit-refused-scope",
        Reason::Governed { .. } | Reason::NeedsRole(_) => "edit-refused-role",
        Reason::Ungoverned => "edit-refused-ungoverned",
        Reason::NotOwner | Reason::NotOneself | Reason::OwnWork | Reason::NotReviewed => {
            "failure-refused-message"
        }
    }
}

/// Returns the words of what kept a small form (rename, archive, restore) from being done, when the person can mend it.
pub fn publish_problem(error: &PublishError, words: Words) -> Option<String> {
    match error {
        PublishError::Exists => Some(words.say("edit-exists")),
        PublishError::Conflict(_) => Some(words.say("edit-moved-meanwhile")),
        PublishError::Invalid(problems) => Some(
            problems
                .iter()
                .filter(|problem| problem.is_error())
                .map(|problem| problem.message(words.language))
                .collect::<Vec<_>>()
                .join(" "),
        ),
        _ => None,
    }
}
