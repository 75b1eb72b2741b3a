//! What the API says and hears of proposals.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use terreau_card::Change;
use terreau_commons::{
    Joins, Person, ProposalFile, ProposalLine, ProposalPage, ProposalRow, ProposedCard,
    PublishError, RemarkRow, Thread,
};
use terreau_community::{Stale, Standing};
use utoipa::ToSchema;

use crate::url;

/// Some proposals, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalSummaries {
    /// How many there are in all.
    pub total: usize,
    /// The proposals.
    pub proposals: Vec<ProposalSummary>,
    /// What to send as `cursor` for those that follow; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One proposal in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalSummary {
    /// Its number.
    pub number: u64,
    /// What lists call it.
    pub title: String,
    /// Why, in its author's words.
    pub reason: String,
    /// `open`, `published`, `declined` or `withdrawn`.
    pub state: &'static str,
    /// Who proposed it.
    pub author: Contributor,
    /// When it was proposed.
    pub created: DateTime<Utc>,
    /// When it last moved.
    pub updated: DateTime<Utc>,
    /// The number of its present revision, from 1.
    pub revision: u32,
    /// The name of its present revision: reviews and publishing say which one they are about.
    pub head: String,
    /// The files that it touches.
    pub files: Vec<TouchedFile>,
    /// What each rule asks, and what it has.
    pub needs: Vec<RuleNeed>,
    /// Whether its reviews are enough to publish it.
    pub enough: bool,
    /// How many requests for changes stand.
    pub changes_asked: usize,
    /// `cleanly`, `joined`, `conflict`, `refused` or `closed`: whether it could be joined with what is published.
    pub joins: &'static str,
    /// Its page for people.
    pub url: String,
}

/// Somebody, as everyone sees them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Contributor {
    /// The name that they chose; absent once their account is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The organisation that they speak for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// A file that a proposal touches.
#[derive(Debug, Serialize, ToSchema)]
pub struct TouchedFile {
    /// Where it would be.
    pub path: String,
    /// Where it is, when the proposal moves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_path: Option<String>,
    /// `created`, `changed`, `renamed`, `archived` or `restored`.
    pub change: &'static str,
}

/// What a rule asks of a proposal, and what it has.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleNeed {
    /// The rule's name.
    pub rule: String,
    /// How many people must approve.
    pub approvals: u32,
    /// From how many organisations.
    pub organisations: u32,
    /// How many people approve.
    pub has_approvals: u32,
    /// From how many organisations.
    pub has_organisations: u32,
}

/// A whole proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeProposal {
    /// The members of every proposal.
    #[serde(flatten)]
    pub summary: ProposalSummary,
    /// Everyone who wrote a revision, the proposer first.
    pub authors: Vec<Contributor>,
    /// The published commit on which its present revision was made.
    pub base: String,
    /// Its revisions, oldest first.
    pub revisions: Vec<ProposalRevision>,
    /// What it changes.
    pub cards: Vec<ProposalCard>,
    /// Its reviews, oldest first.
    pub reviews: Vec<ProposalReview>,
    /// What was remarked.
    pub threads: Vec<RemarkThread>,
    /// Why it was declined or withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<DateTime<Utc>>,
    /// The commit that published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// What the caller may do.
    pub allowed: Permissions,
}

/// A state of a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalRevision {
    /// Its number, from 1.
    pub revision: u32,
    /// Its name.
    pub head: String,
    /// Who wrote it.
    pub author: Contributor,
    /// What they said of it.
    pub message: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A card of a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalCard {
    /// Where the card would be; absent when the file is no card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The file.
    pub file: String,
    /// Where the card is, when the proposal moves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Its title, as proposed.
    pub title: String,
    /// Whether it does not exist yet.
    pub is_new: bool,
    /// The whole file, as proposed.
    pub content: String,
    /// Its lines, each after `+` when it is added, `-` when it is removed, a space when it stays.
    pub diff: String,
}

/// A review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalReview {
    /// Who.
    pub reviewer: Contributor,
    /// `approve` or `ask-changes`.
    pub verdict: &'static str,
    /// In their words.
    pub words: String,
    /// The revision that they read.
    pub head: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it counts.
    pub counts: bool,
    /// Why it does not count: `new-revision`, `other-base`, `rules-changed`, `suspended`, `role-lost`, `own-work` or
    /// `replaced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<&'static str>,
}

