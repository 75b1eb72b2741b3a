//! Every role × act × token scope × suspension against one table; an act missing from the table does not compile.

use std::sync::{Arc, LazyLock};

use terreau_card::{GovernanceRule, Language};
use uuid::Uuid;

use crate::{
    Account, AccountId, Act, Actor, Answer, CreditName, EmailAddress, HowOften, Reason, Role,
    Scope, is_stranger, may,
};

const SELF: AccountId = AccountId::new(Uuid::from_u128(1));
const OTHER: AccountId = AccountId::new(Uuid::from_u128(2));

/// The files of proposals: one where editors publish directly, and that one with one where only stewards do.
static METHOD: LazyLock<Vec<String>> = LazyLock::new(|| vec!["methodes/x.md".to_owned()]);
static METHOD_AND_PAGE: LazyLock<Vec<String>> =
    LazyLock::new(|| vec!["methodes/x.md".to_owned(), "pages/x.md".to_owned()]);
static UNGOVERNED: LazyLock<Vec<String>> =
    LazyLock::new(|| vec!["methodes/x.md".to_owned(), ".git/config".to_owned()]);

/// Acts that everyone may do, also without an account and while suspended.
const OPEN_TO_ALL: [&str; 2] = ["read", "see-proposal"];

/// Acts that guests may do too; whoever is suspended may not.
const OPEN_TO_GUESTS: [&str; 5] = [
    "suggest",
    "report-back",
    "report-comment",
    "tell-stewards",
    "mark-useful",
];

/// act · reader contributor editor steward · the scope that a token needs (any: none; never: no token may).
/// Rules: editors and stewards publish in `methodes/`, stewards alone in `pages/` and `commons.toml`.
const TABLE: &str = "
    read                  yes yes yes yes   any
    see-proposal          yes yes yes yes   any
    see-held              -   -   yes yes   any
    see-own-held          yes yes yes yes   any
    comment               -   yes yes yes   proposal:write
    change-comment        -   -   -   -     proposal:write
    change-own-comment    yes yes yes yes   proposal:write
    report-comment        yes yes yes yes   proposal:write
    tell-stewards         yes yes yes yes   proposal:write
    mark-useful           yes yes yes yes   proposal:write
    moderate              -   -   yes yes   review:write
    block                 -   -   yes yes   review:write
    block-editor          -   -   -   yes   review:write
    propose               -   yes yes yes   proposal:write
    suggest               -   yes yes yes   proposal:write
    revise                -   -   yes yes   proposal:write
    revise-own            -   yes yes yes   proposal:write
    review                -   -   yes yes   review:write
    review-own            -   -   -   -     review:write
    publish-reviewed      -   -   yes yes   review:write
    publish-unreviewed    -   -   yes yes   card:write
    publish-unreviewed-page     - - - yes   card:write
    publish-unreviewed-oddity   - - - -     card:write
    publish-unreviewed-nothing  - - - -     card:write
    decline               -   -   yes yes   review:write
    withdraw              -   -   -   yes   proposal:write
    withdraw-own          yes yes yes yes   proposal:write
    remark                -   yes yes yes   proposal:write
    resolve               -   -   yes yes   proposal:write
    resolve-own-thread    -   yes yes yes   proposal:write
    resolve-in-own-work   -   yes yes yes   proposal:write
    see-draft             -   -   -   -     never
    see-own-draft         yes yes yes yes   never
    report-back           -   yes yes yes   experience:write
    push                  -   yes yes yes   mirror:push
    publish               -   -   yes yes   card:write
    publish-page          -   -   -   yes   card:write
    publish-rules         -   -   -   yes   card:write
    create                -   -   yes yes   card:write
    create-page           -   -   -   yes   card:write
    rename                -   -   yes yes   card:write
    rename-into-pages     -   -   -   yes   card:write
    rename-out-of-pages   -   -   -   yes   card:write
    archive               -   -   yes yes   card:write
    archive-page          -   -   -   yes   card:write
    restore               -   -   yes yes   card:write
    restore-page          -   -   -   yes   card:write
    manage-accounts       -   -   -   yes   admin
    set-role              -   -   -   yes   admin
    set-own-role          -   -   -   -     admin
    suspend               -   -   -   yes   admin
    suspend-oneself       -   -   -   -     admin
    see-account           -   -   -   yes   admin
    see-own-account       yes yes yes yes   admin
    edit-account          -   -   -   -     never
    edit-own-account      yes yes yes yes   never
    manage-tokens         -   -   -   -     never
    manage-own-tokens     yes yes yes yes   never
    invite                -   -   -   yes   admin
    see-audit             -   -   -   yes   admin
    switch-read-only      -   -   -   yes   admin
