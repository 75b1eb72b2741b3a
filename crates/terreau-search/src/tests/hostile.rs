//! Nothing that can be typed is an error, nor a reason to panic.

use terreau_card::Kind;
use terreau_card::facets::Facet;

use super::{card, commons, index};
use crate::parse::parse;
use crate::plan::{Concept, What, plan};
use crate::{Index, Query};

/// Terms that a search looks up at most, whatever is typed.
const MAX_TERMS: usize = 1_500;

/// Strange things people, keyboards and robots send.
fn queries() -> Vec<String> {
    let mut queries: Vec<String> = [
        "\"",
        "\"\"",
        "\"\"\"",
        "\" \"",
        "\"jardin",
        "jardin\"",
        "a\"b\"c",
        "«",
        "»jardin«",
        "« »",
        "“”",
        "'",
        "’",
        "l'",
        "l’’énergie",
        "-",
        "--",
        "---jardin",
        "- -",
        "-\"",
        "-\"\"",
        "-\"jardin",
        "+jardin",
        "!jardin",
        "jardin~1",
        "jardin^5",
        "jardin*",
        "*",
        "?",
        "jar?in",
        "(",
        ")",
        "(jardin",
        "jardin)",
        "((((",
        "[a TO b]",
        "{a TO *}",
        "title:jardin",
        "body:",
        ":",
        "::",
        "kind:method",
        "_all:*",
        "id:1",
        "field.with.dots:x",
        "/",
        "/.*/",
        "/[/",
        "jardin/énergie",
        "\\",
        "\\\"",
        "AND",
        "OR",
        "NOT",
        "jardin AND",
        "AND OR NOT",
        "jardin && || énergie",
        "IN [a b]",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "%",
        "%00",
        "\0",
        "jardin\0énergie",
        "\u{feff}jardin",
        "\u{202e}nidraj",
        "🌱",
        "👩‍🌾 jardin",
        "e\u{301}",
        "\u{301}",
        "\u{200d}",
        "\u{ad}",
        "İstanbul",
        "ẞ",
        "ﬁ",
        "Ⅷ",
        "１２",
        "中文 検索",
        "مرحبا",
        "हिन्दी",
        "\r\n\t",
        "a",
        "1",
        "-1",
        "1-",
        "a-b-c-d-e",
        "a·b·c·d",
        "(((e)))",
        "x(e",
        "x(",
        "x.",
        "x.e.",
        "x-e-",
        "été·",
        "..",
        "...",
        "…",
        "—",
        "_",
        "a_b",
        "@jardin",
        "#jardin",
        "jardin@exemple.fr",
        "https://exemple.fr/a?b=c&d=%20",
        "\u{10ffff}",
        "\u{e000}",
        "´`′",
    ]
    .map(str::to_owned)
    .into();
    for unit in [
        "a", "é", "jardin ", "\"", "-", "- ", "-\"a\" ", "(", "a·", "x.e", "a-", "l'", "🌱",
        "\u{301}", "e\u{301}", " ", "« a » ",
    ] {
        queries.push(unit.repeat(10_000 / unit.len()));
    }
    queries.push((0..2_000).map(|number| format!("mot{number} ")).collect());
    queries.push(
        (0..2_000)
            .map(|number| format!("jardi{} ", (b'a' + (number % 26) as u8) as char))
            .collect(),
    );
    queries
}

#[test]
fn no_query_fails() {
    let commons = commons();
    for index in [&commons, &Index::in_memory()] {
        for text in queries() {
            let shown: String = text.chars().take(40).collect();
            let tools = (Facet::Kind, Kind::Tool.to_string());
            for filters in [vec![], vec![tools, (Facet::Topic, text.clone())]] {
                let query = Query {
                    text: text.clone(),
                    filters,
                    limit: 5,
                    ..Query::default()
                };
                let answer = index
                    .search(&query)
                    .unwrap_or_else(|error| panic!("{shown:?}: {error:?}"));
                assert!(answer.hits.len() <= answer.total, "{shown:?}");
            }
            index.suggest(&text);
        }
    }
}

#[test]
fn no_query_makes_more_than_so_much_work() {
    let index = commons();
    let meanings = index.meanings();
    let finder = index.finder(&meanings).expect("an index that can be read");
    let words = "jardin école cantine énergie élus habitants plan atelier ".repeat(20);
    let phrases = "\"jardin partagé de l’école\" ".repeat(40);
    for text in queries().into_iter().chain([words, phrases]) {
        let plan = plan(&finder, &parse(&text, finder.analyser), false).expect("planned");
        let terms = |concept: &Concept| -> usize {
            let alternatives = concept.alternatives.iter();
            let each = alternatives.map(|its| match &its.what {
                What::Phrase(stems) => stems.len(),
                What::Stem(_) | What::Word(_) | What::Value(_) => 1,
            });
            each.sum()
        };
        let concepts = plan.concepts.iter().chain(&plan.required);
        let total: usize = concepts.chain(&plan.excluded).map(terms).sum();
        let shown: String = text.chars().take(40).collect();
        assert!(total <= MAX_TERMS, "{shown:?} looks up {total} terms");
    }
}

#[test]
fn what_looks_like_syntax_is_words() {
    let commons = commons();
    let total = |text: &str| super::ask(&commons, text).total;
    for text in [
        "jardin:partagé",
        "jardin/partagé",
        "+jardin +partagé",
        "(jardin) [partagé]",
        "jardin* partagé~2",
        "\"jardin partagé",
    ] {
        assert_eq!(total(text), 1, "{text}");
    }
    for text in ["!!!", "🌱", "(", "\"\"", "\0"] {
        assert_eq!(
            total(text),
            0,
            "{text}: nothing to look for is not everything"
        );
    }
}

#[test]
fn cards_may_hold_anything_too() {
    let mut cards: Vec<_> = (0..)
        .zip(queries())
        .map(|(number, text)| card(number, &text, &text))
        .collect();
    for card in &mut cards {
        card.summary = card.title.clone();
        card.tags = vec![card.title.clone(), String::new()];
        let topics = [card.title.chars().take(50).collect(), String::new()];
        card.facets
            .extend(topics.map(|topic| (Facet::Topic, topic)));
    }
    let count = cards.len();
    let index = index(cards);
    assert_eq!(index.len(), count);
    for text in queries() {
        super::ask(&index, &text);
        index.suggest(&text);
    }
}
