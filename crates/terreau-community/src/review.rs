//! What the reviews of a proposal are worth now: which count, which are stale and why, what is still needed.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use terreau_card::GovernanceRule;

use crate::may::governing;
use crate::word::words;
use crate::{AccountId, OrganisationName, Role};

words! {
    /// What a reviewer says of a proposal.
    pub enum Verdict {
        /// It can be published.
        Approve = "approve",
        /// It needs changes first.
        AskChanges = "ask-changes",
    }
}

words! {
    /// Where a proposal is in its life.
    pub enum ProposalState {
        /// It can be revised, discussed and reviewed.
        Open = "open",
        /// It was published.
        Published = "published",
        /// Editors decided against it.
        Declined = "declined",
        /// Its author took it back.
        Withdrawn = "withdrawn",
    }
}

/// One review, with what is true of its reviewer now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who reviewed.
    pub reviewer: AccountId,
    /// For which organisation, when they did.
    pub organisation: Option<OrganisationName>,
    /// The reviewer's role now.
    pub role: Role,
    /// Whether the reviewer is suspended now.
    pub suspended: bool,
    /// What they said.
    pub verdict: Verdict,
    /// The commit of the revision that they read.
    pub head: String,
    /// The published commit on which that revision was made.
    pub base: String,
    /// The digest of the rules in force, see [`rules_digest`].
    pub rules: String,
    /// When they reviewed.
    pub at: DateTime<Utc>,
}

/// What reviews are held against: the proposal as it is now.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// Every file that it touches, at its old and at its new place.
    pub paths: &'a [String],
    /// Everyone who wrote any of its revisions.
    pub authors: &'a [AccountId],
    /// The commit of its present revision.
    pub head: &'a str,
    /// The published commit on which that revision was made.
    pub base: &'a str,
    /// The digest of the rules in force now, see [`rules_digest`].
    pub rules: &'a str,
}

/// Why a review no longer counts, or never did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stale {
    /// There is a newer revision.
    NewRevision,
    /// The revision was made on another published commit.
    OtherBase,
    /// The rules changed.
    RulesChanged,
    /// The reviewer is suspended.
    Suspended,
    /// The reviewer is no longer an editor.
    RoleLost,
    /// The reviewer wrote one of the revisions.
    WroteIt,
    /// The same person reviewed again later.
    Replaced,
}

/// What one rule asks of a proposal, and what it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The rule's name.
    pub rule: String,
    /// How many people must approve; at least one.
    pub approvals: u32,
    /// From how many organisations; at least one.
    pub organisations: u32,
    /// How many people approve.
    pub has_approvals: u32,
    /// From how many organisations.
    pub has_organisations: u32,
}

impl Need {
    /// Tells whether it has what is asked.
    pub fn is_met(&self) -> bool {
        self.has_approvals >= self.approvals && self.has_organisations >= self.organisations
    }
}

/// What the reviews of a proposal are worth. Reviews are named by their place in the list that was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What each rule of the touched files asks, in the order of the rules.
    pub needs: Vec<Need>,
    /// The approvals that count.
    pub counted: Vec<usize>,
    /// The reviews that do not, and why.
    pub stale: Vec<(usize, Stale)>,
    /// The requests for changes that nobody has answered yet.
    pub asked_changes: Vec<usize>,
    /// The files of which no rule speaks: nobody can approve them.
    pub ungoverned: Vec<String>,
}

impl Standing {
    /// Tells whether the proposal can be published: every need is met and nobody waits for changes.
    pub fn is_enough(&self) -> bool {
        !self.needs.is_empty()
            && self.ungoverned.is_empty()
            && self.asked_changes.is_empty()
            && self.needs.iter().all(Need::is_met)
    }
}

