//! Reading `synonymes.toml`.

use super::*;
use crate::Language;

fn problems(text: &str) -> Vec<String> {
    let (_, problems) = Synonyms::read(text);
    assert!(problems.iter().all(|problem| !problem.is_error()));
    problems
        .iter()
        .map(|problem| {
            format!(
                "{}:{} {} {}",
                problem.line,
                problem.column,
                problem.code(),
                problem.message(Language::French)
            )
        })
        .collect()
}

#[test]
fn the_starter_commons_has_good_synonyms() {
    let text = include_str!("../../../../content/synonymes.toml");
    let (groups, problems) = Synonyms::read(text);
    assert_eq!(problems, []);
    assert!(groups.len() >= 250, "{} groups", groups.len());
    assert!(groups.iter().any(|group| group.from.is_some()));
}

#[test]
fn groups_go_both_ways_or_one_way() {
    let (groups, problems) = Synonyms::read(
        "format = 1\n[[groups]]\nwords = [\"PCS\", \" plan  de sauvegarde \"]\n[[groups]]\nfrom = \"maire\"\nwords = [\"élus\"]\n",
    );
    assert_eq!(problems, []);
    assert_eq!(
        groups,
        [
            Synonyms {
                from: None,
                words: vec!["PCS".into(), "plan de sauvegarde".into()]
            },
            Synonyms {
                from: Some("maire".into()),
                words: vec!["élus".into()]
            },
        ]
    );
}

#[test]
fn mistakes_are_told_and_the_rest_is_read() {
    expect_test::expect![[r#"
        2:1 config-unknown « mots » n’est pas connu dans ce fichier.
        3:1 synonym-alone Ce groupe n’a qu’un mot.
        6:15 bad-synonym « … » n’est pas un mot que l’on peut chercher.
        6:25 synonym-twice « A » est déjà parmi les synonymes de « a ».
        8:10 synonym-twice « b » est déjà parmi les synonymes de « a ».
        9:1 synonym-alone Ce groupe n’a qu’un mot."#]]
    .assert_eq(
        &problems(
            "format = 1\nmots = 2\n[[groups]]\nwords = [\"seul\"]\n[[groups]]\nwords = [\"a\", \"…\", \"b\", \"A\"]\n[[groups]]\nwords = [\"b\", \"c\"]\n[[groups]]\nfrom = \"x\"\n",
        )
        .join("\n"),
    );
    let (groups, _) = Synonyms::read("[[groups]]\nwords = [\"a\", 3, \"b\"]\n");
    assert_eq!(groups.len(), 1);
}

#[test]
fn any_text_at_all_is_only_a_warning() {
    for text in ["", "[[groups", "groups = 3", "\0\u{202e}", "format = 9"] {
        let _ = problems(text);
    }
    assert!(!problems("[[groups").is_empty());
}
