//! Reviews and decisions: let be seen, approve, ask for changes, publish, decline, withdraw.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_community::{
    Account, AccountId, Act, Actor, NoticeKind, ProposalState, Review, Reviewed, Standing, Verdict,
    rules_digest, standing,
};
use terreau_db::{Decision, NewNotice, NewReview, ProposalFile, ProposalRow, ReviewRow};
use terreau_store::{Change, CommitId, Credit, LoggedCommit, Snapshot};

use super::write::proposed;
use super::{ProposalError, kept_commit};
use crate::Commons;
use crate::blocking::blocking;
use crate::publish::credit;

/// The trailer that names the proposal which a commit publishes.
pub(crate) const PROPOSAL_TRAILER: &str = "Proposal";

impl Commons {
    /// Approves a proposal, or asks for changes with a few words.
    ///
    /// `head` is the revision that the reviewer read.
    ///
    /// # Errors
    /// `Outdated` when there is a newer revision; see [`ProposalError`].
    pub async fn review(
        &self,
        actor: &Actor,
        number: u64,
        head: &CommitId,
        verdict: Verdict,
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        let _turn = self.desk.lock().await;
        let row = self.open_proposal(actor, number).await?;
        let authors = self.db().authors(number).await?;
        let account = self
            .allowed_to(actor, &Act::ReviewProposal { authors: &authors })
            .await?;
        if row.head != head.as_str() {
            return Err(ProposalError::Outdated);
        }
        if verdict == Verdict::AskChanges && words.trim().is_empty() {
            return Err(ProposalError::NeedsWords);
        }
        self.db()
            .add_review(
                number,
                NewReview {
                    reviewer: account.id,
                    organisation: account.organisation.clone(),
                    verdict,
                    body: words.trim().to_owned(),
                    head: row.head.clone(),
                    base: row.base.clone(),
                    rules: rules_digest(&self.snapshot().config().governance),
                    at: now,
                },
            )
            .await?;
        self.reveal(&row, &account, now).await?;
        let what = match verdict {
            Verdict::Approve => NoticeKind::Approved,
            Verdict::AskChanges => NoticeKind::ChangesAsked,
        };
        self.tell(&authors, what, number, &account, now).await
    }

    /// Publishes a proposal under its proposer's name, when its reviews are enough or the person may publish alone.
    ///
    /// Everything is judged again here, while nothing else can be published: rules, roles, reviews, joining.
    ///
    /// # Errors
    /// `NotEnough`, `Outdated`, `Unpublishable` with the conflict; see [`ProposalError`].
    pub async fn publish_proposal(
        &self,
        actor: &Actor,
        number: u64,
        head: &CommitId,
        now: DateTime<Utc>,
    ) -> Result<CommitId, ProposalError> {
        let _turn = self.desk.lock().await;
        let row = self.open_proposal(actor, number).await?;
        if row.head != head.as_str() {
            return Err(ProposalError::Outdated);
        }
        let snapshot = self.snapshot();
        let authors = self.db().authors(number).await?;
        let reviews = self.db().reviews(number).await?;
        let judged = judge(&snapshot, &row, &authors, &reviews);
        let paths = paths(&row.files);
        let act = Act::PublishProposal {
            paths: &paths,
            enough: judged.is_enough(),
        };
        let account = match self.allowed_to(actor, &act).await {
            // With more reviews they could: that is what keeps them from it.
            Err(ProposalError::NotAllowed(reason)) if !judged.is_enough() => {
                let reviewed = Act::PublishProposal {
                    paths: &paths,
                    enough: true,
                };
                return Err(match self.allowed_to(actor, &reviewed).await {
                    Ok(_) => ProposalError::NotEnough(Box::new(judged)),
                    Err(_) => ProposalError::NotAllowed(reason),
                });
            }
            answer => answer?,
        };

        let change = self
            .publication(&row, &authors, &reviews, &judged, &account)
            .await?;
        let commit = self.publish_change(change, now).await??.commit;
        self.reveal(&row, &account, now).await?;
        self.db()
            .decide(
                number,
                Decision {
                    from: ProposalState::Open,
                    head: row.head.clone(),
                    to: ProposalState::Published,
                    by: account.id,
                    reason: None,
                    published: Some(commit.to_string()),
                    at: now,
                },
            )
            .await?;
        self.tell(&authors, NoticeKind::Published, number, &account, now)
            .await?;
        Ok(commit)
    }

    /// Lets everyone see a held proposal: an editor looked at it.
    ///
    /// # Errors
    /// See [`ProposalError`].
    pub async fn show_proposal(
        &self,
        actor: &Actor,
        number: u64,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        let _turn = self.desk.lock().await;
        let row = self.seen_proposal(actor, number).await?;
        let account = self.allowed_to(actor, &Act::Moderate).await?;
        self.reveal(&row, &account, now).await
    }

    /// Lets everyone see a proposal, when it is held. Git comes first: a crash after it leaves a row to press the button for again.
    async fn reveal(
        &self,
        row: &ProposalRow,
        by: &Account,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        if !row.held {
            return Ok(());
        }
        let (store, number) = (Arc::clone(&self.store), row.number);
        blocking(move || store.show_proposal(number)).await??;
        self.db().show_proposal(number, by.id, now).await?;
        Ok(())
    }

    /// Decides against a proposal, and says why.
    ///
    /// # Errors
    /// See [`ProposalError`].
    pub async fn decline(
        &self,
        actor: &Actor,
        number: u64,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        let act = |_: &ProposalRow| Act::DeclineProposal;
        let to = ProposalState::Declined;
        let account = self.close(actor, number, (act, to), reason, now).await?;
        let authors = self.db().authors(number).await?;
        self.tell(&authors, NoticeKind::Declined, number, &account, now)
            .await
    }

