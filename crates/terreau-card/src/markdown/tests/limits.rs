//! Inputs made to grow: what comes out stays in proportion, and comes.

use super::{html, rendered};

/// Each input with what it is made of, about `size` bytes long.
fn inputs(size: usize) -> Vec<(&'static str, String)> {
    let times = |piece: &str| piece.repeat(size / piece.len());
    let columns = size / 100;
    let root = size.isqrt();
    vec![
        ("nested quotes", times(">")),
        (
            "nested lists",
            (0..root)
                .map(|depth| format!("{}- x\n", "  ".repeat(depth)))
                .collect(),
        ),
        ("open brackets", times("[")),
        ("open pictures", times("![")),
        ("links in links", times("[a](")),
        ("emphasis", times("*a_ ")),
        (
            "nested emphasis",
            format!(
                "{}x{}",
                "*a **b ".repeat(size / 14),
                "** *".repeat(size / 14)
            ),
        ),
        (
            "code marks",
            (1..root)
                .map(|length| format!("{} ", "`".repeat(length)))
                .collect(),
        ),
        (
            "references",
            format!(
                "{}\n\n[a]: https://example.org/{}\n",
                "[a] ".repeat(size / 8),
                "x".repeat(size / 2)
            ),
        ),
        (
            "empty cells",
            format!(
                "{}\n{}\n{}",
                "|a".repeat(columns),
                "|-".repeat(columns),
                "|a\n".repeat(size / 3)
            ),
        ),
        (
            "footnote mentions",
            format!("{}\n\n[^a]: note\n", "[^a]".repeat(size / 4)),
        ),
        (
            "footnotes",
            (0..size / 24)
                .map(|n| format!("[^{n}] \n\n[^{n}]: note [^{}]\n\n", n + 1))
                .collect(),
        ),
        ("equal headings", times("# a\n\n")),
        ("equal sections", times("## a\n\nb\n\n")),
        ("autolinks", times("<https://a.b> ")),
        ("entities", times("&amp;")),
        ("brackets", times("<")),
        ("html", times("<a ")),
        ("backslashes", times("\\")),
        ("line ends", times("a\n")),
        (
            "questions",
            format!(
                "```questions\n{}```\n",
                times("- {name: a, label: b, type: text}\n")
            ),
        ),
    ]
}

#[test]
fn output_stays_in_proportion() {
    for (name, body) in inputs(8_000) {
        let rendered = rendered(&body);
        let most = 13 * body.len() + 260 * 1024;
        let parts: usize = rendered
            .sections
            .iter()
            .map(|section| section.html.as_str().len())
            .sum();
        assert!(
            rendered.html.as_str().len() < most,
            "{name}: {} bytes",
            rendered.html.as_str().len()
        );
        assert!(parts < most, "{name}: {parts} bytes");
        assert!(
            rendered.plain_text.len() <= 3 * body.len() + 1_000,
            "{name}: {} bytes of text",
            rendered.plain_text.len()
        );
    }
}

#[test]
fn what_is_too_long_is_cut_and_said() {
    let columns = 1_000;
    let body = format!(
        "Avant.\n\n## Un\n\n{}\n{}\n{}\n## Deux\n\nAprès.\n",
        "|a".repeat(columns),
        "|-".repeat(columns),
        "|a\n".repeat(200)
    );
    let rendered = rendered(&body);
    assert_eq!(
        rendered
            .html
            .as_str()
            .matches("La suite n’est pas affichée")
            .count(),
        1
    );
    assert!(rendered.html.as_str().starts_with("<p>Avant.</p>"));
    assert!(rendered.plain_text.contains("Après."));
}

#[test]
fn deep_nesting_keeps_the_text() {
    let html = html(&format!("{}profond", "> ".repeat(5_000)));
    assert!(html.contains("profond"));
    assert!(html.matches("<blockquote>").count() <= 64);
}

/// What a serialiser writes takes as long as its runs of text are, squared.
#[test]
fn no_run_of_text_is_long() {
    let long = |piece: &str| piece.repeat(24_000 / piece.len());
    for body in [
        long("&"),
        long("&amp;"),
        long("é"),
        long("mot "),
        format!("```\n{}\n```", long("& \n")),
        format!("    {}", long("«")),
        format!("| a |\n|---|\n| {} |", long("&")),
        format!("[x](y.md \"{}\")", long("&")),
        format!("[x](<{}>)", long("&")),
        format!("![{}](y.png \"{}\")", long("&"), long("&")),
        format!("![{}](https://example.org/y.png)", long("&")),
        format!("# {}", long("&")),
        format!(
            "```questions\n- {{name: a, type: text, label: \"{}\"}}\n```",
            long("&")
        ),
    ] {
        let rendered = rendered(&body);
        let html = rendered.html.as_str();
        let longest = html
            .split(['<', '"'])
            .map(str::len)
            .max()
            .unwrap_or_default();
        // Five letters for one `&`, in a text or in an attribute.
        assert!(
            longest < 5 * 9_000,
            "{longest} bytes in one run of {body:.40}"
        );
        assert!(html.split('<').all(|piece| piece.len() < 5 * 9_000));
        assert!(!html.contains("&am<"), "an entity is cut");
    }
}

#[test]
fn broken_runs_stay_the_same_text() {
    let body = "Une phrase avec des mots, « des guillemets » & des signes. ".repeat(800);
    let html = html(&body);
    assert!(html.matches("<wbr>").count() >= 4);
    let text = html
        .replace("<wbr>", "")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&");
    assert_eq!(text, format!("<p>{}</p>\n", body.trim_end()));
}
