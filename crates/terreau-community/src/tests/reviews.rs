//! Which reviews count: a table of staleness, the needs of rules, and properties of any proposal whatever its reviews.

use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use terreau_card::GovernanceRule;
use uuid::Uuid;

use super::rights::rule;
use crate::{
    AccountId, Need, OrganisationName, Review, Reviewed, Role, Stale, Standing, Verdict,
    rules_digest, standing,
};

const AUTHOR: AccountId = AccountId::new(Uuid::from_u128(100));
const CO_AUTHOR: AccountId = AccountId::new(Uuid::from_u128(101));

fn id(number: u128) -> AccountId {
    AccountId::new(Uuid::from_u128(number))
}

fn organisation(name: &str) -> Option<OrganisationName> {
    Some(OrganisationName::parse(name).expect("a name"))
}

/// An approval that counts; its reviewer works for an organisation of their own.
fn approval(number: u128) -> Review {
    Review {
        reviewer: id(number),
        organisation: organisation(&format!("Organisation {number}")),
        role: Role::Editor,
        suspended: false,
        verdict: Verdict::Approve,
        head: "head".to_owned(),
        base: "base".to_owned(),
        rules: "rules".to_owned(),
        at: DateTime::UNIX_EPOCH,
    }
}

fn ask_changes(number: u128) -> Review {
    Review {
        verdict: Verdict::AskChanges,
        ..approval(number)
    }
}

fn governed(name: &str, path: &str, approvals: u32, organisations: u32) -> GovernanceRule {
    GovernanceRule {
        approvals,
        organisations,
        ..rule(name, &[path], &[])
    }
}

fn rules() -> Vec<GovernanceRule> {
    vec![
        governed("fiches", "methodes/**", 1, 1),
        governed("charte", "pages/charte", 3, 3),
        governed("règles", "commons.toml", 2, 2),
        governed("pages", "pages/**", 2, 1),
    ]
}

/// Judges the reviews of a proposal that touches these files.
fn judge(paths: &[&str], reviews: &[Review]) -> Standing {
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    standing(&reviewed(&paths), reviews, &rules())
}

fn reviewed(paths: &[String]) -> Reviewed<'_> {
    Reviewed {
        paths,
        authors: &[AUTHOR, CO_AUTHOR],
        head: "head",
        base: "base",
        rules: "rules",
    }
}

#[test]
fn a_review_counts_or_says_why_not() {
    let elsewhere = |change: fn(&mut Review)| {
        let mut review = approval(1);
        change(&mut review);
        review
    };
    for (review, reason) in [
        (approval(1), None),
        (elsewhere(|review| review.role = Role::Steward), None),
        (elsewhere(|review| review.organisation = None), None),
        (
            elsewhere(|review| review.head = "older".to_owned()),
            Some(Stale::NewRevision),
        ),
        (
            elsewhere(|review| review.base = "older".to_owned()),
            Some(Stale::OtherBase),
        ),
        (
            elsewhere(|review| review.rules = "older".to_owned()),
            Some(Stale::RulesChanged),
        ),
        (
            elsewhere(|review| review.suspended = true),
            Some(Stale::Suspended),
        ),
        (
            elsewhere(|review| review.role = Role::Contributor),
            Some(Stale::RoleLost),
        ),
        (
            elsewhere(|review| review.role = Role::Reader),
            Some(Stale::RoleLost),
        ),
        (
            elsewhere(|review| review.reviewer = AUTHOR),
            Some(Stale::WroteIt),
        ),
        (
            elsewhere(|review| review.reviewer = CO_AUTHOR),
            Some(Stale::WroteIt),
        ),
    ] {
        let found = judge(&["methodes/x.md"], std::slice::from_ref(&review));
        assert_eq!(found.is_enough(), reason.is_none(), "{review:?}");
        let expected: Vec<_> = reason.into_iter().map(|reason| (0, reason)).collect();
        assert_eq!(found.stale, expected, "{review:?}");
        assert_eq!(found.counted.len() + found.stale.len(), 1, "{review:?}");
    }
}