";

fn see(held: bool, authors: &'static [AccountId]) -> Act<'static> {
    Act::SeeProposal { held, authors }
}

fn act(name: &str) -> Act<'static> {
    match name {
        "read" => Act::Read,
        "propose" => Act::Propose,
        "suggest" => Act::Suggest,
        "see-proposal" => see(false, &[]),
        "see-held" => see(true, &[OTHER]),
        "see-own-held" => see(true, &[OTHER, SELF]),
        "comment" => Act::Comment,
        "change-comment" => Act::ChangeComment { author: OTHER },
        "change-own-comment" => Act::ChangeComment { author: SELF },
        "report-comment" => Act::ReportComment,
        "tell-stewards" => Act::TellStewards,
        "mark-useful" => Act::MarkUseful,
        "moderate" => Act::Moderate,
        "block" => Act::Block {
            role: Role::Contributor,
        },
        "block-editor" => Act::Block { role: Role::Editor },
        "revise" => Act::ReviseProposal { authors: &[OTHER] },
        "revise-own" => Act::ReviseProposal {
            authors: &[OTHER, SELF],
        },
        "review" => Act::ReviewProposal { authors: &[OTHER] },
        "review-own" => Act::ReviewProposal {
            authors: &[OTHER, SELF],
        },
        "publish-reviewed" => Act::PublishProposal {
            paths: &METHOD_AND_PAGE,
            enough: true,
        },
        "publish-unreviewed" => publish_unreviewed(&METHOD),
        "publish-unreviewed-page" => publish_unreviewed(&METHOD_AND_PAGE),
        "publish-unreviewed-oddity" => publish_unreviewed(&UNGOVERNED),
        "publish-unreviewed-nothing" => publish_unreviewed(&[]),
        "decline" => Act::DeclineProposal,
        "withdraw" => Act::WithdrawProposal { author: OTHER },
        "withdraw-own" => Act::WithdrawProposal { author: SELF },
        "remark" => Act::Remark,
        "resolve" => Act::ResolveThread {
            author: OTHER,
            proposal_authors: &[OTHER],
        },
        "resolve-own-thread" => Act::ResolveThread {
            author: SELF,
            proposal_authors: &[OTHER],
        },
        "resolve-in-own-work" => Act::ResolveThread {
            author: OTHER,
            proposal_authors: &[OTHER, SELF],
        },
        "see-draft" => Act::SeeDraft { owner: OTHER },
        "see-own-draft" => Act::SeeDraft { owner: SELF },
        "invite" => Act::Invite,
        "see-audit" => Act::SeeAudit,
        "switch-read-only" => Act::SwitchReadOnly,
        "report-back" => Act::ReportBack,
        "push" => Act::Push,
        "publish" => Act::Publish {
            path: "methodes/x.md",
        },
        "publish-page" => Act::Publish {
            path: "pages/charte.md",
        },
        "publish-rules" => Act::Publish {
            path: "commons.toml",
        },
        "create" => Act::CreateCard {
            path: "methodes/x.md",
        },
        "create-page" => Act::CreateCard { path: "pages/x.md" },
        "rename" => Act::Rename {
            from: "methodes/x.md",
            to: "methodes/y.md",
        },
        "rename-into-pages" => Act::Rename {
            from: "methodes/x.md",
            to: "pages/x.md",
        },
        "rename-out-of-pages" => Act::Rename {
            from: "pages/x.md",
            to: "methodes/x.md",
        },
        "archive" => Act::Archive {
            path: "methodes/x.md",
        },
        "archive-page" => Act::Archive { path: "pages/x.md" },
        "restore" => Act::Restore {
            path: "methodes/x.md",
        },
        "restore-page" => Act::Restore { path: "pages/x.md" },
        "manage-accounts" => Act::ManageAccounts,
        "set-role" => Act::SetRole { of: OTHER },
        "set-own-role" => Act::SetRole { of: SELF },
        "suspend" => Act::Suspend { of: OTHER },
        "suspend-oneself" => Act::Suspend { of: SELF },
        "see-account" => Act::SeeAccount { owner: OTHER },
        "see-own-account" => Act::SeeAccount { owner: SELF },
        "edit-account" => Act::EditAccount { owner: OTHER },
        "edit-own-account" => Act::EditAccount { owner: SELF },
        "manage-tokens" => Act::ManageTokens { owner: OTHER },
        "manage-own-tokens" => Act::ManageTokens { owner: SELF },
        other => panic!("the table names an unknown act: {other}"),
    }
}