/// Judges the reviews of a proposal under the rules in force.
///
/// Each file is judged by its most specific rules, as in [`may`](crate::may()); a file of which no rule speaks is never
/// approved. An approval counts for exactly the revision, base and rules that it saw, while its reviewer is an editor or
/// steward who wrote nothing of the proposal. A request for changes stands until its reviewer reviews again or a new
/// revision answers it: a change of the rules does not.
///
/// One approval is always needed, whatever a rule says: who may publish alone publishes directly. Reviewers without an
/// organisation are nobody's second organisation, but one of them is enough where one organisation is.
pub fn standing(of: &Reviewed<'_>, reviews: &[Review], rules: &[GovernanceRule]) -> Standing {
    let mut counted = Vec::new();
    let mut asked_changes = Vec::new();
    let mut stale = Vec::new();
    for (place, review) in reviews.iter().enumerate() {
        let reason = if is_replaced(of, place, reviews) {
            Some(Stale::Replaced)
        } else {
            staleness(of, review)
        };
        match (reason, review.verdict) {
            (Some(reason), _) => stale.push((place, reason)),
            (None, Verdict::Approve) => counted.push(place),
            (None, Verdict::AskChanges) => asked_changes.push(place),
        }
    }

    let mut ungoverned = Vec::new();
    let mut asking: BTreeMap<usize, &GovernanceRule> = BTreeMap::new();
    for path in of.paths {
        let found = governing(path, rules);
        if found.is_empty() {
            ungoverned.push(path.clone());
        }
        asking.extend(found);
    }
    let approvals: Vec<&Review> = counted.iter().map(|place| &reviews[*place]).collect();
    let needs = asking.into_values().map(|rule| need(rule, &approvals));
    Standing {
        needs: needs.collect(),
        counted,
        stale,
        asked_changes,
        ungoverned,
    }
}

/// Returns the SHA-256 of everything that the rules say, in hexadecimal digits: other rules have another digest.
pub fn rules_digest(rules: &[GovernanceRule]) -> String {
    let mut digest = Sha256::new();
    for rule in rules {
        add_text(&mut digest, &rule.name);
        digest.update(rule.approvals.to_be_bytes());
        digest.update(rule.organisations.to_be_bytes());
        for list in [&rule.paths, &rule.publishers, &rule.stewards] {
            digest.update((list.len() as u64).to_be_bytes());
            for word in list {
                add_text(&mut digest, word);
            }
        }
    }
    let bytes = digest.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Adds a text after its length, so that no two sets of rules read the same.
fn add_text(digest: &mut Sha256, text: &str) {
    digest.update((text.len() as u64).to_be_bytes());
    digest.update(text);
}

/// Tells whether the reviewer reviewed again later; of two reviews at the same moment the one further on is later. A
/// request for changes is not lifted by a later one that is stale itself.
fn is_replaced(of: &Reviewed<'_>, place: usize, reviews: &[Review]) -> bool {
    let review = &reviews[place];
    reviews.iter().enumerate().any(|(other, later)| {
        later.reviewer == review.reviewer
            && (later.at, other) > (review.at, place)
            && (review.verdict == Verdict::Approve
                || later.verdict == Verdict::Approve
                || staleness(of, later).is_none())
    })
}

/// Returns why a review does not count, even if it is the last one of its reviewer.
fn staleness(of: &Reviewed<'_>, review: &Review) -> Option<Stale> {
    let approves = review.verdict == Verdict::Approve;
    [
        (of.authors.contains(&review.reviewer), Stale::WroteIt),
        (review.suspended, Stale::Suspended),
        (review.role < Role::Editor, Stale::RoleLost),
        (review.head != of.head, Stale::NewRevision),
        (approves && review.base != of.base, Stale::OtherBase),
        (approves && review.rules != of.rules, Stale::RulesChanged),
    ]
    .into_iter()
    .find_map(|(is_so, reason)| is_so.then_some(reason))
}

fn need(rule: &GovernanceRule, approvals: &[&Review]) -> Need {
    let organisations: HashSet<String> = approvals
        .iter()
        .filter_map(|review| review.organisation.as_ref())
        .map(|name| name.as_str().to_lowercase())
        .collect();
    let has_organisations = organisations.len().max(approvals.len().min(1));
    Need {
        rule: rule.name.clone(),
        approvals: rule.approvals.max(1),
        organisations: rule.organisations.max(1),
        has_approvals: count(approvals.len()),
        has_organisations: count(has_organisations),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