#[test]
fn a_request_for_changes_stands_until_it_is_answered() {
    type Change = fn(&mut Review);
    let cases: [(Change, bool); 7] = [
        (|_| (), true),
        (|review| review.base = "older".to_owned(), true),
        (|review| review.rules = "older".to_owned(), true),
        (|review| review.head = "older".to_owned(), false),
        (|review| review.suspended = true, false),
        (|review| review.role = Role::Contributor, false),
        (|review| review.reviewer = AUTHOR, false),
    ];
    for (place, (change, stands)) in cases.into_iter().enumerate() {
        let mut asked = ask_changes(2);
        change(&mut asked);
        let found = judge(&["methodes/x.md"], &[approval(1), asked]);
        assert_eq!(found.asked_changes == [1], stands, "case {place}");
        assert_eq!(found.is_enough(), !stands, "case {place}");
    }
}

#[test]
fn only_the_last_word_of_a_person_counts() {
    let later = |review: Review| Review {
        at: review.at + TimeDelta::seconds(1),
        ..review
    };
    let paths = ["methodes/x.md"];

    let changed_their_mind = judge(&paths, &[later(approval(1)), ask_changes(1)]);
    assert_eq!(changed_their_mind.counted, [0], "the order does not matter");
    assert_eq!(changed_their_mind.stale, [(1, Stale::Replaced)]);
    assert!(changed_their_mind.is_enough());

    let took_it_back = judge(&paths, &[approval(1), later(ask_changes(1))]);
    assert_eq!(took_it_back.asked_changes, [1]);
    assert!(!took_it_back.is_enough());

    let at_the_same_moment = judge(&paths, &[approval(1), ask_changes(1)]);
    assert_eq!(at_the_same_moment.stale, [(0, Stale::Replaced)]);

    let stale_request = Review {
        head: "older".to_owned(),
        ..later(ask_changes(2))
    };
    let asked_again = judge(&paths, &[approval(1), ask_changes(2), stale_request]);
    assert_eq!(
        asked_again.asked_changes,
        [1],
        "what no longer stands lifts nothing"
    );

    let twice = judge(&["pages/x.md"], &[approval(1), later(approval(1))]);
    assert_eq!(twice.counted, [1], "one person is one approval");
    assert!(!twice.is_enough());
}

#[test]
fn each_file_asks_what_its_closest_rule_asks() {
    let need = |rule: &str, approvals, organisations| Need {
        rule: rule.to_owned(),
        approvals,
        organisations,
        has_approvals: 0,
        has_organisations: 0,
    };
    for (paths, needs) in [
        (&["methodes/x.md"][..], vec![need("fiches", 1, 1)]),
        (&["pages/charte.md"], vec![need("charte", 3, 3)]),
        (&["pages/x.md", "pages/y.md"], vec![need("pages", 2, 1)]),
        (
            &["pages/x.md", "methodes/x.md", "commons.toml"],
            vec![
                need("fiches", 1, 1),
                need("règles", 2, 2),
                need("pages", 2, 1),
            ],
        ),
    ] {
        let found = judge(paths, &[]);
        assert_eq!(found.needs, needs, "{paths:?}");
        assert!(!found.is_enough());
    }
}

#[test]
fn what_no_rule_governs_is_never_enough() {
    let crowd: Vec<Review> = (1..20).map(approval).collect();
    for paths in [
        &[][..],
        &["outils/x.md"],
        &["methodes/x.md", "outils/x.md"],
        &["methodes/../commons.toml"],
        &[".git/config"],
        &["/methodes/x.md"],
    ] {
        assert!(!judge(paths, &crowd).is_enough(), "{paths:?}");
    }
    assert_eq!(
        judge(&["methodes/x.md", "outils/x.md"], &crowd).ungoverned,
        ["outils/x.md"]
    );
    let everything = [governed("tout", "**", 1, 1)];
    let paths = ["commons.toml".to_owned()];
    assert!(
        !standing(&reviewed(&paths), &crowd, &everything).is_enough(),
        "a wildcard does not reach the rules themselves"
    );
}

