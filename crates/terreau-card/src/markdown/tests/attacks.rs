//! Texts that try to become programs, in every place where a card takes text.
//!
//! The oracle reads the HTML letter by letter: only what browsers read in one way, only what is on its own list.

use proptest::prelude::*;

use crate::{Card, SafeHtml, render};

use super::{commons, path};

mod oracle;
mod payloads;

pub(super) use oracle::violations;
use payloads::PAYLOADS;

/// The places of a card; `@` stands for the payload, on one line.
const PLACES: &[&str] = &[
    "@",
    "Avant @ après.",
    "*@* **@** ~~@~~",
    "[@](autre.md)",
    "[x](@)",
    "[x](<@>)",
    "[x](autre.md \"@\")",
    "[x](autre.md '@')",
    "[x][a]\n\n[a]: @",
    "[x][a]\n\n[a]: <@> \"@\"",
    "[@][a]\n\n[a]: autre.md",
    "![@](image.png)",
    "![x](@)",
    "![x](<@>)",
    "![x](image.png \"@\")",
    "Un ![x](<@>) dedans",
    "[![@](<@>)](<@>)",
    "<@>",
    "<https://@>",
    "<mailto:@>",
    "`@`",
    "```\n@\n```",
    "```@\nx\n```",
    "    @",
    "# @",
    "## @\n\nx",
    "## Déroulé\n\n### @ (20 min)\n\nx",
    "### x {#@}",
    "### x {#a .@ @=\"@\"}",
    "@\n===",
    "- @\n- [ ] @\n- [x] @",
    "1. @",
    "> @\n> @",
    "| @ | b |\n|---|--:|\n| c | @ |",
    "| a |\n|---|\n| ![@](<@> \"@\") |",
    "x[^1]\n\n[^1]: @",
    "x[^@]\n\n[^@]: y",
    "<div>@</div>",
    "<b title=\"@\">x</b>",
    "<div>\n@\n</div>\n\nx",
    "<!-- @ -->",
    "x\\\n@",
    "```questions\n- name: a\n  label: \"@\"\n  type: select_one\n  choices: [\"@\", b]\n  hint: \"@\"\n  probes: [\"@\"]\n  relevant: \"@\"\n```",
    "```questions\n- section: \"@\"\n  intro: \"@\"\n  questions:\n    - {name: \"@\", label: b, type: text}\n```",
    "@\n\n@",
    "*a **b @ c* d** [e *f](@) g*",
];

fn card(body: &str, payload: &str) -> Card {
    let quoted: String = payload
        .chars()
        .filter(|letter| !letter.is_control())
        .map(|letter| {
            if letter == '\'' {
                "''".to_owned()
            } else {
                letter.to_string()
            }
        })
        .collect();
    let front = format!(
        "kind: method\nlanguage: fr\ntitle: x\nmedia:\n  outils/image.png:\n    alt: '{quoted}'\n    credit: '{quoted}'\n    licence: '{quoted}'\n"
    );
    Card::read(&format!("---\n{front}---\n\n{body}\n")).0
}

/// Fails when anything that a card shows is not exactly what a card may hold.
fn check(body: &str, payload: &str) {
    let rendered = render(&card(body, payload), &path(), commons());
    let parts = rendered.sections.iter().flat_map(|section| {
        std::iter::once(&section.html).chain(section.steps.iter().map(|step| &step.html))
    });
    for html in parts.chain([&rendered.html]) {
        assert_eq!(
            violations(html.as_str()),
            Vec::<String>::new(),
            "{body}\n{html}"
        );
        assert_eq!(
            SafeHtml::of_card(html.as_str()),
            *html,
            "cleaned again, {body} is something else"
        );
    }
    for entry in &rendered.contents {
        assert!(
            crate::markdown::safe::is_own_id(&entry.anchor),
            "{body} gives the anchor {}",
            entry.anchor
        );
    }
}

#[test]
fn no_payload_in_any_place_becomes_a_program() {
    assert!(PAYLOADS.len() >= 100, "{} payloads", PAYLOADS.len());
    for payload in PAYLOADS {
        for place in PLACES {
            check(&place.replace('@', payload), payload);
        }
    }
}

