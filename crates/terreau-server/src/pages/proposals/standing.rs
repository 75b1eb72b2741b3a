//! Where a proposal stands: what the rules ask, what the checks found, who reviewed and whether it still counts, how it
//! ended.

use chrono::{DateTime, Utc};
use terreau_commons::{Joins, ProposalPage, PublishError, Snapshot};
use terreau_community::{AccountId, CreditName, OrganisationName, ProposalState, Verdict};

use super::said::{Age, credited, listed, missing, need_line, person, stale_key};
use crate::{Words, url};

/// What a rule asks.
pub struct NeedView {
    /// What it has of what it asks.
    pub has: String,
    /// What it still waits for.
    pub missing: String,
    /// The rule's name.
    pub rule: String,
    /// Whether it has what it asks.
    pub is_met: bool,
}

/// What a check found.
pub struct Check {
    /// `good`, `so-so` or `bad`.
    pub class: &'static str,
    /// In a sentence.
    pub says: String,
    /// More, one line each.
    pub lines: Vec<String>,
    /// Where to go on, and the words of it.
    pub next: Option<(String, String)>,
}

/// A review.
pub struct ReviewView {
    /// Who.
    pub author: String,
    /// When.
    pub when: Age,
    /// What they said, in a few words.
    pub verdict: String,
    /// `approve` or `ask-changes`.
    pub class: &'static str,
    /// In their words.
    pub body: String,
    /// Which version they read.
    pub version: Option<String>,
    /// Why it does not count, when it does not.
    pub stale: Option<String>,
}

/// A state that the proposal went through.
pub struct RevisionView {
    /// Its number.
    pub label: String,
    /// Who.
    pub author: String,
    /// When.
    pub when: Age,
    /// What they said of it.
    pub message: String,
    /// Whether it is the one that is shown.
    pub is_present: bool,
}

/// How a proposal ended.
pub struct Outcome {
    /// In a sentence.
    pub says: String,
    /// When.
    pub when: Option<Age>,
    /// Why, in the words of whoever decided.
    pub reason: String,
    /// Where what was published is read, and what it is called.
    pub read: Vec<(String, String)>,
}

/// Says what the rules ask.
pub fn needs(page: &ProposalPage, words: Words) -> Vec<NeedView> {
    let needs = page.standing.needs.iter();
    needs
        .map(|need| NeedView {
            has: need_line(need, words),
            missing: missing(need, words),
            rule: need.rule.clone(),
            is_met: need.is_met(),
        })
        .collect()
}

/// Says what keeps an open proposal from being published beside missing approvals, and what does not.
pub fn checks(page: &ProposalPage, snapshot: &Snapshot, words: Words) -> Vec<Check> {
    let mut checks = Vec::new();
    if page.row.state != ProposalState::Open {
        return checks;
    }
    let asking: Vec<String> = page
        .standing
        .asked_changes
        .iter()
        .map(|place| reviewer(page, *place, words))
        .collect();
    if !asking.is_empty() {
        checks.push(Check::bad(words.tell_two(
            "proposals-check-asked",
            "names",
            listed(&asking, words),
            "count",
            asking.len(),
        )));
    }
    for file in &page.standing.ungoverned {
        checks.push(Check::bad(words.tell(
            "proposals-check-ungoverned",
            "file",
            file,
        )));
    }
    checks.push(joining(page, snapshot, words));
    checks
}

impl Check {
    fn of(class: &'static str, says: String) -> Check {
        Check {
            class,
            says,
            lines: Vec::new(),
            next: None,
        }
    }

    fn bad(says: String) -> Check {
        Check::of("bad", says)
    }
}