#[test]
fn organisations_are_told_apart_by_their_names() {
    let of = |number, name: Option<&str>| Review {
        organisation: name.and_then(organisation),
        ..approval(number)
    };
    for (names, organisations) in [
        (&[Some("Une"), Some("Deux")][..], 2),
        (&[Some("Les Lieux"), Some("  les   lieux ")], 1),
        (&[Some("Une"), None], 1),
        (&[None, None, None], 1),
        (&[], 0),
    ] {
        let reviews: Vec<Review> = names
            .iter()
            .enumerate()
            .map(|(place, name)| of(place as u128, *name))
            .collect();
        let found = judge(&["commons.toml"], &reviews);
        assert_eq!(found.needs[0].has_organisations, organisations, "{names:?}");
        assert_eq!(found.is_enough(), organisations == 2, "{names:?}");
    }
}

#[test]
fn a_rule_that_asks_for_nobody_asks_for_one() {
    let lax = [governed("laxe", "**", 0, 0)];
    let paths = ["methodes/x.md".to_owned()];
    let judge = |reviews: &[Review]| standing(&reviewed(&paths), reviews, &lax);
    assert!(!judge(&[]).is_enough());
    assert!(judge(&[approval(1)]).is_enough());
}

#[test]
fn other_rules_have_another_digest() {
    let mut all = vec![rules(), Vec::new()];
    let variant = |change: fn(&mut Vec<GovernanceRule>)| {
        let mut rules = rules();
        change(&mut rules);
        rules
    };
    all.extend([
        variant(|rules| rules.reverse()),
        variant(|rules| rules[0].name.push('x')),
        variant(|rules| rules[0].approvals += 1),
        variant(|rules| rules[0].organisations += 1),
        variant(|rules| rules[0].paths.push("x".to_owned())),
        variant(|rules| rules[0].publishers.push("x".to_owned())),
        variant(|rules| rules[0].stewards.push("x".to_owned())),
        variant(|rules| rules[0].paths = vec!["methodes".to_owned(), "**".to_owned()]),
        variant(|rules| drop(rules.pop())),
    ]);
    let digests: Vec<String> = all.iter().map(|rules| rules_digest(rules)).collect();
    for (place, digest) in digests.iter().enumerate() {
        assert_eq!(digest.len(), 64);
        assert!(!digests[..place].contains(digest), "variant {place}");
    }
    assert_eq!(rules_digest(&rules()), digests[0], "it does not change");
}

/// A review that is often of the present proposal and often not.
fn any_review() -> impl Strategy<Value = Review> {
    let word = |present: &'static str| prop_oneof![9 => Just(present), 1 => Just("other")];
    let reviewer =
        prop_oneof![12 => (1_u128..9).prop_map(id), 1 => Just(AUTHOR), 1 => Just(CO_AUTHOR)];
    (
        reviewer,
        proptest::option::weighted(0.8, 0_u8..5),
        proptest::sample::select(vec![
            Role::Contributor,
            Role::Editor,
            Role::Editor,
            Role::Steward,
        ]),
        proptest::bool::weighted(0.05),
        proptest::bool::weighted(0.05),
        (word("head"), word("base"), word("rules")),
        0_i64..5,
    )
        .prop_map(
            |(reviewer, works_for, role, suspended, asks, (head, base, rules), second)| Review {
                reviewer,
                organisation: works_for.and_then(|number| organisation(&format!("O{number}"))),
                role,
                suspended,
                verdict: if asks {
                    Verdict::AskChanges
                } else {
                    Verdict::Approve
                },
                head: head.to_owned(),
                base: base.to_owned(),
                rules: rules.to_owned(),
                at: DateTime::UNIX_EPOCH + TimeDelta::seconds(second),
            },
        )
}