fn publish_unreviewed(paths: &'static [String]) -> Act<'static> {
    Act::PublishProposal {
        paths,
        enough: false,
    }
}

/// Fails to compile when an act is added, so that its author comes here and adds it to the table.
fn is_in_table(act: &Act<'_>) -> bool {
    let name = match act {
        Act::Read => "read",
        Act::Propose => "propose",
        Act::Suggest => "suggest",
        Act::SeeProposal { .. } => "see-proposal",
        Act::Comment => "comment",
        Act::ChangeComment { .. } => "change-comment",
        Act::ReportComment => "report-comment",
        Act::TellStewards => "tell-stewards",
        Act::MarkUseful => "mark-useful",
        Act::Moderate => "moderate",
        Act::Block { .. } => "block",
        Act::ReviseProposal { .. } => "revise",
        Act::ReviewProposal { .. } => "review",
        Act::PublishProposal { enough: true, .. } => "publish-reviewed",
        Act::PublishProposal { enough: false, .. } => "publish-unreviewed",
        Act::DeclineProposal => "decline",
        Act::WithdrawProposal { .. } => "withdraw",
        Act::Remark => "remark",
        Act::ResolveThread { .. } => "resolve",
        Act::SeeDraft { .. } => "see-draft",
        Act::Invite => "invite",
        Act::SeeAudit => "see-audit",
        Act::SwitchReadOnly => "switch-read-only",
        Act::ReportBack => "report-back",
        Act::Push => "push",
        Act::Publish { .. } => "publish",
        Act::CreateCard { .. } => "create",
        Act::Rename { .. } => "rename",
        Act::Archive { .. } => "archive",
        Act::Restore { .. } => "restore",
        Act::ManageAccounts => "manage-accounts",
        Act::SetRole { .. } => "set-role",
        Act::Suspend { .. } => "suspend",
        Act::SeeAccount { .. } => "see-account",
        Act::EditAccount { .. } => "edit-account",
        Act::ManageTokens { .. } => "manage-tokens",
    };
    TABLE
        .lines()
        .any(|line| line.split_whitespace().next() == Some(name))
}

pub(super) fn person(role: Role, suspended: bool) -> Account {
    Account {
        id: SELF,
        email: EmailAddress::parse("zoe@example.org").expect("an address"),
        credit_name: CreditName::parse("Zoé").expect("a name"),
        organisation: None,
        role,
        language: Language::French,
        notices: HowOften::AtOnce,
        created_at: chrono::DateTime::UNIX_EPOCH,
        suspended,
        hides_name: false,
        is_known: false,
    }
}

pub(super) fn actor(role: Role) -> Actor {
    Actor::person(Arc::new(person(role, false)))
}

pub(super) fn rule(name: &str, paths: &[&str], publishers: &[&str]) -> GovernanceRule {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    GovernanceRule {
        name: name.to_owned(),
        paths: words(paths),
        approvals: 1,
        organisations: 1,
        publishers: words(publishers),
        stewards: Vec::new(),
    }
}

fn rules() -> Vec<GovernanceRule> {
    vec![
        rule("tout", &["**"], &["editor", "steward"]),
        rule("pages", &["pages/**"], &["steward"]),
        rule("règles", &["commons.toml"], &["steward"]),
    ]
}

/// All 64 sets of scopes.
fn sets_of_scopes() -> impl Iterator<Item = Vec<Scope>> {
    (0_u32..1 << Scope::ALL.len()).map(|set| {
        let chosen = |(place, _): &(usize, Scope)| set & (1 << place) != 0;
        Scope::ALL
            .into_iter()
            .enumerate()
            .filter(chosen)
            .map(|(_, scope)| scope)
            .collect()
    })
}

#[test]
fn every_role_act_scope_and_suspension_is_as_the_table_says() {
    let rules = rules();
    let mut cells = 0;
    for line in TABLE.lines().filter(|line| !line.trim().is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, reader, contributor, editor, steward, scope] = words[..] else {
            panic!("not a line of the table: {line}");
        };
        let act = act(name);
        assert!(is_in_table(&act), "{name}");
        for (role, word) in Role::ALL
            .into_iter()
            .zip([reader, contributor, editor, steward])
        {
            let allowed = word == "yes";
            let open = OPEN_TO_ALL.contains(&name);
            let person = |suspended| Arc::new(person(role, suspended));
            let mut check = |actor: &Actor, expected: bool| {
                cells += 1;
                let answer = may(actor, &act, &rules);
                assert_eq!(answer.is_yes(), expected, "{name} by {actor:?}: {answer:?}");
                assert_ne!(
                    answer,
                    Answer::SignIn,
                    "a signed-in person is not sent to sign in"
                );
            };
            check(&Actor::person(person(false)), allowed);
            check(&Actor::person(person(true)), open);
            for scopes in sets_of_scopes() {
                let covered = match scope {
                    "any" => true,
                    "never" => false,
                    scope => scopes.contains(&scope.parse().expect("a scope")),
                };
                check(
                    &Actor::token(person(false), scopes.clone()),
                    allowed && covered,
                );
                check(&Actor::token(person(true), scopes), open);
            }
        }
        let anonymous = if OPEN_TO_ALL.contains(&name) || OPEN_TO_GUESTS.contains(&name) {
            Answer::Yes
        } else {
            Answer::SignIn
        };
        assert_eq!(may(&Actor::Anonymous, &act, &rules), anonymous, "{name}");
        assert_eq!(may(&Actor::Program, &act, &rules), Answer::Yes, "{name}");
    }
    assert_eq!(cells, 61 * 4 * (2 + 2 * 64));
}

