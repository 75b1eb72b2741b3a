//! The forms of a proposal's page: which are there, what they hold, and why the others are not.

use terreau_commons::{Joins, ProposalPage};
use terreau_community::{AccountId, Act, Answer as Permission, ProposalState, Reason, Verdict};

use super::said::Age;
use super::talk::Talk;
use crate::{Reader, Site, Words, url};

/// What somebody sent that was not done: it is shown again.
pub struct Tried {
    /// What they wanted.
    pub what: What,
    /// In their words.
    pub words: String,
    /// What is wrong with those.
    pub problem: Option<String>,
    /// The file and the block that a remark was about.
    pub place: Option<(String, usize)>,
    /// The thread that a remark answered.
    pub thread: Option<i64>,
    /// The revision that they read.
    pub seen: String,
}

/// What somebody can do to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Approve, or ask for changes.
    Review,
    /// Publish it.
    Publish,
    /// Decide against it.
    Decline,
    /// Take it back.
    Withdraw,
    /// Say something.
    Remark,
    /// Settle a thread, or open it again.
    Settle,
}

/// A form that takes a few words.
pub struct WordsForm {
    /// As typed.
    pub words: String,
    /// What is wrong with them.
    pub problem: Option<String>,
    /// Whether it stands open.
    pub is_open: bool,
}

/// The forms.
pub struct Forms {
    /// The address of the proposal.
    pub action: String,
    /// The revision that they are about.
    pub head: String,
    /// The review.
    pub review: Option<WordsForm>,
    /// What the person said of this very revision.
    pub reviewed: Option<String>,
    /// Publishing, and what to know before.
    pub publish: Option<String>,
    /// Declining.
    pub decline: Option<WordsForm>,
    /// Withdrawing.
    pub withdraw: Option<WordsForm>,
    /// Why there is no review or no publishing, each in a sentence.
    pub why_not: Vec<String>,
    /// Where to sign in, when that is what is missing.
    pub sign_in: Option<String>,
}

impl Forms {
    /// Makes the forms of a proposal for its reader.
    pub fn of(talk: &Talk<'_>) -> Forms {
        let (page, reader, tried) = (talk.page, talk.reader, talk.tried);
        let words = reader.words();
        let is_open = page.row.state == ProposalState::Open;
        let form = |what: What, allowed: bool| {
            let tried = tried.filter(|tried| tried.what == what);
            allowed.then(|| WordsForm {
                words: tried.map(|tried| tried.words.clone()).unwrap_or_default(),
                problem: tried.and_then(|tried| tried.problem.clone()),
                is_open: tried.is_some(),
            })
        };
        let is_signed_out = reader.is_anonymous();
        let why_not = if is_open && !is_signed_out {
            why_not(talk.site, reader, page, &talk.authors)
        } else {
            Vec::new()
        };
        Forms {
            action: url::proposal(page.row.number),
            head: page.row.head.clone(),
            review: form(What::Review, page.allowed.review),
            reviewed: reviewed(talk, words),
            publish: publish_note(page, words),
            decline: form(What::Decline, page.allowed.decline),
            withdraw: form(What::Withdraw, page.allowed.withdraw),
            why_not,
            sign_in: (is_open && is_signed_out).then(|| url::sign_in(&reader.here)),
        }
    }

    /// Tells whether there is anything to do or to know here.
    pub fn is_empty(&self) -> bool {
        self.review.is_none()
            && self.publish.is_none()
            && self.decline.is_none()
            && self.withdraw.is_none()
            && self.why_not.is_empty()
            && self.sign_in.is_none()
    }
}

/// Says what the reader's standing review of the present revision is.
fn reviewed(talk: &Talk<'_>, words: Words) -> Option<String> {
    let me = talk.reader.account()?.id;
    let standing = &talk.page.standing;
    let mine = standing
        .counted
        .iter()
        .chain(&standing.asked_changes)
        .map(|place| &talk.page.reviews[*place])
        .find(|review| review.reviewer.id == me)?;
    let age = Age::of(mine.at, talk.now, words).said;
    let key = match mine.verdict {
        Verdict::Approve => "proposals-reviewed-approve",
        Verdict::AskChanges => "proposals-reviewed-ask-changes",
    };
    Some(words.tell(key, "age", age))
}

/// Says what publishing means here, when the person may do it and it can be done.
fn publish_note(page: &ProposalPage, words: Words) -> Option<String> {
    let key = match (&page.joins, page.standing.is_enough()) {
        (Joins::Not(_) | Joins::Closed, _) => return None,
        (Joins::Joined, true) => "proposals-publish-joined",
        (Joins::Cleanly, true) => "proposals-publish-ready",
        (_, false) => "proposals-publish-alone",
    };
    page.allowed.publish.then(|| words.say(key))
}

/// Says why the person can't review or publish, as far as the page does not say it elsewhere.
fn why_not(
    site: &Site,
    reader: &Reader,
    page: &ProposalPage,
    authors: &[AccountId],
) -> Vec<String> {
    let words = reader.words();
    let mut said = Vec::new();
    if let Permission::No(reason) = site
        .commons
        .may(&reader.actor, &Act::ReviewProposal { authors })
    {
        said.push(words.say(review_refusal(&reason)));
    }
    let enough = page.standing.is_enough();
    if matches!(page.joins, Joins::Not(_)) && (enough || page.allowed.publish) {
        said.push(words.say("proposals-publish-blocked"));
    } else if enough && !page.allowed.publish {
        said.push(words.say("proposals-publish-by-editors"));
    }
    said
}

/// Returns the key of why somebody can't review.
pub fn review_refusal(reason: &Reason) -> &'static str {
    match reason {
        Reason::OwnWork => "proposals-refused-own",
        Reason::NeedsRole(_) => "proposals-refused-role",
        Reason::Suspended => "proposals-refused-suspended",
        Reason::NeedsScope(_) | Reason::NotByToken => "proposals-refused-scope",
        Reason::NotReviewed => "proposals-refused-not-reviewed",
        _ => "proposals-refused",
    }
}