/// The sanitiser alone must hold too, should the renderer ever let a tag through.
#[test]
fn the_sanitiser_alone_holds() {
    for payload in PAYLOADS {
        for around in [
            "@",
            "<p>@</p>",
            "<a href=\"@\">x</a>",
            "<img src=\"@\" alt=\"@\">",
            "<p title=\"@\">x",
            "<table><tr><td>@",
            "<h2 id=\"@\">x</h2>",
            "<li>@",
            "<pre>@",
            "<a href='@' rel='@' id='@'>@",
            "<div class=\"@\" role=\"@\" tabindex=\"@\">@",
            "<input type=\"@\" checked=\"@\">",
        ] {
            let html = SafeHtml::of_card(&around.replace('@', payload));
            // Links out are marked by the renderer: the sanitiser only takes away.
            let mut found = violations(html.as_str());
            found.retain(|violation| !violation.starts_with("a link out"));
            assert_eq!(found, Vec::<String>::new(), "{around} {payload}\n{html}");
            let again = SafeHtml::of_card(html.as_str());
            if around.starts_with("<input") {
                // Attributes of a field may change places, no more.
                assert_eq!(
                    again.as_str().len(),
                    html.as_str().len(),
                    "{around} {payload}"
                );
            } else {
                assert_eq!(again, html, "{around} {payload}");
            }
        }
    }
}

#[test]
fn the_oracle_sees_what_it_must() {
    for wrong in [
        "<script>x</script>",
        "<p onclick=\"x\">y</p>",
        "<a href=\"javascript:x\">y</a>",
        "<a href=\"//evil\">y</a>",
        "<p>",
        "</p>",
        "a < b",
        "<p ><em></p></em>",
        "<img src=\"https://evil/x.png\" alt=\"\">",
        "<h2 id=\"location\">x</h2>",
        "<a href=\"https://example.org\">x</a>",
        "<p>&bogus</p>",
        "<p style=\"x\">y</p>",
        "<input type=\"text\" disabled=\"\">",
        "<input type=\"checkbox\">",
        "<!-- x -->",
        "<svg></svg>",
        "<a href=\"/\t/evil\">x</a>",
        "<a href=\"/\\evil\">x</a>",
        "<p class=\"admin\">x</p>",
        "<a href=\"https://a.b\" rel=\"ugc\">x</a>",
        "<a href=\"/a\" href=\"/b\">x</a>",
        "<p>'\"</p",
        "<a href=\"/x\" target=\"_blank\">x</a>",
    ] {
        assert!(!violations(wrong).is_empty(), "{wrong} passes");
    }
    assert_eq!(
        violations("<p>un <em>mot</em> &amp; &lt;b&gt;&nbsp;<br></p>\n"),
        Vec::<String>::new()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Pieces of payloads and of Markdown in any order.
    #[test]
    fn no_mixture_becomes_a_program(pieces in proptest::collection::vec(piece(), 1..12)) {
        check(&pieces.concat(), &pieces[0]);
    }
}

fn piece() -> impl Strategy<Value = String> {
    const MARKS: &[&str] = &[
        "\n",
        "\n\n",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "\"",
        "'",
        "|",
        "\n|---|\n",
        "`",
        "```\n",
        "> ",
        "- ",
        "# ",
        "## ",
        "*",
        "_",
        "~~",
        "[^1]",
        "\n[^1]: ",
        "&#",
        "&lt;",
        "\\",
        "{#",
        "}",
        ":",
        "//",
        "javascript:",
        "\u{0}",
        "\u{202e}",
        "\u{a0}",
        "\t",
        "(20 min)",
        "## Déroulé\n\n",
        "### ",
    ];
    prop_oneof![
        (0..MARKS.len()).prop_map(|rank| MARKS[rank].to_owned()),
        (0..PAYLOADS.len()).prop_map(|rank| PAYLOADS[rank].to_owned()),
        (0..PAYLOADS.len(), 0..40_usize, 0..40_usize).prop_map(|(rank, from, length)| PAYLOADS
            [rank]
            .chars()
            .skip(from)
            .take(length)
            .collect()),
        "[a-zé<>&\"' =/]{0,8}",
    ]
}