#[test]
fn without_rules_nobody_but_the_program_publishes() {
    for role in Role::ALL {
        for path in ["methodes/x.md", "commons.toml"] {
            assert!(
                !may(&actor(role), &Act::Publish { path }, &[]).is_yes(),
                "{role} {path}"
            );
        }
    }
}

#[test]
fn refusals_say_what_would_be_needed() {
    let rules = rules();
    let publish = act("publish");
    let token =
        |role, scopes: &[Scope]| Actor::token(Arc::new(person(role, false)), scopes.to_vec());
    for (actor, act, reason) in [
        (
            Actor::person(Arc::new(person(Role::Steward, true))),
            publish,
            Reason::Suspended,
        ),
        (
            actor(Role::Contributor),
            publish,
            Reason::NeedsRole(Role::Editor),
        ),
        (
            token(Role::Steward, &[Scope::Admin, Scope::ProposalWrite]),
            publish,
            Reason::NeedsScope(Scope::CardWrite),
        ),
        (
            token(Role::Contributor, &[Scope::CardWrite]),
            publish,
            Reason::NeedsRole(Role::Editor),
        ),
        (
            token(Role::Steward, &Scope::ALL),
            act("manage-own-tokens"),
            Reason::NotByToken,
        ),
        (actor(Role::Steward), act("manage-tokens"), Reason::NotOwner),
        (
            actor(Role::Steward),
            act("set-own-role"),
            Reason::NotOneself,
        ),
        (
            actor(Role::Contributor),
            act("revise"),
            Reason::NeedsRole(Role::Editor),
        ),
        (actor(Role::Editor), act("review-own"), Reason::OwnWork),
        (
            actor(Role::Contributor),
            act("publish-reviewed"),
            Reason::NeedsRole(Role::Editor),
        ),
        (
            actor(Role::Editor),
            act("publish-unreviewed-page"),
            Reason::NotReviewed,
        ),
        (
            token(Role::Steward, &[Scope::ReviewWrite]),
            act("publish-unreviewed"),
            Reason::NeedsScope(Scope::CardWrite),
        ),
        (actor(Role::Editor), act("withdraw"), Reason::NotOwner),
        (
            token(Role::Steward, &Scope::ALL),
            act("see-own-draft"),
            Reason::NotByToken,
        ),
        (
            actor(Role::Editor),
            act("publish-page"),
            Reason::Governed {
                rule: "pages".to_owned(),
                publishers: vec![Role::Steward],
            },
        ),
    ] {
        assert_eq!(may(&actor, &act, &rules), Answer::No(reason));
    }
}

#[test]
fn whoever_is_entrusted_or_looked_at_is_no_stranger() {
    for (role, is_known, stranger) in [
        (Role::Reader, false, true),
        (Role::Contributor, false, true),
        (Role::Contributor, true, false),
        (Role::Editor, false, false),
        (Role::Steward, false, false),
    ] {
        let account = Account {
            is_known,
            ..person(role, false)
        };
        assert_eq!(is_stranger(&account), stranger, "{role} {is_known}");
    }
}
