//! The one authorisation function, deny by default: every page, API call, git request and command asks [`may`].

use terreau_card::GovernanceRule;

use crate::glob::{self, Specificity};
use crate::{Account, AccountId, Actor, Role, Scope};

/// The file of the commons' own rules; only a rule that names it speaks of it.
const COMMONS_FILE: &str = "commons.toml";

/// What someone wants to do. Paths are repository paths, such as `methodes/enquete-collective.md` or `commons.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act<'a> {
    /// Reads what is published.
    Read,
    /// Reads a proposal, its remarks and its reviews.
    SeeProposal {
        /// Whether it waits for somebody to look at it: its proposer is a [stranger](crate::is_stranger).
        held: bool,
        /// Everyone who wrote any of its revisions.
        authors: &'a [AccountId],
    },
    /// Proposes a change.
    Propose,
    /// Leaves a correction without an account, to be confirmed by a letter; whoever has one proposes.
    Suggest,
    /// Adds a revision to a proposal, and becomes one of its authors.
    ReviseProposal {
        /// Everyone who wrote any of its revisions.
        authors: &'a [AccountId],
    },
    /// Approves a proposal or asks for changes.
    ReviewProposal {
        /// Everyone who wrote any of its revisions.
        authors: &'a [AccountId],
    },
    /// Publishes a proposal.
    PublishProposal {
        /// Every file that it touches, at its old and at its new place.
        paths: &'a [String],
        /// Whether its reviews are [enough](crate::Standing::is_enough).
        enough: bool,
    },
    /// Decides against a proposal.
    DeclineProposal,
    /// Takes a proposal back.
    WithdrawProposal {
        /// Who proposed it.
        author: AccountId,
    },
    /// Remarks on a proposal.
    Remark,
    /// Says that a thread of remarks is settled, or opens it again.
    ResolveThread {
        /// Who began the thread.
        author: AccountId,
        /// Everyone who wrote any revision of the proposal.
        proposal_authors: &'a [AccountId],
    },
    /// Reads and changes what somebody has not proposed yet.
    SeeDraft {
        /// Whose draft.
        owner: AccountId,
    },
    /// Comments on a card.
    Comment,
    /// Rewrites a comment that waits, or takes one back.
    ChangeComment {
        /// Who wrote it.
        author: AccountId,
    },
    /// Says that a comment should not be here.
    ReportComment,
    /// Tells those who look after a card something that is not for everyone.
    TellStewards,
    /// Says that a card was useful.
    MarkUseful,
    /// Looks at what waits for moderation and decides; closes threads of comments.
    Moderate,
    /// Keeps somebody from sending anything more.
    Block {
        /// The role of their account; that of a reader when there is none.
        role: Role,
    },
    /// Reports what a method gave on the ground.
    ReportBack,
    /// Pushes changes from a mirror.
    Push,
    /// Publishes a new version of a file.
    Publish {
        /// Which file.
        path: &'a str,
    },
    /// Publishes a new card.
    CreateCard {
        /// Where it will be.
        path: &'a str,
    },
    /// Moves a card; both places must allow it.
    Rename {
        /// Where it is.
        from: &'a str,
        /// Where it goes.
        to: &'a str,
    },
    /// Archives a card.
    Archive {
        /// Which card.
        path: &'a str,
    },
    /// Publishes an old version of a card as its new one.
    Restore {
        /// Which card.
        path: &'a str,
    },
    /// Sees the list of accounts.
    ManageAccounts,
    /// Gives a person another role.
    SetRole {
        /// Whose role.
        of: AccountId,
    },
    /// Suspends a person's account, or ends the suspension.
    Suspend {
        /// Whose account.
        of: AccountId,
    },
    /// Sees what is private of an account.
    SeeAccount {
        /// Whose account.
        owner: AccountId,
    },
    /// Changes the credit name, organisation or language of an account, or ends its sessions.
    EditAccount {
        /// Whose account.
        owner: AccountId,
    },
    /// Lists, makes and revokes the tokens of an account.
    ManageTokens {
        /// Whose tokens.
        owner: AccountId,
    },
    /// Invites somebody by mail.
    Invite,
    /// Reads who did what and when.
    SeeAudit,
    /// Stops all changes, or lets them go on.
    SwitchReadOnly,
}

/// Whether someone may do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// They may.
    Yes,
    /// Nobody may without signing in.
    SignIn,
    /// They may not.
    No(Reason),
}

impl Answer {
    /// Tells whether the answer is yes.
    pub fn is_yes(&self) -> bool {
        *self == Answer::Yes
    }
}

