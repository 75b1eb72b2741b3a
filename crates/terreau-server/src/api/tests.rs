//! The pure parts of the API: its parameters, its document, its words.

use actix_web::test::TestRequest;
use terreau_card::{Language, Value};
use terreau_commons::Fragment;
use utoipa::OpenApi;

use super::about::Description;
use super::search::snippet;
use super::types::json_of;
use super::write::said;
use super::{Asked, holds_token};
use crate::Words;

fn asked(query: &str) -> Asked {
    Asked::of(
        &TestRequest::get()
            .uri(&format!("/api/v1/search?{query}"))
            .to_http_request(),
    )
    .expect("pairs")
}

#[test]
fn a_name_that_stands_for_one_thing_comes_once() {
    assert_eq!(asked("q=eau").one("q").expect("once"), Some("eau"));
    assert_eq!(asked("q=").one("q").expect("once"), None);
    assert_eq!(asked("").one("q").expect("never"), None);
    assert!(asked("q=a&q=b").one("q").is_err());
    assert!(asked("limit=1&limit=1").number("limit", 20, 100).is_err());
}

#[test]
fn numbers_stay_within_their_bounds() {
    for (query, number) in [
        ("limit=5", Some(5)),
        ("limit=5000", Some(100)),
        ("", Some(20)),
        ("limit=-1", None),
        ("limit=a", None),
    ] {
        assert_eq!(
            asked(query).number("limit", 20, 100).ok(),
            number,
            "{query}"
        );
    }
}

#[test]
fn values_that_may_be_several_are_listed_or_repeated() {
    let kinds: Vec<String> = asked("kind=tool,action&q=a&kind=+page+&kind=")
        .all("kind")
        .map(str::to_owned)
        .collect();
    assert_eq!(kinds, ["tool", "action", "page"]);
}

#[test]
fn tokens_in_addresses_are_seen() {
    for query in [
        "access_token=x",
        "q=a&token=x",
        "TOKEN=",
        "q=terreau_0123",
        "api_key=1",
    ] {
        assert!(holds_token(query), "{query}");
    }
    for query in ["", "q=token", "q=jeton&kind=tool", "tokens=1"] {
        assert!(!holds_token(query), "{query}");
    }
}

#[test]
fn passages_are_escaped_before_words_are_marked() {
    let fragments = [
        Fragment {
            text: "a <b> & ".into(),
            marked: false,
        },
        Fragment {
            text: "\"l’eau\"".into(),
            marked: true,
        },
    ];
    assert_eq!(
        snippet(&fragments),
        "a &lt;b&gt; &amp; <mark>&quot;l’eau&quot;</mark>"
    );
}

#[test]
fn what_is_said_of_a_change_is_one_line() {
    assert_eq!(said("  deux\n lignes\t ").as_deref(), Some("deux lignes"));
    assert_eq!(said(" \n "), None);
    assert_eq!(said("a\u{0}b"), None);
    assert_eq!(
        said(&"é".repeat(300)).map(|line| line.chars().count()),
        Some(300)
    );
    assert_eq!(said(&"é".repeat(301)), None);
}

#[test]
fn front_matter_keeps_its_order_and_types_in_json() {
    let value = Value::Map(vec![
        (
            "b".into(),
            Value::List(vec![Value::Integer(1), Value::Decimal(0.5), Value::Null]),
        ),
        ("a".into(), Value::Text("01004".into())),
    ]);
    assert_eq!(
        json_of(&value).to_string(),
        r#"{"b":[1,0.5,null],"a":"01004"}"#
    );
}

#[test]
fn the_document_describes_every_route_and_its_words_exist() {
    let document = serde_json::to_value(Description::openapi()).expect("a document");
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1")),
        "{}",
        document["openapi"]
    );
    let paths = document["paths"].as_object().expect("paths");
    for path in [
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/cards",
        "/api/v1/cards/{path}",
        "/api/v1/cards/{path}/history",
        "/api/v1/commons",
        "/api/v1/experiences",
        "/api/v1/experiences/{token}",
        "/api/v1/proposals",
        "/api/v1/proposals/{number}",
        "/api/v1/proposals/{number}/revisions",
        "/api/v1/proposals/{number}/remarks",
        "/api/v1/proposals/{number}/reviews",
        "/api/v1/proposals/{number}/publish",
        "/api/v1/proposals/{number}/decline",
        "/api/v1/proposals/{number}/withdraw",
    ] {
        assert!(paths.contains_key(path), "{path}");
    }
    assert_eq!(
        document["components"]["securitySchemes"]["token"]["scheme"],
        "bearer"
    );
    for operations in paths.values() {
        for operation in operations.as_object().expect("operations").values() {
            let id = operation["operationId"]
                .as_str()
                .expect("an operation has a name")
                .replace('_', "-");
            for language in Language::ALL {
                assert!(
                    Words::of(language)
                        .maybe(&format!("api-call-{id}"))
                        .is_some(),
                    "{id} in {}",
                    language.code()
                );
            }
        }
    }
}