/// A remark and its answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemarkThread {
    /// What to send as `thread` to answer.
    pub id: i64,
    /// The file that it is about; absent for the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The paragraph that it is about, as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
    /// Where that paragraph is now in the comparison, from 0; absent when it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
    /// When it was settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<DateTime<Utc>>,
    /// What was said, oldest first.
    pub remarks: Vec<ProposalRemark>,
}

/// One remark.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalRemark {
    /// Its name.
    pub id: i64,
    /// Who.
    pub author: Contributor,
    /// In their words.
    pub words: String,
    /// The revision that they read, from 1.
    pub revision: u32,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the caller may do to a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Permissions {
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

/// A change of one or several cards, to be reviewed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalPost {
    /// The cards, each as it should be.
    pub cards: Vec<CardPost>,
    /// Why; the first line is the subject.
    pub reason: String,
}

/// One card as it should be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardPost {
    /// Where the card is, or would be.
    pub path: String,
    /// The whole file.
    pub content: String,
    /// The published commit that you started from; absent for a new card.
    #[serde(default)]
    pub base: Option<String>,
}

/// A new state of a proposal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevisionPost {
    /// The number of the revision that you started from.
    pub after: u32,
    /// The cards that change; the others stay as they were proposed.
    pub cards: Vec<CardPost>,
    /// What you changed, and why.
    pub reason: String,
}

/// A remark.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkPost {
    /// What you say.
    pub words: String,
    /// The thread that you answer; absent to begin one.
    #[serde(default)]
    pub thread: Option<i64>,
    /// The file that you speak of; absent for the whole.
    #[serde(default)]
    pub file: Option<String>,
    /// The paragraph of its comparison that you speak of, from 0.
    #[serde(default)]
    pub paragraph: Option<usize>,
}

/// A review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewPost {
    /// `approve` or `ask-changes`.
    pub verdict: String,
    /// The revision that you read.
    pub head: String,
    /// What you say; needed to ask for changes.
    #[serde(default)]
    pub words: String,
}

/// Which revision to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPost {
    /// The revision that you read.
    pub head: String,
}

/// Why a proposal ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonPost {
    /// Why.
    pub reason: String,
}

/// Where a proposal is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalMoved {
    /// Its number.
    pub number: u64,
    /// `open`, `published`, `declined` or `withdrawn`.
    pub state: &'static str,
    /// The number of its present revision, from 1.
    pub revision: u32,
    /// The name of its present revision.
    pub head: String,
    /// The commit that published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Its page for people.
    pub url: String,
}

/// A remark that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemarkKept {
    /// Its name.
    pub id: i64,
    /// Its thread.
    pub thread: i64,
}

impl ProposalSummary {
    /// Says a line of the desk.
    pub fn of_line(line: &ProposalLine, base_url: &str) -> ProposalSummary {
        let author = contributor(&line.author);
        ProposalSummary::of(&line.row, author, &line.standing, &line.joins, base_url)
    }

    fn of(
        row: &ProposalRow,
        author: Contributor,
        standing: &Standing,
        joins: &Joins,
        base_url: &str,
    ) -> ProposalSummary {
        ProposalSummary {
            number: row.number,
            title: row.title.clone(),
            reason: row.reason.clone(),
            state: row.state.as_str(),
            author,
            created: row.created_at,
            updated: row.updated_at,
            revision: row.revision,
            head: row.head.clone(),
            files: row.files.iter().map(touched).collect(),
            needs: standing
                .needs
                .iter()
                .map(|need| RuleNeed {
                    rule: need.rule.clone(),
                    approvals: need.approvals,
                    organisations: need.organisations,
                    has_approvals: need.has_approvals,
                    has_organisations: need.has_organisations,
                })
                .collect(),
            enough: standing.is_enough(),
            changes_asked: standing.asked_changes.len(),
            joins: match joins {
                Joins::Cleanly => "cleanly",
                Joins::Joined => "joined",
                Joins::Closed => "closed",
                Joins::Not(error) if matches!(error.as_ref(), PublishError::Conflict(_)) => {
                    "conflict"
                }
                Joins::Not(_) => "refused",
            },
            url: format!("{base_url}{}", url::proposal(row.number)),
        }
    }
}

