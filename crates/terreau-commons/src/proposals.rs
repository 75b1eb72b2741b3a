//! Proposals: a change that waits for others to read it, from the first words to its publication.
//!
//! What is proposed lives in git, beside what is published; who, what was said and what was decided live in the database.
//! Everything that moves a proposal goes through one lock: what a step saw is still so when it writes.

mod decide;
mod desk;
mod find;
mod look;
mod talk;
mod write;

use terreau_card::{CardPath, GovernanceRule, ProseDiff, SourceLine};
use terreau_community::{ProposalState, Reason, Standing};
use terreau_db::DbError;
use terreau_store::{CommitId, StoreError};

use crate::publish::PublishError;
use crate::read::ReadError;

pub use desk::{Only, Order, ProposalFilter, ProposalLine, ProposalList, Queue};
pub use look::{Allowed, Joins, ProposalPage};
pub use talk::{NewRemark, Thread};
pub(crate) use write::proposed;
pub use write::{CardChange, Suggestion};

/// One file of a proposal, as reviewers read it.
pub struct ProposedCard {
    /// Where the card would be; the file itself when it is no card.
    pub file: String,
    /// The card's path, when it is one.
    pub path: Option<CardPath>,
    /// Where the card is published, when the proposal moves it.
    pub from: Option<CardPath>,
    /// Its title, as proposed.
    pub title: String,
    /// Whether it does not exist yet.
    pub is_new: bool,
    /// The change as prose: words inserted and deleted, fields that were and become.
    pub prose: Option<ProseDiff>,
    /// The rules before and after, when the settings change.
    pub rules: Option<(Vec<GovernanceRule>, Vec<GovernanceRule>)>,
    /// The change as lines of the source.
    pub source: Vec<SourceLine>,
}

/// Why something was not done to a proposal. Nothing typed is lost: the caller still holds it.
#[derive(Debug, thiserror::Error)]
pub enum ProposalError {
    /// Nobody is signed in.
    #[error("sign in first")]
    SignIn,
    /// The rules do not let this person do this.
    #[error("not allowed")]
    NotAllowed(Reason),
    /// There is no such proposal, thread or card in it.
    #[error("not found")]
    Missing,
    /// The proposal changed since the person looked at it.
    #[error("the proposal was revised meanwhile")]
    Outdated,
    /// The proposal was already published, declined or withdrawn.
    #[error("the proposal is {0}")]
    Closed(ProposalState),
    /// Not enough people have approved it.
    #[error("not enough approvals")]
    NotEnough(Box<Standing>),
    /// What was sent is what is published already.
    #[error("nothing would change")]
    Nothing,
    /// Something must be said and was not: a reason, a remark.
    #[error("a few words are needed")]
    NeedsWords,
    /// It can't be joined with what is published, or breaks a rule of the format.
    #[error("cannot be joined")]
    Unpublishable(PublishError),
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<StoreError> for ProposalError {
    fn from(error: StoreError) -> Self {
        match PublishError::from(error) {
            PublishError::Unexpected(cause) => ProposalError::Unexpected(cause),
            other => ProposalError::Unpublishable(other),
        }
    }
}

impl From<DbError> for ProposalError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Missing => ProposalError::Missing,
            DbError::Stale => ProposalError::Outdated,
            other => ProposalError::Unexpected(other.into()),
        }
    }
}

impl From<ReadError> for ProposalError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Missing => ProposalError::Missing,
            ReadError::Unexpected(cause) => ProposalError::Unexpected(cause),
        }
    }
}

/// Reads the name of a commit that the database keeps.
pub(crate) fn kept_commit(name: &str) -> Result<CommitId, ProposalError> {
    CommitId::parse(name).map_err(|error| ProposalError::Unexpected(error.into()))
}
