//! Reading one proposal, with all that was said of it.

use std::sync::Arc;

use terreau_card::{Card, CardPath, CommonsConfig, GovernanceRule, prose_diff, source_diff};
use terreau_community::{AccountId, Act, Actor, ProposalState, Standing, may};
use terreau_db::{KindOfChange, Person, ProposalFile, ProposalRow, ReviewRow, RevisionRow};
use terreau_store::{CONFIG_FILE, CommitId, Proposed, ProposedFile, StoreError};

use super::decide::{judge, paths, published_commit};
use super::talk::{Thread, threads};
use super::write::proposed;
use super::{ProposalError, ProposedCard};
use crate::Commons;
use crate::blocking::blocking;
use crate::publish::PublishError;

/// Whether a proposal could be published now.
#[derive(Debug)]
pub enum Joins {
    /// Nothing that it touches was published since.
    Cleanly,
    /// It would be joined with what was published meanwhile.
    Joined,
    /// It can't: a conflict, a rule of the format, an address that is taken.
    Not(Box<PublishError>),
    /// It is closed.
    Closed,
}

/// What the person who looks may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Change what is proposed.
    pub revise: bool,
    /// Approve, or ask for changes.
    pub review: bool,
    /// Publish it now.
    pub publish: bool,
    /// Decide against it.
    pub decline: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Say something.
    pub remark: bool,
}

/// A proposal with all that belongs to it.
pub struct ProposalPage {
    /// What is kept of it.
    pub row: ProposalRow,
    /// Everyone who wrote a revision, the proposer first.
    pub authors: Vec<Person>,
    /// Its revisions, oldest first.
    pub revisions: Vec<RevisionRow>,
    /// What it changes.
    pub cards: Arc<Vec<ProposedCard>>,
    /// What was said in reviews, oldest first.
    pub reviews: Vec<ReviewRow>,
    /// What the reviews are worth; places are those of `reviews`.
    pub standing: Standing,
    /// What was remarked, each thread where its paragraph is now.
    pub threads: Vec<Thread>,
    /// Whether it could be published now.
    pub joins: Joins,
    /// What the person may do.
    pub allowed: Allowed,
    /// The commit that published it.
    pub publication: Option<CommitId>,
    /// Who published, declined or withdrew it.
    pub decided_by: Option<Person>,
}

impl Commons {
    /// Returns a proposal with all that belongs to it.
    ///
    /// # Errors
    /// `Missing` when there is none of this number.
    pub async fn proposal(
        &self,
        actor: &Actor,
        number: u64,
    ) -> Result<ProposalPage, ProposalError> {
        let row = self.seen_proposal(actor, number).await?;
        let of = proposed(&row)?;
        let cards = self.proposed_cards(&of).await?;
        let authors = self.db().authors(number).await?;
        let reviews = self.db().reviews(number).await?;
        let remarks = self.db().remarks(number).await?;
        let standing = judge(&self.snapshot(), &row, &authors, &reviews);
        Ok(ProposalPage {
            joins: self.joins(&row).await?,
            allowed: self.allowances(actor, &row, &authors, &standing),
            authors: self.db().people(&authors).await?,
            revisions: self.db().revisions(number).await?,
            threads: threads(remarks, &cards),
            publication: published_commit(&row)?,
            decided_by: self.db().people(row.decided_by.as_slice()).await?.pop(),
            cards,
            reviews,
            standing,
            row,
        })
    }

    /// Returns a proposal that the actor may see. Of a held one, others learn nothing, not even that it is there.
    pub(crate) async fn seen_proposal(
        &self,
        actor: &Actor,
        number: u64,
    ) -> Result<ProposalRow, ProposalError> {
        let row = self.db().proposal(number).await?;
        let row = row.ok_or(ProposalError::Missing)?;
        let authors = if row.held {
            self.db().authors(number).await?
        } else {
            Vec::new()
        };
        let act = Act::SeeProposal {
            held: row.held,
            authors: &authors,
        };
        match may(actor, &act, &[]).is_yes() {
            true => Ok(row),
            false => Err(ProposalError::Missing),
        }
    }

