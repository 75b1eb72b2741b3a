//! Proposing and revising.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_card::{CardPath, Value};
use terreau_community::{
    Account, Act, Actor, Answer, NoticeKind, ProposalState, Reason, Role, is_stranger, may,
};
use terreau_db::{NewNotice, NewProposal, NewRevision, ProposalFile, ProposalRow};
use terreau_store::{CONFIG_FILE, CommitId, Edit, Proposed, Revision};

use super::{ProposalError, kept_commit};
use crate::Commons;
use crate::attachments::MediaPath;
use crate::blocking::blocking;
use crate::publish::{credit, restored};
use crate::secret::hex_digest;

/// One card, or the settings, as their proposer wants them.
#[derive(Clone, Debug)]
pub enum CardChange {
    /// A new card, or a change of one.
    Write {
        /// Where the card is, or will be.
        path: CardPath,
        /// The whole file.
        text: String,
        /// The published commit that the proposer started from; `None` makes a new card.
        base: Option<CommitId>,
    },
    /// Another address.
    Rename {
        /// Where the card is.
        from: CardPath,
        /// Where it would go.
        to: CardPath,
    },
    /// Into the archive, or out of it.
    Archive {
        /// Which card.
        path: CardPath,
        /// Whether it goes in.
        archived: bool,
    },
    /// An old version as the new one.
    Restore {
        /// Which card.
        path: CardPath,
        /// Which of its versions.
        commit: CommitId,
    },
    /// The settings of the commons, `commons.toml`.
    Rules {
        /// The whole file.
        text: String,
        /// The published commit that the proposer started from.
        base: CommitId,
    },
    /// A file that comes with a card.
    Media {
        /// Where it is, or will be.
        path: MediaPath,
        /// The whole file.
        bytes: Vec<u8>,
    },
    /// Takes a card out of the proposal: it stays as it is published.
    Leave {
        /// Which card, at its proposed place.
        path: CardPath,
    },
}

/// What somebody proposes, and why.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The changes, one for each card.
    pub changes: Vec<CardChange>,
    /// Why, in the proposer's words; the first line is the subject.
    pub reason: String,
    /// A key that the client repeats when it sends the same request again.
    pub request_key: Option<String>,
}

impl Commons {
    /// Keeps a proposal and asks for reviews; returns its number.
    ///
    /// # Errors
    /// See [`ProposalError`]; nothing is kept then.
    pub async fn propose(
        &self,
        actor: &Actor,
        suggestion: Suggestion,
        now: DateTime<Utc>,
    ) -> Result<u64, ProposalError> {
        let account = self.allowed_to(actor, &Act::Propose).await?;
        let _turn = self.desk.lock().await;
        let request_key = suggestion
            .request_key
            .map(|key| hex_digest(&format!("{}/{key}", account.id)));
        if let Some(key) = &request_key
            && let Some(number) = self.db().proposal_of_request(key).await?
        {
            return Ok(number);
        }
        let edits = self.edits(suggestion.changes).await?;
        let held = is_stranger(&account);
        let number = self
            .db()
            .reserve_proposal(self.last_proposal().await?)
            .await?;
        let (kept, files) = self
            .keep(
                number,
                edits,
                &account,
                &suggestion.reason,
                (None, held),
                now,
            )
            .await?;
        let title = self.title_of(&kept, &files).await?;
        self.db()
            .add_proposal(NewProposal {
                number,
                author: account.id,
                title,
                reason: suggestion.reason,
                base: kept.base.to_string(),
                head: kept.commit.to_string(),
                files,
                request_key,
                held,
                at: now,
            })
            .await?;
        self.ask_reviews(number, &[account.id], &account, now)
            .await?;
        Ok(number)
    }

