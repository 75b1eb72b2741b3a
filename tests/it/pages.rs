//! Pages as strangers get them: no cookie, checked freshness, small, safe, and kind when something is wrong.

use terreau_tests::{Client, NodeOptions, Page, TestNode};

const CARD: &str = "/outils/porteur-de-parole";

fn get_with(client: &Client, path: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = client.request("GET", path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request)
}

#[test]
fn strangers_get_no_cookie_and_every_page_is_safe() {
    let node = TestNode::start();
    let client = node.client();
    for path in [
        "/",
        "/recherche?q=enquete",
        "/commencer?topic=eau",
        "/parcourir",
        "/comparer?fiche=outils/porteur-de-parole",
        CARD,
        &format!("{CARD}/historique"),
        &format!("{CARD}/attribution"),
        "/a-propos",
        "/connexion",
        "/nulle-part",
    ] {
        let page = client.get(path);
        assert_eq!(page.header("set-cookie"), "", "{path} sets a cookie");
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!page.header("referrer-policy").is_empty(), "{path}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(
            !page.body.contains("https://fonts.") && !page.body.contains("cdn."),
            "{path} asks a third party"
        );
    }
}

#[test]
fn a_card_is_checked_by_its_etag_and_packed_once() {
    let node = TestNode::start();
    let client = node.client();
    for encoding in ["br", "gzip", "identity"] {
        let first = client
            .request("GET", CARD)
            .header("Accept-Encoding", encoding)
            .send()
            .unwrap();
        let expected = (encoding != "identity").then_some(encoding);
        assert_eq!(
            first
                .headers()
                .get("content-encoding")
                .map(|value| value.to_str().unwrap()),
            expected
        );
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        let length = first.bytes().unwrap().len();
        assert!(length <= 40 * 1024, "{length} bytes as {encoding}");
        let again = client
            .request("GET", CARD)
            .header("Accept-Encoding", encoding)
            .header("If-None-Match", etag)
            .send()
            .unwrap();
        assert_eq!(
            (again.status().as_u16(), again.bytes().unwrap().len()),
            (304, 0)
        );
    }
}

#[test]
fn everything_a_card_needs_weighs_less_than_forty_kilobytes() {
    let node = TestNode::start();
    let client = node.client();
    let page = client
        .request("GET", CARD)
        .header("Accept-Encoding", "br")
        .send()
        .unwrap();
    let mut weight = page.bytes().unwrap().len();
    let html = client.get(CARD).body;
    let mut requests = 1;
    for marker in [
        "rel=\"stylesheet\" href=\"",
        "type=\"module\" src=\"",
        "rel=\"icon\" href=\"",
        "<img src=\"",
    ] {
        for rest in html.split(marker).skip(1) {
            let address = rest.split('"').next().unwrap();
            let asset = client
                .request("GET", address)
                .header("Accept-Encoding", "br")
                .send()
                .unwrap();
            assert_eq!(asset.status(), 200, "{address}");
            weight += asset.bytes().unwrap().len();
            requests += 1;
        }
    }
    assert!(requests <= 6, "{requests} requests");
    assert!(weight <= 40 * 1024, "{weight} bytes");
}

#[test]
fn a_card_carries_its_licence_and_attribution_for_people_and_machines() {
    let node = TestNode::start();
    let page = node.client().get(CARD);
    assert!(
        page.body.contains("rel=\"license\"")
            && page
                .body
                .contains("https://creativecommons.org/licenses/by-sa/4.0/")
    );
    let json = page
        .body
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .expect("JSON-LD")
        .split("</script>")
        .next()
        .unwrap();
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        data["license"],
        "https://creativecommons.org/licenses/by-sa/4.0/"
    );
    assert!(
        data["creditText"]
            .as_str()
            .unwrap()
            .contains("Porteur de parole")
    );
    assert!(page.body.contains("cc:attributionName") || page.body.contains("attributionName"));
}

#[test]
fn the_same_text_under_every_door() {
    let node = TestNode::start();
    let client = node.client();
    let file = std::fs::read_to_string(
        terreau_tests::repository_root().join("content/outils/porteur-de-parole.md"),
    )
    .unwrap();
    let raw = client.get(&format!("{CARD}.md"));
    assert_eq!(raw.body, file);
    assert!(raw.header("content-type").starts_with("text/markdown"));
    let data = client.get(&format!("{CARD}.json")).json();
    assert_eq!(data["path"], "outils/porteur-de-parole");
}

#[test]
fn every_card_of_the_starter_commons_opens() {
    let node = TestNode::start();
    let client = node.client();
    let map = client.get("/sitemap.xml");
    assert_eq!(map.status, 200);
    let mut opened = 0;
    for rest in map.body.split("<loc>").skip(1) {
        let address = rest.split("</loc>").next().unwrap();
        let path = address.strip_prefix(&node.url("")).unwrap();
        let page = client.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(
            !page.body.contains("Unknown localization"),
            "{path} lacks words"
        );
        opened += 1;
    }
    assert!(opened > 15);
}

#[test]
fn english_readers_get_english_words() {
    let node = TestNode::start();
    let client = node.client();
    let page = get_with(
        &client,
        CARD,
        &[("Accept-Language", "en-GB,en;q=0.9,fr;q=0.5")],
    );
    assert!(
        page.body.starts_with("<!doctype html>\n<html lang=\"en\"")
            || page.body.contains("<html lang=\"en\"")
    );
    assert!(client.get(CARD).body.contains("<html lang=\"fr\""));
    assert!(page.header("vary").contains("Accept-Language"));
}

#[test]
fn another_host_is_refused_when_the_address_is_known() {
    let options = NodeOptions {
        arguments: vec!["--base-url".into(), "https://commun.example.org".into()],
        ..NodeOptions::default()
    };
    let node = TestNode::with(options);
    let client = node.client();
    assert_eq!(
        get_with(&client, "/", &[("Host", "commun.example.org")]).status,
        200
    );
    assert_eq!(
        get_with(&client, "/", &[("Host", "mechant.example.net")]).status,
        421
    );
    let secure = get_with(&client, "/", &[("Host", "commun.example.org")]);
    assert!(!secure.header("strict-transport-security").is_empty());
    assert!(
        secure
            .body
            .contains("https://commun.example.org/commons.git")
    );
}

#[test]
fn what_changes_something_must_come_from_our_own_pages() {
    let node = TestNode::start();
    let client = node.client();
    for origin in [Some("https://mechant.example.net"), Some("null"), None] {
        let mut request = client
            .request("POST", "/connexion")
            .form(&[("email", "a@example.org")]);
        if let Some(origin) = origin {
            request = request.header("Origin", origin);
        }
        assert_eq!(client.send(request).status, 403, "{origin:?}");
    }
    assert!(
        client
            .post("/connexion", &[("email", "a@example.org")])
            .status
            < 300
    );
}

#[test]
fn readiness_and_life_are_told_apart() {
    let node = TestNode::start();
    let client = node.client();
    assert_eq!(client.get("/healthz").status, 200);
    crate::wait_until(|| client.get("/readyz").status == 200);
}
