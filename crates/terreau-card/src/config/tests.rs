//! Reading `commons.toml`.

use expect_test::{Expect, expect};

use super::CommonsConfig;
use crate::{Kind, Language};

fn check(text: &str, expected: Expect) {
    let (_, problems) = super::read(text);
    let line = |problem: &crate::Problem| {
        format!(
            "{}:{} {} {}\n",
            problem.line,
            problem.column,
            problem.code(),
            problem.message(Language::English)
        )
    };
    expected.assert_eq(&problems.iter().map(line).collect::<String>());
}

const SMALL: &str = "format = 1\nname = { fr = \"Commun\" }\n";

#[test]
fn a_small_file_is_enough() {
    let config = CommonsConfig::read(SMALL).expect("good");
    assert_eq!(config.name.get(Language::English), "Commun");
    assert_eq!(config.default_language, Language::French);
    assert_eq!(config.default_licence, "CC-BY-SA-4.0");
    assert_eq!(config.kind(Kind::Territory).folder, "territoires");
    assert_eq!(config.kind(Kind::Territory).plural.en, "Territories");
    assert_eq!(config.label("topics", "eau", Language::French), "eau");
    assert!(config.terms("topics").is_empty() && config.base_url.is_none());
}

#[test]
fn words_are_read_in_order() {
    let text = format!(
        "{SMALL}default_language = \"en\"\nbase_url = \"https://commun.example.org/\"\n[kinds.tool]\nfolder = \"boite/outils\"\nlabel = {{ fr = \"Outil\", en = \"Tool\" }}\n[[kinds.tool.sections]]\ncode = \"deroule\"\nlabel = {{ fr = \"Déroulé\" }}\nrequired = true\n[[vocabularies.axes]]\ncode = \"b\"\nlabel = {{ fr = \"B\", en = \"Bee\" }}\nterms = [{{ code = \"a\", label = {{ fr = \"A\" }} }}]\n[[vocabularies.axes]]\ncode = \"aa\"\nlabel = {{ fr = \"AA\" }}\n[[criteria]]\ncode = \"c\"\nlabel = {{ fr = \"C\" }}\n[[governance]]\nname = \"Tout\"\npaths = [\"**\"]\napprovals = 1\norganisations = 2\npublishers = [\"editor\"]\nstewards = [\"Nous\"]\n"
    );
    let config = CommonsConfig::read(&text).expect("good");
    assert_eq!(
        config.base_url.as_deref(),
        Some("https://commun.example.org")
    );
    assert_eq!(config.kind(Kind::Tool).folder, "boite/outils");
    assert_eq!(config.kind(Kind::Tool).plural.fr, "Outil");
    assert!(
        config
            .kind(Kind::Tool)
            .section("deroule")
            .is_some_and(|section| section.required)
    );
    let codes: Vec<&str> = config
        .terms("axes")
        .iter()
        .map(|term| term.code.as_str())
        .collect();
    assert_eq!(codes, ["b", "aa"]);
    assert_eq!(config.label("axes", "a", Language::English), "A");
    assert_eq!(config.label("axes", "b", Language::English), "Bee");
    assert_eq!(
        (
            config.governance[0].approvals,
            config.governance[0].organisations
        ),
        (1, 2)
    );
    assert_eq!(config.criteria[0].label.fr, "C");
}

#[test]
fn problems_have_a_place() {
    check(
        "",
        expect![[r#"
        1:1 config-missing “format” is missing.
        1:1 config-missing “name” is missing.
    "#]],
    );
    check(
        "format = 1\nname = \n",
        expect![[r#"
            2:8 bad-toml This line can’t be read (string values must be quoted, expected literal string).
        "#]],
    );
    check(
        &format!(
            "{SMALL}base_url = \"exemple.fr\"\ndefault_language = \"de\"\ndefault_licence = \"libre\"\ncriteres = 1\n"
        ),
        expect![[r#"
            3:12 config-shape “base_url” must be an address that begins with https://.
            4:20 config-shape “default_language” must be “fr” or “en”.
            5:19 unknown-licence “libre” isn’t a licence that the commons knows.
            6:1 config-unknown “criteres” isn’t known in this file.
        "#]],
    );
    check(
        &format!(
            "{SMALL}[kinds.methode]\n[kinds.method]\nfolder = \"Méthodes\"\nlabel = \"Méthode\"\n[[kinds.method.sections]]\ncode = \"Déroulé\"\nlabel = {{ fr = \"\" }}\nrequired = \"oui\"\n[[kinds.method.sections]]\nlabel = {{ fr = \"x\", de = \"y\" }}\n"
        ),
        expect![[r#"
            3:8 config-unknown “kinds.methode” isn’t known in this file.
            5:10 config-shape “kinds.method.folder” must be a folder in lower-case letters without accents, which isn’t a word of the site.
            6:9 config-shape “kinds.method.label” must be a label for each language: { fr = "…", en = "…" }.
            8:8 config-code “Déroulé” can’t be a code.
            9:9 config-shape “kinds.method.sections.label” must be a label for each language: { fr = "…", en = "…" }.
            10:12 config-shape “kinds.method.sections.required” must be true or false.
            11:1 config-missing “kinds.method.sections.code” is missing.
        "#]],
    );
    check(
        &format!(
            "{SMALL}[vocabularies]\ntopics = [1, {{ code = \"a\" }}, {{ code = \"a\", label = {{ fr = \"A\" }} }}]\nformats = {{}}\n"
        ),
        expect![[r#"
        4:11 config-shape “vocabularies.topics” must be a group of “key = value” lines.
        4:14 config-missing “vocabularies.topics.label” is missing.
        4:39 config-twice The code “a” is used in this vocabulary already.
        5:11 config-shape “vocabularies.formats” must be a series of groups, each under [[…]].
    "#]],
    );
    check(
        &format!("{SMALL}[[governance]]\napprovals = -1\npublishers = [\"editeur\", 1]\n"),
        expect![[r#"
        3:1 config-missing “governance.paths” is missing.
        4:13 config-shape “governance.approvals” must be a number from 0 to 100.
        5:15 not-one-of “editeur” isn’t a possible value of “governance.publishers”.
        5:26 config-shape “governance.publishers” must be a text in quotes.
    "#]],
    );
    check(
        &format!("{SMALL}x = {}", "[".repeat(20_000)),
        expect![[r#"
            3:85 bad-toml This line can’t be read (cannot recurse further; max recursion depth met).
            3:20005 bad-toml This line can’t be read (unclosed array, expected `]`).
        "#]],
    );
}