    pub(super) fn allowances(
        &self,
        actor: &Actor,
        row: &ProposalRow,
        authors: &[AccountId],
        standing: &Standing,
    ) -> Allowed {
        if row.state != ProposalState::Open {
            let remark = may(actor, &Act::Remark, &[]).is_yes();
            return Allowed {
                remark,
                ..Allowed::default()
            };
        }
        let snapshot = self.snapshot();
        let paths = paths(&row.files);
        let can = |act: Act<'_>| may(actor, &act, &snapshot.config().governance).is_yes();
        Allowed {
            revise: can(Act::ReviseProposal { authors }),
            review: can(Act::ReviewProposal { authors }),
            publish: can(Act::PublishProposal {
                paths: &paths,
                enough: standing.is_enough(),
            }),
            decline: can(Act::DeclineProposal),
            withdraw: can(Act::WithdrawProposal { author: row.author }),
            remark: can(Act::Remark),
        }
    }

    /// Tells whether a proposal could be published now.
    pub(crate) async fn joins(&self, row: &ProposalRow) -> Result<Joins, ProposalError> {
        if row.state != ProposalState::Open {
            return Ok(Joins::Closed);
        }
        let (store, of) = (Arc::clone(&self.store), proposed(row)?);
        if *self.snapshot().commit() == of.base {
            return Ok(Joins::Cleanly);
        }
        let answer: Result<bool, StoreError> = blocking(move || {
            let edits = store.edits_of(&of)?;
            store.rehearse(&edits)
        })
        .await?;
        match answer {
            Ok(false) => Ok(Joins::Cleanly),
            Ok(true) => Ok(Joins::Joined),
            Err(error) => match PublishError::from(error) {
                PublishError::Unexpected(cause) => Err(ProposalError::Unexpected(cause)),
                reason => Ok(Joins::Not(Box::new(reason))),
            },
        }
    }

    /// Returns what a revision changes, compared once.
    pub(super) async fn proposed_cards(
        &self,
        of: &Proposed,
    ) -> Result<Arc<Vec<ProposedCard>>, ProposalError> {
        let key = (of.base, of.commit);
        if let Some(cards) = self.proposed.get(&key) {
            return Ok(cards);
        }
        let (store, of) = (Arc::clone(&self.store), *of);
        let files = blocking(move || store.proposed(&of)).await??;
        let cards = Arc::new(files.into_iter().map(card).collect::<Vec<_>>());
        self.proposed.insert(key, Arc::clone(&cards));
        Ok(cards)
    }

    /// Returns the text of a card as a proposal has it, for the form that revises it.
    ///
    /// # Errors
    /// `Missing` when the proposal does not touch the card, and the card is not published either.
    pub async fn proposed_text(
        &self,
        actor: &Actor,
        number: u64,
        path: &CardPath,
    ) -> Result<Arc<str>, ProposalError> {
        let of = proposed(&self.seen_proposal(actor, number).await?)?;
        let (store, path) = (Arc::clone(&self.store), path.clone());
        blocking(move || store.proposed_text(&of, &path))
            .await??
            .ok_or(ProposalError::Missing)
    }
}

fn card(file: ProposedFile) -> ProposedCard {
    let path = file.card_path();
    let before = file.before.as_deref().unwrap_or_default();
    let after = file.after.as_deref().unwrap_or_default();
    let prose = path.as_ref().map(|_| {
        let (old, _) = Card::read(before);
        let (new, _) = Card::read(after);
        prose_diff(&old, &new)
    });
    let title = match &path {
        Some(_) => Card::read(if after.is_empty() { before } else { after })
            .0
            .title()
            .to_owned(),
        None => file.file.clone(),
    };
    ProposedCard {
        is_new: file.before.is_none() && file.from.is_none(),
        from: file.from.as_deref().and_then(CardPath::from_file),
        rules: (file.file == CONFIG_FILE).then(|| (rules(before), rules(after))),
        source: source_diff(before, after),
        file: file.file,
        path,
        title,
        prose,
    }
}

/// Reads the rules of a text of the settings; none when it does not read.
fn rules(text: &str) -> Vec<GovernanceRule> {
    CommonsConfig::read(text).map_or_else(|_| Vec::new(), |config| config.governance)
}

/// Returns what the database keeps of a file that a revision touches.
pub(super) fn file_row(file: &ProposedFile) -> ProposalFile {
    let status = |text: &Option<Arc<str>>| {
        text.as_deref()
            .map(|text| Card::read(text).0.status() == terreau_card::Status::Archived)
    };
    let is_archived = status(&file.after).unwrap_or(false);
    let was_archived = status(&file.before).unwrap_or(false);
    let change = match (&file.before, &file.from) {
        (None, None) => KindOfChange::Created,
        (_, Some(_)) => KindOfChange::Renamed,
        _ if is_archived && !was_archived => KindOfChange::Archived,
        _ => KindOfChange::Changed,
    };
    ProposalFile {
        path: file.file.clone(),
        old_path: file.from.clone(),
        change,
    }
}
