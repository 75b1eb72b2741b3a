//! Cutting bodies, and putting them together again.

use expect_test::expect;
use proptest::prelude::*;

use super::{Section, join, split};
use crate::{Labels, Language, SectionDef};

fn defs() -> Vec<SectionDef> {
    let def = |code: &str, fr: &str, en: &str| SectionDef {
        code: code.to_owned(),
        label: Labels {
            fr: fr.to_owned(),
            en: en.to_owned(),
        },
        hint: Labels::default(),
        required: false,
    };
    vec![
        def("quand", "Quand l’utiliser", "When"),
        def("deroule", "Déroulé", "Steps"),
        def("suite", "Et après", "Next"),
    ]
}

fn sections(body: &str) -> Vec<Section> {
    split(body, &defs(), Language::French)
        .iter()
        .map(|part| part.section(body))
        .collect()
}

fn joined(body: &str, sections: &[Section]) -> String {
    join(body, &defs(), Language::French, sections)
}

fn coded(code: &str, text: &str) -> Section {
    Section {
        code: Some(code.to_owned()),
        heading: None,
        text: text.to_owned(),
    }
}

const BODY: &str = "Une introduction.

## Quand l'utiliser {#quand .x}

- un
- deux


## Autre titre ##

```md
## Déroulé
```

### Déroulé

> ## Déroulé

##  Déroulé
Texte collé.

Setext
------
";

#[test]
fn headings_open_sections() {
    let shown: Vec<String> = sections(BODY)
        .iter()
        .map(|section| {
            format!(
                "{:?} {:?} {:?}",
                section.code, section.heading, section.text
            )
        })
        .collect();
    expect![[r#"
        None None "Une introduction."
        Some("quand") Some("Quand l'utiliser") "- un\n- deux"
        None Some("Autre titre") "```md\n## Déroulé\n```\n\n### Déroulé\n\n> ## Déroulé"
        Some("deroule") Some("Déroulé") "Texte collé.\n\nSetext\n------""#]]
    .assert_eq(&shown.join("\n"));
    assert_eq!(
        sections("## Steps\n\nx\n")[0].code.as_deref(),
        Some("deroule")
    );
    assert_eq!(sections(""), []);
    assert_eq!(sections("## Seul")[0].heading.as_deref(), Some("Seul"));
    assert_eq!(
        sections("    code\n\n## A\n\n    code\n")[1].text,
        "    code"
    );
}

#[test]
fn the_same_sections_give_the_same_bytes() {
    for body in [
        BODY,
        "",
        "x",
        "## A\n",
        "## A\n\n\n## B\n\n\n",
        "\n\nx\n\n## A\r\n\r\ny\r\n",
    ] {
        assert_eq!(joined(body, &sections(body)), body);
    }
}

#[test]
fn a_changed_section_keeps_the_bytes_of_the_others() {
    let mut changed = sections(BODY);
    changed[1].text = "- un\r\n- trois\r\n".to_owned();
    assert_eq!(joined(BODY, &changed), BODY.replace("deux", "trois"));
    changed[1].text = String::new();
    assert_eq!(
        joined(BODY, &changed),
        BODY.replace("## Quand l'utiliser {#quand .x}\n\n- un\n- deux\n\n\n", "")
    );
    let emptied: Vec<Section> = sections(BODY)
        .into_iter()
        .filter(|section| section.code.is_none())
        .collect();
    expect![[r#"
        Une introduction.

        ## Autre titre ##

        ```md
        ## Déroulé
        ```

        ### Déroulé

        > ## Déroulé
    "#]]
    .assert_eq(&joined(BODY, &emptied));
}

#[test]
fn new_sections_go_to_their_place() {
    let body = "Intro.\n\n## Divers\n\nx\n\n## Déroulé\n\ny\n";
    let mut more = sections(body);
    more.insert(0, coded("suite", "Après."));
    more.push(coded("quand", "Toujours."));
    more.push(Section {
        code: None,
        heading: Some("Plus".to_owned()),
        text: "z".to_owned(),
    });
    expect![[r#"
        Intro.

        ## Divers

        x

        ## Quand l’utiliser

        Toujours.

        ## Déroulé

        y

        ## Et après

        Après.

        ## Plus

        z
    "#]]
    .assert_eq(&joined(body, &more));
    assert_eq!(
        joined("", &[coded("deroule", "On y va."), coded("suite", "")]),
        "## Déroulé\n\nOn y va.\n"
    );
    assert_eq!(
        joined("", &[coded("suite", "B"), coded("quand", "A")]),
        "## Quand l’utiliser\n\nA\n\n## Et après\n\nB\n"
    );
    let lead = Section {
        code: None,
        heading: None,
        text: "Intro.".to_owned(),
    };
    assert_eq!(
        joined("## Déroulé\n\ny\n", &[lead, coded("deroule", "y")]),
        "Intro.\n\n## Déroulé\n\ny\n"
    );
    assert_eq!(
        joined("## Déroulé\n", &[coded("deroule", "y")]),
        "## Déroulé\n\ny\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_hold_every_byte(body in "(#{1,3} ?|Déroulé|[a-z >*`~\\-]|\n|\r\n|    |```\n){0,40}") {
        let parts = split(&body, &defs(), Language::French);
        let whole: String = parts.iter().map(|part| &body[part.range.clone()]).collect();
        prop_assert!(whole == body || (body.ends_with(&whole) && body[..body.len() - whole.len()].trim().is_empty()));
        if !body.starts_with(['\n', '\r', ' ']) {
            prop_assert_eq!(joined(&body, &sections(&body)), body);
        }
    }
}