    /// Takes a proposal back, and says why.
    ///
    /// # Errors
    /// See [`ProposalError`].
    pub async fn withdraw(
        &self,
        actor: &Actor,
        number: u64,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        let act = |row: &ProposalRow| Act::WithdrawProposal { author: row.author };
        let to = ProposalState::Withdrawn;
        self.close(actor, number, (act, to), reason, now).await?;
        Ok(())
    }

    /// Ends a proposal that is not published, when the person may do what ends it; returns their account.
    async fn close(
        &self,
        actor: &Actor,
        number: u64,
        (act, to): (impl FnOnce(&ProposalRow) -> Act<'static>, ProposalState),
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Arc<Account>, ProposalError> {
        let _turn = self.desk.lock().await;
        let row = self.open_proposal(actor, number).await?;
        let account = self.allowed_to(actor, &act(&row)).await?;
        if reason.trim().is_empty() {
            return Err(ProposalError::NeedsWords);
        }
        let decision = Decision {
            from: ProposalState::Open,
            head: row.head.clone(),
            to,
            by: account.id,
            reason: Some(reason.trim().to_owned()),
            published: None,
            at: now,
        };
        match self.db().decide(number, decision).await? {
            true => Ok(account),
            false => Err(ProposalError::Outdated),
        }
    }

    /// Makes the change that publishes a proposal: its proposer is the author, the others are named by trailers.
    async fn publication(
        &self,
        row: &ProposalRow,
        authors: &[AccountId],
        reviews: &[ReviewRow],
        judged: &Standing,
        publisher: &Account,
    ) -> Result<Change, ProposalError> {
        let of = proposed(row)?;
        let store = Arc::clone(&self.store);
        let edits = blocking(move || store.edits_of(&of)).await??;
        let proposer = self.credit_of(row.author).await?;
        let mut trailers = vec![(PROPOSAL_TRAILER.to_owned(), row.number.to_string())];
        for author in authors.iter().filter(|author| **author != row.author) {
            let credit = self.credit_of(*author).await?;
            trailers.push(("Co-authored-by".to_owned(), self.store.named(&credit)));
        }
        for place in &judged.counted {
            let credit = self.credit_of(reviews[*place].reviewer.id).await?;
            trailers.push(("Reviewed-by".to_owned(), said(&credit)));
        }
        trailers.push(("Published-by".to_owned(), said(&credit(publisher))));
        Ok(Change {
            edits,
            author: proposer,
            message: row.reason.clone(),
            trailers,
        })
    }

    async fn credit_of(&self, account: AccountId) -> Result<Credit, ProposalError> {
        let found = self.db().account(account).await?;
        Ok(found.as_ref().map_or_else(
            // Whoever is gone keeps the address of their contributions, and no name.
            || Credit {
                name: "Anonyme".to_owned(),
                organisation: None,
                account: account.uuid(),
            },
            credit,
        ))
    }

    /// Tells people what somebody else did to a proposal.
    pub(super) async fn tell(
        &self,
        people: &[AccountId],
        what: NoticeKind,
        number: u64,
        by: &Account,
        now: DateTime<Utc>,
    ) -> Result<(), ProposalError> {
        let notices = people
            .iter()
            .filter(|account| **account != by.id)
            .map(|account| NewNotice {
                account: *account,
                what,
                number: Some(number),
                card: None,
                by: Some(by.id),
                at: now,
            })
            .collect();
        Ok(self.db().add_notices(notices).await?)
    }

    /// Closes proposals that were published just before a crash, before their rows could say so.
    pub(crate) async fn settle_proposals(&self, logged: &[LoggedCommit]) -> anyhow::Result<()> {
        for commit in logged {
            let number = commit.trailer(PROPOSAL_TRAILER);
            let Some(number) = number.and_then(|number| number.parse().ok()) else {
                continue;
            };
            // Whoever is publishing it at this moment says so itself, with its name.
            let _turn = self.desk.lock().await;
            let row = self.db().proposal(number).await?;
            if let Some(row) = row.filter(|row| row.state == ProposalState::Open) {
                self.db()
                    .decide(
                        number,
                        Decision {
                            from: ProposalState::Open,
                            head: row.head.clone(),
                            to: ProposalState::Published,
                            by: row.author,
                            reason: None,
                            published: Some(commit.commit.to_string()),
                            at: commit.date,
                        },
                    )
                    .await?;
            }
        }
        Ok(())
    }
}

fn said(credit: &Credit) -> String {
    match &credit.organisation {
        Some(organisation) => format!("{} ({organisation})", credit.name),
        None => credit.name.clone(),
    }
}

/// Judges the reviews of a proposal under the rules published now.
pub(super) fn judge(
    snapshot: &Snapshot,
    row: &ProposalRow,
    authors: &[AccountId],
    reviews: &[ReviewRow],
) -> Standing {
    let rules = &snapshot.config().governance;
    let paths = paths(&row.files);
    let reviews: Vec<Review> = reviews.iter().map(ReviewRow::review).collect();
    standing(
        &Reviewed {
            paths: &paths,
            authors,
            head: &row.head,
            base: &row.base,
            rules: &rules_digest(rules),
        },
        &reviews,
        rules,
    )
}

/// Returns every file that a proposal touches, at its old and at its new place.
pub(super) fn paths(files: &[ProposalFile]) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| file.old_path.iter().chain([&file.path]))
        .cloned()
        .collect()
}

/// Reads the commit that a closed proposal was published as.
pub(super) fn published_commit(row: &ProposalRow) -> Result<Option<CommitId>, ProposalError> {
    row.published.as_deref().map(kept_commit).transpose()
}