    /// Adds a revision to an open proposal; returns its number among the revisions.
    ///
    /// Cards that `suggestion` does not name stay as they were proposed. `seen` is the revision that the person started
    /// from.
    ///
    /// # Errors
    /// `Outdated` when somebody revised it meanwhile; see [`ProposalError`].
    pub async fn revise(
        &self,
        actor: &Actor,
        number: u64,
        seen: u32,
        suggestion: Suggestion,
        now: DateTime<Utc>,
    ) -> Result<u32, ProposalError> {
        let _turn = self.desk.lock().await;
        let row = self.open_proposal(actor, number).await?;
        let authors = self.db().authors(number).await?;
        let account = self
            .allowed_to(actor, &Act::ReviseProposal { authors: &authors })
            .await?;
        if row.revision != seen {
            return Err(ProposalError::Outdated);
        }
        let present = proposed(&row)?;
        let mut edits = self.present_edits(&present, &suggestion.changes).await?;
        edits.extend(self.edits(suggestion.changes).await?);
        let (kept, files) = self
            .keep(
                number,
                edits,
                &account,
                &suggestion.reason,
                (Some(present.commit), row.held),
                now,
            )
            .await?;
        let revision = self
            .db()
            .add_revision(
                number,
                seen,
                NewRevision {
                    author: account.id,
                    base: kept.base.to_string(),
                    head: kept.commit.to_string(),
                    files,
                    message: suggestion.reason,
                    at: now,
                },
            )
            .await?;
        self.ask_reviews(number, &authors, &account, now).await?;
        Ok(revision)
    }

    /// Returns the greatest number that the repository knows: a database that was lost gives none of them again.
    async fn last_proposal(&self) -> Result<u64, ProposalError> {
        let store = Arc::clone(&self.store);
        Ok(blocking(move || store.last_proposal()).await??)
    }

    /// Tells everyone who can review, but for those who wrote it.
    async fn ask_reviews(
        &self,
        number: u64,
        authors: &[terreau_community::AccountId],
        by: &Account,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        let accounts = self.db().accounts().await?;
        let notices = accounts
            .into_iter()
            .filter(|account| {
                account.role >= Role::Editor
                    && !account.suspended
                    && account.id != by.id
                    && !authors.contains(&account.id)
            })
            .map(|account| NewNotice {
                account: account.id,
                what: NoticeKind::ReviewAsked,
                number: Some(number),
                card: None,
                by: Some(by.id),
                at: now,
            })
            .collect();
        Ok(self.db().add_notices(notices).await?)
    }

    /// Writes a revision into the repository: after which one, and whether it is held.
    async fn keep(
        &self,
        number: u64,
        edits: Vec<Edit>,
        account: &Account,
        reason: &str,
        (after, held): (Option<CommitId>, bool),
        now: DateTime<Utc>,
    ) -> Result<(Proposed, Vec<ProposalFile>), ProposalError> {
        self.writable()?;
        if reason.trim().is_empty() {
            return Err(ProposalError::NeedsWords);
        }
        let revision = Revision {
            edits,
            author: credit(account),
            message: reason.to_owned(),
            held,
        };
        let store = Arc::clone(&self.store);
        blocking(move || {
            let kept = store
                .propose(number, &revision, after.as_ref(), now)?
                .ok_or(ProposalError::Nothing)?;
            let files = store.proposed(&kept)?;
            Ok((kept, files.iter().map(super::look::file_row).collect()))
        })
        .await?
    }

    /// Returns what is proposed already of the cards that the changes do not speak of.
    async fn present_edits(
        &self,
        present: &Proposed,
        changes: &[CardChange],
    ) -> Result<Vec<Edit>, ProposalError> {
        let (store, of) = (Arc::clone(&self.store), *present);
        let mut edits = blocking(move || store.edits_of(&of)).await??;
        let touched: Vec<&CardPath> = changes
            .iter()
            .filter_map(|change| match change {
                CardChange::Write { path, .. }
                | CardChange::Archive { path, .. }
                | CardChange::Restore { path, .. }
                | CardChange::Leave { path } => Some(path),
                CardChange::Rename { from, .. } => Some(from),
                CardChange::Rules { .. } | CardChange::Media { .. } => None,
            })
            .collect();
        let left: Vec<&CardPath> = changes
            .iter()
            .filter_map(|change| match change {
                CardChange::Leave { path } => Some(path),
                _ => None,
            })
            .collect();
        let has_rules = changes
            .iter()
            .any(|change| matches!(change, CardChange::Rules { .. }));
        // A card that was moved meanwhile is spoken of by its new place.
        let snapshot = self.snapshot();
        let is_touched = |path: &CardPath| {
            let moved = snapshot
                .alias(path)
                .filter(|_| snapshot.head(path).is_none());
            touched.contains(&path) || moved.is_some_and(|to| touched.contains(&to))
        };
        edits.retain(|edit| match edit {
            Edit::Put { path, .. } => !is_touched(path),
            Edit::Rename { from, to, .. } => !left.contains(&to) && !left.contains(&from),
            Edit::PutFile { path, .. } => path != CONFIG_FILE || !has_rules,
        });
        Ok(edits)
    }