fn joining(page: &ProposalPage, snapshot: &Snapshot, words: Words) -> Check {
    let error = match &page.joins {
        Joins::Cleanly | Joins::Closed => {
            return Check::of("good", words.say("proposals-check-clean"));
        }
        Joins::Joined => return Check::of("so-so", words.say("proposals-check-joined")),
        Joins::Not(error) => error,
    };
    match error.as_ref() {
        PublishError::Conflict(conflict) => {
            let title = snapshot
                .head(&conflict.path)
                .map_or_else(|| conflict.path.to_string(), |head| head.title.clone());
            let mut check = Check::bad(words.tell("proposals-check-conflict", "title", title));
            if page.allowed.revise {
                let href = format!("{}/conflit", url::proposal(page.row.number));
                check.next = Some((href, words.say("proposals-check-conflict-solve")));
            } else {
                check.lines = vec![words.say("proposals-check-conflict-who")];
            }
            check
        }
        PublishError::Invalid(problems) => {
            let mut check = Check::bad(words.say("proposals-check-invalid"));
            check.lines = problems
                .iter()
                .filter(|problem| problem.is_error())
                .map(|problem| problem.message(words.language))
                .collect();
            check
        }
        PublishError::Exists => Check::bad(words.say("proposals-check-exists")),
        PublishError::Missing => Check::bad(words.say("proposals-check-missing")),
        _ => Check::bad(words.say("proposals-check-unacceptable")),
    }
}

fn reviewer(page: &ProposalPage, place: usize, words: Words) -> String {
    let review = &page.reviews[place];
    credited(
        review.reviewer.name.as_ref().map(CreditName::as_str),
        review.organisation.as_ref().map(OrganisationName::as_str),
        words,
    )
}

/// Returns the reviews, newest first.
pub fn reviews(page: &ProposalPage, now: DateTime<Utc>, words: Words) -> Vec<ReviewView> {
    let is_closed = page.row.state != ProposalState::Open;
    let views = page.reviews.iter().enumerate().map(|(place, review)| {
        let stale = page.standing.stale.iter().find(|(its, _)| *its == place);
        let read = page
            .revisions
            .iter()
            .find(|revision| revision.head == review.head);
        ReviewView {
            author: reviewer(page, place, words),
            when: Age::of(review.at, now, words),
            verdict: words.say(match review.verdict {
                Verdict::Approve => "proposals-verdict-approve",
                Verdict::AskChanges => "proposals-verdict-ask-changes",
            }),
            class: review.verdict.as_str(),
            body: review.body.clone(),
            version: read
                .filter(|_| page.revisions.len() > 1)
                .map(|read| words.tell("proposals-on-version", "number", read.revision)),
            // Once decided, what reviews would be worth today means nothing.
            stale: stale
                .filter(|_| !is_closed)
                .map(|(_, reason)| words.say(stale_key(*reason))),
        }
    });
    let mut views: Vec<ReviewView> = views.collect();
    views.reverse();
    views
}

/// Returns the revisions, newest first.
pub fn revisions(page: &ProposalPage, now: DateTime<Utc>, words: Words) -> Vec<RevisionView> {
    let views = page.revisions.iter().rev().map(|revision| RevisionView {
        label: words.tell("proposals-version", "number", revision.revision),
        author: author(page, revision.author, words),
        when: Age::of(revision.at, now, words),
        message: revision.message.clone(),
        is_present: revision.revision == page.row.revision,
    });
    views.collect()
}

/// Says who an author is.
pub fn author(page: &ProposalPage, id: AccountId, words: Words) -> String {
    let found = page.authors.iter().find(|person| person.id == id);
    found.map_or_else(|| credited(None, None, words), |found| person(found, words))
}

/// Says how a proposal ended, once it did.
pub fn outcome(
    page: &ProposalPage,
    snapshot: &Snapshot,
    now: DateTime<Utc>,
    words: Words,
) -> Option<Outcome> {
    let state = page.row.state;
    if state == ProposalState::Open {
        return None;
    }
    let key = format!("proposals-outcome-{state}");
    let says = match &page.decided_by {
        Some(by) => words.tell(&format!("{key}-by"), "name", person(by, words)),
        None => words.say(&key),
    };
    let read = page
        .cards
        .iter()
        .filter(|_| state == ProposalState::Published)
        .filter_map(|card| snapshot.head(card.path.as_ref()?))
        .map(|head| (url::card(&head.path), head.title.clone()));
    Some(Outcome {
        says,
        when: page.row.decided_at.map(|at| Age::of(at, now, words)),
        reason: page.row.decision.clone().unwrap_or_default(),
        read: read.collect(),
    })
}
