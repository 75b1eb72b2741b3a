//! Tests of `cached`.

use super::*;

fn headers(pairs: &[(header::HeaderName, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            (
                name.clone(),
                HeaderValue::from_str(value).expect("a header value"),
            )
        })
        .collect()
}

#[test]
fn the_smallest_accepted_encoding_is_chosen() {
    let bodies = Bodies::prepare("une phrase, ".repeat(100), "abcdef", Effort::Kept);
    for (accepted, chosen) in [
        ("gzip, deflate, br, zstd", Some("br")),
        ("gzip", Some("gzip")),
        ("br;q=0, gzip;q=0.5", Some("gzip")),
        ("identity", None),
        ("brrr", None),
    ] {
        let request = headers(&[(header::ACCEPT_ENCODING, accepted)]);
        let (bytes, encoding, etag) = bodies.choose(&request);
        assert_eq!(encoding, chosen, "{accepted}");
        assert_eq!(encoding.is_some(), bytes.len() < bodies.identity().len());
        assert!(
            etag.to_str()
                .expect("an ETag is ASCII")
                .starts_with("\"abcdef-")
        );
    }
}

#[test]
fn a_held_body_is_recognised_whatever_its_encoding() {
    let bodies = Bodies::prepare("une phrase, ".repeat(100), "abcdef", Effort::Kept);
    let br = bodies
        .choose(&headers(&[(header::ACCEPT_ENCODING, "br")]))
        .2
        .to_str()
        .expect("an ETag is ASCII")
        .to_owned();
    assert!(bodies.is_held(&headers(&[(header::IF_NONE_MATCH, &br)])));
    assert!(bodies.is_held(&headers(&[(
        header::IF_NONE_MATCH,
        &format!("\"other\", W/{br}")
    )])));
    assert!(!bodies.is_held(&headers(&[(header::IF_NONE_MATCH, "\"abcdef\"")])));
    assert!(!bodies.is_held(&HeaderMap::new()));
}

#[test]
fn small_bodies_are_not_compressed() {
    let bodies = Bodies::prepare("ok", "", Effort::Kept);
    assert_eq!(
        bodies
            .choose(&headers(&[(header::ACCEPT_ENCODING, "br")]))
            .1,
        None
    );
}

#[test]
fn pages_show_one_commit_and_keep_their_bytes_when_nothing_moved() {
    let cache = PageCache::new(1 << 20);
    let commit =
        |digit: &str| CommitId::parse(&digit.repeat(40)).expect("forty digits are a commit id");
    let made = |text: &str| Made {
        body: Bytes::from(text.to_owned()),
        label: "blob".into(),
        content_type: HeaderValue::from_static("text/html"),
        effort: Effort::Kept,
    };
    let first = cache.keep("/a", Language::French, commit("1"), made("texte"));
    assert!(cache.get("/a", Language::French, &commit("1")).is_some());
    assert!(cache.get("/a", Language::English, &commit("1")).is_none());
    assert!(cache.get("/a", Language::French, &commit("2")).is_none());
    let second = cache.keep("/a", Language::French, commit("2"), made("texte"));
    assert!(Arc::ptr_eq(&first.bodies, &second.bodies));
    let third = cache.keep("/a", Language::French, commit("3"), made("autre"));
    assert!(!Arc::ptr_eq(&first.bodies, &third.bodies));
}