fn any_rules() -> impl Strategy<Value = Vec<GovernanceRule>> {
    let path = proptest::sample::select(vec!["**", "**", "methodes/**", "methodes/x"]);
    let one = (path, 0_u32..4, 0_u32..4);
    proptest::collection::vec(one, 0..5).prop_map(|rules| {
        let rule = |(place, (path, approvals, organisations)): (usize, (&str, u32, u32))| {
            governed(&format!("règle {place}"), path, approvals, organisations)
        };
        rules.into_iter().enumerate().map(rule).collect()
    })
}

fn any_paths() -> impl Strategy<Value = Vec<String>> {
    let path = proptest::sample::select(vec![
        "methodes/x.md",
        "methodes/x.md",
        "methodes/y.md",
        "pages/x.md",
        "commons.toml",
    ]);
    proptest::collection::vec(path.prop_map(str::to_owned), 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_counts_that_should_not(
        paths in any_paths(),
        reviews in proptest::collection::vec(any_review(), 0..12),
        rules in any_rules(),
    ) {
        let of = reviewed(&paths);
        let found = standing(&of, &reviews, &rules);

        let mut places: Vec<usize> = found.counted.iter().chain(&found.asked_changes).copied().collect();
        places.extend(found.stale.iter().map(|(place, _)| *place));
        places.sort_unstable();
        prop_assert_eq!(places, (0..reviews.len()).collect::<Vec<_>>(), "each review is told of once");

        for place in &found.counted {
            let review = &reviews[*place];
            prop_assert_eq!(review.verdict, Verdict::Approve);
            prop_assert!(!of.authors.contains(&review.reviewer));
            prop_assert!(!review.suspended && review.role >= Role::Editor);
            prop_assert_eq!(
                (review.head.as_str(), review.base.as_str(), review.rules.as_str()),
                (of.head, of.base, of.rules)
            );
            prop_assert!(reviews.iter().all(|other| other.reviewer != review.reviewer || other.at <= review.at));
        }

        if found.is_enough() {
            let mut people: Vec<AccountId> = found.counted.iter().map(|place| reviews[*place].reviewer).collect();
            people.sort_unstable();
            people.dedup();
            let mut organisations: Vec<&OrganisationName> =
                found.counted.iter().filter_map(|place| reviews[*place].organisation.as_ref()).collect();
            organisations.sort_unstable();
            organisations.dedup();
            prop_assert!(!people.is_empty() && !paths.is_empty());
            for need in &found.needs {
                prop_assert!(people.len() >= need.approvals as usize);
                prop_assert!(need.organisations == 1 || organisations.len() >= need.organisations as usize);
            }
            for path in &paths {
                let governing = crate::may::governing(path, &rules);
                prop_assert!(!governing.is_empty(), "{} is governed", path);
                for (_, rule) in governing {
                    prop_assert!(found.needs.iter().any(|need| need.rule == rule.name));
                }
            }
        }
    }

    #[test]
    fn asking_for_changes_never_makes_it_enough(
        paths in any_paths(),
        reviews in proptest::collection::vec(any_review(), 0..10),
        rules in any_rules(),
        asked in any_review(),
    ) {
        let before = standing(&reviewed(&paths), &reviews, &rules).is_enough();
        let asked = Review { verdict: Verdict::AskChanges, ..asked };
        let mut with_it = reviews;
        with_it.push(asked);
        let after = standing(&reviewed(&paths), &with_it, &rules);
        prop_assert!(before || !after.is_enough());
    }

    #[test]
    fn a_review_that_cannot_count_changes_no_need(
        paths in any_paths(),
        reviews in proptest::collection::vec(any_review(), 0..10),
        rules in any_rules(),
    ) {
        let valid: Vec<Review> = {
            let found = standing(&reviewed(&paths), &reviews, &rules);
            found.counted.iter().map(|place| reviews[*place].clone()).collect()
        };
        let all = standing(&reviewed(&paths), &reviews, &rules);
        let only_valid = standing(&reviewed(&paths), &valid, &rules);
        prop_assert_eq!(all.needs, only_valid.needs);
    }
}
