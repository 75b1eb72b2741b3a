//! Where signing in may lead: never out of this site.

use super::*;

/// Resolves a `Location` as browsers do, against an https origin: tabs and line ends vanish, a back-slash is a slash, and two
/// slashes begin a host. Returns the host. Source: WHATWG URL, basic URL parser.
fn host_of(location: &str) -> String {
    let cleaned: String = location
        .trim_matches(|character: char| character <= ' ')
        .chars()
        .filter(|character| !matches!(character, '\t' | '\n' | '\r'))
        .map(|character| if character == '\\' { '/' } else { character })
        .collect();
    let scheme_end = cleaned.find(':').filter(|end| {
        let scheme = &cleaned[..*end];
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
    });
    match scheme_end {
        Some(end) => cleaned[end + 1..]
            .trim_start_matches('/')
            .split('/')
            .next()
            .unwrap_or_default()
            .to_owned(),
        None => match cleaned.strip_prefix("//") {
            Some(rest) => rest
                .trim_start_matches('/')
                .split(['/', '?', '#'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            None => "ours".to_owned(),
        },
    }
}

/// Every way we know to write an address that looks local and is not, times what may stand before it.
fn corpus() -> Vec<String> {
    let evil = [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "\t//evil.example",
        " //evil.example",
        "https://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "http:\\\\evil.example",
        "HTTPS://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example@ours",
        "//ours@evil.example",
        "//ours.evil.example",
        "/%09/evil.example",
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "%2f%2fevil.example",
        "/／evil.example",
        "／／evil.example",
        "/\u{2028}/evil.example",
        "/a\r\nLocation: https://evil.example",
        "/a\r\nSet-Cookie: sid=1",
        "/a%0d%0aSet-Cookie: a",
        "/\u{0}/evil.example",
        "//[::1]/",
        "//0x7f000001",
        "//evil。example",
        "///\\evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/a/..//evil.example",
        "?//evil.example",
        "#//evil.example",
        "evil.example",
        "@evil.example",
        ":@evil.example",
        ".evil.example",
        "",
    ];
    let before = ["", " ", "\t", "\u{0}", "/"];
    before
        .iter()
        .flat_map(|before| evil.iter().map(move |evil| format!("{before}{evil}")))
        .collect()
}

#[test]
fn the_way_back_stays_within_the_site() {
    let corpus = corpus();
    assert!(corpus.len() >= 200, "{}", corpus.len());
    for target in corpus {
        let location = After {
            suite: target.clone(),
        }
        .place()
        .to_owned();
        assert!(location.starts_with('/'), "{target:?} → {location:?}");
        assert!(
            !location[1..].starts_with(['/', '\\']),
            "{target:?} → {location:?}"
        );
        assert!(
            !location.chars().any(char::is_control),
            "{target:?} → {location:?}"
        );
        assert_eq!(host_of(&location), "ours", "{target:?} → {location:?}");
    }
}

#[test]
fn an_honest_way_back_is_kept() {
    for place in [
        "/",
        "/outils/frise",
        "/outils/frise/modifier?vue=source",
        "/recherche?q=l%E2%80%99eau&kind=tool",
        "/a-propos#copier",
    ] {
        assert_eq!(
            After {
                suite: place.to_owned()
            }
            .place(),
            place
        );
    }
}