impl WholeProposal {
    /// Says a proposal.
    pub fn of(page: &ProposalPage, base_url: &str) -> WholeProposal {
        let row = &page.row;
        let author = |id| {
            let person = page.authors.iter().find(|person| person.id == id);
            person.map_or(
                Contributor {
                    name: None,
                    organisation: None,
                },
                contributor,
            )
        };
        let revisions = page.revisions.iter().map(|revision| ProposalRevision {
            revision: revision.revision,
            head: revision.head.clone(),
            author: author(revision.author),
            message: revision.message.clone(),
            at: revision.at,
        });
        let reviews = page.reviews.iter().enumerate().map(|(place, review)| {
            let stale = page.standing.stale.iter().find(|(its, _)| *its == place);
            ProposalReview {
                reviewer: Contributor {
                    name: review.reviewer.name.as_ref().map(ToString::to_string),
                    organisation: review.organisation.as_ref().map(ToString::to_string),
                },
                verdict: review.verdict.as_str(),
                words: review.body.clone(),
                head: review.head.clone(),
                at: review.at,
                counts: stale.is_none(),
                stale: stale.map(|(_, reason)| stale_word(*reason)),
            }
        });
        WholeProposal {
            summary: ProposalSummary::of(
                row,
                author(row.author),
                &page.standing,
                &page.joins,
                base_url,
            ),
            authors: page.authors.iter().map(contributor).collect(),
            base: row.base.clone(),
            revisions: revisions.collect(),
            cards: page.cards.iter().map(card).collect(),
            reviews: reviews.collect(),
            threads: page.threads.iter().map(thread).collect(),
            decision: row.decision.clone().filter(|words| !words.is_empty()),
            decided: row.decided_at,
            published: row.published.clone(),
            allowed: Permissions {
                revise: page.allowed.revise,
                review: page.allowed.review,
                publish: page.allowed.publish,
                decline: page.allowed.decline,
                withdraw: page.allowed.withdraw,
                remark: page.allowed.remark,
            },
        }
    }
}

impl ProposalMoved {
    /// Says where a proposal is.
    pub fn of(row: &ProposalRow, base_url: &str) -> ProposalMoved {
        ProposalMoved {
            number: row.number,
            state: row.state.as_str(),
            revision: row.revision,
            head: row.head.clone(),
            published: row.published.clone(),
            url: format!("{base_url}{}", url::proposal(row.number)),
        }
    }
}

fn contributor(person: &Person) -> Contributor {
    Contributor {
        name: person.name.as_ref().map(ToString::to_string),
        organisation: person.organisation.as_ref().map(ToString::to_string),
    }
}

fn touched(file: &ProposalFile) -> TouchedFile {
    TouchedFile {
        path: file.path.clone(),
        old_path: file.old_path.clone(),
        change: file.change.as_str(),
    }
}

fn card(card: &ProposedCard) -> ProposalCard {
    let mut content = String::new();
    let mut diff = String::new();
    for line in &card.source {
        let mark = match line.change {
            Change::Inserted => '+',
            Change::Deleted => '-',
            Change::Same | Change::Changed => ' ',
        };
        diff.push(mark);
        diff.push_str(&line.text);
        diff.push('\n');
        if line.change != Change::Deleted {
            content.push_str(&line.text);
            content.push('\n');
        }
    }
    ProposalCard {
        path: card.path.as_ref().map(ToString::to_string),
        file: card.file.clone(),
        from: card.from.as_ref().map(ToString::to_string),
        title: card.title.clone(),
        is_new: card.is_new,
        content,
        diff,
    }
}

fn thread(thread: &Thread) -> RemarkThread {
    let place = thread.first.place.as_ref();
    RemarkThread {
        id: thread.first.id,
        file: place.map(|place| place.file.clone()),
        excerpt: place.map(|place| place.excerpt.clone()),
        paragraph: thread.at.map(|(_, block)| block),
        settled: thread.first.resolved_at,
        remarks: std::iter::once(&thread.first)
            .chain(&thread.answers)
            .map(remark)
            .collect(),
    }
}

fn remark(remark: &RemarkRow) -> ProposalRemark {
    ProposalRemark {
        id: remark.id,
        author: contributor(&remark.author),
        words: remark.body.clone(),
        revision: remark.revision,
        at: remark.at,
    }
}

/// Returns the word that stands for why a review does not count.
fn stale_word(reason: Stale) -> &'static str {
    match reason {
        Stale::NewRevision => "new-revision",
        Stale::OtherBase => "other-base",
        Stale::RulesChanged => "rules-changed",
        Stale::Suspended => "suspended",
        Stale::RoleLost => "role-lost",
        Stale::WroteIt => "own-work",
        Stale::Replaced => "replaced",
    }
}