    async fn edits(&self, changes: Vec<CardChange>) -> Result<Vec<Edit>, ProposalError> {
        let snapshot = self.snapshot();
        let mut edits = Vec::new();
        for change in changes {
            edits.push(match change {
                CardChange::Write { path, text, base } => Edit::Put { path, text, base },
                CardChange::Rename { from, to } => Edit::Rename {
                    from,
                    to,
                    base: Some(*snapshot.commit()),
                },
                CardChange::Archive { path, archived } => {
                    let head = snapshot.head(&path).ok_or(ProposalError::Missing)?;
                    let view = self.read_card(&snapshot, head).await?;
                    let status = archived.then(|| Value::Text("archived".to_owned()));
                    Edit::Put {
                        path,
                        text: view.card.with("status", status).text().to_owned(),
                        base: Some(*snapshot.commit()),
                    }
                }
                CardChange::Restore { path, commit } => {
                    let head = snapshot.head(&path).ok_or(ProposalError::Missing)?;
                    let current = self.read_card(&snapshot, head).await?;
                    let old = self.old_version(&snapshot, head, &commit).await?;
                    Edit::Put {
                        path,
                        text: restored(&old.view.card, &current.card),
                        base: Some(*snapshot.commit()),
                    }
                }
                CardChange::Rules { text, base } => Edit::PutFile {
                    path: CONFIG_FILE.to_owned(),
                    bytes: text.into_bytes(),
                    base: Some(base),
                },
                // Its name says what is in it: there is nothing else there to write over.
                CardChange::Media { path, bytes } => Edit::PutFile {
                    path: path.to_string(),
                    bytes,
                    base: None,
                },
                CardChange::Leave { .. } => continue,
            });
        }
        Ok(edits)
    }

    async fn title_of(
        &self,
        kept: &Proposed,
        files: &[ProposalFile],
    ) -> Result<String, ProposalError> {
        let cards = self.proposed_cards(kept).await?;
        Ok(cards
            .iter()
            .find(|card| card.path.is_some())
            .map(|card| card.title.clone())
            .or_else(|| files.first().map(|file| file.path.clone()))
            .unwrap_or_default())
    }

    /// Returns an open proposal that the actor may see.
    pub(crate) async fn open_proposal(
        &self,
        actor: &Actor,
        number: u64,
    ) -> Result<ProposalRow, ProposalError> {
        let row = self.seen_proposal(actor, number).await?;
        match row.state {
            ProposalState::Open => Ok(row),
            state => Err(ProposalError::Closed(state)),
        }
    }

    /// Returns the account of an actor who may do something now: role and suspension are read again, since the request
    /// may have waited for its turn.
    pub(super) async fn allowed_to(
        &self,
        actor: &Actor,
        act: &Act<'_>,
    ) -> Result<Arc<Account>, ProposalError> {
        self.writable()?;
        let actor = match actor {
            Actor::Account { account, scopes } => Actor::Account {
                account: Arc::new(
                    self.db()
                        .account(account.id)
                        .await?
                        .ok_or(ProposalError::SignIn)?,
                ),
                scopes: scopes.clone(),
            },
            other => other.clone(),
        };
        if let Some(account) = actor.account()
            && self.db().is_blocked(&account.email).await?
        {
            return Err(ProposalError::NotAllowed(Reason::Suspended));
        }
        match may(&actor, act, &self.snapshot().config().governance) {
            Answer::Yes => actor.account().cloned().ok_or(ProposalError::SignIn),
            Answer::SignIn => Err(ProposalError::SignIn),
            Answer::No(reason) => Err(ProposalError::NotAllowed(reason)),
        }
    }
}

/// Returns the commits of a proposal's present revision.
pub(crate) fn proposed(row: &ProposalRow) -> Result<Proposed, ProposalError> {
    Ok(Proposed {
        commit: kept_commit(&row.head)?,
        base: kept_commit(&row.base)?,
    })
}
