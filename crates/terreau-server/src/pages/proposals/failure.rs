//! What a failed act on a proposal means to the one who tried, for pages and programs alike.

use terreau_commons::{ProposalError, PublishError};
use terreau_community::ProposalState;

use super::forms::review_refusal;
use crate::failure::FailureKind;
use crate::{Failure, url};

impl From<ProposalError> for Failure {
    fn from(error: ProposalError) -> Failure {
        match error {
            ProposalError::SignIn => Failure::of(FailureKind::Anonymous),
            ProposalError::NotAllowed(reason) => {
                Failure::of(FailureKind::Refused).message(review_refusal(&reason))
            }
            ProposalError::Missing => {
                Failure::missing().next("proposals-next-desk", url::PROPOSALS)
            }
            ProposalError::Outdated => Failure::of(FailureKind::Conflict)
                .message("proposals-outdated")
                .detail("reason", "outdated"),
            ProposalError::Closed(state) => Failure::of(FailureKind::Conflict)
                .message(closed_key(state))
                .detail("reason", "closed")
                .detail("state", state.as_str()),
            ProposalError::NotEnough(standing) => {
                let needs: Vec<serde_json::Value> = standing
                    .needs
                    .iter()
                    .map(|need| {
                        serde_json::json!({
                            "rule": need.rule,
                            "approvals": need.approvals,
                            "organisations": need.organisations,
                            "has_approvals": need.has_approvals,
                            "has_organisations": need.has_organisations,
                        })
                    })
                    .collect();
                Failure::of(FailureKind::Conflict)
                    .message("proposals-not-enough")
                    .detail("reason", "not-enough")
                    .detail("needs", needs)
            }
            ProposalError::Nothing => {
                Failure::of(FailureKind::Invalid).message("proposals-nothing")
            }
            ProposalError::NeedsWords => {
                Failure::of(FailureKind::Invalid).message("proposals-needs-words")
            }
            ProposalError::Unpublishable(error) => unpublishable(error),
            ProposalError::Unexpected(source) => Failure::unexpected(source),
        }
    }
}

fn unpublishable(error: PublishError) -> Failure {
    match error {
        PublishError::Conflict(conflict) => Failure::of(FailureKind::Conflict)
            .message("proposals-conflicting")
            .detail("reason", "conflict")
            .detail("path", conflict.path.to_string())
            .detail("merged_with_markers", conflict.conflicts.with_markers())
            .detail("base", conflict.base)
            .detail("ours", conflict.published)
            .detail("theirs", conflict.sent)
            .detail("head", conflict.head.to_string()),
        other => other.into(),
    }
}

/// Returns the key of what became of a proposal that is closed.
pub fn closed_key(state: ProposalState) -> &'static str {
    match state {
        ProposalState::Published => "proposals-closed-published",
        ProposalState::Declined => "proposals-closed-declined",
        ProposalState::Withdrawn => "proposals-closed-withdrawn",
        ProposalState::Open => "proposals-outdated",
    }
}