/// Why someone may not, told so that a page can say what would be needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The account is suspended.
    Suspended,
    /// At least this role is needed.
    NeedsRole(Role),
    /// The token lacks this scope.
    NeedsScope(Scope),
    /// No token may do it: it takes a signed-in person.
    NotByToken,
    /// It belongs to somebody else.
    NotOwner,
    /// Nobody may do it to their own account.
    NotOneself,
    /// Nobody may do it to what they wrote.
    OwnWork,
    /// The rules ask for more reviews.
    NotReviewed,
    /// The governance rule of the path lets others publish directly.
    Governed {
        /// The rule's name.
        rule: String,
        /// The roles that may.
        publishers: Vec<Role>,
    },
    /// No governance rule speaks of the path.
    Ungoverned,
}

/// Tells whether the actor may do the act under the commons' governance rules.
///
/// Reading is for all, but for what is held: only its authors and editors read that. So is suggesting a correction, which its
/// author's mailbox confirms, telling the stewards of a card something, reporting a comment, and saying that a card was useful.
/// Contributors propose, remark and comment. Editors and stewards moderate, and publish where the most specific rule of the
/// path lists their role in `publishers`; of equally specific rules all must; elsewhere they publish proposals that others
/// reviewed enough. Nobody reviews what they wrote. A token never does more than its account, never more than its scopes.
/// People manage their own account and tokens; stewards manage roles and suspensions, but not their own.
pub fn may(actor: &Actor, act: &Act<'_>, rules: &[GovernanceRule]) -> Answer {
    let (account, scopes) = match (actor, act) {
        (_, Act::Read | Act::SeeProposal { held: false, .. })
        | (
            Actor::Anonymous,
            Act::Suggest
            | Act::ReportBack
            | Act::ReportComment
            | Act::TellStewards
            | Act::MarkUseful,
        )
        | (Actor::Program, _) => return Answer::Yes,
        (Actor::Anonymous, _) => return Answer::SignIn,
        (Actor::Account { account, scopes }, _) => (account, scopes),
    };
    let refusal = if account.suspended {
        Some(Reason::Suspended)
    } else {
        scopes
            .as_deref()
            .and_then(|scopes| beyond_token(scopes, act))
            .or_else(|| beyond_account(account, act, rules))
    };
    refusal.map_or(Answer::Yes, Answer::No)
}

/// Returns why a token of these scopes can't do it, whatever its account may.
fn beyond_token(scopes: &[Scope], act: &Act<'_>) -> Option<Reason> {
    let needed = match act {
        Act::Read | Act::SeeProposal { .. } => return None,
        Act::Propose
        | Act::Suggest
        | Act::ReviseProposal { .. }
        | Act::WithdrawProposal { .. }
        | Act::Remark
        | Act::ResolveThread { .. }
        | Act::Comment
        | Act::ChangeComment { .. }
        | Act::ReportComment
        | Act::TellStewards
        | Act::MarkUseful => Scope::ProposalWrite,
        Act::ReviewProposal { .. }
        | Act::Moderate
        | Act::Block { .. }
        | Act::PublishProposal { enough: true, .. }
        | Act::DeclineProposal => Scope::ReviewWrite,
        Act::ReportBack => Scope::ExperienceWrite,
        Act::Push => Scope::MirrorPush,
        Act::Publish { .. }
        | Act::CreateCard { .. }
        | Act::Rename { .. }
        | Act::Archive { .. }
        | Act::Restore { .. }
        | Act::PublishProposal { enough: false, .. } => Scope::CardWrite,
        Act::ManageAccounts
        | Act::SetRole { .. }
        | Act::Suspend { .. }
        | Act::SeeAccount { .. }
        | Act::Invite
        | Act::SeeAudit
        | Act::SwitchReadOnly => Scope::Admin,
        // A stolen token must not breed others, nor change who is credited, nor read what is not proposed yet.
        Act::EditAccount { .. } | Act::ManageTokens { .. } | Act::SeeDraft { .. } => {
            return Some(Reason::NotByToken);
        }
    };
    (!scopes.contains(&needed)).then_some(Reason::NeedsScope(needed))
}

