//! What keeps somebody from publishing, and how it is told.

use terreau_commons::{CardChange, ProposalError, PublishError, Suggestion};
use terreau_community::{Act, Answer as Permission, Reason};

use actix_web::HttpResponse;
use chrono::Utc;
use serde::Deserialize;

use super::Desk;
use super::page::Standing;
use crate::failure::FailureKind;
use crate::{Failure, Reader, Site, Words, layout, url};

/// What the person can do with what they typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doors {
    /// Publish it at once.
    pub publish: bool,
    /// Send it to those who review.
    pub propose: bool,
    /// It is a further revision of a proposal.
    pub is_revision: bool,
}

impl Doors {
    pub(super) fn of(site: &Site, reader: &Reader, desk: &Desk) -> Doors {
        let can = |act: &Act<'_>| site.commons.may(&reader.actor, act).is_yes();
        let file = desk.path.file();
        Doors {
            publish: desk.revised.is_none() && can(&publishing(desk, &file)),
            propose: can(&Act::Propose),
            is_revision: desk.revised.is_some(),
        }
    }
}

/// What the small forms ask for that archive, restore and undo.
#[derive(Debug, Default, Deserialize)]
pub struct ReasonForm {
    /// Why.
    #[serde(default)]
    pub motif: String,
}

/// What the person can do with a small form: rename, archive, restore.
pub fn doors(site: &Site, reader: &Reader, act: &Act<'_>) -> Doors {
    let can = |act: &Act<'_>| site.commons.may(&reader.actor, act).is_yes();
    Doors {
        publish: can(act),
        propose: can(&Act::Propose),
        is_revision: false,
    }
}

/// Sends a change that the person may not publish to those who review; else says what the person can mend.
pub async fn propose_change(
    site: &Site,
    reader: &Reader,
    change: CardChange,
    reason: String,
) -> Result<Result<HttpResponse, String>, Failure> {
    let suggestion = Suggestion {
        changes: vec![change],
        reason,
        request_key: None,
    };
    let words = reader.words();
    let proposed = site
        .commons
        .propose(&reader.actor, suggestion, Utc::now())
        .await;
    match proposed {
        Ok(number) => Ok(Ok(sent_to_review(site, number, false))),
        Err(ProposalError::Nothing) => Ok(Err(words.say("edit-nothing-to-propose"))),
        Err(ProposalError::Unpublishable(error)) => match publish_problem(&error, words) {
            Some(problem) => Ok(Err(problem)),
            None => Err(error.into()),
        },
        Err(other) => Err(other.into()),
    }
}

fn publishing<'a>(desk: &Desk, file: &'a str) -> Act<'a> {
    if desk.base.is_some() {
        Act::Publish { path: file }
    } else {
        Act::CreateCard { path: file }
    }
}

/// Leads to the proposal that now waits for reviews.
pub fn sent_to_review(site: &Site, number: u64, is_revision: bool) -> HttpResponse {
    site.waiting.forget();
    let done = if is_revision { "revisee" } else { "envoyee" };
    layout::see_other(url::with_query(&url::proposal(number), &[("fait", done)]))
}

/// Says what the person must know before they send, if anything: the form stays, and so does what they typed.
pub(super) fn of(site: &Site, reader: &Reader, desk: &Desk) -> Option<Standing> {
    let words = reader.words();
    let file = desk.path.file();
    let act = match desk.revised {
        Some(_) => Act::Propose,
        None => publishing(desk, &file),
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
