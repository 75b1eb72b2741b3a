//! Which rule governs which path.

use terreau_card::{CommonsConfig, GovernanceRule};

use super::rights::{actor, rule};
use crate::{Act, Answer, Reason, Role, glob, may};

#[test]
fn patterns_match_as_they_read() {
    for (pattern, path, expected) in [
        ("**", "methodes/enquete.md", true),
        ("**", "charte.md", true),
        ("methodes/**", "methodes/enquete.md", true),
        ("methodes/**", "methodes/a/b.md", true),
        ("methodes/**", "methodes.md", false),
        ("methodes/**", "methodes-libres/enquete.md", false),
        ("methodes/*", "methodes/enquete.md", true),
        ("methodes/*", "methodes/a/b.md", false),
        ("**/enquete.md", "enquete.md", true),
        ("**/enquete.md", "a/b/enquete.md", true),
        ("**/enquete.md", "a/b/contre-enquete.md", false),
        ("a/**/z", "a/z", true),
        ("a/**/z", "a/b/c/z", true),
        ("a/**/z", "a/b/c/y", false),
        ("methodes/enquete-*", "methodes/enquete-collective.md", true),
        ("methodes/*-*-x", "methodes/a-b-c-x", true),
        ("methodes/a*a", "methodes/a", false),
        ("methodes/enquete", "methodes/enquete.md", true),
        ("methodes/enquete.md", "methodes/enquete", true),
        ("methodes/enquete", "methodes/enquete-collective", false),
        ("Methodes/**", "methodes/enquete", false),
        ("", "charte.md", false),
        ("commons.toml", "commons.toml", true),
        ("commons.*", "commons.toml", true),
    ] {
        assert_eq!(
            glob::matches(pattern, path).is_some(),
            expected,
            "{pattern} and {path}"
        );
    }
}

#[test]
fn the_more_specific_pattern_is_the_greater() {
    let path = "methodes/enquete/rapide.md";
    let from_vague_to_exact = [
        "**",
        "methodes/**",
        "methodes/*/*",
        "methodes/enquete/**",
        "methodes/enquete/*",
        "methodes/enquete/rapide",
    ];
    for pair in from_vague_to_exact.windows(2) {
        let specificity = |pattern| glob::matches(pattern, path).expect("it matches");
        assert!(specificity(pair[0]) < specificity(pair[1]), "{pair:?}");
    }
}

fn editor_may_publish(path: &str, rules: &[GovernanceRule]) -> Answer {
    may(&actor(Role::Editor), &Act::Publish { path }, rules)
}

#[test]
fn the_strictest_matching_rule_wins_whatever_their_order() {
    let mut rules = vec![
        rule("tout", &["**"], &["editor", "steward"]),
        rule(
            "charte",
            &["pages/charte.md", "pages/gouvernance"],
            &["steward"],
        ),
        rule("pages", &["pages/**"], &["editor"]),
    ];
    for _ in 0..rules.len() {
        rules.rotate_left(1);
        assert_eq!(editor_may_publish("methodes/x.md", &rules), Answer::Yes);
        assert_eq!(editor_may_publish("pages/a-propos.md", &rules), Answer::Yes);
        for path in ["pages/charte.md", "pages/charte", "pages/gouvernance.md"] {
            assert_eq!(
                editor_may_publish(path, &rules),
                Answer::No(Reason::Governed {
                    rule: "charte".to_owned(),
                    publishers: vec![Role::Steward],
                }),
                "{path}"
            );
        }
    }
}

#[test]
fn of_equally_specific_rules_all_must_agree() {
    let mut rules = vec![
        rule("ouverte", &["methodes/**"], &["editor", "steward"]),
        rule("fermée", &["methodes/**"], &[]),
    ];
    for _ in 0..2 {
        rules.rotate_left(1);
        assert!(matches!(
            editor_may_publish("methodes/x.md", &rules),
            Answer::No(Reason::Governed { rule, publishers }) if rule == "fermée" && publishers.is_empty()
        ));
    }
}

