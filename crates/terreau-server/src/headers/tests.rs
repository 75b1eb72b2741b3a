//! Tests of `headers`.

use super::*;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_str(value).expect("a header value"),
            )
        })
        .collect()
}

#[test]
fn changes_are_taken_from_our_pages_and_from_programs_only() {
    let ours = "https://commun.example.org";
    for (pairs, allowed) in [
        (&[("origin", "https://commun.example.org")][..], true),
        (
            &[
                ("origin", "https://commun.example.org"),
                ("sec-fetch-site", "same-origin"),
            ],
            true,
        ),
        (
            &[("origin", "null"), ("sec-fetch-site", "same-origin")],
            true,
        ),
        (&[("sec-fetch-site", "same-origin")], true),
        (&[("authorization", "Bearer abc")], true),
        (
            &[("authorization", "Bearer abc"), ("cookie", "sid=1")],
            false,
        ),
        (&[("authorization", "Basic abc")], false),
        (&[], false),
        (&[("cookie", "sid=1")], false),
        (&[("origin", "null")], false),
        (&[("origin", "https://evil.example")], false),
        (&[("origin", "http://commun.example.org")], false),
        (
            &[("origin", "https://commun.example.org.evil.example")],
            false,
        ),
        (
            &[
                ("origin", "https://commun.example.org"),
                ("sec-fetch-site", "cross-site"),
            ],
            false,
        ),
        (
            &[
                ("origin", "https://evil.example"),
                ("sec-fetch-site", "same-origin"),
            ],
            false,
        ),
        (&[("content-type", "application/json")], true),
        (
            &[("content-type", "application/json"), ("cookie", "sid=1")],
            false,
        ),
        (&[("content-type", "text/plain")], false),
        (
            &[
                ("content-type", "application/json"),
                ("origin", "https://evil.example"),
            ],
            false,
        ),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "none")], false),
        (
            &[
                ("origin", "https://evil.example"),
                ("authorization", "Bearer abc"),
            ],
            false,
        ),
    ] {
        assert_eq!(
            may_change(&Method::POST, &headers(pairs), Some(ours)),
            allowed,
            "{pairs:?}"
        );
    }
    assert!(may_change(&Method::GET, &HeaderMap::new(), Some(ours)));
}

#[test]
fn without_a_public_address_the_origin_is_the_host_asked() {
    let same = headers(&[
        ("origin", "http://127.0.0.1:8080"),
        ("host", "127.0.0.1:8080"),
    ]);
    let other = headers(&[
        ("origin", "http://127.0.0.1:8081"),
        ("host", "127.0.0.1:8080"),
    ]);
    assert!(may_change(&Method::POST, &same, None));
    assert!(!may_change(&Method::POST, &other, None));
}

#[test]
fn only_the_public_host_is_ours() {
    let asked = |host: &str| {
        is_our_host(
            &headers(&[("host", host)]),
            &Uri::from_static("/"),
            Some("commun.example.org"),
        )
    };
    assert!(asked("commun.example.org"));
    assert!(asked("Commun.Example.org"));
    assert!(!asked("commun.example.org:81"));
    assert!(!asked("evil.example"));
    assert!(!is_our_host(
        &HeaderMap::new(),
        &Uri::from_static("/"),
        Some("commun.example.org")
    ));
    let absolute = Uri::from_static("http://evil.example/");
    assert!(!is_our_host(
        &headers(&[("host", "commun.example.org")]),
        &absolute,
        Some("commun.example.org")
    ));
    assert!(is_our_host(
        &headers(&[("host", "evil.example")]),
        &Uri::from_static("/"),
        None
    ));
}

#[test]
fn every_answer_is_secured_and_a_handler_has_the_last_word() {
    let mut page = headers(&[
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "public, max-age=60"),
    ]);
    secure(&mut page, true);
    assert!(
        page.get("content-security-policy")
            .expect("the header is there")
            .to_str()
            .expect("the header is there")
            .contains("script-src 'self'")
    );
    assert_eq!(
        page.get("cache-control").expect("the header is there"),
        "public, max-age=60"
    );
    assert!(page.contains_key("strict-transport-security"));
    let mut data = headers(&[("content-type", "application/json")]);
    secure(&mut data, false);
    assert!(
        data.get("content-security-policy")
            .expect("the header is there")
            .to_str()
            .expect("the header is there")
            .contains("sandbox")
    );
    assert_eq!(
        data.get("cache-control").expect("the header is there"),
        "private, no-store"
    );
    assert!(!data.contains_key("strict-transport-security"));
}
