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
    /// Proposes a change.
    Propose,
    /// Reviews a proposal.
    Review,
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
/// Reading is for all. Contributors propose. Editors and stewards publish where the most specific rule of the path lists
/// their role in `publishers`; of equally specific rules all must. A token never does more than its account, never more
/// than its scopes. People manage their own account and tokens; stewards manage roles and suspensions, but not their own.
pub fn may(actor: &Actor, act: &Act<'_>, rules: &[GovernanceRule]) -> Answer {
    let (account, scopes) = match (actor, act) {
        (_, Act::Read) | (Actor::Program, _) => return Answer::Yes,
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
        Act::Read => return None,
        Act::Propose => Scope::ProposalWrite,
        Act::Review => Scope::ReviewWrite,
        Act::ReportBack => Scope::ExperienceWrite,
        Act::Push => Scope::MirrorPush,
        Act::Publish { .. }
        | Act::CreateCard { .. }
        | Act::Rename { .. }
        | Act::Archive { .. }
        | Act::Restore { .. } => Scope::CardWrite,
        Act::ManageAccounts
        | Act::SetRole { .. }
        | Act::Suspend { .. }
        | Act::SeeAccount { .. } => Scope::Admin,
        // A stolen token must not breed others, nor change who is credited.
        Act::EditAccount { .. } | Act::ManageTokens { .. } => return Some(Reason::NotByToken),
    };
    (!scopes.contains(&needed)).then_some(Reason::NeedsScope(needed))
}

/// Returns why the person can't do it, whatever the means.
fn beyond_account(account: &Account, act: &Act<'_>, rules: &[GovernanceRule]) -> Option<Reason> {
    let own = |owner: &AccountId| *owner == account.id;
    match act {
        Act::Read => None,
        Act::Propose | Act::ReportBack | Act::Push => below(account, Role::Contributor),
        Act::Review => below(account, Role::Editor),
        Act::Publish { path }
        | Act::CreateCard { path }
        | Act::Archive { path }
        | Act::Restore { path } => unpublishable(account, path, rules),
        Act::Rename { from, to } => {
            unpublishable(account, from, rules).or_else(|| unpublishable(account, to, rules))
        }
        Act::ManageAccounts => below(account, Role::Steward),
        Act::SetRole { of } | Act::Suspend { of } => {
            below(account, Role::Steward).or_else(|| own(of).then_some(Reason::NotOneself))
        }
        Act::SeeAccount { owner } => {
            (!own(owner) && account.role < Role::Steward).then_some(Reason::NotOwner)
        }
        Act::EditAccount { owner } | Act::ManageTokens { owner } => {
            (!own(owner)).then_some(Reason::NotOwner)
        }
    }
}

fn below(account: &Account, needed: Role) -> Option<Reason> {
    (account.role < needed).then_some(Reason::NeedsRole(needed))
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

/// Returns the most specific rules of a path: none, one, or several that are equally specific.
fn governing<'a>(path: &str, rules: &'a [GovernanceRule]) -> Vec<&'a GovernanceRule> {
    if !glob::is_plain(path) {
        return Vec::new();
    }
    let matching: Vec<(Specificity, &GovernanceRule)> = rules
        .iter()
        .filter_map(|rule| Some((closest(path, rule)?, rule)))
        .collect();
    let Some(best) = matching.iter().map(|(specificity, _)| *specificity).max() else {
        return Vec::new();
    };
    matching
        .into_iter()
        .filter(|(specificity, _)| *specificity == best)
        .map(|(_, rule)| rule)
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
