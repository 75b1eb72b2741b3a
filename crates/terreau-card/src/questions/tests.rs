//! Reading questionnaires.

use expect_test::{Expect, expect};

use super::{QuestionKind, Questionnaire};
use crate::{Card, Language};

fn check(yaml: &str, expected: Expect) {
    let (_, problems) = Questionnaire::read(yaml, 10);
    let line = |problem: &crate::Problem| {
        let severity = if problem.is_error() {
            "error"
        } else {
            "warning"
        };
        format!(
            "{}:{} {severity} {}\n",
            problem.line,
            problem.column,
            problem.message(Language::French)
        )
    };
    expected.assert_eq(&problems.iter().map(line).collect::<String>());
}

const GOOD: &str = "- section: Vous
  intro: Merci.
  questions:
    - name: age
      label: Votre âge ?
      type: integer
      required: true
    - name: content
      label: Content ?
      type: select_one
      choices: [Oui, \"Pas du tout\", {name: nsp, label: Je ne sais pas}]
      relevant: \"${age} > 18\"
      probes: Pourquoi ?
      sensitive: true
    - {type: note, label: Merci}
- name: note
  label: De 1 à 10
  type: range
  min: 1
  max: 10
";

#[test]
fn sections_and_questions_are_read() {
    let (questionnaire, problems) = Questionnaire::read(GOOD, 1);
    assert_eq!(problems, []);
    assert_eq!(questionnaire.sections.len(), 2);
    assert_eq!(questionnaire.sections[0].title.as_deref(), Some("Vous"));
    assert_eq!(questionnaire.sections[1].title, None);
    let content = &questionnaire.sections[0].questions[1];
    let choices: Vec<_> = content
        .choices
        .iter()
        .map(|choice| (choice.name.as_str(), choice.label.as_str()))
        .collect();
    assert_eq!(
        choices,
        [
            ("oui", "Oui"),
            ("pas_du_tout", "Pas du tout"),
            ("nsp", "Je ne sais pas")
        ]
    );
    assert_eq!(
        (content.probes.as_slice(), content.sensitive),
        (["Pourquoi ?".to_owned()].as_slice(), true)
    );
    let kinds: Vec<QuestionKind> = questionnaire
        .questions()
        .map(|question| question.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            QuestionKind::Integer,
            QuestionKind::SelectOne,
            QuestionKind::Note,
            QuestionKind::Range
        ]
    );
    assert_eq!(
        questionnaire.sections[1].questions[0]
            .range
            .map(|range| (range.min, range.max, range.step)),
        Some((1.0, 10.0, 1.0))
    );
}

#[test]
fn the_block_of_a_card_is_found() {
    let text = format!("---\nkind: survey\n---\n\nUn mot.\n\n```questions\n{GOOD}```\n\nAprès.\n");
    let (card, _) = Card::read(&text);
    let (questionnaire, problems) = Questionnaire::of(&card).expect("a questionnaire");
    assert_eq!((questionnaire.questions().count(), problems.len()), (4, 0));
    let open = text
        .replace("```\n\nAprès.\n", "")
        .replace("type: note", "type: notte");
    let (_, problems) = Questionnaire::of(&Card::read(&open).0).expect("a questionnaire");
    assert_eq!((problems[0].line, problems[0].column), (22, 14));
    assert!(Questionnaire::of(&Card::read("---\n---\n\n```yaml\n- a\n```\n").0).is_none());
}

#[test]
fn what_is_wrong_is_told() {
    check(
        "",
        expect![[r#"
        10:1 error Le questionnaire doit être une liste de parties ou de questions.
    "#]],
    );
    check(
        "questions: []\n",
        expect![[r#"
        10:1 error Le questionnaire doit être une liste de parties ou de questions.
    "#]],
    );
    check(
        "- a\n- section: S\n- section: T\n  questions: x\n- section: U\n  questions: [1]\n",
        expect![[r#"
        10:3 error Une question doit être un groupe de lignes « clé: valeur ».
        11:3 error Il manque « questions ».
        13:3 error Le questionnaire doit être une liste de parties ou de questions.
        15:15 error Une question doit être un groupe de lignes « clé: valeur ».
    "#]],
    );
    check(
        "- name: 2a\n  label: L\n  type: texte\n  aide: x\n- label: L\n  type: text\n- name: a\n  type: text\n",
        expect![[r#"
        13:3 warning « aide » n’est pas connu dans un questionnaire.
        12:9 error « texte » n’est pas un type de question.
        10:9 error « 2a » ne peut pas être le nom d’une question.
        14:3 error Il manque « name ».
        16:3 error Il manque « label ».
    "#]],
    );
    check(
        "- {name: a, label: A, type: select_one}\n- {name: a, label: B, type: text, choices: [x]}\n- {name: c, label: C, type: select_multiple, choices: [x, X, [y]]}\n",
        expect![[r#"
        10:3 error La question « a » demande de choisir, mais ne donne pas de réponses.
        11:10 error Le nom « a » est déjà pris.
        11:35 warning La question « a » donne des réponses, mais son type n’en prend pas.
        12:59 error Le nom « x » est déjà pris.
        12:62 error La valeur de « choices » n’a pas la bonne forme.
    "#]],
    );
    check(
        "- {name: a, label: A, type: range, min: 3, max: 1}\n- {name: b, label: B, type: text, relevant: \"${a} = 1 and ${c} = 2\", required: oui}\n",
        expect![[r#"
        10:3 error Il manque à « a » un minimum et un maximum dans l’ordre.
        11:45 error La condition de « b » parle de « c », qui n’est pas demandé avant.
        11:70 error La valeur de « required » n’a pas la bonne forme.
    "#]],
    );
    check(
        "- {name: a, label: A, type: *x}\n- &x b\n",
        expect![[r#"
        10:3 error Cette ligne ne se lit pas : un crochet ou une accolade n’est pas refermé.
        10:3 error Il manque « type ».
    "#]],
    );
}