/// Returns why the person can't do it, whatever the means.
fn beyond_account(account: &Account, act: &Act<'_>, rules: &[GovernanceRule]) -> Option<Reason> {
    let own = |owner: &AccountId| *owner == account.id;
    match act {
        Act::Read | Act::ReportComment | Act::TellStewards | Act::MarkUseful => None,
        Act::SeeProposal { held, authors } => unless(
            !held || authors.contains(&account.id),
            account,
            Role::Editor,
        ),
        Act::Propose | Act::Suggest | Act::Remark | Act::Comment | Act::ReportBack | Act::Push => {
            below(account, Role::Contributor)
        }
        Act::ChangeComment { author } => (!own(author)).then_some(Reason::NotOwner),
        Act::Moderate => below(account, Role::Editor),
        // Those who moderate are looked after by stewards.
        Act::Block { role } => {
            let needed = if *role < Role::Editor {
                Role::Editor
            } else {
                Role::Steward
            };
            below(account, needed)
        }
        Act::ReviseProposal { authors } => below(account, Role::Contributor)
            .or_else(|| unless(authors.contains(&account.id), account, Role::Editor)),
        Act::ReviewProposal { authors } => authors
            .contains(&account.id)
            .then_some(Reason::OwnWork)
            .or_else(|| below(account, Role::Editor)),
        Act::PublishProposal { paths, enough } => {
            unpublishable_together(account, paths, *enough, rules)
        }
        Act::DeclineProposal => below(account, Role::Editor),
        Act::WithdrawProposal { author } => {
            (!own(author) && account.role < Role::Steward).then_some(Reason::NotOwner)
        }
        Act::ResolveThread {
            author,
            proposal_authors,
        } => below(account, Role::Contributor).or_else(|| {
            let involved = own(author) || proposal_authors.contains(&account.id);
            unless(involved, account, Role::Editor)
        }),
        Act::Publish { path }
        | Act::CreateCard { path }
        | Act::Archive { path }
        | Act::Restore { path } => unpublishable(account, path, rules),
        Act::Rename { from, to } => {
            unpublishable(account, from, rules).or_else(|| unpublishable(account, to, rules))
        }
        Act::ManageAccounts | Act::Invite | Act::SeeAudit | Act::SwitchReadOnly => {
            below(account, Role::Steward)
        }
        Act::SetRole { of } | Act::Suspend { of } => {
            below(account, Role::Steward).or_else(|| own(of).then_some(Reason::NotOneself))
        }
        Act::SeeAccount { owner } => {
            (!own(owner) && account.role < Role::Steward).then_some(Reason::NotOwner)
        }
        Act::EditAccount { owner } | Act::ManageTokens { owner } | Act::SeeDraft { owner } => {
            (!own(owner)).then_some(Reason::NotOwner)
        }
    }
}

fn below(account: &Account, needed: Role) -> Option<Reason> {
    (account.role < needed).then_some(Reason::NeedsRole(needed))
}

/// Returns the role that is needed, unless the person may do it anyway.
fn unless(may_anyway: bool, account: &Account, needed: Role) -> Option<Reason> {
    if may_anyway {
        return None;
    }
    below(account, needed)
}

/// Returns why the person can't publish a proposal: it lacks reviews, and they may not publish each file directly.
fn unpublishable_together(
    account: &Account,
    paths: &[String],
    enough: bool,
    rules: &[GovernanceRule],
) -> Option<Reason> {
    if let Some(reason) = below(account, Role::Editor) {
        return Some(reason);
    }
    let directly = !paths.is_empty()
        && paths
            .iter()
            .all(|path| unpublishable(account, path, rules).is_none());
    (!enough && !directly).then_some(Reason::NotReviewed)
}

/// Returns why the person can't publish at the path: too low a role, or a rule that lists other roles.
fn unpublishable(account: &Account, path: &str, rules: &[GovernanceRule]) -> Option<Reason> {
    // Even a rule that lists contributors does not let them publish unreviewed.
    if let Some(reason) = below(account, Role::Editor) {
        return Some(reason);
    }
    let governing = governing(path, rules);
    if governing.is_empty() {
        return Some(Reason::Ungoverned);
    }
    governing
        .into_iter()
        .map(|(_, rule)| rule)
        .find(|rule| !lists(rule, account.role))
        .map(|rule| Reason::Governed {
            rule: rule.name.clone(),
            publishers: Role::ALL
                .into_iter()
                .filter(|role| *role >= Role::Editor && lists(rule, *role))
                .collect(),
        })
}

fn lists(rule: &GovernanceRule, role: Role) -> bool {
    rule.publishers.iter().any(|word| word == role.as_str())
}

/// Returns the most specific rules of a path, with their places in the list: none, one, or several that are equally
/// specific.
pub(crate) fn governing<'a>(
    path: &str,
    rules: &'a [GovernanceRule],
) -> Vec<(usize, &'a GovernanceRule)> {
    if !glob::is_plain(path) {
        return Vec::new();
    }
    let matching: Vec<(Specificity, usize, &GovernanceRule)> = rules
        .iter()
        .enumerate()
        .filter_map(|(place, rule)| Some((closest(path, rule)?, place, rule)))
        .collect();
    let Some(best) = matching.iter().map(|(specificity, ..)| *specificity).max() else {
        return Vec::new();
    };
    matching
        .into_iter()
        .filter(|(specificity, ..)| *specificity == best)
        .map(|(_, place, rule)| (place, rule))
        .collect()
}

/// Returns how specifically a rule speaks of a path. A wildcard never reaches the file that holds the rules themselves.
fn closest(path: &str, rule: &GovernanceRule) -> Option<Specificity> {
    rule.paths
        .iter()
        .filter_map(|pattern| glob::matches(pattern, path))
        .filter(|specificity| path != COMMONS_FILE || specificity.is_exact())
        .max()
}
