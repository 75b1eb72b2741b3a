//! Where nodes stand, and what may not be read.

use expect_test::{Expect, expect};

use super::{Caps, Data, Node, parse};

const CAPS: Caps = Caps {
    bytes: 16 * 1024,
    depth: 8,
    keys: 200,
};

/// Shows the bytes of every node.
fn spans(yaml: &str, expected: Expect) {
    fn show(node: &Node, text: &str, out: &mut String, depth: usize) {
        let margin = "  ".repeat(depth);
        let flow = match node.data {
            Data::Scalar { .. } => "",
            Data::List { flow, .. } | Data::Map { flow, .. } => {
                if flow {
                    "flow "
                } else {
                    "block "
                }
            }
        };
        out.push_str(&format!("{margin}{flow}{:?}\n", &text[node.span.clone()]));
        node.items()
            .iter()
            .for_each(|item| show(item, text, out, depth + 1));
        for entry in node.entries() {
            out.push_str(&format!("{margin}  {:?}:\n", &text[entry.key_span.clone()]));
            show(&entry.node, text, out, depth + 2);
        }
    }
    let text = format!("é---\n{yaml}---\n");
    let parsed = parse(&text, 6..text.len() - 4, CAPS);
    assert!(parsed.faults.is_empty(), "{:?}", parsed.faults);
    let mut out = String::new();
    show(&parsed.root.expect("there is a root"), &text, &mut out, 0);
    expected.assert_eq(&out);
}

#[test]
fn nodes_know_where_they_stand() {
    spans(
        "titre: « Été »  # un commentaire\nvide:\nautre: ~\n\"clé\": 'l''été'\nliste: # ici\n  # là\n  - a\n  - - b\n    - \"c\"\n  -\n  - nom: x\n    rôle: y\n",
        expect![[r#"
            block "titre: « Été »  # un commentaire\nvide:\nautre: ~\n\"clé\": 'l''été'\nliste: # ici\n  # là\n  - a\n  - - b\n    - \"c\"\n  -\n  - nom: x\n    rôle: y"
              "titre":
                "« Été »"
              "vide":
                ""
              "autre":
                "~"
              "\"clé\"":
                "'l''été'"
              "liste":
                block "- a\n  - - b\n    - \"c\"\n  -\n  - nom: x\n    rôle: y"
                  "a"
                  block "- b\n    - \"c\""
                    "b"
                    "\"c\""
                  ""
                  block "nom: x\n    rôle: y"
                    "nom":
                      "x"
                    "rôle":
                      "y"
        "#]],
    );
    spans(
        "a:\n- x\n-  # c | >\n  |+\n  texte\n\n- >-\n    plié\n\n    encore\nb: |  # note\n\n  un\n\n   deux\n\n# fin\nc: [x, {y: 1, z: }, 'w']\nd: {}\n",
        expect![[r#"
            block "a:\n- x\n-  # c | >\n  |+\n  texte\n\n- >-\n    plié\n\n    encore\nb: |  # note\n\n  un\n\n   deux\n\n# fin\nc: [x, {y: 1, z: }, 'w']\nd: {}"
              "a":
                block "- x\n-  # c | >\n  |+\n  texte\n\n- >-\n    plié\n\n    encore"
                  "x"
                  "|+\n  texte\n"
                  ">-\n    plié\n\n    encore"
              "b":
                "|  # note\n\n  un\n\n   deux"
              "c":
                flow "[x, {y: 1, z: }, 'w']"
                  "x"
                  flow "{y: 1, z: }"
                    "y":
                      "1"
                    "z":
                      ""
                  "'w'"
              "d":
                flow "{}"
        "#]],
    );
    spans(
        "a: plain over\n  two lines\r\nb:\r\n  - x\r\n  - |\r\n    y\r\n    z\r\nc: é\r\n",
        expect![[r#"
            block "a: plain over\n  two lines\r\nb:\r\n  - x\r\n  - |\r\n    y\r\n    z\r\nc: é"
              "a":
                "plain over\n  two lines"
              "b":
                block "- x\r\n  - |\r\n    y\r\n    z"
                  "x"
                  "|\r\n    y\r\n    z"
              "c":
                "é"
        "#]],
    );
}

#[test]
fn hostile_front_matter_is_refused_without_trouble() {
    let laughs: String = (0..9)
        .map(|level| {
            format!(
                "a{level}: &a{level} [{}]\n",
                vec![format!("*a{}", level + 1); 9].join(", ")
            )
        })
        .collect();
    let cases = [
        laughs,
        "[".repeat(16_000),
        "{a: ".repeat(4_000),
        "- ".repeat(8_000),
        (0..120)
            .map(|depth| format!("{}a:\n", " ".repeat(depth)))
            .collect(),
        "? ".repeat(8_000),
        "!".repeat(16_000),
        "&a ".repeat(5_000),
        "\"".repeat(16_001),
        "%YAML 1.2\n%TAG ! x\n".repeat(200),
        "a".repeat(1_000_000),
        (0..3_000).map(|_| "k: 1\n").collect(),
        "[a, ".repeat(7) + &"a, ".repeat(5_000),
    ];
    for yaml in cases {
        let parsed = parse(&yaml, 0..yaml.len(), CAPS);
        assert!(!parsed.faults.is_empty(), "{}", &yaml[..60]);
    }
    // Odd, and harmless.
    for yaml in [
        "a: |\n".to_owned() + &" \n".repeat(8_000),
        format!("a: >\n{}x\n", " ".repeat(15_000)),
        "\u{FEFF}".repeat(5_000),
        format!("[{}]", "a, ".repeat(5_000)),
    ] {
        assert!(!parse(&yaml, 0..yaml.len(), CAPS).broken, "{}", &yaml[..60]);
    }
}
