//! Tests of `search`.

use super::*;

#[test]
fn an_address_says_what_is_asked_and_filters_toggle() {
    let asked = Asked {
        text: "l’eau".into(),
        kinds: vec![Kind::Method],
        topics: vec!["eau".into()],
        page: 3,
    };
    assert_eq!(
        asked.url(),
        "/recherche?q=l%E2%80%99eau&kind=method&topic=eau&page=3"
    );
    assert_eq!(
        asked.with_kind(Kind::Method).url(),
        "/recherche?q=l%E2%80%99eau&topic=eau"
    );
    assert_eq!(
        asked.with_kind(Kind::Tool).url(),
        "/recherche?q=l%E2%80%99eau&kind=method&kind=tool&topic=eau"
    );
    assert_eq!(
        asked
            .with_topic("eau")
            .with_kind(Kind::Method)
            .saying("")
            .url(),
        "/recherche"
    );
}

#[test]
fn hostile_queries_are_read_as_well_as_can_be() {
    assert_eq!(
        pairs("q=%FF%FE&kind=%00").count(),
        pairs("q=%FF%FE&kind=%00").count()
    );
    assert_eq!(pairs("q=a+b").next(), Some(("q".into(), "a b".into())));
}