#[test]
fn one_rule_with_several_patterns_speaks_by_its_closest() {
    let rules = [
        rule("large", &["**", "methodes/a/**"], &["editor"]),
        rule("étroite", &["methodes/**"], &["steward"]),
    ];
    assert_eq!(editor_may_publish("methodes/a/x.md", &rules), Answer::Yes);
    assert!(!editor_may_publish("methodes/b/x.md", &rules).is_yes());
}

#[test]
fn only_its_own_rule_opens_the_rules_themselves() {
    let wide = rule(
        "tout",
        &["**", "*", "commons.*", "*.toml"],
        &["editor", "steward"],
    );
    let own = rule("règles", &["commons.toml"], &["steward"]);
    let change = Act::Publish {
        path: "commons.toml",
    };
    let steward = actor(Role::Steward);

    let without = std::slice::from_ref(&wide);
    assert_eq!(
        may(&steward, &change, without),
        Answer::No(Reason::Ungoverned)
    );
    let with = [wide.clone(), own];
    assert_eq!(may(&steward, &change, &with), Answer::Yes);
    assert!(!may(&actor(Role::Editor), &change, &with).is_yes());
}

#[test]
fn odd_paths_are_nobodys() {
    let rules = [rule("tout", &["**", "methodes/**"], &["editor", "steward"])];
    for path in [
        "",
        "/",
        "/methodes/x.md",
        "methodes//x.md",
        "methodes/../commons.toml",
        "./commons.toml",
        "methodes/.git",
        "methodes\\x.md",
        "methodes/x\0.md",
        "methodes/x\n.md",
        "..",
    ] {
        assert_eq!(
            editor_may_publish(path, &rules),
            Answer::No(Reason::Ungoverned),
            "{path:?}"
        );
    }
    assert_eq!(
        editor_may_publish("methodes/x.md", &[]),
        Answer::No(Reason::Ungoverned)
    );
}

#[test]
fn listing_contributors_does_not_let_them_publish_unreviewed() {
    let rules = [rule(
        "tout",
        &["**"],
        &["reader", "contributor", "editor", "Steward", "n'importe"],
    )];
    let publish = Act::Publish {
        path: "methodes/x.md",
    };
    assert_eq!(
        may(&actor(Role::Contributor), &publish, &rules),
        Answer::No(Reason::NeedsRole(Role::Editor))
    );
    assert_eq!(
        may(&actor(Role::Steward), &publish, &rules),
        Answer::No(Reason::Governed {
            rule: "tout".to_owned(),
            publishers: vec![Role::Editor]
        })
    );
}

#[test]
fn a_rename_asks_at_both_ends() {
    let rules = [
        rule("tout", &["**"], &["editor"]),
        rule("charte", &["pages/**"], &["steward"]),
    ];
    let rename = |from, to| may(&actor(Role::Editor), &Act::Rename { from, to }, &rules).is_yes();
    assert!(rename("methodes/a.md", "outils/a.md"));
    assert!(!rename("methodes/a.md", "pages/a.md"));
    assert!(!rename("pages/a.md", "methodes/a.md"));
}

/// The rules that the starter commons really has: cards are open to editors, the founding texts to nobody directly.
#[test]
fn the_starter_commons_protects_its_founding_texts() {
    let text = include_str!("../../../../content/commons.toml");
    let rules = CommonsConfig::read(text)
        .expect("the starter commons reads")
        .governance;
    assert_eq!(
        editor_may_publish("methodes/enquete-collective.md", &rules),
        Answer::Yes
    );
    for path in ["pages/charte.md", "pages/gouvernance.md", "commons.toml"] {
        for role in Role::ALL {
            let answer = may(&actor(role), &Act::Publish { path }, &rules);
            assert!(!answer.is_yes(), "{role} {path}");
        }
    }
}
